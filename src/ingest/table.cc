#include "ingest/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <numeric>

#include "ingest/bytes.h"
#include "ingest/formats/json_lines.h"
#include "ingest/formats/parquet.h"
#include "ingest/formats/xlsx.h"
#include "ingest/quotes.h"
#include "ingest/rows.h"

namespace huitou::ingest {
namespace {

constexpr std::size_t kChunkBytes = 1 << 20;
constexpr std::array<std::string_view, 5> kEncodings{"UTF-8", "GB18030", "Windows-1252", "UTF-16LE",
                                                     "UTF-16BE"};

Error record_too_long(const std::string& path, std::uint64_t line) {
  const std::string name = file_name(path);
  constexpr std::size_t kLimit = kMaxRecordBytes >> 20;
  return {Code::limit_reached,
          fmt::format("Line {} of {} is longer than {} MiB", line, name, kLimit),
          "This is no table with a row per line: export it again as CSV",
          fmt::format("{} 的第 {} 行超过 {} MiB", name, line, kLimit),
          "这不是一行一条记录的表格，请重新导出为 CSV"};
}

Error zero_bytes(const std::string& path, std::uint64_t line) {
  const std::string name = file_name(path);
  return {Code::invalid_input,
          fmt::format("Line {} of {} holds zero bytes: the file is damaged", line, name),
          "Copy or export the file again",
          fmt::format("{} 的第 {} 行含有零字节：文件已损坏", name, line), "请重新复制或导出该文件"};
}

}  // namespace

std::string_view format_name(Format format) {
  constexpr std::array<std::string_view, 5> kFormats{"text", "rows", "xlsx", "json_lines",
                                                     "parquet"};
  return kFormats.at(static_cast<std::size_t>(format));
}

std::string_view encoding_name(Encoding encoding) {
  return kEncodings.at(static_cast<std::size_t>(encoding));
}

std::optional<Encoding> parse_encoding(std::string_view name) {
  for (std::size_t i = 0; i < kEncodings.size(); ++i) {
    if (kEncodings.at(i) == name) {
      return static_cast<Encoding>(i);
    }
  }
  return std::nullopt;
}

void Buffer::grow(std::size_t bytes) {
  if (capacity >= bytes) {
    return;
  }
  const std::size_t wanted = std::max(bytes, capacity + capacity / 2);
  std::unique_ptr<char[]> larger(new char[wanted + kPadding]);
  if (size > 0) {
    std::memcpy(larger.get(), data.get(), size);
  }
  std::memset(larger.get() + wanted, 0, kPadding);
  data = std::move(larger);
  capacity = wanted;
}

void RawBlock::clear(std::size_t columns) {
  columns_ = columns;
  in_order_ = true;
  buffer_.size = 0;
  fields_.clear();
  lines_.clear();
  bad_.clear();
  mended_.clear();
  blank_lines_ = 0;
}

void RawBlock::append(std::uint64_t line, std::span<const std::string_view> fields) {
  CHECK(fields.size() == columns_);
  std::size_t bytes = buffer_.size;
  for (const std::string_view field : fields) {
    bytes += field.size();
  }
  CHECK(bytes <= std::numeric_limits<std::uint32_t>::max());
  buffer_.grow(std::max<std::size_t>(bytes, 4096));  // at() gives text even where all is empty
  for (const std::string_view field : fields) {
    fields_.push_back(
        {static_cast<std::uint32_t>(buffer_.size), static_cast<std::uint32_t>(field.size())});
    if (!field.empty()) {
      std::memcpy(buffer_.data.get() + buffer_.size, field.data(), field.size());
    }
    buffer_.size += field.size();
  }
  lines_.push_back(line);
}

void RawBlock::take_text(std::size_t columns) {
  clear(columns);
  in_order_ = false;
  std::swap(chunk_.bytes, buffer_);
}

void RawBlock::add_rows(std::uint64_t first_line, std::size_t rows) {
  fields_.resize(fields_.size() + rows * columns_, Field{0, 0});
  const std::size_t before = lines_.size();
  lines_.resize(before + rows);
  std::iota(lines_.begin() + static_cast<std::ptrdiff_t>(before), lines_.end(), first_line);
}

TableReader::TableReader(FileInfo info) : info_(std::move(info)), line_(info_.data_line) {}
TableReader::TableReader(TableReader&&) noexcept = default;
TableReader& TableReader::operator=(TableReader&&) noexcept = default;
TableReader::~TableReader() = default;

Result<TableReader> TableReader::open(const FileInfo& info) {
  TableReader reader(info);
  TRY(reader.source_, ByteSource::open(info.path));
  if (info.encoding == Encoding::utf16le || info.encoding == Encoding::utf16be) {
    reader.source_->decode_utf16(info.encoding);
  }
  TRY(reader.source_->skip(info.data_offset));
  return reader;
}

Result<bool> TableReader::next_chunk(Chunk& chunk) {
  Buffer& bytes = chunk.bytes;
  bytes.size = 0;
  bytes.grow(std::max(kChunkBytes, rest_.size()));
  std::memcpy(bytes.data.get(), rest_.data(), rest_.size());
  bytes.size = rest_.size();
  rest_.clear();
  std::size_t end = 0;
  while (end == 0 && !ended_) {
    if (bytes.size + kChunkBytes / 4 > bytes.capacity) {
      bytes.grow(bytes.capacity + kChunkBytes);
    }
    const std::size_t wanted = bytes.capacity - bytes.size;
    TRY(const std::size_t got, source_->read(bytes.data.get() + bytes.size, wanted));
    bytes.size += got;
    ended_ = got < wanted;
    end = ended_ ? bytes.size : last_record_end(bytes.text(), info_.dialect);
    if (bytes.size > kMaxRecordBytes &&
        last_record_end(bytes.text().substr(0, kMaxRecordBytes), info_.dialect) == 0) {
      return record_too_long(info_.path, line_);
    }
  }
  if (end == 0) {
    end = bytes.size;
  }
  rest_.assign(bytes.data.get() + end, bytes.size - end);
  bytes.size = end;
  chunk.first_line = line_;
  chunk.consumed = source_->consumed();
  if (const void* zero = end == 0 ? nullptr : std::memchr(bytes.data.get(), '\0', end)) {
    const auto before = static_cast<std::size_t>(static_cast<const char*>(zero) - bytes.data.get());
    return zero_bytes(info_.path,
                      line_ + count_bytes(bytes.text().substr(0, before), info_.dialect.newline));
  }
  line_ += count_bytes(bytes.text(), info_.dialect.newline);
  return end > 0;
}

Result<bool> RowReader::next(RawBlock& block) {
  TRY(const bool more, fetch(block));
  if (more) {
    TRY(cut(block));
  }
  return more;
}

Result<std::unique_ptr<RowReader>> open_rows(const FileInfo& info) {
  if (info.format == Format::xlsx) {
    return open_workbook(info);
  }
  if (info.format == Format::json_lines) {
    return open_json_lines(info);
  }
  if (info.format == Format::parquet) {
    return open_parquet_rows(info);
  }
  TRY(TableReader reader, TableReader::open(info));
  return std::unique_ptr<RowReader>(std::make_unique<TableReader>(std::move(reader)));
}

}  // namespace huitou::ingest
