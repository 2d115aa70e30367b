#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "engine/engine.h"
#include "engine/native.h"

namespace huitou::engine {
namespace {

// Values are copied as they lie in memory.
static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);

void write_count(std::string& out, std::uint64_t value) {
  while (value >= 0x80) {
    out += static_cast<char>((value & 0x7fU) | 0x80U);
    value >>= 7U;
  }
  out += static_cast<char>(value);
}

void write_text(std::string& out, std::string_view text) {
  write_count(out, text.size());
  out += text;
}

/// Bytes of the count before a text.
std::size_t count_bytes(std::size_t size) {
  std::size_t bytes = 1;
  while (size >= 0x80) {
    size >>= 7U;
    ++bytes;
  }
  return bytes;
}

/// Most texts are short: two words that overlap cost less than a call.
char* put_bytes(char* to, std::string_view text) {
  const std::size_t size = text.size();
  const char* from = text.data();
  if (size > 16) {
    std::memcpy(to, from, size);
  } else if (size >= 8) {
    std::memcpy(to, from, 8);
    std::memcpy(to + size - 8, from + size - 8, 8);
  } else if (size >= 4) {
    std::memcpy(to, from, 4);
    std::memcpy(to + size - 4, from + size - 4, 4);
  } else {
    for (std::size_t at = 0; at < size; ++at) {
      to[at] = from[at];
    }
  }
  return to + size;
}

char* put_text(char* to, std::string_view text) {
  std::size_t size = text.size();
  while (size >= 0x80) {
    *to++ = static_cast<char>((size & 0x7fU) | 0x80U);
    size >>= 7U;
  }
  *to++ = static_cast<char>(size);
  return put_bytes(to, text);
}

/// All rows of a frame, one after another.
struct EveryRow {
  std::size_t rows;
  std::size_t size() const { return rows; }
  std::size_t operator[](std::size_t index) const { return index; }
};

Error cannot_write(const TableColumn& column, std::size_t row, const std::string& value) {
  const std::string place = column.name + " (row " + std::to_string(row + 1) + ")";
  return Error{Code::invalid_input, "Column " + place + ": " + value + " is no " + column.type,
               "Give values that fit the column's type.",
               "列 " + column.name + "（第 " + std::to_string(row + 1) + " 行）：" + value +
                   " 不是 " + column.type,
               "请给出符合该列类型的值。"};
}

template <typename Wire, typename Rows>
Status write_integers(char* to, const Column& column, const TableColumn& target, const Rows& rows) {
  const std::vector<std::int64_t>& values = column.integers();
  const bool any_null = !column.nulls.empty();
  for (std::size_t index = 0; index < rows.size(); ++index, to += sizeof(Wire)) {
    const std::size_t row = rows[index];
    const std::int64_t value = any_null && column.is_null(row) ? 0 : values[row];
    if (!std::in_range<Wire>(value)) {
      return cannot_write(target, row, std::to_string(value));
    }
    const Wire wire = static_cast<Wire>(value);
    std::memcpy(to, &wire, sizeof(Wire));
  }
  return {};
}

double real_at(const Column& column, std::size_t row) {
  return column.type == ColumnType::real ? column.reals()[row]
                                         : static_cast<double>(column.integers()[row]);
}

template <typename Rows>
Status write_reals(char* to, const Column& column, const TableColumn& target, const Rows& rows) {
  for (std::size_t index = 0; index < rows.size(); ++index, to += sizeof(double)) {
    const double value = column.is_null(rows[index]) ? 0.0 : real_at(column, rows[index]);
    if (!std::isfinite(value)) {
      return cannot_write(target, rows[index], std::to_string(value));
    }
    std::memcpy(to, &value, sizeof value);
  }
  return {};
}

std::string_view text_at(const Column& column, std::size_t row) {
  return column.is_null(row) ? std::string_view() : column.texts().at(row);
}

/// Bytes that the values of these rows take.
template <typename Rows>
std::size_t value_bytes(const Column& column, Kind kind, const Rows& rows) {
  switch (kind) {
    case Kind::u8:
    case Kind::i8:
      return rows.size();
    case Kind::u16:
    case Kind::i16:
    case Kind::date:
      return rows.size() * 2;
    case Kind::u32:
    case Kind::i32:
    case Kind::f32:
    case Kind::time:
      return rows.size() * 4;
    case Kind::u64:
    case Kind::i64:
    case Kind::f64:
      return rows.size() * 8;
    case Kind::text:
      break;
  }
  std::size_t bytes = 0;
  for (std::size_t index = 0; index < rows.size(); ++index) {
    const std::size_t size = text_at(column, rows[index]).size();
    bytes += size + count_bytes(size);
  }
  return bytes;
}

template <typename Rows>
Status write_values(char* to, const Column& column, const TableColumn& target, Kind kind,
                    const Rows& rows) {
  switch (kind) {
    case Kind::u8:
      return write_integers<std::uint8_t>(to, column, target, rows);
    case Kind::u16:
    case Kind::date:
      return write_integers<std::uint16_t>(to, column, target, rows);
    case Kind::u32:
    case Kind::time:
      return write_integers<std::uint32_t>(to, column, target, rows);
    case Kind::u64:
      return write_integers<std::uint64_t>(to, column, target, rows);
    case Kind::i8:
      return write_integers<std::int8_t>(to, column, target, rows);
    case Kind::i16:
      return write_integers<std::int16_t>(to, column, target, rows);
    case Kind::i32:
      return write_integers<std::int32_t>(to, column, target, rows);
    case Kind::i64:
      return write_integers<std::int64_t>(to, column, target, rows);
    case Kind::f64:
      return write_reals(to, column, target, rows);
    case Kind::text:
      for (std::size_t index = 0; index < rows.size(); ++index) {
        to = put_text(to, text_at(column, rows[index]));
      }
      return {};
    case Kind::f32:
      break;
  }
  throw_bug("a column of ours is never Float32", __FILE__, __LINE__);
}

bool holds(const Column& column, Kind kind) {
  const ColumnType wanted = column_type(kind);
  if (wanted == ColumnType::text || column.type == ColumnType::text) {
    return wanted == column.type;
  }
  return wanted == ColumnType::real || column.type != ColumnType::real;
}

Error unknown_type(const TableColumn& target) {
  return Error{
      Code::invalid_input, "Column " + target.name + " has the unknown type " + target.type,
      "Use a type that engine.h lists.", "列 " + target.name + " 的类型 " + target.type + " 未知",
      "请使用 engine.h 中列出的类型。"};
}

/// Errors: invalid_input if the column's values do not go into one of this type.
Result<NativeType> target_type(const Column& column, const TableColumn& target) {
  const std::optional<NativeType> type = parse_native_type(target.type);
  if (!type || type->kind == Kind::f32 || target.type.find("Nothing") != std::string::npos) {
    return unknown_type(target);
  }
  if (!holds(column, type->kind)) {
    return Error{Code::invalid_input,
                 "Column " + target.name + " holds values that are no " + target.type,
                 "Give values that fit the column's type.",
                 "列 " + target.name + " 的值不是 " + target.type, "请给出符合该列类型的值。"};
  }
  return *type;
}

template <typename Rows>
Status write_nulls(char* to, const Column& column, const TableColumn& target, bool nullable,
                   const Rows& rows) {
  for (std::size_t index = 0; index < rows.size(); ++index) {
    const bool null = column.is_null(rows[index]);
    if (nullable) {
      to[index] = null ? '\1' : '\0';
    } else if (null) {
      return cannot_write(target, rows[index], "null");
    }
  }
  return {};
}

}  // namespace

