#pragma once

// For tests that must hold on every engine.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/engine.h"

namespace huitou::engine::testing {

struct NamedEngine {
  std::string name;  ///< "chdb" or "cluster"
  std::shared_ptr<Engine> engine;
};

/// chDB in memory and, where the environment variable HUITOU_CLUSTER names the file that
/// tools/cluster.py writes, that cluster; both without tables. Throws Bug if one of them cannot be
/// opened: a test that should have run on both must not pass on one.
std::vector<NamedEngine> engines();

/// The servers that such a file describes.
ClusterOptions cluster_options(const std::string& json_path);

/// Columns for a frame to be written.
Column integers(std::string name, std::vector<std::int64_t> values,
                ColumnType type = ColumnType::integer);
Column reals(std::string name, std::vector<double> values);
Column texts(std::string name, const std::vector<std::string>& values);

/// One line a row, values divided by tabs, null as `\N`, reals with 12 digits.
std::vector<std::string> lines(const Frame& frame);
/// The same in an order that does not depend on the engine.
std::vector<std::string> sorted_lines(const Frame& frame);

}  // namespace huitou::engine::testing
