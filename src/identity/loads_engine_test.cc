// Keys that files bring, and the demo shop, of which is known who is who.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "demo/demo.h"
#include "identity/test_shop.h"
#include "ingest/ingest.h"

namespace huitou::identity {
namespace {

class LoadsTest : public IdentityTest {
 protected:
  void TearDown() override { std::filesystem::remove_all(folder_); }

  ingest::LoadOptions options(const std::string& name) const {
    return {.paths = {folder_ + name},
            .mapping_dir = folder_,
            .today = *parse_date("2026-01-01"),
            .now = 5,
            .force = true};
  }
  Resolved load(const std::string& name) {
    const auto loaded = ingest::load(engine(), *store_, options(name));
    EXPECT_TRUE(loaded.ok()) << describe(loaded.error());
    const auto followed = follow(engine(), *store_, 5);
    EXPECT_TRUE(followed.ok()) << describe(followed.error());
    return followed.ok() ? *followed : Resolved{};
  }
  Resolved load(const std::string& name, const std::string& text) {
    std::filesystem::create_directories(folder_);
    std::ofstream(folder_ + name) << text;
    return load(name);
  }

  std::string folder_ = testing::TempDir() + "huitou_identity/";
};

// Files bring phones and addresses in all spellings; what a later load brings joins as if it had
// come at first, and loading a file again changes nothing.
TEST_P(LoadsTest, LoadsBringTheKeys) {
  load("orders.csv",
       "订单编号,买家会员名,收货人手机,下单时间,实付金额\n"
       "A1,tb_anna,１３９１２３４０００１,2025-01-05 10:00:00,100.00\n"
       "A2,anna@example.com,,2025-02-05 10:00:00,50.00\n"
       "A3,ben,139****0001,2025-02-06 10:00:00,20.00\n"
       "A4,13912340003,,2025-02-06 10:00:00,20.00\n");
  EXPECT_EQ(placed(), (Lines{"A1\t1\t0", "A2\t2\t0", "A3\t3\t0", "A4\t4\t0"}));
  load("members.csv",
       "会员号,手机号,邮箱\n"
       "M1,+86 139-1234-0001,ANNA@example.com\n"
       "M2,13912340003,\n");
  const Lines joined{"A1\t1\t0", "A2\t1\t2", "A3\t3\t0", "A4\t4\t0"};
  EXPECT_EQ(placed(), joined);
  EXPECT_EQ(shown("M2"), (Lines{"4 member:13912340003 own", "4 phone:13912340003 joins",
                                "6 member:M2 joined", "6 phone:13912340003 joins"}));
  load("orders.csv",
       "订单编号,买家会员名,收货人手机,下单时间,实付金额\n"
       "A2,anna@example.com,,2025-02-05 10:00:00,60.00\n"
       "A5,M2,,2025-03-06 10:00:00,20.00\n");
  EXPECT_EQ(placed(), (Lines{"A1\t1\t0", "A2\t1\t2", "A3\t3\t0", "A4\t4\t0", "A5\t4\t6"}));
  EXPECT_EQ(run({.everything = true}).changes.rows(), 0U);
}

struct Pairs {
  std::uint64_t true_ones = 0;  ///< pairs of accounts of one person
  std::uint64_t found = 0;      ///< of these, joined
  std::uint64_t all_found = 0;  ///< joined, rightly or not
};

std::uint64_t pairs_of(std::uint64_t size) { return size * (size - 1) / 2; }

/// `persons` says for each account, by its key, whose it was found to be.
Pairs compare(const std::string& truth_path, const std::map<std::string, std::string>& persons) {
  std::map<std::string, std::uint64_t> by_truth;
  std::map<std::string, std::uint64_t> by_both;
  std::map<std::string, std::uint64_t> by_found;
  std::ifstream file(truth_path);
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    const std::string account = line.substr(0, line.find(','));
    const std::string owner = line.substr(line.find(',') + 1);
    const std::string& person = persons.at(account);
    ++by_truth[owner];
    ++by_found[person];
    ++by_both[owner + "/" + person];
  }
  Pairs pairs;
  for (const auto& [owner, size] : by_truth) pairs.true_ones += pairs_of(size);
  for (const auto& [person, size] : by_found) pairs.all_found += pairs_of(size);
  for (const auto& [both, size] : by_both) pairs.found += pairs_of(size);
  return pairs;
}

// Given the demo shop with its noise (spellings, masked and invented phones, tills, families,
// passed on numbers), of 1,000 pairs that are joined 999 should be one person, and of 100 pairs
// that are one person 98 be joined.
TEST_P(LoadsTest, FindsThePeopleOfTheDemoShop) {
  const demo::DemoOptions shop{
      .customers = 20'000, .from = *parse_date("2025-01-01"), .to = *parse_date("2025-03-15")};
  ASSERT_TRUE(demo::write_demo(shop, folder_, {}).ok());
  load("customers.csv");
  const Resolved done = load("accounts.csv");
  EXPECT_GT(done.crowded, 0U);
  EXPECT_GT(done.stopped, 0U);
  EXPECT_GT(done.mixed, 0U);
  std::map<std::string, std::string> persons;
  const std::string links =
      "SELECT account_id AS account, argMax(customer_id, run_id) AS person FROM customer_links "
      "GROUP "
      "BY account_id";
  for (const std::string& line :
       rows("SELECT customer_key, toUInt64(if(person = 0, account, person)) AS found FROM (SELECT "
            "customer_key, customer_id AS account FROM customers) AS c GLOBAL ANY LEFT JOIN (" +
            links + ") AS l USING account")) {
    const std::size_t tab = line.find('\t');
    persons[line.substr(0, tab)] = line.substr(tab + 1);
  }
  const Pairs pairs = compare(folder_ + "truth_accounts.csv", persons);
  ASSERT_GT(pairs.true_ones, 10'000U);
  const double precision = static_cast<double>(pairs.found) / static_cast<double>(pairs.all_found);
  const double recall = static_cast<double>(pairs.found) / static_cast<double>(pairs.true_ones);
  EXPECT_GE(precision, 0.999);
  EXPECT_GE(recall, 0.98);
  EXPECT_LT(recall, 1) << "some accounts have nothing in common with their owner's others";
  RecordProperty("precision", std::to_string(precision));
  RecordProperty("recall", std::to_string(recall));
  EXPECT_EQ(run({.everything = true}).changes.rows(), 0U);
}

INSTANTIATE_TEST_SUITE_P(Engines, LoadsTest, testing::Range<std::size_t>(0, all_engines().size()),
                         [](const auto& engine) { return all_engines().at(engine.param).name; });

}  // namespace
}  // namespace huitou::identity
