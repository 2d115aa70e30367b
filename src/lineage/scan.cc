#include "lineage/scan.h"

#include <algorithm>
#include <vector>

#include "schema/schema.h"

// A query is a SELECT within a SELECT: each takes some items of the one below, by name. So it is
// read from the outside to the inside: an item counts if its name is a word of what counts above
// it, or of its own SELECT's conditions; a column of a table counts if it is a word of what counts
// there. Names are compared as words, without a grammar, so that a column may be named that only
// shares its name; none is left out.

namespace huitou::lineage {
namespace {

bool in_word(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') || letter == '_';
}

/// Words outside quotes; the part before a point ("o." in "o.net_minor") is a word of its own.
std::set<std::string> words_of(std::string_view text) {
  std::set<std::string> words;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\'') {
      i = std::min(text.find('\'', i + 1), text.size() - 1);
    } else if (in_word(text[i])) {
      std::size_t end = i;
      while (end < text.size() && in_word(text[end])) ++end;
      words.emplace(text.substr(i, end - i));
      i = end - 1;
    }
  }
  return words;
}

/// The text with every `{name:Type}` blanked, so that a parameter is no column.
std::string without_parameters(std::string_view text) {
  std::string out(text);
  for (std::size_t begin = out.find('{'); begin != std::string::npos;
       begin = out.find('{', begin)) {
    const std::size_t end = std::min(out.find('}', begin), out.size() - 1);
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(begin),
              out.begin() + static_cast<std::ptrdiff_t>(end) + 1, ' ');
  }
  return out;
}

/// The text without `-- ...` up to the end of its line; what a comment says has quotes and words.
std::string without_comments(std::string_view text) {
  std::string out;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\'') quoted = !quoted;
    if (!quoted && text.substr(i, 2) == "--") {
      i = text.find('\n', i);
      if (i == std::string_view::npos) break;
    }
    out += text[i];
  }
  return out;
}

/// Where the bracket that opens at `at` closes.
std::size_t closing_of(std::string_view text, std::size_t at) {
  int depth = 0;
  for (std::size_t i = at; i < text.size(); ++i) {
    depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
    if (depth == 0) return i;
  }
  return text.size();
}

bool word_at(std::string_view text, std::size_t at, std::string_view word) {
  return text.substr(at, word.size()) == word && (at == 0 || !in_word(text[at - 1])) &&
         (at + word.size() >= text.size() || !in_word(text[at + word.size()]));
}

/// The first such word outside brackets.
std::size_t find_outside(std::string_view text, std::string_view word) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(') {
      i = closing_of(text, i);
    } else if (word_at(text, i, word)) {
      return i;
    }
  }
  return std::string_view::npos;
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\n')) ++at;
  return at;
}

std::vector<std::string_view> items_of(std::string_view list) {
  std::vector<std::string_view> items;
  int depth = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < list.size(); ++i) {
    depth += list[i] == '(' || list[i] == '[' ? 1 : list[i] == ')' || list[i] == ']' ? -1 : 0;
    if (list[i] == ',' && depth == 0) {
      items.push_back(list.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  items.push_back(list.substr(begin));
  return items;
}

/// The last word.
std::string name_of(std::string_view item) {
  std::size_t end = item.size();
  while (end > 0 && !in_word(item[end - 1])) --end;
  std::size_t begin = end;
  while (begin > 0 && in_word(item[begin - 1])) --begin;
  return std::string(item.substr(begin, end - begin));
}

using Words = std::set<std::string>;

/// A SELECT in brackets within a text, and whether all its items count (a list for IN) or those
/// that are named.
struct Inner {
  std::string text;
  bool all = false;
};

/// Takes the SELECTs in brackets out of the text.
std::vector<Inner> take_inner(std::string& text) {
  std::vector<Inner> found;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '(' || !word_at(text, skip_blanks(text, i + 1), "SELECT")) continue;
    const std::size_t end = closing_of(text, i);
    const std::string before = name_of(std::string_view(text).substr(0, i));
    found.push_back({text.substr(i + 1, end - i - 1), before == "IN"});
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(i),
              text.begin() + static_cast<std::ptrdiff_t>(std::min(end + 1, text.size())), ' ');
    i = end;
  }
  return found;
}

