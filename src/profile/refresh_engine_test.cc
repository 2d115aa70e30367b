// A refresh gives what a slow reader finds by hand; one that does little, what one that does
// everything gives.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <random>
#include <set>

#include "engine/testing.h"
#include "profile/profile.h"
#include "segments/testing.h"

namespace huitou::profile {
namespace {

using segments::testing::Cell;
using segments::testing::Row;
using segments::testing::Shop;

constexpr const char* kZone = "Asia/Shanghai";

std::vector<engine::testing::NamedEngine>& engines() {
  static auto opened = engine::testing::engines();
  return opened;
}

std::unique_ptr<store::Store> memory() {
  auto opened = store::open_sqlite(":memory:");
  CHECK(opened.ok());
  return std::move(*opened);
}

/// A home in memory.
struct Home {
  std::shared_ptr<engine::Engine> engine;
  std::unique_ptr<store::Store> store = memory();
  int changes = 0;
  std::set<std::string> stages{};  ///< of the last refresh

  Result<Refreshed> refresh(const Shop& shop, Date day, bool whole = false,
                            std::int64_t at_once = 131072) {
    stages.clear();
    const Progress progress([this](const Step& step) { stages.emplace(step.stage.en); }, nullptr);
    return profile::refresh(*engine, *store,
                            {.as_of = segments::as_of_day(day, kZone),
                             .void_runs = shop.void_runs,
                             .data = std::to_string(changes),
                             .whole = whole,
                             .now = 1'700'000'000,
                             .numbers_at_once = at_once},
                            progress);
  }
  std::vector<std::string> rows() const {
    std::string columns;
    for (const engine::TableColumn& column : table().columns) {
      columns += (columns.empty() ? "" : ", ") +
                 (column.name.ends_with("fingerprint")
                      ? fmt::format("toString({0}) AS text_of_{0}", column.name)
                      : column.name);
    }
    const auto frame = engine->query(
        {.text = "SELECT " + columns + " FROM customer_profile ORDER BY customer_id"});
    EXPECT_TRUE(frame.ok()) << describe(frame.error());
    return frame.ok() ? engine::testing::lines(*frame) : std::vector<std::string>{};
  }
};

#define ASSERT_DONE(result, wanted)                     \
  do {                                                  \
    const auto& done_ = (result);                       \
    ASSERT_TRUE(done_.ok()) << describe(done_.error()); \
    ASSERT_EQ(how_name(done_->how), how_name(wanted));  \
  } while (false)

/// The value of a cell of the profile as a slow reader would say it.
Cell cell_of(const Frame& frame, const Feature& feature) {
  using T = segments::ValueType;
  const T type = feature.fact->type;
  if (type == T::text) {
    const auto text = frame.text(feature.column, 0);
    return text ? Cell(*text) : Cell();
  }
  if (segments::is_real(type)) {
    const auto real = frame.real(feature.column, 0);
    return real ? Cell(*real) : Cell();
  }
  const auto whole = frame.integer(feature.column, 0);
  return whole ? Cell(*whole) : Cell();
}

bool same(const Cell& one, const Cell& other) {
  if (std::holds_alternative<double>(one) && std::holds_alternative<double>(other)) {
    return std::abs(std::get<double>(one) - std::get<double>(other)) < 1e-9;
  }
  return one == other;
}

TEST(Refresh, GivesWhatASlowReaderFinds) {
  const segments::Library library;
  std::size_t checked = 0;
  for (const int seed : {11, 12, 13}) {
    const Date day = *parse_date(seed == 12 ? "2024-03-01" : "2025-06-30");
    const Shop shop = segments::testing::random_shop(static_cast<std::uint64_t>(seed), day, kZone);
    const segments::AsOf as_of = segments::as_of_day(day, kZone);
    const segments::testing::SlowReader slow(shop, as_of, library);
    for (const auto& [name, engine] : engines()) {
      SCOPED_TRACE(name);
      Home home{engine};
      ASSERT_TRUE(segments::testing::fill(*engine, shop).ok());
      const auto done = home.refresh(shop, day, true, 10);
      ASSERT_DONE(done, How::whole);
      const auto everyone = slow.everyone();
      ASSERT_EQ(done->customers, static_cast<std::int64_t>(everyone.size()));
      for (const std::int64_t customer : everyone) {
        const auto row = row_of(*engine, *home.store, customer);
        ASSERT_TRUE(row.ok()) << describe(row.error());
        ASSERT_EQ(row->rows(), 1U) << customer;
        for (const Feature& feature : features()) {
          ++checked;
          ASSERT_TRUE(same(cell_of(*row, feature), slow.value(feature.term, customer)))
              << feature.column << " of " << customer << " with seed " << seed;
        }
      }
    }
  }
  EXPECT_GT(checked, 3000U);
}

TEST(Refresh, DoesNothingWhereNothingChanged) {
  const Date day = *parse_date("2025-06-30");
  const Shop shop = segments::testing::random_shop(3, day, kZone);
  for (const auto& [name, engine] : engines()) {
    SCOPED_TRACE(name);
    Home home{engine};
    ASSERT_TRUE(segments::testing::fill(*engine, shop).ok());
    EXPECT_FALSE(state(*home.store)->has_value());
    EXPECT_EQ(summary(*engine, *home.store, {}).error().code, Code::not_enough_data);
    ASSERT_DONE(home.refresh(shop, day), How::whole);
    const auto rows = home.rows();
    ASSERT_DONE(home.refresh(shop, day), How::nothing);
    home.changes = 1;  // somebody says that the data changed; they did not
    const auto looked = home.refresh(shop, day);
    ASSERT_DONE(looked, How::changed);
    EXPECT_EQ(looked->computed, 0);
    ASSERT_DONE(home.refresh(shop, day), How::nothing);
    EXPECT_EQ(home.rows(), rows);
    ASSERT_DONE(home.refresh(shop, Date{day.days + 1}), How::whole);
    EXPECT_NE(home.rows(), rows);
    ASSERT_DONE(home.refresh(shop, day), How::whole);
    EXPECT_EQ(home.rows(), rows);
    EXPECT_EQ(history(*home.store)->rows(), 3U);
  }
}

/// Random things that can happen to a shop.
class Happenings {
 public:
  Happenings(Shop& shop, std::uint64_t seed, Date today) : shop_(shop), rng_(seed), today_(today) {}

