#include <gtest/gtest.h>

#include <algorithm>

#include "cli/cli.h"

namespace huitou::cli {
namespace {

std::string no_environment(const char*) { return ""; }
std::string chinese_environment(const char* name) {
  return std::string_view(name) == "LANG" ? "zh_CN.UTF-8" : "";
}

Result<Invocation> parse_words(const std::vector<std::string>& words) {
  return parse(words, no_environment);
}

TEST(Arguments, OptionsOfEveryCommandStandAnywhere) {
  for (const auto& words :
       {std::vector<std::string>{"--home", "shop", "--format=json", "status"},
        std::vector<std::string>{"status", "--format", "json", "--home=shop"}}) {
    const auto parsed = parse_words(words);
    ASSERT_TRUE(parsed.ok()) << describe(parsed.error());
    EXPECT_EQ(parsed->home, "shop");
    EXPECT_EQ(parsed->format, commands::Format::json);
    EXPECT_EQ(parsed->command->name, "status");
    EXPECT_TRUE(parsed->args.empty());
  }
}

TEST(Arguments, DashesBecomeUnderscoresAndBareFlagsTrue) {
  const auto parsed = parse_words({"init", "--time-zone", "Europe/London", "--currency=GBP"});
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(parsed->args,
            (commands::RawArgs{{"currency", {"GBP"}}, {"time_zone", {"Europe/London"}}}));
}

TEST(Arguments, AFlagMayBeFollowedByItsValue) {
  const auto bare = parse_words({"metric", "--explain", "buyers"});
  ASSERT_TRUE(bare.ok());
  EXPECT_EQ(bare->args, (commands::RawArgs{{"explain", {"true"}}, {"metric", {"buyers"}}}));
  const auto told = parse_words({"metric", "buyers", "--merge-days", "false", "--explain=false"});
  ASSERT_TRUE(told.ok());
  EXPECT_EQ(told->args,
            (commands::RawArgs{
                {"explain", {"false"}}, {"merge_days", {"false"}}, {"metric", {"buyers"}}}));
}

TEST(Arguments, RefusalsNameWhatWasTyped) {
  EXPECT_EQ(parse_words({"stauts"}).error().code, Code::not_found);
  EXPECT_NE(parse_words({"stauts"}).error().hint.find("'status'"), std::string::npos);
  EXPECT_EQ(parse_words({"--verbose", "status"}).error().message, "'--verbose' is not an option.");
  EXPECT_EQ(parse_words({"status", "extra"}).error().message,
            "'status' does not know what to do with 'extra'.");
  EXPECT_EQ(parse_words({"status", "--home"}).error().message, "--home needs a value.");
  EXPECT_EQ(parse_words({"--format", "xml", "status"}).error().hint,
            "It is one of: table, json, csv, md.");
}

TEST(Arguments, AnUnknownOptionIsLeftToTheCheck) {
  const auto parsed = parse_words({"init", "--curency", "GBP"});
  EXPECT_FALSE(parsed.ok());
  const auto alone = parse_words({"init", "--curency=GBP"});
  ASSERT_TRUE(alone.ok());
  EXPECT_NE(commands::check(*alone->command, alone->args).error().hint.find("'currency'"),
            std::string::npos);
}

TEST(Arguments, TheLanguageComesFromTheEnvironmentOrTheOption) {
  EXPECT_EQ(parse({}, chinese_environment)->language, Language::zh);
  EXPECT_EQ(parse({"--lang", "en"}, chinese_environment)->language, Language::en);
  EXPECT_EQ(parse({}, no_environment)->language, Language::en);
}

TEST(Parse, AnAnswerCanGoIntoAFile) {
  EXPECT_EQ(parse({"status", "--output", "a.xlsx"}, no_environment)->output, "a.xlsx");
  EXPECT_EQ(parse({"--output=b.csv", "status"}, no_environment)->output, "b.csv");
  EXPECT_EQ(parse({"status"}, no_environment)->output, "");
  EXPECT_FALSE(parse({"status", "--output"}, no_environment).ok());
}

TEST(Help, NamesEveryCommandInBothLanguages) {
  for (const Language language : {Language::en, Language::zh}) {
    Invocation invocation;
    invocation.language = language;
    const std::string text = help(invocation);
    for (const commands::Command* command : commands::all()) {
      EXPECT_NE(text.find(command->name), std::string::npos);
      EXPECT_NE(text.find(command->title.in(language)), std::string::npos);
    }
  }
}

TEST(Help, OfACommandNamesEveryParameter) {
  for (const commands::Command* command : commands::all()) {
    Invocation invocation;
    invocation.command = command;
    const std::string text = help(invocation);
    for (const Param& param : command->params) {
      std::string dashed(param.name);
      std::replace(dashed.begin(), dashed.end(), '_', '-');
      EXPECT_NE(text.find(param.positional ? std::string(param.name) : "--" + dashed),
                std::string::npos);
    }
  }
}

TEST(ProgressLine, ShowsShareRateAndTimeLeft) {
  const Step step{{"Reading", "读取"}, 3'000'000, 4'000'000, {"rows", "行"}};
  EXPECT_EQ(progress_line(step, {.seconds = 2, .begun = 1'000'000}, Language::en),
            "Reading [##################------]  75 %  1.0 M rows/s  00:01 left");
  EXPECT_EQ(progress_line({{"Reading", "读取"}, 0, 0, {"rows", "行"}}, {}, Language::zh), "读取");
}

}  // namespace
}  // namespace huitou::cli
