// What people and spreadsheets put around a value.

#include <algorithm>
#include <array>
#include <string_view>

#include "ingest/values.h"

namespace huitou::ingest {
namespace {

constexpr std::array<std::string_view, 6> kWideBlanks{
    "\xc2\xa0",      // no-break space
    "\xe3\x80\x80",  // ideographic space
    "\xef\xbb\xbf",  // byte order mark
    "\xe2\x80\x8b",  // zero width space
    "\xe2\x80\x89",  // thin space
    "\xe2\x80\xaf",  // narrow no-break space
};

constexpr std::array<std::string_view, 16> kNothings{"-",    "--",  "—",   "——",  "/",    "null",
                                                     "none", "nil", "n/a", "na",  "#n/a", "nan",
                                                     "\\n",  "无",  "空",  "暂无"};

bool is_narrow_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool strip_front(std::string_view& text) {
  if (is_narrow_blank(text.front())) {
    text.remove_prefix(1);
    return true;
  }
  for (const std::string_view blank : kWideBlanks) {
    if (text.starts_with(blank)) {
      text.remove_prefix(blank.size());
      return true;
    }
  }
  return false;
}

bool strip_back(std::string_view& text) {
  if (is_narrow_blank(text.back())) {
    text.remove_suffix(1);
    return true;
  }
  for (const std::string_view blank : kWideBlanks) {
    if (text.ends_with(blank)) {
      text.remove_suffix(blank.size());
      return true;
    }
  }
  return false;
}

// Nothing that is stripped begins or ends with such a byte.
bool is_plain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte > ' ' && byte < 0x80 && c != '\'' && c != '=' && c != '"';
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

std::string_view clean_text(std::string_view text) {
  while (!text.empty() && !is_plain(text.front()) && strip_front(text)) {
  }
  while (!text.empty() && !is_plain(text.back()) && strip_back(text)) {
  }
  if (text.size() >= 3 && text.starts_with("=\"") && text.back() == '"') {
    return clean_text(text.substr(2, text.size() - 3));
  }
  if (text.size() >= 2 && text.front() == '\'') {
    text.remove_prefix(text.back() == '\'' && text.size() > 2 ? 0 : 1);
  }
  return text;
}

bool is_nothing(std::string_view text) {
  text = clean_text(text);
  if (text.empty()) {
    return true;
  }
  return text.size() <= 6 &&
         std::any_of(kNothings.begin(), kNothings.end(), [&](std::string_view nothing) {
           return std::equal(text.begin(), text.end(), nothing.begin(), nothing.end(),
                             [](char a, char b) { return lower(a) == b; });
         });
}

}  // namespace huitou::ingest
