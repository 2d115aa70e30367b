#include "commands/rows.h"

#include "commands/shop.h"
#include "quality/quality.h"
#include "schema/schema.h"

namespace huitou::commands {

TextTable::TextTable(std::vector<AnswerColumn> columns) {
  for (const AnswerColumn& column : columns) {
    answer_.frame.columns.push_back(make_column(column.name, ColumnType::text));
  }
  answer_.columns = std::move(columns);
}

void TextTable::row(const std::vector<std::string>& cells) {
  CHECK(cells.size() == answer_.frame.columns.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    Column& column = answer_.frame.columns[i];
    cells[i].empty() ? column.push_null() : column.push_text(cells[i]);
  }
}

Result<std::int64_t> rows_of(engine::Engine& engine, const std::string& table) {
  TRY(std::string text, schema::expand(embedded("sql/rows.sql"), {{"table", table}}));
  TRY(const Frame frame, engine.query({.text = std::move(text)}));
  return frame.integer("rows", 0).value_or(0);
}

Result<Span> orders_span(engine::Engine& engine) { return span_of(engine, "sql/orders_span.sql"); }

Result<Span> span_of(engine::Engine& engine, std::string_view file) {
  TRY(const Frame frame, engine.query({.text = std::string(embedded(file))}));
  if (frame.integer("rows", 0).value_or(0) == 0) return Span{};
  return Span{Date{static_cast<std::int32_t>(*frame.integer("first_on", 0))},
              Date{static_cast<std::int32_t>(*frame.integer("last_on", 0))}};
}

Result<std::string> data_version(Shop& shop) {
  TRY(const std::int64_t loaded, ingest::data_version(*shop.store));
  TRY(const std::int64_t decided, quality::decisions_version(*shop.store));
  return std::to_string(loaded + decided);
}

std::vector<AnswerColumn> columns_of(const std::vector<ColumnCard>& cards) {
  std::vector<AnswerColumn> columns;
  for (const ColumnCard& card : cards) {
    columns.push_back({std::string(card.name),
                       card.unit,
                       card.role,
                       {std::string(card.label.en), std::string(card.label.zh)}});
  }
  return columns;
}

Answer answer_of(Frame frame, std::vector<AnswerColumn> columns) {
  Answer answer;
  for (const AnswerColumn& column : columns) {
    answer.frame.columns.push_back(std::move(frame.at(column.name)));
  }
  answer.columns = std::move(columns);
  return answer;
}

}  // namespace huitou::commands
