#include <gtest/gtest.h>

#include "engine/testing.h"
#include "metrics/test_shop.h"

namespace huitou::metrics {
namespace {

using testing::Case;
using testing::Script;

class Cases : public ::testing::TestWithParam<const char*> {};

// Given the shop of the file, each question should get the rows and notes written under it, on
// every engine.
TEST_P(Cases, GiveTheExpectedFigures) {
  const Script script =
      testing::read_script(std::string("src/metrics/cases/") + GetParam() + ".test");
  ASSERT_FALSE(script.cases.empty());
  for (const engine::testing::NamedEngine& named : engine::testing::engines()) {
    const Status filled = testing::fill(*named.engine, script.shop);
    ASSERT_TRUE(filled.ok()) << describe(filled.error());
    for (const Case& one : script.cases) {
      const auto answer = ask(*named.engine, one.question);
      ASSERT_TRUE(answer.ok()) << named.name << " line " << one.line << ": "
                               << describe(answer.error());
      EXPECT_EQ(testing::differences(one, *answer), "") << named.name;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Files, Cases,
                         ::testing::Values("d33", "d37", "edges", "lines", "weeks", "refunds"),
                         [](const auto& file) { return std::string(file.param); });

}  // namespace
}  // namespace huitou::metrics
