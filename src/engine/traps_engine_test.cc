// Forms of a question that one of the engines does not answer, beside the form that our texts use.

#include <gtest/gtest.h>

#include "engine/testing.h"

namespace huitou::engine {
namespace {

using Lines = std::vector<std::string>;

Lines rows(Engine& engine, const std::string& text) {
  const Result<Frame> frame = engine.query({.text = text});
  EXPECT_TRUE(frame.ok()) << text << ": " << (frame.ok() ? "" : describe(frame.error()));
  return frame.ok() ? testing::sorted_lines(*frame) : Lines{"failed"};
}

TEST(Traps, CutPointsAreComparedOneByOne) {
  const std::string spent = "(SELECT number AS spent FROM numbers(5)) AS s";
  for (const testing::NamedEngine& named : testing::engines()) {
    SCOPED_TRACE(named.name);
    EXPECT_EQ(rows(*named.engine,
                   "SELECT toUInt64((spent > 1) + (spent > 3)) AS score, toUInt64(count()) AS "
                   "customers FROM " +
                       spent + " GROUP BY score ORDER BY score"),
              (Lines{"0\t2", "1\t2", "2\t1"}));
    const bool captures =
        named.engine
            ->query({.text = "SELECT arrayCount(cut -> spent > cut, cuts) AS score FROM (SELECT "
                             "spent, [1, 3] AS cuts FROM " +
                             spent + ") AS t ORDER BY score"})
            .ok();
    EXPECT_TRUE(captures || named.name == "cluster");
  }
}

}  // namespace
}  // namespace huitou::engine
