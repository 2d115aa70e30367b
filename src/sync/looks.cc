#include "sync/looks.h"

#include <algorithm>

namespace huitou::sync {

void Looks::make_room(std::int64_t now) {
  std::erase_if(pages_, [&](const auto& entry) { return now - entry.second.at > kLookSeconds; });
  while (pages_.size() >= kMostLooks) {
    pages_.erase(std::min_element(pages_.begin(), pages_.end(), [](const auto& a, const auto& b) {
      return a.second.at < b.second.at;
    }));
  }
}

Result<Looks::Known> Looks::page(std::uint64_t key, std::int64_t now,
                                 const std::function<Result<Known>()>& pull) {
  std::promise<Result<Known>> promise;
  {
    std::unique_lock lock(mutex_);
    const auto known = pages_.find(key);
    if (known != pages_.end() && now - known->second.at <= kLookSeconds) {
      const auto waiting = known->second.page;
      lock.unlock();
      return waiting.get();
    }
    make_room(now);
    pages_[key] = {promise.get_future().share(), now};
  }
  Result<Known> pulled = pull();
  promise.set_value(pulled);
  if (!pulled.ok()) {
    const std::lock_guard lock(mutex_);
    pages_.erase(key);
  }
  return pulled;
}

}  // namespace huitou::sync
