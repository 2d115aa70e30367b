#include "commands/commands.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "commands/json_text.h"
#include "commands/spelling.h"

namespace huitou::commands {
namespace {

const Command kProbe{
    .name = "probe",
    .params = {{.name = "days",
                .type = ParamType::integer,
                .doc = {"how long", "多久"},
                .fallback = "30",
                .at_least = 1,
                .at_most = 365},
               {.name = "from", .type = ParamType::date, .doc = {"first day", "首日"}},
               {.name = "by",
                .type = ParamType::choice,
                .doc = {"step", "步长"},
                .choices = {"day", "week", "month"}},
               {.name = "share", .type = ParamType::number, .doc = {"share", "比例"}},
               {.name = "quiet", .type = ParamType::boolean, .doc = {"quiet", "安静"}},
               {.name = "names", .doc = {"names", "名称"}, .required = true, .repeated = true}},
};

std::string refusal(RawArgs args) {
  const auto checked = check(kProbe, std::move(args));
  return checked.ok() ? "accepted" : describe(checked.error());
}

TEST(Check, FillsInDefaultsAndKeepsValues) {
  const auto args =
      check(kProbe, {{"names", {"a", "b"}}, {"quiet", {""}}, {"from", {"2025-01-31"}}});
  ASSERT_TRUE(args.ok());
  EXPECT_EQ(args->integer("days"), 30);
  EXPECT_EQ(args->list("names"), (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(args->boolean("quiet"));
  EXPECT_EQ(args->date("from"), date_of({2025, 1, 31}));
  EXPECT_FALSE(args->has("by"));
}

TEST(Check, SaysWhatIsWrongAndWhatWouldBeRight) {
  EXPECT_EQ(refusal({}), "'probe' needs names. names: names.");
  EXPECT_EQ(
      refusal({{"names", {"a"}}, {"form", {"2025-01-01"}}}),
      "'probe' has no parameter 'form'. Did you mean 'from'? It takes: days, from, by, share, "
      "quiet, names.");
  EXPECT_EQ(refusal({{"names", {"a"}}, {"days", {"1.5"}}}),
            "days = '1.5' is not a whole number. days: how long.");
  EXPECT_EQ(refusal({{"names", {"a"}}, {"days", {"366"}}}),
            "days = '366' is not between 1 and 365. days: how long.");
  EXPECT_EQ(refusal({{"names", {"a"}}, {"by", {"mnth"}}}),
            "by = 'mnth' is not known. Did you mean 'month'? It is one of: day, week, month.");
  EXPECT_EQ(refusal({{"names", {"a"}}, {"from", {"2025-02-30"}}}),
            "from = '2025-02-30' is not a day written as 2025-01-31. from: first day.");
  EXPECT_EQ(refusal({{"names", {"a"}}, {"share", {"nan"}}}),
            "share = 'nan' is not a number. share: share.");
  EXPECT_EQ(refusal({{"names", {"a"}}, {"quiet", {"maybe"}}}),
            "quiet = 'maybe' is not true or false. quiet: quiet.");
  EXPECT_EQ(refusal({{"names", {"a"}}, {"days", {"1", "2"}}}),
            "days is given 2 times. Give it once.");
}

TEST(Check, RefusesInChineseToo) {
  const auto refused = check(kProbe, {{"names", {"a"}}, {"by", {"mnth"}}});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(describe(refused.error(), true),
            "by = “mnth”无法识别。 您是否想用“month”？可选值：day, week, month。");
}

TEST(Spelling, KnowsWhatWasMeant) {
  EXPECT_EQ(nearest("metrc", {"metric", "analyse"}), "metric");
  EXPECT_EQ(nearest("xyz", {"metric", "analyse"}), std::nullopt);
}

Answer sample() {
  Answer answer;
  Column month = make_column("month", ColumnType::date);
  Column rate = make_column("rate", ColumnType::real);
  Column net = make_column("net_minor", ColumnType::integer);
  Column name = make_column("name", ColumnType::text);
  month.push_integer(date_of({2025, 1, 1}).days);
  rate.push_real(0.1);
  net.push_integer(123456789);
  name.push_text("=1+1 \"猫粮\"");
  month.push_null();
  rate.push_null();
  net.push_integer(-5);
  name.push_null();
  answer.frame.columns = {month, rate, net, name};
  answer.columns = {{"month", Unit::date, Role::dimension, {"Month", "月份"}},
                    {"rate", Unit::ratio, Role::value, {"Rate", "复购率"}},
                    {"net_minor", Unit::minor, Role::detail, {"Net", "净额"}},
                    {"name", Unit::none, Role::detail, {"", ""}}};
  answer.notes = {{"some", {"31 % have none", "31 % 没有"}}};
  answer.view = View::curve;
  answer.currency = "CNY";
  return answer;
}

constexpr std::string_view kSampleJson =
    R"({"columns":[{"name":"month","unit":"date","role":"dimension","label":{"en":"Month","zh":"月份"}},)"
    R"({"name":"rate","unit":"ratio","role":"value","label":{"en":"Rate","zh":"复购率"}},)"
    R"({"name":"net_minor","unit":"minor","role":"detail","label":{"en":"Net","zh":"净额"}},)"
    R"({"name":"name","unit":"none","role":"detail","label":{"en":"","zh":""}}],)"
    R"("rows":[["2025-01-01",0.1,123456789,"=1+1 \"猫粮\""],[null,null,-5,null]],)"
    R"("notes":[{"code":"some","en":"31 % have none","zh":"31 % 没有"}],"view":"curve","currency":"CNY"})";

TEST(Json, HasTheAgreedShape) { EXPECT_EQ(answer_json(sample()), kSampleJson); }

TEST(Json, ReadsBackToTheSameAnswer) {
  const auto back = parse_answer_json(kSampleJson);
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(answer_json(*back), kSampleJson);
}

TEST(Json, AnErrorReadsBackAsThatError) {
  const Error error{Code::not_enough_data, "m", "h", "信息", "提示"};
  const auto back = parse_answer_json(error_json(error));
  ASSERT_FALSE(back.ok());
  EXPECT_EQ(back.error().code, Code::not_enough_data);
  EXPECT_EQ(back.error().hint_zh, "提示");
  EXPECT_EQ(parse_answer_json("<html>").error().code, Code::engine_failed);
  EXPECT_EQ(parse_answer_json("{}").error().code, Code::engine_failed);
}

TEST(Json, DoublesRoundTripAndTextIsAlwaysUtf8) {
  for (const double value : {0.1, 1.0 / 3, 1e300, 5e-324, -0.0, 123456789.123456789}) {
    std::string text;
    append_json(text, value);
    EXPECT_EQ(std::stod(text == "5e-324" ? "0" : text), text == "5e-324" ? 0 : value);
  }
  std::string none;
  append_json(none, std::nan(""));
  EXPECT_EQ(none, "null");
  EXPECT_EQ(json_string("a\xFF\n\x01\xC0\x80"),
            "\"a\xEF\xBF\xBD\\u000a\\u0001\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

TEST(Json, ArgumentsAreTextsNumbersAndLists) {
  const auto args =
      parse_args_json(R"({"days": 90, "by": "月", "x": null, "all": true, "c": ["a", 2]})");
  ASSERT_TRUE(args.ok());
  EXPECT_EQ(*args,
            (RawArgs{{"days", {"90"}}, {"by", {"月"}}, {"all", {"true"}}, {"c", {"a", "2"}}}));
  EXPECT_EQ(parse_args_json("{").error().message, "The body is not JSON.");
  EXPECT_EQ(parse_args_json("[1]").error().message, "The arguments are not a JSON object.");
  EXPECT_FALSE(parse_args_json(R"({"a": {"b": 1}})").ok());
  EXPECT_FALSE(parse_batch_json(R"([{"args": {}}])").ok());
  EXPECT_EQ(parse_batch_json(R"([{"command": "status"}])")->size(), 1u);
}

TEST(Print, TheTableAlignsChineseAndShowsUnits) {
  EXPECT_EQ(print(sample(), {.language = Language::zh}),
            "月份         复购率    净额 (CNY)  name\n"
            "──────────  ───────  ────────────  ───────────\n"
            "2025-01-01  10.00 %  1,234,567.89  =1+1 \"猫粮\"\n"
            "-                 -         -0.05  -\n"
            "\n注：31 % 没有\n");
}

TEST(Print, CsvKeepsRawValuesAndDefusesFormulas) {
  EXPECT_EQ(print(sample(), {.format = Format::csv}),
            "month,rate,net_minor,name\r\n"
            "2025-01-01,0.1,1234567.89,\"'=1+1 \"\"猫粮\"\"\"\r\n"
            ",,-0.05,\r\n");
  EXPECT_TRUE(print(sample(), {.format = Format::csv, .byte_order_mark = true})
                  .starts_with("\xEF\xBB\xBF"));
}

TEST(Print, NothingIsADashAndNoRowsIsSaid) {
  EXPECT_EQ(print(Answer{}, {}), "No rows.\n");
  EXPECT_EQ(format_figure(std::nan(""), Unit::ratio, Language::en), "-");
  EXPECT_EQ(format_figure(-0.0123, Unit::points, Language::zh), "-1.23 个百分点");
  EXPECT_EQ(format_figure(1770, Unit::number, Language::en), "1,770");
  EXPECT_EQ(format_figure(0.125, Unit::number, Language::en), "0.125");
  EXPECT_EQ(format_figure(1234567.8, Unit::count, Language::en), "1,234,568");
}

Answer text_answer(const std::vector<std::string>& names) {
  Answer answer;
  for (const std::string& name : names) {
    answer.frame.columns.push_back(make_column(name, ColumnType::text));
    answer.frame.columns.back().push_text(name);
    answer.columns.push_back({name});
  }
  return answer;
}

TEST(Print, AReaderSeesTextsInOneLanguage) {
  const Answer both = text_answer({"segment", "segment_zh", "hint_en", "hint_zh", "zh"});
  EXPECT_EQ(print(both, {.format = Format::md, .language = Language::en}),
            "| segment | hint_en | zh |\n|---|---|---|\n| segment | hint_en | zh |\n");
  EXPECT_EQ(print(both, {.format = Format::md, .language = Language::zh}),
            "| segment_zh | hint_zh | zh |\n|---|---|---|\n| segment_zh | hint_zh | zh |\n");
}

TEST(Print, ARowMayHaveItsOwnUnit) {
  Answer answer = text_answer({"unit"});
  answer.frame.columns[0] = make_column("unit", ColumnType::text);
  answer.frame.columns.push_back(make_column("value", ColumnType::real));
  for (const auto& [unit, value] :
       {std::pair{"ratio", 0.25}, {"minor", 123456.0}, {"count", 1770.0}}) {
    answer.frame.columns[0].push_text(unit);
    answer.frame.columns[1].push_real(value);
  }
  answer.columns.push_back({"value"});
  EXPECT_EQ(print(answer, {.format = Format::md}),
            "| value |\n|---:|\n| 25.00 % |\n| 1,234.56 |\n| 1,770 |\n");
}

TEST(Print, MarkdownEscapesBars) {
  Answer answer;
  answer.frame.columns.push_back(make_column("a", ColumnType::text));
  answer.frame.columns[0].push_text("x|y\nz");
  answer.columns = {{"a"}};
  EXPECT_EQ(print(answer, {.format = Format::md}), "| a |\n|---|\n| x\\|y z |\n");
}

// An answer that was kept must not be found again once it would be another one.
TEST(Kept, AnswersDependOnTheSettings) {
  Settings settings;
  std::set<std::string> marks{settings_mark(settings)};
  settings.week_start = WeekStart::sunday;
  marks.insert(settings_mark(settings));
  settings.currency = "GBP";
  marks.insert(settings_mark(settings));
  settings.time_zone = "Europe/London";
  marks.insert(settings_mark(settings));
  EXPECT_EQ(marks.size(), 4U);
}

TEST(Catalogue, EveryCommandIsCompleteAndFoundByItsName) {
  std::set<std::string_view> names;
  for (const Command* command : all()) {
    SCOPED_TRACE(command->name);
    EXPECT_TRUE(names.insert(command->name).second);
    for (const Words words : {command->title, command->doc}) {
      EXPECT_FALSE(words.en.empty());
      EXPECT_FALSE(words.zh.empty());
    }
    EXPECT_FALSE(command->examples.empty());
    EXPECT_EQ(command->run == nullptr, command->kind == Kind::local);
    std::set<std::string_view> params;
    for (const Param& param : command->params) {
      SCOPED_TRACE(param.name);
      EXPECT_TRUE(params.insert(param.name).second);
      EXPECT_FALSE(param.doc.en.empty());
      EXPECT_FALSE(param.doc.zh.empty());
      EXPECT_EQ(param.type == ParamType::choice, !param.choices.empty());
      EXPECT_FALSE(param.required && !param.fallback.empty());
    }
    const auto found = find(command->name);
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(*found, command);
  }
  EXPECT_NE(find("statsu").error().hint.find("Did you mean 'status'?"), std::string::npos);
}

TEST(Catalogue, TheGeneratedTextsHoldEveryCommand) {
  const auto files = generated_files();
  for (const Command* command : all()) {
    const std::string name = json_string(command->name);
    EXPECT_NE(catalogue_json().find("\"name\":" + name), std::string::npos);
    EXPECT_NE(files.at("web/src/shared/api/commands.ts").find("| " + name), std::string::npos);
    EXPECT_NE(files.at("docs/reference/commands.md").find("\n## " + std::string(command->name)),
              std::string::npos);
  }
}

}  // namespace
}  // namespace huitou::commands
