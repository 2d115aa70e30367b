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

Error cannot_write(const TableColumn& column, std::size_t row, const std::string& value) {
  const std::string place = column.name + " (row " + std::to_string(row + 1) + ")";
  return Error{Code::invalid_input, "Column " + place + ": " + value + " is no " + column.type,
               "Give values that fit the column's type.",
               "列 " + column.name + "（第 " + std::to_string(row + 1) + " 行）：" + value +
                   " 不是 " + column.type,
               "请给出符合该列类型的值。"};
}

template <typename Wire>
Status write_integers(std::string& out, const Column& column, const TableColumn& target) {
  const std::vector<std::int64_t>& values = column.integers();
  const std::size_t begin = out.size();
  out.resize(begin + values.size() * sizeof(Wire));
  char* to = out.data() + begin;
  for (std::size_t row = 0; row < values.size(); ++row, to += sizeof(Wire)) {
    const std::int64_t value = column.is_null(row) ? 0 : values[row];
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

Status write_reals(std::string& out, const Column& column, const TableColumn& target) {
  for (std::size_t row = 0; row < column.size(); ++row) {
    const double value = column.is_null(row) ? 0.0 : real_at(column, row);
    if (!std::isfinite(value)) {
      return cannot_write(target, row, std::to_string(value));
    }
    char bytes[sizeof value];
    std::memcpy(bytes, &value, sizeof value);
    out.append(bytes, sizeof value);
  }
  return {};
}

Status write_values(std::string& out, const Column& column, const TableColumn& target, Kind kind) {
  switch (kind) {
    case Kind::u8:
      return write_integers<std::uint8_t>(out, column, target);
    case Kind::u16:
    case Kind::date:
      return write_integers<std::uint16_t>(out, column, target);
    case Kind::u32:
    case Kind::time:
      return write_integers<std::uint32_t>(out, column, target);
    case Kind::u64:
      return write_integers<std::uint64_t>(out, column, target);
    case Kind::i8:
      return write_integers<std::int8_t>(out, column, target);
    case Kind::i16:
      return write_integers<std::int16_t>(out, column, target);
    case Kind::i32:
      return write_integers<std::int32_t>(out, column, target);
    case Kind::i64:
      return write_integers<std::int64_t>(out, column, target);
    case Kind::f64:
      return write_reals(out, column, target);
    case Kind::text: {
      const TextColumn& texts = column.texts();
      const std::size_t rows = texts.size();
      for (std::size_t row = 0; row < rows; ++row) {
        write_text(out, column.is_null(row) ? std::string_view() : texts.at(row));
      }
      return {};
    }
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

Status write_column(std::string& out, const Column& column, const TableColumn& target) {
  const std::optional<NativeType> type = parse_native_type(target.type);
  if (!type || type->kind == Kind::f32 || target.type.find("Nothing") != std::string::npos) {
    return Error{
        Code::invalid_input, "Column " + target.name + " has the unknown type " + target.type,
        "Use a type that engine.h lists.", "列 " + target.name + " 的类型 " + target.type + " 未知",
        "请使用 engine.h 中列出的类型。"};
  }
  if (!holds(column, type->kind)) {
    return Error{Code::invalid_input,
                 "Column " + target.name + " holds values that are no " + target.type,
                 "Give values that fit the column's type.",
                 "列 " + target.name + " 的值不是 " + target.type, "请给出符合该列类型的值。"};
  }
  write_text(out, target.name);
  write_text(out, target.type);
  if (type->nullable && column.nulls.empty()) {
    out.append(column.size(), '\0');
  }
  for (std::size_t row = 0; row < column.nulls.size(); ++row) {
    const bool null = column.is_null(row);
    if (type->nullable) {
      out += null ? '\1' : '\0';
    } else if (null) {
      return cannot_write(target, row, "null");
    }
  }
  return write_values(out, column, target, type->kind);
}

}  // namespace

Result<std::string> native_block(const Frame& frame, const std::vector<TableColumn>& types) {
  CHECK(frame.columns.size() == types.size());
  std::string out;
  write_count(out, types.size());
  write_count(out, frame.rows());
  for (std::size_t index = 0; index < types.size(); ++index) {
    CHECK(frame.columns[index].size() == frame.rows());
    TRY(write_column(out, frame.columns[index], types[index]));
  }
  return out;
}

}  // namespace huitou::engine
