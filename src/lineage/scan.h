#pragma once

#include <set>
#include <string>
#include <string_view>

namespace huitou::lineage {

/// Columns of canonical tables that the query's rows depend on: those in conditions on a table, and
/// those that are selected from it and used further up. `text` is a finished query.
std::set<std::string> columns_used(std::string_view text);

/// Names in double braces, in order of their first use.
std::set<std::string> relations_in(std::string_view text);

/// Does the finished query hold the text of this relation, whatever was put in for its braces?
bool holds_text(std::string_view query, std::string_view relation);

}  // namespace huitou::lineage
