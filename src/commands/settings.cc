// Reading huitou.toml. A name that is not known is an error: a misspelt setting must not be
// ignored.

#define TOML_HEADER_ONLY 0
#include <fmt/format.h>
#include <toml++/toml.h>

#include <filesystem>

#include "base/language.h"
#include "commands/shop.h"
#include "commands/spelling.h"

namespace huitou::commands {
namespace {

struct Place {
  std::string file;
  toml::source_position at;
};

Error wrong(const Place& place, const Sentence& what, const Sentence& hint) {
  return {Code::invalid_input, fmt::format("{} line {}: {}", place.file, place.at.line, what.en),
          hint.en, fmt::format("{} 第 {} 行：{}", place.file, place.at.line, what.zh), hint.zh};
}

Error wrong_type(const Place& place, std::string_view key, const Sentence& right) {
  return wrong(
      place,
      {fmt::format("{} is not {}.", key, right.en), fmt::format("{} 不是{}。", key, right.zh)},
      {fmt::format("Write {} as {}.", key, right.en),
       fmt::format("请把 {} 写成{}。", key, right.zh)});
}

/// A table of the file together with the file's name.
struct Section {
  const toml::table& table;
  std::string file;
};

Status read_text(const Section& section, std::string_view key, std::string& into) {
  const toml::node* node = section.table.get(key);
  if (node == nullptr) return {};
  const auto value = node->value_exact<std::string>();
  if (!value) {
    return wrong_type({section.file, node->source().begin}, key,
                      {"a text in quotes", "带引号的文本"});
  }
  into = *value;
  return {};
}

Status read_positive(const Section& section, std::string_view key, double& into) {
  const toml::node* node = section.table.get(key);
  if (node == nullptr) return {};
  const auto value = node->value<double>();
  if (!value || !(*value > 0)) {
    return wrong_type({section.file, node->source().begin}, key, {"a positive number", "正数"});
  }
  into = *value;
  return {};
}

Status only_known(const Section& section, const std::vector<std::string_view>& known) {
  for (const auto& [key, node] : section.table) {
    bool found = false;
    for (const std::string_view name : known) found = found || name == key.str();
    if (found) continue;
    const auto meant = nearest(key.str(), known);
    return wrong(
        {section.file, key.source().begin},
        {fmt::format("'{}' is not a setting.", key.str()),
         fmt::format("“{}”不是设置项。", key.str())},
        {fmt::format("{}The settings are: {}.",
                     meant ? fmt::format("Did you mean '{}'? ", *meant) : "", joined(known)),
         fmt::format("{}可用设置：{}。", meant ? fmt::format("您是否想写“{}”？", *meant) : "",
                     joined(known))});
  }
  return {};
}

Status read_limits(const Section& section, engine::Limits& limits) {
  TRY(only_known(section, {"seconds", "memory_megabytes", "result_rows", "threads"}));
  double megabytes = static_cast<double>(limits.memory_bytes >> 20U);
  double rows = static_cast<double>(limits.result_rows);
  double threads = 0;
  TRY(read_positive(section, "seconds", limits.seconds));
  TRY(read_positive(section, "memory_megabytes", megabytes));
  TRY(read_positive(section, "result_rows", rows));
  TRY(read_positive(section, "threads", threads));
  limits.memory_bytes = static_cast<std::uint64_t>(megabytes) << 20U;
  limits.result_rows = static_cast<std::uint64_t>(rows);
  limits.threads = static_cast<int>(threads);
  return {};
}

Status read_shards(const Section& section, engine::ClusterOptions& cluster) {
  const toml::node* node = section.table.get("shards");
  if (node == nullptr) return {};
  const Error error = wrong_type({section.file, node->source().begin}, "shards",
                                 {"a list of lists of addresses", "由地址列表组成的列表"});
  if (!node->is_array()) return error;
  for (const toml::node& shard : *node->as_array()) {
    if (!shard.is_array()) return error;
    std::vector<std::string> replicas;
    for (const toml::node& replica : *shard.as_array()) {
      const auto address = replica.value_exact<std::string>();
      if (!address) return error;
      replicas.push_back(*address);
    }
    cluster.shards.push_back(std::move(replicas));
  }
  return {};
}

Status read_cluster(const Section& section, engine::ClusterOptions& cluster) {
  TRY(only_known(section, {"name", "database", "user", "password", "shards", "connect_seconds"}));
  TRY(read_text(section, "name", cluster.name));
  TRY(read_text(section, "database", cluster.database));
  TRY(read_text(section, "user", cluster.user));
  TRY(read_text(section, "password", cluster.password));
  TRY(read_positive(section, "connect_seconds", cluster.connect_seconds));
  return read_shards(section, cluster);
}

Result<Settings> settings_of(const Section& root) {
  Settings settings;
  TRY(only_known(root, {"time_zone", "currency", "week_start", "engine", "limits", "cluster"}));
  TRY(read_text(root, "time_zone", settings.time_zone));
  TRY(read_text(root, "currency", settings.currency));
  std::string week_start(week_start_name(settings.week_start));
  TRY(read_text(root, "week_start", week_start));
  const auto known = parse_week_start(week_start);
  if (!known) {
    return wrong_type({root.file, root.table.get("week_start")->source().begin}, "week_start",
                      {"\"monday\" or \"sunday\"", "\"monday\" 或 \"sunday\""});
  }
  settings.week_start = *known;
  TRY(read_text(root, "engine", settings.engine));
  if (settings.engine != "chdb" && settings.engine != "cluster") {
    return wrong_type({root.file, root.table.get("engine")->source().begin}, "engine",
                      {"\"chdb\" or \"cluster\"", "\"chdb\" 或 \"cluster\""});
  }
  if (const auto* limits = root.table["limits"].as_table()) {
    TRY(read_limits({*limits, root.file}, settings.limits));
  }
  if (const auto* cluster = root.table["cluster"].as_table()) {
    TRY(read_cluster({*cluster, root.file}, settings.cluster));
  }
  return settings;
}

}  // namespace

Result<Settings> read_settings(const std::string& home) {
  const std::string path = (std::filesystem::path(home) / "huitou.toml").string();
  if (!std::filesystem::exists(path)) {
    return Error{Code::not_found, fmt::format("'{}' is not a home: it has no huitou.toml.", home),
                 "Run `huitou --home DIR init`.",
                 fmt::format("“{}”不是数据目录：没有 huitou.toml。", home),
                 "请运行 `huitou --home 目录 init`。"};
  }
  try {
    const toml::table table = toml::parse_file(path);
    return settings_of({table, path});
  } catch (const toml::parse_error& error) {
    const std::string what(error.description());
    return wrong({path, error.source().begin}, {what + ".", what + "。"},
                 {"Correct the line.", "请改正这一行。"});
  }
}

}  // namespace huitou::commands
