// Parquet files: those of fixtures/parquet, which were not written by the engine that reads them,
// and some that are.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>

#include "engine/testing.h"
#include "ingest/ingest.h"
#include "ingest/test_files.h"
#include "schema/schema.h"

namespace huitou::ingest {
namespace {

namespace fs = std::filesystem;

const std::string kFixtures = "src/ingest/fixtures/parquet/";

const std::vector<engine::testing::NamedEngine>& all_engines() {
  static const auto engines = engine::testing::engines();
  return engines;
}
engine::Engine& embedded() { return *all_engines().front().engine; }

std::string message(const std::string& file) {
  const auto info = inspect(kFixtures + file);
  if (!info.ok()) {
    return info.error().message;
  }
  const auto reader = open_rows(*info);
  RawBlock block;
  while (reader.ok()) {
    const auto more = (*reader)->next(block);
    if (!more.ok() || !*more) {
      return more.ok() ? "read" : more.error().message;
    }
  }
  return reader.error().message;
}

/// All values of a column.
std::vector<std::string> column(const FileInfo& info, const std::string& name) {
  const auto found = std::find(info.columns.begin(), info.columns.end(), name);
  std::vector<std::string> values;
  for (const auto& row : info.samples) {
    values.push_back(row.at(static_cast<std::size_t>(found - info.columns.begin())));
  }
  return values;
}

/// Makes a Parquet file of a SELECT.
void write_parquet(const std::string& path, const std::string& select,
                   const std::string& settings = "") {
  const Status written = embedded().execute(
      {.text = "INSERT INTO FUNCTION file('" + path + "', Parquet) " + select + settings});
  ASSERT_TRUE(written.ok()) << describe(written.error());
}

TEST(Parquet, EveryTypeIsExact) {
  const auto info = inspect(kFixtures + "types.parquet");
  ASSERT_TRUE(info.ok()) << describe(info.error());
  EXPECT_EQ(info->format, Format::parquet);
  EXPECT_EQ(info->estimated_rows, 3U);
  using Texts = std::vector<std::string>;
  for (const auto& [name, values] : std::initializer_list<std::pair<const char*, Texts>>{
           {"文本", {"会员一", "a,\"b\"\nc", ""}},
           {"local_us", {"2024-01-05 10:00:00.123456", "2024-01-05 10:00:00.123456", ""}},
           {"utc_us", Texts(3, "2024-01-05 10:00:00.123456Z")},
           {"local_ms", {"2024-01-05 10:00:00.123", "9999-12-31 23:59:59", "1970-01-01 00:00:00"}},
           {"local_ns", Texts(3, "2024-01-05 10:00:00.123456")},
           {"int96", Texts(3, "2024-01-05 10:00:00Z")},
           {"d32", {"123.00", "-0.05", "0.00"}},
           {"d64", {"123456789012345.67", "0.05", "0.00"}},
           {"dfix", {"123456789012345678901.23", "-0.01", "0.00"}},
           {"day", {"2024-01-05", "9999-12-31", "0001-01-01"}},
           {"day_or_none", {"2024-01-05", "", "1969-12-31"}},
           {"clock", Texts(3, "10:00:00")},
           {"bytes", {"\xef\xbf\xbd\xef\xbf\xbd", "x", ""}},
           {"double", {"0.1", "10000000000000000000000", ""}},
           {"float", {"0.1", "19.99", "-0.5"}},
           {"whole", {"1", "-2", "9223372036854775807"}}}) {
    EXPECT_EQ(column(*info, name), values) << name;
  }
  EXPECT_EQ(info->types.front().en, "the file says: text");
  auto reader = open_rows(*info);
  ASSERT_TRUE(reader.ok());
  RawBlock block;
  ASSERT_TRUE((*reader)->next(block).ok());
  EXPECT_EQ(block.line(2), 3U);
  EXPECT_EQ(block.mended(), std::vector<std::uint64_t>{1});
}

// The engine's own texts of the same values lie beside them in the file.
TEST(Parquet, NumbersDaysAndInstantsAreWrittenAsTheEngineWritesThem) {
  const testing_files::Directory directory;
  const auto maybe = [](const std::string& value) {
    return "if(number % 7 = 3, NULL, " + value + ")";
  };
  const std::string random = "toInt64(cityHash64(number, 1))";
  const std::string instant = "(" + random + " % 40000000000000000)";
  std::string select = "SELECT number AS n";
  for (const auto& [name, value, text] : std::initializer_list<std::array<std::string, 3>>{
           {"i8", "toInt8(" + random + ")", "toString(x)"},
           {"i16", "toInt16(" + random + ")", "toString(x)"},
           {"i32", "toInt32(" + random + ")", "toString(x)"},
           {"i64", random, "toString(x)"},
           {"u8", "toUInt8(" + random + ")", "toString(x)"},
           {"u32", "toUInt32(" + random + ")", "toString(x)"},
           {"u64", "cityHash64(number)", "toString(x)"},
           {"d9", "toDecimal32(toInt32(" + random + ") / 10000, 4)", "toDecimalString(x, 4)"},
           {"d18", "toDecimal64(intDiv(" + random + ", 1000), 2)", "toDecimalString(x, 2)"},
           {"d0", "toDecimal64(intDiv(" + random + ", 1000), 0)", "toDecimalString(x, 0)"},
           {"small", "toDecimal64(" + random + " % 1000 / 1e18, 18)", "toDecimalString(x, 18)"},
           {"day", "toDate32('1970-01-01') + toInt32(" + random + " % 25000)", "toString(x)"},
           {"us", "fromUnixTimestamp64Micro(intDiv(" + instant + ", 20), 'UTC')",
            "concat(trim(TRAILING '.' FROM trim(TRAILING '0' FROM toString(x))), 'Z')"}}) {
    const std::string there = maybe(value);
    select += ", " + there + " AS " + name;
    select += ", ifNull(arrayElement(arrayMap(x -> " + text + ", [" + there + "]), 1), '') AS " +
              name + "_text";
  }
  write_parquet(directory.path("values.parquet"), select + " FROM numbers(20000)");
  const auto info = inspect(directory.path("values.parquet"));
  ASSERT_TRUE(info.ok()) << describe(info.error());
  ASSERT_EQ(info->columns.size(), 27U);
  auto reader = open_rows(*info);
  ASSERT_TRUE(reader.ok());
  RawBlock block;
  std::size_t rows = 0;
  for (auto more = (*reader)->next(block); more.ok() && *more; more = (*reader)->next(block)) {
    for (std::size_t row = 0; row < block.rows(); ++row, ++rows) {
      for (std::size_t column = 1; column < block.columns(); column += 2) {
        ASSERT_EQ(block.at(row, column), block.at(row, column + 1))
            << info->columns[column] << ", row " << block.line(row);
      }
    }
  }
  EXPECT_EQ(rows, 20000U);
}

TEST(Parquet, ABrokenCharacterIsFoundBesideAnyLength) {
  const testing_files::Directory directory;
  // The length of the second text would complete the character that the first one breaks off.
  write_parquet(directory.path("cut.parquet"),
                "SELECT number AS n, if(number = 0, unhex('41C3'), repeat('é', 84)) AS t "
                "FROM numbers(2)");
  const auto info = inspect(directory.path("cut.parquet"));
  ASSERT_TRUE(info.ok()) << describe(info.error());
  EXPECT_EQ(column(*info, "t").front(), "A\xef\xbf\xbd");
  auto reader = open_rows(*info);
  ASSERT_TRUE(reader.ok());
  RawBlock block;
  ASSERT_TRUE((*reader)->next(block).ok());
  EXPECT_EQ(block.mended(), std::vector<std::uint64_t>{1});
}

TEST(Parquet, ABrokenFileIsOneSentence) {
  EXPECT_EQ(message("cut.parquet"), "cut.parquet is a damaged Parquet file: its end is missing");
  EXPECT_EQ(message("locked.parquet"), "locked.parquet is an encrypted Parquet file");
  EXPECT_EQ(message("no_rows.parquet"), "no_rows.parquet has column names and no rows");
  EXPECT_EQ(message("fewer_rows.parquet"),
            "fewer_rows.parquet is a damaged Parquet file: it says that it has 5 rows and has 4");
  for (const char* name : {"wrong_footer.parquet", "wrong_page.parquet"}) {
    const std::string said = message(name);
    EXPECT_TRUE(said.starts_with(std::string(name) + " is a damaged Parquet file: ")) << said;
    EXPECT_EQ(said.find("Exception"), std::string::npos) << said;
    EXPECT_EQ(said.find('\n'), std::string::npos) << said;
  }
}

TEST(Parquet, AReaderThatHangsOrDiesDoesNotTakeUsWithIt) {
  const testing_files::Directory directory;
  const auto open_with = [&](const std::string& script) {
    const std::string program = directory.write("program", "#!/bin/sh\n" + script + "\n");
    fs::permissions(program, fs::perms::owner_all);
    return engine::open_parquet({.path = "x", .patience_seconds = 0.3, .program = program});
  };
  const auto hanging = open_with("exec sleep 60");
  ASSERT_FALSE(hanging.ok());
  EXPECT_EQ(hanging.error().code, Code::limit_reached);
  EXPECT_NE(hanging.error().message.find("0.3 s (patience_seconds)"), std::string::npos);
  const auto dying = open_with("kill -SEGV $$");
  ASSERT_FALSE(dying.ok());
  EXPECT_EQ(dying.error().code, Code::engine_failed);
  const auto missing = engine::open_parquet({.path = "x", .program = "/nowhere/program"});
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().code, Code::unavailable);
}

TEST(Parquet, ListsAndGroupsAreJsonAndANoteSaysSo) {
  const testing_files::Directory directory;
  write_parquet(directory.path("nested.parquet"),
                "SELECT toUInt32(1) AS id, [1, 2] AS tags, "
                "CAST((7, 'a'), 'Tuple(number UInt8, word String)') AS buyer");
  const auto info = inspect(directory.path("nested.parquet"));
  ASSERT_TRUE(info.ok()) << describe(info.error());
  EXPECT_EQ(column(*info, "tags").front(), "[1,2]");
  EXPECT_EQ(column(*info, "buyer").front(), R"({"number":7,"word":"a"})");
  ASSERT_EQ(info->notes.size(), 1U);
  EXPECT_EQ(info->notes.front().code, "nested_as_json");
  EXPECT_NE(info->notes.front().text.en.find("tags, buyer"), std::string::npos);
}

TEST(Parquet, RowsKeepTheirOrderOverGroupsAndPieces) {
  const testing_files::Directory directory;
  // A name that the engine would take for a pattern.
  const std::string path = directory.path("rows.parquet");
  write_parquet(path,
                "SELECT number AS n, concat('会员', toString(number)) AS who FROM numbers(200000)",
                " SETTINGS output_format_parquet_row_group_size = 30000, max_threads = 2");
  fs::rename(path, directory.path("rows{1,2}*.parquet"));
  const auto info = inspect(directory.path("rows{1,2}*.parquet"));
  ASSERT_TRUE(info.ok()) << describe(info.error());
  EXPECT_EQ(info->samples.size(), kSampleRows);
  auto reader = open_rows(*info);
  ASSERT_TRUE(reader.ok());
  RawBlock block;
  std::uint64_t rows = 0;
  for (auto more = (*reader)->next(block); more.ok() && *more; more = (*reader)->next(block)) {
    for (std::size_t row = 0; row < block.rows(); ++row, ++rows) {
      ASSERT_EQ(block.line(row), rows + 1);
      ASSERT_EQ(block.at(row, 0), std::to_string(rows));
      ASSERT_EQ(block.at(row, 1), "会员" + std::to_string(rows));
    }
  }
  EXPECT_EQ(rows, 200000U);
  EXPECT_EQ(block.consumed(), info->file_bytes);
}

TEST(Parquet, AFileThatGrowsWithoutMeasureIsRefused) {
  const testing_files::Directory directory;
  write_parquet(directory.path("bomb.parquet"),
                "SELECT toUInt8(1) AS a, repeat('x', 1000000) AS b FROM numbers(100)",
                " SETTINGS output_format_parquet_row_group_size = 100");
  const auto info = inspect(directory.path("bomb.parquet"));
  ASSERT_FALSE(info.ok());
  EXPECT_EQ(info.error().code, Code::limit_reached);
  EXPECT_NE(info.error().message.find("kMaxParquetRatio"), std::string::npos)
      << info.error().message;
}

TEST(Parquet, AGiantCellMeetsItsLimit) {
  const testing_files::Directory directory;
  write_parquet(directory.path("giant.parquet"),
                "SELECT toUInt8(1) AS a, repeat(repeat('x', 1000000), 17) AS b");
  const auto info = inspect(directory.path("giant.parquet"));
  ASSERT_FALSE(info.ok());
  EXPECT_EQ(info.error().message, "Row 1 of giant.parquet has a value of more than 16 MiB");
}

/// What a load says of the rows.
std::string summary(const std::string& path) {
  EXPECT_TRUE(schema::ensure(embedded()).ok());
  for (const engine::TableSpec& table : schema::tables()) {
    EXPECT_TRUE(embedded().truncate_table(table.name).ok());
  }
  auto store = store::open_sqlite(":memory:");
  EXPECT_TRUE(store.ok());
  const testing_files::Directory directory;
  const LoadOptions options{.paths = {path},
                            .mapping_dir = directory.path(),
                            .source = "shop",
                            .today = *parse_date("2026-01-01"),
                            .now = 5};
  const auto loaded = load(embedded(), **store, options);
  if (!loaded.ok()) {
    return describe(loaded.error());
  }
  const Loaded& one = loaded->front();
  std::string said =
      fmt::format("{} read, {} left out, {} orders, {} lines, {} customers;", one.rows_read,
                  one.rows_left_out, one.orders, one.lines, one.customers);
  for (const RuleCount& rule : one.rules) {
    said += fmt::format(" {} {}", rule.rule, rule.rows);
  }
  const auto rows = embedded().query(
      {.text = "SELECT toInt64(sum(net_minor)) AS net, toInt64(sum(cityHash64(order_key, "
               "ordered_at, status, net_minor))) AS content FROM orders"});
  EXPECT_TRUE(rows.ok());
  return said + " " + engine::testing::lines(*rows).front();
}

// Orders in several places, the same rows again, other rows of the same key, rows without a time.
TEST(Parquet, FindingsAreThoseOfTheSameRowsAsCsv) {
  const testing_files::Directory directory;
  const std::string select =
      "SELECT concat('A', toString(number % 900)) AS order_id, "
      "toUInt32(if(number % 11 = 0, 0, intDiv(number, 900) % 3 + 1)) AS line_number, "
      "toUInt32(number % 900 % 70 + if(number % 13 = 0, 1, 0)) AS member_id, "
      "if(number % 97 = 5, NULL, toDateTime('2024-03-01 10:00:00', 'UTC') + number % 300 * 86400) "
      "AS paid_at, concat('杯子', toString(number % 5)) AS product, "
      "toDecimal64(number % 900 / 100, 2) AS amount, "
      "if(number > 3500, concat('备注', toString(number)), '') AS note FROM numbers(4000)";
  write_parquet(directory.path("lines.parquet"), select);
  const Status written = embedded().execute(
      {.text = "INSERT INTO FUNCTION file('" + directory.path("lines.csv") + "', CSVWithNames) " +
               "SELECT order_id, line_number, member_id, concat(replaceOne(toString(paid_at), ' ', "
               "'T'), 'Z') AS paid_at, product, amount, note FROM (" +
               select + ") AS s SETTINGS format_csv_null_representation = ''"});
  ASSERT_TRUE(written.ok()) << describe(written.error());
  const std::string csv = summary(directory.path("lines.csv"));
  EXPECT_NE(csv.find("4000 read, "), std::string::npos) << csv;
  for (const char* rule : {"duplicate_row", "conflicting_row", "order_disagrees", "missing_date"}) {
    EXPECT_NE(csv.find(rule), std::string::npos) << csv;
  }
  EXPECT_EQ(summary(directory.path("lines.parquet")), csv);
}

TEST(Parquet, OrdersAreLoadedAsFromAnyFileOnEveryEngine) {
  for (const auto& [name, engine] : all_engines()) {
    ASSERT_TRUE(schema::ensure(*engine).ok());
    for (const engine::TableSpec& table : schema::tables()) {
      ASSERT_TRUE(engine->truncate_table(table.name).ok());
    }
    auto store = store::open_sqlite(":memory:");
    ASSERT_TRUE(store.ok());
    const testing_files::Directory directory;
    const LoadOptions options{.paths = {kFixtures + "orders.parquet"},
                              .mapping_dir = directory.path(),
                              .source = "shop",
                              .today = *parse_date("2026-01-01"),
                              .now = 5};
    const auto loaded = load(*engine, **store, options);
    ASSERT_TRUE(loaded.ok()) << name << ": " << describe(loaded.error());
    EXPECT_EQ(loaded->front().rows_read, 4U);
    EXPECT_EQ(loaded->front().rows_left_out, 1U) << "a row without a time";
    const auto rows = engine->query(
        {.text = "SELECT order_key, toString(ordered_on) AS day, net_minor, customer_id > 0 AS "
                 "known FROM orders ORDER BY order_key"});
    ASSERT_TRUE(rows.ok()) << describe(rows.error());
    // An instant in UTC is the next day in Shanghai.
    EXPECT_EQ(engine::testing::lines(*rows),
              (std::vector<std::string>{"A1\t2025-01-01\t1250\t1", "A2\t2025-02-01\t100\t1",
                                        "A3\t2025-01-01\t99999\t1"}))
        << name;
  }
}

}  // namespace
}  // namespace huitou::ingest
