// Sources as a YAML file describes them.

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "sync/sync.h"

namespace huitou::sync {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLargestFile = 4U << 20U;

/// Every error names the file and the line.
class FileReader {
 public:
  explicit FileReader(std::string path) : path_(std::move(path)) {}

  Result<std::vector<Source>> read(const std::string& text) {
    try {
      const YAML::Node root = YAML::Load(text);
      if (!root.IsMap() || root.size() != 1 || !root["sources"] || !root["sources"].IsMap()) {
        return wrong(root, {"'sources:' is needed, with a source a name",
                            "需要“sources:”，其下每个名称一个数据源"});
      }
      std::vector<Source> out;
      for (const auto& item : root["sources"]) {
        TRY(Source source, one(item.second));
        source.name = item.first.as<std::string>();
        out.push_back(std::move(source));
      }
      return out;
    } catch (const YAML::Exception& error) {
      return wrong_at(error.mark, {error.msg, error.msg});
    }
  }

 private:
  Error wrong_at(const YAML::Mark& mark, const Sentence& what) const {
    const int line = mark.is_null() ? 1 : mark.line + 1;
    return {Code::invalid_input, fmt::format("{} line {}: {}.", path_, line, what.en),
            "A source has kind, settings, and perhaps schedule, mapping, system, enabled.",
            fmt::format("{} 第 {} 行：{}。", path_, line, what.zh),
            "数据源包含 kind、settings，可选 schedule、mapping、system、enabled。"};
  }
  Error wrong(const YAML::Node& node, const Sentence& what) const {
    return wrong_at(node.Mark(), what);
  }

  Result<Source> one(const YAML::Node& node) const {
    Source source;
    if (!node.IsMap())
      return wrong(node, {"a source is written as names and values", "数据源应为键值"});
    for (const auto& item : node) {
      const std::string key = item.first.as<std::string>();
      if (key == "kind") {
        source.kind = item.second.as<std::string>();
      } else if (key == "system") {
        source.system = item.second.as<std::string>();
      } else if (key == "enabled") {
        source.enabled = item.second.as<bool>();
      } else if (key == "schedule") {
        const auto schedule = parse_schedule(item.second.as<std::string>());
        if (!schedule.ok()) {
          return wrong(item.second, {schedule.error().message, schedule.error().message_zh});
        }
        source.schedule = *schedule;
      } else if (key == "mapping") {
        TRY(source.mapping, mapping(item.second));
      } else if (key == "settings") {
        TRY(settings(item.second, source.settings));
      } else {
        return wrong(item.first,
                     {fmt::format("'{}' is not known", key), fmt::format("无法识别“{}”", key)});
      }
    }
    if (source.kind.empty()) return wrong(node, {"'kind' is missing", "缺少“kind”"});
    const bool on_this_machine = source.kind == kFilesKind || source.kind == "sqlite";
    if (on_this_machine) make_absolute(source.settings["path"]);
    return source;
  }

  /// Written in place, or the path of a mapping file.
  Result<std::string> mapping(const YAML::Node& node) const {
    if (node.IsMap()) return YAML::Dump(node) + "\n";
    std::vector<std::string> paths{node.as<std::string>()};
    make_absolute(paths);
    std::ifstream in(paths.front(), std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    if (!in) return wrong(node, {paths.front() + " cannot be read", "无法读取 " + paths.front()});
    return text.str();
  }

  Status settings(const YAML::Node& node, connectors::Settings& into) const {
    if (!node.IsMap())
      return wrong(node, {"'settings' holds names and values", "“settings”应为键值"});
    for (const auto& item : node) {
      std::vector<std::string>& values = into[item.first.as<std::string>()];
      if (!item.second.IsSequence()) {
        values.push_back(item.second.as<std::string>());
        continue;
      }
      for (const auto& value : item.second) values.push_back(value.as<std::string>());
    }
    return {};
  }

  void make_absolute(std::vector<std::string>& paths) const {
    const fs::path folder = fs::absolute(path_).parent_path();
    for (std::string& path : paths) path = (folder / path).lexically_normal().string();
  }

  std::string path_;
};

}  // namespace

Result<std::vector<Source>> read_sources_file(const std::string& path) {
  std::error_code failed;
  const std::uintmax_t size = fs::file_size(path, failed);
  std::ifstream in(path, std::ios::binary);
  if (failed || !in) {
    return Error{Code::not_found, fmt::format("{} cannot be read.", path), "Check the path.",
                 fmt::format("无法读取 {}。", path), "请检查路径。"};
  }
  if (size > kLargestFile) {
    return Error{Code::limit_reached, fmt::format("{} is larger than 4 MiB (kLargestFile).", path),
                 "Describe sources, not data.",
                 fmt::format("{} 超过 4 MiB（kLargestFile）。", path),
                 "这里应描述数据源，而不是存放数据。"};
  }
  std::stringstream text;
  text << in.rdbuf();
  return FileReader(path).read(text.str());
}

std::string to_yaml(const Source& source) {
  YAML::Node node;
  node["kind"] = source.kind;
  for (const auto& [name, values] : source.settings) {
    if (values.size() == 1) {
      node["settings"][name] = values.front();
    } else {
      node["settings"][name] = values;
    }
  }
  if (source.schedule.kind != Schedule::Kind::manual)
    node["schedule"] = format_schedule(source.schedule);
  if (!source.system.empty()) node["system"] = source.system;
  if (!source.enabled) node["enabled"] = false;
  if (!source.mapping.empty()) node["mapping"] = YAML::Load(source.mapping);
  YAML::Node root;
  root["sources"][source.name] = node;
  return YAML::Dump(root) + "\n";
}

}  // namespace huitou::sync
