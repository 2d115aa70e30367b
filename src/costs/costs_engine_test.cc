// What orders cost, on every engine: by hand, against a second computation, corrected later.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <optional>
#include <random>

#include "costs/costs.h"
#include "engine/testing.h"
#include "ingest/ingest.h"
#include "schema/testing.h"

namespace huitou::costs {
namespace {

using engine::testing::NamedEngine;
using Lines = std::vector<std::string>;
using Rows = std::vector<std::vector<std::string>>;
using Cost = std::optional<std::int64_t>;

const std::vector<NamedEngine>& all_engines() {
  static const std::vector<NamedEngine> engines = engine::testing::engines();
  return engines;
}

class ListReader : public ingest::RowReader {
 public:
  ListReader(ingest::FileInfo info, const Rows& rows) : info_(std::move(info)), rows_(rows) {}
  const ingest::FileInfo& info() const override { return info_; }
  Result<bool> fetch(ingest::RawBlock& block) override {
    block.clear(info_.columns.size());
    for (; next_ < rows_.size(); ++next_) {
      const std::vector<std::string_view> fields(rows_[next_].begin(), rows_[next_].end());
      block.append(next_ + 1, fields);
    }
    return block.rows() > 0;
  }

 private:
  ingest::FileInfo info_;
  const Rows& rows_;
  std::size_t next_ = 0;
};

class CostsTest : public testing::TestWithParam<std::size_t> {
 protected:
  void SetUp() override {
    schema::testing::clear(engine());
    auto opened = store::open_sqlite(":memory:");
    ASSERT_TRUE(opened.ok());
    store_ = std::move(*opened);
  }
  engine::Engine& engine() { return *all_engines().at(GetParam()).engine; }

  /// Columns have the names of the fields that they fill.
  void load(const std::string& table, const std::vector<std::string>& columns, const Rows& rows) {
    ingest::RowsSource source;
    source.info.path = table;
    source.info.columns = columns;
    source.mapping = "table: " + table + "\ncolumns:\n";
    for (const std::string& column : columns) {
      source.mapping +=
          "  " + column + ": " +
          (column == "ordered_at" ? "{field: ordered_at, date: year_first}" : column) + "\n";
    }
    source.open = [&]() -> Result<std::unique_ptr<ingest::RowReader>> {
      return std::unique_ptr<ingest::RowReader>(std::make_unique<ListReader>(source.info, rows));
    };
    const auto loaded =
        ingest::load_rows(engine(), *store_, source,
                          {.source = "shop", .today = *parse_date("2026-01-01"), .now = 5});
    ASSERT_TRUE(loaded.ok()) << table << ": " << describe(loaded.error());
  }
  void products(const Rows& rows) { load("products", {"product_key", "cost"}, rows); }
  Settled settled() {
    const auto done = settle(engine(), *store_, 7);
    EXPECT_TRUE(done.ok()) << (done.ok() ? "" : describe(done.error()));
    return done.ok() ? *done : Settled{};
  }
  Frame query(const std::string& text) {
    auto frame = engine().query({.text = text});
    EXPECT_TRUE(frame.ok()) << (frame.ok() ? "" : describe(frame.error()));
    return frame.ok() ? std::move(*frame) : Frame();
  }
  void execute(const std::string& text) {
    const Status done = engine().execute({.text = text});
    ASSERT_TRUE(done.ok()) << describe(done.error());
  }
  Lines costs_of(const std::string& table = "orders") {
    return engine::testing::lines(
        query("SELECT order_key, cost_minor FROM " + table + " ORDER BY order_key"));
  }

