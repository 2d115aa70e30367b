#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "segments/words.h"

namespace huitou::segments {

enum class TokenKind { keyword, fact, word, text, number, date, op, open, close, comma, end };

struct Token {
  TokenKind kind = TokenKind::end;
  Span at{};
  std::string text{};  ///< of a text without its quotes; of a word as written; of a fact its name
  Keyword keyword = Keyword::all;  ///< of a keyword
  Op op = Op::eq;                  ///< of an op
  std::int64_t micro = 0;          ///< of a number
  bool percent = false;
  Date date{};
};

/// What the lexer could not read.
struct Unreadable {
  Span at;
  enum class Why { quote, character, number, date } why = Why::character;
};

struct Lexed {
  std::vector<Token> tokens;  ///< ends with one of kind `end`
  std::vector<Unreadable> unreadable;
};

/// Chinese needs no blanks: a run of Chinese characters is cut into known words where it consists
/// of them, after a number a unit is cut off, and a fact that takes a text at its beginning; else
/// it is one word.
Lexed lex(std::string_view text);

}  // namespace huitou::segments
