// First pages that are kept while a mapping is written, and secrets that are typed in.

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "sync/secrets.h"
#include "sync/sync.h"

namespace huitou::sync {
namespace {

namespace fs = std::filesystem;

TEST(LooksTest, AsksTheSourceOnceUntilThePageIsOld) {
  Looks looks;
  int pulls = 0;
  const auto pull = [&]() -> Result<Looks::Known> {
    ++pulls;
    return Looks::Known(std::make_shared<const FirstPage>(FirstPage{{}, connectors::Page(1)}));
  };
  ASSERT_TRUE(looks.page(7, 1000, pull).ok());
  ASSERT_TRUE(looks.page(7, 1000 + Looks::kLookSeconds, pull).ok());
  EXPECT_EQ(pulls, 1);
  ASSERT_TRUE(looks.page(8, 1000, pull).ok());
  EXPECT_EQ(pulls, 2);
  ASSERT_TRUE(looks.page(7, 1001 + Looks::kLookSeconds, pull).ok());
  EXPECT_EQ(pulls, 3);
}

TEST(LooksTest, KeepsNoErrorAndOnlySoManyPages) {
  Looks looks;
  int pulls = 0;
  const auto fail = [&]() -> Result<Looks::Known> {
    ++pulls;
    return Error{Code::unavailable, "no", "", "", ""};
  };
  EXPECT_FALSE(looks.page(1, 0, fail).ok());
  EXPECT_FALSE(looks.page(1, 0, fail).ok());
  EXPECT_EQ(pulls, 2);
  const auto pull = [&]() -> Result<Looks::Known> {
    ++pulls;
    return Looks::Known(std::make_shared<const FirstPage>(FirstPage{{}, connectors::Page(1)}));
  };
  for (std::uint64_t key = 0; key <= Looks::kMostLooks; ++key) {
    ASSERT_TRUE(looks.page(key, static_cast<std::int64_t>(key), pull).ok());
  }
  const int before = pulls;
  ASSERT_TRUE(looks.page(0, 9, pull).ok());  // the oldest made room
  EXPECT_EQ(pulls, before + 1);
}

class SecretsTest : public testing::Test {
 protected:
  void SetUp() override {
    home_ = fs::path(testing::TempDir()) /
            ("huitou_secrets_" + std::to_string(getpid()) + "_" +
             testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(home_);
    auto engine = engine::open_chdb({});
    ASSERT_TRUE(engine.ok());
    engine_ = std::move(*engine);
    auto store = store::open_sqlite(":memory:");
    ASSERT_TRUE(store.ok());
    store_ = std::move(*store);
  }
  void TearDown() override { fs::remove_all(home_); }

  Place place(connectors::Settings secrets = {}) {
    return {.engine = *engine_,
            .store = *store_,
            .home = home_.string(),
            .environment = [](const std::string&) { return std::string(); },
            .secrets = std::move(secrets)};
  }
  std::string file() const { return (home_ / "secrets.toml").string(); }
  std::string text() const {
    std::stringstream out;
    out << std::ifstream(file()).rdbuf();
    return out.str();
  }
  static Source shop() {
    return {.name = "shop",
            .kind = "mysql",
            .settings = {{"host", {"db"}}, {"database", {"d"}}, {"user", {"u"}}, {"table", {"t"}}}};
  }

  fs::path home_;
  std::unique_ptr<engine::Engine> engine_;
  std::unique_ptr<store::Store> store_;
};

TEST_F(SecretsTest, AreKeptForTheirOwnerOnlyAndFoundAgain) {
  const std::string odd = "p\"a\\s 'w' = 密码#";
  ASSERT_TRUE(keep_secrets(place({{"password", {odd}}}), shop()).ok());
  struct stat about {};
  ASSERT_EQ(stat(file().c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0600U);
  const auto settings = with_secrets(place(), shop());
  ASSERT_TRUE(settings.ok()) << describe(settings.error());
  EXPECT_EQ(settings->at("password").front(), odd);
  EXPECT_EQ(*known_secrets(place(), shop()), std::vector<std::string>{"password"});
  EXPECT_FALSE(fs::exists(file() + ".tried"));
}

TEST_F(SecretsTest, ReplaceTheirOwnLineAndNoOther) {
  std::ofstream(file()) << "# mine\nother = \"x\"\nshop_password = \"old\"\n";
  fs::permissions(file(), fs::perms::owner_read | fs::perms::owner_write);
  ASSERT_TRUE(keep_secrets(place({{"password", {"new"}}}), shop()).ok());
  EXPECT_EQ(text(), "# mine\nother = \"x\"\nshop_password = \"new\"\n");
}

TEST_F(SecretsTest, KeepTheNameThatTheSourceHasForThem) {
  Source named = shop();
  named.settings["password"] = {"common_db"};
  ASSERT_TRUE(keep_secrets(place({{"password", {"s3"}}}), named).ok());
  EXPECT_EQ(text(), "common_db = \"s3\"\n");
}

TEST_F(SecretsTest, GivenNowGoBeforeThoseThatAreKept) {
  ASSERT_TRUE(keep_secrets(place({{"password", {"old"}}}), shop()).ok());
  EXPECT_EQ(with_secrets(place({{"password", {"new"}}}), shop())->at("password").front(), "new");
  EXPECT_EQ(text(), "shop_password = \"old\"\n");
}

TEST_F(SecretsTest, OfASettingThatIsNoneAreRefused) {
  const auto kept = keep_secrets(place({{"host", {"hush"}}}), shop());
  ASSERT_FALSE(kept.ok());
  EXPECT_EQ(kept.error().code, Code::invalid_input);
  EXPECT_EQ(describe(kept.error()).find("hush"), std::string::npos);
  EXPECT_FALSE(fs::exists(file()));
}

TEST_F(SecretsTest, ThatAreNoTextChangeNothing) {
  std::ofstream(file()) << "other = \"x\"\n";
  fs::permissions(file(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_FALSE(keep_secrets(place({{"password", {"\xff\xfe"}}}), shop()).ok());
  EXPECT_EQ(text(), "other = \"x\"\n");
}

}  // namespace
}  // namespace huitou::sync
