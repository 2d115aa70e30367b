#include "segments/lexer.h"

#include <algorithm>
#include <array>

#include "segments/facts.h"

namespace huitou::segments {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_wide(char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; }

struct Symbol {
  std::string_view text;
  TokenKind kind;
  Op op = Op::eq;
};
/// Longer ones first.
constexpr std::array<Symbol, 23> kSymbols{
    {{">=", TokenKind::op, Op::ge},   {"<=", TokenKind::op, Op::le},
     {"!=", TokenKind::op, Op::ne},   {"<>", TokenKind::op, Op::ne},
     {"==", TokenKind::op, Op::eq},   {"＞＝", TokenKind::op, Op::ge},
     {"＜＝", TokenKind::op, Op::le}, {"≥", TokenKind::op, Op::ge},
     {"≤", TokenKind::op, Op::le},    {"≠", TokenKind::op, Op::ne},
     {"＞", TokenKind::op, Op::gt},   {"＜", TokenKind::op, Op::lt},
     {"＝", TokenKind::op, Op::eq},   {">", TokenKind::op, Op::gt},
     {"<", TokenKind::op, Op::lt},    {"=", TokenKind::op, Op::eq},
     {"（", TokenKind::open},         {"）", TokenKind::close},
     {"，", TokenKind::comma},        {"、", TokenKind::comma},
     {"(", TokenKind::open},          {")", TokenKind::close},
     {",", TokenKind::comma}}};

struct Quote {
  std::string_view open;
  std::string_view close;
};
constexpr std::array<Quote, 6> kQuotes{
    {{"'", "'"}, {"\"", "\""}, {"“", "”"}, {"‘", "’"}, {"「", "」"}, {"”", "”"}}};

constexpr std::array<std::string_view, 3> kBlanks{"　", "\xC2\xA0", "\xEF\xBB\xBF"};

/// Words that stand for themselves wherever they appear in a run of Chinese characters.
bool is_known(std::string_view word) {
  return keyword_of(word).has_value() || find_fact(word) != nullptr;
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Lexed run() {
    while (skip_blanks(), place_ < text_.size()) step();
    out_.tokens.push_back({.kind = TokenKind::end, .at = {text_.size(), text_.size()}});
    return std::move(out_);
  }

 private:
  std::string_view rest() const { return text_.substr(place_); }

  void skip_blanks() {
    while (place_ < text_.size()) {
      const char c = text_[place_];
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        ++place_;
        continue;
      }
      const auto wide = std::find_if(kBlanks.begin(), kBlanks.end(), [&](std::string_view blank) {
        return rest().starts_with(blank);
      });
      if (wide == kBlanks.end()) return;
      place_ += wide->size();
    }
  }

  void step() {
    for (const Symbol& symbol : kSymbols) {
      if (rest().starts_with(symbol.text))
        return push({.kind = symbol.kind, .op = symbol.op}, symbol.text.size());
    }
    for (const Quote& quote : kQuotes) {
      if (rest().starts_with(quote.open)) return quoted(quote);
    }
    const char c = text_[place_];
    const bool negative = c == '-' && place_ + 1 < text_.size() && is_digit(text_[place_ + 1]);
    if (is_digit(c) || negative) {
      if (negative || !date()) number();
      return;
    }
    if (is_letter(c)) return word();
    if (is_wide(c)) return chinese();
    unreadable(1, Unreadable::Why::character);
  }

  void push(Token token, std::size_t size) {
    token.at = {place_, place_ + size};
    place_ += size;
    out_.tokens.push_back(std::move(token));
  }

  void unreadable(std::size_t size, Unreadable::Why why) {
    out_.unreadable.push_back({{place_, place_ + size}, why});
    place_ += size;
  }

  /// A quote inside is written twice.
  void quoted(const Quote& quote) {
    std::string inside;
    std::size_t at = place_ + quote.open.size();
    while (at < text_.size()) {
      const std::string_view ahead = text_.substr(at);
      if (!ahead.starts_with(quote.close)) {
        inside += text_[at++];
        continue;
      }
      at += quote.close.size();
      if (!text_.substr(at).starts_with(quote.close)) {
        return push({.kind = TokenKind::text, .text = std::move(inside)}, at - place_);
      }
      inside += quote.close;
      at += quote.close.size();
    }
    unreadable(text_.size() - place_, Unreadable::Why::quote);
  }

  /// 2025-01-31; false where it is none.
  bool date() {
    constexpr std::string_view kShape = "dddd-dd-dd";
    const std::string_view ahead = rest().substr(0, kShape.size());
    if (ahead.size() < kShape.size()) return false;
    for (std::size_t i = 0; i < kShape.size(); ++i) {
      if (kShape[i] == 'd' ? !is_digit(ahead[i]) : ahead[i] != '-') return false;
    }
    const auto day = parse_date(ahead);
    if (day.ok() && *day <= kLastDate) {
      push({.kind = TokenKind::date, .date = *day}, kShape.size());
    } else {
      unreadable(kShape.size(), Unreadable::Why::date);
    }
    return true;
  }

