#include "engine/engine.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <random>

#include "engine/ddl.h"
#include "engine/failure.h"
#include "engine/literal.h"

namespace huitou::engine {
namespace {

std::string rendered(std::string_view text, const Params& params) {
  const Result<std::string> result = render(text, params);
  return result.ok() ? *result : "error: " + result.error().message;
}

bool refused(std::string_view text, const Params& params) {
  const Result<std::string> result = render(text, params);
  return !result.ok() && result.error().code == Code::invalid_input;
}

TEST(Literal, EachTypeIsWrittenForBothDialects) {
  EXPECT_EQ(rendered("{x:UInt8}", {{"x", 255}}), "toUInt8(255)");
  EXPECT_EQ(rendered("{x:UInt32}", {{"x", 4294967295}}), "toUInt32(4294967295)");
  EXPECT_EQ(rendered("{x:UInt64}", {{"x", 7}}), "toUInt64(7)");
  EXPECT_EQ(rendered("{x:Int64}", {{"x", std::numeric_limits<std::int64_t>::min()}}),
            "toInt64('-9223372036854775808')");
  EXPECT_EQ(rendered("{x:Float64}", {{"x", 2.0}}), "2.0");
  EXPECT_EQ(rendered("1 -{x:Float64}", {{"x", -0.5}}), "1 -(-0.5)");
  EXPECT_EQ(rendered("{x:Date}", {{"x", Date{0}}}), "toDate('1970-01-01')");
  EXPECT_EQ(rendered("{x:DateTime}", {{"x", 1735689600}}), "toDateTime(1735689600)");
  EXPECT_EQ(rendered("{x:String}", {{"x", std::string("回头'客\\\n")}}), "'回头\\'客\\\\\\x0a'");
  EXPECT_EQ(rendered("{x:Array(String)}", {{"x", TextList{"a", "'"}}}), "['a','\\'']");
  EXPECT_EQ(rendered("{x:Array(String)}", {{"x", TextList{}}}), "emptyArrayString()");
  EXPECT_EQ(rendered("{x:Array(Int64)}", {{"x", IntegerList{1, -2}}}),
            "CAST(['1','-2'],'Array(Int64)')");
}

TEST(Literal, WhereOldServersTakeNothingElseANumberStandsAlone) {
  EXPECT_EQ(rendered("LIMIT {n:UInt64} OFFSET {m:UInt64}", {{"n", 3}, {"m", 4}}),
            "LIMIT 3 OFFSET 4");
  EXPECT_EQ(rendered("windowFunnel({w:UInt32})(t, a)", {{"w", 60}}), "windowFunnel(60)(t, a)");
}

TEST(Literal, WhatDoesNotFitTheTypeIsRefused) {
  EXPECT_TRUE(refused("{x:UInt8}", {{"x", 256}}));
  EXPECT_TRUE(refused("{x:UInt8}", {{"x", -1}}));
  EXPECT_TRUE(refused("{x:UInt64}", {{"x", -1}}));
  EXPECT_TRUE(refused("{x:UInt64}", {{"x", 1.0}}));
  EXPECT_TRUE(refused("{x:UInt64}", {{"x", std::string("1 or 1=1")}}));
  EXPECT_TRUE(refused("{x:DateTime}", {{"x", 4291747200}}));
  EXPECT_TRUE(refused("{x:Float64}", {{"x", 5e-324}}));
  EXPECT_TRUE(refused("{x:Date}", {{"x", Date{-1}}}));
  EXPECT_TRUE(refused("{x:Date}", {{"x", Date{kLastDate.days + 1}}}));
  EXPECT_TRUE(refused("{x:Float64}", {{"x", std::nan("")}}));
  EXPECT_TRUE(refused("{x:Float64}", {{"x", std::numeric_limits<double>::infinity()}}));
  EXPECT_TRUE(refused("{x:String}", {{"x", 1}}));
  EXPECT_TRUE(refused("{x:String}", {{"x", std::monostate{}}}));
  EXPECT_TRUE(refused("{x:Array(Int64)}", {{"x", TextList{"1"}}}));
}

TEST(Literal, TheMessageNamesParameterValueAndType) {
  const Result<std::string> result = render("SELECT {age:UInt8}", {{"age", 256}});
  ASSERT_FALSE(result.ok());
  EXPECT_NE(result.error().message.find("age (256) is no UInt8"), std::string::npos);
  EXPECT_NE(result.error().message_zh.find("age"), std::string::npos);
}

TEST(Literal, PlaceholdersInTextsAndCommentsStay) {
  const std::string text =
      "SELECT '{x:UInt8};', `a{;`, \"{b\" -- it's {x:UInt8};\n/* ; ' {y} */ , 1";
  EXPECT_EQ(rendered(text, {}), text);
  EXPECT_EQ(rendered("'\\'{x:UInt8}' {x:UInt8}", {{"x", 1}}), "'\\'{x:UInt8}' toUInt8(1)");
}

TEST(Literal, BrokenStatementsAreRefused) {
  EXPECT_TRUE(refused("SELECT 1; DROP TABLE orders", {}));
  EXPECT_TRUE(refused("SELECT 1;", {}));
  EXPECT_TRUE(refused("SELECT 'open", {}));
  EXPECT_TRUE(refused("SELECT 'open\\'", {}));
  EXPECT_TRUE(refused("SELECT {x:UInt8}", {}));
  EXPECT_TRUE(refused("SELECT {x}", {{"x", 1}}));
  EXPECT_TRUE(refused("SELECT {x:Decimal}", {{"x", 1}}));
  EXPECT_TRUE(refused("SELECT * FROM {{orders}}", {}));
  EXPECT_TRUE(refused("SELECT {x:UInt8", {{"x", 1}}));
}

// Reads the literal as the engines' parsers do: whatever the bytes, one text comes back unchanged.
std::string unquoted(const std::string& literal) {
  std::string out;
  for (std::size_t at = 1; at + 1 < literal.size(); ++at) {
    if (literal[at] != '\\') {
      EXPECT_NE(literal[at], '\'');
      out += literal[at];
    } else if (literal[at + 1] == 'x') {
      out += static_cast<char>(std::stoi(literal.substr(at + 2, 2), nullptr, 16));
      at += 3;
    } else {
      out += literal[++at];
    }
  }
  return out;
}

TEST(Literal, AnyBytesComeBackAndNothingEscapes) {
  std::mt19937_64 rng(7);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t length = rng() % 12; length > 0; --length) {
      constexpr char kNasty[] = {'\'', '\\', '\n', '\0', ';', '{', '}', '-', '/', '*', '`', 'x'};
      text += rng() % 2 == 0 ? kNasty[rng() % sizeof kNasty] : static_cast<char>(rng() % 256);
    }
    const std::string literal = rendered("{x:String}", {{"x", text}});
    ASSERT_EQ(unquoted(literal), text);
    // The rendered text read once more is still one closed text: nothing of it can act.
    ASSERT_EQ(rendered(literal, {}), literal);
  }
}

