// Walks fixtures/broken: what the reader says of each file is in fixtures/expected.tsv. The files
// of fixtures/load_expected.tsv are sound for the reader; what loading makes of them is tested
// there.

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "ingest/table.h"

namespace huitou::ingest {
namespace {

namespace fs = std::filesystem;

const fs::path kFixtures = "src/ingest/fixtures";

// The lines of a table file, by the file's name; `#` begins a comment.
std::map<std::string, std::string> expectations(const std::string& name) {
  std::map<std::string, std::string> lines;
  std::ifstream in(kFixtures / name);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.front() != '#') {
      const auto tab = line.find('\t');
      lines[line.substr(0, tab)] = line.substr(tab + 1);
    }
  }
  return lines;
}

std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c == '\n' ? "\\n" : c == '\t' ? "\\t" : std::string(1, c);
  }
  return out;
}

std::string shown(char delimiter) {
  switch (delimiter) {
    case '\t':
      return "tab";
    case ' ':
      return "blanks";
    default:
      return std::string(1, delimiter);
  }
}

// `read, UTF-8, 4 columns by ",", header, 3 rows, first A1|c1; line 4: ...; note title_lines`.
std::string outcome(const std::string& path) {
  auto info = inspect(path);
  if (!info.ok()) {
    return fmt::format("refused\t{}\t{}", printable(info.error().message),
                       printable(info.error().message_zh));
  }
  auto opened = open_rows(*info);
  if (!opened.ok()) {
    return "refused\t" + opened.error().message;
  }
  RowReader* reader = opened->get();
  std::size_t rows = 0;
  std::string mended;
  std::string first;
  std::string bad;
  RawBlock block;
  for (auto more = reader->next(block); !more.ok() || *more; more = reader->next(block)) {
    if (!more.ok()) {
      return fmt::format("broke off\t{}\t{}", more.error().message, more.error().message_zh);
    }
    for (std::size_t column = 0; rows == 0 && block.rows() > 0 && column < block.columns();
         ++column) {
      first += (column > 0 ? "|" : "") + printable(block.at(0, column));
    }
    rows += block.rows();
    for (const std::uint64_t line : block.mended()) {
      mended += fmt::format("; line {} mended", line);
    }
    for (const BadRow& row : block.bad()) {
      bad += row.reason == BadReason::open_quote
                 ? fmt::format("; line {}: a quote is opened and not closed", row.line)
                 : fmt::format("; line {}: {} fields where the file has {} columns", row.line,
                               row.fields, row.expected);
    }
  }
  const std::string way = info->format == Format::text
                              ? fmt::format("{}, by {}, {}", encoding_name(info->encoding),
                                            shown(info->dialect.delimiter),
                                            info->dialect.has_header ? "header" : "no header")
                              : std::string(format_name(info->format));
  std::string out = fmt::format("read\t{}, {} rows: {}", way, rows, first);
  out += mended;
  for (const Note& note : info->notes) {
    out += "; note " + note.code;
  }
  return out + bad;
}

TEST(BrokenFiles, GetTheAnswerThatIsExpected) {
  const auto expected = expectations("expected.tsv");
  EXPECT_GE(expected.size(), 60U);
  for (const auto& [file, answer] : expected) {
    EXPECT_EQ(outcome((kFixtures / "broken" / file).string()), answer) << file;
  }
}

TEST(BrokenFiles, AreAllListed) {
  const auto reading = expectations("expected.tsv");
  const auto loading = expectations("load_expected.tsv");
  for (const auto& entry : fs::directory_iterator(kFixtures / "broken")) {
    const std::string name = entry.path().filename().string();
    EXPECT_EQ(reading.count(name) + loading.count(name), 1U) << name;
  }
}

TEST(BrokenFiles, OfLoadingAreSoundForTheReader) {
  const auto loading = expectations("load_expected.tsv");
  EXPECT_GE(loading.size(), 30U);
  for (const auto& [file, answer] : loading) {
    EXPECT_TRUE(outcome((kFixtures / "broken" / file).string()).starts_with("read\t")) << file;
  }
}

TEST(BrokenFiles, PathsThatAreNoFile) {
  const fs::path folder = fs::temp_directory_path() / fmt::format("huitou_paths_{}", ::getpid());
  fs::create_directories(folder);
  EXPECT_EQ(inspect((folder / "none.csv").string()).error().code, Code::not_found);
  EXPECT_EQ(inspect(folder.string()).error().message,
            folder.filename().string() + " is a folder, not a file");
  const std::string pipe = (folder / "pipe.csv").string();
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(inspect(pipe).error().message, "pipe.csv is a device or pipe, not a file");
  const fs::path secret = folder / "secret.csv";
  std::ofstream(secret) << "a,b\n1,2\n";
  fs::permissions(secret, fs::perms::none);
  if (::geteuid() != 0) {  // root may read everything
    EXPECT_EQ(inspect(secret.string()).error().code, Code::denied);
  }
  fs::remove_all(folder);
}

}  // namespace
}  // namespace huitou::ingest
