// What entries may say, and what is kept of them: without an engine.

#include "forms/forms.h"

#include <gtest/gtest.h>

#include <set>

#include "forms/book.h"
#include "forms/period.h"
#include "forms/reading.h"
#include "forms/settle.h"
#include "forms/values.h"
#include "schema/schema.h"

namespace huitou::forms {
namespace {

const Form& form_named(std::string_view name) { return **find(name); }
const Field& field_of(std::string_view form, std::string_view field) {
  return form_named(form).fields[*form_named(form).place(field)];
}
std::string read(std::string_view form, std::string_view field, std::string_view written) {
  const Reading reading = read_value(field_of(form, field), written);
  return reading.issue && reading.issue->is_error ? "!" : reading.value;
}

TEST(Catalogue, IsComplete) {
  std::set<std::string_view> names;
  for (const Form* form : all()) {
    SCOPED_TRACE(form->name);
    EXPECT_TRUE(names.insert(form->name).second);
    EXPECT_NE(form->title.en, form->title.zh);
    EXPECT_NE(form->doc.en, form->doc.zh);
    std::set<std::string_view> fields;
    bool has_key = false;
    for (const Field& field : form->fields) {
      SCOPED_TRACE(field.name);
      EXPECT_TRUE(fields.insert(field.name).second);
      EXPECT_FALSE(field.label.en.empty());
      EXPECT_FALSE(field.label.zh.empty());
      EXPECT_EQ(field.hint.en.empty(), field.hint.zh.empty());
      EXPECT_EQ(field.type == FieldType::choice, !field.choices.empty());
      EXPECT_TRUE(field.fills.empty() || !form->table.empty());
      has_key = has_key || field.key;
    }
    EXPECT_TRUE(has_key);
    if (form->corrects) {
      EXPECT_TRUE(form->fields[0].key);
    }
    if (!form->table.empty()) {
      EXPECT_EQ(schema::table(form->table).name, form->table);
    }
  }
  EXPECT_EQ(find("target").error().code, Code::not_found);
}

TEST(Value, IsKeptInOneSpelling) {
  EXPECT_EQ(read("targets", "target", " 1,234.5 "), "1234.5");
  EXPECT_EQ(read("targets", "target", "35%"), "0.35");
  EXPECT_EQ(read("targets", "target", "35 ％"), "0.35");
  EXPECT_EQ(read("targets", "target", "1,23"), "!");
  EXPECT_EQ(read("targets", "target", "nan"), "!");
  EXPECT_EQ(read("targets", "target", "-"), "!");  // required
  EXPECT_EQ(read("targets", "metric", "复购率"), "repurchase_rate");
  EXPECT_EQ(read("targets", "metric", "no such"), "!");
  EXPECT_EQ(read("campaign_costs", "cost", "￥1,200"), "120000");
  EXPECT_EQ(read("campaign_costs", "cost", "-1"), "!");
  EXPECT_EQ(read("campaign_costs", "kind", "赠品与样品"), "gifts");
  EXPECT_EQ(read("campaign_costs", "kind", "gift"), "!");
  EXPECT_EQ(read("campaign_costs", "spent_from", "2025年1月5日"), "2025-01-05");
  EXPECT_EQ(read("campaign_costs", "spent_from", "2025-02-30"), "!");
  EXPECT_EQ(read("tickets", "opened_at", "2025/1/5 9:30"), "2025-01-05 09:30:00");
  EXPECT_EQ(read("tickets", "complaint", "是"), "yes");
  EXPECT_EQ(read("tickets", "complaint", "maybe"), "!");
  EXPECT_EQ(read("tickets", "satisfaction", "4.0"), "4");
  EXPECT_EQ(read("tickets", "satisfaction", "6"), "!");
  EXPECT_EQ(read("tickets", "satisfaction", "4.5"), "!");
  EXPECT_EQ(read("tickets", "satisfaction", ""), "");
  EXPECT_EQ(read("tickets", "reason", std::string(kMostBytes + 1, 'a')), "!");
}

TEST(Value, WithMoreDecimalsThanMoneyHasIsAWarning) {
  const Reading reading = read_value(field_of("product_costs", "cost"), "3.456");
  EXPECT_EQ(reading.value, "346");
  ASSERT_TRUE(reading.issue.has_value());
  EXPECT_FALSE(reading.issue->is_error);
}

TEST(Value, ThatIsWrongSaysWhatToDo) {
  const Reading reading = read_value(field_of("tickets", "opened_at"), "never");
  ASSERT_TRUE(reading.issue.has_value());
  EXPECT_EQ(reading.issue->field, "opened_at");
  EXPECT_EQ(reading.issue->what.en, "'never' is no day of the calendar.");
  EXPECT_EQ(reading.issue->what.zh, "“never”不是有效日期。");
  EXPECT_NE(reading.issue->todo.en.find("2025-01-31"), std::string::npos);
}

TEST(Period, IsAYearAQuarterAMonthOrADay) {
  const std::pair<const char*, const char*> kPeriods[] = {{"2025", "2025"},
                                                          {"2025年", "2025"},
                                                          {"2025Q1", "2025-Q1"},
                                                          {"2025-q4", "2025-Q4"},
                                                          {"2025年第3季度", "2025-Q3"},
                                                          {"2025-1", "2025-01"},
                                                          {"2025/12", "2025-12"},
                                                          {"2025年1月", "2025-01"},
                                                          {"202501", "2025-01"},
                                                          {"2025-01-31", "2025-01-31"}};
  for (const auto& [written, period] : kPeriods) {
    EXPECT_EQ(normal_period(written).value_or("none"), period) << written;
  }
  for (const char* none : {"", "25", "2025-Q5", "2025-13", "2025-02-30", "2025-01-01 x", "soon"}) {
    EXPECT_FALSE(normal_period(none).has_value()) << none;
  }
  for (const char* text : {"2025", "2025-Q4", "2025-12", "2024-02-29"}) {
    const auto days = days_of(text);
    ASSERT_TRUE(days.has_value()) << text;
    EXPECT_EQ(period_of(*days), text);
  }
  EXPECT_EQ(days_of("2025-Q4")->to, *parse_date("2026-01-01"));
  EXPECT_FALSE(period_of({*parse_date("2025-01-02"), *parse_date("2025-02-02")}).has_value());
}

std::vector<Issue> issues_of(std::string_view form, const std::vector<Written>& written) {
  return read_row(form_named(form), written, {}).issues;
}

TEST(Row, IsCheckedAcrossItsFields) {
  const std::vector<Written> early{
      {"opened_at", "2025-01-05 10:00"}, {"closed_at", "2025-01-05 09:00"}, {"reason", "x"}};
  ASSERT_EQ(issues_of("tickets", early).size(), 1U);
  EXPECT_EQ(issues_of("tickets", early)[0].field, "closed_at");
  // A day without time is that whole day.
  EXPECT_TRUE(
      issues_of("tickets",
                {{"opened_at", "2025-01-05 10:00"}, {"closed_at", "2025-01-05"}, {"reason", "x"}})
          .empty());
  ASSERT_EQ(issues_of("surveys", {{"kind", "csat"}, {"score", "9"}, {"answered_on", "2025-01-05"}})
                .size(),
            1U);
  ASSERT_EQ(issues_of("surveys", {{"kind", "nps"}, {"answered_on", "2025-01-05"}}).size(), 1U);
  EXPECT_TRUE(issues_of("surveys", {{"kind", "text"}, {"answered_on", "2025-01-05"}}).empty());
  EXPECT_EQ(issues_of("campaign_costs", {{"campaign", "c"},
                                         {"kind", "gifts"},
                                         {"cost", "1"},
                                         {"spent_from", "2025-02-01"},
                                         {"spent_until", "2025-01-01"}})[0]
                .field,
            "spent_until");
  EXPECT_EQ(issues_of("tickets", {}).size(), 2U);  // opened_at and reason are missing
}

TEST(Row, KeepsWhatIsNotNamed) {
  const Form& form = form_named("stores");
  const RowReading first =
      read_row(form, {{"store_key", "S1"}, {"name", "一店"}, {"staff", "5"}}, {});
  const RowReading second = read_row(form, {{"name", ""}, {"staff", "6"}}, first.values);
  EXPECT_TRUE(second.issues.empty());
  EXPECT_EQ(second.values[0], "S1");
  EXPECT_EQ(second.values[1], "");
  EXPECT_EQ(second.values[6], "6");
  EXPECT_EQ(describe_change(form, first.values, second.values).en, "Name 一店 → —; Staff 5 → 6");
}

TEST(Description, NamesMetricsAndChoicesByTheirTitles) {
  const Sentence target =
      describe(form_named("targets"), {"repurchase_rate", "2025", "", "", "0.3", ""});
  EXPECT_EQ(target.zh, "指标 复购率；周期 2025；目标值 0.3");
  const Sentence cost =
      describe(form_named("campaign_costs"), {"春", "gifts", "2025-01-01", "", "250", ""});
  EXPECT_EQ(cost.en, "Campaign 春; Kind Gifts and samples; First day 2025-01-01; Cost 2.50");
}

TEST(Correction, LeavesWhatTheFormDoesNotSay) {
  const TableRow base{
      {"product_key", "P1"}, {"name", "咖啡"}, {"cost", "9.00"}, {"source", "shop"}};
  const TableRow row = corrected(form_named("product_costs"), {"P1", "350", ""}, base);
  EXPECT_EQ(row.at("name"), "咖啡");
  EXPECT_EQ(row.at("cost"), "3.50");
}

TEST(Pairs, AreFieldsOfTheForm) {
  const Form& form = form_named("targets");
  const auto written = parse_written(form, {"metric=orders", "remark=a=b"});
  ASSERT_TRUE(written.ok());
  EXPECT_EQ((*written)[1].value, "a=b");
  for (const std::vector<std::string>& bad : std::vector<std::vector<std::string>>{
           {"metric"}, {"colour=red"}, {"metric=orders", "metric=buyers"}}) {
    EXPECT_FALSE(parse_written(form, bad).ok());
  }
}

class BookTest : public testing::Test {
 protected:
  void SetUp() override {
    auto store = store::open_sqlite(":memory:");
    ASSERT_TRUE(store.ok());
    store_ = std::move(*store);
  }
  Result<Book::Noted> write(Change change) {
    auto book = Book::open(*store_, form_);
    EXPECT_TRUE(book.ok());
    return book->write(*store_, std::move(change), {100, "Li"});
  }
  Values cost(const std::string& amount) {
    return {"spring", "gifts", "2025-01-01", "", amount, ""};
  }

