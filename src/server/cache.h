#pragma once

#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace huitou::server {

/// Answers by question, the least recently used dropped when all together are over `bytes`. A key
/// holds the data's version, so nothing stale is ever found. Any thread.
class Cache {
 public:
  explicit Cache(std::size_t bytes) : limit_(bytes) {}
  std::shared_ptr<const std::string> find(std::string_view key);
  void put(std::string key, std::shared_ptr<const std::string> answer);
  std::size_t bytes() const;

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<const std::string> answer;
    std::size_t bytes() const { return 2 * key.size() + answer->size(); }
  };
  using Entries = std::list<Entry>;  ///< the newest first

  const std::size_t limit_;
  mutable std::mutex mutex_;
  Entries entries_;
  std::map<std::string, Entries::iterator, std::less<>> by_key_;
  std::size_t bytes_ = 0;
};

}  // namespace huitou::server
