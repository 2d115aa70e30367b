// What came of a survey.

#include <map>

#include "forms/forms.h"
#include "surveys/tables.h"

namespace huitou::surveys {
namespace {

Result<Asked> asked_of(store::Store& store, std::int64_t survey) {
  TRY(const Frame frame,
      store.run("SELECT count(nullif(customer_key, '')) AS links, "
                "coalesce(sum(customer_key != '' AND opened_at IS NOT NULL), 0) AS opened, "
                "coalesce(sum(customer_key != '' AND answered_at IS NOT NULL), 0) AS answered, "
                "coalesce(sum(CASE WHEN customer_key = '' THEN views ELSE 0 END), 0) AS views "
                "FROM survey_links WHERE survey = ?",
                {survey}));
  return Asked{frame.integer("links", 0).value_or(0), frame.integer("opened", 0).value_or(0),
               frame.integer("answered", 0).value_or(0), frame.integer("views", 0).value_or(0)};
}

/// "Q3-17" is the answer of a personal link, "Q3-17-Ab..." one of an open link.
bool is_personal(const std::string& key, const std::string& beginning) {
  return key.find('-', beginning.size()) == std::string::npos;
}

}  // namespace

Result<Results> results(store::Store& store, const Survey& survey) {
  TRY(ensure_tables(store));
  TRY(const Scale scale, scale_of(survey.kind));
  Results out;
  TRY(out.asked, asked_of(store, survey.id));
  TRY(const forms::Form* form, forms::find("surveys"));
  const std::string beginning = beginning_of(survey.id);
  TRY(const auto entries, forms::entries_beginning(store, *form, beginning));
  const std::size_t score_at = form->place("score").value();
  const std::size_t channel_at = form->place("channel").value();
  const auto levels = static_cast<std::size_t>(scale.most - scale.least + 1);
  std::map<std::pair<bool, std::string>, std::vector<std::int64_t>> groups;
  for (const forms::Values& values : entries) {
    if (values[score_at].empty()) continue;
    const std::int64_t score = std::stoll(values[score_at]);
    if (score < scale.least || score > scale.most) continue;
    auto& counts = groups[{is_personal(values[0], beginning), values[channel_at]}];
    counts.resize(levels);
    ++counts[static_cast<std::size_t>(score - scale.least)];
  }
  for (auto& [group, counts] : groups) {
    out.scores.push_back({group.second, group.first, std::move(counts)});
  }
  return out;
}

}  // namespace huitou::surveys
