#include "sync/secrets.h"

#define TOML_HEADER_ONLY 0
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <toml++/toml.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "sync/definitions.h"

namespace huitou::sync {
namespace {

namespace fs = std::filesystem;

using Secrets = std::map<std::string, std::string, std::less<>>;

Error wrong_file(const std::string& path, const std::string& line) {
  return {Code::invalid_input,
          fmt::format("{} line {}: a secret is written as name = \"value\".", path, line),
          "Correct the line.", fmt::format("{} 第 {} 行：密钥应写成 名称 = \"值\"。", path, line),
          "请改正这一行。"};
}

Result<Secrets> read_file(const std::string& path) {
  struct stat about {};
  if (stat(path.c_str(), &about) != 0) return Secrets{};
  if ((about.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Error{Code::denied, fmt::format("{} can be read by others.", path),
                 fmt::format("Run `chmod 600 {}`, and change the secrets in it.", path),
                 fmt::format("其他用户可以读取 {}。", path),
                 fmt::format("请运行 `chmod 600 {}`，并更换其中的密钥。", path)};
  }
  try {
    const toml::table table = toml::parse_file(path);
    Secrets secrets;
    for (const auto& [key, node] : table) {
      const auto value = node.value_exact<std::string>();
      if (!value) return wrong_file(path, std::to_string(node.source().begin.line));
      secrets.emplace(key.str(), *value);
    }
    return secrets;
  } catch (const toml::parse_error& error) {
    // The parser's own words may quote the line.
    return wrong_file(path, std::to_string(error.source().begin.line));
  }
}

std::string variable_of(std::string_view name) {
  std::string out = "HUITOU_SECRET_";
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    out += std::isalnum(byte) != 0 ? static_cast<char>(std::toupper(byte)) : '_';
  }
  return out;
}

/// A value that somebody gave in place of a name must not be shown.
bool is_name(std::string_view text) {
  return !text.empty() && text.size() <= 64 &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return std::islower(c) != 0 || std::isdigit(c) != 0 || c == '_' || c == '-';
         });
}

Error no_secret(const Place& place, const Source& source, std::string_view setting) {
  const std::string file = (fs::path(place.home) / "secrets.toml").string();
  return {
      Code::not_found,
      fmt::format("Source '{}': the secret that '{}' names is not known.", source.name, setting),
      fmt::format("Give the name of a line of {} (a file that only you may read), not the secret "
                  "itself.",
                  file),
      fmt::format("数据源“{}”：“{}”所指的密钥不存在。", source.name, setting),
      fmt::format("请填写 {}（仅本人可读）中某一行的名称，而不是密钥本身。", file)};
}

Status are_secrets(const Kind& kind, const connectors::Settings& given) {
  for (const auto& [setting, values] : given) {
    if (std::find(kind.secrets.begin(), kind.secrets.end(), setting) != kind.secrets.end()) {
      continue;
    }
    return Error{Code::invalid_input,
                 fmt::format("'{}' is no secret of {}.", setting, kind.card.name),
                 "`huitou sources kinds` lists the settings and says which are secret.",
                 fmt::format("“{}”不是 {} 的密钥设置项。", setting, kind.card.name),
                 "`huitou sources kinds` 列出全部设置及哪些是密钥。"};
  }
  return {};
}

/// Under which name the secret of a setting is kept.
std::string name_of(const Source& source, const std::string& setting) {
  const auto given = source.settings.find(setting);
  const bool named =
      given != source.settings.end() && !given->second.empty() && !given->second.front().empty();
  return named ? given->second.front() : fmt::format("{}_{}", source.name, setting);
}

std::string toml_line(const std::string& name, const std::string& value) {
  std::string out = name + " = \"";
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (byte < 0x20 || byte == 0x7f) {
      out += fmt::format("\\u{:04x}", byte);
    } else {
      out += c;
    }
  }
  return out + "\"\n";
}

/// The text of the file with this secret, every other line as it was.
std::string with_line(const std::string& text, const std::string& name, const std::string& value) {
  std::string out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t equals = line.find('=');
    std::string key = line.substr(0, equals);
    std::erase_if(key, [](char c) { return c == ' ' || c == '\t' || c == '"' || c == '\''; });
    if (equals == std::string::npos || key != name) out += line + "\n";
  }
  return out + toml_line(name, value);
}

