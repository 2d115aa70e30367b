#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "engine/engine.h"

namespace huitou::engine {
namespace {

std::unique_ptr<Engine> open_at(const std::string& path) {
  Result<std::unique_ptr<Engine>> engine = open_chdb({.path = path});
  EXPECT_TRUE(engine.ok()) << engine.error().message;
  return engine.ok() ? std::move(engine).value() : nullptr;
}

class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "huitou-XXXXXX").string();
    EXPECT_NE(mkdtemp(pattern.data()), nullptr);
    path_ = pattern;
  }
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

enum ChildExit { kOpened = 10, kConflict = 11, kOtherError = 12 };

TEST(ChdbProcess, AllQueriesTogetherStayBelowTheEnginesMemory) {
  Result<std::unique_ptr<Engine>> engine = open_chdb({.path = "", .memory_bytes = 1ULL << 30});
  ASSERT_TRUE(engine.ok());
  const Result<Frame> large =
      (*engine)->query({.text = "SELECT length(groupArray(number)) AS n FROM numbers(1000000000)",
                        .limits = {.memory_bytes = 8ULL << 30}});
  ASSERT_FALSE(large.ok());
  EXPECT_EQ(large.error().code, Code::limit_reached);
  EXPECT_NE(large.error().message.find("memory limit of the engine"), std::string::npos)
      << large.error().message;
}

TableSpec table() {
  return {.name = "visits", .columns = {{"id", "UInt64"}}, .order_by = "id", .shard_by = "id"};
}

// A writer that is killed leaves nothing locked, and every insert that it was told of is there.
TEST(ChdbProcess, WhatWasAcknowledgedSurvivesAKill) {
  const TemporaryDirectory directory;
  int told[2];
  ASSERT_EQ(pipe(told), 0);
  const pid_t child = fork();
  if (child == 0) {
    dup2(told[1], 3);
    setenv("HUITOU_TEST_WRITE", directory.path().c_str(), 1);
    execl("/proc/self/exe", "engine_engine_test", "--gtest_filter=ChdbOther.Writes", nullptr);
    _exit(kOtherError);
  }
  std::int64_t acknowledged = 0;
  char byte = 0;
  while (acknowledged < 20 && read(told[0], &byte, 1) == 1) {
    ++acknowledged;
  }
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  close(told[1]);
  while (read(told[0], &byte, 1) == 1) {
    ++acknowledged;
  }
  close(told[0]);
  ASSERT_GE(acknowledged, 20);
  const std::unique_ptr<Engine> engine = open_at(directory.path());
  ASSERT_NE(engine, nullptr);
  const Result<Frame> frame =
      engine->query({.text = "SELECT count() AS n FROM visits WHERE id < {to:UInt64}",
                     .params = {{"to", acknowledged}}});
  ASSERT_TRUE(frame.ok()) << frame.error().message;
  EXPECT_EQ(frame->integer("n", 0), acknowledged);
}

TEST(ChdbOther, Writes) {
  const char* path = std::getenv("HUITOU_TEST_WRITE");
  if (path == nullptr) {
    GTEST_SKIP() << "runs only as the second process of another test";
  }
  const std::unique_ptr<Engine> engine = open_at(path);
  ASSERT_TRUE(engine != nullptr && engine->create_table(table()).ok());
  for (std::int64_t id = 0; id < 100000; ++id) {
    Frame frame;
    frame.columns = {make_column("id", ColumnType::integer)};
    frame.columns[0].push_integer(id);
    Result<std::unique_ptr<Inserter>> inserter = engine->insert("visits", table().columns);
    ASSERT_TRUE(inserter.ok() && (*inserter)->write(frame).ok() && (*inserter)->finish().ok());
    ASSERT_EQ(write(3, ".", 1), 1);
  }
}

TEST(ChdbProcess, DataIsThereAfterReopening) {
  const TemporaryDirectory first;
  const TemporaryDirectory second;
  for (const std::string& path : {first.path(), second.path()}) {
    const std::unique_ptr<Engine> engine = open_at(path);
    ASSERT_NE(engine, nullptr);
    ASSERT_TRUE(engine->create_table(table()).ok());
    ASSERT_TRUE(engine->execute({.text = "INSERT INTO visits SELECT number FROM numbers(7)"}).ok());
  }
  const std::unique_ptr<Engine> again = open_at(first.path());
  const Result<Frame> frame = again->query({.text = "SELECT count() AS n FROM visits"});
  ASSERT_TRUE(frame.ok()) << frame.error().message;
  EXPECT_EQ(frame->integer("n", 0), 7);
}

