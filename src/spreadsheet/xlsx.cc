// libxlsxwriter in its mode of constant memory: rows go to temporary files beside the target and
// into the workbook's archive at the end.

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <array>
#include <cmath>
#include <filesystem>

#include "base/date.h"
#include "spreadsheet/draft.h"

namespace huitou::spreadsheet {
namespace {

constexpr std::int64_t kSecondsOfDay = 24 * 60 * 60;
constexpr double kDaysBefore1970 = 25569;  // from 1899-12-30
constexpr std::int64_t kLongestExact = 999'999'999'999'999;
constexpr std::size_t kSheetName = 31;  // characters

Words unit_words(Unit unit) {
  constexpr std::array<Words, 10> kWords{{{"", ""},
                                          {"number of things", "个数"},
                                          {"ratio", "比率"},
                                          {"money", "金额"},
                                          {"number", "数值"},
                                          {"days", "天"},
                                          {"months", "月"},
                                          {"day", "日期"},
                                          {"instant, UTC", "时间（UTC）"},
                                          {"percentage points", "百分点"}}};
  return kWords.at(static_cast<std::size_t>(unit));
}

std::size_t bytes_of(std::string_view text, std::size_t characters) {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xc0) != 0x80;
    if (begins && characters-- == 0) {
      break;
    }
  }
  return at;
}

/// A name that Excel takes: at most 31 characters, without []:*?/\.
std::string sheet_name(const std::string& name, std::size_t number) {
  const std::string suffix = number > 1 ? fmt::format(" ({})", number) : "";
  std::string out;
  for (const char c : name) {
    out += std::string_view("[]:*?/\\'").find(c) == std::string_view::npos ? c : ' ';
  }
  out.resize(bytes_of(out, kSheetName - suffix.size()));
  return out + suffix;
}

class XlsxWriter : public Writer {
 public:
  XlsxWriter(Draft draft, Target target, Table table)
      : draft_(std::move(draft)), target_(std::move(target)), table_(std::move(table)) {}
  ~XlsxWriter() override {
    if (book_ != nullptr) {
      lxw_workbook_free(book_);
    }
  }

  Status begin() {
    folder_ = std::filesystem::absolute(draft_.path()).parent_path().string();
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = folder_.data();
    options.use_zip64 = LXW_TRUE;
    book_ = workbook_new_opt(draft_.path().c_str(), &options);
    if (book_ == nullptr) {
      return cannot_write(draft_.path());
    }
    bold_ = workbook_add_format(book_);
    format_set_bold(bold_);
    for (const AnswerColumn& column : table_.columns) {
      formats_.push_back(format_of(column.unit));
    }
    return add_sheet();
  }

  Status write(const Frame& block) override {
    std::vector<const Column*> columns;
    for (const AnswerColumn& column : table_.columns) {
      columns.push_back(&block.at(column.name));
    }
    for (std::size_t row = 0; row < block.rows(); ++row) {
      if (row_ >= target_.sheet_rows) {
        TRY(add_sheet());
      }
      for (std::size_t i = 0; i < columns.size(); ++i) {
        if (!columns[i]->is_null(row)) {
          TRY(write_cell(*columns[i], i, row));
        }
      }
      ++row_;
    }
    return {};
  }

  Status finish(const std::vector<Note>& notes) override {
    TRY(write_definitions(notes));
    const lxw_error error = workbook_close(book_);
    book_ = nullptr;
    return error == LXW_NO_ERROR ? draft_.keep() : Status(cannot_write(draft_.path()));
  }

 private:
  lxw_format* format_of(Unit unit) {
    const char* code = unit == Unit::ratio || unit == Unit::points ? "0.00%"
                       : unit == Unit::minor                       ? "#,##0.00"
                       : unit == Unit::date                        ? "yyyy-mm-dd"
                       : unit == Unit::time                        ? "yyyy-mm-dd hh:mm:ss"
                       : unit == Unit::count                       ? "#,##0"
                                                                   : nullptr;
    if (code == nullptr) {
      return nullptr;
    }
    lxw_format* format = workbook_add_format(book_);
    format_set_num_format(format, code);
    return format;
  }

  std::string label_of(const AnswerColumn& column) const {
    const std::string& label = column.label.in(target_.language);
    const std::string title = label.empty() ? column.name : label;
    return column.unit == Unit::minor && !table_.currency.empty()
               ? fmt::format("{} ({})", title, table_.currency)
               : title;
  }

