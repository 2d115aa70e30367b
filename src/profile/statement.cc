#include "profile/statement.h"

#include <algorithm>

namespace huitou::profile {

Result<engine::Query> statement(std::string_view name, engine::Params params,
                                const schema::Fragments& fragments) {
  std::string_view text = embedded("sql/" + std::string(name) + ".sql");
  while (text.starts_with("--")) {
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  }
  engine::Query query{.params = std::move(params)};
  TRY(query.text, schema::expand(text, fragments));
  return query;
}

}  // namespace huitou::profile