struct Variable {
  const char* name;
  std::string value;
};

// The child is this program started again with one test: another process with an engine.
int exit_of_other_process(const char* test, const Variable& variable) {
  const pid_t child = fork();
  if (child == 0) {
    setenv(variable.name, variable.value.c_str(), 1);
    execl("/proc/self/exe", "engine_engine_test", test, nullptr);
    _exit(kOtherError);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int open_in_other_process(const std::string& path) {
  return exit_of_other_process("--gtest_filter=ChdbOther.Opens", {"HUITOU_TEST_OPEN", path});
}

TEST(ChdbOther, ReadsTheHourOfInstantZero) {
  const char* zone = std::getenv("HUITOU_TEST_ZONE");
  if (zone == nullptr) {
    GTEST_SKIP() << "runs only as the second process of another test";
  }
  setenv("TZ", zone, 1);
  const std::unique_ptr<Engine> engine = open_at("");
  const Result<Frame> frame = engine->query({.text = "SELECT toHour(toDateTime(0)) AS hour"});
  _exit(frame.ok() && frame->integer("hour", 0) == 0 ? kOpened : kOtherError);
}

TEST(ChdbProcess, InstantsAreReadInUtcWhereverTheProcessLives) {
  EXPECT_EQ(exit_of_other_process("--gtest_filter=ChdbOther.ReadsTheHourOfInstantZero",
                                  {"HUITOU_TEST_ZONE", "Asia/Shanghai"}),
            kOpened);
}

void own_handler(int) {}

TEST(ChdbOther, KeepsItsHandler) {
  if (std::getenv("HUITOU_TEST_SIGNALS") == nullptr) {
    GTEST_SKIP() << "runs only as the second process of another test";
  }
  struct sigaction own {};
  own.sa_handler = own_handler;
  struct sigaction now {};
  const bool set = sigaction(SIGSEGV, &own, nullptr) == 0;
  const std::unique_ptr<Engine> engine = open_at("");
  const bool kept = set && sigaction(SIGSEGV, nullptr, &now) == 0 && now.sa_handler == own_handler;
  _exit(engine != nullptr && kept ? kOpened : kOtherError);
}

TEST(ChdbProcess, TheProcessKeepsItsSignals) {
  EXPECT_EQ(exit_of_other_process("--gtest_filter=ChdbOther.KeepsItsHandler",
                                  {"HUITOU_TEST_SIGNALS", "1"}),
            kOpened);
}

TEST(ChdbOther, Opens) {
  const char* path = std::getenv("HUITOU_TEST_OPEN");
  if (path == nullptr) {
    GTEST_SKIP() << "runs only as the second process of another test";
  }
  const Result<std::unique_ptr<Engine>> engine = open_chdb({.path = path});
  if (engine.ok()) {
    _exit(kOpened);
  }
  const bool names_path = engine.error().message.find(path) != std::string::npos;
  _exit(engine.error().code == Code::conflict && names_path ? kConflict : kOtherError);
}

TEST(ChdbProcess, OneProcessOwnsThePath) {
  const TemporaryDirectory directory;
  {
    const std::unique_ptr<Engine> engine = open_at(directory.path());
    EXPECT_EQ(open_in_other_process(directory.path()), kConflict);
  }
  EXPECT_EQ(open_in_other_process(directory.path()), kOpened);
}

// Given a path from where the process stands, tables should be there as under a whole path.
TEST(ChdbProcess, ARelativePathIsAPathToo) {
  const TemporaryDirectory directory;
  const std::unique_ptr<Engine> engine =
      open_at(std::filesystem::relative(directory.path()).string());
  ASSERT_NE(engine, nullptr);
  ASSERT_TRUE(engine->create_table(table()).ok());
  const Status put = engine->execute({.text = "INSERT INTO visits SELECT number FROM numbers(3)"});
  EXPECT_TRUE(put.ok()) << put.error().message;
  EXPECT_TRUE(std::filesystem::exists(directory.path() + "/store"));
}

}  // namespace
}  // namespace huitou::engine
