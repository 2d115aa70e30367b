#include "ingest/formats/xlsx.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "ingest/bytes.h"
#include "ingest/formats/sheet.h"
#include "ingest/formats/workbook.h"
#include "ingest/head.h"

namespace huitou::ingest {
namespace {

constexpr std::size_t kTitleRows = 20;

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// The first rows of a sheet.
struct Head {
  std::vector<Record> records;  ///< all with the same number of fields
  std::size_t columns = 0;
  std::uint64_t rows = 0;  ///< of the whole sheet, as far as one can know
};

std::size_t filled(const Record& record) {
  return static_cast<std::size_t>(std::count_if(record.fields.begin(), record.fields.end(),
                                                [](const auto& text) { return !is_blank(text); }));
}

// Two columns in a row without any text end the table: what stands further right are remarks.
std::size_t width_of(const RawBlock& block) {
  std::size_t width = 0;
  for (std::size_t column = 0; column < block.columns(); ++column) {
    bool blank = true;
    for (std::size_t row = 0; row < block.rows() && blank; ++row) {
      blank = is_blank(block.at(row, column));
    }
    if (!blank) {
      width = column + 1;
    } else if (width > 0 && column > width) {
      break;
    }
  }
  return width;
}

Result<Head> read_head(const Archive& archive, const std::string& path, const Workbook& workbook,
                       const SheetEntry& sheet) {
  TRY(std::unique_ptr<Entry> entry, archive.entry(sheet.entry));
  TRY(SheetPieces pieces, SheetPieces::open(std::move(entry), path));
  RawBlock block;
  Head head;
  TRY(const bool any, pieces.next(block.chunk()));
  const SheetRows wanted{.columns = kMaxColumns + 1, .most_rows = kSampleRows};
  if (any && !parse_sheet_piece(block.chunk(), workbook.cells, wanted, block)) {
    return damaged_workbook(path, sheet.entry);
  }
  head.columns = width_of(block);
  for (std::size_t row = 0; row < block.rows(); ++row) {
    Record& record = head.records.emplace_back();
    record.line = block.line(row);
    for (std::size_t column = 0; column < head.columns; ++column) {
      record.fields.emplace_back(block.at(row, column));
    }
  }
  head.rows = std::max<std::uint64_t>(pieces.announced_rows(), block.rows());
  return head;
}

// Titles fill few cells; the names of columns fill about all.
std::size_t first_of_table(const Head& head) {
  for (std::size_t i = 0; i < head.records.size() && i < kTitleRows; ++i) {
    if (filled(head.records[i]) * 2 >= head.columns && filled(head.records[i]) > 1) {
      return i;
    }
  }
  return first_table_record(head.records, head.columns);
}

// Names over two rows, the upper ones in merged cells: 会员 over 编号 and 姓名.
bool has_two_header_rows(const Head& head, std::size_t first) {
  if (first + 2 >= head.records.size() ||
      head.records[first + 1].line != head.records[first].line + 1) {
    return false;
  }
  const auto& upper = head.records[first].fields;
  const auto& lower = head.records[first + 1].fields;
  bool below_blank = false;
  for (std::size_t i = 0; i < head.columns; ++i) {
    if (has_digit(lower[i]) || (is_blank(upper[i]) && is_blank(lower[i]))) {
      return false;
    }
    below_blank = below_blank || (is_blank(upper[i]) && !is_blank(lower[i]));
  }
  const auto& data = head.records[first + 2].fields;
  return below_blank && std::any_of(data.begin(), data.end(), has_digit);
}

std::vector<std::string> joined_names(const Head& head, std::size_t first) {
  std::vector<std::string> names;
  std::string above;
  for (std::size_t i = 0; i < head.columns; ++i) {
    const std::string& upper = head.records[first].fields[i];
    const std::string& lower = head.records[first + 1].fields[i];
    above = is_blank(upper) ? above : upper;
    names.push_back(is_blank(lower) ? upper : above + " " + lower);
  }
  return names;
}

// What the sheet is as a table; nothing if it is none.
std::optional<FileInfo> understand(const Head& head, const ReadOptions& options, FileInfo info) {
  if (head.records.empty() || head.columns < 2) {
    return std::nullopt;
  }
  const std::size_t first = first_of_table(head);
  info.dialect.has_header =
      options.has_header.value_or(guess_header(head.records, first, head.columns));
  note_passed_over(head.records, first, info);
  std::size_t data = first;
  std::vector<std::string> names(head.columns);
  if (info.dialect.has_header) {
    const bool two = has_two_header_rows(head, first);
    names = two ? joined_names(head, first) : head.records[first].fields;
    data += two ? 2 : 1;
    if (two) {
      info.notes.push_back({"two_header_rows",
                            {"The names of columns stand in two rows; they were joined.",
                             "列名分布在两行，已合并读取。"}});
    }
  }
  if (data >= head.records.size()) {
    return std::nullopt;
  }
  name_columns(names, info);
  info.data_line = head.records[data].line;
  for (; data < head.records.size(); ++data) {
    info.samples.push_back(head.records[data].fields);
  }
  info.estimated_rows = std::max<std::uint64_t>(
      info.samples.size(), head.rows + 1 - std::min(head.rows, info.data_line));
  return info;
}

std::string joined(const std::vector<std::string>& names, std::string_view between) {
  std::string out;
  for (const std::string& name : names) {
    out += (out.empty() ? "" : std::string(between)) + name;
  }
  return out;
}

void note_sheet(const Workbook& workbook, FileInfo& info) {
  std::vector<std::string> others;
  for (const SheetEntry& sheet : workbook.sheets) {
    if (sheet.name != info.sheet) {
      others.push_back(sheet.name);
    }
  }
  if (!others.empty()) {
    info.notes.push_back(
        {"sheet_chosen",
         {fmt::format("The sheet '{}' is read; not read: {}. Write `sheet:` in the mapping to read "
                      "another.",
                      info.sheet, joined(others, ", ")),
          fmt::format(
              "读取的工作表是“{}”；未读取：{}。如需读取其他工作表，请在映射文件中写 `sheet:`。",
              info.sheet, joined(others, "、"))}});
  }
}

Error no_such_sheet(const std::string& path, const std::string& wanted, const Workbook& workbook) {
  std::vector<std::string> names;
  for (const SheetEntry& sheet : workbook.sheets) {
    names.push_back(sheet.name);
  }
  const std::string name = file_name(path);
  return {Code::not_found, fmt::format("{} has no sheet '{}'", name, wanted),
          "Its sheets are: " + joined(names, ", "),
          fmt::format("{} 中没有工作表“{}”", name, wanted), "可用的工作表：" + joined(names, "、")};
}

class WorkbookReader : public RowReader {
 public:
  WorkbookReader(FileInfo info, Archive archive, Workbook workbook)
      : info_(std::move(info)), archive_(std::move(archive)), workbook_(std::move(workbook)) {}

