#include "connectors/fields.h"

#include <algorithm>

namespace huitou::connectors {
namespace {

constexpr std::string_view kHex = "0123456789ABCDEF";

bool is_plain(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
         c == '.' || c == ':' || c == '_';
}

}  // namespace

std::string escape(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (is_plain(c)) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
    }
  }
  return out;
}

std::optional<std::string> unescape(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    const std::size_t high = i + 2 < text.size() ? kHex.find(text[i + 1]) : kHex.npos;
    const std::size_t low = i + 2 < text.size() ? kHex.find(text[i + 2]) : kHex.npos;
    if (high == kHex.npos || low == kHex.npos) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

std::string join_fields(const Fields& fields) {
  std::string out;
  for (const auto& [name, value] : fields) {
    out.append(out.empty() ? "" : "&").append(name).append("=").append(escape(value));
  }
  return out;
}

std::optional<Fields> split_fields(std::string_view text) {
  Fields fields;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    const std::size_t equals = part.find('=');
    if (equals == part.npos) return std::nullopt;
    std::optional<std::string> value = unescape(part.substr(equals + 1));
    if (!value) return std::nullopt;
    fields.emplace_back(part.substr(0, equals), std::move(*value));
  }
  return fields;
}

Error wrong_cursor(std::string_view cursor) {
  const std::string beginning(cursor.substr(0, 200));
  return {Code::invalid_input, "The cursor '" + beginning + "' is none of ours.",
          "Start the source from the beginning: give an empty cursor.",
          "游标“" + beginning + "”无法识别。", "请从头读取该数据源：使用空游标。"};
}

}  // namespace huitou::connectors
