#include "ingest/formats/parquet.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <limits>

#include "engine/engine.h"
#include "ingest/bytes.h"
#include "ingest/encoding.h"
#include "ingest/formats/cells.h"
#include "ingest/formats/stored.h"
#include "ingest/head.h"

namespace huitou::ingest {
namespace {

constexpr std::string_view kPlain = "PAR1";
constexpr std::string_view kEncrypted = "PARE";
constexpr std::string_view kFloating = "floating point";
constexpr std::size_t kLargeBytes = 16ULL << 20U;
constexpr Words kAgain{"Copy or write the file again, or export it as CSV",
                       "请重新复制或生成该文件，或导出为 CSV"};

Error damaged(const std::string& path, const std::string& why_en, const std::string& why_zh) {
  const std::string en = "is a damaged Parquet file: " + why_en;
  const std::string zh = "是损坏的 Parquet 文件：" + why_zh;
  return refuse(path, {en, zh}, kAgain);
}

/// What the ends of the file say, before anything is started to read it.
Status check_ends(const std::string& path, std::uint64_t size) {
  std::ifstream in(path, std::ios::binary);
  std::array<char, 4> head{};
  std::array<char, 8> tail{};
  in.read(head.data(), head.size());
  if (std::string_view(head.data(), head.size()) == kEncrypted) {
    return refuse(path, {"is an encrypted Parquet file", "是加密的 Parquet 文件"},
                  {"Write it without encryption", "请不加密重新生成"});
  }
  in.seekg(-static_cast<std::streamoff>(tail.size()), std::ios::end);
  in.read(tail.data(), tail.size());
  std::uint32_t about = 0;
  std::memcpy(&about, tail.data(), sizeof(about));
  const bool whole = in.good() && std::string_view(tail.data() + 4, 4) == kPlain;
  if (!whole || about == 0 || about + head.size() + tail.size() > size) {
    return damaged(path, "its end is missing", "缺少文件末尾");
  }
  return {};
}

Result<std::unique_ptr<engine::ParquetRows>> open(const std::string& path) {
  auto rows = engine::open_parquet({.path = path});
  if (!rows.ok() && rows.error().code == Code::engine_failed) {
    return damaged(path, rows.error().message, rows.error().message_zh);
  }
  return rows;
}

using engine::ParquetCells;
using engine::ParquetForm;

std::int64_t whole_at(const char* at, std::size_t width, bool has_sign) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, at, width);
  if (has_sign && width < sizeof(bits)) {
    const std::uint64_t sign = 1ULL << (8 * width - 1);
    bits = (bits ^ sign) - sign;
  }
  return static_cast<std::int64_t>(bits);
}

char* write_value(const engine::ParquetColumn& column, std::int64_t value, char* to) {
  switch (column.form) {
    case ParquetForm::whole:
      return std::to_chars(to, to + kMostStoredText, value).ptr;
    case ParquetForm::natural:
      return std::to_chars(to, to + kMostStoredText, static_cast<std::uint64_t>(value)).ptr;
    case ParquetForm::decimal:
      return write_decimal(value, column.scale, to);
    case ParquetForm::day:
      return write_day(value, to);
    case ParquetForm::local_time:
      return write_instant(value, column.scale, to);
    case ParquetForm::utc_time:
      to = write_instant(value, column.scale, to);
      *to++ = 'Z';
      return to;
    case ParquetForm::text:
      break;
  }
  throw_bug("texts have no width", __FILE__, __LINE__);
}

class ParquetReader : public RowReader {
 public:
  ParquetReader(FileInfo info, std::unique_ptr<engine::ParquetRows> rows)
      : info_(std::move(info)), rows_(std::move(rows)) {}
  const FileInfo& info() const override { return info_; }