  Status begin(const SheetEntry& sheet) {
    TRY(std::unique_ptr<Entry> entry, archive_.entry(sheet.entry));
    TRY(SheetPieces pieces, SheetPieces::open(std::move(entry), info_.path));
    pieces_.emplace(std::move(pieces));
    return {};
  }
  const FileInfo& info() const override { return info_; }
  Result<bool> fetch(RawBlock& block) override { return pieces_->next(block.chunk()); }
  Status cut(RawBlock& block) const override {
    const SheetRows wanted{.columns = info_.columns.size(), .first_row = info_.data_line};
    if (!parse_sheet_piece(block.chunk(), workbook_.cells, wanted, block)) {
      return damaged_workbook(info_.path, info_.sheet);
    }
    return {};
  }

 private:
  FileInfo info_;
  Archive archive_;
  Workbook workbook_;
  std::optional<SheetPieces> pieces_;
};

}  // namespace

Result<FileInfo> inspect_workbook(const std::string& path, const ReadOptions& options) {
  TRY(const std::unique_ptr<ByteSource> source, ByteSource::open(path));
  TRY(const Archive archive, Archive::open(path));
  TRY(Workbook workbook, read_workbook(archive, path));
  TRY(read_shared(archive, path, workbook));
  std::optional<FileInfo> best;
  std::uint64_t most = 0;
  bool known = options.sheet.empty();
  for (const SheetEntry& sheet : workbook.sheets) {
    if (!options.sheet.empty() && sheet.name != options.sheet) {
      continue;
    }
    known = true;
    TRY(const Head head, read_head(archive, path, workbook, sheet));
    TRY(check_width(path, head.columns));
    FileInfo info{.path = path, .format = Format::xlsx, .file_bytes = source->file_bytes()};
    info.sheet = sheet.name;
    std::optional<FileInfo> table = understand(head, options, std::move(info));
    const std::uint64_t cells =
        table ? table->estimated_rows * table->columns.size() / (sheet.hidden ? 1'000'000 : 1) : 0;
    if (table && (!best || cells > most)) {
      most = cells;
      best = std::move(table);
    }
  }
  if (!known) {
    return no_such_sheet(path, options.sheet, workbook);
  }
  if (!best) {
    return refuse(path,
                  {"is a workbook without a table: no sheet has two columns and a row under their "
                   "names",
                   "是没有数据表的工作簿：没有一个工作表包含至少两列并且表头下有数据"},
                  {"Save the sheet with the orders alone", "请单独保存订单所在的工作表"});
  }
  for (const SheetEntry& sheet : workbook.sheets) {
    best->sheets.push_back(sheet.name);
  }
  note_sheet(workbook, *best);
  return *best;
}

Result<std::unique_ptr<RowReader>> open_workbook(const FileInfo& info) {
  TRY(Archive archive, Archive::open(info.path));
  TRY(Workbook workbook, read_workbook(archive, info.path));
  TRY(read_shared(archive, info.path, workbook));
  const auto sheet = std::find_if(workbook.sheets.begin(), workbook.sheets.end(),
                                  [&](const SheetEntry& one) { return one.name == info.sheet; });
  if (sheet == workbook.sheets.end()) {
    return no_such_sheet(info.path, info.sheet, workbook);
  }
  const SheetEntry found = *sheet;
  auto reader = std::make_unique<WorkbookReader>(info, std::move(archive), std::move(workbook));
  TRY(reader->begin(found));
  return std::unique_ptr<RowReader>(std::move(reader));
}

}  // namespace huitou::ingest
