#include "engine/chdb_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

namespace huitou::engine {
namespace {

/// Does another process (or another opening in this one) hold the engine's lock?
bool is_locked(const std::string& path) {
  const int file = open((path + "/status").c_str(), O_RDWR | O_CLOEXEC);
  if (file < 0) {
    return false;
  }
  const bool locked = flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  close(file);
  return locked;
}

}  // namespace

Error cannot_open(const std::string& path) {
  if (!path.empty() && is_locked(path)) {
    return Error{Code::conflict, "Another huitou process owns " + path,
                 "Stop it, or send it your commands: `huitou serve` takes them for its home.",
                 "另一个 huitou 进程正在使用 " + path,
                 "请停止该进程，或把命令发给它：`huitou serve` 会接收其目录的命令。"};
  }
  const std::string shown = path.empty() ? "(in memory)" : path;
  return Error{
      Code::unavailable, "The engine does not open " + shown,
      "Check that the directory can be written and that no other one is open in this process.",
      "引擎无法打开 " + shown, "请检查目录是否可写，以及本进程是否已打开另一个目录。"};
}

}  // namespace huitou::engine
