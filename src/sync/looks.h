#pragma once

// First pages of sources that somebody looks at. While a mapping is being written, each change is
// tried on rows that are here already; the source is asked once.

#include <cstdint>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "base/result.h"
#include "connectors/connectors.h"

namespace huitou::sync {

struct FirstPage {
  std::vector<connectors::SourceColumn> columns;
  connectors::Page page;
};

/// Any thread. Pages are kept in memory, kLookSeconds long and kMostLooks of them.
class Looks {
 public:
  using Known = std::shared_ptr<const FirstPage>;
  static constexpr std::int64_t kLookSeconds = 120;
  static constexpr std::size_t kMostLooks = 8;

  /// The page that is kept under `key`, else what `pull` gives. Who asks while it is pulled waits
  /// for it; an error is not kept.
  Result<Known> page(std::uint64_t key, std::int64_t now,
                     const std::function<Result<Known>()>& pull);

 private:
  struct Entry {
    std::shared_future<Result<Known>> page;
    std::int64_t at = 0;
  };
  void make_room(std::int64_t now);

  std::mutex mutex_;
  std::map<std::uint64_t, Entry> pages_;
};

}  // namespace huitou::sync