Error not_written(const std::string& path) {
  return {Code::unavailable, fmt::format("{} cannot be written.", path),
          "Check the rights and the space of the disk; nothing was changed.",
          fmt::format("无法写入 {}。", path), "请检查权限和磁盘空间；未作任何修改。"};
}

/// Whole or not at all, and readable by its owner only from the first byte on.
Status write_file(const std::string& path, const std::string& text) {
  const std::string fresh = path + ".new";
  (void)unlink(fresh.c_str());
  const int file = open(fresh.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return not_written(path);
  const ssize_t written = write(file, text.data(), text.size());
  const bool whole = written == static_cast<ssize_t>(text.size()) && fsync(file) == 0;
  const bool closed = close(file) == 0;
  if (whole && closed && rename(fresh.c_str(), path.c_str()) == 0) return {};
  (void)unlink(fresh.c_str());
  return not_written(path);
}

std::string text_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

Status keep_secrets(const Place& place, const Source& source) {
  TRY(const Kind kind, kind_of(source.kind));
  TRY(are_secrets(kind, place.secrets));
  if (place.secrets.empty()) return {};
  const std::string path = (fs::path(place.home) / "secrets.toml").string();
  TRY(Secrets wanted, read_file(path));
  std::string text = text_of(path);
  for (const auto& [setting, values] : place.secrets) {
    const std::string name = name_of(source, setting);
    const bool named = name != fmt::format("{}_{}", source.name, setting);
    if (named && !is_name(name)) return no_secret(place, source, setting);
    CHECK(!values.empty());
    wanted[name] = values.front();
    text = with_line(text, name, values.front());
  }
  const std::string tried = path + ".tried";
  TRY(write_file(tried, text));
  const auto read = read_file(tried);
  (void)unlink(tried.c_str());
  if (!read.ok() || *read != wanted) {
    return Error{Code::invalid_input, "The secret cannot be kept: it is no text in UTF-8.",
                 "Write it into HOME/secrets.toml by hand.", "密钥不是 UTF-8 文本，无法保存。",
                 "请手工写入 HOME/secrets.toml。"};
  }
  return write_file(path, text);
}

Result<std::vector<std::string>> known_secrets(const Place& place, const Source& source) {
  TRY(const Kind kind, kind_of(source.kind));
  TRY(const Secrets secrets, read_file((fs::path(place.home) / "secrets.toml").string()));
  std::vector<std::string> out;
  for (const std::string_view setting : kind.secrets) {
    const std::string name = name_of(source, std::string(setting));
    if (secrets.contains(name) || !place.environment(variable_of(name)).empty()) {
      out.emplace_back(setting);
    }
  }
  return out;
}

Result<connectors::Settings> with_secrets(const Place& place, const Source& source) {
  connectors::Settings out = source.settings;
  TRY(const Kind kind, kind_of(source.kind));
  TRY(are_secrets(kind, place.secrets));
  if (kind.secrets.empty()) return out;
  TRY(const Secrets secrets, read_file((fs::path(place.home) / "secrets.toml").string()));
  const auto lookup = [&](const std::string& name) -> std::optional<std::string> {
    if (const std::string value = place.environment(variable_of(name)); !value.empty())
      return value;
    const auto at = secrets.find(name);
    return at == secrets.end() ? std::nullopt : std::optional(at->second);
  };
  for (const std::string_view setting : kind.secrets) {
    if (const auto now = place.secrets.find(setting); now != place.secrets.end()) {
      out[std::string(setting)] = now->second;
      continue;
    }
    const auto given = out.find(setting);
    if (given == out.end() || given->second.empty()) {
      if (auto value = lookup(fmt::format("{}_{}", source.name, setting))) {
        out[std::string(setting)] = {*value};
      }
      continue;
    }
    for (std::string& name : given->second) {
      std::optional<std::string> value = is_name(name) ? lookup(name) : std::nullopt;
      if (!value) return no_secret(place, source, setting);
      name = std::move(*value);
    }
  }
  return out;
}

}  // namespace huitou::sync
