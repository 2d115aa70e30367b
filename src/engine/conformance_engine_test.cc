// What must hold on every engine: the same statements, the same rows.

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "engine/testing.h"

namespace huitou::engine {
namespace {

using testing::integers;
using testing::reals;
using testing::texts;
using Lines = std::vector<std::string>;

/// `body` on each engine; the engine's name is in every failure.
class Engines : public ::testing::Test {
 protected:
  void on_each(const std::function<void(Engine&)>& body) {
    for (const testing::NamedEngine& named : testing::engines()) {
      SCOPED_TRACE(named.name);
      body(*named.engine);
    }
  }

  static void ok(const Status& status) { EXPECT_TRUE(status.ok()) << describe(status.error()); }

  static Lines rows(Engine& engine, const std::string& text, const Params& params = {}) {
    const Result<Frame> frame = engine.query({.text = text, .params = params});
    EXPECT_TRUE(frame.ok()) << text << ": " << (frame.ok() ? "" : describe(frame.error()));
    return frame.ok() ? testing::sorted_lines(*frame) : Lines{"failed"};
  }

  static void fill(Engine& engine, const std::string& table, const Frame& frame,
                   const std::vector<TableColumn>& columns) {
    Result<std::unique_ptr<Inserter>> inserter = engine.insert(table, columns);
    ASSERT_TRUE(inserter.ok()) << describe(inserter.error());
    ok((*inserter)->write(frame));
    ok((*inserter)->finish());
  }

  /// order_id, customer_id, product_id, ordered_on (2025, a month for each third), net_minor.
  static Frame some_orders(std::int64_t count) {
    Frame frame;
    std::vector<std::int64_t> ids, customers, products, days, amounts;
    for (std::int64_t id = 1; id <= count; ++id) {
      ids.push_back(id);
      customers.push_back(1 + id * 7 % 97);
      products.push_back(1 + id % 11);
      days.push_back(
          date_of({2025, static_cast<int>(1 + id % 3), static_cast<int>(1 + id % 28)}).days);
      amounts.push_back(id % 5 == 0 ? -100 : id * 10);
    }
    frame.columns = {integers("order_id", ids), integers("customer_id", customers),
                     integers("product_id", products),
                     integers("ordered_on", days, ColumnType::date),
                     integers("net_minor", amounts)};
    return frame;
  }

  static std::vector<TableColumn> order_columns() {
    return {{"order_id", "UInt64"},
            {"customer_id", "UInt64"},
            {"product_id", "UInt64"},
            {"ordered_on", "Date"},
            {"net_minor", "Int64"}};
  }

  static TableSpec orders_spec(std::string name) {
    return {.name = std::move(name),
            .columns = order_columns(),
            .partition_by = "toYYYYMM(ordered_on)",
            .order_by = "customer_id, ordered_on",
            .shard_by = "customer_id"};
  }

