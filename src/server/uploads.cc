#include "server/uploads.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "commands/commands.h"

namespace huitou::server {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestName = 200;

Error cannot_write(const std::string& id, int number) {
  const std::string why = std::strerror(number);
  const bool full = number == ENOSPC || number == EDQUOT || number == EFBIG;
  return {full ? Code::limit_reached : Code::unavailable,
          fmt::format("The upload '{}' cannot be written: {}.", id, why),
          full ? "The disk is full: free some space." : "Give the right to write in the home.",
          fmt::format("上传“{}”无法写入：{}。", id, why),
          full ? "磁盘已满：请释放空间。" : "请授予数据目录的写入权限。"};
}

/// 0 or the errno.
int append(int file, const Part& part) {
  std::string_view rest = part.bytes;
  if (ftruncate(file, static_cast<off_t>(part.offset)) != 0) return errno;
  while (!rest.empty()) {
    const auto at = static_cast<off_t>(part.offset + part.bytes.size() - rest.size());
    const ssize_t written = pwrite(file, rest.data(), rest.size(), at);
    if (written < 0 && errno != EINTR) return errno;
    if (written > 0) rest.remove_prefix(static_cast<std::size_t>(written));
  }
  return fdatasync(file) == 0 ? 0 : errno;
}

}  // namespace

bool is_file_name(std::string_view name) {
  if (name.empty() || name.size() > kLongestName || name[0] == '.') return false;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       c == '.' || c == '-' || c == '_';
    if (!plain && byte < 0x80) return false;
  }
  return true;
}

std::string upload_json(const Upload& upload) {
  return fmt::format("{{\"id\":{},\"size\":{},\"path\":{}}}", commands::json_string(upload.id),
                     upload.size, commands::json_string(upload.path));
}

Result<std::string> Uploads::path_of(const std::string& id) const {
  if (is_file_name(id)) return (fs::path(directory_) / id).string();
  return Error{Code::invalid_input, fmt::format("'{}' is not a name for an upload.", id),
               "Use letters, digits, dot, dash and underscore; at most 200 bytes.",
               fmt::format("“{}”不能作为上传的名称。", id),
               "请使用字母、数字、汉字、点、横线、下划线，最多 200 字节。"};
}

Result<Upload> Uploads::get(const std::string& id) {
  TRY(const std::string path, path_of(id));
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  if (!error) return Upload{id, size, path};
  return Error{Code::not_found, fmt::format("There is no upload '{}'.", id),
               "Begin it at offset 0.", fmt::format("没有上传“{}”。", id), "请从 offset 0 开始。"};
}

Result<Upload> Uploads::put(const Part& part) {
  TRY(const std::string path, path_of(part.id));
  const std::lock_guard lock(mutex_);
  std::error_code error;
  const std::uintmax_t there = fs::exists(path, error) ? fs::file_size(path, error) : 0;
  if (part.offset != 0 && part.offset != there) {
    return Error{Code::conflict,
                 fmt::format("The upload '{}' has {} bytes, not {}.", part.id, there, part.offset),
                 fmt::format("Go on at offset {}.", there),
                 fmt::format("上传“{}”已有 {} 字节，不是 {}。", part.id, there, part.offset),
                 fmt::format("请从 offset {} 继续。", there)};
  }
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return cannot_write(part.id, errno);
  const int failed = append(file, part);
  close(file);
  if (failed != 0) return cannot_write(part.id, failed);
  return Upload{part.id, part.offset + part.bytes.size(), path};
}

Status Uploads::remove(const std::string& id) {
  TRY(const Upload upload, get(id));
  const std::lock_guard lock(mutex_);
  if (unlink(upload.path.c_str()) != 0) return cannot_write(id, errno);
  return {};
}

}  // namespace huitou::server
