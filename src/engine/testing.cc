#include "engine/testing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

namespace huitou::engine::testing {
namespace {

std::shared_ptr<Engine> opened(Result<std::unique_ptr<Engine>> engine) {
  if (!engine.ok()) {
    throw Bug(describe(engine.error()));
  }
  return std::move(engine).value();
}

std::string cell(const Column& column, std::size_t row) {
  if (column.is_null(row)) {
    return "\\N";
  }
  switch (column.type) {
    case ColumnType::real:
      return fmt::format("{:.12g}", column.reals()[row]);
    case ColumnType::text:
      return std::string(column.texts().at(row));
    default:
      return std::to_string(column.integers()[row]);
  }
}

nlohmann::json description(const std::string& json_path) {
  std::ifstream file(json_path);
  if (!file) {
    throw Bug("there is no file " + json_path + " that describes a cluster");
  }
  return nlohmann::json::parse(file);
}

void drop_all(Engine& engine) {
  const Result<std::vector<std::string>> tables = engine.tables();
  if (!tables.ok()) {
    throw Bug(describe(tables.error()));
  }
  for (const std::string& table : *tables) {
    if (const Status dropped = engine.drop_table(table); !dropped.ok()) {
      throw Bug(describe(dropped.error()));
    }
  }
}

}  // namespace

ClusterOptions cluster_options(const std::string& json_path) {
  const nlohmann::json described = description(json_path);
  ClusterOptions options;
  options.name = described.at("name").get<std::string>();
  options.shards = described.at("shards").get<std::vector<std::vector<std::string>>>();
  return options;
}

std::vector<NamedEngine> engines() {
  std::vector<NamedEngine> all;
  all.push_back({"chdb", opened(open_chdb({}))});
  if (const char* path = std::getenv("HUITOU_CLUSTER"); path != nullptr && *path != '\0') {
    all.push_back({"cluster", opened(open_cluster(cluster_options(path)))});
    drop_all(*all.back().engine);
  }
  return all;
}

Column integers(std::string name, std::vector<std::int64_t> values, ColumnType type) {
  Column column = make_column(std::move(name), type);
  column.integers() = std::move(values);
  return column;
}

Column reals(std::string name, std::vector<double> values) {
  Column column = make_column(std::move(name), ColumnType::real);
  column.reals() = std::move(values);
  return column;
}

Column texts(std::string name, const std::vector<std::string>& values) {
  Column column = make_column(std::move(name), ColumnType::text);
  for (const std::string& value : values) {
    column.push_text(value);
  }
  return column;
}

std::vector<std::string> lines(const Frame& frame) {
  std::vector<std::string> all;
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    std::string line;
    for (const Column& column : frame.columns) {
      line += (&column == &frame.columns.front() ? "" : "\t") + cell(column, row);
    }
    all.push_back(std::move(line));
  }
  return all;
}

std::vector<std::string> sorted_lines(const Frame& frame) {
  std::vector<std::string> all = lines(frame);
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace huitou::engine::testing
