// Entries from a file: what each row would do, and then all of it at once.

#include <fmt/format.h>

#include <filesystem>
#include <unordered_map>

#include "forms/book.h"
#include "forms/known.h"
#include "forms/reading.h"
#include "forms/values.h"
#include "forms/written.h"
#include "ingest/ingest.h"

namespace huitou::forms {
namespace {

/// Letters and digits only, so that `Store ID` is `store_id`.
std::string plain_title(std::string_view title) {
  std::string out;
  for (const char c : clean_text(title)) {
    if (std::string_view(" _-()*").find(c) != std::string_view::npos) continue;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

bool has_title(const Field& field, const std::string& title) {
  for (const std::string_view own : {field.name, field.label.en, field.label.zh}) {
    if (plain_title(own) == title) return true;
  }
  std::string_view rest = field.titles;
  while (!rest.empty()) {
    const std::size_t bar = std::min(rest.find('|'), rest.size());
    if (plain_title(rest.substr(0, bar)) == title) return true;
    rest.remove_prefix(std::min(bar + 1, rest.size()));
  }
  return false;
}

/// Columns that `forms entries` writes beside the fields.
bool is_own_column(const std::string& title) {
  for (const char* own : {"entry", "条目", "changedat", "修改时间", "changedby", "修改人"}) {
    if (title == own) return true;
  }
  return false;
}

/// Which column of the file is which field.
struct Columns {
  std::vector<std::optional<std::size_t>> field_of;  ///< of each column
  std::vector<Note> notes;
};

Error columns_wrong(const std::string& path, Sentence what, Sentence todo) {
  const std::string file = std::filesystem::path(path).filename().string();
  return {Code::invalid_input, file + ": " + what.en, todo.en, file + "：" + what.zh, todo.zh};
}

Status check_columns(const Form& form, const Columns& columns, const ingest::FileInfo& info) {
  std::vector<std::string> by(form.fields.size());
  for (std::size_t i = 0; i < info.columns.size(); ++i) {
    if (!columns.field_of[i]) continue;
    std::string& column = by[*columns.field_of[i]];
    if (!column.empty()) {
      const Words label = form.fields[*columns.field_of[i]].label;
      return columns_wrong(
          info.path,
          {"the columns '" + column + "' and '" + info.columns[i] + "' are both taken for " +
               std::string(label.en) + ".",
           "列“" + column + "”与“" + info.columns[i] + "”都对应“" + std::string(label.zh) + "”。"},
          {"Rename or delete one of them.", "请重命名或删除其中一列。"});
    }
    column = info.columns[i];
  }
  Sentence missing;
  for (std::size_t i = 0; i < form.fields.size(); ++i) {
    const Field& field = form.fields[i];
    if (!field.required || !by[i].empty()) continue;
    missing.en += (missing.en.empty() ? "" : ", ") + std::string(field.label.en);
    missing.zh += (missing.zh.empty() ? "" : "、") + std::string(field.label.zh);
  }
  if (missing.en.empty()) return {};
  const std::string name(form.name);
  return columns_wrong(
      info.path, {"there is no column " + missing.en + ".", "缺少列：" + missing.zh + "。"},
      {"Name the columns as `huitou forms template " + name + " --output " + name + ".xlsx` does.",
       "请按 `huitou forms template " + name + " --output " + name + ".xlsx` 命名各列。"});
}

Result<Columns> columns_of_file(const Form& form, const ingest::FileInfo& info) {
  Columns columns;
  std::string unused;
  for (const std::string& column : info.columns) {
    const std::string title = plain_title(column);
    std::optional<std::size_t> place;
    for (std::size_t i = 0; i < form.fields.size() && !place; ++i) {
      if (has_title(form.fields[i], title)) place = i;
    }
    if (!place && !is_own_column(title)) unused += (unused.empty() ? "" : ", ") + column;
    columns.field_of.push_back(place);
  }
  TRY(check_columns(form, columns, info));
  if (!unused.empty()) {
    columns.notes.push_back(
        {"unused", {"Not used: the columns " + unused + ".", "未使用的列：" + unused + "。"}});
  }
  return columns;
}

/// One row of the file on its way.
struct Row {
  std::uint64_t line = 0;
  std::vector<Written> written;
  std::optional<Entry> before;
  Values values;
  std::vector<Issue> issues;
};

class Importer {
 public:
  Importer(Desk& desk, const Form& form, const ImportOptions& options)
      : desk_(desk), form_(form), options_(options) {}

  Result<Import> run() {
    TRY(info_, look());
    TRY(columns_, columns_of_file(form_, info_));
    out_.notes = info_.notes;
    out_.notes.insert(out_.notes.end(), columns_.notes.begin(), columns_.notes.end());
    TRY(read());
    TRY(compare());
    report();
    const bool refused = out_.errors > 0 && !options_.skip_errors;
    if (!options_.dry_run && !refused) TRY(save());
    return std::move(out_);
  }

 private:
  /// Of a workbook the first sheet: the one that says what its columns mean may be longer.
  Result<ingest::FileInfo> look() const {
    ingest::ReadOptions reading{.delimiter = {}, .encoding = {}, .has_header = true, .sheet = {}};
    TRY(const ingest::FileInfo info, ingest::inspect(options_.path, reading));
    if (info.sheets.empty() || info.sheet == info.sheets.front()) return info;
    reading.sheet = info.sheets.front();
    return ingest::inspect(options_.path, reading);
  }

  Status read() {
    TRY(const auto reader, ingest::open_rows(info_));
    ingest::RawBlock block;
    while (true) {
      TRY(const bool more, reader->next(block));
      if (!more) return {};
      for (const ingest::BadRow& bad : block.bad()) add_bad(bad);
      for (std::size_t row = 0; row < block.rows(); ++row) add_row(block, row);
      if (rows_.size() > kMostRows) return too_many();
    }
  }

  void add_row(const ingest::RawBlock& block, std::size_t row) {
    Row added{.line = block.line(row), .written = {}, .before = {}, .values = {}, .issues = {}};
    for (std::size_t i = 0; i < columns_.field_of.size(); ++i) {
      if (!columns_.field_of[i]) continue;
      added.written.push_back(
          {std::string(form_.fields[*columns_.field_of[i]].name), std::string(block.at(row, i))});
    }
    rows_.push_back(std::move(added));
  }

  void add_bad(const ingest::BadRow& bad) {
    Row added{.line = bad.line, .written = {}, .before = {}, .values = {}, .issues = {}};
    added.issues.push_back({"",
                            bad.text,
                            true,
                            {"The row does not fit the columns.", "该行与列不符。"},
                            {"Count its cells; put texts with commas or line ends into quotes.",
                             "请检查单元格数；含逗号或换行的文本请加引号。"}});
    rows_.push_back(std::move(added));
  }

  Error too_many() const {
    return {Code::limit_reached, "The file has more than 200000 rows (kMostRows).",
            "Divide it, or load it with `huitou load`.", "文件超过 200000 行（kMostRows）。",
            "请拆分文件，或用 `huitou load` 加载。"};
  }

  /// What each row is beside the entries that are there, and what is wrong with it.
  Status compare() {
    TRY(Book book, Book::open(desk_.store, form_));
    TRY(std::vector<Entry> entries, book.entries());
    std::unordered_map<std::string, Entry> there;
    for (Entry& entry : entries) {
      std::string key = key_of(form_, entry.values);
      there.emplace(std::move(key), std::move(entry));
    }
    std::unordered_map<std::string, std::uint64_t> met;
    std::vector<Values> values;
    for (Row& row : rows_) {
      if (!row.issues.empty()) continue;
      place(row, there, met);
      values.push_back(row.values);
    }
    TRY(const Known known, Known::of(desk_.engine, form_, values));
    for (Row& row : rows_) {
      if (row.values.empty()) continue;
      for (Issue& issue : known.issues(form_, row.values)) row.issues.push_back(std::move(issue));
    }
    return {};
  }

  void place(Row& row, const std::unordered_map<std::string, Entry>& there,
             std::unordered_map<std::string, std::uint64_t>& met) {
    // The key decides which entry it is, and that entry gives what the file has no columns for.
    RowReading reading = read_row(form_, row.written, {});
    const std::string key = key_of(form_, reading.values);
    const bool numbers_itself = !form_.numbered.empty() && reading.values[0].empty();
    const auto found = numbers_itself ? there.end() : there.find(key);
    if (found != there.end()) {
      row.before = found->second;
      reading = read_row(form_, row.written, found->second.values);
    }
    row.values = std::move(reading.values);
    row.issues = std::move(reading.issues);
    if (numbers_itself) {
      ++without_number_;
      return;
    }
    const auto [first, is_new] = met.emplace(key, row.line);
    if (!is_new && !has_errors(row.issues)) {
      const std::string line = std::to_string(first->second);
      row.issues.push_back(
          {"",
           "",
           true,
           {"Row " + line + " is the same entry.", "与第 " + line + " 行是同一条目。"},
           {"Keep one of the two rows.", "请只保留其中一行。"}});
    }
  }

  std::string column_of(const std::string& field) const {
    const auto place = form_.place(field);
    for (std::size_t i = 0; place && i < info_.columns.size(); ++i) {
      if (columns_.field_of[i] == place) return info_.columns[i];
    }
    return "";
  }

  void report() {
    for (const Row& row : rows_) {
      ++out_.rows;
      for (const Issue& issue : row.issues) {
        ++(issue.is_error ? out_.errors : out_.warnings);
        if (out_.issues.size() < kMostIssues) {
          out_.issues.push_back({row.line, column_of(issue.field), issue});
        }
      }
      if (has_errors(row.issues)) {
        ++out_.refused;
      } else if (!row.before) {
        ++out_.added;
      } else {
        ++(row.before->values == row.values ? out_.unchanged : out_.changed);
      }
    }
    if (without_number_ > 0) {
      out_.notes.push_back(
          {"unnumbered",
           {fmt::format("{} rows have no number and get one; imported again they are added again.",
                        without_number_),
            fmt::format("{} 行没有编号，将自动编号；再次导入会再次添加。", without_number_)}});
    }
  }

  Status save() {
    TRY(Book book, Book::open(desk_.store, form_));
    const By by{desk_.now, options_.by};
    out_.done.unchanged = static_cast<std::int64_t>(out_.unchanged);
    return desk_.store.transaction([&](store::Store& in) -> Status {
      const std::string file = std::filesystem::path(options_.path).filename().string();
      for (Row& row : rows_) {
        if (has_errors(row.issues) || (row.before && row.before->values == row.values)) continue;
        if (out_.done.import == 0) {
          TRY(out_.done.import, new_import(in, file, by));
        }
        Change change{.import = out_.done.import};
        if (row.before) {
          change.entry = row.before->id;
          change.before = std::move(row.before->values);
        }
        ++(row.before ? out_.done.changed : out_.done.added);
        change.after = std::move(row.values);
        TRY(const Book::Noted noted, book.write(in, std::move(change), by));
        if (out_.done.change == 0) out_.done.change = noted.change;
      }
      return {};
    });
  }

  Result<std::int64_t> new_import(store::Store& in, const std::string& file, const By& by) {
    TRY(
        in.run("INSERT INTO form_imports (form, file, imported_at, imported_by) "
               "VALUES (?, ?, ?, ?)",
               {std::string(form_.name), file, by.now, by.name}));
    TRY(const Frame frame, in.run("SELECT last_insert_rowid() AS id"));
    return frame.integer("id", 0).value_or(0);
  }

  Desk& desk_;
  const Form& form_;
  const ImportOptions& options_;
  ingest::FileInfo info_;
  Columns columns_;
  std::vector<Row> rows_;
  std::uint64_t without_number_ = 0;
  Import out_;
};

}  // namespace

Result<Import> import_file(Desk& desk, const Form& form, const ImportOptions& options) {
  return Importer(desk, form, options).run();
}

}  // namespace huitou::forms
