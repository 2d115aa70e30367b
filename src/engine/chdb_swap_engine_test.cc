// What a kill in the middle of a swap leaves is put right when the engine is opened again.

#include <gtest/gtest.h>

#include <filesystem>

#include "engine/chdb_swap.h"
#include "engine/testing.h"

namespace huitou::engine {
namespace {

class ChdbSwap : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = ::testing::TempDir() + "huitou-swap-XXXXXX";
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    open();
    for (const char* name : {"visits", "waiting"}) {
      ASSERT_TRUE(engine_
                      ->create_table({.name = name,
                                      .columns = {{"id", "UInt64"}, {"day", "Date"}},
                                      .partition_by = "toYYYYMM(day)",
                                      .order_by = "id",
                                      .shard_by = "id"})
                      .ok());
    }
    run("INSERT INTO visits SELECT number, toDate('2025-01-05') FROM numbers(3)");
    run("INSERT INTO waiting SELECT number + 10, toDate('2025-01-05') FROM numbers(2)");
  }
  void TearDown() override {
    engine_.reset();
    std::filesystem::remove_all(folder_);
  }

  void open() {
    engine_.reset();
    auto opened = open_chdb({.path = path()});
    ASSERT_TRUE(opened.ok()) << describe(opened.error());
    engine_ = std::move(*opened);
  }
  std::string path() const { return folder_ + "/engine"; }
  void run(const std::string& text) {
    const Status done = engine_->execute({.text = text});
    ASSERT_TRUE(done.ok()) << describe(done.error());
  }
  std::vector<std::string> visits() {
    return testing::sorted_lines(*engine_->query({.text = "SELECT id FROM visits"}));
  }

  const Swap swap_{"visits", "waiting", {"202501"}};
  std::string folder_;
  std::unique_ptr<Engine> engine_;
};

TEST_F(ChdbSwap, IsEndedByTheNextOpening) {
  run("INSERT INTO visits SELECT id, day FROM waiting");  // old and new rows side by side
  ASSERT_TRUE(note_swap(path(), swap_).ok());
  open();
  EXPECT_EQ(visits(), (std::vector<std::string>{"10", "11"}));
  EXPECT_TRUE(noted_swaps(path()).empty());
}

TEST_F(ChdbSwap, WithoutItsStagingTableChangesNothing) {
  ASSERT_TRUE(note_swap(path(), swap_).ok());
  ASSERT_TRUE(engine_->drop_table("waiting").ok());
  open();
  EXPECT_EQ(visits().size(), 3U);
  EXPECT_TRUE(noted_swaps(path()).empty());
}

TEST_F(ChdbSwap, LeavesNoNote) {
  ASSERT_TRUE(engine_->replace_partitions("visits", "waiting", {"202501"}).ok());
  EXPECT_TRUE(noted_swaps(path()).empty());
  EXPECT_FALSE(engine_->replace_partitions("nowhere", "waiting", {"202501"}).ok());
  EXPECT_TRUE(noted_swaps(path()).empty());
  EXPECT_EQ(visits(), (std::vector<std::string>{"10", "11"}));
}

}  // namespace
}  // namespace huitou::engine
