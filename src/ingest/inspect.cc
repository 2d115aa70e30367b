// What a file is: its bytes, encoding, dialect, names and first rows.

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "ingest/bytes.h"
#include "ingest/dialect.h"
#include "ingest/encoding.h"
#include "ingest/formats/json_lines.h"
#include "ingest/formats/parquet.h"
#include "ingest/formats/xlsx.h"
#include "ingest/head.h"
#include "ingest/rows.h"
#include "ingest/table.h"

namespace huitou::ingest {
namespace {

constexpr std::string_view kMark = "\xef\xbb\xbf";

Error no_line_end(const std::string& path) {
  const std::string name = file_name(path);
  constexpr std::size_t kLimit = kSampleBytes >> 20;
  return {Code::limit_reached, fmt::format("The first {} MiB of {} are one line", kLimit, name),
          "Export a table with one row a line",
          fmt::format("{} 的前 {} MiB 只有一行", name, kLimit), "请导出每行一条记录的表格"};
}

struct Sample {
  std::string raw;     // UTF-8 if the file is UTF-16, else as in the file
  bool whole = false;  // the file has no more
  std::uint64_t consumed = 0;
};

Result<Sample> read_sample(ByteSource& source, std::size_t bytes) {
  Sample sample;
  const bool small = !source.packed() && source.file_bytes() < kSampleBytes / 4;
  sample.raw.resize(small ? 2 * source.file_bytes() : bytes);
  TRY(const std::size_t got, source.read(sample.raw.data(), sample.raw.size()));
  sample.whole = got < sample.raw.size();
  sample.raw.resize(got);
  sample.consumed = source.consumed();
  return sample;
}

// Cuts the sample behind its last line end, so that it ends with a character and mostly a record.
void drop_partial_line(Sample& sample) {
  if (sample.whole) {
    return;
  }
  const auto end = sample.raw.find_last_of("\r\n");
  if (end != std::string::npos) {
    sample.raw.resize(end + 1);
  }
}

// More than one byte in a hundred that no text has.
bool is_binary(std::string_view bytes) {
  const auto strange = std::count_if(bytes.begin(), bytes.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0x7f ||
           (byte < 0x20 && (byte < '\t' || byte > '\r') && byte != 0x1a && byte != 0x1b);
  });
  return static_cast<std::size_t>(strange) * 100 > bytes.size();
}

Result<Sample> open_sample(const std::string& path, const ReadOptions& options, std::size_t bytes,
                           FileInfo& info) {
  TRY(auto source, ByteSource::open(path));
  info.packed = source->packed();
  info.file_bytes = source->file_bytes();
  TRY(Sample sample, read_sample(*source, bytes));
  if (sample.raw.empty()) {
    return refuse(path, {"is a .gz with nothing in it", "解压后没有内容"},
                  {"Export it again", "请重新导出"});
  }
  TRY(check_is_text(path, sample.raw, info.packed));
  drop_partial_line(sample);
  info.encoding = options.encoding.value_or(guess_encoding(sample.raw));
  if (info.encoding == Encoding::utf16le || info.encoding == Encoding::utf16be) {
    TRY(source, ByteSource::open(path));
    source->decode_utf16(info.encoding);
    TRY(sample, read_sample(*source, bytes));
    drop_partial_line(sample);
  }
  if (std::memchr(sample.raw.data(), '\0', sample.raw.size()) != nullptr) {
    return refuse(
        path, {"is binary, not text: it holds zero bytes", "是二进制文件，不是文本：含有零字节"},
        {"Export the table as CSV", "请将表格导出为 CSV"});
  }
  if (!sample.whole && sample.raw.find_first_of("\r\n") == std::string::npos) {
    return no_line_end(path);
  }
  if (is_binary(sample.raw)) {
    return refuse(path, {"is binary, not text", "是二进制文件，不是文本"},
                  {"Export the table as CSV", "请将表格导出为 CSV"});
  }
  return sample;
}

std::string decoded(const Sample& sample, Encoding encoding) {
  const bool wide = encoding == Encoding::utf16le || encoding == Encoding::utf16be;
  std::string text;
  decode_lines(wide ? Encoding::utf8 : encoding, sample.raw, text);
  return text;
}

void note_encoding(FileInfo& info) {
  if (info.encoding == Encoding::windows1252) {
    info.notes.push_back({"encoding_guessed",
                          {"The text is neither UTF-8 nor GB18030: it is read as Windows-1252",
                           "文本既不是 UTF-8 也不是 GB18030，按 Windows-1252 读取"}});
  }
}

// Finds names and where the first data record begins in the text of the sample; npos if it has
// none.
Result<std::size_t> understand_head(std::string_view text, const ReadOptions& options,
                                    FileInfo& info) {
  info.dialect = guess_dialect(text, options);
  const auto records = split_records(text, info.dialect, kSampleRows);
  const Shape shape = shape_of(records);
  if (records.empty()) {
    return refuse(info.path, {"holds only blank lines", "只有空行"},
                  {"Export it again", "请重新导出"});
  }
  if (shape.columns < 2) {
    return refuse(info.path,
                  {"has only one column: no comma, semicolon, tab, bar or blank separates fields",
                   "只有一列：没有用逗号、分号、制表符、竖线或空格分隔字段"},
                  {"Export the table as CSV with at least a date and an amount",
                   "请导出至少包含日期和金额的 CSV 表格"});
  }
  TRY(check_width(info.path, shape.columns));
  if (shape.share < 0.5) {
    return refuse(
        info.path,
        {"is not a table: its lines have different numbers of fields",
         "不是表格：各行字段数不一致"},
        {"Export a table with the same columns in every line", "请导出每行列数相同的表格"});
  }
  const std::size_t first = first_table_record(records, shape.columns);
  info.dialect.has_header =
      options.has_header.value_or(guess_header(records, first, shape.columns));
  note_passed_over(records, first, info);
  std::vector<std::string> names(shape.columns);
  if (info.dialect.has_header) {
    names = records[first].fields;
    names.resize(shape.columns);
  }
  name_columns(names, info);
  const std::size_t data = first + (info.dialect.has_header ? 1 : 0);
  if (data >= records.size()) {
    return std::string_view::npos;
  }
  info.data_line = records[data].line;
  return records[data].begin;
}

Error no_row(const std::string& path, bool whole) {
  if (whole) {
    return refuse(path, {"has column names and no rows", "只有表头，没有数据行"},
                  {"Export a period with orders", "请导出有订单的时间段"});
  }
  const std::string name = file_name(path);
  constexpr std::size_t kLimit = kMaxRecordBytes >> 20;
  return {Code::limit_reached,
          fmt::format("The first row of {} is longer than {} MiB", name, kLimit),
          "Leave the large column out", fmt::format("{} 的第一行数据超过 {} MiB", name, kLimit),
          "请去掉过大的列"};
}

// Where the data begins in the undecoded bytes: behind as many line ends as in the decoded text.
std::uint64_t raw_offset(const Sample& sample, const FileInfo& info) {
  std::size_t at = sample.raw.starts_with(kMark) ? kMark.size() : 0;
  for (std::uint64_t line = 1; line < info.data_line; ++line) {
    at = sample.raw.find(info.dialect.newline, at) + 1;
  }
  return at;
}

void read_sample_rows(std::string_view data, FileInfo& info) {
  Chunk chunk;
  chunk.first_line = info.data_line;
  chunk.bytes.grow(data.size());
  std::memcpy(chunk.bytes.data.get(), data.data(), data.size());
  chunk.bytes.size = data.size();
  FileInfo decoded_info;
  decoded_info.dialect = info.dialect;
  decoded_info.columns = info.columns;
  RawBlock block;
  parse_chunk(decoded_info, chunk, block);
  for (std::size_t row = 0; row < std::min(block.rows(), kSampleRows); ++row) {
    auto& fields = info.samples.emplace_back();
    for (std::size_t column = 0; column < block.columns(); ++column) {
      fields.emplace_back(block.at(row, column));
    }
  }
  info.estimated_rows = block.rows();
}

// By its first bytes; what is nothing else is read, or refused, as text.
Result<Format> format_of(const std::string& path) {
  TRY(const std::unique_ptr<ByteSource> source, ByteSource::open(path));
  std::string head(64 << 10, '\0');
  TRY(const std::size_t got, source->read(head.data(), head.size()));
  head.resize(got);
  if (!source->packed() && looks_like_workbook(head)) {
    TRY(const Archive archive, Archive::open(path));
    return is_workbook(archive) ? Format::xlsx : Format::text;
  }
  if (!source->packed() && looks_like_parquet(head)) {
    return Format::parquet;
  }
  return looks_like_json_lines(path, head) ? Format::json_lines : Format::text;
}

// With a sample of so many bytes. Nothing where they hold no row and the file has more.
Result<std::optional<FileInfo>> inspect_sample(const std::string& path, const ReadOptions& options,
                                               std::size_t bytes) {
  FileInfo info;
  info.path = path;
  TRY(const Sample sample, open_sample(path, options, bytes, info));
  const std::string decoded_text = decoded(sample, info.encoding);
  std::string_view text = decoded_text;
  if (text.starts_with(kMark)) {
    text.remove_prefix(kMark.size());
  }
  TRY(const std::size_t data_begin, understand_head(text, options, info));
  if (data_begin == std::string_view::npos) {
    return sample.whole ? Result<std::optional<FileInfo>>(no_row(path, true))
                        : std::optional<FileInfo>();
  }
  note_encoding(info);
  info.data_offset = raw_offset(sample, info);
  read_sample_rows(text.substr(data_begin), info);
  if (!sample.whole && sample.consumed > 0) {
    const double factor =
        static_cast<double>(info.file_bytes) / static_cast<double>(sample.consumed);
    info.estimated_rows =
        static_cast<std::uint64_t>(static_cast<double>(info.estimated_rows) * factor);
  }
  return std::optional<FileInfo>(std::move(info));
}

// A row may be longer than the sample: then all that a row may have is looked at.
Result<FileInfo> inspect_text(const std::string& path, const ReadOptions& options) {
  for (const std::size_t bytes : {kSampleBytes, kSampleBytes + kMaxRecordBytes}) {
    TRY(std::optional<FileInfo> info, inspect_sample(path, options, bytes));
    if (info) {
      return std::move(*info);
    }
  }
  return no_row(path, false);
}

}  // namespace

Result<FileInfo> inspect(const std::string& path, const ReadOptions& options) {
  TRY(const Format format, format_of(path));
  if (format == Format::json_lines) {
    return inspect_json_lines(path);
  }
  if (format == Format::parquet) {
    return inspect_parquet(path);
  }
  return format == Format::xlsx ? inspect_workbook(path, options) : inspect_text(path, options);
}

}  // namespace huitou::ingest
