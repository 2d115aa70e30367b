#include "ingest/dialect.h"

#include <algorithm>
#include <array>
#include <map>

#include "ingest/quotes.h"

namespace huitou::ingest {
namespace {

constexpr std::size_t kGuessRecords = 300;
constexpr std::size_t kTitleRecords = 30;

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r") == std::string_view::npos;
}

bool has_digit(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos;
}

std::string without_doubled_quotes(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    plain.push_back(text[at]);
    at += text[at] == '"' && at + 1 < text.size() && text[at + 1] == '"' ? 1U : 0U;
  }
  return plain;
}

// Takes the field at `at`, returns where its delimiter or line end is.
std::size_t take_field(std::string_view text, std::size_t at, const Dialect& dialect,
                       std::vector<std::string>& fields) {
  const std::array<char, 2> ends{dialect.delimiter, dialect.newline};
  const std::size_t stop = std::min(text.find_first_of({ends.data(), 2}, at), text.size());
  const std::size_t quote = text.find_first_not_of(' ', at);
  if (dialect.quotes && quote < text.size() && text[quote] == '"') {
    const Quoted quoted = find_close(text, quote, dialect, true);
    if (quoted.end == Quoted::End::closed) {
      fields.push_back(without_doubled_quotes(text.substr(quote + 1, quoted.close - quote - 1)));
      return std::min(text.find_first_of({ends.data(), 2}, quoted.close), text.size());
    }
  }
  std::string_view field = text.substr(at, stop - at);
  if (!field.empty() && field.back() == '\r' &&
      (stop == text.size() || text[stop] == dialect.newline)) {
    field.remove_suffix(1);
  }
  fields.emplace_back(field);
  return stop;
}

void take_aligned(std::string_view line, std::vector<std::string>& fields) {
  std::size_t at = line.find_first_not_of(" \t\r");
  while (at < line.size()) {
    const std::size_t end = std::min(line.find_first_of(" \t\r", at), line.size());
    fields.emplace_back(line.substr(at, end - at));
    at = line.find_first_not_of(" \t\r", end);
  }
}

std::size_t take_record(std::string_view text, std::size_t at, const Dialect& dialect,
                        std::vector<std::string>& fields) {
  if (dialect.delimiter == ' ') {
    const std::size_t end = std::min(text.find(dialect.newline, at), text.size());
    take_aligned(text.substr(at, end - at), fields);
    return end;
  }
  at = take_field(text, at, dialect, fields);
  while (at < text.size() && text[at] == dialect.delimiter) {
    at = take_field(text, at + 1, dialect, fields);
  }
  return at;
}

char guess_newline(std::string_view text) {
  return text.find('\n') == std::string_view::npos && text.find('\r') != std::string_view::npos
             ? '\r'
             : '\n';
}

// How well a delimiter fits: the share of records with the usual number of fields, and whether the
// first record, which has the names, agrees.
double fit_of(const std::vector<Record>& records, Shape shape) {
  if (records.empty() || shape.columns < 2) {
    return 0;
  }
  return shape.share + (records.front().fields.size() == shape.columns ? 0.2 : 0.0);
}

}  // namespace

std::vector<Record> split_records(std::string_view text, const Dialect& dialect,
                                  std::size_t limit) {
  std::vector<Record> records;
  std::uint64_t line = 1;
  std::size_t at = 0;
  while (at < text.size() && records.size() < limit) {
    Record record{at, line, {}};
    const std::size_t end = take_record(text, at, dialect, record.fields);
    const std::string_view raw = text.substr(at, end - at);
    line += 1 + static_cast<std::uint64_t>(std::count(raw.begin(), raw.end(), dialect.newline));
    at = end + 1;
    if (!std::all_of(record.fields.begin(), record.fields.end(), is_blank)) {
      records.push_back(std::move(record));
    }
  }
  return records;
}

Shape shape_of(const std::vector<Record>& records) {
  std::map<std::size_t, std::size_t> counts;
  for (const Record& record : records) {
    ++counts[record.fields.size()];
  }
  Shape shape;
  std::size_t most = 0;
  for (const auto& [columns, count] : counts) {
    if (count > most || (count == most && columns > shape.columns)) {
      shape.columns = columns;
      most = count;
    }
  }
  std::size_t used = 0;
  for (const Record& record : records) {
    std::size_t filled = record.fields.size() == shape.columns ? shape.columns : 0;
    while (filled > used && is_blank(record.fields[filled - 1])) {
      --filled;
    }
    used = std::max(used, filled);
  }
  shape.columns = used;
  shape.share =
      records.empty() ? 0 : static_cast<double>(most) / static_cast<double>(records.size());
  return shape;
}

Dialect guess_dialect(std::string_view text, const ReadOptions& options) {
  Dialect best;
  best.newline = guess_newline(text);
  if (options.delimiter) {
    best.delimiter = *options.delimiter;
    best.quotes = best.delimiter != ' ';
    return best;
  }
  double best_fit = 0;
  for (const char delimiter : {'\t', ';', '|', ','}) {
    Dialect tried = best;
    tried.delimiter = delimiter;
    const auto records = split_records(text, tried, kGuessRecords);
    const double fit = fit_of(records, shape_of(records));
    if (fit > best_fit) {
      best_fit = fit;
      best.delimiter = delimiter;
    }
  }
  constexpr double kPerfect = 1.2;
  if (best_fit < kPerfect) {
    Dialect aligned = best;
    aligned.delimiter = ' ';
    aligned.quotes = false;
    const auto records = split_records(text, aligned, kGuessRecords);
    if (fit_of(records, shape_of(records)) >= kPerfect) {
      return aligned;
    }
  }
  return best;
}

std::size_t first_table_record(const std::vector<Record>& records, std::size_t columns) {
  for (std::size_t i = 0; i < records.size() && i < kTitleRecords; ++i) {
    const auto& fields = records[i].fields;
    const auto filled = static_cast<std::size_t>(std::count_if(
        fields.begin(), fields.end(), [](const auto& field) { return !is_blank(field); }));
    // A title in a spreadsheet fills one cell and leaves the others of its row empty.
    if (fields.size() >= columns && (filled > 1 || columns == 1)) {
      return i;
    }
  }
  return 0;
}

bool guess_header(const std::vector<Record>& records, std::size_t first, std::size_t columns) {
  if (first >= records.size()) {
    return true;
  }
  std::size_t same = 0;
  std::size_t other = 0;
  const auto& names = records[first].fields;
  for (std::size_t column = 0; column < std::min(columns, names.size()); ++column) {
    std::size_t filled = 0;
    std::size_t digits = 0;
    for (std::size_t i = first + 1; i < records.size(); ++i) {
      const auto& fields = records[i].fields;
      if (fields.size() >= columns && !is_blank(fields[column])) {
        ++filled;
        digits += has_digit(fields[column]) ? 1U : 0U;
      }
    }
    if (filled > 0 && digits * 10 >= filled * 9) {
      (has_digit(names[column]) ? same : other) += 1;
    }
  }
  // A file of one record is data if that record is full of numbers.
  if (records.size() == first + 1) {
    const auto with_digits = std::count_if(names.begin(), names.end(), has_digit);
    return static_cast<std::size_t>(with_digits) * 2 < names.size();
  }
  return same <= other;
}

}  // namespace huitou::ingest
