#include "segments/json.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "segments/print.h"

namespace huitou::segments {
namespace {

using Json = nlohmann::ordered_json;

struct OpName {
  Op op;
  std::string_view name;
};
constexpr std::array<OpName, 11> kOps{{{Op::eq, "="},
                                       {Op::ne, "!="},
                                       {Op::lt, "<"},
                                       {Op::le, "<="},
                                       {Op::gt, ">"},
                                       {Op::ge, ">="},
                                       {Op::between, "between"},
                                       {Op::in, "in"},
                                       {Op::contains, "contains"},
                                       {Op::known, "known"},
                                       {Op::unknown, "unknown"}}};
constexpr std::array<std::string_view, 5> kUnits{"hours", "days", "weeks", "months", "years"};

Json number_json(std::int64_t micro) {
  if (micro % kMillion == 0) return micro / kMillion;
  return static_cast<double>(micro) / static_cast<double>(kMillion);
}

Json value_json(const Literal& value) {
  if (value.kind == Literal::Kind::number) return number_json(value.micro);
  return value.kind == Literal::Kind::text ? value.text : print_value(value);
}

void put_comparison(Json& out, const Comparison& is) {
  for (const OpName& op : kOps) {
    if (op.op == is.op) out["op"] = op.name;
  }
  if (is.values.empty()) return;
  out["values"] = Json::array();
  for (const Literal& value : is.values) out["values"].push_back(value_json(value));
}

Json window_json(const Window& window) {
  Json out = Json::object();
  if (window.unit != WindowUnit::dates) {
    out["last"] = window.last;
    out["unit"] = kUnits.at(static_cast<std::size_t>(window.unit));
    return out;
  }
  if (window.from) out["from"] = format_date(*window.from);
  if (window.to) out["to"] = format_date(*window.to);
  return out;
}

Json term_json(const Term& term) {
  Json out{{"fact", term.fact}};
  if (term.subject) out["subject"] = *term.subject;
  if (!term.where.empty()) {
    out["where"] = Json::array();
    for (const Filter& filter : term.where) {
      Json one{{"field", filter.field}};
      if (!filter.property.empty()) one["property"] = filter.property;
      put_comparison(one, filter.is);
      out["where"].push_back(std::move(one));
    }
  }
  if (term.window) out["window"] = window_json(*term.window);
  return out;
}

Json rule_json(const Rule& rule);

Json children_json(const Rule& rule) {
  Json list = Json::array();
  for (const Rule& child : rule.children) list.push_back(rule_json(child));
  return list;
}

Json amount_json(const Amount& amount) {
  if (amount.percent) return print_micro(amount.micro) + "%";
  return number_json(amount.micro);
}

Json rule_json(const Rule& rule) {
  switch (rule.kind) {
    case Kind::everyone:
      return {{"everyone", true}};
    case Kind::condition: {
      Json out = term_json(rule.term);
      put_comparison(out, rule.is);
      return out;
    }
    case Kind::segment:
      return {{"segment", rule.name}};
    case Kind::all_of:
      return {{"all", children_json(rule)}};
    case Kind::any_of:
      return {{"any", children_json(rule)}};
    case Kind::negation:
      return {{"not", rule_json(rule.children.front())}};
    case Kind::top: {
      Json out{{"top", amount_json(rule.amount)}};
      if (rule.lowest) out["lowest"] = true;
      out["of"] = rule_json(rule.children.front());
      out["by"] = term_json(rule.term);
      return out;
    }
    case Kind::sample:
      return {{"sample", amount_json(rule.amount)},
              {"seed", rule.seed},
              {"of", rule_json(rule.children.front())}};
  }
  return {};
}

class JsonReader {
 public:
  std::vector<Problem> problems;

  Rule rule(const Json& json, const std::string& path, int depth) {
    if (depth > kMostDepth || !json.is_object()) {
      wrong(path, "an object with a condition", "条件对象");
      return {};
    }
    if (json.contains("all")) return many(json["all"], Kind::all_of, path + "/all/", depth);
    if (json.contains("any")) return many(json["any"], Kind::any_of, path + "/any/", depth);
    if (json.contains("not")) {
      return {.kind = Kind::negation, .children = {rule(json["not"], path + "/not", depth + 1)}};
    }
    if (json.contains("everyone")) return {};
    if (json.contains("segment")) {
      return {.kind = Kind::segment, .name = text(json["segment"], path + "/segment")};
    }
    if (json.contains("top")) return top(json, path, depth);
    if (json.contains("sample")) return sample(json, path, depth);
    if (!json.contains("fact")) {
      wrong(path, "one of all, any, not, fact, segment, top, sample, everyone",
            "all、any、not、fact、segment、top、sample、everyone 之一");
      return {};
    }
    Rule out{.kind = Kind::condition};
    out.term = term(json, path);
    out.is = comparison(json, path);
    return out;
  }

