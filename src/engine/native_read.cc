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

struct Named {
  std::string_view name;
  Kind kind;
};
constexpr Named kNamed[] = {
    {"UInt8", Kind::u8},      {"UInt16", Kind::u16},  {"UInt32", Kind::u32},  {"UInt64", Kind::u64},
    {"Int8", Kind::i8},       {"Int16", Kind::i16},   {"Int32", Kind::i32},   {"Int64", Kind::i64},
    {"Float32", Kind::f32},   {"Float64", Kind::f64}, {"String", Kind::text}, {"Date", Kind::date},
    {"DateTime", Kind::time}, {"Bool", Kind::u8},     {"Nothing", Kind::u8},
};

Error cut(std::string_view what) {
  return Error{Code::engine_failed, "The engine's answer cannot be read: " + std::string(what),
               "Run the query again; if it stays so, report it with the query.",
               "无法读取引擎的结果：" + std::string(what),
               "请重试该查询；如果仍然如此，请附上查询报告此问题。"};
}

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  bool at_end() const { return at_ == bytes_.size(); }
  std::size_t position() const { return at_; }

  Result<std::string_view> take(std::uint64_t size) {
    if (size > bytes_.size() - at_) {
      return cut("it ends in the middle of a block");
    }
    const std::string_view taken = bytes_.substr(at_, size);
    at_ += size;
    return taken;
  }

  Result<std::string_view> take_values(std::uint64_t rows, std::uint64_t width) {
    return take(rows > bytes_.size() ? rows : rows * width);
  }

  Result<std::uint64_t> count() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      TRY(const std::string_view byte, take(1));
      const auto bits = static_cast<unsigned char>(byte[0]);
      value |= static_cast<std::uint64_t>(bits & 0x7fU) << shift;
      if (bits < 0x80) {
        return value;
      }
    }
    return cut("a length is longer than 64 bits");
  }

  Result<std::string_view> text() {
    TRY(const std::uint64_t size, count());
    return take(size);
  }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

/// Block by block to the exact size would copy everything at each block.
template <typename Value>
void make_room(std::vector<Value>& values, std::uint64_t rows) {
  const std::size_t wanted = values.size() + rows;
  if (wanted > values.capacity()) {
    values.reserve(std::max(wanted, 2 * values.capacity()));
  }
}

template <typename Wire>
Status read_integers(Reader& reader, std::uint64_t rows, Column& column) {
  TRY(const std::string_view bytes, reader.take_values(rows, sizeof(Wire)));
  std::vector<std::int64_t>& values = column.integers();
  make_room(values, rows);
  const char* from = bytes.data();
  for (std::uint64_t row = 0; row < rows; ++row, from += sizeof(Wire)) {
    Wire wire;
    std::memcpy(&wire, from, sizeof(Wire));
    if (!std::in_range<std::int64_t>(wire)) {
      return cut("column " + column.name + " holds a number above 9223372036854775807");
    }
    values.push_back(static_cast<std::int64_t>(wire));
  }
  return {};
}

/// A value that is no number (0/0 in the query) is nothing, so it becomes null.
template <typename Wire>
Status read_reals(Reader& reader, std::uint64_t rows, Column& column) {
  TRY(const std::string_view bytes, reader.take_values(rows, sizeof(Wire)));
  std::vector<double>& values = column.reals();
  make_room(values, rows);
  const std::size_t first = values.size();
  for (std::uint64_t row = 0; row < rows; ++row) {
    Wire wire;
    std::memcpy(&wire, bytes.data() + row * sizeof(Wire), sizeof(Wire));
    values.push_back(static_cast<double>(wire));
    if (!std::isfinite(wire)) {
      column.nulls.resize(std::max(column.nulls.size(), first + rows), 0);
      column.nulls[first + row] = 1;
    }
  }
  return {};
}

Status read_texts(Reader& reader, std::uint64_t rows, Column& column) {
  for (std::uint64_t row = 0; row < rows; ++row) {
    TRY(const std::string_view text, reader.text());
    column.texts().push_back(text);
  }
  return {};
}

