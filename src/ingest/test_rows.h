#pragma once

// For tests: rows that come from no file.

#include <memory>
#include <string>
#include <vector>

#include "ingest/ingest.h"

namespace huitou::ingest::testing_rows {

using Rows = std::vector<std::vector<std::string>>;

/// Gives its rows two by two; the first row has the number 101.
class ListReader : public RowReader {
 public:
  ListReader(FileInfo info, Rows rows) : info_(std::move(info)), rows_(std::move(rows)) {}
  const FileInfo& info() const override { return info_; }
  Result<bool> fetch(RawBlock& block) override {
    block.clear(info_.columns.size());
    for (std::size_t i = 0; i < 2 && next_ < rows_.size(); ++i, ++next_) {
      const std::vector<std::string_view> fields(rows_[next_].begin(), rows_[next_].end());
      block.append(101 + next_, fields);
    }
    return block.rows() > 0;
  }

 private:
  FileInfo info_;
  Rows rows_;
  std::size_t next_ = 0;
};

inline RowsSource rows_source(const std::string& name, std::vector<std::string> columns,
                              const Rows& rows) {
  RowsSource source;
  source.info.path = name;
  source.info.columns = std::move(columns);
  source.info.samples = rows;
  source.open = [info = source.info, rows]() -> Result<std::unique_ptr<RowReader>> {
    return std::unique_ptr<RowReader>(std::make_unique<ListReader>(info, rows));
  };
  return source;
}

}  // namespace huitou::ingest::testing_rows