Block::Block(std::vector<TableColumn> columns) : types_(std::move(columns)), held_(types_.size()) {}

char* Block::Bytes::room(std::size_t bytes) {
  constexpr std::size_t kPart = 16384;
  if (parts.empty() || parts.back().capacity() - parts.back().size() < bytes) {
    parts.emplace_back().reserve(std::max(bytes, kPart));
  }
  std::string& part = parts.back();
  const std::size_t begin = part.size();
  part.resize(begin + bytes);
  size += bytes;
  return part.data() + begin;
}

template <typename Rows>
Status Block::take(const Frame& frame, const Rows& rows) {
  CHECK(frame.columns.size() == types_.size());
  for (std::size_t index = 0; index < types_.size(); ++index) {
    const Column& column = frame.columns[index];
    CHECK(column.size() == frame.rows());
    TRY(const NativeType type, target_type(column, types_[index]));
    Held& held = held_[index];
    if (type.nullable || !column.nulls.empty()) {
      char* nulls = type.nullable ? held.nulls.room(rows.size()) : nullptr;
      TRY(write_nulls(nulls, column, types_[index], type.nullable, rows));
    }
    char* values = held.values.room(value_bytes(column, type.kind, rows));
    TRY(write_values(values, column, types_[index], type.kind, rows));
  }
  rows_ += rows.size();
  return {};
}

Status Block::append(const Frame& frame) { return take(frame, EveryRow{frame.rows()}); }

Status Block::append(const Frame& frame, std::span<const std::uint32_t> rows) {
  return take(frame, rows);
}

Status Block::add_column(TableColumn column, std::int64_t value) {
  Column same = make_column(column.name, ColumnType::integer);
  same.integers().assign(rows_, value);
  TRY(const NativeType type, target_type(same, column));
  const EveryRow rows{rows_};
  char* values = held_.emplace_back().values.room(value_bytes(same, type.kind, rows));
  TRY(write_values(values, same, column, type.kind, rows));
  types_.push_back(std::move(column));
  return {};
}

std::size_t Block::bytes() const {
  std::size_t sum = 0;
  for (const Held& held : held_) {
    sum += held.nulls.size + held.values.size;
  }
  return sum;
}

void Block::clear() {
  rows_ = 0;
  held_.clear();
  held_.resize(types_.size());
}

std::string Block::native() const {
  std::string out;
  out.reserve(bytes() + 64 * types_.size());
  write_count(out, types_.size());
  write_count(out, rows_);
  for (std::size_t index = 0; index < types_.size(); ++index) {
    write_text(out, types_[index].name);
    write_text(out, types_[index].type);
    for (const Bytes* bytes : {&held_[index].nulls, &held_[index].values}) {
      for (const std::string& part : bytes->parts) {
        out += part;
      }
    }
  }
  return out;
}

Status Inserter::write(const Frame& frame) {
  Block block(columns_);
  TRY(block.append(frame));
  return write(std::move(block));
}

Result<std::string> native_block(const Frame& frame, const std::vector<TableColumn>& types) {
  Block block(types);
  TRY(block.append(frame));
  return block.native();
}

}  // namespace huitou::engine
