#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "engine/engine.h"
#include "store/store.h"

namespace huitou::commands {

/// What `huitou.toml` of a home says.
struct Settings {
  std::string time_zone = "Asia/Shanghai";
  std::string currency = "CNY";
  engine::Limits limits{};
  std::string engine = "chdb";  ///< "chdb" or "cluster"
  engine::ClusterOptions cluster{};
};

/// An opened home: the engine's data, the store, uploads, settings. One process owns it.
class Shop {
 public:
  std::string home;
  Settings settings;
  std::unique_ptr<engine::Engine> engine;
  std::unique_ptr<store::Store> store;
};

}  // namespace huitou::commands
