#include "ingest/monthly_writer.h"

#include <algorithm>

namespace huitou::ingest {

MonthlyWriter::MonthlyWriter(engine::Engine& engine, std::string table,
                             std::vector<engine::TableColumn> columns)
    : engine_(engine), table_(std::move(table)), columns_(std::move(columns)) {}

MonthlyWriter::Month& MonthlyWriter::month_of(std::int64_t day) {
  const auto place = static_cast<std::size_t>(day - kFirstDate.days);
  if (place >= by_day_.size()) {
    by_day_.resize(place + 1);
  }
  if (by_day_[place] == nullptr) {
    const Ymd ymd = ymd_of(Date{static_cast<std::int32_t>(day)});
    const int number = ymd.year * 12 + ymd.month;
    const auto found = months_.find(number);
    by_day_[place] =
        found != months_.end()
            ? &found->second
            : &months_.try_emplace(number, Month{engine::Block(columns_), {}}).first->second;
  }
  return *by_day_[place];
}

Status MonthlyWriter::append(Month& month, const Frame& frame) {
  held_ -= month.block.bytes();
  if (month.rows.size() == frame.rows()) {
    TRY(month.block.append(frame));
  } else {
    TRY(month.block.append(frame, month.rows));
  }
  held_ += month.block.bytes();
  month.rows.clear();
  return {};
}

Status MonthlyWriter::add(const Frame& frame) {
  if (frame.rows() == 0) {
    return {};
  }
  const std::vector<std::int64_t>& days = frame.at("ordered_on").integers();
  for (std::uint32_t row = 0; row < days.size(); ++row) {
    month_of(days[row]).rows.push_back(row);
  }
  for (auto& [number, held] : months_) {
    if (!held.rows.empty()) {
      TRY(append(held, frame));
    }
  }
  return {};
}

Status MonthlyWriter::write(Month& month) {
  held_ -= month.block.bytes();
  if (inserter_ == nullptr) {
    TRY(inserter_, engine_.insert(table_, columns_, engine::Blocks::as_given));
  }
  engine::Block block(columns_);
  std::swap(block, month.block);
  return inserter_->write(std::move(block));
}

Status MonthlyWriter::write_largest() {
  const auto largest = std::max_element(
      months_.begin(), months_.end(),
      [](const auto& a, const auto& b) { return a.second.block.bytes() < b.second.block.bytes(); });
  return largest == months_.end() ? Status() : write(largest->second);
}

Status MonthlyWriter::finish() {
  for (auto& [number, month] : months_) {
    if (month.block.rows() > 0) {
      TRY(write(month));
    }
  }
  const std::unique_ptr<engine::Inserter> inserter = std::move(inserter_);
  return inserter == nullptr ? Status() : inserter->finish();
}

}  // namespace huitou::ingest
