// export: a canonical table as a CSV or Excel file, month by month, so that any number of rows
// needs the memory of one month.

#include "commands/export.h"

#include <algorithm>
#include <filesystem>

#include "commands/list.h"
#include "commands/rows.h"
#include "commands/shop.h"
#include "spreadsheet/spreadsheet.h"

namespace huitou::commands {
namespace {

constexpr double kSeconds = 4 * 3600;
constexpr std::uint64_t kRows = 10'000'000'000;

const ExportTable& table_named(std::string_view name) {
  const auto tables = export_tables();
  const auto found = std::find_if(tables.begin(), tables.end(),
                                  [&](const ExportTable& table) { return table.name == name; });
  CHECK(found != tables.end());
  return *found;
}

/// The periods that are written one after another; one without meaning where there are none.
Result<std::vector<Period>> parts_of(engine::Engine& engine, const ExportTable& table) {
  if (table.span.empty()) return std::vector<Period>{{kFirstDate, kFirstDate}};
  TRY(const Span span, span_of(engine, table.span));
  std::vector<Period> months;
  if (!span.first) return months;
  for (Date month = step_start(*span.first, Granularity::month); month <= *span.last;
       month = add_steps(month, Granularity::month, 1)) {
    months.push_back({month, add_steps(month, Granularity::month, 1)});
  }
  return months;
}

struct Written {
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;
};

Result<Written> write_table(const Call& call, const ExportTable& table,
                            const spreadsheet::Target& target) {
  engine::Engine& engine = *call.shop.engine;
  TRY(const std::int64_t total, rows_of(engine, std::string(table.name)));
  TRY(const auto parts, parts_of(engine, table));
  TRY(const auto writer,
      spreadsheet::create(target, {std::string(table.title.in(call.language)),
                                   columns_of(table.columns), call.shop.settings.currency}));
  Written written;
  for (const Period& part : parts) {
    const engine::Query query{
        .text = std::string(embedded(table.sql)),
        .params = {{"from", part.from},
                   {"to", part.to},
                   {"chinese", std::int64_t{call.language == Language::zh ? 1 : 0}}},
        .limits = {.seconds = kSeconds, .result_rows = kRows}};
    TRY(engine.stream(query, [&](const Frame& block) -> Status {
      if (call.progress.cancelled()) {
        return Error{Code::conflict, "The export was cancelled", "Nothing was written",
                     "导出已取消", "没有写出文件"};
      }
      TRY(writer->write(block));
      written.rows += block.rows();
      call.progress.report({.stage = {"Writing", "写出"},
                            .done = written.rows,
                            .total = static_cast<std::uint64_t>(total),
                            .unit = {"rows", "行"}});
      return {};
    }));
  }
  TRY(writer->finish({}));
  std::error_code ignored;
  written.bytes = std::filesystem::file_size(target.path, ignored);
  return written;
}

Result<Answer> run_export(const Call& call) {
  const ExportTable& table = table_named(call.args.text("table"));
  const spreadsheet::Target target{.path = call.args.text("to"),
                                   .language = call.language,
                                   .replace = call.args.boolean("replace")};
  TRY(const Written written, write_table(call, table, target));
  Answer answer;
  answer.frame.columns = {
      make_column("table", ColumnType::text), make_column("file", ColumnType::text),
      make_column("rows", ColumnType::integer), make_column("bytes", ColumnType::integer)};
  answer.frame.at("table").push_text(table.name);
  answer.frame.at("file").push_text(target.path);
  answer.frame.at("rows").push_integer(static_cast<std::int64_t>(written.rows));
  answer.frame.at("bytes").push_integer(static_cast<std::int64_t>(written.bytes));
  answer.columns = columns_of(export_command.columns);
  return answer;
}

std::vector<std::string_view> table_names() {
  std::vector<std::string_view> names;
  for (const ExportTable& table : export_tables()) names.push_back(table.name);
  return names;
}

}  // namespace

Status write_answer(const Answer& answer, const AnswerFile& file) {
  const spreadsheet::Target target{.path = file.path, .language = file.language, .replace = true};
  TRY(const auto writer,
      spreadsheet::create(target, {file.title, answer.columns, answer.currency}));
  TRY(writer->write(answer.frame));
  return writer->finish(answer.notes);
}

const Command export_command{
    .name = "export",
    .title = {"Write a table into a file", "导出数据表"},
    .doc =
        {"Writes a whole table into a .csv (UTF-8 with a byte order mark) or an Excel .xlsx, row "
         "by "
         "row, whatever its size; a workbook goes on in a further sheet after 1,048,576 rows and "
         "ends with a sheet of units. Texts stay texts, and none becomes a formula. An answer "
         "goes into a file with --output FILE behind any command.",
         "把整张表写成 .csv（UTF-8，带 BOM）或 Excel .xlsx，逐行写出，不限大小；工作簿每满 "
         "1,048,576 "
         "行换一个工作表，最后一个工作表写明单位。文本保持为文本，不会变成公式。任何命令加 "
         "--output "
         "文件 可把结果写成文件。"},
    .kind = Kind::job,
    .live = true,
    .params = {{.name = "table",
                .type = ParamType::choice,
                .doc = {"what to write", "要导出的表"},
                .choices = table_names(),
                .required = true,
                .positional = true},
               {.name = "to",
                .type = ParamType::file,
                .doc = {"file to write, .csv or .xlsx", "要写的文件，.csv 或 .xlsx"},
                .required = true},
               {.name = "replace",
                .type = ParamType::boolean,
                .doc = {"replace a file that is there", "替换已有文件"},
                .fallback = "false"}},
    .columns = {{"table", Unit::none, Role::dimension, {"Table", "表"}},
                {"file", Unit::none, Role::detail, {"File", "文件"}},
                {"rows", Unit::count, Role::value, {"Rows", "行数"}},
                {"bytes", Unit::count, Role::detail, {"Bytes", "字节"}}},
    .examples = {"huitou export orders --to orders.xlsx",
                 "huitou export findings --to findings.csv"},
    .run = run_export,
};

}  // namespace huitou::commands
