#include "ingest/table.h"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <string>
#include <thread>

namespace huitou::ingest {
namespace {

namespace fs = std::filesystem;

class TempFile {
 public:
  explicit TempFile(const std::string& bytes) {
    static int number = 0;
    path_ = fs::temp_directory_path() / ("huitou_table_" + std::to_string(::getpid()) + "_" +
                                         std::to_string(++number) + ".csv");
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  ~TempFile() { fs::remove(path_); }
  TempFile(const TempFile&) = delete;
  TempFile& operator=(const TempFile&) = delete;
  std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

// `line:a|b|c` a row, `line!reason` a bad row; first the names.
std::string read_all(const FileInfo& info) {
  std::string out;
  for (const std::string& name : info.columns) {
    out += (out.empty() ? "" : "|") + name;
  }
  auto reader = TableReader::open(info);
  EXPECT_TRUE(reader.ok());
  RawBlock block;
  while (true) {
    auto more = reader->next(block);
    if (!more.ok()) {
      return out + "\nerror " + more.error().message;
    }
    if (!*more) {
      return out;
    }
    for (std::size_t row = 0; row < block.rows(); ++row) {
      out += "\n" + std::to_string(block.line(row)) + ":";
      for (std::size_t column = 0; column < block.columns(); ++column) {
        out += (column > 0 ? "|" : "") + std::string(block.at(row, column));
      }
    }
    for (const BadRow& bad : block.bad()) {
      out += "\n" + std::to_string(bad.line) + "!";
      out += bad.reason == BadReason::open_quote
                 ? "open quote"
                 : std::to_string(bad.fields) + " of " + std::to_string(bad.expected);
    }
  }
}

std::string read_text(const std::string& bytes, const ReadOptions& options = {}) {
  const TempFile file(bytes);
  auto info = inspect(file.path(), options);
  return info.ok() ? read_all(*info) : "refused: " + describe(info.error());
}

std::string packed(const std::string& bytes) {
  std::string out(compressBound(bytes.size()) + 64, '\0');
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string input = bytes;
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

TEST(Table, PlainRows) {
  EXPECT_EQ(read_text("id,date,amount\n1,2024-01-05,3\n2,2024-01-06,4\n"),
            "id|date|amount\n2:1|2024-01-05|3\n3:2|2024-01-06|4");
}

TEST(Table, LineEnds) {
  const std::string expected = "id|day\n2:1|2024-01-05\n3:2|2024-01-06";
  EXPECT_EQ(read_text("id,day\r\n1,2024-01-05\r\n2,2024-01-06\r\n"), expected);
  EXPECT_EQ(read_text("id,day\r1,2024-01-05\r2,2024-01-06"), expected);
  EXPECT_EQ(read_text("id,day\n1,2024-01-05\n2,2024-01-06"), expected);
}

TEST(Table, Delimiters) {
  const std::string expected = "id|amount\n2:1|3,5\n3:2|4,5";
  EXPECT_EQ(read_text("id;amount\n1;3,5\n2;4,5\n"), expected);
  EXPECT_EQ(read_text("id\tamount\n1\t3,5\n2\t4,5\n"), expected);
  EXPECT_EQ(read_text("id|amount\n1|3,5\n2|4,5\n"), expected);
  EXPECT_EQ(read_text(" id   amount\n  1   3,5\n  2  4,5\n"), expected);
  EXPECT_EQ(read_text("id~a,b\n1~3,5\n", {.delimiter = '~'}), "id|a,b\n2:1|3,5");
}

TEST(Table, Quotes) {
  EXPECT_EQ(read_text("id,name\n1,\"a,b\"\n2,\"say \"\"hi\"\"\"\n3,\"two\nlines\"\n4,x\n"),
            "id|name\n2:1|a,b\n3:2|say \"hi\"\n4:3|two\nlines\n6:4|x");
  EXPECT_EQ(read_text("id,name\n1,\"24\" screen\"\n2, \"b\" \n"),
            "id|name\n2:1|24\" screen\n3:2|b");
  EXPECT_EQ(read_text("id,name\n1,5\" pipe\n2,=\"007\"\n"), "id|name\n2:1|5\" pipe\n3:2|=\"007\"");
}

TEST(Table, AnOpenQuoteCostsItsLineOnly) {
  EXPECT_EQ(read_text("id,name\n1,\"oops\n2,b\n3,c\n"), "id|name\n3:2|b\n4:3|c\n2!open quote");
  EXPECT_EQ(read_text("id,name\n1,\"oops\n2,\"b, c\"\n3,c\n"),
            "id|name\n3:2|b, c\n4:3|c\n2!open quote");
}

TEST(Table, RaggedBlankAndPaddedLines) {
  EXPECT_EQ(read_text("id,name,x\n1,a,b\n2,a\n\n3,a,b,,\n4,a,b,c\n , ,\n5,a,b\n"),
            "id|name|x\n2:1|a|b\n5:3|a|b\n8:5|a|b\n3!2 of 3\n"
            "6!4 of 3");
}

TEST(Table, HeaderOrNot) {
  EXPECT_EQ(read_text("1,20240105,3\n2,20240106,4\n"), "c1|c2|c3\n1:1|20240105|3\n2:2|20240106|4");
  EXPECT_EQ(read_text("name,city\nanna,rome\nben,oslo\n"), "name|city\n2:anna|rome\n3:ben|oslo");
  EXPECT_EQ(read_text("s_1;doc_4\ns_2;doc_7\n"), "c1|c2\n1:s_1|doc_4\n2:s_2|doc_7");
  EXPECT_EQ(read_text("a1,b1\nc1,d1\n", {.has_header = true}), "a1|b1\n2:c1|d1");
}

TEST(Table, TitlesBeforeTheTable) {
  EXPECT_EQ(
      read_text("支付宝交易记录\n账号:[1]\n\nid,day,amount\n1,2024-01-05,3\n2,2024-01-06,4\n"),
      "id|day|amount\n5:1|2024-01-05|3\n6:2|2024-01-06|4");
}

TEST(Table, NamesAreMadeUnique) {
  const TempFile file("id,id,,b\n1,2,3,4\n");
  const auto info = inspect(file.path());
  ASSERT_TRUE(info.ok());
  EXPECT_EQ(info->columns, (std::vector<std::string>{"id", "id_2", "c3", "b"}));
  ASSERT_EQ(info->notes.size(), 1U);
  EXPECT_EQ(info->notes[0].code, "duplicate_column");
}

TEST(Table, Encodings) {
  const std::string expected = "订单|买家\n2:1|李雷\n3:2|韩梅梅";
  const std::string gbk =
      "\xb6\xa9\xb5\xa5,\xc2\xf2\xbc\xd2\n1,\xc0\xee\xc0\xd7\n2,\xba\xab\xc3\xb7\xc3\xb7\n";
  EXPECT_EQ(read_text("订单,买家\n1,李雷\n2,韩梅梅\n"), expected);
  EXPECT_EQ(read_text("\xef\xbb\xbf订单,买家\n1,李雷\n2,韩梅梅\n"), expected);
  EXPECT_EQ(read_text(gbk), expected);
  EXPECT_EQ(read_text("id,name\n1,Ren\xe9\n2,Zo\xeb\n"), "id|name\n2:1|René\n3:2|Zoë");
  std::string little("\xff\xfe", 2);
  std::string big("\xfe\xff", 2);
  for (const char c : std::string("id,n\n1,b\n")) {
    little += std::string({c, '\0'});
    big += std::string({'\0', c});
  }
  EXPECT_EQ(read_text(little), "id|n\n2:1|b");
  EXPECT_EQ(read_text(big), "id|n\n2:1|b");
  EXPECT_EQ(read_text(little.substr(2)), "id|n\n2:1|b");
}

TEST(Table, AForeignOrBrokenLineIsMended) {
  std::string text = "id,name\n";
  for (int i = 0; i < 100'000; ++i) {
    text += std::to_string(i) + ",plain text\n";
  }
  text += "100000,\xc0\xee\xc0\xd7\n100001,李\xe9\x9b\n";
  const std::string rows = read_text(text);
  EXPECT_NE(rows.find("\n100002:100000|李雷"), std::string::npos);
  EXPECT_NE(rows.find("\n100003:100001|李\xef\xbf\xbd"), std::string::npos);
}

TEST(Table, EncodingsHaveNames) {
  EXPECT_EQ(parse_encoding("GB18030"), Encoding::gb18030);
  EXPECT_EQ(encoding_name(Encoding::utf16le), "UTF-16LE");
  EXPECT_EQ(parse_encoding("EBCDIC"), std::nullopt);
}

TEST(Table, Packed) {
  const std::string text = "id,day\n1,2024-01-05\n2,2024-01-06\n";
  const std::string expected = "id|day\n2:1|2024-01-05\n3:2|2024-01-06";
  EXPECT_EQ(read_text(packed(text)), expected);
  EXPECT_EQ(read_text(packed(text.substr(0, 10)) + packed(text.substr(10))), expected);
  EXPECT_EQ(read_text(packed(text) + std::string(512, '\0')), expected);
  const std::string cut = packed(text);
  EXPECT_NE(read_text(cut.substr(0, cut.size() - 9)).find("is cut off"), std::string::npos);
  std::string damaged = packed(text);
  damaged[damaged.size() - 6] ^= 1;
  EXPECT_NE(read_text(damaged).find("is damaged"), std::string::npos);
}

// Records that lie across the ends of chunks, quoted or not, give the rows of one pass.
TEST(Table, ChunksDoNotShow) {
  std::string text = "id,note,last\n";
  std::uint64_t line = 2;
  std::string expected = "id|note|last";
  for (int i = 0; i < 60'000; ++i) {
    const bool quoted = i % 3 == 0;
    const std::string pad(static_cast<std::size_t>(i % 97), 'x');
    const std::string note = quoted ? "a\n," + pad : pad + "n";
    const std::string id = std::to_string(i);
    text += id + "," + (quoted ? "\"" + note + "\"" : note) + "," + id + "\n";
    expected += "\n" + std::to_string(line) + ":" + id + "|" + note + "|" + id;
    line += quoted ? 2 : 1;
  }
  EXPECT_TRUE(read_text(text) == expected);
  EXPECT_TRUE(read_text(packed(text)) == expected);
}

// One reader hands out chunks, two threads cut them: together they have every row once.
TEST(Table, ThreadsShareTheWork) {
  constexpr std::uint64_t kRows = 300'000;
  std::string text = "id,name\n";
  for (std::uint64_t i = 1; i <= kRows; ++i) {
    text += std::to_string(i) + ",plain text\n";
  }
  const TempFile file(text);
  const auto info = inspect(file.path());
  ASSERT_TRUE(info.ok());
  auto reader = TableReader::open(*info);
  ASSERT_TRUE(reader.ok());
  std::mutex handing_out;
  std::atomic<std::uint64_t> sum = 0;
  std::atomic<std::uint64_t> lines = 0;
  const auto work = [&] {
    Chunk chunk;
    RawBlock block;
    while (true) {
      {
        const std::lock_guard lock(handing_out);
        const auto more = reader->next_chunk(chunk);
        if (!more.ok() || !*more) {
          return;
        }
      }
      parse_chunk(*info, chunk, block);
      for (std::size_t row = 0; row < block.rows(); ++row) {
        sum += std::stoull(std::string(block.at(row, 0)));
        lines += block.line(row);
      }
    }
  };
  std::thread other(work);
  work();
  other.join();
  EXPECT_EQ(sum, kRows * (kRows + 1) / 2);
  EXPECT_EQ(lines, kRows * (kRows + 1) / 2 + kRows);
}

TEST(Table, ABlockIsFilledByHandAndAgain) {
  RawBlock block;
  block.clear(2);
  block.append(7, std::vector<std::string_view>{"", ""});
  EXPECT_EQ(block.at(0, 1), "");
  block.append(9, std::vector<std::string_view>{"a,\"b", std::string_view("c\nd")});
  block.append_bad({10, BadReason::field_count, 3, 2, "x"});
  ASSERT_EQ(block.rows(), 2U);
  EXPECT_EQ(block.at(1, 0), "a,\"b");
  EXPECT_EQ(block.at(1, 1), "c\nd");
  EXPECT_EQ(block.line(1), 9U);
  block.clear(1);
  EXPECT_EQ(block.rows() + block.bad().size(), 0U);
  block.append(1, std::vector<std::string_view>{"z"});
  EXPECT_EQ(block.at(0, 0), "z");
  EXPECT_THROW(block.append(2, std::vector<std::string_view>{"z", "y"}), Bug);
}

TEST(Table, AGiantLineMeetsItsLimit) {
  const std::string giant = "id,name\n1,a\n2," + std::string(17U << 20, 'x') + "\n";
  EXPECT_NE(read_text(giant).find("error Line 3 of"), std::string::npos);
}

TEST(Table, AFirstRowLongerThanTheSampleIsRead) {
  const std::string cell(2U << 20, 'x');
  EXPECT_EQ(read_text("id,name\n1," + cell + "\n2,b\n"), "id|name\n2:1|" + cell + "\n3:2|b");
  EXPECT_EQ(read_text("id,name\n" + cell + ",1"), "id|name\n2:" + cell + "|1");
}

TEST(Table, AFirstRowBeyondTheLimitSaysSo) {
  const std::string answer = read_text("id,name\n1," + std::string(18U << 20, 'x') + "\n2,b\n");
  EXPECT_NE(answer.find("refused: The first row of"), std::string::npos) << answer;
  EXPECT_NE(answer.find("is longer than 16 MiB"), std::string::npos) << answer;
}

TEST(Table, AFileOfOneLineIsRefused) {
  const std::string answer = read_text(std::string(3U << 20, 'x'));
  EXPECT_NE(answer.find("refused: The first 1 MiB of"), std::string::npos) << answer;
}

TEST(Table, NamesThatBeginLikeAnotherFormatAreNames) {
  EXPECT_EQ(read_text("PAR1,day\n1,2024-01-05\n2,2024-01-06\n"),
            "PAR1|day\n2:1|2024-01-05\n3:2|2024-01-06");
}

TEST(Table, ZeroBytesBehindTheSampleAreAnError) {
  std::string text = "id,name\n";
  for (int i = 0; i < 200'000; ++i) {
    text += "1,plain text\n";
  }
  text += std::string(100, '\0');
  EXPECT_NE(read_text(text).find("holds zero bytes"), std::string::npos);
}

}  // namespace
}  // namespace huitou::ingest
