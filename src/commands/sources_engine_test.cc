// Sources and mappings as commands: drafts, tests, secrets.

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "commands/commands.h"

namespace huitou::commands {
namespace {

namespace fs = std::filesystem;

class SourcesTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    home_ = (fs::temp_directory_path() / ("huitou_sources_" + std::to_string(getpid()))).string();
    fs::remove_all(home_);
    auto shop = open_shop(home_);
    ASSERT_TRUE(shop.ok()) << describe(shop.error());
    shop_ = std::move(*shop);
    fs::create_directories(home_ + "/tills");
    std::ofstream(home_ + "/tills/a.csv")
        << "单号,会员,日期,金额,实际\nT1,m1,2025-03-01,999,0.50\nT2,m2,2025-03-02,999,1.50\n";
  }
  static void TearDownTestSuite() {
    shop_.reset();
    fs::remove_all(home_);
  }
  static Answer run(std::string_view command, RawArgs args) {
    const auto answer = commands::run(*shop_, {command, std::move(args), Language::en}, Progress());
    EXPECT_TRUE(answer.ok()) << describe(answer.error());
    return answer.ok() ? *answer : Answer{};
  }
  static Error refusal(std::string_view command, RawArgs args) {
    const auto answer = commands::run(*shop_, {command, std::move(args), Language::en}, Progress());
    EXPECT_FALSE(answer.ok());
    return answer.ok() ? Error{} : answer.error();
  }
  static std::vector<std::string> texts(const Answer& answer, std::string_view column) {
    std::vector<std::string> out;
    for (std::size_t row = 0; row < answer.frame.rows(); ++row) {
      out.push_back(answer.frame.text(std::string(column), row).value_or(""));
    }
    return out;
  }
  static std::string file() { return home_ + "/tills/a.csv"; }
  static RawArgs shop_db(RawArgs more) {
    more["name"] = {"shop"};
    more["kind"] = {"mysql"};
    more["set"] = {"host=127.0.0.1", "database=d", "user=u", "table=t"};
    return more;
  }

  static std::string home_;
  static std::unique_ptr<Shop> shop_;
};
std::string SourcesTest::home_;
std::unique_ptr<Shop> SourcesTest::shop_;

TEST_F(SourcesTest, ADraftSaysWhatIsWrong) {
  const Answer wrong =
      run("preview",
          {{"files", {file()}}, {"draft", {"columns: {金额: ignore}"}}, {"part", {"problems"}}});
  EXPECT_EQ(texts(wrong, "code"), std::vector<std::string>{"missing_field"});
  EXPECT_EQ(texts(wrong, "blocks"), std::vector<std::string>{"true"});
  const Answer guess = run("preview", {{"files", {file()}}, {"part", {"guess"}}});
  EXPECT_EQ(texts(guess, "guess").at(3), "paid");
  const Answer rows = run(
      "preview", {{"files", {file()}}, {"draft", {"columns: {实际: paid}"}}, {"part", {"rows"}}});
  EXPECT_EQ(rows.frame.integer("gross_minor", 1), 150);
}

TEST_F(SourcesTest, AMappingGivenAsTextIsLoaded) {
  const Answer loaded =
      run("load", {{"files", {file()}},
                   {"dry_run", {"true"}},
                   {"mapping_text",
                    {"table: orders\ncolumns: {单号: order_key, 日期: ordered_at, 实际: paid}"}}});
  EXPECT_EQ(loaded.frame.integer("rows_loaded", 0), 2);
  EXPECT_EQ(refusal("load", {{"files", {file()}}, {"mapping_text", {"table: nonsense"}}}).code,
            Code::invalid_input);
}

TEST_F(SourcesTest, ATestNeedsNothingToBeSaved) {
  const RawArgs tills{{"name", {"till"}}, {"kind", {"files"}}, {"path", {home_ + "/tills"}}};
  EXPECT_EQ(texts(run("sources look", tills), "field").front(), "order_key");
  EXPECT_EQ(run("sources list", {}).frame.rows(), 0U);
  run("sources add", tills);
  EXPECT_EQ(texts(run("sources look", {{"name", {"till"}}}), "column").size(), 5U);
  const Answer shown = run("sources show", {{"name", {"till"}}, {"part", {"settings"}}});
  EXPECT_EQ(texts(shown, "value").front(), "files");
  run("sources remove", {{"name", {"till"}}});
}

TEST_F(SourcesTest, ASecretGoesInAndNeverComesOut) {
  run("sources add", shop_db({{"secret", {"password=hush=1"}}, {"look", {"false"}}}));
  std::ifstream in(home_ + "/secrets.toml");
  std::string line;
  std::getline(in, line);
  EXPECT_EQ(line, "shop_password = \"hush=1\"");
  for (const char* part : {"settings", "description"}) {
    const Answer shown = run("sources show", {{"name", {"shop"}}, {"part", {part}}});
    EXPECT_EQ(answer_json(shown).find("hush"), std::string::npos) << part;
  }
  const Answer settings = run("sources show", {{"name", {"shop"}}, {"part", {"settings"}}});
  EXPECT_NE(answer_json(settings).find("[\"secret\",\"password\",\"***\"]"), std::string::npos);
  // Nothing listens there; what is said of it says no secret.
  const Error error = refusal("sources look", shop_db({{"secret", {"password=hush=2"}}}));
  EXPECT_EQ(describe(error).find("hush"), std::string::npos);
  EXPECT_EQ(describe(refusal("sources add", shop_db({{"secret", {"hush"}}}))).find("hush"),
            std::string::npos);
  run("sources remove", {{"name", {"shop"}}});
}

TEST_F(SourcesTest, TheCatalogueHasWhatAFormNeeds) {
  const std::string catalogue = catalogue_json();
  EXPECT_NE(catalogue.find("\"secrets\":[\"password\"]"), std::string::npos);
  EXPECT_NE(catalogue.find("\"tables\":[\"surveys\"]"), std::string::npos);
}

}  // namespace
}  // namespace huitou::commands
