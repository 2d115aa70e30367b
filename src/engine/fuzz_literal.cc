// Fuzz target of the literal renderer. tools/fuzz.sh builds and runs it.
//
// Property: whatever the value, the rendered text is one literal (or one list of literals) that
// reads back as that value, and nothing around it changes. The reading here follows the engines'
// lexer and shares no code with the renderer.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "engine/engine.h"

namespace huitou::engine {
namespace {

void require(bool holds, const char* what, const std::string& text) {
  if (!holds) {
    std::fprintf(stderr, "broken property: %s: %s\n", what, text.c_str());
    std::abort();
  }
}

int hex_of(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  const int letter = (c | 0x20) - 'a';
  return letter >= 0 && letter < 6 ? letter + 10 : -1;
}

// Takes a string literal from the front as ClickHouse's lexer does.
std::optional<std::string> take_text(std::string_view& in) {
  if (!in.starts_with('\'')) {
    return std::nullopt;
  }
  std::string out;
  for (std::size_t at = 1; at < in.size(); ++at) {
    if (in[at] == '\'' && at + 1 < in.size() && in[at + 1] == '\'') {
      out += in[++at];  // a doubled quote
    } else if (in[at] == '\'') {
      in.remove_prefix(at + 1);
      return out;
    } else if (in[at] != '\\') {
      out += in[at];
    } else if (at + 3 < in.size() && in[at + 1] == 'x') {
      const int high = hex_of(in[at + 2]);
      const int low = hex_of(in[at + 3]);
      if (high < 0 || low < 0) {
        return std::nullopt;
      }
      out += static_cast<char>(high * 16 + low);
      at += 3;
    } else if (at + 1 < in.size() && (in[at + 1] == '\\' || in[at + 1] == '\'')) {
      out += in[++at];
    } else {
      return std::nullopt;  // an escape that the two engines may read differently
    }
  }
  return std::nullopt;
}

// Renders in the middle of a statement and gives the text of the literal alone.
std::string rendered(const char* type, const Value& value) {
  const std::string before = "SELECT a, ";
  const std::string after = " AS b FROM t WHERE c = '{x:String}'";
  const auto text = render(before + "{x:" + type + "}" + after, {{"x", value}});
  if (!text.ok()) {
    return {};
  }
  require(text->starts_with(before) && text->ends_with(after), "nothing around it changes", *text);
  return text->substr(before.size(), text->size() - before.size() - after.size());
}

void check_text(const std::string& value) {
  const std::string literal = rendered("String", value);
  std::string_view in = literal;
  require(take_text(in) == value && in.empty(), "one text literal", literal);
}

void check_list(std::string_view bytes) {
  TextList list;
  for (std::size_t at = 0; at < bytes.size() && list.size() < 20;) {
    const std::size_t size =
        std::min<std::size_t>(static_cast<unsigned char>(bytes[at]) % 16, bytes.size() - at - 1);
    list.emplace_back(bytes.substr(at + 1, size));
    at += size + 1;
  }
  const std::string literal = rendered("Array(String)", list);
  if (list.empty()) {
    require(literal == "emptyArrayString()", "an empty list", literal);
    return;
  }
  std::string_view in = literal;
  for (const std::string& value : list) {
    require(!in.empty() && (in.front() == '[' || in.front() == ','), "a list", literal);
    in.remove_prefix(1);
    require(take_text(in) == value, "one text literal a value", literal);
  }
  require(in == "]", "the end of a list", literal);
}

void check_integer(std::int64_t value) {
  const std::string literal = rendered("Int64", value);
  std::string_view in = literal;
  require(in.starts_with("toInt64(") && in.ends_with(")"), "an integer", literal);
  in = in.substr(8, in.size() - 9);
  std::string digits(in);
  if (in.starts_with('\'')) {
    const auto text = take_text(in);
    require(text && in.empty(), "digits as a text", literal);
    digits = *text;
  }
  require(digits == std::to_string(value), "the same integer", literal);
}

void check_real(double value) {
  std::string literal = rendered("Float64", value);
  if (literal.empty()) {
    return;  // refused: not a number that both engines read
  }
  if (literal.front() == '(') {
    require(literal.back() == ')', "brackets", literal);
    literal = literal.substr(1, literal.size() - 2);
  }
  require(literal.find_first_not_of("0123456789.e+-") == std::string::npos, "a number", literal);
  char* end = nullptr;
  const double again = std::strtod(literal.c_str(), &end);
  require(*end == '\0' && std::memcmp(&again, &value, sizeof value) == 0, "the same number",
          literal);
}

}  // namespace
}  // namespace huitou::engine

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) {
    return 0;
  }
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::uint64_t word = 0;
  std::memcpy(&word, bytes.data(), std::min(bytes.size(), sizeof word));
  switch (data[0] % 5) {
    case 0:
      huitou::engine::check_text(std::string(bytes));
      break;
    case 1:
      huitou::engine::check_list(bytes);
      break;
    case 2:
      huitou::engine::check_integer(static_cast<std::int64_t>(word));
      break;
    case 3: {
      double real = 0;
      std::memcpy(&real, &word, sizeof real);
      huitou::engine::check_real(real);
      break;
    }
    default:
      (void)huitou::engine::render(bytes, {{"x", std::string("v")}, {"n", std::int64_t{5}}});
  }
  return 0;
}
