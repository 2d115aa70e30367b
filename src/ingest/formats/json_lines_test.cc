// JSON Lines: members become columns, what is no object is found, lists are said.

#include "ingest/formats/json_lines.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include "ingest/table.h"
#include "ingest/test_files.h"

namespace huitou::ingest {
namespace {

using testing_files::Directory;

// `a|b`, then `line:value|value` for each row and `line!text` for each bad one.
std::string read(const std::string& path) {
  auto info = inspect(path);
  if (!info.ok()) {
    return "refused: " + info.error().message;
  }
  EXPECT_EQ(info->format, Format::json_lines);
  std::string out;
  for (const std::string& name : info->columns) {
    out += (out.empty() ? "" : "|") + name;
  }
  auto reader = open_rows(*info);
  RawBlock block;
  for (auto more = (*reader)->next(block); !more.ok() || *more; more = (*reader)->next(block)) {
    if (!more.ok()) {
      return out + "\nerror: " + more.error().message;
    }
    for (std::size_t row = 0; row < block.rows(); ++row) {
      out += "\n" + std::to_string(block.line(row)) + ":";
      for (std::size_t column = 0; column < block.columns(); ++column) {
        out += (column > 0 ? "|" : "") + std::string(block.at(row, column));
      }
    }
    for (const BadRow& bad : block.bad()) {
      EXPECT_EQ(bad.reason, BadReason::no_object);
      out += "\n" + std::to_string(bad.line) + "!" + bad.text;
    }
  }
  return out;
}

TEST(JsonLines, MembersBecomeColumns) {
  const Directory directory;
  const std::string path = directory.write(
      "e.txt",
      "\xef\xbb\xbf{\"id\": \"A1\", \"buyer\": {\"name\": \"安\\n\", \"tel\": {\"cc\": 86}}, "
      "\"paid\": "
      "12.5}\r\n"
      "\n"
      "{\"paid\": null, \"id\": 12345678901234567890, \"new\": true, \"items\": [1, {\"a\": 2}]}\n"
      "{\"id\": -3, \"paid\": 1e3, \"buyer\": \"none\", \"tags\": []}");
  EXPECT_EQ(read(path),
            "id|buyer.name|buyer.tel.cc|paid|new|buyer\n"
            "1:A1|安\n|86|12.5||\n"
            "3:12345678901234567890||||true|\n"
            "4:-3|||1000||none");
  const auto info = inspect(path);
  ASSERT_EQ(info->notes.size(), 1U);
  EXPECT_EQ(info->notes[0].text.en.substr(0, 33), "Lists are not read: items, tags. ");
  EXPECT_EQ(info->estimated_rows, 3U);
}

TEST(JsonLines, WhatIsNoObjectIsFound) {
  const Directory directory;
  EXPECT_EQ(read(directory.write("e.jsonl",
                                 "{\"a\": 1\n{\"a\": 2}\n[3]\n{\"a\": 4,}\n\"five\"\n{\"a\": "
                                 "\"\xff\"}\n{\"a\": 7} x\n{\"a\": 8}\n")),
            "a\n2:2\n8:8\n1!{\"a\": 1\n3![3]\n4!{\"a\": 4,}\n5!\"five\"\n6!{\"a\": \"\xff\"}\n"
            "7!{\"a\": 7} x");
}

TEST(JsonLines, ManyChunksPackedOrNot) {
  const Directory directory;
  std::string text;
  std::string expected = "id|who.name";
  for (int i = 1; i <= 60'000; ++i) {
    const std::string id = std::to_string(i);
    text += "{\"id\":" + id + ",\"who\":{\"name\":\"name of a person\"}}\n";
    expected += "\n" + id + ":" + id + "|name of a person";
  }
  EXPECT_TRUE(read(directory.write("e.ndjson", text)) == expected);
  const std::string path = directory.path("p.ndjson.gz");
  gzFile file = gzopen(path.c_str(), "wb");
  ASSERT_EQ(gzwrite(file, text.data(), static_cast<unsigned>(text.size())),
            static_cast<int>(text.size()));
  gzclose(file);
  EXPECT_TRUE(read(path) == expected);
}

TEST(JsonLines, OtherJsonIsRefused) {
  const Directory directory;
  EXPECT_EQ(read(directory.write("a.json", "[{\"a\": 1, \"b\": 2}]")),
            "refused: a.json is JSON, not a table of text");
  EXPECT_EQ(read(directory.write("b.json", "{\n  \"a\": 1,\n  \"b\": 2\n}\n")),
            "refused: b.json is JSON, not a table of text");
  EXPECT_EQ(read(directory.write("c.jsonl", "{1}\n{2}\n")),
            "refused: c.jsonl holds no line that is a JSON object");
  EXPECT_EQ(read(directory.write("d.jsonl", "{}\n{}\n")),
            "refused: d.jsonl holds no line that is a JSON object");
  EXPECT_NE(read(directory.write("e.jsonl", "{\"a\": \"" + std::string(17U << 20, 'x') + "\"}\n"))
                .find("longer than 16 MiB"),
            std::string::npos);
}

}  // namespace
}  // namespace huitou::ingest