 private:
  void wrong(const std::string& path, std::string_view en, std::string_view zh) {
    if (problems.size() >= kMostProblems) return;
    problems.push_back({"expected",
                        {},
                        path,
                        {fmt::format("{} was expected at {}", en, path.empty() ? "/" : path),
                         fmt::format("{} 处应为{}", path.empty() ? "/" : path, zh)},
                        {"`huitou segments check` shows the JSON of a rule.",
                         "`huitou segments check` 会显示规则的 JSON 形式。"},
                        ""});
  }

  Rule many(const Json& list, Kind kind, const std::string& path, int depth) {
    if (!list.is_array() || list.empty() || list.size() > kMostNodes) {
      wrong(path, "a list of conditions", "条件列表");
      return {};
    }
    Rule out{.kind = kind};
    for (std::size_t i = 0; i < list.size(); ++i) {
      Rule child = rule(list[i], path + std::to_string(i), depth + 1);
      if (child.kind == kind) {
        for (Rule& grandchild : child.children) out.children.push_back(std::move(grandchild));
      } else {
        out.children.push_back(std::move(child));
      }
    }
    return out.children.size() == 1 ? std::move(out.children.front()) : std::move(out);
  }

  Rule top(const Json& json, const std::string& path, int depth) {
    Rule out{.kind = Kind::top};
    out.amount = amount(json["top"], path + "/top");
    out.lowest = json.contains("lowest") && json["lowest"] == true;
    out.children.push_back(of(json, path, depth));
    if (json.contains("by") && json["by"].is_object()) {
      out.term = term(json["by"], path + "/by");
    } else {
      wrong(path + "/by", "a fact to rank by", "排序依据");
    }
    return out;
  }

  Rule sample(const Json& json, const std::string& path, int depth) {
    Rule out{.kind = Kind::sample};
    out.amount = amount(json["sample"], path + "/sample");
    out.children.push_back(of(json, path, depth));
    if (!json.contains("seed")) return out;
    const Literal seed = value(json["seed"], path + "/seed");
    if (seed.kind != Literal::Kind::number || seed.micro < 0 || seed.micro % kMillion != 0) {
      wrong(path + "/seed", "a whole number", "整数");
    }
    out.seed = seed.micro / kMillion;
    return out;
  }

  Rule of(const Json& json, const std::string& path, int depth) {
    return json.contains("of") ? rule(json["of"], path + "/of", depth + 1) : Rule{};
  }

  Amount amount(const Json& json, const std::string& path) {
    if (json.is_string()) {
      const std::string written = json.get<std::string>();
      const Reading reading = parse_syntax("top " + written + " by orders");
      if (reading.rule && reading.rule->kind == Kind::top) {
        Amount out = reading.rule->amount;
        out.at = {};
        return out;
      }
      wrong(path, "a number of customers, or a share such as \"10%\"",
            "客户数量，或如 \"10%\" 的比例");
      return {};
    }
    return {.micro = value(json, path).micro};
  }

  std::string text(const Json& json, const std::string& path) {
    if (json.is_string()) return json.get<std::string>();
    wrong(path, "a text", "文字");
    return "";
  }

  Term term(const Json& json, const std::string& path) {
    if (!json.is_object() || !json.contains("fact")) {
      wrong(path, "an object with fact", "含 fact 的对象");
      return {};
    }
    Term out{.fact = text(json["fact"], path + "/fact")};
    if (json.contains("subject") && !json["subject"].is_null()) {
      out.subject = text(json["subject"], path + "/subject");
    }
    if (json.contains("where")) {
      const Json& list = json["where"];
      if (!list.is_array()) wrong(path + "/where", "a list", "列表");
      for (std::size_t i = 0; list.is_array() && i < list.size(); ++i) {
        out.where.push_back(filter(list[i], path + "/where/" + std::to_string(i)));
      }
    }
    if (json.contains("window")) out.window = window(json["window"], path + "/window");
    return out;
  }

