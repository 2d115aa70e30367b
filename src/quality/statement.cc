#include "quality/statement.h"

#include <algorithm>

namespace huitou::quality {

std::string_view body_of(std::string_view text) {
  while (text.starts_with("--")) {
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  }
  return text;
}

Result<engine::Query> statement(std::string_view name, engine::Params params,
                                const schema::Fragments& fragments) {
  engine::Query query;
  const std::string file = "sql/" + std::string(name) + ".sql";
  TRY(query.text, schema::expand(body_of(embedded(file)), fragments));
  query.params = std::move(params);
  return query;
}

}  // namespace huitou::quality
