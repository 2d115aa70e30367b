#include "ingest/dictionary.h"

#include <algorithm>

namespace huitou::ingest {

std::string_view embedded(std::string_view path);

namespace {

/// Length of the UTF-8 character that begins with this byte.
std::size_t character_size(unsigned char first) {
  return first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
}

/// Full-width ASCII (U+FF01 to U+FF5E) as ASCII; 0 for any other character.
char narrow(std::string_view character) {
  if (character.size() != 3 || static_cast<unsigned char>(character[0]) != 0xEF) {
    return 0;
  }
  const unsigned code = ((static_cast<unsigned>(character[1]) & 0x3FU) << 6U) |
                        (static_cast<unsigned>(character[2]) & 0x3FU);
  const unsigned point = 0xF000U | code;
  return point >= 0xFF01U && point <= 0xFF5EU ? static_cast<char>(point - 0xFF01U + '!') : '\0';
}

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

/// `work(line)` for each line that is not a comment, cut at the tab.
template <typename Work>
void each_line(std::string_view text, const Work& work) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t tab = line.find('\t');
    if (!line.empty() && line[0] != '#' && tab != std::string_view::npos) {
      work(line.substr(0, tab), line.substr(tab + 1));
    }
  }
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('|'), text.size());
    parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

bool ends_with_unit(std::string_view name) {
  return name.ends_with("_minor") || name.ends_with("_milli");
}

}  // namespace

std::string normal_name(std::string_view name) {
  std::string out;
  int depth = 0;
  for (std::size_t i = 0; i < name.size();) {
    const std::size_t size =
        std::min(character_size(static_cast<unsigned char>(name[i])), name.size() - i);
    const std::string_view character = name.substr(i, size);
    i += size;
    char c = size == 1 ? character[0] : narrow(character);
    if (size == 1 || c != 0) {
      c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      if (c == '(' || c == '[') {
        ++depth;
      } else if (c == ')' || c == ']') {
        depth = std::max(0, depth - 1);
      } else if (depth == 0 && is_letter_or_digit(c)) {
        out += c;
      }
    } else if (depth == 0 && character != "，" && character != "、" && character != "\u3000" &&
               character != "\uFEFF" && character != "【" && character != "】") {
      out += character;
    }
  }
  return out;
}

Dictionary::Dictionary() {
  each_line(embedded("columns.tsv"), [this](std::string_view field, std::string_view names) {
    const std::optional<Field> known = parse_field(field);
    CHECK(known.has_value());
    std::size_t rank = 0;
    for (const std::string_view name : split(names)) {
      columns_.push_back({*known, rank++, std::string(name), normal_name(name)});
    }
  });
  each_line(embedded("status_words.tsv"), [this](std::string_view code, std::string_view words) {
    for (const std::string_view word : split(words)) {
      statuses_.emplace(normal_name(word), static_cast<std::uint8_t>(code[0] - '0'));
    }
  });
}

std::optional<NameMatch> Dictionary::column(std::string_view name) const {
  const std::string normal = normal_name(name);
  std::optional<NameMatch> best;
  std::size_t longest = 0;
  for (const Entry& entry : columns_) {
    if (normal == entry.normal) {
      return NameMatch{entry.field, 1.0, entry.rank, entry.text, ends_with_unit(name)};
    }
    // A part of a name says less; short parts ("id", "时间" in a longer word) say nothing in
    // English.
    const bool telling = entry.normal.size() >= 6 && entry.normal.size() > longest;
    if (telling && normal.find(entry.normal) != std::string::npos) {
      longest = entry.normal.size();
      const double share = static_cast<double>(longest) / static_cast<double>(normal.size());
      best = NameMatch{entry.field, 0.4 + 0.4 * share, entry.rank + 100, entry.text,
                       ends_with_unit(name)};
    }
  }
  return best;
}

std::uint8_t Dictionary::status(std::string_view word) const {
  const auto found = statuses_.find(normal_name(word));
  if (found != statuses_.end()) {
    return found->second;
  }
  return 0;
}

}  // namespace huitou::ingest