Status read_values(Reader& reader, std::uint64_t rows, Kind kind, Column& column) {
  switch (kind) {
    case Kind::u8:
      return read_integers<std::uint8_t>(reader, rows, column);
    case Kind::u16:
    case Kind::date:
      return read_integers<std::uint16_t>(reader, rows, column);
    case Kind::u32:
    case Kind::time:
      return read_integers<std::uint32_t>(reader, rows, column);
    case Kind::u64:
      return read_integers<std::uint64_t>(reader, rows, column);
    case Kind::i8:
      return read_integers<std::int8_t>(reader, rows, column);
    case Kind::i16:
      return read_integers<std::int16_t>(reader, rows, column);
    case Kind::i32:
      return read_integers<std::int32_t>(reader, rows, column);
    case Kind::i64:
      return read_integers<std::int64_t>(reader, rows, column);
    case Kind::f32:
      return read_reals<float>(reader, rows, column);
    case Kind::f64:
      return read_reals<double>(reader, rows, column);
    case Kind::text:
      return read_texts(reader, rows, column);
  }
  throw_bug("every kind of value is read above", __FILE__, __LINE__);
}

Status read_column(Reader& reader, std::uint64_t rows, const NativeType& type, Column& column) {
  const std::size_t first = column.size();
  std::string_view null_map;
  if (type.nullable) {
    TRY(null_map, reader.take(rows));
  }
  if (!column.nulls.empty()) {
    column.nulls.resize(first + rows, 0);
  }
  TRY(read_values(reader, rows, type.kind, column));
  for (std::size_t row = 0; row < null_map.size(); ++row) {
    if (null_map[row] != 0) {
      column.nulls.resize(first + rows, 0);
      column.nulls[first + row] = 1;
    }
  }
  return {};
}

Error unknown_type(std::string_view name, std::string_view type) {
  return cut("column " + std::string(name) + " has the type " + std::string(type) +
             ", which is not read; cast it");
}

Status read_block(Reader& reader, Frame& frame) {
  TRY(const std::uint64_t columns, reader.count());
  TRY(const std::uint64_t rows, reader.count());
  const bool first = frame.columns.empty();
  if (!first && columns != 0 && columns != frame.columns.size()) {
    return cut("the number of columns changes between blocks");
  }
  for (std::uint64_t index = 0; index < columns; ++index) {
    TRY(const std::string_view name, reader.text());
    TRY(const std::string_view type_name, reader.text());
    if (first) {
      TRY(Column made, column_for(std::string(name), type_name));
      frame.columns.push_back(std::move(made));
    }
    Column& column = frame.columns[index];
    const std::optional<NativeType> type = parse_native_type(type_name);
    if (!type) {
      return unknown_type(name, type_name);
    }
    if (column_type(type->kind) != column.type) {
      return cut("the type of column " + column.name + " changes between blocks");
    }
    TRY(read_column(reader, rows, *type, column));
  }
  return {};
}

}  // namespace

std::optional<NativeType> parse_native_type(std::string_view name) {
  constexpr std::string_view kNullable = "Nullable(";
  NativeType type{Kind::u8};
  if (name.starts_with(kNullable) && name.ends_with(')')) {
    type.nullable = true;
    name = name.substr(kNullable.size(), name.size() - kNullable.size() - 1);
  }
  if (name.starts_with("DateTime(")) {
    name = "DateTime";
  }
  for (const Named& named : kNamed) {
    if (named.name == name) {
      type.kind = named.kind;
      return type;
    }
  }
  return std::nullopt;
}

ColumnType column_type(Kind kind) {
  switch (kind) {
    case Kind::f32:
    case Kind::f64:
      return ColumnType::real;
    case Kind::text:
      return ColumnType::text;
    case Kind::date:
      return ColumnType::date;
    case Kind::time:
      return ColumnType::time;
    default:
      return ColumnType::integer;
  }
}

Result<Column> column_for(std::string name, std::string_view type) {
  const std::optional<NativeType> parsed = parse_native_type(type);
  if (!parsed) {
    return unknown_type(name, type);
  }
  return make_column(std::move(name), column_type(parsed->kind));
}

Result<std::size_t> read_native_block(std::string_view bytes, Frame& frame) {
  Reader reader(bytes);
  TRY(read_block(reader, frame));
  return reader.position();
}

Status read_native(std::string_view bytes, Frame& frame) {
  Reader reader(bytes);
  while (!reader.at_end()) {
    TRY(read_block(reader, frame));
  }
  return {};
}

}  // namespace huitou::engine
