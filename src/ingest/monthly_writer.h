#pragma once

// Rows on their way into tables with a partition for each month. They are held until they make
// large parts, whatever order they come in: a file sorted by customer has all months in each block.

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/engine.h"

namespace huitou::ingest {

class MonthlyWriter {
 public:
  /// `table` is a staged copy of one of the schema, which has `ordered_on`.
  MonthlyWriter(engine::Engine& engine, std::string table,
                std::vector<engine::TableColumn> columns);

  Status add(const Frame& frame);
  /// Bytes that are held.
  std::size_t held() const { return held_; }
  /// Hands the largest month over to the engine.
  Status write_largest();
  /// Hands all over and ends the insert.
  Status finish();

 private:
  struct Month {
    engine::Block block;
    std::vector<std::uint32_t> rows;  // of the frame at hand
  };
  Month& month_of(std::int64_t day);
  Status append(Month& month, const Frame& frame);
  Status write(Month& month);

  engine::Engine& engine_;
  std::string table_;
  std::vector<engine::TableColumn> columns_;
  std::map<int, Month> months_;
  std::vector<Month*> by_day_;
  std::unique_ptr<engine::Inserter> inserter_;
  std::size_t held_ = 0;
};

}  // namespace huitou::ingest