  Result<bool> fetch(RawBlock& block) override {
    Chunk& chunk = block.chunk();
    chunk.bytes.size = 0;
    const auto more = rows_->next([&](std::size_t size) {
      // The texts of numbers come behind; room that is not written to costs nothing.
      chunk.bytes.grow(size > kLargeBytes ? size : 5 * size);
      chunk.bytes.size = size;
      return chunk.bytes.data.get();
    });
    if (!more.ok()) {
      return named(more.error());
    }
    const double share = static_cast<double>(rows_->given()) /
                         static_cast<double>(std::max<std::uint64_t>(1, rows_->rows()));
    chunk.consumed = static_cast<std::uint64_t>(share * static_cast<double>(info_.file_bytes));
    return *more;
  }

  Status cut(RawBlock& block) const override {
    block.set_consumed(block.chunk().consumed);
    block.take_text(info_.columns.size());
    const std::size_t end = block.text().size;
    Mended mended;
    std::uint64_t unpacked = 0;
    for (std::size_t at = 0; at < end;) {
      const auto cells = engine::parquet_block(block.text().text().substr(0, end), at);
      if (!cells.ok()) {
        return named(cells.error());
      }
      TRY(const std::uint64_t more, place(*cells, block, mended));
      unpacked += more;
      at = cells->end;
    }
    std::sort(mended.begin(), mended.end());
    mended.erase(std::unique(mended.begin(), mended.end()), mended.end());
    for (const std::uint64_t number : mended) {
      block.add_mended(number);
    }
    return check_growth(unpacked);
  }

 private:
  using Mended = std::vector<std::uint64_t>;

  Error named(const Error& error) const {
    const std::string name = file_name(info_.path);
    return error.code == Code::engine_failed
               ? damaged(info_.path, error.message, error.message_zh)
               : Error{error.code, fmt::format("{}: {}", name, error.message), error.hint,
                       fmt::format("{}：{}", name, error.message_zh), error.hint_zh};
  }

  /// Adds the rows and gives how many bytes they are as text.
  Result<std::uint64_t> place(const engine::ParquetBlock& cells, RawBlock& block,
                              Mended& mended) const {
    const std::size_t columns = info_.columns.size();
    if (cells.rows == 0) {
      return std::uint64_t{0};
    }
    CHECK(cells.columns.size() == columns + 1);
    Buffer& text = block.text();
    const auto numbers = static_cast<std::size_t>(
        std::count_if(cells.columns.begin(), cells.columns.end() - 1,
                      [](const ParquetCells& values) { return values.width > 0; }));
    const std::size_t most = text.size + cells.rows * numbers * kMostStoredText;
    CHECK(most <= std::numeric_limits<std::uint32_t>::max());
    text.grow(most);
    const Place to{block.rows(), cells.rows};
    const char* const number = text.data.get() + cells.columns[columns].begin;
    block.add_rows(static_cast<std::uint64_t>(whole_at(number, sizeof(std::uint64_t), false)),
                   cells.rows);
    std::uint64_t unpacked = cells.rows * (columns + sizeof(std::uint64_t));
    for (std::size_t column = 0; column < columns; ++column) {
      const ParquetCells& values = cells.columns[column];
      const std::size_t before = text.size;
      if (values.width == 0) {
        TRY(place_texts(values, column, to.first, block, mended));
        unpacked += values.end - values.begin - cells.rows;
      } else {
        place_numbers(values, column, to, block);
      }
      unpacked += text.size - before;
    }
    return unpacked;
  }

  struct Place {
    std::size_t first;  ///< row in the block
    std::size_t rows;
  };

  /// The texts of numbers stand behind the bytes that they came in.
  void place_numbers(const ParquetCells& values, std::size_t column, Place place,
                     RawBlock& block) const {
    const engine::ParquetColumn& about = rows_->columns()[column];
    const bool has_sign = about.form != ParquetForm::natural;
    Buffer& text = block.text();
    char* const data = text.data.get();
    char* to = data + text.size;
    const char* from = data + values.begin;
    for (std::size_t row = 0; row < place.rows; ++row, from += values.width) {
      if (values.nulls == 0 || data[values.nulls + row] == 0) {
        char* const end = write_value(about, whole_at(from, values.width, has_sign), to);
        block.place(place.first + row, column, static_cast<std::size_t>(to - data),
                    static_cast<std::size_t>(end - to));
        to = end;
      }
    }
    text.size = static_cast<std::size_t>(to - data);
  }

