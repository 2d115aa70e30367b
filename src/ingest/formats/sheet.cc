#include "ingest/formats/sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "ingest/bytes.h"
#include "ingest/formats/workbook.h"
#include "ingest/formats/xml.h"

namespace huitou::ingest {
namespace {

constexpr std::size_t kPieceBytes = 1 << 20;

std::size_t number_in(std::string_view text, std::size_t otherwise) {
  std::size_t value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::uint64_t count_of(std::string_view text, std::string_view part) {
  std::uint64_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos;
       at = text.find(part, at + part.size())) {
    ++count;
  }
  return count;
}

// `ref="A1:H1000001"` of the element `dimension` before the rows: the number behind the colon.
std::uint64_t rows_announced(std::string_view head) {
  std::size_t at = head.find("dimension ");
  at = at == std::string_view::npos ? at : head.find("ref=\"", at);
  if (at == std::string_view::npos) {
    return 0;
  }
  head = head.substr(at + 5);
  head = head.substr(0, head.find('"'));
  const std::size_t colon = head.find(':');
  const std::size_t digits = head.find_first_of("0123456789", colon);
  return colon == std::string_view::npos || digits == std::string_view::npos
             ? 0
             : number_in(head.substr(digits), 0);
}

enum class CellType { number, shared, inline_text, text, boolean, error, day };

CellType cell_type(std::string_view name) {
  if (name.empty() || name == "n") {
    return CellType::number;
  }
  if (name == "s") {
    return CellType::shared;
  }
  if (name == "inlineStr") {
    return CellType::inline_text;
  }
  if (name == "b") {
    return CellType::boolean;
  }
  return name == "e" ? CellType::error : name == "d" ? CellType::day : CellType::text;
}

class RowTaker : public XmlTaker {
 public:
  RowTaker(const CellContext& context, const SheetRows& wanted, std::uint64_t row, RawBlock& block)
      : context_(context), wanted_(wanted), block_(block), next_row_(row), cells_(wanted.columns) {}

  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "c") {
      const int column = column_of(attributes.get("r"));
      column_ = column >= 0 ? static_cast<std::size_t>(column) : next_column_;
      next_column_ = column_ + 1;
      type_ = cell_type(attributes.get("t"));
      const std::size_t style = number_in(attributes.get("s"), 0);
      shown_ = style < context_.styles.size() ? context_.styles[style] : Shown::number;
      value_.clear();
    } else if (name == "v" || name == "t") {
      in_value_ = hints_ == 0;
    } else if (name == "rPh") {
      ++hints_;
    } else if (name == "row") {
      row_ = number_in(attributes.get("r"), next_row_);
      next_row_ = row_ + 1;
      next_column_ = 0;
      filled_ = false;
    }
  }

  void text(std::string_view text) override {
    if (in_value_) {
      value_.append(text);
    }
  }

  void end(std::string_view name) override {
    if (name == "c") {
      take_cell();
    } else if (name == "v" || name == "t") {
      in_value_ = false;
    } else if (name == "rPh") {
      --hints_;
    } else if (name == "row") {
      take_row();
    }
  }

 private:
  void take_cell() {
    if (column_ >= cells_.size() || value_.empty()) {
      return;
    }
    std::string& cell = cells_[column_];
    switch (type_) {
      case CellType::number:
        append_number(value_, shown_, context_.from_1904, cell);
        break;
      case CellType::shared: {
        const std::size_t number = number_in(value_, context_.shared.size());
        if (number < context_.shared.size()) {
          cell = context_.shared.at(number);
        }
        break;
      }
      case CellType::boolean:
        cell = value_ == "1" ? "TRUE" : "FALSE";
        break;
      case CellType::inline_text:
      case CellType::text:
        append_unescaped(value_, cell);
        break;
      case CellType::day:
        cell = value_;
        std::replace(cell.begin(), cell.end(), 'T', ' ');
        break;
      case CellType::error:
        cell = value_;
        break;
    }
    filled_ = filled_ || cell.find_first_not_of(" \t\r\n") != std::string::npos;
  }

  void take_row() {
    if (row_ >= wanted_.first_row && block_.rows() < wanted_.most_rows) {
      if (filled_) {
        block_.append(row_, std::vector<std::string_view>(cells_.begin(), cells_.end()));
      } else {
        block_.add_blank_line();
      }
    }
    for (std::string& cell : cells_) {
      cell.clear();
    }
  }

  const CellContext& context_;
  const SheetRows& wanted_;
  RawBlock& block_;
  std::uint64_t next_row_;
  std::uint64_t row_ = 0;
  std::vector<std::string> cells_;
  std::string value_;
  std::size_t column_ = 0;
  std::size_t next_column_ = 0;
  CellType type_ = CellType::number;
  Shown shown_ = Shown::number;
  bool in_value_ = false;
  bool filled_ = false;
  int hints_ = 0;
};

