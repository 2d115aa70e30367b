#include "forms/values.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "forms/period.h"
#include "forms/written.h"
#include "metrics/metrics.h"

namespace huitou::forms {
namespace {

constexpr double kMinorPerMajor = 100;
constexpr double kMostMoney = 1e13;
constexpr double kSameMinor = 1e-4;  // doubles of amounts are not exact

Issue wrong(const Field& field, std::string_view written, Sentence what, Sentence todo) {
  return {std::string(field.name), std::string(written), true, std::move(what), std::move(todo)};
}

Reading refused(const Field& field, std::string_view written, Words what, Sentence todo) {
  const std::string value(written);
  return {"", wrong(field, written,
                    {"'" + value + "' is " + std::string(what.en) + ".",
                     "“" + value + "”" + std::string(what.zh) + "。"},
                    std::move(todo))};
}

std::string plain(double number) { return fmt::format("{}", number); }

/// Nothing, or the issue of a number outside the field's bounds.
std::optional<Issue> outside(const Field& field, std::string_view written, double number) {
  if (field.at_least == field.at_most || (number >= field.at_least && number <= field.at_most)) {
    return std::nullopt;
  }
  const std::string value(written);
  const std::string from = plain(field.at_least);
  const std::string to = plain(field.at_most);
  return wrong(field, written,
               {"'" + value + "' is not from " + from + " to " + to + ".",
                "“" + value + "”不在 " + from + " 到 " + to + " 之间。"},
               {"Write a value from " + from + " to " + to + ".",
                "请填写 " + from + " 到 " + to + " 之间的值。"});
}

Reading read_number(const Field& field, std::string_view written) {
  const auto number = parse_number(written);
  if (!number) {
    return refused(field, written, {"no number", "不是数字"},
                   {"Write a number, as 12.5.", "请填写数字，如 12.5。"});
  }
  if (auto issue = outside(field, written, *number)) return {"", std::move(issue)};
  return {plain(*number), std::nullopt};
}

Reading read_integer(const Field& field, std::string_view written) {
  const auto number = parse_number(written);
  if (!number || *number != std::floor(*number) || std::abs(*number) > 9e15) {
    return refused(field, written, {"no whole number", "不是整数"},
                   {"Write a number without decimals, as 12.", "请填写整数，如 12。"});
  }
  if (auto issue = outside(field, written, *number)) return {"", std::move(issue)};
  return {std::to_string(static_cast<std::int64_t>(*number)), std::nullopt};
}

std::string major(std::int64_t minor) {
  const std::uint64_t size =
      minor < 0 ? 0 - static_cast<std::uint64_t>(minor) : static_cast<std::uint64_t>(minor);
  return fmt::format("{}{}.{:02}", minor < 0 ? "-" : "", size / 100, size % 100);
}

Reading read_money(const Field& field, std::string_view written) {
  const auto amount = parse_number(without_currency(written));
  if (!amount || std::abs(*amount) > kMostMoney) {
    return refused(field, written, {"no amount of money", "不是金额"},
                   {"Write an amount, as 1234.50.", "请填写金额，如 1234.50。"});
  }
  if (auto issue = outside(field, written, *amount)) return {"", std::move(issue)};
  const std::int64_t minor = std::llround(*amount * kMinorPerMajor);
  Reading out{std::to_string(minor), std::nullopt};
  if (std::abs(*amount * kMinorPerMajor - static_cast<double>(minor)) > kSameMinor) {
    const std::string value(written);
    out.issue = Issue{std::string(field.name),
                      value,
                      false,
                      {"'" + value + "' has more than two decimals: " + major(minor) + " is kept.",
                       "“" + value + "”多于两位小数，按 " + major(minor) + " 保存。"},
                      {"Write two decimals.", "请写两位小数。"}};
  }
  return out;
}

Reading read_moment(const Field& field, std::string_view written, bool with_time) {
  const auto moment = parse_moment(written);
  if (!moment) {
    return refused(field, written, {"no day of the calendar", "不是有效日期"},
                   with_time ? Sentence{"Write 2025-01-31 or 2025-01-31 14:30.",
                                        "请写成 2025-01-31 或 2025-01-31 14:30。"}
                             : Sentence{"Write 2025-01-31.", "请写成 2025-01-31。"});
  }
  return {format_date(moment->day) + (with_time ? moment->clock : ""), std::nullopt};
}

Reading read_truth(const Field& field, std::string_view written) {
  for (const std::string_view yes :
       {"yes", "Yes", "YES", "y", "Y", "true", "True", "TRUE", "1", "是", "有"}) {
    if (written == yes) return {"yes", std::nullopt};
  }
  for (const std::string_view no :
       {"no", "No", "NO", "n", "N", "false", "False", "FALSE", "0", "否"}) {
    if (written == no) return {"no", std::nullopt};
  }
  return refused(field, written, {"neither yes nor no", "既不是“是”也不是“否”"},
                 {"Write yes or no.", "请填写 是 或 否。"});
}

Reading read_choice(const Field& field, std::string_view written) {
  std::string en;
  std::string zh;
  for (const Choice& choice : field.choices) {
    if (written == choice.name || written == choice.label.en || written == choice.label.zh) {
      return {std::string(choice.name), std::nullopt};
    }
    en += (en.empty() ? "" : ", ") + std::string(choice.name);
    zh += (zh.empty() ? "" : "、") + std::string(choice.label.zh);
  }
  return refused(field, written, {"not one of the choices", "不在可选值之中"},
                 {"Write one of: " + en + ".", "请填写其中之一：" + zh + "。"});
}

Reading read_metric(const Field& field, std::string_view written) {
  const auto found = metrics::find(written);
  if (found.ok()) return {std::string((*found)->card.name), std::nullopt};
  for (const metrics::Metric* metric : metrics::all()) {
    if (written == metric->card.title.en || written == metric->card.title.zh) {
      return {std::string(metric->card.name), std::nullopt};
    }
  }
  const Error& error = found.error();
  return {"",
          wrong(field, written, {error.message, error.message_zh}, {error.hint, error.hint_zh})};
}

Reading read_text(const Field& field, std::string_view written) {
  if (written.size() <= kMostBytes) return {std::string(written), std::nullopt};
  const std::string size = std::to_string(written.size());
  return {"", wrong(field, std::string(written.substr(0, 40)) + "…",
                    {"The text has " + size + " bytes, over the limit of 4000 (kMostBytes).",
                     "文本有 " + size + " 字节，超过上限 4000（kMostBytes）。"},
                    {"Write less.", "请缩短文本。"})};
}

Reading read_period(const Field& field, std::string_view written) {
  if (const auto period = normal_period(written)) return {*period, std::nullopt};
  return refused(field, written, {"no year, quarter, month or day", "不是年、季、月或日"},
                 {"Write 2025, 2025-Q1, 2025-01 or 2025-01-31.",
                  "请写成 2025、2025-Q1、2025-01 或 2025-01-31。"});
}

}  // namespace

Reading read_value(const Field& field, std::string_view written) {
  const std::string_view text = clean_text(written);
  if (text.empty() || (field.type != FieldType::text && is_nothing(text))) {
    if (!field.required) return {};
    return {"", wrong(field, "",
                      {std::string(field.label.en) + " is missing.",
                       "缺少" + std::string(field.label.zh) + "。"},
                      field.hint.en.empty()
                          ? Sentence{"Write a value.", "请填写。"}
                          : Sentence{"Write " + std::string(field.hint.en) + ".",
                                     "请填写：" + std::string(field.hint.zh) + "。"})};
  }
  switch (field.type) {
    case FieldType::integer:
      return read_integer(field, text);
    case FieldType::number:
      return read_number(field, text);
    case FieldType::money:
      return read_money(field, text);
    case FieldType::date:
      return read_moment(field, text, false);
    case FieldType::moment:
      return read_moment(field, text, true);
    case FieldType::period:
      return read_period(field, text);
    case FieldType::truth:
      return read_truth(field, text);
    case FieldType::choice:
      return read_choice(field, text);
    case FieldType::metric:
      return read_metric(field, text);
    default:
      return read_text(field, text);
  }
}

std::string loadable(const Field& field, const std::string& value) {
  if (field.type != FieldType::money || value.empty()) return value;
  return major(std::stoll(value));
}

std::string shown(const Field& field, const std::string& value, Language language) {
  if (field.type == FieldType::truth && !value.empty()) {
    return std::string((value == "yes" ? Words{"yes", "是"} : Words{"no", "否"}).in(language));
  }
  for (const Choice& choice : field.choices) {
    if (choice.name == value) return std::string(choice.label.in(language));
  }
  if (field.type == FieldType::metric) {
    const auto metric = metrics::find(value);
    if (metric.ok()) return std::string((*metric)->card.title.in(language));
  }
  return loadable(field, value);
}

std::string key_of(const Form& form, const Values& values) {
  std::string key;
  for (std::size_t i = 0; i < form.fields.size(); ++i) {
    if (form.fields[i].key) key += values[i] + '\x1f';
  }
  return key;
}

std::string to_json(const Form& form, const Values& values) {
  nlohmann::json json = nlohmann::json::object();
  for (std::size_t i = 0; i < form.fields.size(); ++i) {
    if (!values[i].empty()) json[std::string(form.fields[i].name)] = values[i];
  }
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Values from_json(const Form& form, std::string_view text) {
  Values values(form.fields.size());
  const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return values;
  for (std::size_t i = 0; i < form.fields.size(); ++i) {
    const auto found = json.find(std::string(form.fields[i].name));
    if (found != json.end() && found->is_string()) values[i] = found->get<std::string>();
  }
  return values;
}

Sentence describe(const Form& form, const Values& values) {
  return describe_change(form, Values(form.fields.size()), values);
}

Sentence describe_change(const Form& form, const Values& before, const Values& after) {
  Sentence out;
  const auto part = [&](const Field& field, std::size_t i, Language language) {
    const std::string was = shown(field, before[i], language);
    const std::string is = shown(field, after[i], language);
    const std::string value = was.empty() ? is : was + " → " + (is.empty() ? "—" : is);
    return std::string(field.label.in(language)) + " " + value;
  };
  for (std::size_t i = 0; i < form.fields.size(); ++i) {
    if (before[i] == after[i]) continue;
    out.en += (out.en.empty() ? "" : "; ") + part(form.fields[i], i, Language::en);
    out.zh += (out.zh.empty() ? "" : "；") + part(form.fields[i], i, Language::zh);
  }
  return out;
}

}  // namespace huitou::forms
