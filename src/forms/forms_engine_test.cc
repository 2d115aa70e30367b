// Entries on their way to the canonical tables and back, on every engine.

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "engine/testing.h"
#include "forms/forms.h"
#include "ingest/ingest.h"
#include "schema/schema.h"
#include "spreadsheet/spreadsheet.h"

namespace huitou::forms {
namespace {

using engine::testing::NamedEngine;
using Lines = std::vector<std::string>;

const std::vector<NamedEngine>& all_engines() {
  static const std::vector<NamedEngine> engines = engine::testing::engines();
  return engines;
}

class FormsTest : public testing::TestWithParam<std::size_t> {
 protected:
  void SetUp() override {
    ASSERT_TRUE(schema::ensure(engine()).ok());
    for (const char* table : {"customers", "identities", "orders", "order_lines", "products",
                              "stores", "tickets", "surveys"}) {
      ASSERT_TRUE(engine().truncate_table(table).ok());
    }
    auto opened = store::open_sqlite(":memory:");
    ASSERT_TRUE(opened.ok());
    store_ = std::move(*opened);
    directory_ =
        std::filesystem::temp_directory_path() / ("huitou_forms_" + std::to_string(getpid()));
    std::filesystem::create_directories(directory_);
    load("customers.csv", "customer_key,region\n王,上海\n李,苏州\n");
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  engine::Engine& engine() { return *all_engines().at(GetParam()).engine; }
  Desk desk() {
    return {engine(), *store_, "Asia/Shanghai", "CNY", *parse_date("2026-01-01"), 1767200000};
  }
  std::string write(const std::string& name, const std::string& text) {
    const std::string path = (directory_ / name).string();
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  void load(const std::string& name, const std::string& text, const std::string& source = "shop") {
    const ingest::LoadOptions options{.paths = {write(name, text)},
                                      .mapping_dir = directory_.string(),
                                      .source = source,
                                      .today = *parse_date("2026-01-01"),
                                      .now = 5};
    const auto loaded = ingest::load(engine(), *store_, options);
    ASSERT_TRUE(loaded.ok()) << describe(loaded.error());
  }
  Done add(const std::string& form, const std::vector<std::string>& texts) {
    Desk at = desk();
    const auto written = parse_written(**find(form), texts);
    EXPECT_TRUE(written.ok());
    const auto done = forms::add(at, **find(form), *written, "Li");
    EXPECT_TRUE(done.ok()) << (done.ok() ? "" : describe(done.error()));
    settled();
    return done.ok() ? *done : Done{};
  }
  void settled() {
    Desk at = desk();
    const Status status = settle(at);
    EXPECT_TRUE(status.ok()) << (status.ok() ? "" : describe(status.error()));
  }
  void undo(std::int64_t change) {
    Desk at = desk();
    const auto done = undo_change(at, change, "Zhang");
    EXPECT_TRUE(done.ok()) << (done.ok() ? "" : describe(done.error()));
    settled();
  }
  Lines rows(const std::string& query) {
    const auto frame = engine().query({.text = query});
    EXPECT_TRUE(frame.ok()) << (frame.ok() ? "" : describe(frame.error()));
    return frame.ok() ? engine::testing::lines(*frame) : Lines();
  }
  Lines tickets() {
    return rows(
        "SELECT ticket_key, toUInt64(customer_id) AS customer, toString(opened_at) AS at, "
        "toString(opened_on) AS day, first_reply_minutes, toString(closed_at) AS closed, "
        "reason, is_complaint, satisfaction, channel, store_key FROM tickets ORDER BY ticket_key");
  }
  Lines stores() {
    return rows("SELECT store_key, name, region, source FROM stores ORDER BY store_key");
  }
  Lines products() {
    return rows(
        "SELECT product_key, name, category, cost_minor, source FROM products ORDER BY "
        "product_key");
  }

  std::unique_ptr<store::Store> store_;
  std::filesystem::path directory_;
};

constexpr const char* kTickets =
    "ticket_key,customer_key,opened_at,first_reply_minutes,closed_at,reason,is_complaint,"
    "satisfaction,channel,store_key\n"
    "A1,王,2025-01-05 23:30:00,12,2025-01-06 11:00:00,退款,是,2,柜台,S1\n"
    "A2,,2025-01-06,,,咨询,否,,,\n"
    "A3,李,2025-01-07 08:00:00,,,咨询,,5,电话,\n";

TEST_P(FormsTest, EntriesAreTheRowsThatAFileBrings) {
  load("loaded.csv", kTickets);
  const Lines by_file = tickets();
  ASSERT_EQ(by_file.size(), 3U);
  ASSERT_TRUE(engine().truncate_table("tickets").ok());
  Desk at = desk();
  const auto import = import_file(at, **find("tickets"),
                                  {.path = write("t.csv", kTickets), .by = "Li", .dry_run = false});
  ASSERT_TRUE(import.ok()) << describe(import.error());
  EXPECT_EQ(import->added, 3U);
  EXPECT_EQ(import->warnings, 1U);  // a store that nobody knows
  settled();
  EXPECT_EQ(tickets(), by_file);
  const auto undone = undo_import(at, import->done.import, "Li");
  ASSERT_TRUE(undone.ok());
  EXPECT_EQ(undone->removed, 3);
  settled();
  EXPECT_EQ(tickets(), Lines{});
}

TEST_P(FormsTest, SurveysComeAndGoAndOthersStay) {
  load("s.csv", "survey_key,customer_key,kind,score,answered_on\nS000001,王,nps,9,2025-01-05\n");
  const Done first =
      add("surveys", {"kind=nps", "score=3", "answered_on=2025-02-05", "customer_key=李"});
  const Done second = add("surveys", {"kind=text", "comment=很好", "answered_on=2025-02-06"});
  const std::string query =
      "SELECT survey_key, toUInt64(customer_id) AS customer, kind, score, comment, "
      "toString(answered_on) AS day, source FROM surveys ORDER BY source, survey_key";
  EXPECT_EQ(rows(query), (Lines{"S000001\t2\tnps\t3\t\t2025-02-05\tform surveys",
                                "S000002\t0\ttext\t\\N\t很好\t2025-02-06\tform surveys",
                                "S000001\t1\tnps\t9\t\t2025-01-05\tshop"}));
  undo(first.change);
  undo(second.change);
  EXPECT_EQ(rows(query), (Lines{"S000001\t1\tnps\t9\t\t2025-01-05\tshop"}));
}

TEST_P(FormsTest, AnEntryThatIsPutAgainChangesItsRow) {
  const auto put_answer = [&](const std::string& score, const std::string& clock) {
    const auto done = put(*store_, **find("surveys"),
                          {{"survey_key", "Q1-7"},
                           {"kind", "nps"},
                           {"score", score},
                           {"answered_on", clock},
                           {"customer_key", "王"},
                           {"product_key", "P9"},
                           {"store_key", "S9"}},
                          {.name = "link 7", .now = 1767200000});
    EXPECT_TRUE(done.ok()) << (done.ok() ? "" : describe(done.error()));
    settled();
    return done.ok() ? *done : Done{};
  };
  EXPECT_EQ(put_answer("9", "2025-01-31 23:59:59").added, 1);
  EXPECT_EQ(put_answer("9", "2025-01-31 23:59:59").unchanged, 1);
  EXPECT_EQ(put_answer("4", "2025-02-01 00:00:01").changed, 1);
  EXPECT_EQ(rows("SELECT survey_key, toUInt64(customer_id) AS customer, score, "
                 "toString(answered_on) AS day, product_key, store_key FROM surveys"),
            (Lines{"Q1-7\t1\t4\t2025-02-01\tP9\tS9"}));
  EXPECT_EQ(entries_beginning(*store_, **find("surveys"), "Q1-")->size(), 1U);
  EXPECT_EQ(entries_beginning(*store_, **find("surveys"), "Q1-8")->size(), 0U);
}

TEST_P(FormsTest, ACorrectionStandsBeforeFilesAndGoes) {
  load("p.csv", "product_key,name,category,cost\nP1,咖啡,饮料,9.00\nP2,茶,饮料,\n");
  const Lines before = products();
  const Done done = add("product_costs", {"product_key=P1", "cost=3.50"});
  EXPECT_EQ(products(),
            (Lines{"P1\t咖啡\t饮料\t350\tform product_costs", "P2\t茶\t饮料\t\\N\tshop"}));
  load("p2.csv", "product_key,name,category,cost\nP1,冰咖啡,饮料,8.00\n");
  settled();
  EXPECT_EQ(products()[0], "P1\t冰咖啡\t饮料\t350\tform product_costs");
  // Killed before it was noted that all is done: done again, it is the same.
  ASSERT_TRUE(store_->run("UPDATE form_state SET settled = 0").ok());
  settled();
  EXPECT_EQ(products()[0], "P1\t冰咖啡\t饮料\t350\tform product_costs");
  undo(done.change);
  EXPECT_EQ(products()[0], "P1\t冰咖啡\t饮料\t800\tshop");
  EXPECT_EQ(products()[1], before[1]);
}

TEST_P(FormsTest, AStoreThatNoFileHasComesAndGoes) {
  load("s.csv", "store_key,name,region\nS1,一店,上海\n");
  const Done first = add("stores", {"store_key=S9", "name=九店", "staff=4"});
  const Done second = add("stores", {"store_key=S1", "region=苏州"});
  ASSERT_EQ(first.warnings.size(), 1U);
  EXPECT_FALSE(first.warnings[0].is_error);
  EXPECT_TRUE(second.warnings.empty());
  EXPECT_EQ(stores(), (Lines{"S1\t一店\t苏州\tform stores", "S9\t九店\t\tform stores"}));
  Desk at = desk();
  ASSERT_TRUE(forms::remove(at, **find("stores"), first.entry, "Li").ok());
  settled();
  EXPECT_EQ(stores(), (Lines{"S1\t一店\t苏州\tform stores"}));
  undo(second.change);
  EXPECT_EQ(stores(), (Lines{"S1\t一店\t上海\tshop"}));
}

TEST_P(FormsTest, ACustomerNobodyKnowsIsRefused) {
  Desk at = desk();
  const auto refused =
      forms::add(at, **find("tickets"),
                 {{"opened_at", "2025-01-05"}, {"reason", "x"}, {"customer_key", "赵"}}, "Li");
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, Code::invalid_input);
  EXPECT_NE(refused.error().message.find("'赵'"), std::string::npos);
  settled();
  EXPECT_EQ(rows("SELECT customer_key FROM customers ORDER BY customer_key"), (Lines{"李", "王"}));
}

TEST_P(FormsTest, AnImportIsWholeOrNothing) {
  Desk at = desk();
  const Form& form = **find("targets");
  const std::string path = write("targets.csv",
                                 "指标,周期,门店,目标值,额外\n"
                                 "复购率,2025-01,,35%,x\n"
                                 "订单数,2025-13,,1200,x\n"
                                 "orders,2025-02,S7,many,x\n"
                                 "复购率,2025年1月,,36%,x\n");
  const auto import = import_file(at, form, {.path = path, .by = "Li", .dry_run = false});
  ASSERT_TRUE(import.ok()) << describe(import.error());
  EXPECT_EQ(import->rows, 4U);
  EXPECT_EQ(import->added, 1U);
  EXPECT_EQ(import->refused, 3U);
  EXPECT_EQ(import->done.import, 0);
  EXPECT_EQ(*count_entries(*store_, form), 0);
  ASSERT_GE(import->issues.size(), 4U);
  EXPECT_EQ(import->issues[0].line, 3U);
  const auto found =
      std::find_if(import->issues.begin(), import->issues.end(),
                   [](const RowIssue& row) { return row.line == 4 && row.issue.is_error; });
  ASSERT_NE(found, import->issues.end());
  EXPECT_EQ(found->column, "目标值");
  EXPECT_EQ(found->issue.value, "many");
  const auto part =
      import_file(at, form, {.path = path, .by = "Li", .dry_run = false, .skip_errors = true});
  ASSERT_TRUE(part.ok());
  EXPECT_EQ(*count_entries(*store_, form), 1);
}

TEST_P(FormsTest, AFileImportedAgainChangesNothing) {
  Desk at = desk();
  const Form& form = **find("campaign_costs");
  const auto once = [&](const std::string& text) {
    const auto import =
        import_file(at, form, {.path = write("c.csv", text), .by = "Li", .dry_run = false});
    EXPECT_TRUE(import.ok()) << (import.ok() ? "" : describe(import.error()));
    return import.ok() ? *import : Import{};
  };
  const std::string head = "campaign,kind,spent_from,cost\n";
  EXPECT_EQ(once(head + "spring,gifts,2025-01-01,10\nspring,people,2025-01-01,20\n").added, 2U);
  EXPECT_EQ(once(head + "spring,gifts,2025-01-01,10\nspring,people,2025-01-01,20\n").unchanged, 2U);
  const Import second = once(head + "spring,gifts,2025-01-01,15\nsummer,people,2025-06-01,1\n");
  EXPECT_EQ(second.changed, 1U);
  EXPECT_EQ(second.added, 1U);
  const auto cost = [&] {
    const auto frame = entries(*store_, form, {.entry = 1});
    return frame.ok() ? frame->integer("cost", 0) : std::nullopt;
  };
  EXPECT_EQ(cost(), 1500);
  ASSERT_TRUE(undo_import(at, second.done.import, "Li").ok());
  EXPECT_EQ(cost(), 1000);
  EXPECT_EQ(*count_entries(*store_, form), 2);
  EXPECT_EQ(undo_import(at, second.done.import, "Li").error().code, Code::conflict);
}

TEST_P(FormsTest, AWorkbookIsReadByItsFirstSheet) {
  // As the program writes it: the entries, and a longer sheet that says what the columns mean.
  const std::string path = (directory_ / "t.xlsx").string();
  const Form& form = **find("targets");
  add("targets", {"metric=orders", "period=2025-01", "target=1200"});
  const auto frame = entries(*store_, form, {});
  ASSERT_TRUE(frame.ok());
  auto writer = spreadsheet::create({.path = path}, {"Targets", columns_of(form), "CNY"});
  ASSERT_TRUE(writer.ok());
  ASSERT_TRUE((*writer)->write(*frame).ok());
  ASSERT_TRUE((*writer)->finish({{"a", {"A note", "说明"}}, {"b", {"Another", "说明"}}}).ok());
  Desk at = desk();
  const auto import = import_file(at, form, {.path = path, .by = "Li", .dry_run = true});
  ASSERT_TRUE(import.ok()) << describe(import.error());
  EXPECT_EQ(import->unchanged, 1U);
  EXPECT_EQ(import->errors, 0U);
}

TEST_P(FormsTest, OnlyTheLastWordIsUndone) {
  Desk at = desk();
  const Form& form = **find("targets");
  const Done added = add("targets", {"metric=orders", "period=2025", "target=1"});
  const auto changed = forms::change(at, form, added.entry, {{"target", "2"}}, "Wu");
  ASSERT_TRUE(changed.ok());
  EXPECT_EQ(undo_change(at, added.change, "Wu").error().code, Code::conflict);
  ASSERT_TRUE(undo_change(at, changed->change, "Wu").ok());
  EXPECT_EQ(undo_change(at, changed->change, "Wu").error().code, Code::conflict);
  ASSERT_TRUE(undo_change(at, added.change, "Wu").ok());
  EXPECT_EQ(*count_entries(*store_, form), 0);
  EXPECT_EQ(undo_change(at, 99, "Wu").error().code, Code::not_found);
  const auto rows = history(*store_, {.form = "targets"});
  ASSERT_TRUE(rows.ok());
  EXPECT_EQ(rows->rows(), 4U);
  EXPECT_EQ(rows->integer("undoes", 0), added.change);
  EXPECT_EQ(rows->text("changed_by", 0), "Wu");
}

INSTANTIATE_TEST_SUITE_P(Engines, FormsTest, testing::Range(std::size_t{0}, all_engines().size()),
                         [](const auto& chosen) { return all_engines()[chosen.param].name; });

}  // namespace
}  // namespace huitou::forms