  /// At most six decimals; a percent sign belongs to it.
  void number() {
    const bool negative = text_[place_] == '-';
    std::size_t at = place_ + (negative ? 1 : 0);
    std::int64_t micro = 0;
    bool fits = true;
    const auto digit = [&](std::int64_t unit) {
      micro = micro * (unit == kMillion ? 10 : 1) + (text_[at++] - '0') * unit;
      fits = fits && micro <= kMostNumber * kMillion;
      micro = std::min(micro, kMostNumber * kMillion);
    };
    while (at < text_.size() && is_digit(text_[at])) digit(kMillion);
    if (at + 1 < text_.size() && text_[at] == '.' && is_digit(text_[at + 1])) {
      ++at;
      std::int64_t unit = kMillion / 10;
      for (; at < text_.size() && is_digit(text_[at]); unit /= 10) {
        fits = fits && (unit > 0 || text_[at] == '0');
        digit(unit);
      }
    }
    Token token{.kind = TokenKind::number, .micro = negative ? -micro : micro};
    for (const std::string_view sign : {"%", "％"}) {
      if (text_.substr(at).starts_with(sign)) {
        token.percent = true;
        at += sign.size();
        break;
      }
    }
    if (fits) {
      push(token, at - place_);
    } else {
      unreadable(at - place_, Unreadable::Why::number);
    }
  }

  void word() {
    std::size_t at = place_;
    while (at < text_.size() && (is_letter(text_[at]) || is_digit(text_[at]))) ++at;
    push_word(at - place_);
  }

  void push_word(std::size_t size) {
    const std::string written(rest().substr(0, size));
    const std::string small = lower(written);
    if (const auto keyword = keyword_of(small)) {
      return push({.kind = TokenKind::keyword, .text = written, .keyword = *keyword}, size);
    }
    if (const Fact* fact = find_fact(small)) {
      return push({.kind = TokenKind::fact, .text = std::string(fact->name)}, size);
    }
    push({.kind = TokenKind::word, .text = written}, size);
  }

  /// The bytes of a run of wide characters that are no symbols, quotes or blanks.
  std::size_t run_size() const {
    std::size_t size = 0;
    while (place_ + size < text_.size()) {
      const std::string_view character = characters(text_.substr(place_ + size, 4)).front();
      const auto is = [&](std::string_view other) { return other == character; };
      const bool symbol = std::any_of(kSymbols.begin(), kSymbols.end(), [&](const Symbol& s) {
        return is(s.text.substr(0, character.size()));
      });
      const bool quote = std::any_of(kQuotes.begin(), kQuotes.end(),
                                     [&](const Quote& q) { return is(q.open) || is(q.close); });
      if (!is_wide(character[0]) || symbol || quote ||
          std::any_of(kBlanks.begin(), kBlanks.end(), is)) {
        break;
      }
      size += character.size();
    }
    return size;
  }

  void chinese() {
    const std::size_t size = run_size();
    if (size == 0) return unreadable(1, Unreadable::Why::character);
    const std::size_t end = place_ + size;
    std::vector<std::size_t> cuts = known_words(rest().substr(0, size));
    const bool counted = !out_.tokens.empty() && out_.tokens.back().kind == TokenKind::number &&
                         out_.tokens.back().at.end == place_;
    if (cuts.empty()) {
      const std::size_t first = leading_word(rest().substr(0, size), counted);
      if (first > 0) cuts.push_back(first);
    }
    for (const std::size_t cut : cuts) push_word(cut);
    if (place_ == end) return;
    // What follows a unit may again consist of known words.
    if (!cuts.empty() && counted) return chinese();
    push_word(end - place_);
  }

  /// Sizes of known words that make up the whole run, the longest first; none if they do not.
  static std::vector<std::size_t> known_words(std::string_view run) {
    const std::vector<std::string_view> letters = characters(run);
    std::vector<std::size_t> starts{0};
    for (const std::string_view letter : letters) starts.push_back(starts.back() + letter.size());
    const std::size_t n = letters.size();
    std::vector<std::size_t> next(n + 1, 0);  // where the word that begins here ends; 0 = nowhere
    for (std::size_t i = n; i-- > 0;) {
      for (std::size_t j = std::min(n, i + kLongestWord); j > i; --j) {
        if ((j == n || next[j] != 0) && is_known(run.substr(starts[i], starts[j] - starts[i]))) {
          next[i] = j;
          break;
        }
      }
    }
    std::vector<std::size_t> sizes;
    for (std::size_t i = 0; i < n && next[0] != 0; i = next[i]) {
      sizes.push_back(starts[next[i]] - starts[i]);
    }
    return sizes;
  }

  /// The size of the longest word at the beginning: of any kind after a number, else a fact's that
  /// takes a text.
  static std::size_t leading_word(std::string_view run, bool counted) {
    const std::vector<std::string_view> letters = characters(run);
    std::size_t size = 0;
    std::size_t best = 0;
    for (std::size_t i = 0; i < std::min(letters.size(), kLongestWord); ++i) {
      size += letters[i].size();
      const std::string_view word = run.substr(0, size);
      const auto keyword = keyword_of(word);
      const Fact* fact = find_fact(word);
      const bool leads = keyword == Keyword::where || word == "没有" ||
                         (fact != nullptr && !fact->subject.empty());
      if (leads || (counted && (keyword || fact != nullptr))) best = size;
    }
    return best;
  }

  static constexpr std::size_t kLongestWord = 12;

  std::string_view text_;
  std::size_t place_ = 0;
  Lexed out_;
};

}  // namespace

Lexed lex(std::string_view text) { return Lexer(text).run(); }

}  // namespace huitou::segments