  std::unique_ptr<store::Store> store_;
};

const std::vector<std::string> kLines{"order_key",  "line_number", "customer_key",
                                      "ordered_at", "product_key", "quantity",
                                      "gross",      "status",      "cost"};

// A line's own cost stands before its product's; one line of unknown cost, and nothing is known.
TEST_P(CostsTest, ByHand) {
  products({{"tea", "2.50"}, {"cup", "0.335"}, {"odd", ""}});
  load("lines", kLines,
       {{"a", "1", "anna", "2025-01-05", "tea", "2", "10", "paid", ""},
        {"a", "2", "anna", "2025-01-05", "cup", "3", "6", "paid", ""},
        {"b", "1", "anna", "2025-01-06", "tea", "2", "10", "paid", "1.10"},
        {"b", "2", "anna", "2025-01-06", "odd", "1", "10", "paid", "3"},
        {"c", "1", "ben", "2025-02-01", "tea", "1", "5", "paid", ""},
        {"c", "2", "ben", "2025-02-01", "odd", "1", "5", "paid", ""},
        {"d", "1", "ben", "2025-02-02", "tea", "0.5", "5", "paid", ""},
        {"d", "2", "ben", "2025-02-02", "odd", "1", "5", "cancelled", ""},
        {"e", "1", "ben", "2025-02-03", "tea", "", "5", "paid", ""},
        {"f", "1", "ben", "2025-03-03", "tea", "-2", "-5", "paid", ""}});
  load("orders", {"order_key", "customer_key", "ordered_at", "paid", "cost"},
       {{"g", "cleo", "2025-03-05", "20", "9.99"}, {"h", "cleo", "2025-03-06", "20", ""}});
  // 0.335 is kept as 34 fen; a = 2 * 250 + 3 * 34; d: half a tea, the other line does not count.
  EXPECT_EQ(settled().months, 3);
  EXPECT_EQ(costs_of(), Lines({"a\t602", "b\t410", "c\t\\N", "d\t125", "e\t\\N", "f\t-500",
                               "g\t999", "h\t\\N"}));
  EXPECT_EQ(settled().months, 0);
  // Lines of an order that its own file priced, and of one that it did not.
  load("order_lines", {"order_key", "line_number", "product_key", "quantity", "gross"},
       {{"g", "1", "tea", "1", "20"}, {"h", "1", "tea", "4", "20"}});
  EXPECT_EQ(settled().months, 1);
  EXPECT_EQ(costs_of(), Lines({"a\t602", "b\t410", "c\t\\N", "d\t125", "e\t\\N", "f\t-500",
                               "g\t999", "h\t1000"}));
}

TEST_P(CostsTest, ALaterCostReachesTheOrdersThatItConcerns) {
  products({{"tea", "2"}, {"cup", "5"}, {"mug", ""}});
  load("lines", kLines,
       {{"a", "1", "anna", "2025-01-05", "tea", "1", "10", "paid", ""},
        {"b", "1", "anna", "2025-02-05", "cup", "1", "10", "paid", ""},
        {"c", "1", "anna", "2025-03-05", "mug", "1", "10", "paid", ""},
        {"d", "1", "anna", "2025-04-05", "tea", "1", "10", "paid", "7"}});
  settled();
  EXPECT_EQ(costs_of(), Lines({"a\t200", "b\t500", "c\t\\N", "d\t700"}));
  const std::int64_t version = ingest::data_version(*store_).value();
  // Orders that are aside are settled as well: `a` was corrected, `b` with its lines, which are in
  // both places; `q` is under quarantine.
  execute("INSERT INTO aside_orders SELECT * FROM orders WHERE order_key IN ('a', 'b')");
  execute("INSERT INTO aside_lines SELECT * FROM order_lines WHERE order_key = 'b'");
  using engine::testing::integers;
  using engine::testing::texts;
  schema::testing::put(engine(), "aside_orders", {texts("order_key", {"q"})});
  schema::testing::put(engine(), "aside_lines",
                       {texts("order_key", {"q"}), texts("product_key", {"tea"}),
                        integers("status", {2}), integers("quantity_milli", {2000})});
  products({{"tea", "3"}, {"mug", "4"}});
  const Settled done = settled();
  EXPECT_EQ(done.products, 2);
  EXPECT_EQ(done.months, 2);  // of a and c; the tea of April has a cost of its own
  EXPECT_EQ(costs_of(), Lines({"a\t300", "b\t500", "c\t400", "d\t700"}));
  EXPECT_EQ(costs_of("aside_orders"), Lines({"a\t300", "b\t500", "q\t600"}));
  EXPECT_GT(ingest::data_version(*store_).value(), version);
  // A cost that is taken away is unknown again.
  products({{"tea", ""}});
  EXPECT_EQ(settled().months, 1);
  EXPECT_EQ(costs_of(), Lines({"a\t\\N", "b\t500", "c\t400", "d\t700"}));
}

/// Products by margin, as the relation that ranks them has it.
Result<Frame> margins(engine::Engine& engine) {
  TRY(std::string text,
      schema::expand(
          "SELECT product_key, toInt64(known) AS known, value FROM {{valued_products}} AS "
          "v ORDER BY product_key",
          {{"line_policy", "status != 4"},
           {"product_value", "kept_minor - cost_minor"},
           {"product_unknown", "cost_unknown"}}));
  return engine.query(
      {.text = std::move(text),
       .params = {{"from", *parse_date("2025-01-01")}, {"to", *parse_date("2026-01-01")}}});
}

TEST_P(CostsTest, ProductsKnowTheCostsOfTheirLines) {
  products({{"tea", "2.50"}, {"cup", ""}, {"pot", "7"}});
  load("lines", kLines,
       {{"a", "1", "anna", "2025-01-05", "tea", "2", "10", "paid", ""},
        {"a", "2", "anna", "2025-01-05", "tea", "1.5", "8", "paid", "1.10"},
        {"b", "1", "anna", "2025-01-06", "tea", "0.333", "1", "paid", ""},
        {"b", "2", "anna", "2025-01-06", "cup", "1", "9", "paid", "4"},
        {"c", "1", "anna", "2025-01-07", "pot", "1", "9", "paid", ""},
        {"d", "1", "anna", "2025-01-08", "pot", "", "9", "paid", ""},
        {"e", "1", "anna", "2025-01-09", "cup", "1", "9", "cancelled", ""}});
  const auto frame = margins(engine());
  ASSERT_TRUE(frame.ok()) << describe(frame.error());
  // tea: 19.00 - 5.00 - 1.10 - 0.83; of a pot nobody said how many there were.
  EXPECT_EQ(engine::testing::lines(*frame), Lines({"cup\t1\t500", "pot\t0\t0", "tea\t1\t1207"}));
}

/// Costs from the rows alone.
std::map<std::string, Cost> slow_costs(const Frame& orders, const Frame& lines,
                                       const Frame& products) {
  std::map<std::string, std::int64_t> pieces;
  for (std::size_t row = 0; row < products.rows(); ++row) {
    const auto cost = products.integer("cost_minor", row);
    if (cost) pieces[*products.text("product_key", row)] = *cost;
  }
  std::map<std::string, Cost> out;
  for (std::size_t at = 0; at < orders.rows(); ++at) {
    const std::string key = *orders.text("order_key", at);
    out[key] = orders.integer("own_cost_minor", at);
    if (out[key]) continue;
    std::vector<std::size_t> counting;
    std::vector<std::size_t> all;
    for (std::size_t row = 0; row < lines.rows(); ++row) {
      if (*lines.text("order_key", row) != key) continue;
      all.push_back(row);
      if (*lines.integer("status", row) != 4) counting.push_back(row);
    }
    if (all.empty()) continue;
    Cost sum = 0;
    for (const std::size_t row : counting.empty() ? all : counting) {
      Cost cost = lines.integer("own_cost_minor", row);
      const auto piece = pieces.find(*lines.text("product_key", row));
      const std::int64_t milli = *lines.integer("quantity_milli", row);
      if (!cost && piece != pieces.end() && milli != 0) {
        cost = std::lround(static_cast<double>(piece->second * milli) / 1000.0);
      }
      sum = sum && cost ? Cost(*sum + *cost) : std::nullopt;
    }
    out[key] = sum;
  }
  return out;
}

TEST_P(CostsTest, AgreesWithASecondComputation) {
  std::mt19937 random(11);
  const auto below = [&](unsigned limit) { return static_cast<unsigned>(random() % limit); };
  const auto money = [&](unsigned unknown) {
    return below(unknown) == 0 ? std::string() : fmt::format("{}.{:02}", below(40), below(100));
  };
  for (int round = 0; round < 2; ++round) {
    Rows costs;
    for (unsigned product = 0; product < 12; ++product) {
      if (below(2) == 0) costs.push_back({fmt::format("p{}", product), money(6)});
    }
    costs.push_back({"p0", money(6)});
    products(costs);
    Rows lines;
    for (unsigned order = 0; order < 120; ++order) {
      if (below(3) == 0 && round > 0) continue;
      const std::string day = fmt::format("2025-{:02}-{:02}", 1 + below(6), 1 + below(28));
      for (unsigned line = 0; line <= below(4); ++line) {
        lines.push_back({fmt::format("o{}", order), std::to_string(line + 1), "anna", day,
                         fmt::format("p{}", below(13)),
                         below(9) == 0 ? "" : fmt::format("{}.5", below(5)), "50",
                         below(8) == 0 ? "cancelled" : "paid", below(3) == 0 ? money(3) : ""});
      }
    }
    load("lines", kLines, lines);
    load("orders", {"order_key", "customer_key", "ordered_at", "paid", "cost"},
         {{fmt::format("o{}", below(120)), "ben", "2025-03-03", "9", money(2)},
          {fmt::format("r{}", below(9)), "ben", "2025-03-04", "9", money(2)}});
    settled();
    const Frame orders = query("SELECT order_key, cost_minor, own_cost_minor FROM orders");
    const auto wanted = slow_costs(
        orders,
        query("SELECT order_key, product_key, toInt64(status) AS status, quantity_milli, "
              "own_cost_minor FROM order_lines"),
        query("SELECT product_key, cost_minor FROM products"));
    std::size_t known = 0;
    for (std::size_t row = 0; row < orders.rows(); ++row) {
      const std::string key = *orders.text("order_key", row);
      EXPECT_EQ(orders.integer("cost_minor", row), wanted.at(key)) << key << " round " << round;
      known += wanted.at(key) ? 1U : 0U;
    }
    EXPECT_GT(known, orders.rows() / 10);
    EXPECT_LT(known, orders.rows());
  }
}

std::string name_of(const testing::TestParamInfo<std::size_t>& info) {
  return all_engines().at(info.param).name;
}
INSTANTIATE_TEST_SUITE_P(Engines, CostsTest, testing::Range<std::size_t>(0, all_engines().size()),
                         name_of);

}  // namespace
}  // namespace huitou::costs
