// The real program, as a person or a script calls it.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <thread>

#include "commands/commands.h"

namespace huitou::cli {
namespace {

struct Outcome {
  int exit = -1;
  std::string out;  ///< both streams
};

class ProgramTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "huitou_program_" + std::to_string(getpid());
    std::filesystem::create_directories(folder_);
    std::ofstream file(folder_ + "/orders.csv");
    file << "订单编号,买家会员名,订单创建时间,买家实际支付金额,订单状态\n"
            "1,anna,2025-01-05 10:00:00,100.00,交易成功\n"
            "2,anna,2025-02-01 10:00:00,80.00,交易成功\n"
            "3,ben,2025-01-09 09:30:00,50.50,交易成功\n"
            "4,cara,not a day,50.50,交易成功\n";
    for (int i = 5; i < 20; ++i) file << i << ",dora,2024-06-01 10:00:00,9.00,交易成功\n";
  }
  void TearDown() override {
    stop_server();
    std::filesystem::remove_all(folder_);
  }

  Outcome run(const std::string& words) const {
    const std::string command =
        "LANG=C LC_ALL=C '" HUITOU_PROGRAM "' --home '" + folder_ + "/home' " + words + " 2>&1";
    Outcome result;
    FILE* pipe = popen(command.c_str(), "r");
    std::array<char, 4096> bytes{};
    for (std::size_t read = 0; (read = fread(bytes.data(), 1, bytes.size(), pipe)) > 0;) {
      result.out.append(bytes.data(), read);
    }
    result.exit = WEXITSTATUS(pclose(pipe));
    return result;
  }

  void start_server() {
    server_ = fork();
    if (server_ == 0) {
      const std::string home = folder_ + "/home";
      if (freopen((folder_ + "/serve.log").c_str(), "w", stdout) == nullptr) _exit(1);
      execl(HUITOU_PROGRAM, "huitou", "--home", home.c_str(), "serve", "--port", "0", nullptr);
      _exit(1);
    }
    for (int i = 0; i < 1200 && !commands::running_server(folder_ + "/home"); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    ASSERT_TRUE(commands::running_server(folder_ + "/home").has_value());
  }
  void stop_server() {
    if (server_ <= 0) return;
    kill(server_, SIGTERM);
    int status = 0;
    waitpid(server_, &status, 0);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    server_ = 0;
  }

  std::string folder_;
  pid_t server_ = 0;
};

TEST_F(ProgramTest, FromAFileToFigures) {
  const Outcome loaded = run("load '" + folder_ + "/orders.csv' --format json");
  ASSERT_EQ(loaded.exit, 0) << loaded.out;
  const auto answer = commands::parse_answer_json(loaded.out);
  ASSERT_TRUE(answer.ok()) << loaded.out;
  EXPECT_EQ(answer->frame.integer("rows_read", 0), 19);
  EXPECT_EQ(answer->frame.integer("rows_loaded", 0), 18);
  const Outcome rate = run("metric 复购率 --from 2025-01-01 --to 2025-02-01 --format csv");
  EXPECT_EQ(rate.exit, 0) << rate.out;
  EXPECT_TRUE(rate.out.starts_with("repurchase_rate,")) << rate.out;
  EXPECT_NE(rate.out.find("\r\n0,"), std::string::npos) << rate.out;
  const Outcome longer =
      run("metric repurchase_rate --from 2025-01-01 --to 2025-02-02 --format csv");
  EXPECT_NE(longer.out.find("\r\n0.5,"), std::string::npos) << longer.out;
  const Outcome quality = run("quality");
  EXPECT_NE(quality.out.find("not a day"), std::string::npos) << quality.out;
  EXPECT_EQ(run("report").exit, 0);
  EXPECT_EQ(run("verify").exit, 0);
}

TEST_F(ProgramTest, TheExitCodeTellsWhatWentWrong) {
  EXPECT_EQ(run("metric repurchase_rate --form 2025-01-01").exit, 2);
  EXPECT_EQ(run("metrc").exit, 4);
  EXPECT_EQ(run("metric buyers").exit, 7);
  EXPECT_NE(run("load '" + folder_ + "/missing.csv'").exit, 0);
  EXPECT_EQ(run("--help").exit, 0);
  EXPECT_EQ(run("--version").out, "huitou 0.1.0\n");
}

TEST_F(ProgramTest, WhileAServerOwnsTheHomeCommandsGoToIt) {
  ASSERT_EQ(run("load '" + folder_ + "/orders.csv'").exit, 0);
  const std::string question =
      "metric buyers orders --from 2025-01-01 --to 2025-03-01 --format json";
  const Outcome alone = run(question);
  ASSERT_EQ(alone.exit, 0) << alone.out;
  start_server();
  const Outcome served = run(question);
  EXPECT_EQ(served.out, alone.out);
  const Outcome again = run("load '" + folder_ + "/orders.csv' --force --format json");
  EXPECT_EQ(again.exit, 0) << again.out;
  EXPECT_TRUE(commands::parse_answer_json(again.out).ok()) << again.out;
  EXPECT_EQ(run("metric nothing").exit, 4);
  const auto rights = std::filesystem::status(folder_ + "/home/server.json").permissions();
  EXPECT_EQ(rights, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  stop_server();
  EXPECT_FALSE(std::filesystem::exists(folder_ + "/home/server.json"));
  EXPECT_EQ(run(question).out, alone.out);
}

TEST_F(ProgramTest, AMisspeltSettingIsNamedWithItsLine) {
  ASSERT_EQ(run("init --time-zone Europe/London --currency GBP").exit, 0);
  EXPECT_NE(run("status").out.find("Europe/London"), std::string::npos);
  std::ofstream(folder_ + "/home/huitou.toml")
      << "time_zone = \"Asia/Shanghai\"\ncurency = \"CNY\"\n";
  const Outcome refused = run("status");
  EXPECT_EQ(refused.exit, 2);
  EXPECT_NE(refused.out.find("line 2: 'curency' is not a setting. Did you mean 'currency'?"),
            std::string::npos)
      << refused.out;
  EXPECT_EQ(run("--home '" + folder_ + "/other' init --time-zone Mars/Olympus").exit, 2);
}

TEST_F(ProgramTest, WeeksBeginWhereTheShopSaysSo) {
  ASSERT_EQ(run("init --week-start sunday").exit, 0);
  EXPECT_NE(run("status").out.find("sunday"), std::string::npos);
  std::ofstream(folder_ + "/orders.csv") << "order_no,customer,ordered_on,amount\n"
                                            "1,anna,2025-01-05,10\n2,anna,2025-01-06,10\n";
  ASSERT_EQ(run("load '" + folder_ + "/orders.csv'").exit, 0);
  const std::string weekly =
      run("metric orders --from 2025-01-05 --to 2025-01-12 --by week --format csv").out;
  EXPECT_NE(weekly.find("2025-01-05,2"), std::string::npos) << weekly;
  const std::string lifecycle =
      run("analyse lifecycle --by week --as-of 2025-01-12 --format csv").out;
  EXPECT_NE(lifecycle.find("2025-01-05,New"), std::string::npos) << lifecycle;
  std::ofstream(folder_ + "/home/huitou.toml") << "week_start = \"friday\"\n";
  const Outcome refused = run("status");
  EXPECT_EQ(refused.exit, 2);
  EXPECT_NE(refused.out.find("\"monday\" or \"sunday\""), std::string::npos) << refused.out;
}

}  // namespace
}  // namespace huitou::cli
