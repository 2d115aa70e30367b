#include "customer/statement.h"

#include <map>
#include <set>

namespace huitou::customer {

std::string_view embedded(std::string_view path);

Result<Frame> ask(const Asking& asking, std::string_view name, engine::Params params) {
  engine::Query query;
  TRY(query.text, schema::expand(embedded("sql/" + std::string(name) + ".sql"),
                                 schema::status_fragments(asking.status)));
  params.emplace("as_of", asking.as_of);
  params.emplace("until", asking.until);
  query.params = std::move(params);
  query.limits = asking.limits;
  return asking.engine.query(query);
}

engine::IntegerList accounts_of(const identity::Whose& whose) {
  engine::IntegerList accounts;
  for (const auto& member : whose.accounts) {
    accounts.push_back(static_cast<std::int64_t>(member.account));
  }
  return accounts;
}

std::string text_at(const Frame& frame, std::string_view column, std::size_t row) {
  return frame.text(column, row).value_or("");
}

Result<Column> names_of(const Asking& asking, std::string_view table, const Column& keys) {
  std::set<std::string> wanted;
  for (std::size_t row = 0; row < keys.size(); ++row) {
    if (!keys.texts().at(row).empty()) wanted.emplace(keys.texts().at(row));
  }
  std::map<std::string, std::string, std::less<>> names;
  if (!wanted.empty()) {
    TRY(const Frame rows, ask(asking, std::string(table) + "_names",
                              {{"keys", engine::TextList(wanted.begin(), wanted.end())}}));
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      names.emplace(text_at(rows, "key", row), text_at(rows, "name", row));
    }
  }
  Column out = make_column(std::string(table), ColumnType::text);
  for (std::size_t row = 0; row < keys.size(); ++row) {
    const auto found = names.find(keys.texts().at(row));
    const bool named = found != names.end() && !found->second.empty();
    named ? out.push_text(found->second) : out.push_null();
  }
  return out;
}

}  // namespace huitou::customer
