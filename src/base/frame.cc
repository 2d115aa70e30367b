#include "base/frame.h"

#include <cmath>
#include <limits>

#include "base/result.h"

namespace huitou {

std::size_t Column::size() const {
  return std::visit([](const auto& held) { return held.size(); }, values);
}

const std::vector<std::int64_t>& Column::integers() const {
  CHECK(std::holds_alternative<std::vector<std::int64_t>>(values));
  return std::get<std::vector<std::int64_t>>(values);
}
std::vector<std::int64_t>& Column::integers() {
  CHECK(std::holds_alternative<std::vector<std::int64_t>>(values));
  return std::get<std::vector<std::int64_t>>(values);
}
const std::vector<double>& Column::reals() const {
  CHECK(std::holds_alternative<std::vector<double>>(values));
  return std::get<std::vector<double>>(values);
}
std::vector<double>& Column::reals() {
  CHECK(std::holds_alternative<std::vector<double>>(values));
  return std::get<std::vector<double>>(values);
}
const TextColumn& Column::texts() const {
  CHECK(std::holds_alternative<TextColumn>(values));
  return std::get<TextColumn>(values);
}
TextColumn& Column::texts() {
  CHECK(std::holds_alternative<TextColumn>(values));
  return std::get<TextColumn>(values);
}

void Column::push_integer(std::int64_t value) {
  integers().push_back(value);
  if (!nulls.empty()) {
    nulls.push_back(0);
  }
}

void Column::push_real(double value) {
  reals().push_back(value);
  if (!nulls.empty()) {
    nulls.push_back(0);
  }
}

void Column::push_text(std::string_view value) {
  texts().push_back(value);
  if (!nulls.empty()) {
    nulls.push_back(0);
  }
}

void Column::push_null() {
  if (nulls.empty()) {
    nulls.resize(size(), 0);
  }
  if (type == ColumnType::real) {
    reals().push_back(std::numeric_limits<double>::quiet_NaN());
  } else if (type == ColumnType::text) {
    texts().push_back("");
  } else {
    integers().push_back(0);
  }
  nulls.push_back(1);
}

Column make_column(std::string name, ColumnType type) {
  Column column;
  column.name = std::move(name);
  column.type = type;
  if (type == ColumnType::real) {
    column.values = std::vector<double>{};
  } else if (type == ColumnType::text) {
    column.values = TextColumn{};
  }
  return column;
}

bool Frame::has(std::string_view name) const {
  for (const Column& column : columns) {
    if (column.name == name) {
      return true;
    }
  }
  return false;
}

const Column& Frame::at(std::string_view name) const {
  for (const Column& column : columns) {
    if (column.name == name) {
      return column;
    }
  }
  throw Bug("the frame has no column '" + std::string(name) + "'");
}

Column& Frame::at(std::string_view name) {
  return const_cast<Column&>(static_cast<const Frame*>(this)->at(name));
}

std::optional<double> Frame::real(std::string_view name, std::size_t row) const {
  const Column& column = at(name);
  if (column.is_null(row)) {
    return std::nullopt;
  }
  return column.type == ColumnType::real ? column.reals()[row]
                                         : static_cast<double>(column.integers()[row]);
}

std::optional<std::int64_t> Frame::integer(std::string_view name, std::size_t row) const {
  const Column& column = at(name);
  return column.is_null(row) ? std::nullopt : std::optional(column.integers()[row]);
}

std::optional<std::string> Frame::text(std::string_view name, std::size_t row) const {
  const Column& column = at(name);
  return column.is_null(row) ? std::nullopt : std::optional(std::string(column.texts().at(row)));
}

void Frame::append(const Frame& other) {
  CHECK(&other != this);
  if (columns.empty()) {
    columns = other.columns;
    return;
  }
  CHECK(columns.size() == other.columns.size());
  for (std::size_t index = 0; index < columns.size(); ++index) {
    Column& to = columns[index];
    const Column& from = other.columns[index];
    CHECK(to.values.index() == from.values.index());
    if (!from.nulls.empty() && to.nulls.empty()) {
      to.nulls.resize(to.size(), 0);
    }
    const bool tracks_nulls = !to.nulls.empty();
    if (tracks_nulls && from.nulls.empty()) {
      to.nulls.resize(to.size() + from.size(), 0);
    } else if (tracks_nulls) {
      to.nulls.insert(to.nulls.end(), from.nulls.begin(), from.nulls.end());
    }
    if (to.type == ColumnType::real) {
      to.reals().insert(to.reals().end(), from.reals().begin(), from.reals().end());
    } else if (to.type == ColumnType::text) {
      for (std::size_t row = 0; row < from.size(); ++row) {
        to.texts().push_back(from.texts().at(row));
      }
    } else {
      to.integers().insert(to.integers().end(), from.integers().begin(), from.integers().end());
    }
  }
}

}  // namespace huitou