  Status add_sheet() {
    sheet_ = workbook_add_worksheet(book_, sheet_name(table_.name, ++sheets_).c_str());
    if (sheet_ == nullptr) {
      return cannot_write(draft_.path());
    }
    worksheet_freeze_panes(sheet_, 1, 0);
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
      const auto place = static_cast<lxw_col_t>(i);
      worksheet_set_column(sheet_, place, place, 16, nullptr);
      TRY(text(0, place, label_of(table_.columns[i]), bold_));
    }
    row_ = 1;
    return {};
  }

  Status text(lxw_row_t row, lxw_col_t column, std::string_view value, lxw_format* format) {
    std::string cell(value.substr(0, bytes_of(value, kCellCharacters)));
    if (cell.size() < value.size()) {
      cell.resize(bytes_of(cell, kCellCharacters - 1));
      cell += "…";
    }
    return done(worksheet_write_string(sheet_, row, column, cell.c_str(), format));
  }

  Status done(lxw_error error) const {
    return error == LXW_NO_ERROR ? Status() : Status(cannot_write(draft_.path()));
  }

  Status write_cell(const Column& column, std::size_t place, std::size_t row) {
    const auto line = static_cast<lxw_row_t>(row_);
    const auto at = static_cast<lxw_col_t>(place);
    const Unit unit = table_.columns[place].unit;
    lxw_format* format = formats_[place];
    if (column.type == ColumnType::text) {
      return text(line, at, column.texts().at(row), nullptr);
    }
    if (column.type == ColumnType::real) {
      const double value = column.reals()[row];
      return std::isfinite(value)
                 ? done(worksheet_write_number(sheet_, line, at,
                                               unit == Unit::minor ? value / 100 : value, format))
                 : Status();
    }
    const std::int64_t value = column.integers()[row];
    if (value > kLongestExact || value < -kLongestExact) {
      return text(line, at, std::to_string(value), nullptr);
    }
    double number = static_cast<double>(value);
    if (column.type == ColumnType::date || unit == Unit::date) {
      number += kDaysBefore1970;
    } else if (column.type == ColumnType::time || unit == Unit::time) {
      number = number / static_cast<double>(kSecondsOfDay) + kDaysBefore1970;
    } else if (unit == Unit::minor) {
      number /= 100;
    }
    return done(worksheet_write_number(sheet_, line, at, number, format));
  }

  /// What each column means, and what must be known to read the figures.
  Status write_definitions(const std::vector<Note>& notes) {
    const bool chinese = target_.language == Language::zh;
    sheet_ = workbook_add_worksheet(book_, chinese ? "说明" : "Definitions");
    if (sheet_ == nullptr) {
      return cannot_write(draft_.path());
    }
    worksheet_set_column(sheet_, 0, 2, 24, nullptr);
    lxw_row_t row = 0;
    const std::array<Words, 3> heads{{{"Column", "列"}, {"Name", "名称"}, {"Unit", "单位"}}};
    for (std::size_t i = 0; i < heads.size(); ++i) {
      TRY(text(row, static_cast<lxw_col_t>(i), heads.at(i).in(target_.language), bold_));
    }
    for (const AnswerColumn& column : table_.columns) {
      ++row;
      TRY(text(row, 0, label_of(column), nullptr));
      TRY(text(row, 1, column.name, nullptr));
      TRY(text(row, 2, unit_words(column.unit).in(target_.language), nullptr));
    }
    ++row;
    for (const Note& note : notes) {
      ++row;
      TRY(text(row, 0, note.text.in(target_.language), nullptr));
    }
    return {};
  }

  Draft draft_;
  Target target_;
  Table table_;
  std::string folder_;
  lxw_workbook* book_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
  lxw_format* bold_ = nullptr;
  std::vector<lxw_format*> formats_;
  std::uint64_t row_ = 0;
  std::size_t sheets_ = 0;
};

}  // namespace

Result<std::unique_ptr<Writer>> create_xlsx(const Target& target, const Table& table) {
  TRY(Draft draft, Draft::begin(target));
  auto writer = std::make_unique<XlsxWriter>(std::move(draft), target, table);
  TRY(writer->begin());
  return std::unique_ptr<Writer>(std::move(writer));
}

}  // namespace huitou::spreadsheet
