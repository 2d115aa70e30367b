#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "commands/command.h"
#include "commands/spelling.h"

namespace huitou::commands {
namespace {

Error invalid(Sentence what, Sentence hint) {
  return {Code::invalid_input, std::move(what.en), std::move(hint.en), std::move(what.zh),
          std::move(hint.zh)};
}

std::optional<double> number_of(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

std::optional<std::int64_t> integer_of(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// "true" or "false" for the words people use; empty (a bare flag) is true.
std::optional<std::string_view> boolean_of(std::string_view text) {
  for (const std::string_view yes : {"", "true", "yes", "1", "on", "是"}) {
    if (text == yes) return "true";
  }
  for (const std::string_view no : {"false", "no", "0", "off", "否"}) {
    if (text == no) return "false";
  }
  return std::nullopt;
}

Error wrong_value(const Param& param, std::string_view value, const Sentence& right) {
  return invalid({fmt::format("{} = '{}' is not {}.", param.name, value, right.en),
                  fmt::format("{} = “{}”不是{}。", param.name, value, right.zh)},
                 {fmt::format("{}: {}.", param.name, param.doc.en),
                  fmt::format("{}：{}。", param.name, param.doc.zh)});
}

Error wrong_choice(const Param& param, const std::string& value) {
  const auto meant = nearest(value, param.choices);
  const std::string choices = joined(param.choices);
  const std::string did = meant ? fmt::format("Did you mean '{}'? ", *meant) : "";
  const std::string did_zh = meant ? fmt::format("您是否想用“{}”？", *meant) : "";
  return invalid({fmt::format("{} = '{}' is not known.", param.name, value),
                  fmt::format("{} = “{}”无法识别。", param.name, value)},
                 {fmt::format("{}It is one of: {}.", did, choices),
                  fmt::format("{}可选值：{}。", did_zh, choices)});
}

Status check_bounds(const Param& param, const std::string& text, double value) {
  if (param.at_least == param.at_most || (value >= param.at_least && value <= param.at_most)) {
    return {};
  }
  return wrong_value(param, text,
                     {fmt::format("between {} and {}", param.at_least, param.at_most),
                      fmt::format("{} 到 {} 之间的数", param.at_least, param.at_most)});
}

Status check_value(const Param& param, std::string& value) {
  switch (param.type) {
    case ParamType::integer: {
      const auto integer = integer_of(value);
      if (!integer) return wrong_value(param, value, {"a whole number", "整数"});
      return check_bounds(param, value, static_cast<double>(*integer));
    }
    case ParamType::number: {
      const auto number = number_of(value);
      if (!number) return wrong_value(param, value, {"a number", "数字"});
      return check_bounds(param, value, *number);
    }
    case ParamType::boolean: {
      const auto boolean = boolean_of(value);
      if (!boolean) return wrong_value(param, value, {"true or false", "true 或 false"});
      value = *boolean;
      return {};
    }
    case ParamType::date:
      if (!parse_date(value).ok()) {
        return wrong_value(param, value, {"a day written as 2025-01-31", "形如 2025-01-31 的日期"});
      }
      return {};
    case ParamType::choice:
      for (const std::string_view choice : param.choices) {
        if (choice == value) return {};
      }
      return wrong_choice(param, value);
    case ParamType::text:
    case ParamType::file:
      if (value.find('\0') != std::string::npos) {
        return wrong_value(param, value, {"a text without NUL bytes", "不含 NUL 字节的文本"});
      }
      return {};
  }
  return {};
}

const Param* param_of(const Command& command, std::string_view name) {
  for (const Param& param : command.params) {
    if (param.name == name) return &param;
  }
  return nullptr;
}

Error unknown_name(const Command& command, std::string_view name) {
  std::vector<std::string_view> names;
  for (const Param& param : command.params) names.push_back(param.name);
  const auto meant = nearest(name, names);
  const std::string did = meant ? fmt::format("Did you mean '{}'? ", *meant) : "";
  const std::string did_zh = meant ? fmt::format("您是否想用“{}”？", *meant) : "";
  const std::string takes = names.empty() ? "nothing" : joined(names);
  const std::string takes_zh = names.empty() ? "无" : joined(names);
  return invalid({fmt::format("'{}' has no parameter '{}'.", command.name, name),
                  fmt::format("“{}”没有参数“{}”。", command.name, name)},
                 {fmt::format("{}It takes: {}.", did, takes),
                  fmt::format("{}可用参数：{}。", did_zh, takes_zh)});
}

Status check_param(const Command& command, const Param& param, RawArgs& raw) {
  const auto found = raw.find(param.name);
  if (found == raw.end() || found->second.empty()) {
    if (param.required) {
      return invalid({fmt::format("'{}' needs {}.", command.name, param.name),
                      fmt::format("“{}”缺少参数 {}。", command.name, param.name)},
                     {fmt::format("{}: {}.", param.name, param.doc.en),
                      fmt::format("{}：{}。", param.name, param.doc.zh)});
    }
    if (!param.fallback.empty()) raw[std::string(param.name)] = {std::string(param.fallback)};
    return {};
  }
  if (!param.repeated && found->second.size() > 1) {
    return invalid({fmt::format("{} is given {} times.", param.name, found->second.size()),
                    fmt::format("{} 给出了 {} 次。", param.name, found->second.size())},
                   {"Give it once.", "请只给一次。"});
  }
  for (std::string& value : found->second) TRY(check_value(param, value));
  return {};
}

}  // namespace

bool Args::has(std::string_view name) const {
  const auto found = values.find(name);
  return found != values.end() && !found->second.empty();
}

std::string Args::text(std::string_view name) const {
  return has(name) ? values.find(name)->second.front() : "";
}

std::int64_t Args::integer(std::string_view name) const {
  const auto value = integer_of(text(name));
  CHECK(value.has_value());
  return *value;
}

double Args::number(std::string_view name) const {
  const auto value = number_of(text(name));
  CHECK(value.has_value());
  return *value;
}

bool Args::boolean(std::string_view name) const { return text(name) == "true"; }

std::optional<Date> Args::date(std::string_view name) const {
  if (!has(name)) return std::nullopt;
  const auto value = parse_date(text(name));
  CHECK(value.ok());
  return *value;
}

std::vector<std::string> Args::list(std::string_view name) const {
  return has(name) ? values.find(name)->second : std::vector<std::string>{};
}

Result<Args> check(const Command& command, RawArgs raw) {
  for (const auto& [name, values] : raw) {
    if (param_of(command, name) == nullptr) return unknown_name(command, name);
  }
  for (const Param& param : command.params) TRY(check_param(command, param, raw));
  return Args{.values = std::move(raw)};
}

}  // namespace huitou::commands
