#include "forms/statement.h"

#include <string>

namespace huitou::forms {

std::string_view embedded(std::string_view path);

Result<engine::Query> statement(std::string_view name, engine::Params params,
                                const schema::Fragments& fragments) {
  engine::Query query;
  TRY(query.text, schema::expand(embedded("sql/" + std::string(name) + ".sql"), fragments));
  query.params = std::move(params);
  return query;
}

}  // namespace huitou::forms