class Walk {
 public:
  /// `asked`: the names that count above; null: all.
  void query(std::string_view text, const Words* asked) {
    const std::size_t also = find_outside(text, "UNION");
    select(text.substr(0, also), asked);
    if (also != std::string_view::npos) {
      query(text.substr(text.find("SELECT", also)), asked);
    }
  }

  Words used;

 private:
  void select(std::string_view text, const Words* asked) {
    const std::size_t begin = std::min(text.find("SELECT"), text.size() - 6) + 6;
    const std::size_t from = std::min(find_outside(text, "FROM"), text.size());
    std::string rest(text.substr(from));
    std::vector<Inner> inner = take_inner(rest);
    const Words below =
        counted(items_of(text.substr(begin, from - begin)), words_of(rest), asked, inner);
    const std::size_t table = skip_blanks(rest, std::min<std::size_t>(4, rest.size()));
    for (const engine::TableSpec& spec : schema::tables()) {
      if (!word_at(rest, table, spec.name)) continue;
      for (const engine::TableColumn& column : spec.columns) {
        if (below.count(column.name) > 0) used.insert(spec.name + "." + column.name);
      }
    }
    for (const Inner& one : inner) query(one.text, one.all ? nullptr : &below);
  }

  /// Words of the items that count and of the rest; SELECTs within items are added to `inner`.
  static Words counted(const std::vector<std::string_view>& items, Words rest, const Words* asked,
                       std::vector<Inner>& inner) {
    Words words = std::move(rest);
    std::vector<bool> taken(items.size(), false);
    for (bool more = true; more;) {
      more = false;
      for (std::size_t i = 0; i < items.size(); ++i) {
        const std::string name = name_of(items[i]);
        const bool counts = asked == nullptr || asked->count(name) > 0 || words.count(name) > 0;
        if (taken[i] || !counts) continue;
        taken[i] = true;
        more = true;
        std::string text(items[i]);
        std::vector<Inner> nested = take_inner(text);
        inner.insert(inner.end(), nested.begin(), nested.end());
        words.merge(words_of(text));
      }
    }
    return words;
  }
};

}  // namespace

std::set<std::string> columns_used(std::string_view source) {
  const std::string text = without_parameters(without_comments(source));
  Walk walk;
  walk.query(text, nullptr);
  return walk.used;
}

std::set<std::string> relations_in(std::string_view text) {
  std::set<std::string> names;
  for (std::size_t at = text.find("{{"); at != std::string_view::npos;
       at = text.find("{{", at + 2)) {
    const std::size_t end = std::min(text.find("}}", at), text.size());
    names.emplace(text.substr(at + 2, end - at - 2));
  }
  return names;
}

bool holds_text(std::string_view query, std::string_view relation) {
  std::size_t at = 0;
  bool begun = false;
  const auto found = [&](std::string_view piece) {
    while (!piece.empty() && (piece.front() == ' ' || piece.front() == '\n'))
      piece.remove_prefix(1);
    while (!piece.empty() && (piece.back() == ' ' || piece.back() == '\n')) piece.remove_suffix(1);
    if (piece.empty()) return true;
    at = query.find(piece, at);
    if (at == std::string_view::npos) return false;
    at += piece.size();
    begun = true;
    return true;
  };
  while (!relation.empty()) {
    if (relation.starts_with("--")) {
      relation.remove_prefix(std::min(relation.find('\n'), relation.size() - 1) + 1);
      continue;
    }
    const std::size_t brace = relation.find("{{");
    if (!found(relation.substr(0, brace))) return false;
    if (brace == std::string_view::npos) break;
    relation.remove_prefix(std::min(relation.find("}}", brace), relation.size() - 2) + 2);
  }
  return begun;
}

}  // namespace huitou::lineage
