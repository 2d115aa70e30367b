#pragma once

// What the engine tests of all analyses share.

#include <gtest/gtest.h>

#include <numeric>
#include <string>
#include <vector>

#include "analyses/analyses.h"
#include "analyses/test_shop.h"
#include "engine/testing.h"

namespace huitou::analyses {

inline constexpr Date kToday{21900};

/// Engines are opened once for a test program.
class EnginesTest : public ::testing::Test {
 protected:
  static std::vector<engine::testing::NamedEngine>& engines() {
    static auto opened = engine::testing::engines();
    return opened;
  }

  static Result<Answer> try_ask(engine::Engine& engine, std::string_view name,
                                const Values& values) {
    TRY(const Analysis* const analysis, find(name));
    return answer(*analysis, {engine, values, kToday, "CNY"});
  }
  static Answer ask(engine::Engine& engine, std::string_view name, const Values& values) {
    Result<Answer> result = try_ask(engine, name, values);
    EXPECT_TRUE(result.ok()) << result.error().message;
    return result.ok() ? std::move(result).value() : Answer{};
  }
  static Error refuse(engine::Engine& engine, std::string_view name, const Values& values) {
    const Result<Answer> result = try_ask(engine, name, values);
    EXPECT_FALSE(result.ok());
    return result.ok() ? Error{} : result.error();
  }
};

}  // namespace huitou::analyses
