#include "sync/lock.h"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <fstream>
#include <sstream>
#include <utility>

namespace huitou::sync {
namespace {

/// When process `pid` began, in the kernel's ticks; empty if there is none. A number is used again,
/// but not with the same beginning in the same boot.
std::string began(long pid) {
  std::ifstream in(fmt::format("/proc/{}/stat", pid));
  std::string text;
  std::getline(in, text);
  const std::size_t name_end = text.rfind(')');
  if (name_end == std::string::npos) return "";
  std::istringstream fields(text.substr(name_end + 1));
  std::string field;
  constexpr int kStartTime = 20;  // counted from the state, the first field after the name
  for (int i = 0; i < kStartTime; ++i) {
    fields >> field;
    if (i == 0 && (field == "Z" || field == "X")) return "";
  }
  return field;
}

std::string boot() {
  std::ifstream in("/proc/sys/kernel/random/boot_id");
  std::string id;
  std::getline(in, id);
  return id;
}

std::string identity(long pid) { return fmt::format("{} {} {}", pid, began(pid), boot()); }

bool lives(const std::string& owner) {
  long pid = 0;
  const auto [end, error] = std::from_chars(owner.data(), owner.data() + owner.size(), pid);
  return error == std::errc() && !began(pid).empty() && identity(pid) == owner;
}

}  // namespace

Result<Lock> Lock::take(store::Store& store, const std::string& source) {
  TRY(store.transaction([&](store::Store& inside) -> Status {
    TRY(const bool taken, held(inside, source));
    if (taken) {
      return Error{Code::conflict, fmt::format("Source '{}' is being synced.", source),
                   "Wait until that run has ended.", fmt::format("数据源“{}”正在同步。", source),
                   "请等待该次同步结束。"};
    }
    TRY(inside.run("INSERT OR REPLACE INTO source_locks VALUES (?, ?)",
                   {source, identity(getpid())}));
    return {};
  }));
  return Lock(store, source);
}

Lock::Lock(Lock&& other) noexcept
    : store_(std::exchange(other.store_, nullptr)), source_(std::move(other.source_)) {}

Lock::~Lock() {
  // A lock that cannot be given back is taken over once this process has ended.
  if (store_ != nullptr) (void)store_->run("DELETE FROM source_locks WHERE source = ?", {source_});
}

Result<bool> Lock::held(store::Store& store, const std::string& source) {
  TRY(const Frame rows, store.run("SELECT owner FROM source_locks WHERE source = ?", {source}));
  return rows.rows() > 0 && lives(rows.text("owner", 0).value_or(""));
}

}  // namespace huitou::sync
