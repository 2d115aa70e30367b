#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <limits>
#include <random>
#include <thread>

#include "engine/engine.h"

namespace huitou::engine {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::unique_ptr<Engine> open_at(const std::string& path) {
  Result<std::unique_ptr<Engine>> engine = open_chdb({.path = path});
  EXPECT_TRUE(engine.ok()) << engine.error().message;
  return engine.ok() ? std::move(engine).value() : nullptr;
}

std::int64_t number(Engine& engine, const std::string& text, const Params& params = {}) {
  const Result<Frame> frame = engine.query({.text = text, .params = params});
  EXPECT_TRUE(frame.ok()) << frame.error().message;
  return frame.ok() && frame->rows() == 1 ? frame->columns[0].integers()[0] : -1;
}

class Chdb : public testing::Test {
 protected:
  void SetUp() override {
    engine_ = open_at("");
    ASSERT_NE(engine_, nullptr);
  }
  Engine& engine() { return *engine_; }

 private:
  std::unique_ptr<Engine> engine_;
};

TEST_F(Chdb, ParametersArriveAsTheyAre) {
  const std::string nasty("回头'客\\ \n\t\0; -- {x:UInt8} /*", 31);
  const Result<Frame> frame = engine().query(
      {.text = "SELECT {s:String} AS s, {r:Float64} AS r, {d:Date} AS d, {t:DateTime} AS t, "
               "{i:Int64} AS i, length({l:Array(String)}) AS l, arraySum({n:Array(Int64)}) AS n, "
               "toTypeName({r:Float64}) AS type",
       .params = {{"s", nasty},
                  {"r", 2.2250738585072014e-308},
                  {"d", kLastDate},
                  {"t", 4291747199},
                  {"i", std::numeric_limits<std::int64_t>::min()},
                  {"l", TextList{"a", "'"}},
                  {"n", IntegerList{std::numeric_limits<std::int64_t>::max(), -1}}}});
  ASSERT_TRUE(frame.ok()) << frame.error().message;
  EXPECT_EQ(frame->text("s", 0), nasty);
  EXPECT_EQ(frame->real("r", 0), 2.2250738585072014e-308);
  EXPECT_EQ(frame->integer("d", 0), kLastDate.days);
  EXPECT_EQ(frame->at("d").type, ColumnType::date);
  EXPECT_EQ(frame->integer("t", 0), 4291747199);
  EXPECT_EQ(frame->at("t").type, ColumnType::time);
  EXPECT_EQ(frame->integer("i", 0), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(frame->integer("l", 0), 2);
  EXPECT_EQ(frame->integer("n", 0), std::numeric_limits<std::int64_t>::max() - 1);
  EXPECT_EQ(frame->text("type", 0), "Float64");
}

TEST_F(Chdb, AnyTextSurvivesTheEngine) {
  std::mt19937_64 rng(11);
  TextList texts;
  for (int round = 0; round < 200; ++round) {
    std::string text;
    for (std::size_t length = rng() % 20; length > 0; --length) {
      text += static_cast<char>(rng() % 3 == 0 ? "'\\;{}\0"[rng() % 6]
                                               : static_cast<char>(rng() % 256));
    }
    texts.push_back(text);
  }
  const Result<Frame> frame = engine().query(
      {.text = "SELECT arrayJoin({texts:Array(String)}) AS text", .params = {{"texts", texts}}});
  ASSERT_TRUE(frame.ok()) << frame.error().message;
  ASSERT_EQ(frame->rows(), texts.size());
  for (std::size_t row = 0; row < texts.size(); ++row) {
    ASSERT_EQ(frame->text("text", row), texts[row]);
  }
}

TEST_F(Chdb, AResultWithoutRowsKeepsItsColumns) {
  const Result<Frame> frame =
      engine().query({.text = "SELECT number AS n, toString(number) AS s, toDate(0) AS d FROM "
                              "numbers(3) WHERE number > 5 -- x"});
  ASSERT_TRUE(frame.ok()) << frame.error().message;
  ASSERT_EQ(frame->columns.size(), 3U);
  EXPECT_EQ(frame->rows(), 0U);
  EXPECT_EQ(frame->at("s").type, ColumnType::text);
  EXPECT_EQ(frame->at("d").type, ColumnType::date);
}

TEST_F(Chdb, NothingIsNullAndNeverNotANumber) {
  const Result<Frame> frame =
      engine().query({.text = "SELECT avg(number) AS mean, sum(number) / nullIf(count(), 0) AS "
                              "ratio FROM numbers(0)"});
  ASSERT_TRUE(frame.ok()) << frame.error().message;
  EXPECT_EQ(frame->real("mean", 0), std::nullopt);
  EXPECT_EQ(frame->real("ratio", 0), std::nullopt);
}

TableSpec visits() {
  return {.name = "visits",
          .columns = {{"id", "UInt64"},
                      {"day", "Date"},
                      {"note", "Nullable(String)"},
                      {"amount", "Float64"}},
          .partition_by = "toYYYYMM(day)",
          .order_by = "id, day",
          .shard_by = "id"};
}

Frame visit_rows(std::int64_t first, std::int64_t count, std::int32_t day) {
  Frame frame;
  frame.columns = {make_column("id", ColumnType::integer), make_column("day", ColumnType::date),
                   make_column("note", ColumnType::text), make_column("amount", ColumnType::real)};
  for (std::int64_t row = first; row < first + count; ++row) {
    frame.columns[0].push_integer(row);
    frame.columns[1].push_integer(day);
    row % 3 == 0 ? frame.columns[2].push_null()
                 : frame.columns[2].push_text("第" + std::to_string(row));
    frame.columns[3].push_real(0.5 * static_cast<double>(row));
  }
  return frame;
}

void load(Engine& engine, const std::string& table, const std::vector<Frame>& blocks) {
  Result<std::unique_ptr<Inserter>> inserter = engine.insert(table, visits().columns);
  ASSERT_TRUE(inserter.ok()) << inserter.error().message;
  for (const Frame& block : blocks) {
    const Status status = (*inserter)->write(block);
    ASSERT_TRUE(status.ok()) << status.error().message;
  }
  const Status finished = (*inserter)->finish();
  ASSERT_TRUE(finished.ok()) << finished.error().message;
}

TEST_F(Chdb, RowsGoInAndComeBack) {
  ASSERT_TRUE(engine().create_table(visits()).ok());
  load(engine(), "visits", {visit_rows(0, 1000, 20000), visit_rows(1000, 500, 20001)});
  const Result<Frame> frame =
      engine().query({.text = "SELECT id, day, note, amount FROM visits ORDER BY id"});
  ASSERT_TRUE(frame.ok()) << frame.error().message;
  ASSERT_EQ(frame->rows(), 1500U);
  EXPECT_EQ(frame->text("note", 3), std::nullopt);
  EXPECT_EQ(frame->text("note", 1499), "第1499");
  EXPECT_EQ(frame->integer("day", 1499), 20001);
  EXPECT_EQ(frame->real("amount", 1499), 749.5);
  EXPECT_EQ(*engine().tables(), std::vector<std::string>{"visits"});
  const Result<TableColumns> columns = engine().columns();
  ASSERT_TRUE(columns.ok());
  ASSERT_EQ(columns->count("visits"), 1U);
  EXPECT_EQ(columns->at("visits").at(2).type, "Nullable(String)");
  ASSERT_TRUE(engine().truncate_table("visits").ok());
  EXPECT_EQ(number(engine(), "SELECT count() AS n FROM visits"), 0);
  ASSERT_TRUE(engine().drop_table("visits").ok());
  EXPECT_TRUE(engine().tables()->empty());
}

TEST_F(Chdb, AnInsertThatIsGivenUpLeavesTheEngineUsable) {
  ASSERT_TRUE(engine().create_table(visits()).ok());
  for (int round = 0; round < 20; ++round) {
    Result<std::unique_ptr<Inserter>> inserter = engine().insert("visits", visits().columns);
    ASSERT_TRUE(inserter.ok());
    ASSERT_TRUE((*inserter)->write(visit_rows(0, 10, 20000)).ok());
  }
  EXPECT_EQ(engine().insert("absent", visits().columns).ok(), false);
  load(engine(), "visits", {visit_rows(5000, 1, 20000)});
  EXPECT_EQ(number(engine(), "SELECT count() AS n FROM visits WHERE id = 5000"), 1);
}

TEST_F(Chdb, PartitionsAreSwappedAndAgainChangesNothing) {
  ASSERT_TRUE(engine().create_table(visits()).ok());
  TableSpec staging = visits();
  staging.name = "visits_staging";
  ASSERT_TRUE(engine().create_table(staging).ok());
  load(engine(), "visits", {visit_rows(0, 10, 0), visit_rows(10, 10, 31), visit_rows(20, 10, 59)});
  load(engine(), "visits_staging", {visit_rows(100, 3, 31)});
  for (int round = 0; round < 2; ++round) {
    const Status status =
        engine().replace_partitions("visits", "visits_staging", {"197002", "197003"});
    ASSERT_TRUE(status.ok()) << status.error().message;
    EXPECT_EQ(number(engine(), "SELECT count() AS n FROM visits"), 13);
    EXPECT_EQ(number(engine(), "SELECT sum(id) AS n FROM visits"), 45 + 303);
  }
  EXPECT_EQ(engine().replace_partitions("visits", "visits_staging", {"1' OR 1"}).error().code,
            Code::invalid_input);
}

// Without dropping the connection the answer after a failed query begins with old bytes.
TEST_F(Chdb, AFailedQueryLeavesNothingBehind) {
  std::atomic<int> wrong = 0;
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 16; ++thread) {
    threads.emplace_back([&, thread] {
      for (int round = 0; round < 6; ++round) {
        const std::int64_t marker = 1000 * thread + round;
        const Result<Frame> failed = engine().query(
            {.text = "SELECT number, throwIf(number = 900000) AS x FROM numbers(1000000)"});
        const Status inserted = engine().execute(
            {.text = "SELECT number, throwIf(number = 900000) AS x FROM numbers(1000000)"});
        const Result<Frame> good =
            engine().query({.text = "SELECT {m:Int64} AS m", .params = {{"m", marker}}});
        const bool right = !failed.ok() && !inserted.ok() && good.ok() && good->rows() == 1 &&
                           good->columns.size() == 1 && good->integer("m", 0) == marker;
        wrong += right ? 0 : 1;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(wrong, 0);
}

TEST_F(Chdb, LimitsAreNamedAndTheNextQueryWorks) {
  const Clock::time_point start = Clock::now();
  const Result<Frame> slow =
      engine().query({.text = "SELECT sum(cityHash64(number)) AS n FROM numbers(100000000000)",
                      .limits = {.seconds = 0.5}});
  ASSERT_FALSE(slow.ok());
  EXPECT_EQ(slow.error().code, Code::limit_reached);
  EXPECT_NE(slow.error().message.find("time limit of 0.5 s"), std::string::npos)
      << slow.error().message;
  EXPECT_LT(seconds_since(start), 30);
  EXPECT_EQ(number(engine(), "SELECT 1 AS n"), 1);

  const Result<Frame> large =
      engine().query({.text = "SELECT length(groupArray(number)) AS n FROM numbers(300000000)",
                      .limits = {.memory_bytes = 64 << 20}});
  ASSERT_FALSE(large.ok());
  EXPECT_EQ(large.error().code, Code::limit_reached);
  EXPECT_NE(large.error().message.find("memory limit of 64 MiB"), std::string::npos)
      << large.error().message;
  EXPECT_EQ(number(engine(), "SELECT 2 AS n"), 2);

  const Query many{.text = "SELECT number FROM numbers(11)", .limits = {.result_rows = 10}};
  const Result<Frame> rows = engine().query(many);
  ASSERT_FALSE(rows.ok());
  EXPECT_EQ(rows.error().code, Code::limit_reached);
  EXPECT_NE(rows.error().message.find("10 rows"), std::string::npos);
  EXPECT_TRUE(engine()
                  .query({.text = "SELECT number FROM numbers(10)", .limits = {.result_rows = 10}})
                  .ok());
}

TEST_F(Chdb, GroupingBeyondTheMemoryLimitMovesToDisk) {
  const Result<Frame> frame =
      engine().query({.text = "SELECT count() AS groups FROM (SELECT number AS k, count() AS n "
                              "FROM numbers(10000000) GROUP BY k)",
                      .limits = {.memory_bytes = 400 << 20}});
  ASSERT_TRUE(frame.ok()) << frame.error().message;
  EXPECT_EQ(frame->integer("groups", 0), 10000000);
}

TEST_F(Chdb, SixteenThreadsReadAndWriteAtOnce) {
  ASSERT_TRUE(engine().create_table(visits()).ok());
  std::atomic<int> failures = 0;
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 16; ++thread) {
    threads.emplace_back([&, thread] {
      for (int round = 0; round < 10; ++round) {
        Result<std::unique_ptr<Inserter>> inserter = engine().insert("visits", visits().columns);
        const bool written =
            inserter.ok() &&
            (*inserter)->write(visit_rows(thread * 1000 + round * 100, 100, 20000)).ok() &&
            (*inserter)->finish().ok();
        if (inserter.ok()) {
          inserter.value().reset();
        }
        const Result<Frame> read = engine().query(
            {.text = "SELECT {t:Int64} AS t, count() AS n FROM visits", .params = {{"t", thread}}});
        const bool right = read.ok() && read->integer("t", 0) == thread;
        failures += written && right ? 0 : 1;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(number(engine(), "SELECT count() AS n FROM visits"), 16000);
}

TEST_F(Chdb, CancelStopsTheQueryAndNoOther) {
  Result<Frame> result = Frame{};
  std::jthread other([&] {
    EXPECT_EQ(
        number(
            engine(),
            "SELECT sum(sleepEachRow(0.1)) + 7 AS n FROM numbers(15) SETTINGS max_block_size = 1"),
        7);
  });
  std::jthread victim([&] {
    result = engine().query(
        {.text = "SELECT sum(cityHash64(number)) AS n FROM numbers(100000000000)", .id = "job'-1"});
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  const Clock::time_point start = Clock::now();
  const Status status = engine().cancel("job'-1");
  victim.join();
  EXPECT_TRUE(status.ok()) << status.error().message;
  EXPECT_LT(seconds_since(start), 30);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, Code::conflict);
  EXPECT_NE(result.error().message.find("cancelled"), std::string::npos);
  EXPECT_TRUE(engine().cancel("nobody").ok());
}

TEST_F(Chdb, AReaderMayStopEarly) {
  std::size_t seen = 0;
  const Status status = engine().stream({.text = "SELECT number FROM numbers(5000000)"},
                                        [&](const Frame& batch) -> Status {
                                          seen += batch.rows();
                                          return Error{Code::not_enough_data, "enough", ""};
                                        });
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, Code::not_enough_data);
  EXPECT_LT(seen, 5000000U);
  EXPECT_EQ(number(engine(), "SELECT 3 AS n"), 3);
}

TEST_F(Chdb, AReaderThatBreaksOffLeavesTheEngineUsable) {
  for (int round = 0; round < 10; ++round) {
    EXPECT_THROW(static_cast<void>(
                     engine().stream({.text = "SELECT number FROM numbers(5000000)"},
                                     [](const Frame&) -> Status { throw Bug("broken reader"); })),
                 Bug);
    EXPECT_EQ(number(engine(), "SELECT 4 AS n"), 4);
  }
}

TEST_F(Chdb, FaultsOfTheTextAreToldInTheEnginesWords) {
  const Result<Frame> frame = engine().query({.text = "SELECT no_such_column FROM numbers(1)"});
  ASSERT_FALSE(frame.ok());
  EXPECT_EQ(frame.error().code, Code::engine_failed);
  EXPECT_NE(frame.error().message.find("no_such_column"), std::string::npos);
  EXPECT_EQ(engine().query({.text = "SELECT 1; SELECT 2"}).error().code, Code::invalid_input);
}

TEST_F(Chdb, HealthNamesTheEngine) {
  const Result<Health> health = engine().health();
  ASSERT_TRUE(health.ok());
  EXPECT_EQ(health->kind, "chdb");
  EXPECT_FALSE(health->version.empty());
}

}  // namespace
}  // namespace huitou::engine
