#pragma once

// An empty shop on one engine, filled by hand.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/testing.h"
#include "identity/identity.h"
#include "schema/schema.h"
#include "schema/testing.h"

namespace huitou::identity {

using engine::testing::NamedEngine;
using Lines = std::vector<std::string>;

inline const std::vector<NamedEngine>& all_engines() {
  static const std::vector<NamedEngine> engines = engine::testing::engines();
  return engines;
}

struct KeyRow {
  std::int64_t account;
  std::string kind;
  std::string key;
};

class IdentityTest : public testing::TestWithParam<std::size_t> {
 protected:
  void SetUp() override {
    schema::testing::clear(engine());
    auto opened = store::open_sqlite(":memory:");
    ASSERT_TRUE(opened.ok());
    store_ = std::move(opened).value();
  }

  engine::Engine& engine() { return *all_engines().at(GetParam()).engine; }

  /// Columns that are not given are 0 or empty.
  void put(const std::string& table, std::vector<Column> columns) {
    schema::testing::put(engine(), table, std::move(columns));
  }

  void keys(const std::vector<KeyRow>& rows) {
    ++batch_;
    std::vector<std::int64_t> accounts;
    Lines kinds;
    Lines texts;
    for (const KeyRow& row : rows) {
      accounts.push_back(row.account);
      kinds.push_back(row.kind);
      texts.push_back(row.key);
    }
    const std::vector<std::int64_t> batches(rows.size(), batch_);
    put("identities",
        {engine::testing::integers("customer_id", accounts), engine::testing::texts("kind", kinds),
         engine::testing::texts("key", texts), engine::testing::integers("batch", batches)});
  }

  /// One order in each month of this account, with a line.
  void orders(std::int64_t account, const std::vector<std::int64_t>& days) {
    Lines names;
    for (const std::int64_t day : days) {
      names.push_back("o" + std::to_string(account) + "-" + std::to_string(day));
    }
    const std::vector<std::int64_t> accounts(days.size(), account);
    const auto day = engine::testing::integers("ordered_on", days, ColumnType::date);
    const auto key = engine::testing::texts("order_key", names);
    const auto customer = engine::testing::integers("customer_id", accounts);
    put("orders", {key, customer, day});
    put("order_lines", {key, customer, day});
  }

  Resolved run(ResolveOptions options = {}) {
    options.now = 5;
    auto resolved = resolve(engine(), *store_, options);
    EXPECT_TRUE(resolved.ok()) << describe(resolved.error());
    return resolved.ok() ? *resolved : Resolved{};
  }

  Lines rows(const std::string& text) {
    const auto frame = engine().query({.text = text});
    EXPECT_TRUE(frame.ok()) << describe(frame.error());
    return frame.ok() ? engine::testing::lines(*frame) : Lines{};
  }
  Lines placed(const std::string& table = "orders") {
    return rows("SELECT order_key, toUInt64(customer_id) AS c, toUInt64(account_id) AS a FROM " +
                table + " ORDER BY order_key");
  }
  Lines shown(std::string_view customer) {
    auto frame = show(engine(), *store_, customer);
    EXPECT_TRUE(frame.ok()) << describe(frame.error());
    Lines out;
    for (std::size_t row = 0; frame.ok() && row < frame->rows(); ++row) {
      out.push_back(std::to_string(*frame->integer("account_id", row)) + " " +
                    *frame->text("kind", row) + ":" + *frame->text("key", row) + " " +
                    *frame->text("state", row));
    }
    return out;
  }

  void stop(const std::string& kind, const std::string& key) {
    ASSERT_TRUE(add_stop(*store_, {kind, key}, "test", 5).ok());
  }

  std::unique_ptr<store::Store> store_;
  std::int64_t batch_ = 0;
};

}  // namespace huitou::identity