  Status place_texts(const ParquetCells& values, std::size_t column, std::size_t first,
                     RawBlock& block, Mended& mended) const {
    const bool real = rows_->columns()[column].type == kFloating;
    const bool plain = is_plain(values, block.text().text());
    for (std::size_t row = 0; row < values.texts.size(); ++row) {
      const ParquetCells::Text& place = values.texts[row];
      if (values.nulls != 0 && block.text().data[values.nulls + row] != 0) {
        continue;
      }
      block.place(first + row, column, place.begin, place.size);
      if (!plain || real || place.size > kMaxRecordBytes) {
        TRY(mend(first + row, column, real, block, mended));
      }
    }
    return {};
  }

  /// Is every text well-formed and of a usual size? The lengths between them are ASCII then.
  static bool is_plain(const ParquetCells& values, std::string_view bytes) {
    constexpr std::size_t kShort = 0x80;
    const std::string_view all = bytes.substr(values.begin, values.end - values.begin);
    if (is_ascii(all)) {
      return true;
    }
    return utf8_error(all) == all.size() &&
           std::all_of(values.texts.begin(), values.texts.end(),
                       [](const ParquetCells::Text& text) { return text.size < kShort; });
  }

  /// A number without exponent, a text without broken characters, behind the other bytes.
  Status mend(std::size_t row, std::size_t column, bool real, RawBlock& block,
              Mended& mended) const {
    const std::string_view field = block.at(row, column);
    TRY(check_size(field, block.line(row)));
    std::string better;
    if (real && field.find('e') != std::string_view::npos) {
      append_number(field, Shown::number, false, better);
    } else if (utf8_error(field) != field.size()) {
      if (!append_decoded(Encoding::utf8, field, better)) {
        mended.push_back(block.line(row));
      }
    } else {
      return {};
    }
    Buffer& text = block.text();
    CHECK(text.size + better.size() <= std::numeric_limits<std::uint32_t>::max());
    text.grow(text.size + better.size());
    std::memcpy(text.data.get() + text.size, better.data(), better.size());
    block.place(row, column, text.size, better.size());
    text.size += better.size();
    return {};
  }

  Status check_size(std::string_view field, std::uint64_t number) const {
    if (field.size() <= kMaxRecordBytes) {
      return {};
    }
    constexpr std::size_t kLimit = kMaxRecordBytes >> 20;
    const std::string name = file_name(info_.path);
    return Error{Code::limit_reached,
                 fmt::format("Row {} of {} has a value of more than {} MiB", number, name, kLimit),
                 "Leave this column out",
                 fmt::format("{} 的第 {} 行有一个值超过 {} MiB", name, number, kLimit),
                 "请去掉该列"};
  }

  /// What has been unpacked so far, with these bytes.
  Status check_growth(std::uint64_t bytes) const {
    const std::uint64_t all = unpacked_.fetch_add(bytes) + bytes;
    return all > kFreeParquetBytes && all > kMaxParquetRatio * info_.file_bytes ? Status(bomb(all))
                                                                                : Status();
  }

  Error bomb(std::uint64_t unpacked) const {
    const std::string name = file_name(info_.path);
    return {Code::limit_reached,
            fmt::format("{} gives {} MiB of text, over {} times its size (kMaxParquetRatio)", name,
                        unpacked >> 20, kMaxParquetRatio),
            "Export the table as CSV",
            fmt::format("{} 展开为 {} MiB 文本，超过原文件的 {} 倍（kMaxParquetRatio）", name,
                        unpacked >> 20, kMaxParquetRatio),
            "请将表格导出为 CSV"};
  }

