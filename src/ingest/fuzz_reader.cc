// Fuzz target of the reader and of values. tools/fuzz.sh builds and runs it.
//
// Properties: no input makes `inspect` or the reader read out of bounds or break a CHECK; line
// numbers rise; reading in pieces, wherever the cut, gives the rows of one pass; money that was
// read reads the same when written plainly; dates that were read are days of the calendar.

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "ingest/quotes.h"
#include "ingest/table.h"
#include "ingest/values.h"

namespace huitou::ingest {
namespace {

void require(bool holds, const char* what) {
  if (!holds) {
    std::fprintf(stderr, "broken property: %s\n", what);
    std::abort();
  }
}

FileInfo info_of(std::uint8_t choice) {
  constexpr std::array<char, 5> kDelimiters{',', ';', '\t', '|', ' '};
  FileInfo info;
  info.dialect.delimiter = kDelimiters.at(choice % kDelimiters.size());
  info.dialect.quotes = info.dialect.delimiter != ' ' && choice < 200;
  info.dialect.newline = choice % 7 == 0 ? '\r' : '\n';
  info.columns.resize(1 + choice % 4);
  return info;
}

// Rows, bad rows and their lines as one text.
std::string cut(const FileInfo& info, std::string_view text, std::uint64_t first_line) {
  Chunk chunk;
  chunk.first_line = first_line;
  chunk.bytes.grow(text.size());
  if (!text.empty()) {
    std::memcpy(chunk.bytes.data.get(), text.data(), text.size());
  }
  chunk.bytes.size = text.size();
  RawBlock block;
  parse_chunk(info, chunk, block);
  std::string out;
  std::uint64_t last = 0;
  for (std::size_t row = 0; row < block.rows(); ++row) {
    require(block.line(row) > last, "lines rise");
    last = block.line(row);
    out += std::to_string(last);
    for (std::size_t column = 0; column < block.columns(); ++column) {
      out.append("\x1f").append(block.at(row, column));
    }
    out += '\x1e';
  }
  return out;
}

// Every cut of a short text of the characters that matter. No broken characters: what those are
// mended to depends on where the line is cut, and cuts are made at line ends of the undecoded
// bytes.
void check_pieces(const FileInfo& info, std::string_view bytes) {
  const std::array<char, 8> letters{'a', '"', info.dialect.delimiter, '\n', '"', ' ', '\r', '1'};
  std::string text;
  for (const char c : bytes.substr(0, 40)) {
    text += letters.at(static_cast<unsigned char>(c) % letters.size());
  }
  const std::string whole = cut(info, text, 1);
  for (std::size_t at = 0; at <= text.size(); ++at) {
    const std::size_t end = last_record_end(std::string_view(text).substr(0, at), info.dialect);
    require(end <= at, "a piece ends within its bytes");
    const std::string_view first = std::string_view(text).substr(0, end);
    const auto lines =
        static_cast<std::uint64_t>(std::count(first.begin(), first.end(), info.dialect.newline));
    const std::string rest = cut(info, std::string_view(text).substr(end), 1 + lines);
    require(whole == cut(info, first, 1) + rest, "pieces give the rows of one pass");
  }
}

void check_file(std::string_view bytes) {
  const int file = ::memfd_create("fuzz", 0);
  require(file >= 0 && ::write(file, bytes.data(), bytes.size()) >= 0, "a file in memory");
  auto info = inspect("/proc/self/fd/" + std::to_string(file));
  if (info.ok()) {
    require(info->columns.size() >= 2, "a table has columns");
    auto reader = TableReader::open(*info);
    require(reader.ok(), "an inspected file opens");
    RawBlock block;
    std::uint64_t last = info->data_line - 1;
    for (auto more = reader->next(block); more.ok() && *more; more = reader->next(block)) {
      for (std::size_t row = 0; row < block.rows(); ++row) {
        require(block.line(row) > last, "lines of a file rise");
        last = block.line(row);
      }
    }
  }
  ::close(file);
}

std::string written(std::int64_t minor) {
  const std::int64_t size = std::abs(minor);
  const std::string cents = std::to_string(size % 100);
  return (minor < 0 ? "-" : "") + std::to_string(size / 100) + (cents.size() == 1 ? ".0" : ".") +
         cents;
}

void check_values(std::string_view text) {
  for (const char decimal : {'.', ','}) {
    std::int64_t minor = 0;
    const Reading reading = parse_money(text, {.decimal = decimal}, minor);
    if (reading == Reading::ok || reading == Reading::rounded) {
      std::int64_t again = 0;
      require(parse_money(written(minor), {}, again) == Reading::ok && again == minor,
              "money written plainly reads the same");
    }
    std::int64_t milli = 0;
    (void)parse_quantity(text, {.decimal = decimal}, milli);
  }
  for (int shape = 0; shape <= static_cast<int>(DateShape::unix_millis); ++shape) {
    Moment moment;
    if (parse_moment(text, {.shape = static_cast<DateShape>(shape)}, moment) == Reading::ok) {
      require(moment.date >= kFirstDate && moment.date <= kLastDate, "a day that can be kept");
      require(moment.seconds >= 0 && moment.seconds < 86400, "a time of that day");
      require(is_calendar_day(ymd_of(moment.date)), "a day of the calendar");
    }
  }
  const std::array<std::string_view, 2> samples{text, text.substr(text.size() / 2)};
  (void)guess_date_format(samples);
  (void)guess_number_format(samples);
  (void)currency_in(text);
}

}  // namespace
}  // namespace huitou::ingest

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) {
    return 0;
  }
  // The choice is at the end, so that the seeds begin as files do.
  const std::string_view text(reinterpret_cast<const char*>(data), size - 2);
  const std::uint8_t choice = data[size - 2];
  switch (data[size - 1] % 8) {
    case 0:
      huitou::ingest::check_file(text);
      break;
    case 1:
    case 2:
    case 3:
      huitou::ingest::check_values(text);
      break;
    case 4:
      (void)huitou::ingest::cut(huitou::ingest::info_of(choice), text, 1);
      break;
    default:
      huitou::ingest::check_pieces(huitou::ingest::info_of(choice), text);
  }
  return 0;
}
