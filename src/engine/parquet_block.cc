// The blocks that huitou_parquet writes, without a copy of their values.

#include <charconv>
#include <limits>
#include <optional>

#include "engine/engine.h"

namespace huitou::engine {
namespace {

Error unreadable() {
  return {Code::engine_failed, "what its reader says cannot be understood",
          "Write the file again, or export it as CSV.", "读取程序的输出无法识别",
          "请重新生成该文件，或导出为 CSV。"};
}

/// Goes through bytes; `failed` where they end too early.
class Walk {
 public:
  Walk(std::string_view bytes, std::size_t at) : bytes_(bytes), at_(at) {}

  std::size_t at() const { return at_; }
  bool failed() const { return failed_; }

  std::uint64_t count() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && at_ < bytes_.size(); shift += 7) {
      const auto bits = static_cast<unsigned char>(bytes_[at_++]);
      value |= static_cast<std::uint64_t>(bits & 0x7fU) << shift;
      if (bits < 0x80) {
        return value;
      }
    }
    failed_ = true;
    return 0;
  }

  std::string_view take(std::uint64_t size) {
    if (size > bytes_.size() - at_) {
      failed_ = true;
      return {};
    }
    at_ += size;
    return bytes_.substr(at_ - size, size);
  }

  std::string_view text() { return take(count()); }

 private:
  std::string_view bytes_;
  std::size_t at_;
  bool failed_ = false;
};

/// 0 for texts; nothing for a type that the program does not send.
std::optional<std::size_t> width_of(std::string_view type) {
  const auto digits = [&](std::string_view beginning) {
    int number = 0;
    std::from_chars(type.data() + beginning.size(), type.data() + type.size(), number);
    return number;
  };
  if (type == "String") {
    return 0;
  }
  for (const auto& [beginning, width] :
       {std::pair{std::string_view("DateTime64("), 8U}, {"DateTime", 4U}}) {
    if (type.starts_with(beginning)) {
      return width;
    }
  }
  if (type.starts_with("Decimal(")) {
    const int precision = digits("Decimal(");
    return precision <= 9 ? 4U : 8U;
  }
  for (const std::string_view beginning : {"Int", "UInt"}) {
    if (type.starts_with(beginning)) {
      const auto width = static_cast<std::size_t>(digits(beginning) / 8);
      return width == 1 || width == 2 || width == 4 || width == 8 ? std::optional(width)
                                                                  : std::nullopt;
    }
  }
  return std::nullopt;
}

bool walk_values(Walk& walk, std::size_t rows, std::string_view type, ParquetCells& cells) {
  constexpr std::string_view kNullable = "Nullable(";
  if (type.starts_with(kNullable)) {
    type = type.substr(kNullable.size(), type.size() - kNullable.size() - 1);
    cells.nulls = walk.at();
    walk.take(rows);
  }
  const std::optional<std::size_t> width = width_of(type);
  if (!width || walk.failed()) {
    return false;
  }
  cells.width = *width;
  cells.begin = walk.at();
  if (cells.width > 0) {
    walk.take(rows * cells.width);
  } else {
    cells.texts.resize(rows);
    for (ParquetCells::Text& place : cells.texts) {
      const std::size_t size = walk.text().size();
      place = {static_cast<std::uint32_t>(walk.at() - size), static_cast<std::uint32_t>(size)};
    }
  }
  cells.end = walk.at();
  return !walk.failed();
}

}  // namespace

Result<ParquetBlock> parquet_block(std::string_view bytes, std::size_t begin) {
  CHECK(bytes.size() <= std::numeric_limits<std::uint32_t>::max() && begin <= bytes.size());
  Walk walk(bytes, begin);
  const std::uint64_t columns = walk.count();
  const std::uint64_t rows = walk.count();
  // A value takes a byte at least.
  if (walk.failed() || columns > bytes.size() || rows > bytes.size()) {
    return unreadable();
  }
  ParquetBlock block{.rows = rows, .columns = std::vector<ParquetCells>(columns), .end = 0};
  for (ParquetCells& cells : block.columns) {
    walk.text();
    const std::string_view type = walk.text();
    if (!walk_values(walk, rows, type, cells)) {
      return unreadable();
    }
  }
  block.end = walk.at();
  return block;
}

}  // namespace huitou::engine
