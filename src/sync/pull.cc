#include "sync/pull.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "sync/secrets.h"

namespace huitou::sync {
namespace {

constexpr double kFirstWait = 1;
constexpr double kLongestWait = 60;

Error cancelled() {
  return {Code::conflict, "The sync was cancelled.",
          "Sync again: it goes on with what it has read.", "同步已取消。",
          "再次同步即可从已读取处继续。"};
}

/// A read without key cannot go on with another reader: it begins again, and so does the spool.
bool can_go_on(const Source& source, const Kind& kind) {
  const bool by_key = std::any_of(kind.params.begin(), kind.params.end(),
                                  [](const Param& param) { return param.name == "key"; });
  const auto key = source.settings.find("key");
  return !by_key || (key != source.settings.end() && !key->second.empty());
}

std::string path_of(const Place& place, const Source& source) {
  return (std::filesystem::path(spool_folder(place, source.name)) / "pages").string();
}

class Pull {
 public:
  Pull(Place& place, const Kept& kept, int& tries, const Progress& progress)
      : place_(place), kept_(kept), tries_(tries), progress_(progress) {}

  Result<Pulled> run() {
    TRY(connector_, connectors::find(kept_.source.kind));
    TRY(settings_, with_secrets(place_, kept_.source));
    TRY(const Kind kind, kind_of(kept_.source.kind));
    if (!can_go_on(kept_.source, kind)) {
      std::error_code ignored;
      std::filesystem::remove(path_of(place_, kept_.source), ignored);
    }
    TRY(again([&] { return open(); }));
    const std::vector<connectors::SourceColumn> columns = reader_->columns();
    const std::string head =
        fmt::format("{}\n{}\n{}", identity_of(kept_.source), kept_.cursor, columns_json(columns));
    TRY(Spool spool, Spool::open(path_of(place_, kept_.source), head, columns.size()));
    const bool resumed = spool.pages() > 0;
    while (!spool.complete()) {
      if (progress_.cancelled()) return cancelled();
      TRY(again([&] { return next(spool); }));
      report(spool);
    }
    return Pulled{std::move(spool), columns, resumed};
  }

 private:
  Status open() {
    TRY(reader_, connectors::open(*connector_, settings_, place_.outside));
    return {};
  }

  Status next(Spool& spool) {
    if (!reader_) TRY(open());
    const std::string& at = spool.pages() == 0 ? kept_.cursor : spool.cursor();
    auto page = reader_->next(at);
    if (!page.ok()) {
      if (page.error().code == Code::unavailable) reader_.reset();
      return page.error();
    }
    return spool.append(*page);
  }

  template <typename Work>
  Status again(const Work& work) {
    for (int failed = 1;; ++failed) {
      const Status done = work();
      if (done.ok() || done.error().code != Code::unavailable || failed == kMostTries) return done;
      ++tries_;
      progress_.report({.stage = {"waiting to try again", "等待重试"},
                        .done = static_cast<std::uint64_t>(failed),
                        .total = kMostTries,
                        .unit = {"tries", "次"}});
      if (!place_.outside.wait(backoff(failed, place_.chance())) || progress_.cancelled()) {
        return cancelled();
      }
    }
  }

  void report(const Spool& spool) const {
    progress_.report({.stage = {"reading the source", "读取数据源"},
                      .done = static_cast<std::uint64_t>(spool.rows()),
                      .unit = {"rows", "行"}});
  }

  Place& place_;
  const Kept& kept_;
  int& tries_;
  const Progress& progress_;
  const connectors::Connector* connector_ = nullptr;
  connectors::Settings settings_;
  std::unique_ptr<connectors::Reader> reader_;
};

}  // namespace

double backoff(int tries, double chance) {
  const double whole = std::min(kLongestWait, kFirstWait * std::exp2(tries - 1));
  return whole / 2 + whole / 2 * chance;
}

Result<Pulled> pull(Place& place, const Kept& kept, int& tries, const Progress& progress) {
  return Pull(place, kept, tries, progress).run();
}

}  // namespace huitou::sync
