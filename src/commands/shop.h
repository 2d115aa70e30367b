#pragma once

// The opened home that commands work on.
//
//   HOME/huitou.toml    settings
//   HOME/engine/        the embedded engine's data
//   HOME/store.sqlite   exact state
//   HOME/inbox.sqlite   events that the engine does not have yet
//   HOME/uploads/       files on their way in
//   HOME/logs/
//   HOME/server.json    address, token and pid of the server that owns the home, while it runs

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/date.h"
#include "base/result.h"
#include "base/week.h"
#include "collect/collect.h"
#include "engine/engine.h"
#include "store/store.h"
#include "surveys/surveys.h"
#include "sync/sync.h"

namespace huitou::commands {

/// What `huitou.toml` of a home says.
struct Settings {
  std::string time_zone = "Asia/Shanghai";
  std::string currency = "CNY";
  WeekStart week_start = WeekStart::monday;
  engine::Limits limits{};
  std::string engine = "chdb";  ///< "chdb" or "cluster"
  engine::ClusterOptions cluster{};
};

/// An opened home. One process owns it; all members of engine and store may be used from any
/// thread.
class Shop {
 public:
  std::string home;
  Settings settings;
  std::shared_ptr<engine::Engine> engine;
  std::unique_ptr<store::Store> store;
  /// Held by whatever changes tables: jobs, and events on their way in.
  std::mutex changing;
  sync::Looks looks;  ///< of sources whose mapping is being written
  /// Takes events once it is started, which the server does.
  std::unique_ptr<collect::Collector> collector;
};

/// Reads HOME/huitou.toml. Errors: not_found where there is no home; invalid_input with line and
/// what would be right.
Result<Settings> read_settings(const std::string& home);

/// Makes the directories and huitou.toml; a home that is there already is left as it is.
/// Errors: invalid_input (time zone, currency), unavailable (cannot be written).
Status create_home(const std::string& home, const Settings& settings);

/// Opens engine and store, creates missing tables, finishes or undoes what a killed load left.
/// A home without huitou.toml is created with the defaults.
/// Errors: conflict if another process owns the home.
Result<std::unique_ptr<Shop>> open_shop(const std::string& home);
/// The same for a process that ends with the shop: the engine is not shut down (engine::keep_open).
Result<std::unique_ptr<Shop>> open_shop_until_exit(const std::string& home);

/// The calendar day in the shop's time zone at this UTC second.
Date day_at(const Settings& settings, std::int64_t utc_seconds);
/// The same with what the shop's clock shows.
surveys::Moment moment_at(const Settings& settings, std::int64_t utc_seconds);
/// An instant and the calendar day in the shop's time zone on which it falls.
struct ShopTime {
  std::int64_t utc_seconds = 0;
  Date day;
};
/// `2025-01-31 09:30`, also with `T`, with seconds, and of UTC with `Z` at the end; a day alone
/// begins at midnight. Nothing for other texts. Of a time that the clock shows twice the first is
/// taken; one that it skips is moved forward, as in files.
std::optional<ShopTime> shop_time(const Settings& settings, std::string_view text);

/// Address and token of the server that owns a home.
struct ServerAddress {
  std::string url;
  std::string token;
  std::int64_t pid = 0;
};
/// Nothing where no server runs; a file left by a dead process counts as none.
std::optional<ServerAddress> running_server(const std::string& home);
/// Only its owner may read the file.
Status write_server_address(const std::string& home, const ServerAddress& address);
void remove_server_address(const std::string& home);

}  // namespace huitou::commands