  std::string happen() {
    switch (below(9)) {
      case 0:
      case 1:
        return again("orders", "order_key");
      case 2:
        return again("order_lines", "product_key");
      case 3:
        return again(one_of({"events", "tickets", "surveys"}), "channel");
      case 4:
        return corrected();
      case 5:
        return removed();
      case 6:
        return joined();
      case 7:
        return taken_apart();
      default:
        return customer();
    }
  }

 private:
  std::size_t below(std::size_t bound) { return rng_() % bound; }
  const char* one_of(std::initializer_list<const char*> list) {
    return *(list.begin() + below(list.size()));
  }
  std::vector<Row>& table(const char* name) { return shop_.tables[name]; }

  /// A row like another one, of somebody else, on another day.
  std::string again(const char* name, const char* text) {
    std::vector<Row>& rows = table(name);
    if (rows.empty()) return "nothing";
    Row row = rows[below(rows.size())];
    row["customer_id"] = static_cast<std::int64_t>(below(26));
    row[text] = "n" + std::to_string(++made_);
    for (const char* day : {"ordered_on", "occurred_on", "opened_on", "answered_on"}) {
      if (row.contains(day)) row[day] = std::int64_t{today_.days} - 100 + std::int64_t(below(103));
    }
    rows.push_back(std::move(row));
    return std::string("a new row of ") + name;
  }

  std::string corrected() {
    std::vector<Row>& rows = table("orders");
    if (rows.empty()) return "nothing";
    Row& row = rows[below(rows.size())];
    const char* const what = one_of({"net_minor", "status", "discount_minor", "cost_minor"});
    row[what] = static_cast<std::int64_t>(1 + below(5));
    return std::string("another ") + what;
  }

  std::string removed() {
    const char* const name = one_of({"orders", "order_lines", "events", "tickets", "customers"});
    std::vector<Row>& rows = table(name);
    for (std::size_t i = 1 + below(4); i > 0 && rows.size() > 5; --i) {
      rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(below(rows.size())));
    }
    return std::string("fewer ") + name;
  }

  std::string joined() {
    const auto account = static_cast<std::int64_t>(1 + below(25));
    link(account, static_cast<std::int64_t>(1 + below(25)));
    return "an account that is joined";
  }

  std::string taken_apart() {
    std::vector<Row>& links = table("customer_links");
    if (links.empty()) return "nothing";
    const auto account = std::get<std::int64_t>(links[below(links.size())]["account_id"]);
    link(account, account);
    return "an account that is taken apart";
  }

  void link(std::int64_t account, std::int64_t person) {
    table("customer_links")
        .push_back({{"account_id", account},
                    {"run_id", static_cast<std::int64_t>(10 + ++made_)},
                    {"customer_id", person},
                    {"with_account", person}});
  }

  std::string customer() {
    std::vector<Row>& rows = table("customers");
    Row& row = rows[below(rows.size())];
    if (below(2) == 0) {
      row["registered_on"] = std::int64_t{today_.days} - 2 + std::int64_t(below(4));
    } else {
      row.erase("registered_on");
    }
    row["channel"] = one_of({"", "web", "猫粮"});
    return "a customer's own data";
  }

