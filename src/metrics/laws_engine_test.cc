// What must hold for every metric of the catalogue, and a second, slow way to compute the ones that
// matter most, on random shops.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "engine/testing.h"
#include "math/survival.h"
#include "metrics/test_shop.h"

namespace huitou::metrics {
namespace {

using testing::LineRow;
using testing::OrderRow;
using testing::random_shop;
using testing::ShopRows;

Date day(std::string_view text) { return parse_date(text).value(); }

Question winter() {
  Question question;
  for (const Metric* metric : all()) {
    question.metrics.push_back(metric);
  }
  question.period = {day("2023-12-01"), day("2024-03-01")};
  question.switches.days = 30;
  question.as_of = day("2024-04-01");
  return question;
}

std::vector<std::string> lines_of(engine::Engine& engine, const Question& question) {
  const auto answer = ask(engine, question);
  EXPECT_TRUE(answer.ok()) << describe(answer.error());
  return answer.ok() ? engine::testing::lines(answer->frame) : std::vector<std::string>{};
}

/// Where two answers to the same question differ: the first few cells, by column.
std::string differing_cells(engine::Engine& one, engine::Engine& other, const Question& question) {
  const auto a = ask(one, question);
  const auto b = ask(other, question);
  if (!a.ok() || !b.ok()) {
    return a.ok() ? describe(b.error()) : describe(a.error());
  }
  std::string text;
  int count = 0;
  if (a->frame.rows() != b->frame.rows()) {
    return fmt::format("{} rows and {} rows", a->frame.rows(), b->frame.rows());
  }
  for (std::size_t c = 0; c < a->frame.columns.size(); ++c) {
    const auto left = engine::testing::lines({{a->frame.columns[c]}});
    const auto right = engine::testing::lines({{b->frame.columns[c]}});
    for (std::size_t row = 0; row < left.size() && count < 8; ++row) {
      if (left[row] != right[row]) {
        ++count;
        text += fmt::format("{} in row {}: {} and {}\n", a->frame.columns[c].name, row, left[row],
                            right[row]);
      }
    }
  }
  return text;
}

class Laws : public ::testing::Test {
 protected:
  void SetUp() override {
    engines_ = engine::testing::engines();
    chdb_ = engines_.front().engine.get();
  }
  std::vector<std::string> answer(const ShopRows& shop, const Question& question) {
    const Status filled = testing::fill(*chdb_, shop);
    EXPECT_TRUE(filled.ok()) << describe(filled.error());
    return lines_of(*chdb_, question);
  }
  std::vector<engine::testing::NamedEngine> engines_;
  engine::Engine* chdb_ = nullptr;
};

TEST_F(Laws, OrdersOnOrAfterTheDayOfKnowledgeChangeNothing) {
  ShopRows shop = random_shop(1);
  Question question = winter();
  question.as_of = day("2024-02-10");
  question.by = Granularity::month;
  const auto before = answer(shop, question);
  std::erase_if(shop.orders,
                [](const OrderRow& row) { return row.ordered_on >= day("2024-02-10"); });
  std::erase_if(shop.lines, [](const LineRow& row) { return row.ordered_on >= day("2024-02-10"); });
  EXPECT_EQ(before, answer(shop, question));
}

TEST_F(Laws, TheOrderOfRowsDoesNotMatter) {
  ShopRows shop = random_shop(2);
  const auto before = answer(shop, winter());
  std::mt19937 rng(3);
  std::shuffle(shop.orders.begin(), shop.orders.end(), rng);
  std::shuffle(shop.lines.begin(), shop.lines.end(), rng);
  EXPECT_EQ(before, answer(shop, winter()));
}

// Orders without a customer and orders that a filter leaves out change no figure about customers.
TEST_F(Laws, StrangersChangeNothing) {
  ShopRows shop = random_shop(4);
  Question question = winter();
  question.filters = {{"channel", {"web"}}};
  std::erase_if(question.metrics, [](const Metric* metric) { return metric->of_lines; });
  const auto before = answer(shop, question);
  std::erase_if(shop.orders, [](const OrderRow& row) { return row.channel != "web"; });
  question.filters.clear();
  EXPECT_EQ(before, answer(shop, question));

  question.metrics = {find("repurchase_rate").value(), find("repeat_order_share").value(),
                      find("repeat_amount_share").value(), find("amount_per_customer").value()};
  const auto known = answer(shop, question);
  std::erase_if(shop.orders, [](const OrderRow& row) { return row.customer_id == 0; });
  EXPECT_EQ(known, answer(shop, question));
}

TEST_F(Laws, NothingIsNull) {
  const std::vector<std::string> rows = answer({}, winter());
  ASSERT_EQ(rows.size(), 1U);
  for (const char c : rows.front()) {
    EXPECT_NE(std::string("\\N\t").find(c), std::string::npos) << rows.front();
  }
}

// A row over a dimension is what the filter on its value gives; a bucket is its own period.
TEST_F(Laws, RowsAndBucketsAreQuestionsOfTheirOwn) {
  Question question = winter();
  std::erase_if(question.metrics, [](const Metric* metric) { return metric->of_lines; });
  question.dimensions = {"channel"};
  const auto over = answer(random_shop(5), question);
  ASSERT_EQ(over.size(), 3U);
  question.dimensions.clear();
  question.filters = {{"channel", {"app"}}};
  EXPECT_EQ(over[0], "app\t" + lines_of(*chdb_, question).front());

  question.filters.clear();
  question.by = Granularity::month;
  const auto months = lines_of(*chdb_, question);
  ASSERT_EQ(months.size(), 3U);
  question.by.reset();
  question.period = {day("2024-01-01"), day("2024-02-01")};
  EXPECT_EQ(months[1].substr(months[1].find('\t') + 1), lines_of(*chdb_, question).front());

  // Many buckets are counted in another way than few.
  question = winter();
  question.metrics = {find("churn_rate").value()};
  question.by = Granularity::day;
  const auto days = lines_of(*chdb_, question);
  ASSERT_EQ(days.size(), 91U);
  question.by.reset();
  for (const int place : {0, 30, 61}) {
    const Date from{day("2023-12-01").days + place};
    question.period = {from, Date{from.days + 1}};
    const std::string& row = days[static_cast<std::size_t>(place)];
    EXPECT_EQ(row.substr(row.find('\t') + 1), lines_of(*chdb_, question).front()) << place;
  }
}

// What a comparison sets beside the period is what that period gives when it is asked for.
TEST_F(Laws, TheComparedPeriodIsAQuestionOfItsOwn) {
  for (const auto& named : engines_) {
    ASSERT_TRUE(testing::fill(*named.engine, random_shop(9)).ok());
    for (const std::optional<Granularity> by :
         {std::optional<Granularity>(), std::optional(Granularity::month)}) {
      Question question = winter();
      question.by = by;
      question.period = {day("2024-01-01"), day("2024-03-01")};
      question.comparison = Comparison::previous_period;
      const auto both = ask(*named.engine, question);
      question.comparison = Comparison::none;
      const auto now = ask(*named.engine, question);
      question.period = {day("2023-11-01"), day("2024-01-01")};
      const auto before = ask(*named.engine, question);
      ASSERT_TRUE(both.ok() && now.ok() && before.ok());
      for (const Metric* metric : question.metrics) {
        const std::string name(metric->card.name);
        for (std::size_t row = 0; row < now->frame.rows(); ++row) {
          EXPECT_EQ(both->frame.real(name, row), now->frame.real(name, row)) << name;
          EXPECT_EQ(both->frame.real(name + "_before", row), before->frame.real(name, row)) << name;
        }
      }
    }
  }
}

// Every text of the catalogue under every switch gives the same rows on both engines.
TEST_F(Laws, EnginesAgree) {
  if (engines_.size() < 2) {
    GTEST_SKIP() << "HUITOU_CLUSTER names no cluster: the engines are not compared";
  }
  for (const auto& named : engines_) {
    ASSERT_TRUE(testing::fill(*named.engine, random_shop(6)).ok());
  }
  using Steps = std::optional<Granularity>;
  for (const Steps by :
       {Steps(), Steps(Granularity::day), Steps(Granularity::week), Steps(Granularity::month),
        Steps(Granularity::quarter), Steps(Granularity::year)}) {
    for (const StatusPolicy status : {StatusPolicy::all, StatusPolicy::net}) {
      for (const std::optional<bool> merge :
           {std::optional<bool>(), std::optional(true), std::optional(false)}) {
        Question question = winter();
        question.by = by;
        question.week_start = merge == true ? WeekStart::sunday : WeekStart::monday;
        question.switches.status = status;
        question.switches.merge_days = merge;
        question.switches.zero_amounts = merge.value_or(false);
        question.dimensions = merge == true ? std::vector<std::string>{"channel", "region"}
                                            : std::vector<std::string>{};
        EXPECT_EQ(differing_cells(*chdb_, *engines_[1].engine, question), "")
            << (by ? granularity_name(*by) : "all") << " " << schema::status_policy_name(status)
            << " merge_days " << (merge ? (*merge ? "true" : "false") : "unset");
      }
    }
  }
}

/// Purchase days of each known customer, counted by the net policy, in order, with repetitions.
std::map<std::int64_t, std::vector<int>> histories(const ShopRows& shop, Date as_of) {
  std::map<std::int64_t, std::vector<int>> days;
  for (const OrderRow& order : shop.orders) {
    const bool counts = order.status == 2 || order.status == 3;
    if (counts && order.customer_id != 0 && order.ordered_on < as_of) {
      days[order.customer_id].push_back(order.ordered_on.days);
    }
  }
  for (auto& [customer, list] : days) {
    std::sort(list.begin(), list.end());
  }
  return days;
}

struct Share {
  int hits = 0;
  int base = 0;
  bool operator==(const Share&) const = default;
};
std::ostream& operator<<(std::ostream& out, const Share& share) {
  return out << share.hits << "/" << share.base;
}

/// The slow way: one customer at a time, straight from the definitions.
std::map<std::string, Share> slow_shares(const ShopRows& shop, const Question& question) {
  std::map<std::string, Share> shares;
  const int from = question.period.from.days;
  const int to = question.period.to.days;
  const int days = question.switches.days;
  const int now = question.as_of->days;
  for (const auto& [customer, list] : histories(shop, *question.as_of)) {
    const auto within = [&](int a, int b) {
      return static_cast<int>(
          std::count_if(list.begin(), list.end(), [&](int d) { return d >= a && d < b; }));
    };
    const std::set<int> unique(list.begin(), list.end());
    const auto add = [&](const char* name, bool in_base, bool hit) {
      shares[name].base += in_base;
      shares[name].hits += in_base && hit;
    };
    const int inside = within(from, to);
    const int days_inside = static_cast<int>(
        std::count_if(unique.begin(), unique.end(), [&](int d) { return d >= from && d < to; }));
    add("repurchase_rate", inside > 0, inside >= 2);
    add("repurchase_rate_by_day", inside > 0, days_inside >= 2);
    add("returning_customer_rate", inside > 0, inside >= 2 || within(0, from) > 0);
    const int next_to = add_steps(question.period.to, Granularity::month, 3).days;
    add("next_period_repurchase_rate", inside > 0, within(to, next_to) > 0);
    const int window = within(to - days, to);
    add("rolling_repurchase_rate", window > 0, window >= 2);
    const int first = list.front();
    const bool cohort = first >= from && first < to && first + days < now;
    const int second = unique.size() > 1 ? *std::next(unique.begin()) : 1 << 20;
    add("repurchase_within", cohort, second - first <= days);
    add("one_time_customer_share", cohort, list.size() == 1);
    add("churn_rate", within(from - days, from) > 0, within(from, from + days) == 0);
    add("active_customer_share", first<to, inside> 0);
  }
  return shares;
}

TEST_F(Laws, TheSlowWayAgrees) {
  for (unsigned seed = 10; seed < 15; ++seed) {
    const ShopRows shop = random_shop(seed);
    ASSERT_TRUE(testing::fill(*chdb_, shop).ok());
    Question question = winter();
    question.as_of = day("2024-06-01");
    question.switches.days = 10 + static_cast<int>(seed);
    const auto answer = ask(*chdb_, question);
    ASSERT_TRUE(answer.ok()) << describe(answer.error());
    for (const auto& [name, share] : slow_shares(shop, question)) {
      const Share got{static_cast<int>(answer->frame.real(name + "_numerator", 0).value_or(-1)),
                      static_cast<int>(answer->frame.real(name + "_base", 0).value_or(-1))};
      EXPECT_EQ(got, share) << name << " of shop " << seed;
    }
  }
}

struct Gaps {
  std::map<std::int64_t, std::int64_t> ended;          ///< by length: those that end in the period
  std::map<std::int64_t, math::SurvivalCount> spells;  ///< by length: those that begin in it
};

/// The slow way: successive purchase days of one customer at a time.
Gaps slow_gaps(const ShopRows& shop, const Question& question) {
  Gaps gaps;
  const auto asked = [&](int day) {
    return day >= question.period.from.days && day < question.period.to.days;
  };
  for (const auto& [customer, list] : histories(shop, *question.as_of)) {
    const std::set<int> days(list.begin(), list.end());
    for (auto it = days.begin(); it != days.end(); ++it) {
      const bool last = std::next(it) == days.end();
      const int length = (last ? question.as_of->days - 1 : *std::next(it)) - *it;
      if (!last && asked(*std::next(it))) {
        ++gaps.ended[length];
      }
      if (asked(*it)) {
        math::SurvivalCount& spell = gaps.spells[length];
        spell.time = length;
        ++(last ? spell.censored : spell.events);
      }
    }
  }
  return gaps;
}

TEST_F(Laws, TheSlowWayAgreesOnGaps) {
  for (unsigned seed = 40; seed < 44; ++seed) {
    const ShopRows shop = random_shop(seed);
    ASSERT_TRUE(testing::fill(*chdb_, shop).ok());
    Question question = winter();
    question.as_of = day("2024-03-05");
    const Gaps gaps = slow_gaps(shop, question);
    std::vector<math::ValueCount> ended;
    for (const auto& [length, count] : gaps.ended) {
      ended.push_back({length, count});
    }
    std::vector<math::SurvivalCount> spells;
    for (const auto& [length, spell] : gaps.spells) {
      spells.push_back(spell);
    }
    const auto answer = ask(*chdb_, question);
    ASSERT_TRUE(answer.ok()) << describe(answer.error());
    for (const int p : {25, 50, 75, 90}) {
      const auto got = answer->frame.real(fmt::format("order_gap_days_p{}", p), 0);
      const auto wanted = math::quantile_of_counts(ended, p / 100.0);
      ASSERT_TRUE(got && wanted);
      EXPECT_NEAR(*got, *wanted, 1e-9) << p << " of shop " << seed;
    }
    const auto median = math::time_until(math::kaplan_meier(spells), 0.5);
    ASSERT_TRUE(median.has_value());
    EXPECT_EQ(answer->frame.real("order_gap_days_censored", 0), static_cast<double>(*median));
  }
}

TEST_F(Laws, IntervalsHoldTheValue) {
  ASSERT_TRUE(testing::fill(*chdb_, random_shop(30)).ok());
  const auto answer = ask(*chdb_, winter());
  ASSERT_TRUE(answer.ok());
  for (const Metric* metric : all()) {
    const std::string name(metric->card.name);
    ASSERT_EQ(metric->shares_customers, answer->frame.has(name + "_low")) << name;
    if (metric->shares_customers && answer->frame.real(name, 0)) {
      EXPECT_LE(*answer->frame.real(name + "_low", 0), *answer->frame.real(name, 0)) << name;
      EXPECT_GE(*answer->frame.real(name + "_high", 0), *answer->frame.real(name, 0)) << name;
    }
  }
}

TEST_F(Laws, DefinitionsShowEveryMemberUnderEveryPolicy) {
  ASSERT_TRUE(testing::fill(*chdb_, random_shop(31)).ok());
  const auto answer = definitions(*chdb_, "复购率", winter(), Language::zh);
  ASSERT_TRUE(answer.ok()) << describe(answer.error());
  std::map<std::string, int> rows;
  for (std::size_t row = 0; row < answer->frame.rows(); ++row) {
    ++rows[*answer->frame.text("metric", row)];
    EXPECT_FALSE(answer->frame.text("differs", row)->empty());
  }
  EXPECT_EQ(rows.size(), family("复购率")->size());
  EXPECT_EQ(rows["repurchase_rate"], 6);
  EXPECT_EQ(rows["repurchase_rate_by_day"], 3);
  EXPECT_EQ(rows["repurchase_within"], 6);
}

}  // namespace
}  // namespace huitou::metrics