TEST(Literal, RealsComeBackToTheLastBit) {
  std::mt19937_64 rng(8);
  for (int round = 0; round < 3000; ++round) {
    double value = 0;
    const std::uint64_t bits = rng();
    std::memcpy(&value, &bits, sizeof value);
    if (!std::isnormal(value)) {
      continue;
    }
    std::string literal = rendered("{x:Float64}", {{"x", value}});
    ASSERT_NE(literal.find_first_of(".e"), std::string::npos);
    if (literal[0] == '(') {
      literal = literal.substr(1);
    }
    ASSERT_EQ(std::strtod(literal.c_str(), nullptr), value);
  }
}

Frame sample() {
  Frame frame;
  frame.columns = {make_column("whole", ColumnType::integer), make_column("real", ColumnType::real),
                   make_column("text", ColumnType::text), make_column("day", ColumnType::date),
                   make_column("instant", ColumnType::time)};
  for (std::int64_t row = 0; row < 300; ++row) {
    frame.columns[0].push_integer(row % 2 == 0 ? -row : row);
    row % 7 == 0 ? frame.columns[1].push_null()
                 : frame.columns[1].push_real(0.1 * static_cast<double>(row));
    row % 5 == 0
        ? frame.columns[2].push_null()
        : frame.columns[2].push_text(std::string(static_cast<std::size_t>(row), 'x') + "客");
    frame.columns[3].push_integer(row * 100);
    frame.columns[4].push_integer(row == 299 ? 4294967295 : row);
  }
  return frame;
}

std::vector<TableColumn> sample_types() {
  return {{"whole", "Int32"},
          {"real", "Nullable(Float64)"},
          {"text", "Nullable(String)"},
          {"day", "Date"},
          {"instant", "DateTime"}};
}

void expect_same(const Frame& got, const Frame& want) {
  ASSERT_EQ(got.columns.size(), want.columns.size());
  ASSERT_EQ(got.rows(), want.rows());
  for (std::size_t index = 0; index < want.columns.size(); ++index) {
    const Column& a = got.columns[index];
    const Column& b = want.columns[index];
    EXPECT_EQ(a.name, b.name);
    EXPECT_EQ(a.type, b.type);
    for (std::size_t row = 0; row < want.rows(); ++row) {
      ASSERT_EQ(a.is_null(row), b.is_null(row)) << b.name << " " << row;
      if (b.is_null(row)) {
        continue;
      }
      if (b.type == ColumnType::real) {
        ASSERT_EQ(a.reals()[row], b.reals()[row]);
      } else if (b.type == ColumnType::text) {
        ASSERT_EQ(a.texts().at(row), b.texts().at(row));
      } else {
        ASSERT_EQ(a.integers()[row], b.integers()[row]);
      }
    }
  }
}

