#include "demo/demo.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "demo/life.h"
#include "demo/range.h"

namespace huitou::demo {
namespace {

namespace fs = std::filesystem;

DemoOptions small(std::uint64_t customers) {
  DemoOptions options;
  options.customers = customers;
  options.from = *parse_date("2023-01-01");
  options.to = *parse_date("2025-12-31");
  return options;
}

struct Folder {
  fs::path path =
      fs::temp_directory_path() / ("huitou-demo-" + std::to_string(std::hash<const void*>{}(this)));
  ~Folder() { fs::remove_all(path); }
};

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::vector<std::string>> rows(const fs::path& path) {
  std::istringstream in(read(path));
  std::vector<std::vector<std::string>> found;
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> fields{""};
    for (const char letter : line) {
      if (letter == ',') {
        fields.emplace_back();
      } else {
        fields.back() += letter;
      }
    }
    found.push_back(fields);
  }
  found.erase(found.begin());
  return found;
}

// Given the same seed and other numbers of threads, every file should have the same bytes.
TEST(Demo, SameSeedSameBytes) {
  const Folder one;
  const Folder three;
  DemoOptions options = small(4'500);
  options.threads = 1;
  ASSERT_TRUE(write_demo(options, one.path, {}).ok());
  options.threads = 3;
  ASSERT_TRUE(write_demo(options, three.path, {}).ok());
  for (const auto& entry : fs::directory_iterator(one.path)) {
    EXPECT_EQ(read(entry.path()), read(three.path / entry.path().filename()))
        << entry.path().filename();
  }
  options.seed = 2;
  ASSERT_TRUE(write_demo(options, three.path, {}).ok());
  EXPECT_NE(read(one.path / "orders.csv"), read(three.path / "orders.csv"));
}

// Given a clean shop, the lines of an order should add up to the order, to the cent.
TEST(Demo, LinesAddUpToOrders) {
  const Folder folder;
  DemoOptions options = small(1'000);
  options.noise = false;
  const auto summary = write_demo(options, folder.path, {});
  ASSERT_TRUE(summary.ok());
  std::map<std::string, long long> net;
  const auto cents = [](const std::string& text) { return std::llround(std::stod(text) * 100); };
  for (const auto& line : rows(folder.path / "order_lines.csv")) {
    net[line[0]] += cents(line[12]);
    EXPECT_EQ(cents(line[9]) - cents(line[10]) - cents(line[11]), cents(line[12]));
  }
  const auto orders = rows(folder.path / "orders.csv");
  EXPECT_EQ(orders.size(), summary->orders);
  EXPECT_EQ(net.size(), orders.size());
  for (const auto& order : orders) {
    ASSERT_EQ(net[order[0]], cents(order[7])) << order[0];
  }
  EXPECT_EQ(rows(folder.path / "orders_late.csv").size(), 0U);
}

// Given noise, the counts in the summary should be those in the files.
TEST(Demo, NoiseIsCounted) {
  const Folder folder;
  const auto summary = write_demo(small(6'000), folder.path, {});
  ASSERT_TRUE(summary.ok());
  const auto orders = rows(folder.path / "orders.csv");
  const auto late = rows(folder.path / "orders_late.csv");
  EXPECT_EQ(late.size(), summary->late_orders + summary->corrected_orders);
  EXPECT_EQ(orders.size(), summary->orders - summary->late_orders + summary->duplicate_rows +
                               summary->broken_rows);
  EXPECT_GT(summary->corrected_orders, 0U);
  EXPECT_GT(summary->broken_rows, 0U);
  std::map<std::string, int> seen;
  std::uint64_t twice = 0;
  for (const auto& order : orders) {
    twice += ++seen[order[0]] == 2 ? 1U : 0U;
  }
  EXPECT_EQ(twice, summary->duplicate_rows);
}

// Given many customers, what was planted should be found again: a contact lowers dropout by its
// factor within a channel, and the coupon brings the second order forward.
TEST(Demo, PlantedEffectsAreThere) {
  const DemoOptions options = small(40'000);
  const Calendar calendar(options.from, options.to);
  double dropout[2] = {0, 0};
  double customers[2] = {0, 0};
  double back_in_40[2] = {0, 0};
  double coupons[2] = {0, 0};
  for (std::uint64_t index = 0; index < options.customers; ++index) {
    const Life life = live(options.seed, index, calendar);
    if (life.channel == Channel::tmall && !life.slow_service &&
        !is_double_eleven(life.orders.front().day)) {
      dropout[life.early_contact] += life.dropout;
      ++customers[life.early_contact];
    }
    const bool back =
        life.orders.size() > 1 && life.orders[1].day.days - life.orders[0].day.days < 40;
    back_in_40[life.coupon] += back;
    ++coupons[life.coupon];
  }
  EXPECT_NEAR(dropout[1] / customers[1] / (dropout[0] / customers[0]), Truth::contact_factor, 0.04);
  EXPECT_GT(back_in_40[1] / coupons[1], back_in_40[0] / coupons[0] + 0.03);
  EXPECT_NEAR(coupons[1] / static_cast<double>(options.customers), Truth::coupon_share, 0.01);
}

TEST(Calendar, BendsTimeThereAndBack) {
  const Calendar calendar(*parse_date("2024-01-01"), *parse_date("2025-01-01"));
  for (double day = 0; day < 366; day += 0.7) {
    EXPECT_NEAR(calendar.when(calendar.before(day)), day, 1e-9);
  }
}

TEST(Range, FestivalsAreDaysOfDemand) {
  EXPECT_GT(demand(*parse_date("2025-11-11")), 3.5);
  EXPECT_LT(demand(*parse_date("2027-02-06")), 0.6);  // 春节
  EXPECT_GT(demand(*parse_date("2026-02-03")), 1.2);  // before 春节 2026-02-17
}

TEST(Demo, RefusesWhatCannotBe) {
  EXPECT_EQ(write_demo(small(0), "unused", {}).error().message,
            "A shop without customers has nothing to show.");
  DemoOptions options = small(1);
  options.to = Date{options.from.days + 59};
  EXPECT_EQ(write_demo(options, "unused", {}).error().message,
            "The demo shop needs 60 days; this period has 59.");
  EXPECT_EQ(write_demo(small(1), "/proc/nowhere", {}).error().code, Code::limit_reached);
}

}  // namespace
}  // namespace huitou::demo
