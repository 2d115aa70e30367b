#include "server/downloads.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>

#include "commands/commands.h"
#include "server/guard.h"
#include "server/uploads.h"

namespace huitou::server {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kRandomLetters = 32;  ///< hexadecimal: 128 bits

Error no_name(const std::string& name) {
  return {Code::invalid_input, fmt::format("'{}' is not a name for a download.", name),
          "Use letters, digits, dot, dash and underscore; at most 200 bytes.",
          fmt::format("“{}”不能作为下载文件的名称。", name),
          "请使用字母、数字、汉字、点、横线、下划线，最多 200 字节。"};
}

Error not_there(const std::string& id) {
  return {Code::not_found, fmt::format("There is no file '{}' to download.", id),
          "It was not written, or a day has passed: make it again.",
          fmt::format("没有可下载的文件“{}”。", id), "文件未写出，或已超过一天：请重新生成。"};
}

Error broken(const std::string& path, const std::string& why) {
  return {Code::unavailable, fmt::format("'{}' cannot be used: {}.", path, why),
          "Give the right to read and write in the home.",
          fmt::format("无法使用“{}”：{}。", path, why), "请授予数据目录的读写权限。"};
}

Error too_large(const std::string& path, std::uintmax_t size) {
  return {Code::limit_reached,
          fmt::format("The file has {} bytes, over the limit download_bytes of {}.", size,
                      kDownloadBytes),
          fmt::format("Take it from the computer of the program: {}", path),
          fmt::format("文件有 {} 字节，超过上限 download_bytes（{}）。", size, kDownloadBytes),
          fmt::format("请在程序所在的电脑上取用：{}", path)};
}

/// What is older than a day goes. A file that cannot be taken away now is tried the next time.
void sweep(const fs::path& directory) {
  const auto oldest = fs::file_time_type::clock::now() - std::chrono::seconds(kDownloadSeconds);
  std::error_code error;
  for (fs::directory_iterator at(directory, error), end; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    const auto written = fs::last_write_time(at->path(), ignored);
    if (!ignored && written < oldest) fs::remove(at->path(), ignored);
  }
}

}  // namespace

std::string download_json(const Download& download) {
  return fmt::format("{{\"id\":{},\"path\":{}}}", commands::json_string(download.id),
                     commands::json_string(download.path));
}

std::string disposition_of(const std::string& id) {
  std::string out = "attachment; filename*=UTF-8''";
  for (const char c : id.substr(std::min(id.size(), kRandomLetters + 1))) {
    const auto byte = static_cast<unsigned char>(c);
    out += byte < 0x80 ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return out;
}

Result<std::string> Downloads::path_of(const std::string& id) const {
  if (!is_file_name(id)) return no_name(id);
  return (fs::path(directory_) / id).string();
}

Result<Download> Downloads::begin(const std::string& name) {
  if (!is_file_name(name)) return no_name(name);
  const std::string id = new_token().substr(0, kRandomLetters) + "-" + name;
  TRY(const std::string path, path_of(id));
  std::error_code error;
  fs::create_directories(directory_, error);
  if (!error) fs::permissions(directory_, fs::perms::owner_all, error);
  if (error) return broken(directory_, error.message());
  sweep(directory_);
  return Download{id, path};
}

Result<std::string> Downloads::bytes(const std::string& id) const {
  TRY(const std::string path, path_of(id));
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  if (error) return not_there(id);
  if (size > kDownloadBytes) return too_large(path, size);
  std::string bytes(static_cast<std::size_t>(size), '\0');
  std::ifstream file(path, std::ios::binary);
  if (!file.read(bytes.data(), static_cast<std::streamsize>(size))) {
    return broken(path, "it cannot be read");
  }
  return bytes;
}

Status Downloads::remove(const std::string& id) const {
  TRY(const std::string path, path_of(id));
  std::error_code error;
  if (fs::remove(path, error)) return {};
  return error ? broken(path, error.message()) : not_there(id);
}

}  // namespace huitou::server
