#include "segments/values.h"

#include <fmt/format.h>

#include <array>

#include "segments/choices.h"
#include "segments/compile.h"
#include "segments/facts.h"
#include "segments/words.h"

namespace huitou::segments {
namespace {

/// By the order of Source: where its rows are, and the column that a fact on them is mostly asked
/// by in its brackets.
struct Place {
  std::string_view table;
  std::string_view subject;
};
constexpr std::array<Place, kSources> kPlaces{{{"orders", ""},
                                               {"order_lines", "category"},
                                               {"events", "name"},
                                               {"tickets", "reason"},
                                               {"surveys", "kind"},
                                               {"customers", ""},
                                               {"identities", "kind"},
                                               {"customer_marks", "name"}}};

Error nothing_to_list(const ValuesQuestion& question, const Fact* fact) {
  if (fact == nullptr) {
    const auto words = fact_words();
    const auto meant = nearest(question.fact, {words.begin(), words.end()});
    return {Code::invalid_input, fmt::format("There is no fact '{}'.", question.fact),
            meant ? fmt::format("Did you mean '{}'?", *meant)
                  : "`huitou segments words` lists all facts.",
            fmt::format("没有事实“{}”。", question.fact),
            meant ? fmt::format("您是否想写“{}”？", *meant)
                  : "`huitou segments words` 列出全部可用事实。"};
  }
  return {Code::invalid_input,
          question.field.empty()
              ? fmt::format("'{}' has no texts to choose from.", fact->name)
              : fmt::format("'{}' has no field '{}' of texts.", fact->name, question.field),
          "`huitou segments words` shows the fields of each fact.",
          question.field.empty()
              ? fmt::format("“{}”没有可供选择的文字。", fact->title.zh)
              : fmt::format("“{}”没有文字字段“{}”。", fact->title.zh, question.field),
          "`huitou segments words` 列出每个事实的字段。"};
}

/// Empty where there is none.
std::string column_of(const Fact& fact, const std::string& field) {
  if (!field.empty()) {
    const Field* const found = find_field(fact.source, lower(field));
    return found != nullptr && is_text(found->type) ? std::string(found->column) : "";
  }
  if (fact.name == "customer_region") return "region";
  if (fact.name == "acquired_by") return "channel";
  if (fact.subject.empty()) return "";
  if (fact.name == "viewed" || fact.name == "added_to_cart") return "category";
  return std::string(kPlaces.at(static_cast<std::size_t>(fact.source)).subject);
}

/// Both names of each. Nobody counts rows for them: they are known beforehand.
Frame list_choices(const Fact& fact, const ValuesQuestion& question) {
  Frame frame;
  frame.columns = {make_column("value", ColumnType::text),
                   make_column("found", ColumnType::integer)};
  for (const std::string_view Words::*name : {&Words::en, &Words::zh}) {
    for (const Words& one : choices_of(fact)) {
      const bool holds = lower(one.*name).find(lower(question.part)) != std::string::npos;
      if (!holds || static_cast<std::int64_t>(frame.rows()) >= question.most) continue;
      frame.columns[0].push_text(std::string(one.*name));
      frame.columns[1].push_null();
    }
  }
  return frame;
}

}  // namespace

Result<Frame> values(engine::Engine& engine, const ValuesQuestion& question) {
  const Fact* const fact = find_fact(lower(question.fact));
  if (fact != nullptr && question.field.empty() && !choices_of(*fact).empty()) {
    return list_choices(*fact, question);
  }
  const std::string column = fact == nullptr ? "" : column_of(*fact, question.field);
  if (column.empty()) return nothing_to_list(question, fact);
  const Place& place = kPlaces.at(static_cast<std::size_t>(fact->source));
  engine::Query query{.params = {{"part", question.part}, {"most", question.most}},
                      .limits = question.limits};
  TRY(query.text, text_of("values", {{"column", column}, {"table", std::string(place.table)}}));
  return engine.query(query);
}

}  // namespace huitou::segments
