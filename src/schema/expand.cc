#include <algorithm>
#include <array>
#include <vector>

#include "schema/list.h"
#include "schema/schema.h"

namespace huitou::schema {

std::string_view embedded(std::string_view path);

namespace {

Error bad_text(Code code, const std::string& what) { return Error{code, what, "", "", ""}; }

std::string without_comments(std::string_view text) {
  std::string kept;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    const std::size_t first = line.find_first_not_of(" \t");
    if (first != std::string_view::npos && line.substr(first, 2) != "--") {
      kept += line;
    }
  }
  return kept;
}

struct Expander {
  const Fragments& fragments;
  std::vector<std::string_view> open;

  Result<std::string> text(std::string_view source) {
    std::string out;
    while (true) {
      const std::size_t begin = source.find("{{");
      out += source.substr(0, begin);
      if (begin == std::string_view::npos) {
        return out;
      }
      const std::size_t end = source.find("}}", begin);
      if (end == std::string_view::npos) {
        return bad_text(Code::invalid_input, "A text has '{{' without '}}'.");
      }
      TRY(std::string inside, named(source.substr(begin + 2, end - begin - 2)));
      out += inside;
      source.remove_prefix(end + 2);
    }
  }

  Result<std::string> named(std::string_view name) {
    if (std::find(open.begin(), open.end(), name) != open.end()) {
      return bad_text(Code::invalid_input,
                      "The relation '" + std::string(name) + "' contains itself.");
    }
    open.push_back(name);
    const auto fragment = fragments.find(name);
    const bool is_relation = fragment == fragments.end();
    if (is_relation && std::find(kRelations.begin(), kRelations.end(), name) == kRelations.end()) {
      return bad_text(Code::not_found, "There is no relation '" + std::string(name) + "'.");
    }
    const std::string source =
        is_relation ? without_comments(embedded("relations/" + std::string(name) + ".sql"))
                    : fragment->second;
    TRY(std::string inside, text(source));
    open.pop_back();
    return is_relation ? "(" + inside + ")" : inside;
  }
};

}  // namespace

Result<std::string> expand(std::string_view text, const Fragments& fragments) {
  return Expander{fragments, {}}.text(text);
}

std::span<const std::string_view> relations() { return kRelations; }

std::string_view relation_text(std::string_view name) {
  return embedded("relations/" + std::string(name) + ".sql");
}

}  // namespace huitou::schema
