// Published figures on real data (statistics D38): the CDNOW 1/10 sample.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "engine/testing.h"
#include "metrics/test_shop.h"

namespace huitou::metrics {
namespace {

constexpr const char* kSample = "../shared/data/clv/cdnow_sample.txt";

Date day(std::string_view text) { return parse_date(text).value(); }

/// Lines of the file: id in the whole data set, id in the sample, day, units, amount.
testing::ShopRows read_sample(std::istream& in) {
  testing::ShopRows shop;
  std::string line;
  while (std::getline(in, line)) {
    std::istringstream words(line);
    std::string whole_id;
    std::string on;
    std::string amount;
    testing::OrderRow order;
    std::int64_t units = 0;
    words >> whole_id >> order.customer_id >> on >> units >> amount;
    order.order_key = fmt::format("{}", shop.orders.size());
    order.ordered_on = day(on.substr(0, 4) + "-" + on.substr(4, 2) + "-" + on.substr(6, 2));
    order.units_milli = units * 1000;
    order.gross = std::llround(std::stod(amount) * 100);
    shop.orders.push_back(order);
  }
  return shop;
}

struct Published {
  std::string_view metric;
  double numerator;  ///< or the value, where the base is 0
  double base = 0;
  int days = 90;
  std::optional<bool> merge_days{};
};

constexpr Published kWholeFile[] = {
    {"buyers", 2357},
    {"orders", 6919},
    {"orders", 6696, 0, 90, true},
    {"amount", 24409194},
    {"units_per_order", 16479, 6919},
    {"average_order_value", 24409194, 6919},
    {"amount_per_customer", 24409194, 2357},
    {"repurchase_rate", 1152, 2357},
    {"repurchase_rate", 1139, 2357, 90, true},
    {"repurchase_rate_by_day", 1139, 2357},
    {"repeat_order_share", 4562, 6919},
    {"repeat_order_share", 4339, 6696, 90, true},
    {"repurchase_within", 145, 2357, 7},
    {"repurchase_within", 410, 2357, 30},
    {"repurchase_within", 601, 2357, 60},
    {"repurchase_within", 687, 2357, 90},
    {"repurchase_within", 887, 2357, 180},
    {"repurchase_within", 1074, 2357, 365},
    {"order_gap_days_p25", 12},
    {"order_gap_days_p50", 34},
    {"order_gap_days_p75", 90.5},
    {"order_gap_days_p90", 196},
    {"one_time_customer_share", 1205, 2357},
};

constexpr Published kMarch[] = {
    {"buyers", 948},
    {"orders", 1204},
    {"amount", 4347210},
    {"repurchase_rate", 151, 948},
    {"repurchase_rate_by_day", 137, 948},
    {"returning_customer_rate", 324, 948},
    {"next_period_repurchase_rate", 171, 948},
    {"new_customers", 719},
};

class Sample : public ::testing::Test {
 protected:
  void SetUp() override {
    std::ifstream in(kSample);
    if (!in.good()) {
      GTEST_SKIP() << kSample << " is not there: figures on real data are not checked";
    }
    engines_ = engine::testing::engines();
    const testing::ShopRows shop = read_sample(in);
    for (const auto& named : engines_) {
      const Status filled = testing::fill(*named.engine, shop);
      ASSERT_TRUE(filled.ok()) << describe(filled.error());
    }
  }

  Answer answer(engine::Engine& engine, const Published& published, Period period) {
    Question question;
    question.metrics = {find(published.metric).value()};
    question.period = period;
    question.switches.days = published.days;
    question.switches.merge_days = published.merge_days;
    auto result = ask(engine, question);
    EXPECT_TRUE(result.ok()) << published.metric;
    return std::move(result).value();
  }

  void expect(const Published& published, Period period) {
    const std::string name(published.metric);
    for (const auto& named : engines_) {
      const Answer got = answer(*named.engine, published, period);
      if (published.base == 0) {
        EXPECT_EQ(got.frame.real(name, 0), published.numerator) << name << " on " << named.name;
      } else {
        EXPECT_EQ(got.frame.real(name + "_numerator", 0), published.numerator)
            << name << " " << named.name;
        EXPECT_EQ(got.frame.real(name + "_base", 0), published.base)
            << name << " on " << named.name;
      }
    }
  }

  std::vector<engine::testing::NamedEngine> engines_;
};

TEST_F(Sample, WholeFile) {
  for (const Published& published : kWholeFile) {
    expect(published, {day("1997-01-01"), day("1998-07-01")});
  }
}

TEST_F(Sample, March1997) {
  for (const Published& published : kMarch) {
    expect(published, {day("1997-03-01"), day("1997-04-01")});
  }
}

TEST_F(Sample, SharesAndMeans) {
  const Period all{day("1997-01-01"), day("1998-07-01")};
  engine::Engine& engine = *engines_.front().engine;
  const auto value = [&](const Published& published) {
    return *answer(engine, published, all).frame.real(published.metric, 0);
  };
  EXPECT_NEAR(value({"repeat_customer_order_share", 0}), 0.825842, 5e-7);
  EXPECT_NEAR(value({"repeat_order_share", 0, 0, 90, true}), 0.647999, 5e-7);
  EXPECT_NEAR(value({"order_gap_days_mean", 0}), 70.8606, 5e-5);
  EXPECT_NEAR(value({"average_order_value", 0}), 3527.8500, 5e-5);
  EXPECT_NEAR(value({"amount_per_customer", 0}), 10356.0433, 5e-5);
}

TEST_F(Sample, RollingWindows) {
  expect({"rolling_repurchase_rate", 201, 521}, {day("1997-06-30"), day("1997-07-01")});
  expect({"rolling_repurchase_rate", 159, 400}, {day("1997-10-01"), day("1998-01-01")});
  expect({"rolling_repurchase_rate", 109, 299}, {day("1998-06-01"), day("1998-07-01")});
}

}  // namespace
}  // namespace huitou::metrics
