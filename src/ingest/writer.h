#pragma once

// Rows on their way to one staging table.

#include <memory>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "ingest/entities.h"

namespace huitou::ingest {

/// Rows of a side table (new customers, products) that are held before they are written.
inline constexpr std::size_t kHeldRows = 100'000;

/// Writes blocks as they come, and small rows when there are many of them.
class Writer {
 public:
  Writer(engine::Engine& engine, std::string table, std::vector<engine::TableColumn> columns,
         bool dry_run)
      : engine_(engine),
        table_(std::move(table)),
        columns_(std::move(columns)),
        dry_run_(dry_run),
        held_(frame_of(columns_)) {}

  Frame& held() { return held_; }
  Status added() { return held_.rows() < kHeldRows ? Status() : flush(); }
  Status write(const Frame& frame) {
    if (dry_run_ || frame.rows() == 0) {
      return {};
    }
    if (inserter_ == nullptr) {
      TRY(inserter_, engine_.insert(table_, columns_));
    }
    return inserter_->write(frame);
  }
  Status finish() {
    TRY(flush());
    return end();
  }

 private:
  /// What is held is an insert of its own: an open one keeps one of the engine's few connections.
  Status flush() {
    if (held_.rows() == 0) {
      return {};
    }
    TRY(write(held_));
    held_ = frame_of(columns_);
    return end();
  }
  Status end() {
    const std::unique_ptr<engine::Inserter> inserter = std::move(inserter_);
    return inserter == nullptr ? Status() : inserter->finish();
  }

  engine::Engine& engine_;
  std::string table_;
  std::vector<engine::TableColumn> columns_;
  bool dry_run_;
  Frame held_;
  std::unique_ptr<engine::Inserter> inserter_;
};

}  // namespace huitou::ingest
