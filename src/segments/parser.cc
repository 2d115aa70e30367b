// rule      = any ;
// any       = all { "or" all } ;
// all       = one { ( "and" | "except" ) one } ;          -- a except b = a and not b
// one       = "not" one | "(" any ")" | "everyone" | "in_segment" "(" text ")" | top | sample |
// condition ; top       = ( "top" | "bottom" ) amount [ "of" one ] "by" term ; sample    = "sample"
// amount [ "of" one ] [ "seed" number ] ; condition = term [ comparison ] ; term      = [ window ]
// fact [ "(" argument { "," argument } ")" ] [ text ] ; argument  = text | "where" filter { "and"
// filter } | window ;

#include "segments/parser.h"

#include "segments/reader.h"

namespace huitou::segments {
namespace {

class Parser : public Reader {
 public:
  using Reader::Reader;

  Rule any() {
    Rule rule = all();
    return joined(Kind::any_of, Keyword::any, std::move(rule));
  }

 private:
  Rule all() {
    Rule rule = one();
    return joined(Kind::all_of, Keyword::all, std::move(rule));
  }

  /// One child needs no node of its own; a child of the same kind gives its children.
  Rule joined(Kind kind, Keyword keyword, Rule first) {
    Rule rule{.kind = kind, .at = first.at};
    adopt(rule, std::move(first));
    while (true) {
      const bool except = kind == Kind::all_of && next_is(Keyword::except);
      if (!except && !next_is(keyword)) break;
      skip();
      Rule child = kind == Kind::all_of ? one() : all();
      if (except) child = Rule{.kind = Kind::negation, .children = {child}, .at = child.at};
      rule.at.end = child.at.end;
      adopt(rule, std::move(child));
    }
    return rule.children.size() == 1 ? std::move(rule.children.front()) : std::move(rule);
  }

  static void adopt(Rule& parent, Rule child) {
    if (child.kind != parent.kind) {
      parent.children.push_back(std::move(child));
      return;
    }
    for (Rule& grandchild : child.children) parent.children.push_back(std::move(grandchild));
  }

  Rule one() {
    const std::size_t begin = peek().at.begin;
    if (++depth_ > kMostDepth) {
      too_deep();
      --depth_;
      return {};
    }
    Rule rule = any_one();
    --depth_;
    rule.at = {begin, last_end()};
    return rule;
  }

  Rule any_one() {
    if (next_is(Keyword::negate)) {
      skip();
      return {.kind = Kind::negation, .children = {one()}};
    }
    if (peek().kind == TokenKind::open) return bracket();
    if (next_is(Keyword::everyone)) {
      skip();
      return {.kind = Kind::everyone};
    }
    if (next_is(Keyword::in_segment)) return segment();
    if (next_is(Keyword::top) || next_is(Keyword::bottom)) return top();
    if (next_is(Keyword::sample)) return sample();
    return condition();
  }

  Rule bracket() {
    const Span began = peek().at;
    skip();
    Rule rule = any();
    if (peek().kind == TokenKind::close) {
      skip();
    } else if (sound()) {
      problem("expected", {began.begin, began.end}, {"The bracket is not closed", "括号没有闭合"},
              {"Write ) where the group ends.", "请在该组结束处写上 )。"});
    }
    return rule;
  }

  Rule segment() {
    skip();
    Rule rule{.kind = Kind::segment};
    const bool bracketed = peek().kind == TokenKind::open;
    if (bracketed) open();
    if (peek().kind != TokenKind::text && peek().kind != TokenKind::word &&
        peek().kind != TokenKind::fact) {
      expected({"the name of a segment in quotes", "引号中的分群名称"});
      return rule;
    }
    rule.name = peek().kind == TokenKind::text ? peek().text : std::string(written(peek()));
    skip();
    if (bracketed) close();
    return rule;
  }

  Rule top() {
    Rule rule{.kind = Kind::top, .lowest = next_is(Keyword::bottom)};
    skip();
    rule.amount = amount();
    rule.children.push_back(of());
    if (!next_is(Keyword::by)) {
      expected({"`by` and a fact to rank by", "“按”以及排序依据"});
      return rule;
    }
    skip();
    rule.term = term();
    return rule;
  }

