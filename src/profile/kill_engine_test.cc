// A refresh killed at any moment leaves the old profile or the new one, and the next refresh gives
// what one clean refresh gives. HUITOU_KILLS sets the number of rounds.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <thread>

namespace huitou::profile {
namespace {

constexpr int kRounds = 4;
constexpr double kLongestSeconds = 120;
constexpr const char* kPutting = "stage Putting in place";

std::string text_of(const std::string& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// When a child is killed: so long after it began, or after it began to put rows in place.
struct Kill {
  double after_seconds = kLongestSeconds;
  bool while_putting = false;
};
struct Ran {
  int code = -1;
  double seconds = 0;
  std::string figures;  ///< the line, if it was printed
  std::string output;
};

class KillTest : public testing::Test {
 protected:
  KillTest() {
    std::string name = (std::filesystem::temp_directory_path() / "huitou_kill_XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~KillTest() override { std::filesystem::remove_all(folder_); }

  std::string home(const std::string& name) const { return folder_ + "/" + name; }

  pid_t start(const std::vector<std::string>& words, const std::string& output) const {
    std::string program =
        (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "profile_refresh_driver")
            .string();
    std::vector<char*> arguments{program.data()};
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    std::fflush(nullptr);
    const pid_t child = fork();
    if (child == 0) {
      (void)!freopen(output.c_str(), "w", stdout);
      dup2(STDOUT_FILENO, STDERR_FILENO);
      execv(arguments[0], arguments.data());
      _exit(127);
    }
    return child;
  }

  Ran run(const std::vector<std::string>& words, const Kill& when = {}) const {
    const std::string output = folder_ + "/output";
    std::ofstream(output).close();
    using Clock = std::chrono::steady_clock;
    const auto passed = [](Clock::time_point begin) {
      return std::chrono::duration<double>(Clock::now() - begin).count();
    };
    const auto begin = Clock::now();
    auto counted = begin;
    bool putting = false;
    const pid_t child = start(words, output);
    Ran ran;
    int state = 0;
    while (waitpid(child, &state, WNOHANG) == 0) {
      if (!putting && text_of(output).find(kPutting) != std::string::npos) {
        putting = true;
        counted = Clock::now();
      }
      const bool counts = !when.while_putting || putting;
      if (passed(begin) > kLongestSeconds || (counts && passed(counted) > when.after_seconds)) {
        kill(child, SIGKILL);
        waitpid(child, &state, 0);
        break;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    ran.seconds = passed(begin);
    ran.code = WIFEXITED(state) ? WEXITSTATUS(state) : -WTERMSIG(state);
    ran.output = text_of(output);
    const std::size_t figures = ran.output.find("figures");
    if (figures != std::string::npos) ran.figures = ran.output.substr(figures);
    return ran;
  }

  std::string folder_;
};

// The old profile is of one shop, the new one of another on the same day or on the next.
TEST_F(KillTest, LeavesTheOldProfileOrTheNewOne) {
  const char* asked = std::getenv("HUITOU_KILLS");
  const int rounds = asked == nullptr ? kRounds : std::atoi(asked);
  std::mt19937 dice(20240105U + static_cast<unsigned>(rounds));
  const std::string first_day = "2025-06-30";
  int killed = 0;
  for (int round = 0; round < rounds; ++round) {
    const std::string day = round % 2 == 0 ? first_day : "2025-07-01";
    const std::string clean = home("clean");
    const std::string place = home("killed");
    const Ran before = run({clean, "21", first_day, "one"});
    ASSERT_EQ(before.code, 0) << before.output;
    const Ran after = run({clean, "22", day, "two"});
    ASSERT_EQ(after.code, 0) << after.output;
    ASSERT_NE(before.figures, after.figures);
    ASSERT_EQ(run({place, "21", first_day, "one"}).figures, before.figures);
    const bool putting = round % 4 < 3;
    const double longest = putting ? 0.08 : after.seconds;
    const Kill when{std::uniform_real_distribution<>(0, longest)(dice), putting};
    killed += run({place, "22", day, "two"}, when).code == -SIGKILL ? 1 : 0;
    const std::string found = run({place, "0", day, "-"}).figures;
    EXPECT_TRUE(found == before.figures || found == after.figures)
        << "killed after " << when.after_seconds << " s: " << found << "before: " << before.figures
        << "after: " << after.figures;
    const Ran again = run({place, "22", day, "three"});
    ASSERT_EQ(again.code, 0) << again.output;
    EXPECT_EQ(again.figures, after.figures) << "killed after " << when.after_seconds << " s";
    std::filesystem::remove_all(clean);
    std::filesystem::remove_all(place);
  }
  EXPECT_GT(killed, 0) << "no refresh was killed: the test showed nothing";
}

}  // namespace
}  // namespace huitou::profile
