// load, preview, quality: from files to tables, and what was wrong with them.

#include <fmt/format.h>

#include <chrono>
#include <filesystem>

#include "commands/list.h"
#include "commands/rows.h"
#include "commands/shop.h"
#include "ingest/ingest.h"

namespace huitou::commands {
namespace {

std::int64_t utc_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

ingest::LoadOptions options_of(const Call& call) {
  ingest::LoadOptions options;
  options.paths = call.args.list("files");
  options.mapping = call.args.text("mapping");
  options.mapping_dir = (std::filesystem::path(call.shop.home) / "mappings").string();
  options.source = call.args.text("source");
  options.time_zone = call.shop.settings.time_zone;
  options.currency = call.shop.settings.currency;
  options.today = call.today;
  options.now = utc_now();
  options.dry_run = call.args.boolean("dry_run");
  options.force = call.args.boolean("force");
  return options;
}

/// "orders.csv: orders, one row each. 订单编号 → order_key, ..."
Note understood_note(const ingest::Preview& seen) {
  std::string columns;
  for (const ingest::ColumnGuess& guess : seen.columns) {
    if (guess.field == "ignore") continue;
    columns += fmt::format("{}{} → {}", columns.empty() ? "" : ", ", guess.column, guess.field);
  }
  const std::string file = std::filesystem::path(seen.path).filename().string();
  return {"understood",
          {fmt::format("{}: {}. {}", file, seen.summary.en, columns),
           fmt::format("{}：{}。{}", file, seen.summary.zh, columns)}};
}

Result<Answer> load(const Call& call) {
  const ingest::LoadOptions options = options_of(call);
  std::vector<Note> notes;
  for (const std::string& path : options.paths) {
    const auto seen = ingest::preview(path, options);
    // What is wrong with a file is said by the load itself.
    if (seen.ok()) notes.push_back(understood_note(*seen));
  }
  TRY(const auto loaded, ingest::load(*call.shop.engine, *call.shop.store, options, call.progress));
  Answer answer = loaded_answer(loaded);
  answer.notes.insert(answer.notes.begin(), notes.begin(), notes.end());
  return answer;
}

std::string joined_reasons(const std::vector<Sentence>& reasons, Language language) {
  std::string out;
  for (const Sentence& reason : reasons) {
    if (!out.empty()) out += language == Language::zh ? "；" : "; ";
    out += reason.in(language);
  }
  return out;
}

std::string joined_samples(const std::vector<std::string>& samples) {
  std::string out;
  for (const std::string& sample : samples) out += (out.empty() ? "" : " | ") + sample;
  return out;
}

Words label_of(const std::string& field) {
  for (const ingest::FieldCard& card : ingest::fields()) {
    if (card.name == field) return card.label;
  }
  return {field, field};
}

Answer columns_answer(const ingest::Preview& preview) {
  Answer answer;
  answer.frame.columns = {
      make_column("column", ColumnType::text),     make_column("field", ColumnType::text),
      make_column("meaning_en", ColumnType::text), make_column("meaning_zh", ColumnType::text),
      make_column("confidence", ColumnType::real), make_column("samples", ColumnType::text),
      make_column("reasons_en", ColumnType::text), make_column("reasons_zh", ColumnType::text)};
  for (const ingest::ColumnGuess& guess : preview.columns) {
    const Words label = label_of(guess.field);
    answer.frame.at("column").push_text(guess.column);
    answer.frame.at("field").push_text(guess.field);
    answer.frame.at("meaning_en").push_text(label.en);
    answer.frame.at("meaning_zh").push_text(label.zh);
    answer.frame.at("confidence").push_real(guess.confidence);
    answer.frame.at("samples").push_text(joined_samples(guess.samples));
    answer.frame.at("reasons_en").push_text(joined_reasons(guess.reasons, Language::en));
    answer.frame.at("reasons_zh").push_text(joined_reasons(guess.reasons, Language::zh));
  }
  answer.columns = columns_of(preview_command.columns);
  return answer;
}

/// The rows as they would be loaded: names and units are the fields' own.
Answer rows_answer(const ingest::Preview& preview) {
  Answer answer;
  answer.frame = preview.rows;
  for (const Column& column : preview.rows.columns) {
    Unit unit = column.type == ColumnType::date   ? Unit::date
                : column.type == ColumnType::time ? Unit::time
                                                  : Unit::none;
    if (column.name.ends_with("_minor")) unit = Unit::minor;
    const Words label = label_of(column.name);
    answer.columns.push_back(
        {column.name, unit, Role::detail, {std::string(label.en), std::string(label.zh)}});
  }
  return answer;
}

Answer file_answer(const ingest::Preview& preview) {
  TextTable table({{"item", Unit::none, Role::dimension, {"Item", "项目"}},
                   {"value", Unit::none, Role::value, {"Value", "值"}}});
  table.row({"path", preview.path});
  table.row({"table", preview.table});
  table.row({"encoding", preview.encoding});
  table.row({"delimiter", preview.delimiter});
  table.row({"has_header", preview.has_header ? "true" : "false"});
  table.row({"file_bytes", std::to_string(preview.file_bytes)});
  table.row({"estimated_rows", std::to_string(preview.estimated_rows)});
  table.row({"mapping", preview.mapping});
  return table.answer();
}

Result<Answer> preview(const Call& call) {
  TRY(const ingest::Preview seen, ingest::preview(call.args.text("files"), options_of(call)));
  const std::string part = call.args.text("part");
  Answer answer = part == "rows"   ? rows_answer(seen)
                  : part == "file" ? file_answer(seen)
                                   : columns_answer(seen);
  answer.notes.push_back({"understood", seen.summary});
  answer.notes.insert(answer.notes.end(), seen.notes.begin(), seen.notes.end());
  answer.currency = call.shop.settings.currency;
  return answer;
}

Unit unit_of(const Column& column) {
  if (column.type == ColumnType::date || column.name.ends_with("_day")) return Unit::date;
  if (column.type == ColumnType::time || column.name.ends_with("_at")) return Unit::time;
  return column.name == "rows" || column.name.starts_with("rows_") ? Unit::count : Unit::none;
}

Words finding_label(std::string_view name) {
  constexpr std::pair<std::string_view, Words> kLabels[] = {
      {"load_id", {"Load", "加载"}},
      {"file", {"File", "文件"}},
      {"line", {"Line", "行号"}},
      {"field", {"Field", "字段"}},
      {"value", {"Value", "值"}},
      {"rule", {"Rule", "规则"}},
      {"severity", {"Severity", "程度"}},
      {"action", {"Done", "处理"}},
      {"message_en", {"Message", "说明"}},
      {"message_zh", {"Message", "说明"}},
      {"rows", {"Rows", "行数"}},
      {"loaded_at", {"Loaded at", "加载时间"}},
      {"table", {"Table", "表"}},
      {"source", {"Source", "来源"}},
      {"rows_read", {"Rows read", "读取行"}},
      {"rows_loaded", {"Rows loaded", "载入行"}},
      {"rows_left_out", {"Rows left out", "剔除行"}},
      {"first_day", {"First day", "首日"}},
      {"last_day", {"Last day", "末日"}},
      {"data_version", {"Version", "版本"}}};
  for (const auto& [known, label] : kLabels) {
    if (known == name) return label;
  }
  return {name, name};
}

Result<Answer> quality(const Call& call) {
  engine::Engine& engine = *call.shop.engine;
  store::Store& store = *call.shop.store;
  ingest::FindingsQuery query;
  if (call.args.has("load_id"))
    query.load_id = static_cast<std::uint64_t>(call.args.integer("load_id"));
  query.rule = call.args.text("rule");
  query.limit = static_cast<std::uint64_t>(call.args.integer("limit"));
  const std::string part = call.args.text("part");
  Answer answer;
  if (part == "loads") {
    TRY(answer.frame, ingest::loads(store));
  } else if (part == "rows") {
    TRY(answer.frame, ingest::findings(engine, store, query));
  } else {
    TRY(answer.frame, ingest::finding_counts(store, query.load_id));
  }
  if (answer.frame.rows() == 0) {
    answer.notes.push_back(part == "loads"
                               ? Note{"nothing", {"Nothing was loaded yet.", "还没有加载过文件。"}}
                               : Note{"nothing", {"No row broke a rule.", "没有违反规则的行。"}});
  }
  for (const Column& column : answer.frame.columns) {
    const Words label = finding_label(column.name);
    answer.columns.push_back({column.name,
                              unit_of(column),
                              Role::detail,
                              {std::string(label.en), std::string(label.zh)}});
  }
  return answer;
}

Param files_param(Words doc, bool repeated) {
  return {.name = "files",
          .type = ParamType::file,
          .doc = doc,
          .required = true,
          .positional = true,
          .repeated = repeated};
}

Param mapping_param() {
  return {.name = "mapping",
          .type = ParamType::file,
          .doc = {"mapping file to obey; <file>.mapping.yaml or a guess if not given",
                  "要遵循的映射文件；默认用 <文件>.mapping.yaml 或自动识别"}};
}

}  // namespace

const Command load_command{
    .name = "load",
    .title = {"Load files", "加载文件"},
    .doc =
        {"Reads order exports (CSV, TSV and the like, .gz), guesses what the columns mean and says "
         "so, and puts the rows into the tables: all of a file or nothing. The same file again "
         "changes nothing; a corrected file replaces its orders. What was wrong with rows is "
         "listed "
         "by `huitou quality`.",
         "读取订单导出文件（CSV、TSV 等，可为 "
         ".gz），识别各列含义并说明，再把数据写入：一个文件要么全部写入，要么"
         "不写。重复加载同一文件不改变结果；更正后的文件会替换其中的订单。有问题的行见 `huitou "
         "quality`。"},
    .kind = Kind::job,
    .params = {files_param({"files to load", "要加载的文件"}, true),
               mapping_param(),
               {.name = "source",
                .doc = {"name of the system the files come from", "来源系统的名称"}},
               {.name = "dry_run",
                .type = ParamType::boolean,
                .doc = {"read and check everything, change nothing", "只读取并检查，不作修改"},
                .fallback = "false"},
               {.name = "force",
                .type = ParamType::boolean,
                .doc = {"load even if the same bytes were loaded last", "即使内容未变也重新加载"},
                .fallback = "false"}},
    .columns = loaded_columns(),
    .examples = {"huitou load orders.csv", "huitou load customers.csv orders.csv --source tmall",
                 "huitou load orders.csv --mapping orders.mapping.yaml"},
    .run = load,
};

const Command preview_command{
    .name = "preview",
    .title = {"Look at a file before loading it", "加载前预览文件"},
    .doc =
        {"Says what each column of the file was taken for and why, without loading it. --part rows "
         "shows the first rows as they would be loaded; --part file the format and the mapping, "
         "which can be saved, corrected and given to load.",
         "说明文件各列被识别为什么及原因，不加载数据。--part rows 显示前若干行将如何写入；--part "
         "file 显示格式与映射，"
         "映射可保存、修改后交给 load。"},
    .live = true,
    .params = {files_param({"file to look at", "要预览的文件"}, false),
               mapping_param(),
               {.name = "part",
                .type = ParamType::choice,
                .doc = {"what to show", "显示内容"},
                .fallback = "columns",
                .choices = {"columns", "rows", "file"}}},
    .columns = {{"column", Unit::none, Role::dimension, {"Column", "列"}},
                {"field", Unit::none, Role::value, {"Field", "字段"}},
                {"meaning_en", Unit::none, Role::detail, {"Meaning", "含义"}},
                {"meaning_zh", Unit::none, Role::detail, {"Meaning", "含义"}},
                {"confidence", Unit::ratio, Role::detail, {"Confidence", "把握"}},
                {"samples", Unit::none, Role::detail, {"Samples", "样例"}},
                {"reasons_en", Unit::none, Role::detail, {"Why", "原因"}},
                {"reasons_zh", Unit::none, Role::detail, {"Why", "原因"}}},
    .examples = {"huitou preview orders.csv", "huitou preview orders.csv --part file"},
    .run = preview,
};

const Command quality_command{
    .name = "quality",
    .title = {"What was wrong with the data", "数据质量"},
    .doc = {"Rows that broke a rule, with file, line, field, reason and what was done. --part "
            "counts has "
            "the exact numbers by rule, --part loads the loads.",
            "违反规则的行：文件、行号、字段、原因及处理方式。--part counts "
            "给出各规则的准确数量，--part loads 列出历次加载。"},
    .live = true,
    .params = {{.name = "part",
                .type = ParamType::choice,
                .doc = {"what to show", "显示内容"},
                .fallback = "rows",
                .choices = {"rows", "counts", "loads"}},
               {.name = "load_id",
                .type = ParamType::integer,
                .doc = {"one load; the newest of each file if not given",
                        "某次加载；默认为各文件最近一次"}},
               {.name = "rule", .doc = {"only this rule", "只看该规则"}},
               {.name = "limit",
                .type = ParamType::integer,
                .doc = {"most rows shown", "最多显示行数"},
                .fallback = "1000",
                .at_least = 1,
                .at_most = 100000}},
    .examples = {"huitou quality", "huitou quality --part counts"},
    .run = quality,
};

}  // namespace huitou::commands