  static void make_orders(Engine& engine, std::int64_t count) {
    ok(engine.create_table(orders_spec("orders")));
    fill(engine, "orders", some_orders(count), order_columns());
  }
};

TEST_F(Engines, EveryTypeComesBackAsItWentIn) {
  const std::vector<TableColumn> columns = {{"key", "UInt64"},
                                            {"u8", "UInt8"},
                                            {"u32", "UInt32"},
                                            {"i32", "Int32"},
                                            {"i64", "Int64"},
                                            {"f64", "Float64"},
                                            {"text", "String"},
                                            {"day", "Date"},
                                            {"at", "DateTime"},
                                            {"maybe", "Nullable(Int64)"},
                                            {"words", "Nullable(String)"}};
  Frame frame;
  Column maybe = integers("maybe", {});
  maybe.push_integer(-5);
  maybe.push_null();
  Column words = texts("words", {});
  words.push_null();
  words.push_text("");
  frame.columns = {integers("key", {1, INT64_MAX}),
                   integers("u8", {0, 255}),
                   integers("u32", {0, 4294967295}),
                   integers("i32", {INT32_MIN, INT32_MAX}),
                   integers("i64", {INT64_MIN, INT64_MAX}),
                   reals("f64", {-1e300, 0.1}),
                   texts("text", {"回头客 'a' \\ \t", std::string("\0x", 2)}),
                   integers("day", {kFirstDate.days, kLastDate.days}, ColumnType::date),
                   integers("at", {0, 4294967295}, ColumnType::time),
                   maybe,
                   words};
  on_each([&](Engine& engine) {
    ok(engine.create_table(
        {.name = "orders", .columns = columns, .order_by = "key", .shard_by = "key"}));
    fill(engine, "orders", frame, columns);
    std::string names;
    for (const TableColumn& column : columns) {
      names += (names.empty() ? "" : ", ") + column.name;
    }
    Result<Frame> back = engine.query({.text = "SELECT " + names + " FROM orders ORDER BY key"});
    ASSERT_TRUE(back.ok()) << describe(back.error());
    EXPECT_EQ(testing::lines(*back), testing::lines(frame));
    EXPECT_EQ(back->at("day").type, ColumnType::date);
  });
}

TEST_F(Engines, AResultWithoutRowsHasItsColumns) {
  on_each([&](Engine& engine) {
    make_orders(engine, 10);
    const Result<Frame> frame =
        engine.query({.text = "SELECT customer_id, ordered_on, net_minor / 2 AS half -- none\nFROM "
                              "orders WHERE order_id > 99"});
    ASSERT_TRUE(frame.ok()) << describe(frame.error());
    EXPECT_EQ(frame->rows(), 0U);
    EXPECT_EQ(frame->at("customer_id").type, ColumnType::integer);
    EXPECT_EQ(frame->at("ordered_on").type, ColumnType::date);
    EXPECT_EQ(frame->at("half").type, ColumnType::real);
  });
}

TEST_F(Engines, NothingIsNull) {
  on_each([&](Engine& engine) {
    EXPECT_EQ(
        rows(engine,
             "SELECT toFloat64(1) / 0 AS a, sum(toInt64(1)) / nullIf(toUInt64(count()), 1) AS b"),
        Lines{"\\N\t\\N"});
  });
}

TEST_F(Engines, ParametersReachTheQueryAsTheyAre) {
  const std::string odd = "it's \\ {x:Date} 回头; -- \"`\t";
  on_each([&](Engine& engine) {
    EXPECT_EQ(
        rows(engine,
             "SELECT {odd:String} AS a, {day:Date} = toDate('2025-01-31') AS b, "
             "has({list:Array(Int64)}, toInt64(-2)) AS c, {half:Float64} AS d",
             {{"odd", odd}, {"day", Date{20119}}, {"list", IntegerList{-2, 3}}, {"half", 0.5}}),
        Lines{odd + "\t1\t1\t0.5"});
  });
}

TEST_F(Engines, SumsOverAllCustomersAndPerCustomerAgree) {
  Lines first;
  on_each([&](Engine& engine) {
    make_orders(engine, 5000);
    EXPECT_EQ(rows(engine, "SELECT count() AS n, toInt64(sum(net_minor)) AS s FROM orders"),
              Lines{"5000\t99900000"});
    const Lines cohort =
        rows(engine,
             "SELECT cohort, k, toUInt64(count()) AS customers FROM ("
             "SELECT customer_id, arrayReduce('min', ms) AS cohort, arrayJoin(ms) - cohort AS k "
             "FROM (SELECT customer_id, groupUniqArray(toRelativeMonthNum(ordered_on)) AS ms "
             "FROM orders GROUP BY customer_id)) GROUP BY cohort, k");
    first = first.empty() ? cohort : first;
    EXPECT_EQ(cohort, first);
    EXPECT_EQ(cohort.size(), 3U);
  });
}

TEST_F(Engines, AJoinFindsRowsThatLieElsewhere) {
  const std::vector<TableColumn> columns = {{"product_id", "UInt64"}, {"price_minor", "Int64"}};
  Frame products;
  products.columns = {integers("product_id", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}),
                      integers("price_minor", {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})};
  on_each([&](Engine& engine) {
    make_orders(engine, 1100);
    ok(engine.create_table({.name = "products",
                            .columns = columns,
                            .order_by = "product_id",
                            .shard_by = "product_id"}));
    fill(engine, "products", products, columns);
    EXPECT_EQ(rows(engine,
                   "SELECT toUInt64(count()) AS n, toInt64(sum(price_minor)) AS s FROM orders AS o "
                   "ALL INNER JOIN "
                   "(SELECT product_id, price_minor FROM products) AS p USING product_id"),
              Lines{"1100\t6600"});
    EXPECT_EQ(rows(engine,
                   "SELECT toUInt64(count()) AS n FROM orders WHERE product_id IN "
                   "(SELECT product_id FROM products WHERE price_minor <= 2)"),
              Lines{"200"});
  });
}

TEST_F(Engines, EqualBlocksAreBothKept) {
  on_each([&](Engine& engine) {
    ok(engine.create_table(orders_spec("orders")));
    for (int time = 0; time < 3; ++time) {
      fill(engine, "orders", some_orders(4), order_columns());
    }
    EXPECT_EQ(rows(engine, "SELECT count() AS n FROM orders"), Lines{"12"});
    const std::string text =
        "INSERT INTO orders SELECT order_id, customer_id, product_id, ordered_on, net_minor FROM "
        "orders "
        "WHERE order_id = {id:UInt64} LIMIT 1";
    for (int time = 0; time < 3; ++time) {
      ok(engine.execute({.text = text, .params = {{"id", std::int64_t{2}}}}));
    }
    EXPECT_EQ(rows(engine, "SELECT count() AS n FROM orders"), Lines{"15"});
  });
}

TEST_F(Engines, AnIntegerThatDoesNotFitIsRefused) {
  on_each([&](Engine& engine) {
    ok(engine.create_table(
        {.name = "orders", .columns = {{"a", "UInt8"}}, .order_by = "a", .shard_by = "a"}));
    Frame frame;
    frame.columns = {integers("a", {256})};
    Result<std::unique_ptr<Inserter>> inserter = engine.insert("orders", {{"a", "UInt8"}});
    ASSERT_TRUE(inserter.ok());
    const Status written = (*inserter)->write(frame);
    ASSERT_FALSE(written.ok());
    EXPECT_EQ(written.error().code, Code::invalid_input);
  });
}

TEST_F(Engines, PartitionsKeepTheirNamesAsLongAsTheirRows) {
  on_each([&](Engine& engine) {
    make_orders(engine, 300);  // in 202501, 202502, 202503
    PartitionNames names = *engine.partition_names("orders");
    ASSERT_EQ(names.size(), 3U);
    EXPECT_EQ(*engine.partition_names("orders"), names);
    ok(engine.execute({.text = "INSERT INTO orders SELECT order_id, customer_id, product_id, "
                               "ordered_on, net_minor FROM orders WHERE order_id = 298"}));
    const PartitionNames later = *engine.partition_names("orders");
    EXPECT_NE(later.at("202502"), names.at("202502"));
    names["202502"] = later.at("202502");
    EXPECT_EQ(later, names);
    ok(engine.truncate_table("orders"));
    EXPECT_EQ(engine.partition_names("orders")->size(), 0U);
  });
}

TEST_F(Engines, PartitionsAreReplacedAndDoingItAgainChangesNothing) {
  on_each([&](Engine& engine) {
    make_orders(engine, 300);  // a hundred in each of 202501, 202502, 202503
    ok(engine.create_table(orders_spec("staging")));
    Frame frame = some_orders(30);
    fill(engine, "staging", frame, order_columns());
    ok(engine.execute({.text = "INSERT INTO staging SELECT order_id, customer_id, product_id, "
                               "ordered_on, net_minor FROM orders WHERE order_id = 298"}));
    for (int time = 0; time < 2; ++time) {
      ok(engine.replace_partitions("orders", "staging", {"202501", "202502"}));
      EXPECT_EQ(
          rows(engine,
               "SELECT toUInt32(toYYYYMM(ordered_on)) AS m, count() AS n FROM orders GROUP BY m"),
          (Lines{"202501\t10", "202502\t11", "202503\t100"}));
    }
    ok(engine.truncate_table("staging"));
    ok(engine.replace_partitions("orders", "staging", {"202503", "209901"}));
    EXPECT_EQ(
        rows(engine,
             "SELECT toUInt32(toYYYYMM(ordered_on)) AS m, count() AS n FROM orders GROUP BY m"),
        (Lines{"202501\t10", "202502\t11"}));
    EXPECT_FALSE(engine.replace_partitions("orders", "staging", {"' OR 1"}).ok());
  });
}

TEST_F(Engines, ATableCanBeMadeAgain) {
  on_each([&](Engine& engine) {
    for (int time = 0; time < 2; ++time) {
      make_orders(engine, 20);
      ok(engine.create_table(orders_spec("orders")));
      EXPECT_EQ(rows(engine, "SELECT count() AS n FROM orders"), Lines{"20"});
      ok(engine.truncate_table("orders"));
      EXPECT_EQ(rows(engine, "SELECT count() AS n FROM orders"), Lines{"0"});
      ok(engine.drop_table("orders"));
      ok(engine.drop_table("orders"));
    }
    const Result<TableColumns> columns = engine.columns();
    ASSERT_TRUE(columns.ok());
    EXPECT_TRUE(columns->empty());
  });
}

TEST_F(Engines, TablesShowOnlyWhatIsOurs) {
  on_each([&](Engine& engine) {
    ok(engine.create_table(orders_spec("staging")));
    ok(engine.create_table(orders_spec("orders")));
    const Result<std::vector<std::string>> tables = engine.tables();
    ASSERT_TRUE(tables.ok()) << describe(tables.error());
    EXPECT_EQ(*tables, (std::vector<std::string>{"orders", "staging"}));
    const Result<TableColumns> columns = engine.columns();
    ASSERT_TRUE(columns.ok()) << describe(columns.error());
    ASSERT_EQ(columns->size(), 2U);
    EXPECT_EQ(columns->at("orders"), columns->at("staging"));
    ASSERT_EQ(columns->at("orders").size(), 5U);
    EXPECT_EQ(columns->at("orders")[3], (TableColumn{"ordered_on", "Date"}));
  });
}

TEST_F(Engines, AnErrorInTheMiddleIsAnErrorAndNoData) {
  on_each([&](Engine& engine) {
    const Result<Frame> frame =
        engine.query({.text = "SELECT number, throwIf(number = 3000000) AS x FROM system.numbers "
                              "LIMIT 4000000"});
    ASSERT_FALSE(frame.ok());
    EXPECT_EQ(frame.error().code, Code::engine_failed);
    EXPECT_NE(frame.error().message.find("throwIf"), std::string::npos) << frame.error().message;
    EXPECT_EQ(rows(engine, "SELECT 1 AS one"), Lines{"1"});
  });
}

TEST_F(Engines, ALimitThatIsMetIsNamedAndTheNextQueryWorks) {
  on_each([&](Engine& engine) {
    const auto said = [&](const std::string& text, const Limits& limits) {
      const Result<Frame> frame = engine.query({.text = text, .limits = limits});
      EXPECT_FALSE(frame.ok());
      EXPECT_EQ(frame.ok() ? Code::not_found : frame.error().code, Code::limit_reached)
          << (frame.ok() ? "" : describe(frame.error()));
      EXPECT_EQ(rows(engine, "SELECT 1 AS one"), Lines{"1"});
      return frame.ok() ? "" : frame.error().message;
    };
    EXPECT_NE(said("SELECT count() AS n FROM system.numbers", {.seconds = 1}).find("1 s"),
              std::string::npos);
    EXPECT_NE(said("SELECT length(groupArray(number)) AS n FROM system.numbers",
                   {.memory_bytes = 100 << 20})
                  .find("100 MiB"),
              std::string::npos);
    EXPECT_NE(
        said("SELECT number FROM system.numbers LIMIT 101", {.result_rows = 100}).find("100 rows"),
        std::string::npos);
  });
}

TEST_F(Engines, ACancelledQueryEnds) {
  on_each([&](Engine& engine) {
    Result<Frame> frame = Frame{};
    std::thread query([&] {
      frame = engine.query({.text = "SELECT count() AS n FROM system.numbers", .id = "long one"});
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    const auto begin = std::chrono::steady_clock::now();
    ok(engine.cancel("long one"));
    query.join();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(30));
    ASSERT_FALSE(frame.ok());
    EXPECT_EQ(frame.error().code, Code::conflict) << describe(frame.error());
    ok(engine.cancel("there is none"));
    EXPECT_EQ(rows(engine, "SELECT 1 AS one"), Lines{"1"});
  });
}

TEST_F(Engines, AStreamGivesAllRowsAndCanBeEnded) {
  on_each([&](Engine& engine) {
    std::uint64_t rows_seen = 0;
    std::int64_t sum = 0;
    ok(engine.stream({.text = "SELECT toUInt64(number) AS n FROM system.numbers LIMIT 300000"},
                     [&](const Frame& batch) -> Status {
                       rows_seen += batch.rows();
                       for (const std::int64_t value : batch.at("n").integers()) {
                         sum += value;
                       }
                       return {};
                     }));
    EXPECT_EQ(rows_seen, 300000U);
    EXPECT_EQ(sum, 44999850000);
    const Status ended = engine.stream({.text = "SELECT number FROM system.numbers LIMIT 300000"},
                                       [](const Frame&) -> Status {
                                         return Error{Code::conflict, "enough", "", "", ""};
                                       });
    ASSERT_FALSE(ended.ok());
    EXPECT_EQ(ended.error().message, "enough");
  });
}

TEST_F(Engines, HealthTellsWhatAnswers) {
  on_each([&](Engine& engine) {
    const Result<Health> health = engine.health();
    ASSERT_TRUE(health.ok());
    EXPECT_EQ(health->replicas_up, health->replicas);
    EXPECT_FALSE(health->version.empty());
  });
}

}  // namespace
}  // namespace huitou::engine
