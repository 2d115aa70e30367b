#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace huitou {

/// What a column holds. `date` is days since 1970-01-01, `time` is seconds since then in UTC; both
/// are kept as integers.
enum class ColumnType { integer, real, text, date, time };

/// Text values end to end in one buffer: two allocations, whatever the number of rows.
class TextColumn {
 public:
  std::size_t size() const { return ends_.size(); }
  std::string_view at(std::size_t row) const {
    const std::size_t begin = row == 0 ? 0 : ends_[row - 1];
    return std::string_view(bytes_).substr(begin, ends_[row] - begin);
  }
  void push_back(std::string_view value) {
    bytes_.append(value);
    ends_.push_back(bytes_.size());
  }
  void reserve(std::size_t rows, std::size_t bytes) {
    ends_.reserve(rows);
    bytes_.reserve(bytes);
  }
  void clear() {
    bytes_.clear();
    ends_.clear();
  }

 private:
  std::string bytes_;
  std::vector<std::size_t> ends_;
};

/// A named column. `nulls` is empty where no value is null, else one byte a row (1 = null); the
/// value of a null row is 0, NaN or empty and means nothing.
struct Column {
  std::string name;
  ColumnType type = ColumnType::integer;
  std::variant<std::vector<std::int64_t>, std::vector<double>, TextColumn> values;
  std::vector<std::uint8_t> nulls;

  std::size_t size() const;
  bool is_null(std::size_t row) const { return !nulls.empty() && nulls[row] != 0; }
  /// CHECKs that the column holds such values.
  const std::vector<std::int64_t>& integers() const;
  std::vector<std::int64_t>& integers();
  const std::vector<double>& reals() const;
  std::vector<double>& reals();
  const TextColumn& texts() const;
  TextColumn& texts();

  void push_integer(std::int64_t value);
  void push_real(double value);
  void push_text(std::string_view value);
  void push_null();
};

Column make_column(std::string name, ColumnType type);

/// A table held by columns; all columns have the same number of rows.
struct Frame {
  std::vector<Column> columns;

  std::size_t rows() const { return columns.empty() ? 0 : columns.front().size(); }
  /// CHECKs that there is such a column.
  const Column& at(std::string_view name) const;
  Column& at(std::string_view name);
  bool has(std::string_view name) const;

  /// Single values; null as nullopt. An integer column can be read as real.
  std::optional<double> real(std::string_view name, std::size_t row) const;
  std::optional<std::int64_t> integer(std::string_view name, std::size_t row) const;
  std::optional<std::string> text(std::string_view name, std::size_t row) const;

  /// Appends the rows of `other`, which has the same columns in the same order.
  void append(const Frame& other);
};

}  // namespace huitou
