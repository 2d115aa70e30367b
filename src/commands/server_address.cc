// HOME/server.json: how the command line finds the server that owns the home.

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "commands/json_text.h"
#include "commands/shop.h"

namespace huitou::commands {
namespace {

std::string address_path(const std::string& home) {
  return (std::filesystem::path(home) / "server.json").string();
}

Error cannot_write(const std::string& path) {
  const std::string reason = std::strerror(errno);
  return {Code::unavailable, fmt::format("'{}' cannot be written: {}.", path, reason),
          "Give the right to write there.", fmt::format("无法写入“{}”：{}。", path, reason),
          "请授予写入权限。"};
}

}  // namespace

std::optional<ServerAddress> running_server(const std::string& home) {
  std::ifstream file(address_path(home));
  std::stringstream text;
  text << file.rdbuf();
  const auto tree = nlohmann::json::parse(text.str(), nullptr, false);
  if (!file || !tree.is_object()) return std::nullopt;
  ServerAddress address{tree.value("url", ""), tree.value("token", ""),
                        tree.value("pid", std::int64_t{0})};
  const bool alive =
      address.pid > 0 && (kill(static_cast<pid_t>(address.pid), 0) == 0 || errno == EPERM);
  return alive ? std::optional(address) : std::nullopt;
}

Status write_server_address(const std::string& home, const ServerAddress& address) {
  const std::string path = address_path(home);
  const std::string next = path + ".new";
  const std::string text =
      fmt::format("{{\"url\": {}, \"token\": {}, \"pid\": {}}}\n", json_string(address.url),
                  json_string(address.token), address.pid);
  unlink(next.c_str());
  const int file = open(next.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return cannot_write(next);
  const bool written = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const bool closed = close(file) == 0;
  if (!written || !closed || rename(next.c_str(), path.c_str()) != 0) {
    return cannot_write(path);
  }
  return {};
}

void remove_server_address(const std::string& home) { unlink(address_path(home).c_str()); }

}  // namespace huitou::commands
