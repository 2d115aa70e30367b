#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <iterator>

#include "base/date.h"
#include "spreadsheet/draft.h"

namespace huitou::spreadsheet {
namespace {

constexpr std::int64_t kMinorPerMajor = 100;
constexpr std::string_view kFormulaStarts = "=+-@\t\r";

void append_text(std::string_view text, std::string& to) {
  const bool formula = !text.empty() && kFormulaStarts.find(text[0]) != std::string_view::npos;
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    to.append(formula ? "'" : "").append(text);
    return;
  }
  to.append(formula ? "\"'" : "\"");
  for (const char c : text) {
    to.append(c == '"' ? 2 : 1, c);
  }
  to += '"';
}

void append_minor(std::int64_t minor, std::string& to) {
  const auto size =
      minor < 0 ? 0 - static_cast<std::uint64_t>(minor) : static_cast<std::uint64_t>(minor);
  fmt::format_to(std::back_inserter(to), "{}{}.{:02}", minor < 0 ? "-" : "", size / kMinorPerMajor,
                 size % kMinorPerMajor);
}

void append_cell(const Column& column, Unit unit, std::size_t row, std::string& to) {
  if (column.is_null(row)) {
    return;
  }
  if (column.type == ColumnType::text) {
    append_text(column.texts().at(row), to);
  } else if (column.type == ColumnType::real) {
    const double value = column.reals()[row];
    if (std::isfinite(value)) {
      fmt::format_to(std::back_inserter(to), "{}",
                     unit == Unit::minor ? value / kMinorPerMajor : value);
    }
  } else if (column.type == ColumnType::date || unit == Unit::date) {
    to += format_date(Date{static_cast<std::int32_t>(column.integers()[row])});
  } else if (column.type == ColumnType::time || unit == Unit::time) {
    to += written_time(column.integers()[row]);
  } else if (unit == Unit::minor) {
    append_minor(column.integers()[row], to);
  } else {
    fmt::format_to(std::back_inserter(to), "{}", column.integers()[row]);
  }
}

class CsvWriter : public Writer {
 public:
  CsvWriter(Draft draft, std::vector<AnswerColumn> columns)
      : draft_(std::move(draft)), columns_(std::move(columns)) {}

  Status begin() {
    out_.open(draft_.path(), std::ios::binary | std::ios::trunc);
    std::string head = "\xef\xbb\xbf";
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      head += i > 0 ? "," : "";
      append_text(columns_[i].name, head);
    }
    return put(head + "\r\n");
  }

  Status write(const Frame& block) override {
    std::vector<const Column*> columns;
    for (const AnswerColumn& column : columns_) {
      columns.push_back(&block.at(column.name));
    }
    std::string text;
    for (std::size_t row = 0; row < block.rows(); ++row) {
      for (std::size_t i = 0; i < columns.size(); ++i) {
        text += i > 0 ? "," : "";
        append_cell(*columns[i], columns_[i].unit, row, text);
      }
      text += "\r\n";
    }
    return put(text);
  }

  Status finish(const std::vector<Note>&) override {
    out_.close();
    return out_ ? draft_.keep() : Status(cannot_write(draft_.path()));
  }

 private:
  Status put(const std::string& text) {
    out_ << text;
    return out_ ? Status() : Status(cannot_write(draft_.path()));
  }

  Draft draft_;
  std::vector<AnswerColumn> columns_;
  std::ofstream out_;
};

}  // namespace

Result<std::unique_ptr<Writer>> create_csv(const Target& target, const Table& table) {
  TRY(Draft draft, Draft::begin(target));
  auto writer = std::make_unique<CsvWriter>(std::move(draft), table.columns);
  TRY(writer->begin());
  return std::unique_ptr<Writer>(std::move(writer));
}

}  // namespace huitou::spreadsheet