  Rule sample() {
    skip();
    Rule rule{.kind = Kind::sample};
    rule.amount = amount();
    rule.children.push_back(of());
    if (!next_is(Keyword::seed)) return rule;
    skip();
    if (peek().kind != TokenKind::number || peek().micro % kMillion != 0 || peek().micro < 0) {
      expected({"a whole number as seed", "作为种子的整数"});
      return rule;
    }
    rule.seed = peek().micro / kMillion;
    skip();
    return rule;
  }

  Rule of() {
    if (!next_is(Keyword::of)) return {.kind = Kind::everyone};
    skip();
    return one();
  }

  Amount amount() {
    Amount amount{.at = peek().at};
    if (peek().kind != TokenKind::number) {
      expected({"how many customers: a number, or a share such as 10%",
                "客户数量：数字，或如 10% 的比例"});
      return amount;
    }
    amount.percent = peek().percent;
    amount.micro = peek().micro;
    skip();
    skip_unit();
    return amount;
  }

  Rule condition() {
    Rule rule{.kind = Kind::condition};
    rule.term = term();
    if (sound()) rule.is = comparison();
    return rule;
  }

  Term term() {
    Term term{.at = peek().at};
    if (next_is(Keyword::last) || next_is(Keyword::from)) term.window = window();
    if (!sound()) return term;
    if (peek().kind != TokenKind::fact) {
      unknown_fact();
      return term;
    }
    const std::string name = peek().text;
    term.fact = name;
    skip();
    if (peek().kind == TokenKind::open) arguments(term);
    const bool bare = peek().kind == TokenKind::text || peek().kind == TokenKind::word;
    if (sound() && bare && takes_subject(name) && !term.subject) {
      term.subject = peek().text;
      skip();
    }
    term.at.end = last_end();
    return term;
  }

  void arguments(Term& term) {
    open();
    if (peek().kind == TokenKind::close) return close();
    while (sound()) {
      if (next_is(Keyword::where)) {
        filters(term);
      } else if (next_is(Keyword::last) || next_is(Keyword::from) || next_is(Keyword::to)) {
        if (term.window) return expected({"one window only", "仅一个时间窗口"});
        term.window = window();
      } else if (!subject(term)) {
        return;
      }
      if (peek().kind == TokenKind::comma) {
        skip();
      } else if (!next_is(Keyword::where)) {
        break;
      }
    }
    close();
  }

  bool subject(Term& term) {
    const bool text = peek().kind == TokenKind::text || peek().kind == TokenKind::word;
    if (!text || term.subject) {
      expected({"a text in quotes, `where`, or a window such as `last 30 days`",
                "引号中的文字、where，或如“近30天”的时间窗口"});
      return false;
    }
    if (!takes_subject(term.fact)) {
      no_subject(term.fact);
      return false;
    }
    term.subject = peek().text;
    skip();
    return true;
  }

  void filters(Term& term) {
    do {
      skip();
      term.where.push_back(filter());
    } while (sound() && next_is(Keyword::all));
  }

  Filter filter() {
    Filter filter{.at = peek().at};
    if (next_is(Keyword::property)) {
      filter.field = "property";
      skip();
      if (peek().kind != TokenKind::text && peek().kind != TokenKind::word) {
        expected({"the name of a property in quotes", "引号中的属性名"});
        return filter;
      }
      filter.property = peek().text;
      skip();
    } else if (peek().kind == TokenKind::word || peek().kind == TokenKind::fact ||
               peek().kind == TokenKind::keyword) {
      filter.field = lower(written(peek()));
      skip();
    } else {
      expected({"a field to choose rows by, such as channel", "筛选字段，如 渠道"});
      return filter;
    }
    filter.is = comparison();
    filter.at.end = last_end();
    if (sound() && filter.is.op == Op::some)
      expected({"a comparison such as = 'web'", "比较，如 = 'web'"});
    return filter;
  }

  int depth_ = 0;
};

}  // namespace

Reading parse_syntax(std::string_view text) {
  Parser parser(text);
  if (parser.too_long()) return {.problems = parser.take_problems()};
  Rule rule = parser.any();
  parser.expect_end();
  Reading reading{.problems = parser.take_problems()};
  if (reading.problems.empty()) reading.rule = std::move(rule);
  return reading;
}

}  // namespace huitou::segments