TEST(Native, BlocksComeBackAsTheyWent) {
  const Result<std::string> block = native_block(sample(), sample_types());
  ASSERT_TRUE(block.ok()) << block.error().message;
  Frame twice;
  ASSERT_TRUE(read_native(*block + *block, twice).ok());
  Frame want = sample();
  want.append(sample());
  expect_same(twice, want);
}

TEST(Native, ABlockIsTheDocumentedBytes) {
  Frame frame;
  frame.columns = {make_column("n", ColumnType::integer)};
  frame.columns[0].push_integer(-2);
  EXPECT_EQ(*native_block(frame, {{"n", "Int64"}}),
            std::string("\1\1\1n\5Int64\xfe\xff\xff\xff\xff\xff\xff\xff", 18));
}

TEST(Native, ACutAnswerIsAnErrorNeverLess) {
  const std::string block = *native_block(sample(), sample_types());
  for (std::size_t size = 1; size < block.size(); size += 1 + size / 40) {
    Frame frame;
    const Status status = read_native(std::string_view(block).substr(0, size), frame);
    ASSERT_FALSE(status.ok()) << size;
    EXPECT_EQ(status.error().code, Code::engine_failed);
  }
}

TEST(Native, AHugeLengthIsAnErrorNotAnAllocation) {
  Frame frame;
  EXPECT_FALSE(read_native("\1\xff\xff\xff\xff\xff\xff\xff\xff\x7f\1n\6UInt64", frame).ok());
}

TEST(Native, NotANumberBecomesNull) {
  std::string bytes("\1\2\1r\7Float64", 12);
  const double values[] = {std::nan(""), 1.5};
  bytes.append(reinterpret_cast<const char*>(values), sizeof values);
  Frame frame;
  ASSERT_TRUE(read_native(bytes, frame).ok());
  EXPECT_TRUE(frame.columns[0].is_null(0));
  EXPECT_EQ(frame.real("r", 1), 1.5);
}

TEST(Native, ANumberThatDoesNotFitNamesItsColumn) {
  Frame frame;
  frame.columns = {make_column("age", ColumnType::integer)};
  frame.columns[0].push_integer(256);
  const Result<std::string> block = native_block(frame, {{"age", "UInt8"}});
  ASSERT_FALSE(block.ok());
  EXPECT_EQ(block.error().code, Code::invalid_input);
  EXPECT_NE(block.error().message.find("age (row 1): 256 is no UInt8"), std::string::npos);
  frame.columns[0].push_null();
  EXPECT_FALSE(native_block(frame, {{"age", "UInt32"}}).ok());
  EXPECT_TRUE(native_block(frame, {{"age", "Nullable(UInt32)"}}).ok());
  EXPECT_FALSE(native_block(frame, {{"age", "Nullable(String)"}}).ok());
  EXPECT_FALSE(native_block(frame, {{"age", "Nullable(Decimal(18,2))"}}).ok());
}

TEST(Failure, BothLayoutsAreRead) {
  const Limits limits{.seconds = 1.5, .memory_bytes = 64 << 20, .result_rows = 10};
  const Error time =
      failure("Code: 159. DB::Exception: Timeout exceeded: elapsed 1 s (TIMEOUT_EXCEEDED)", limits);
  EXPECT_EQ(time.code, Code::limit_reached);
  EXPECT_NE(time.message.find("time limit of 1.5 s"), std::string::npos);
  const Error memory =
      failure("Code: 241, e.displayText() = DB::Exception: Memory limit, e.what() = x", limits);
  EXPECT_EQ(memory.code, Code::limit_reached);
  EXPECT_NE(memory.message.find("memory limit of 64 MiB"), std::string::npos);
  EXPECT_EQ(failure("Code: 396. DB::Exception: rows", limits).code, Code::limit_reached);
  EXPECT_EQ(failure("Code: 394. DB::Exception: Query was cancelled", limits).code, Code::conflict);
  const Error other =
      failure("Code: 47, e.displayText() = DB::Exception: Unknown x, e.what() = y", limits);
  EXPECT_EQ(other.code, Code::engine_failed);
  EXPECT_EQ(other.message, "The engine refused the statement: Unknown x");
  EXPECT_EQ(failure_code("no code here"), 0);
}

TEST(Ddl, OnlyPlainNamesGoIntoStatements) {
  EXPECT_TRUE(check_name("orders_2").ok());
  for (const char* name : {"", "2x", "a b", "a;b", "客", "a`"}) {
    EXPECT_FALSE(check_name(name).ok()) << name;
  }
}

}  // namespace
}  // namespace huitou::engine
