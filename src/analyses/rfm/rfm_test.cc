#include <gtest/gtest.h>

#include <map>

#include "analyses/rfm/report.h"
#include "analyses/rfm/rules.h"
#include "analyses/rfm/scoring.h"
#include "analyses/test_shop.h"

namespace huitou::analyses {
namespace {

/// The histories of rfm_orders.csv on 2006-12-31, made here without the engine.
std::optional<Histories> published_histories() {
  const auto orders = read_rfm_orders();
  if (!orders.has_value()) {
    return std::nullopt;
  }
  struct Sum {
    Date last{};
    std::int64_t orders = 0, amount = 0;
  };
  std::map<std::uint64_t, Sum> sums;
  for (const TestOrder& order : *orders) {
    Sum& sum = sums[order.customer_id];
    sum.last = std::max(sum.last, order.ordered_on);
    ++sum.orders;
    sum.amount += order.amount_minor;
  }
  Histories histories;
  for (const auto& [id, sum] : sums) {
    histories.days_since_last_order.push_back(date_of({2006, 12, 31}).days - sum.last.days);
    histories.orders.push_back(sum.orders);
    histories.amount_minor.push_back(sum.amount);
  }
  return histories;
}

struct Expected {
  std::int64_t customers, orders, amount_minor;
};
using Segments = std::map<std::string, Expected>;

void expect_segments(const Segmentation& segmentation, const Segments& expected) {
  const Answer answer = segment_table(segmentation);
  std::int64_t customers = 0;
  for (std::size_t row = 0; row < answer.frame.rows(); ++row) {
    const std::string name = *answer.frame.text("segment", row);
    const std::int64_t count = *answer.frame.integer("customers", row);
    customers += count;
    const auto found = expected.find(name);
    EXPECT_EQ(count, found == expected.end() ? 0 : found->second.customers) << name;
    if (found != expected.end() && found->second.orders > 0) {
      EXPECT_EQ(answer.frame.integer("orders", row), found->second.orders) << name;
      EXPECT_EQ(answer.frame.integer("amount_minor", row), found->second.amount_minor) << name;
    }
  }
  EXPECT_EQ(customers, 995);
}

Segmentation segment(const Histories& histories, const std::vector<Rule>& rules, Scales scales) {
  Segmentation segmentation{rules, scales[kDays].levels(), std::move(scales), {}};
  segmentation.cells = fill_cells(histories, segmentation.scales);
  return segmentation;
}

#define HISTORIES_OR_SKIP(name)                                \
  const auto name = published_histories();                     \
  if (!name.has_value()) {                                     \
    GTEST_SKIP() << "needs ../shared/data/clv/rfm_orders.csv"; \
  }

TEST(RfmPublished, CutPointsAreThoseOfR) {
  HISTORIES_OR_SKIP(histories);
  const Scales scales = five_bin_scales(*histories, 100);
  const std::vector<double> expected[] = {
      {115, 181, 297.4, 482}, {4, 5, 6, 8}, {25580, 38200, 50640, 66600}};
  for (const Measure measure : {kDays, kOrders, kAmount}) {
    for (std::size_t cut = 0; cut < 4; ++cut) {
      EXPECT_DOUBLE_EQ(scales[measure].cuts[cut].shown, expected[measure][cut]);
    }
  }
}

TEST(RfmPublished, ClassicSegments) {
  HISTORIES_OR_SKIP(histories);
  expect_segments(segment(*histories, classic_rules(), five_bin_scales(*histories, 100)),
                  {{"Champions", {158, 1234, 12017800}},
                   {"Loyal Customers", {278, 1708, 16671200}},
                   {"Potential Loyalist", {229, 801, 6587300}},
                   {"Lost", {111, 244, 2095500}},
                   {"At Risk", {86, 438, 4417800}},
                   {"About To Sleep", {50, 127, 1091400}},
                   {"Need Attention", {35, 144, 1328700}},
                   {"Others", {48, 210, 2206100}}});
}

TEST(RfmPublished, SegmentsOfRfm03) {
  HISTORIES_OR_SKIP(histories);
  expect_segments(segment(*histories, rfm_0_3_rules(), five_bin_scales(*histories, 100)),
                  {{"Champions", {35, 0, 0}},
                   {"Potential Loyalist", {342, 0, 0}},
                   {"Loyal", {170, 0, 0}},
                   {"Lost", {148, 0, 0}},
                   {"New", {104, 0, 0}},
                   {"About To Sleep", {102, 0, 0}},
                   {"Can't Lose", {47, 0, 0}},
                   {"At Risk", {28, 0, 0}},
                   {"Need Attention", {10, 0, 0}},
                   {"Promising", {9, 0, 0}}});
}

TEST(RfmPublished, EightChineseSegments) {
  HISTORIES_OR_SKIP(histories);
  const Scales scales = two_level_scales(*histories, Threshold::mean, 100);
  EXPECT_NEAR(scales[kDays].cuts[0].shown, 286.7387, 5e-5);
  EXPECT_NEAR(scales[kOrders].cuts[0].shown, 4.9307, 5e-5);
  EXPECT_NEAR(scales[kAmount].cuts[0].shown, 46649.05, 5e-3);
  expect_segments(segment(*histories, eight_rules(), scales),
                  {{"Important value", {274, 0, 0}},
                   {"Important to keep", {125, 0, 0}},
                   {"Important to develop", {20, 0, 0}},
                   {"Important to win back", {28, 0, 0}},
                   {"General value", {102, 0, 0}},
                   {"General to keep", {39, 0, 0}},
                   {"General to develop", {185, 0, 0}},
                   {"General to win back", {222, 0, 0}}});
}

// A split at a mean or median score is the same as comparing everyone's score with it.
TEST(RfmScores, SplitOfScoresIsASplitOfValues) {
  HISTORIES_OR_SKIP(histories);
  const Scales fine = five_bin_scales(*histories, 100);
  for (const Threshold threshold : {Threshold::score_mean, Threshold::score_median}) {
    const Scales split = two_level_scales(*histories, threshold, 100);
    for (std::size_t i = 0; i < histories->size(); ++i) {
      const std::int64_t days = histories->days_since_last_order[i];
      const bool high = fine[kDays].score(days) >= split[kDays].cuts[0].shown;
      ASSERT_EQ(split[kDays].score(days), high ? 2 : 1);
      const std::int64_t orders = histories->orders[i];
      const bool many = fine[kOrders].score(orders) >= split[kOrders].cuts[0].shown;
      ASSERT_EQ(split[kOrders].score(orders), many ? 2 : 1);
    }
  }
}

// Everyone alike: no score is better than another, and nothing divides by zero.
TEST(RfmScores, TiesShareAScore) {
  Histories histories;
  for (int i = 0; i < 30; ++i) {
    histories.days_since_last_order.push_back(10);
    histories.orders.push_back(1);
    histories.amount_minor.push_back(-500);
  }
  const Scales scales = five_bin_scales(histories, 100);
  EXPECT_EQ(scales[kOrders].score(1), 1);
  EXPECT_EQ(scales[kDays].score(10), 5);
  EXPECT_EQ(scales[kAmount].score(-500), 1);
  for (const Threshold threshold :
       {Threshold::mean, Threshold::median, Threshold::score_mean, Threshold::score_median}) {
    const Scales split = two_level_scales(histories, threshold, 100);
    EXPECT_EQ(split[kDays].score(10), 2);
    EXPECT_EQ(split[kOrders].score(1), 2);
    EXPECT_EQ(split[kAmount].score(-500), 2);
  }
  const auto notes = notes_on(segment(histories, classic_rules(), scales));
  EXPECT_EQ(notes.back().code, "empty_scores");
  EXPECT_EQ(notes.back().text.en,
            "Nobody has the M score 2, 3, 4, 5: too many customers share a value.");
}

TEST(RfmScores, CellsAreCountedBothWays) {
  for (std::size_t cell = 0; cell < kCells; ++cell) {
    EXPECT_EQ(cell_index(scores_of(cell)), cell);
  }
}

TEST(RfmRules, ReadsBothLanguages) {
  const auto rules = parse_rules("Champions: r 4-5, f 4-5, m 5; 沉睡：Ｒ");
  EXPECT_FALSE(rules.ok());
  const auto good = parse_rules(" Champions : r 4-5, f 4–5, m 5;沉睡：r 1；其他：;");
  ASSERT_TRUE(good.ok()) << good.error().message;
  ASSERT_EQ(good->size(), 3U);
  EXPECT_EQ(good->at(0).name.en, "Champions");
  EXPECT_EQ(good->at(0).m.low, 5);
  EXPECT_EQ(good->at(1).name.zh, "沉睡");
  EXPECT_EQ(good->at(1).r.high, 1);
  EXPECT_EQ(good->at(1).f.high, 5);
  EXPECT_TRUE(good->at(2).holds({1, 1, 1}));
}

TEST(RfmRules, SaysWhereTheyAreWrong) {
  const std::map<std::string, std::string> cases{
      {"", "The rules have the end at position 1 where a segment's name should be."},
      {"Best r 5", "The rules have the end at position 9 where ':' should be."},
      {"Best: r 6", "The rules have '6' at position 9 where a score from 1 to 5 should be."},
      {"最好：r 5-4", "The rules have '4' at position 8 where a score of at least 5 should be."},
      {"Best: x 5", "The rules have 'x' at position 7 where r, f, m or ';' should be."},
      {"Best: r 5; : f 1", "The rules have ':' at position 12 where a segment's name should be."},
      {"Best: r 5; Best: r 4", "The segment 'Best' is named twice."}};
  for (const auto& [text, message] : cases) {
    const auto rules = parse_rules(text);
    ASSERT_FALSE(rules.ok()) << text;
    EXPECT_EQ(rules.error().message, message);
    EXPECT_FALSE(rules.error().message_zh.empty());
    EXPECT_FALSE(rules.error().hint_zh.empty());
  }
}

// The classic bounds name three segments that nobody can be in.
TEST(RfmRules, TellsWhichCanNeverBeReached) {
  const auto swallowed = swallowed_rules(classic_rules(), kBins);
  ASSERT_EQ(swallowed.size(), 3U);
  EXPECT_EQ(classic_rules()[swallowed[0].rule].name.en, "New Customers");
  EXPECT_EQ(swallowed[0].by, std::vector<std::size_t>{2});
  EXPECT_EQ(classic_rules()[swallowed[1].rule].name.en, "Promising");
  EXPECT_EQ(classic_rules()[swallowed[2].rule].name.en, "Can't Lose Them");
  EXPECT_EQ(swallowed[2].by, std::vector<std::size_t>{7});
  EXPECT_TRUE(swallowed_rules(eight_rules(), 2).empty());

  Segmentation segmentation;
  segmentation.rules = classic_rules();
  const auto notes = notes_on(segmentation);
  EXPECT_EQ(notes.at(0).code, "unreachable_segment");
  EXPECT_EQ(notes.at(0).text.en,
            "'New Customers' can never be reached: all its scores go to the earlier Potential "
            "Loyalist.");
}

}  // namespace
}  // namespace huitou::analyses