  FileInfo info_;
  std::unique_ptr<engine::ParquetRows> rows_;
  mutable std::atomic<std::uint64_t> unpacked_ = 0;  // by all threads that cut
};

/// What the file says of a column, in both languages.
Sentence said_type(const engine::ParquetColumn& column) {
  static constexpr std::array<Words, 9> kTypes{
      Words{"text", "文本"},   {"whole number", "整数"},   {kFloating, "浮点数"},
      {"day", "日期"},         {"local time", "本地时间"}, {"time in UTC", "UTC 时间"},
      {"time of day", "时刻"}, {"yes or no", "是或否"},    {"decimal", "定点小数"},
  };
  const auto* found = std::find_if(kTypes.begin(), kTypes.end(), [&](const Words& words) {
    return column.type.starts_with(words.en);
  });
  const std::string zh(found == kTypes.end() ? "嵌套" : found->zh);
  return {"the file says: " + column.type, "文件中的类型：" + zh};
}

void note_nested(const std::vector<engine::ParquetColumn>& columns, FileInfo& info) {
  std::vector<std::string> names;
  for (const engine::ParquetColumn& column : columns) {
    if (column.nested) {
      names.push_back(column.name);
    }
  }
  if (!names.empty()) {
    const std::string all = join_names(names);
    info.notes.push_back(
        {"nested_as_json",
         {fmt::format("Columns of lists or groups are read as JSON text: {}. Export what they hold "
                      "with a line for each.",
                      all),
          fmt::format("列表或嵌套列按 JSON 文本读取：{}。请把其中的内容按每项一行导出。", all)}});
  }
}

Status read_samples(std::unique_ptr<engine::ParquetRows> rows, FileInfo& info) {
  ParquetReader reader(info, std::move(rows));
  RawBlock block;
  TRY(const bool any, reader.next(block));
  for (std::size_t row = 0; any && row < std::min(block.rows(), kSampleRows); ++row) {
    auto& fields = info.samples.emplace_back();
    for (std::size_t column = 0; column < block.columns(); ++column) {
      fields.emplace_back(block.at(row, column));
    }
  }
  return {};
}

}  // namespace

bool looks_like_parquet(std::string_view head) {
  return head.starts_with("PAR1\x15") || (head.starts_with(kEncrypted) && head.size() > 4 &&
                                          static_cast<unsigned char>(head[4]) < ' ');
}

Result<FileInfo> inspect_parquet(const std::string& path) {
  FileInfo info{.path = path, .format = Format::parquet};
  TRY(const std::unique_ptr<ByteSource> source, ByteSource::open(path));
  info.file_bytes = source->file_bytes();
  TRY(check_ends(path, info.file_bytes));
  TRY(std::unique_ptr<engine::ParquetRows> rows, open(path));
  const std::vector<engine::ParquetColumn> columns = rows->columns();
  info.estimated_rows = rows->rows();
  TRY(check_width(path, columns.size()));
  std::vector<std::string> names;
  for (const engine::ParquetColumn& column : columns) {
    names.push_back(column.name);
    info.types.push_back(said_type(column));
  }
  name_columns(names, info);
  if (info.estimated_rows == 0) {
    return refuse(path, {"has column names and no rows", "只有表头，没有数据行"},
                  {"Export a period with orders", "请导出有订单的时间段"});
  }
  note_nested(columns, info);
  TRY(read_samples(std::move(rows), info));
  return info;
}

Result<std::unique_ptr<RowReader>> open_parquet_rows(const FileInfo& info) {
  TRY(std::unique_ptr<engine::ParquetRows> rows, open(info.path));
  if (rows->columns().size() != info.columns.size()) {
    return damaged(info.path, "it was changed while it was read", "读取过程中文件被修改");
  }
  return std::unique_ptr<RowReader>(std::make_unique<ParquetReader>(info, std::move(rows)));
}

}  // namespace huitou::ingest