  std::unique_ptr<store::Store> store_;
  const Form& form_ = form_named("campaign_costs");
};

TEST_F(BookTest, RefusesASecondEntryWithTheKey) {
  const auto first = write({.after = cost("100")});
  ASSERT_TRUE(first.ok());
  const auto second = write({.after = cost("200")});
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().code, Code::conflict);
  EXPECT_NE(second.error().message.find("number 1"), std::string::npos);
  EXPECT_TRUE(write({.entry = first->entry, .before = cost("100"), .after = cost("200")}).ok());
}

TEST_F(BookTest, TellsWhatWasDoneNewestFirst) {
  ASSERT_TRUE(write({.after = cost("100")}).ok());
  ASSERT_TRUE(write({.entry = 1, .before = cost("100"), .after = cost("250")}).ok());
  ASSERT_TRUE(write({.entry = 1, .before = cost("250"), .after = {}}).ok());
  const auto rows = history(*store_, {.form = "campaign_costs"});
  ASSERT_TRUE(rows.ok());
  ASSERT_EQ(rows->rows(), 3U);
  EXPECT_EQ(rows->text("action", 0), "remove");
  EXPECT_EQ(rows->text("action", 1), "change");
  EXPECT_EQ(rows->text("what_en", 1), "Cost 1.00 → 2.50");
  EXPECT_EQ(rows->text("what_zh", 1), "成本 1.00 → 2.50");
  EXPECT_EQ(rows->text("action", 2), "add");
  EXPECT_EQ(rows->text("changed_by", 2), "Li");
  EXPECT_EQ(*count_entries(*store_, form_), 0);
}

TEST_F(BookTest, GivesNumbersThatAreFree) {
  const Form& tickets = form_named("tickets");
  auto book = Book::open(*store_, tickets);
  Values values(tickets.fields.size());
  values[1] = "2025-01-05";
  values[0] = "T000002";
  ASSERT_TRUE(book->write(*store_, {.after = values}, {1, "Li"}).ok());
  values[0] = "";
  ASSERT_TRUE(book->write(*store_, {.after = values}, {1, "Li"}).ok());
  ASSERT_TRUE(book->write(*store_, {.after = values}, {1, "Li"}).ok());
  const auto list = book->entries();
  ASSERT_TRUE(list.ok());
  ASSERT_EQ(list->size(), 3U);
  EXPECT_EQ((*list)[1].values[0], "T000002-1");
  EXPECT_EQ((*list)[2].values[0], "T000003");
}

TEST_F(BookTest, FindsATarget) {
  const Form& targets = form_named("targets");
  auto book = Book::open(*store_, targets);
  ASSERT_TRUE(
      book->write(*store_, {.after = Values{"orders", "2025-01", "", "", "1200", ""}}, {1, "Li"})
          .ok());
  ASSERT_TRUE(
      book->write(*store_, {.after = Values{"orders", "2025-01", "S1", "", "70", ""}}, {1, "Li"})
          .ok());
  EXPECT_EQ(
      *target(*store_, {.metric = "orders", .period = "2025-01", .store_key = "", .channel = ""}),
      1200.0);
  EXPECT_EQ(
      *target(*store_, {.metric = "orders", .period = "2025-01", .store_key = "S1", .channel = ""}),
      70.0);
  EXPECT_EQ(
      *target(*store_, {.metric = "orders", .period = "2025-02", .store_key = "", .channel = ""}),
      std::nullopt);
}

}  // namespace
}  // namespace huitou::forms
