// A mapping while a person writes it: what it leaves out, what is wrong with it, what that does.

#include <gtest/gtest.h>

#include <algorithm>

#include "ingest/ingest.h"
#include "ingest/mapping.h"
#include "ingest/test_files.h"

namespace huitou::ingest {
namespace {

constexpr const char* kOrders =
    "订单编号,会员号,下单时间,实付金额,备注金额\n"
    "A1,m1,2025-01-05 10:00:00,12.50,1.00\n"
    "A2,m2,昨天,7.50,2.00\n"
    "A3,m1,2025-01-07 10:00:00,无价,3.00\n"
    "A4,m3,2025-01-08 10:00:00,--,4.00\n";

class DraftTest : public testing::Test {
 protected:
  Preview seen(const std::string& draft, const std::string& text = kOrders) {
    const auto out = preview_draft(directory_.write("o.csv", text), {.today = Date{30000}}, draft);
    EXPECT_TRUE(out.ok()) << describe(out.error());
    return out.ok() ? *out : Preview{};
  }
  static std::vector<std::string> codes(const Preview& preview) {
    std::vector<std::string> out;
    for (const Problem& problem : preview.problems) out.push_back(problem.code);
    return out;
  }
  static bool blocked(const Preview& preview) {
    return std::any_of(preview.problems.begin(), preview.problems.end(),
                       [](const Problem& problem) { return problem.blocks; });
  }
  static const Problem* problem(const Preview& preview, const std::string& code) {
    for (const Problem& one : preview.problems) {
      if (one.code == code) return &one;
    }
    return nullptr;
  }