  Shop& shop_;
  std::mt19937_64 rng_;
  Date today_;
  int made_ = 0;
};

int steps(const std::string& engine) {
  const char* wanted = std::getenv("HUITOU_REFRESH_STEPS");
  return wanted != nullptr ? std::atoi(wanted) : engine == "chdb" ? 60 : 6;
}

TEST(Refresh, OfThoseWhoChangedGivesWhatTheWholeGives) {
  const Date day = *parse_date("2025-06-30");
  for (const auto& [name, engine] : engines()) {
    SCOPED_TRACE(name);
    Shop shop = segments::testing::random_shop(7, day, kZone);
    Happenings happenings(shop, 5, day);
    Home home{engine};
    ASSERT_TRUE(segments::testing::fill(*engine, shop).ok());
    ASSERT_DONE(home.refresh(shop, day), How::whole);
    std::int64_t computed = 0;
    for (int step = 0; step < steps(name); ++step) {
      const std::string what = happenings.happen();
      SCOPED_TRACE(what + " at step " + std::to_string(step));
      ASSERT_TRUE(segments::testing::fill(*engine, shop).ok());
      ++home.changes;
      const auto little = home.refresh(shop, day, false, step % 2 == 0 ? 131072 : 7);
      ASSERT_TRUE(little.ok()) << describe(little.error());
      computed += little->computed;
      const auto rows = home.rows();
      ASSERT_EQ(little->customers, static_cast<std::int64_t>(rows.size()));
      ASSERT_DONE(home.refresh(shop, day, true), How::whole);
      ASSERT_EQ(rows, home.rows());
    }
    EXPECT_GT(computed, 0);
    EXPECT_LT(computed, 25 * steps(name) / 2);  // most steps change few
  }
}

// Partitions that stayed as they were are not read; nobody must notice.
TEST(Refresh, OfRecentMonthsGivesWhatTheWholeGives) {
  const Date day = *parse_date("2025-06-30");
  for (const auto& [name, engine] : engines()) {
    SCOPED_TRACE(name);
    Shop shop = segments::testing::random_shop(8, day, kZone);
    Happenings happenings(shop, 6, day);
    Home home{engine};
    const Status filled = segments::testing::fill(*engine, shop);
    ASSERT_TRUE(filled.ok()) << describe(filled.error());
    ASSERT_DONE(home.refresh(shop, day), How::whole);
    int recent = 0;
    int years = 0;
    const int count = std::max(6, steps(name) / 2);
    for (int step = 0; step < count; ++step) {
      const Shop before = shop;
      const std::string what = happenings.happen();
      SCOPED_TRACE(what + " at step " + std::to_string(step));
      const Status refilled = segments::testing::refill(*engine, before, shop);
      ASSERT_TRUE(refilled.ok()) << describe(refilled.error());
      ++home.changes;
      const auto little = home.refresh(shop, day, false, step % 2 == 0 ? 131072 : 7);
      ASSERT_TRUE(little.ok()) << describe(little.error());
      recent += home.stages.contains("Looking for changes in recent months") ? 1 : 0;
      years += home.stages.contains("Looking for changes") ? 1 : 0;
      const auto rows = home.rows();
      if (step % 5 == 4) continue;  // later changes come on top of more than one refresh
      ASSERT_DONE(home.refresh(shop, day, true), How::whole);
      ASSERT_EQ(rows, home.rows());
    }
    EXPECT_GT(recent, count / 4);
    EXPECT_GT(years, 0);
  }
}

TEST(Refresh, SumsUpItsColumns) {
  const Date day = *parse_date("2025-06-30");
  const Shop shop = segments::testing::random_shop(3, day, kZone);
  for (const auto& [name, engine] : engines()) {
    SCOPED_TRACE(name);
    Home home{engine};
    ASSERT_TRUE(segments::testing::fill(*engine, shop).ok());
    const auto done = home.refresh(shop, day);
    ASSERT_DONE(done, How::whole);
    const auto found = summary(*engine, *home.store, {});
    ASSERT_TRUE(found.ok()) << describe(found.error());
    ASSERT_EQ(found->rows(), features().size());
    EXPECT_EQ(found->text("column", 0), "orders");
    EXPECT_EQ(found->integer("filled", 0), done->customers);
    EXPECT_LE(*found->real("least", 0), *found->real("p50", 0));
    EXPECT_LE(*found->real("p50", 0), *found->real("most", 0));
    for (std::size_t row = 0; row < found->rows(); ++row) {
      const Feature& feature = features()[row];
      EXPECT_EQ(found->text("column", row), feature.column);
      const bool text = feature.fact->type == segments::ValueType::text;
      EXPECT_EQ(found->integer("different", row).has_value(), text) << feature.column;
      if (feature.fact->zero) {
        EXPECT_EQ(found->integer("filled", row), done->customers);
      }
    }
  }
}

}  // namespace
}  // namespace huitou::profile
