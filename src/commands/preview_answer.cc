#include "commands/preview_answer.h"

#include "commands/rows.h"
#include "commands/shop.h"

namespace huitou::commands {
namespace {

constexpr ColumnCard kColumns[] = {
    {"column", Unit::none, Role::dimension, {"Column", "列"}},
    {"field", Unit::none, Role::value, {"Field", "字段"}},
    {"meaning_en", Unit::none, Role::detail, {"Meaning", "含义"}},
    {"meaning_zh", Unit::none, Role::detail, {"Meaning", "含义"}},
    {"confidence", Unit::ratio, Role::detail, {"Confidence", "把握"}},
    {"samples", Unit::none, Role::detail, {"Samples", "样例"}},
    {"reasons_en", Unit::none, Role::detail, {"Why", "原因"}},
    {"reasons_zh", Unit::none, Role::detail, {"Why", "原因"}},
    {"values", Unit::count, Role::detail, {"Values in the sample", "样本中的值"}},
    {"unreadable", Unit::count, Role::detail, {"Cannot be read", "无法识别"}},
    {"unreadable_samples", Unit::none, Role::detail, {"Such as", "例如"}}};

constexpr ColumnCard kGuessColumns[] = {
    {"column", Unit::none, Role::dimension, {"Column", "列"}},
    {"guess", Unit::none, Role::value, {"Guess", "识别结果"}},
    {"confidence", Unit::ratio, Role::detail, {"Confidence", "把握"}},
    {"reasons_en", Unit::none, Role::detail, {"Why", "原因"}},
    {"reasons_zh", Unit::none, Role::detail, {"Why", "原因"}},
    {"date", Unit::none, Role::detail, {"Dates are written", "日期写法"}},
    {"decimal", Unit::none, Role::detail, {"Sign of decimals", "小数点"}},
    {"whole_units", Unit::none, Role::detail, {"In minor units", "以分为单位"}}};

constexpr ColumnCard kProblemColumns[] = {
    {"code", Unit::none, Role::dimension, {"Problem", "问题"}},
    {"severity", Unit::none, Role::value, {"Severity", "程度"}},
    {"blocks", Unit::none, Role::detail, {"Keeps the file out", "阻止载入"}},
    {"column", Unit::none, Role::detail, {"Column", "列"}},
    {"field", Unit::none, Role::detail, {"Field", "字段"}},
    {"rows", Unit::count, Role::detail, {"Rows", "行数"}},
    {"value", Unit::none, Role::detail, {"Value", "内容"}},
    {"message_en", Unit::none, Role::detail, {"What is wrong", "说明（英文）"}},
    {"message_zh", Unit::none, Role::detail, {"What is wrong (Chinese)", "说明"}}};

template <std::size_t N>
std::vector<ColumnCard> cards(const ColumnCard (&list)[N]) {
  return {std::begin(list), std::end(list)};
}

void push_text(Column& column, const std::string& text) {
  text.empty() ? column.push_null() : column.push_text(text);
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
  answer.frame.columns = {make_column("column", ColumnType::text),
                          make_column("field", ColumnType::text),
                          make_column("meaning_en", ColumnType::text),
                          make_column("meaning_zh", ColumnType::text),
                          make_column("confidence", ColumnType::real),
                          make_column("samples", ColumnType::text),
                          make_column("reasons_en", ColumnType::text),
                          make_column("reasons_zh", ColumnType::text),
                          make_column("values", ColumnType::integer),
                          make_column("unreadable", ColumnType::integer),
                          make_column("unreadable_samples", ColumnType::text)};
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
    answer.frame.at("values").push_integer(static_cast<std::int64_t>(guess.values));
    answer.frame.at("unreadable").push_integer(static_cast<std::int64_t>(guess.unreadable));
    answer.frame.at("unreadable_samples").push_text(joined_samples(guess.unreadable_samples));
  }
  answer.columns = columns_of(preview_columns());
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

/// No sheet has a slash in its name.
std::string joined(const std::vector<std::string>& sheets) {
  std::string out;
  for (const std::string& sheet : sheets) out += (out.empty() ? "" : " / ") + sheet;
  return out;
}

Answer file_answer(const ingest::Preview& preview) {
  TextTable table({{"item", Unit::none, Role::dimension, {"Item", "项目"}},
                   {"value", Unit::none, Role::value, {"Value", "值"}}});
  table.row({"path", preview.path});
  table.row({"table", preview.table});
  table.row({"format", preview.format});
  table.row({"sheet", preview.sheet});
  table.row({"sheets", joined(preview.sheets)});
  table.row({"encoding", preview.encoding});
  table.row({"delimiter", preview.delimiter});
  table.row({"has_header", preview.has_header ? "true" : "false"});
  table.row({"file_bytes", std::to_string(preview.file_bytes)});
  table.row({"estimated_rows", std::to_string(preview.estimated_rows)});
  table.row({"rows_tried", std::to_string(preview.rows_tried)});
  table.row({"rows_left_out", std::to_string(preview.rows_left_out)});
  table.row({"time_zone", preview.time_zone});
  table.row({"currency", preview.currency});
  table.row({"guessed", preview.guessed ? "true" : "false"});
  table.row({"mapping", preview.mapping});
  return table.answer();
}

Answer guess_answer(const ingest::Preview& preview) {
  Answer answer;
  for (const ColumnCard& card : kGuessColumns) {
    answer.frame.columns.push_back(make_column(
        std::string(card.name), card.unit == Unit::ratio ? ColumnType::real : ColumnType::text));
  }
  for (const ingest::ColumnGuess& column : preview.columns) {
    answer.frame.at("column").push_text(column.column);
    answer.frame.at("guess").push_text(column.guess);
    answer.frame.at("confidence").push_real(column.guess_confidence);
    push_text(answer.frame.at("reasons_en"), joined_reasons(column.guess_reasons, Language::en));
    push_text(answer.frame.at("reasons_zh"), joined_reasons(column.guess_reasons, Language::zh));
    push_text(answer.frame.at("date"), column.format);
    push_text(answer.frame.at("decimal"), column.decimal);
    push_text(answer.frame.at("whole_units"), column.whole_units ? "true" : "");
  }
  answer.columns = columns_of(cards(kGuessColumns));
  return answer;
}

Answer problems_answer(const ingest::Preview& preview) {
  Answer answer;
  for (const ColumnCard& card : kProblemColumns) {
    answer.frame.columns.push_back(make_column(
        std::string(card.name), card.unit == Unit::count ? ColumnType::integer : ColumnType::text));
  }
  for (const ingest::Problem& problem : preview.problems) {
    answer.frame.at("code").push_text(problem.code);
    answer.frame.at("severity").push_text(problem.severity);
    answer.frame.at("blocks").push_text(problem.blocks ? "true" : "false");
    push_text(answer.frame.at("column"), problem.column);
    push_text(answer.frame.at("field"), problem.field);
    Column& rows = answer.frame.at("rows");
    problem.rows > 0 ? rows.push_integer(static_cast<std::int64_t>(problem.rows))
                     : rows.push_null();
    push_text(answer.frame.at("value"), problem.value);
    answer.frame.at("message_en").push_text(problem.text.en);
    answer.frame.at("message_zh").push_text(problem.text.zh);
  }
  answer.columns = columns_of(cards(kProblemColumns));
  return answer;
}

Answer part_answer(const ingest::Preview& preview, const std::string& part) {
  if (part == "rows") return rows_answer(preview);
  if (part == "file") return file_answer(preview);
  if (part == "problems") return problems_answer(preview);
  return part == "guess" ? guess_answer(preview) : columns_answer(preview);
}

}  // namespace

Answer preview_answer(const ingest::Preview& preview, const Call& call) {
  Answer answer = part_answer(preview, call.args.text("part"));
  answer.notes.push_back({"understood", preview.summary});
  answer.notes.insert(answer.notes.end(), preview.notes.begin(), preview.notes.end());
  answer.currency = call.shop.settings.currency;
  return answer;
}

std::vector<ColumnCard> preview_columns() { return cards(kColumns); }

Param mapping_text_param() {
  return {.name = "mapping_text",
          .doc = {"the mapping itself, as YAML; goes before `mapping`",
                  "映射内容本身（YAML）；优先于 `mapping`"}};
}

Param draft_param() {
  return {
      .name = "draft",
      .doc = {"part of a mapping, as YAML: what it leaves out is guessed, what is wrong with it "
              "is shown by `--part problems`",
              "部分映射（YAML）：未写出的由程序识别，其中的错误见 `--part problems`"}};
}

Param part_param() {
  return {.name = "part",
          .type = ParamType::choice,
          .doc = {"what to show", "显示内容"},
          .fallback = "columns",
          .choices = {"columns", "rows", "file", "problems", "guess"}};
}

}  // namespace huitou::commands