  Filter filter(const Json& json, const std::string& path) {
    Filter out;
    if (!json.is_object() || !json.contains("field")) {
      wrong(path, "an object with field, op and values", "含 field、op、values 的对象");
      return out;
    }
    out.field = text(json["field"], path + "/field");
    if (json.contains("property")) out.property = text(json["property"], path + "/property");
    out.is = comparison(json, path);
    if (out.is.op == Op::some) wrong(path + "/op", "a comparison", "比较");
    return out;
  }

  Window window(const Json& json, const std::string& path) {
    Window out;
    if (json.is_object() && json.contains("last")) {
      const Literal last = value(json["last"], path + "/last");
      out.last = last.micro / kMillion;
      const std::string unit = json.contains("unit") ? text(json["unit"], path + "/unit") : "days";
      for (std::size_t i = 0; i < kUnits.size(); ++i) {
        if (kUnits.at(i) == unit && last.micro % kMillion == 0) {
          out.unit = static_cast<WindowUnit>(i);
          return out;
        }
      }
    } else if (json.is_object()) {
      out.unit = WindowUnit::dates;
      bool right = true;
      for (const char* end : {"from", "to"}) {
        if (!json.contains(end) || json[end].is_null()) continue;
        const auto day = parse_date(text(json[end], path + "/" + end));
        right = right && day.ok() && *day <= kLastDate;
        if (day.ok()) (std::string_view(end) == "from" ? out.from : out.to) = *day;
      }
      if (right) return out;
    }
    wrong(path, "a window: {\"last\": 30, \"unit\": \"days\"} or {\"from\": \"2025-01-01\"}",
          "时间窗口：{\"last\": 30, \"unit\": \"days\"} 或 {\"from\": \"2025-01-01\"}");
    return out;
  }

  Comparison comparison(const Json& json, const std::string& path) {
    Comparison out;
    if (json.contains("op") && !json["op"].is_null()) {
      const std::string name = text(json["op"], path + "/op");
      bool known = false;
      for (const OpName& op : kOps) {
        if (op.name != name) continue;
        out.op = op.op;
        known = true;
      }
      if (!known)
        wrong(path + "/op", "a comparison such as >= or between", "比较，如 >= 或 between");
    }
    if (!json.contains("values")) return out;
    const Json& values = json["values"];
    if (!values.is_array()) wrong(path + "/values", "a list of values", "值列表");
    for (std::size_t i = 0; values.is_array() && i < std::min(values.size(), kMostValues + 1);
         ++i) {
      out.values.push_back(value(values[i], path + "/values/" + std::to_string(i)));
    }
    return out;
  }

  Literal value(const Json& json, const std::string& path) {
    Literal out;
    if (json.is_number()) {
      const double number = json.get<double>();
      if (std::abs(number) <= static_cast<double>(kMostNumber)) {
        out.micro = std::llround(number * static_cast<double>(kMillion));
        return out;
      }
    } else if (json.is_string()) {
      return text_value(json.get<std::string>());
    }
    wrong(path, "a number, a text, or a day such as \"2025-01-31\"",
          "数字、文字，或如 \"2025-01-31\" 的日期");
    return out;
  }

  /// "30%" may be a share or a text, "2025-01-31" a day or a text: the checker knows which.
  static Literal text_value(std::string written) {
    return {.kind = Literal::Kind::text, .text = std::move(written)};
  }
};

}  // namespace

std::string to_json(const Rule& rule) {
  return rule_json(rule).dump(-1, ' ', false, Json::error_handler_t::replace);
}

Reading parse_json(std::string_view text) {
  Reading reading;
  JsonReader reader;
  const Json json = text.size() > 20 * kMostBytes ? Json(Json::value_t::discarded)
                                                  : Json::parse(text, nullptr, false);
  if (json.is_discarded()) {
    reading.problems.push_back({"bad_json",
                                {},
                                "",
                                {"The rule is no JSON", "规则不是有效的 JSON"},
                                {"Write it in words, or as `huitou segments check` shows it.",
                                 "请用文字书写，或参照 `huitou segments check` 的显示。"},
                                ""});
    return reading;
  }
  Rule rule = reader.rule(json, "", 0);
  reading.problems = std::move(reader.problems);
  if (reading.problems.empty()) reading.rule = std::move(rule);
  return reading;
}

}  // namespace huitou::segments
