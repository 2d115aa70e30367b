// Comparisons, their values, and windows.

#include <fmt/format.h>

#include "segments/reader.h"

namespace huitou::segments {
namespace {

std::optional<Op> op_of(const Token& token) {
  if (token.kind == TokenKind::op) return token.op;
  if (token.kind != TokenKind::keyword) return std::nullopt;
  switch (token.keyword) {
    case Keyword::eq:
    case Keyword::is:
      return Op::eq;
    case Keyword::ne:
      return Op::ne;
    case Keyword::lt:
      return Op::lt;
    case Keyword::le:
      return Op::le;
    case Keyword::gt:
      return Op::gt;
    case Keyword::ge:
      return Op::ge;
    case Keyword::between:
      return Op::between;
    case Keyword::in:
      return Op::in;
    case Keyword::contains:
      return Op::contains;
    case Keyword::known:
      return Op::known;
    case Keyword::unknown:
      return Op::unknown;
    default:
      return std::nullopt;
  }
}

std::optional<WindowUnit> unit_of(const Token& token) {
  if (token.kind != TokenKind::keyword) return std::nullopt;
  for (const WindowUnit unit : {WindowUnit::hours, WindowUnit::days, WindowUnit::weeks,
                                WindowUnit::months, WindowUnit::years}) {
    if (keyword_of(unit) == token.keyword) return unit;
  }
  return std::nullopt;
}

}  // namespace

Comparison Reader::comparison() {
  Comparison comparison{.at = peek().at};
  if (!sound()) return comparison;
  const auto op = op_of(peek());
  if (!op) return comparison;
  const bool is = next_is(Keyword::is);
  skip();
  comparison.op = *op;
  if (is && (next_is(Keyword::known) || next_is(Keyword::unknown))) {
    comparison.op = *op_of(peek());
    skip();
  }
  values_of(comparison);
  comparison.at.end = last_end();
  return comparison;
}

void Reader::values_of(Comparison& comparison) {
  if (comparison.op == Op::known || comparison.op == Op::unknown) return;
  if (comparison.op == Op::in) return list(comparison);
  comparison.values.push_back(literal());
  if (comparison.op != Op::between || !sound()) return;
  if (!next_is(Keyword::all) && !next_is(Keyword::to)) {
    return expected({"`and` and the upper end", "“和”以及上限"});
  }
  skip();
  comparison.values.push_back(literal());
}

void Reader::list(Comparison& comparison) {
  if (peek().kind != TokenKind::open) {
    return expected({"a list such as ('a', 'b')", "列表，如 ('a', 'b')"});
  }
  const bool inner = in_arguments_;
  open();
  while (true) {
    comparison.values.push_back(literal());
    if (!sound()) return;
    if (peek().kind != TokenKind::comma) break;
    skip();
  }
  close();
  in_arguments_ = inner && sound();
}

Literal Reader::literal() {
  Literal value{.at = peek().at};
  switch (peek().kind) {
    case TokenKind::text:
      value.kind = Literal::Kind::text;
      value.text = peek().text;
      break;
    case TokenKind::word:
    case TokenKind::fact:
      value.kind = Literal::Kind::text;
      value.text = written(peek());
      break;
    case TokenKind::date:
      value.kind = Literal::Kind::date;
      value.date = peek().date;
      break;
    case TokenKind::number:
      value.kind = peek().percent ? Literal::Kind::percent : Literal::Kind::number;
      value.micro = peek().micro;
      break;
    default:
      expected({"a value: a number, a day or a text in quotes", "值：数字、日期或引号中的文字"});
      return value;
  }
  const bool number = value.kind == Literal::Kind::number;
  skip();
  if (number && next_is(Keyword::ten_thousand)) {
    constexpr std::int64_t kTenThousand = 10'000;
    if (value.micro > kMostNumber * kMillion / kTenThousand) {
      problem("bad_number", peek().at, {"The number is too large", "数字过大"},
              {"At most 1,000,000,000 can be taken.", "数字不超过 10 亿。"});
      return value;
    }
    value.micro *= kTenThousand;
    skip();
  }
  if (number) skip_unit();
  value.at.end = last_end();
  return value;
}

Date Reader::date() {
  if (peek().kind != TokenKind::date) {
    expected({"a day such as 2025-01-31", "日期，如 2025-01-31"});
    return {};
  }
  const Date day = peek().date;
  skip();
  return day;
}

Window Reader::window() {
  Window window{.at = peek().at};
  if (next_is(Keyword::last)) {
    skip();
    const bool whole = peek().kind == TokenKind::number && !peek().percent &&
                       peek().micro % kMillion == 0 && peek().micro > 0 &&
                       peek().micro <= kMostWindow * kMillion;
    if (!whole) {
      expected({"a whole number of 1 to 36600", "1 至 36600 的整数"});
      return window;
    }
    window.last = peek().micro / kMillion;
    skip();
    const auto unit = unit_of(peek());
    if (!unit) {
      expected({"`hours`, `days`, `weeks`, `months` or `years`", "“小时”“天”“周”“个月”或“年”"});
      return window;
    }
    window.unit = *unit;
    skip();
  } else {
    window.unit = WindowUnit::dates;
    if (next_is(Keyword::from)) {
      skip();
      window.from = date();
    }
    if (sound() && next_is(Keyword::to)) {
      skip();
      window.to = date();
    }
  }
  window.at.end = last_end();
  return window;
}

}  // namespace huitou::segments