Error row_too_long(const std::string& path, std::uint64_t row) {
  const std::string name = file_name(path);
  constexpr std::size_t kLimit = kMaxRecordBytes >> 20;
  return {Code::limit_reached,
          fmt::format("Row {} of {} or one soon after is longer than {} MiB (kMaxRecordBytes)", row,
                      name, kLimit),
          "Save the table as CSV",
          fmt::format("{} 第 {} 行附近有一行超过 {} MiB（kMaxRecordBytes）", name, row, kLimit),
          "请将表格另存为 CSV"};
}

}  // namespace

Result<SheetPieces> SheetPieces::open(std::unique_ptr<Entry> entry, const std::string& path) {
  SheetPieces pieces(std::move(entry), path);
  TRY(pieces.find_rows());
  return pieces;
}

Status SheetPieces::find_rows() {
  constexpr std::string_view kData = "sheetData";
  while (true) {
    const std::size_t at = rest_.find(kData);
    const std::size_t close = at == std::string::npos ? at : rest_.find('>', at);
    if (close != std::string::npos) {
      const std::size_t open = rest_.rfind('<', at);
      if (open == std::string::npos) {
        return damaged_workbook(path_, kData);
      }
      const std::string prefix = rest_.substr(open + 1, at - open - 1);
      row_begin_ = "<" + prefix + "row";
      row_end_ = "</" + prefix + "row>";
      data_end_ = "</" + prefix + "sheetData";
      announced_rows_ = rows_announced(std::string_view(rest_).substr(0, at));
      ended_ = rest_[close - 1] == '/';
      rest_.erase(0, close + 1);
      return {};
    }
    if (rest_.size() > kMaxRecordBytes || rest_.starts_with("\xff\xfe") ||
        rest_.starts_with("\xfe\xff")) {
      return damaged_workbook(path_, kData);
    }
    const std::size_t before = rest_.size();
    constexpr std::size_t kStep = 64 << 10;
    rest_.resize(before + kStep);
    TRY(const std::size_t got, entry_->read(rest_.data() + before, kStep));
    rest_.resize(before + got);
    if (got == 0) {
      return damaged_workbook(path_, kData);
    }
  }
}

Result<bool> SheetPieces::next(Chunk& chunk) {
  Buffer& bytes = chunk.bytes;
  bytes.size = 0;
  bytes.grow(std::max(kPieceBytes, rest_.size()));
  std::memcpy(bytes.data.get(), rest_.data(), rest_.size());
  bytes.size = rest_.size();
  rest_.clear();
  std::size_t end = 0;
  std::size_t searched = 0;
  while (end == 0 && !ended_) {
    if (bytes.size + kPieceBytes / 4 > bytes.capacity) {
      bytes.grow(bytes.capacity + kPieceBytes);
    }
    const std::size_t wanted = bytes.capacity - bytes.size;
    TRY(const std::size_t got, entry_->read(bytes.data.get() + bytes.size, wanted));
    bytes.size += got;
    const std::string_view text = bytes.text();
    if (text.substr(0, kMaxRecordBytes).find(row_end_, searched) == std::string_view::npos &&
        bytes.size > kMaxRecordBytes) {
      return row_too_long(path_, row_);
    }
    const std::size_t row = text.substr(searched).rfind(row_end_);
    end = row == std::string_view::npos ? 0 : searched + row + row_end_.size();
    const std::size_t data = text.find(data_end_, std::max(end, searched));
    searched = bytes.size - std::min(bytes.size, data_end_.size());
    if (data != std::string_view::npos) {
      ended_ = true;
      end = data;
      bytes.size = data;
    } else if (got < wanted) {
      return damaged_workbook(path_, "sheetData");
    }
  }
  if (end == 0) {
    return false;
  }
  rest_.assign(bytes.data.get() + end, bytes.size - end);
  bytes.size = end;
  chunk.first_line = row_;
  chunk.consumed = entry_->consumed();
  row_ += count_of(bytes.text(), row_begin_);
  return true;
}

bool parse_sheet_piece(Chunk& chunk, const CellContext& context, const SheetRows& wanted,
                       RawBlock& block) {
  block.clear(wanted.columns);
  block.set_consumed(chunk.consumed);
  RowTaker taker(context, wanted, chunk.first_line, block);
  XmlParser parser(taker);
  return parser.feed("<rows>", false) && parser.feed(chunk.bytes.text(), false) &&
         parser.feed("</rows>", true);
}

}  // namespace huitou::ingest