  testing_files::Directory directory_;
};

TEST_F(DraftTest, WhatIsNotToldIsGuessed) {
  const Preview all = seen("");
  EXPECT_EQ(all.columns[3].field, "paid");
  EXPECT_EQ(all.columns[4].field, "ignore");
  const Preview one = seen("columns:\n  会员号: ignore\n");
  EXPECT_EQ(one.columns[1].field, "ignore");
  EXPECT_EQ(one.columns[1].guess, "customer_key");
  EXPECT_EQ(one.columns[3].field, "paid");
  EXPECT_NE(one.mapping.find("\"实付金额\": paid"), std::string::npos);
}

TEST_F(DraftTest, AToldMeaningIsTakenFromTheColumnThatWasGuessed) {
  const Preview out = seen("columns:\n  备注金额: paid\n");
  EXPECT_EQ(out.columns[4].field, "paid");
  EXPECT_EQ(out.columns[3].field, "ignore");
  EXPECT_EQ(out.columns[3].guess, "paid");
  EXPECT_FALSE(blocked(out));
  EXPECT_EQ(out.rows.integer("gross_minor", 0), 100);
}

TEST_F(DraftTest, TwoToldColumnsOfOneMeaningAreAProblem) {
  const Preview out = seen("columns:\n  备注金额: paid\n  实付金额: paid\n");
  const Problem* found = problem(out, "two_columns");
  ASSERT_NE(found, nullptr);
  EXPECT_TRUE(found->blocks);
  EXPECT_EQ(found->column, "实付金额");
  EXPECT_EQ(found->field, "paid");
}

TEST_F(DraftTest, AColumnThatIsGoneIsAProblemAndALoadRefusesIt) {
  const std::string text = "columns:\n  gone: paid\n";
  EXPECT_EQ(codes(seen(text)).front(), "no_such_column");
  EXPECT_FALSE(preview(directory_.path("o.csv"), {.today = Date{30000}}, text).ok());
}

TEST_F(DraftTest, WhatIsMissingIsNamedAndNothingIsConverted) {
  const Preview out = seen("columns:\n  实付金额: ignore\n  下单时间: ignore\n");
  EXPECT_EQ(codes(out), (std::vector<std::string>{"missing_field", "missing_field"}));
  EXPECT_EQ(out.problems[0].field, "ordered_at");
  EXPECT_EQ(out.problems[1].field, "paid");
  EXPECT_EQ(out.problems[1].text.en, "No column gives an amount.");
  EXPECT_EQ(out.problems[1].text.zh, "没有列对应金额。");
  EXPECT_EQ(out.rows_tried, 0U);
}

TEST_F(DraftTest, ValuesThatCannotBeReadAreCountedAndShown) {
  const Preview out = seen("");
  const ColumnGuess& paid = out.columns[3];
  EXPECT_EQ(paid.values, 3U);
  EXPECT_EQ(paid.empty, 1U);
  EXPECT_EQ(paid.unreadable, 1U);
  EXPECT_EQ(paid.unreadable_samples, (std::vector<std::string>{"无价"}));
  EXPECT_EQ(out.columns[2].unreadable_samples, (std::vector<std::string>{"昨天"}));
  EXPECT_EQ(out.columns[2].format, "year_first");
  EXPECT_EQ(out.columns[0].unreadable, 0U);
}

TEST_F(DraftTest, RowsThatWouldBeLeftOutAreProblemsByRule) {
  const Preview out = seen("");
  EXPECT_EQ(out.rows_tried, 4U);
  EXPECT_EQ(out.rows_left_out, 3U);
  const Problem* date = problem(out, "unreadable_date");
  ASSERT_NE(date, nullptr);
  EXPECT_EQ(date->column, "下单时间");
  EXPECT_EQ(date->value, "昨天");
  EXPECT_EQ(date->rows, 1U);
  EXPECT_FALSE(date->blocks);
}

TEST_F(DraftTest, RowsWithoutOrderNumberAreShownToo) {
  const Preview out = seen("columns:\n  订单编号: ignore\n  会员号: ignore\n");
  EXPECT_EQ(out.rows.rows(), 1U);
  EXPECT_EQ(problem(out, "missing_customer"), nullptr);
}

TEST_F(DraftTest, ADifferentTableIsGuessedAnew) {
  const Preview out = seen("table: customers\n");
  EXPECT_EQ(out.table, "customers");
  const Problem* passed = problem(out, "not_taken");
  ASSERT_NE(passed, nullptr);
  EXPECT_FALSE(passed->blocks);
  EXPECT_EQ(out.rows.rows(), 4U);
  EXPECT_EQ(out.rows.text("customer_key", 0), "m1");
}

TEST_F(DraftTest, HowTheFileIsReadCanBeToldAlone) {
  const Preview out = seen("has_header: false\n");
  EXPECT_EQ(out.columns[0].column, "c1");
  EXPECT_FALSE(out.has_header);
  EXPECT_NE(out.mapping.find("has_header: false"), std::string::npos);
}

TEST_F(DraftTest, AWrongTimeZoneIsAProblemNotTheEnd) {
  const Preview out = seen("time_zone: Asia/Nowhere\n");
  const Problem* found = problem(out, "not_converted");
  ASSERT_NE(found, nullptr);
  EXPECT_NE(found->text.en.find("Asia/Nowhere"), std::string::npos);
  EXPECT_EQ(out.columns.size(), 5U);
}

TEST_F(DraftTest, TheWholeOfADraftIsAMapping) {
  const Preview draft = seen("columns:\n  备注金额: paid\n");
  const auto told = preview(directory_.path("o.csv"), {.today = Date{30000}}, draft.mapping);
  ASSERT_TRUE(told.ok()) << describe(told.error());
  EXPECT_EQ(told->columns[4].field, "paid");
  EXPECT_EQ(told->rows.integer("gross_minor", 0), 100);
}

TEST(Fields, BelongToTables) {
  EXPECT_TRUE(takes(Table::orders, Field::units));
  EXPECT_FALSE(takes(Table::lines, Field::units));
  EXPECT_TRUE(takes(Table::customers, Field::phone));
  EXPECT_FALSE(takes(Table::products, Field::customer_key));
  EXPECT_TRUE(takes(Table::events, Field::properties));
  EXPECT_EQ(tables_of_field("answered_on"), (std::vector<std::string_view>{"surveys"}));
  EXPECT_TRUE(tables_of_field("ignore").empty());
}

}  // namespace
}  // namespace huitou::ingest
