// A load killed at any moment has happened wholly or not at all, and loading again gives the
// figures of one clean load. HUITOU_KILLS sets the number of rounds.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <sstream>
#include <thread>

#include "ingest/test_files.h"

namespace huitou::ingest {
namespace {

using testing_files::Directory;

constexpr int kRounds = 6;
constexpr double kLongestLoadSeconds = 60;

/// The program beside this one.
std::string driver() {
  return (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "ingest_load_driver")
      .string();
}

pid_t start(const std::vector<std::string>& words, const std::string& output) {
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    (void)!freopen(output.c_str(), "w", stdout);
    dup2(STDOUT_FILENO, STDERR_FILENO);
    std::vector<char*> arguments;
    for (const std::string& word : words) {
      arguments.push_back(const_cast<char*>(word.c_str()));
    }
    arguments.push_back(nullptr);
    execv(arguments[0], arguments.data());
    _exit(127);
  }
  return child;
}

struct Ran {
  int code = -1;
  double seconds = 0;
  std::string output;
};

class KillTest : public testing::Test {
 protected:
  Ran run(const std::vector<std::string>& words,
          double kill_after_seconds = kLongestLoadSeconds) const {
    const std::string output = directory_.path("output");
    const auto begin = std::chrono::steady_clock::now();
    const pid_t child = start(words, output);
    Ran ran;
    int state = 0;
    while (waitpid(child, &state, WNOHANG) == 0) {
      ran.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
      if (ran.seconds > kill_after_seconds) {
        kill(child, SIGKILL);
        waitpid(child, &state, 0);
        break;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    ran.code = WIFEXITED(state) ? WEXITSTATUS(state) : -WTERMSIG(state);
    std::stringstream text;
    text << std::ifstream(output).rdbuf();
    ran.output = text.str();
    return ran;
  }
  std::string figures(const std::string& home) const {
    const Ran ran = run({driver(), home});
    EXPECT_EQ(ran.code, 0) << ran.output;
    const std::size_t begin = ran.output.find("figures");
    return begin == std::string::npos ? "" : ran.output.substr(begin);
  }
  /// Lines of 3,000 orders over six months; `version` changes a third of them.
  std::string file(const std::string& name, int version) const {
    std::string text = "order_key,customer_key,ordered_at,line_number,product_key,quantity,price\n";
    for (int order = 0; order < 3000; ++order) {
      const int month = 1 + (order + (order % 3 == 0 ? version : 0)) % 6;
      for (int line = 1; line <= 1 + order % 4; ++line) {
        text += "O" + std::to_string(order) + ",C" + std::to_string(order % 700) + ",2024-0" +
                std::to_string(month) + "-1" + std::to_string(order % 10) + "," +
                std::to_string(line) + ",P" + std::to_string(line) + ",1," +
                std::to_string(5 + (order % 3 == 0 ? version : 0)) + ".00\n";
      }
    }
    return directory_.write(name, text);
  }

  Directory directory_;
};

TEST_F(KillTest, FiguresAreThoseOfOneCleanLoad) {
  const std::string first = file("first.csv", 0);
  const std::string second = file("second.csv", 1);
  const std::string clean = directory_.path("clean");
  const Ran before = run({driver(), clean, first});
  ASSERT_EQ(before.code, 0) << before.output;
  const std::string figures_before = figures(clean);
  const Ran after = run({driver(), clean, second});
  ASSERT_EQ(after.code, 0) << after.output;
  const std::string figures_after = figures(clean);
  ASSERT_NE(figures_before, figures_after);

  const char* asked = std::getenv("HUITOU_KILLS");
  const int rounds = asked == nullptr ? kRounds : std::atoi(asked);
  std::mt19937 dice(asked == nullptr ? 20240105U : static_cast<unsigned>(rounds));
  int killed = 0;
  for (int round = 0; round < rounds; ++round) {
    const std::string home = directory_.path("home" + std::to_string(round));
    const Ran base = run({driver(), home, first});
    ASSERT_EQ(base.code, 0) << base.output;
    const double moment = after.seconds * std::uniform_real_distribution<>(0.1, 1.0)(dice);
    killed += run({driver(), home, second}, moment).code == -SIGKILL ? 1 : 0;
    const std::string found = figures(home);
    EXPECT_TRUE(found == figures_before || found == figures_after)
        << "killed after " << moment << " s: " << found << "before: " << figures_before
        << "after: " << figures_after;
    const Ran again = run({driver(), home, second});
    ASSERT_EQ(again.code, 0) << again.output;
    EXPECT_EQ(figures(home), figures_after) << "killed after " << moment << " s";
    std::filesystem::remove_all(home);
  }
  EXPECT_GT(killed, 0) << "no load was killed: the test showed nothing";
}

}  // namespace
}  // namespace huitou::ingest
