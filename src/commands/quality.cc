// quality: what was wrong with the rows of files when they were loaded.

#include "commands/list.h"
#include "commands/rows.h"
#include "commands/shop.h"
#include "ingest/ingest.h"

namespace huitou::commands {
namespace {

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

}  // namespace

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
