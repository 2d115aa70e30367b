#pragma once

// What the parser stands on: tokens, problems and the small parts of a condition.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "segments/lexer.h"
#include "segments/problems.h"

namespace huitou::segments {

class Reader {
 public:
  explicit Reader(std::string_view text);

  bool too_long() const { return too_long_; }
  /// Anything left is a problem.
  void expect_end();
  /// In the order of their places.
  std::vector<Problem> take_problems();

 protected:
  const Token& peek() const { return tokens_[place_]; }
  const Token& ahead() const { return tokens_[std::min(place_ + 1, tokens_.size() - 1)]; }
  bool next_is(Keyword keyword) const {
    return peek().kind == TokenKind::keyword && peek().keyword == keyword;
  }
  void skip();
  void skip_unit();
  /// The brackets of arguments and lists.
  void open();
  void close();
  std::size_t last_end() const;
  std::string_view written(const Token& token) const;

  /// False from a problem to the next `and`, `or` or bracket.
  bool sound() const { return tokens_.empty() || place_ != stopped_at_; }

  /// Notes it and goes on to where the next condition may begin.
  void problem(std::string code, Span at, Sentence message, Sentence hint,
               std::string replacement = "");
  void expected(Words what);
  void too_deep();
  void unknown_fact();
  void no_subject(const std::string& fact);
  static bool takes_subject(const std::string& fact);

  Comparison comparison();
  Window window();

 private:
  Literal literal();
  Date date();
  void values_of(Comparison& comparison);
  void list(Comparison& comparison);
  void recover();
  Sentence found() const;

  std::string_view text_;
  bool too_long_ = false;
  std::vector<Token> tokens_;
  std::vector<Problem> problems_;
  std::size_t place_ = 0;
  std::size_t stopped_at_ = static_cast<std::size_t>(-1);
  bool in_arguments_ = false;  ///< an open bracket belongs to a condition, not to a group
};

}  // namespace huitou::segments
