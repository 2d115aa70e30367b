#pragma once

// What a person says of a REST source, and the addresses that follow from it. Pure.

#include <optional>
#include <string>
#include <vector>

#include "connectors/connectors.h"

namespace huitou::connectors {

enum class Paging { none, page, offset, cursor, link };

/// Where a cell is: in the row, or in the element of the row's `each`.
struct JsonColumn {
  std::string name;
  std::string pointer;
  bool of_element = false;
};

struct Description {
  std::string url;
  std::string rows;
  std::string each;
  std::vector<JsonColumn> columns;
  Paging paging = Paging::none;
  std::string page_param;
  std::int64_t page_first = 1;
  std::string size_param;
  std::int64_t page_size = 100;
  std::string cursor_param;
  std::string cursor_pointer;
  std::string more;
  std::optional<std::size_t> updated;  ///< which column
  std::string since_param;
  std::int64_t overlap_seconds = 0;
  std::int64_t most_pages = 0;
  std::string token;
  std::string token_param;
};

/// Errors: invalid_input.
Result<Description> description_of(const Connector& connector, const Settings& settings);

/// An address without user and parameters, which may hold secrets.
std::string bare(std::string_view url);
/// Scheme, host and port.
std::string origin_of(std::string_view url);
/// The address of the page `at` (empty: the first), of what changed from `since` on. With the
/// token.
std::string address_of(const Description& description, const std::string& at,
                       const std::string& since);
/// The address of `rel="next"` in a `Link` header, absolute, without the token; empty if there is
/// none. invalid_input if it leads to another server.
Result<std::string> next_link(const Description& description, std::string_view header);

}  // namespace huitou::connectors
