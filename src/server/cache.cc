#include "server/cache.h"

namespace huitou::server {

std::shared_ptr<const std::string> Cache::find(std::string_view key) {
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->answer;
}

void Cache::put(std::string key, std::shared_ptr<const std::string> answer) {
  const std::lock_guard lock(mutex_);
  const std::size_t size = 2 * key.size() + answer->size();
  if (size > limit_ || by_key_.count(key) > 0) return;
  entries_.push_front({key, std::move(answer)});
  by_key_.emplace(std::move(key), entries_.begin());
  bytes_ += size;
  while (bytes_ > limit_) {
    bytes_ -= entries_.back().bytes();
    by_key_.erase(entries_.back().key);
    entries_.pop_back();
  }
}

std::size_t Cache::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace huitou::server
