// Fuzz target of the readers of Excel and JSON. tools/fuzz.sh builds and runs it.
//
// Properties: no input makes them read out of bounds or break a CHECK; an inspected file opens, and
// its rows have its columns; numbers of rows rise where the sheet gives none; text that is put back
// from its escapes is no longer than it was.

#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "ingest/formats/cells.h"
#include "ingest/formats/json_lines.h"
#include "ingest/formats/sheet.h"
#include "ingest/table.h"

namespace huitou::ingest {
namespace {

void require(bool holds, const char* what) {
  if (!holds) {
    std::fprintf(stderr, "broken property: %s\n", what);
    std::abort();
  }
}

void read_all(const Result<FileInfo>& info) {
  if (!info.ok()) {
    require(!info.error().message.empty() && !info.error().message_zh.empty(), "a clear sentence");
    return;
  }
  const auto reader = open_rows(*info);
  if (!reader.ok()) {
    return;
  }
  RawBlock block;
  for (auto more = (*reader)->next(block); more.ok() && *more; more = (*reader)->next(block)) {
    require(block.rows() == 0 || block.columns() == info->columns.size(), "rows have the columns");
    std::size_t bytes = 0;
    for (std::size_t row = 0; row < block.rows(); ++row) {
      for (std::size_t column = 0; column < block.columns(); ++column) {
        for (const char c : block.at(row, column)) {
          bytes += static_cast<unsigned char>(c);
        }
      }
    }
    require(bytes < std::size_t{1} << 40, "every byte can be read");
  }
}

void check_file(std::string_view bytes, bool json) {
  const int file = ::memfd_create("fuzz", 0);
  require(file >= 0 && ::write(file, bytes.data(), bytes.size()) >= 0, "a file in memory");
  const std::string path = "/proc/self/fd/" + std::to_string(file);
  read_all(json ? inspect_json_lines(path) : inspect(path));
  ::close(file);
}

void check_rows(std::string_view xml) {
  CellContext context;
  context.styles = {Shown::number, Shown::date, Shown::time, Shown::date_time};
  context.shared.push_back("shared");
  RawBlock block;
  Chunk& chunk = block.chunk();
  chunk.first_line = 1;
  chunk.bytes.grow(xml.size());
  if (!xml.empty()) {
    std::memcpy(chunk.bytes.data.get(), xml.data(), xml.size());
  }
  chunk.bytes.size = xml.size();
  const bool good = parse_sheet_piece(chunk, context, {.columns = 5}, block);
  std::uint64_t last = 0;
  for (std::size_t row = 0; good && row < block.rows(); ++row) {
    require(xml.find(" r=") != std::string_view::npos || block.line(row) > last, "rows rise");
    last = block.line(row);
  }
}

void check_cells(std::string_view text) {
  std::string out;
  append_unescaped(text, out);
  require(out.size() <= text.size(), "no longer than it was");
  (void)shown_by(text);
  require(column_of(text) < 26 * 27 * 27 * 27, "a column of four letters");
  for (const Shown shown : {Shown::number, Shown::date, Shown::time, Shown::date_time}) {
    for (const bool from_1904 : {false, true}) {
      append_number(text, shown, from_1904, out);
    }
  }
}

}  // namespace
}  // namespace huitou::ingest

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) {
    return 0;
  }
  // The choice is at the end, so that the seeds begin as files do.
  const std::string_view text(reinterpret_cast<const char*>(data), size - 1);
  switch (data[size - 1] % 4) {
    case 0:
      huitou::ingest::check_file(text, false);
      break;
    case 1:
      huitou::ingest::check_rows(text);
      break;
    case 2:
      huitou::ingest::check_file(text, true);
      break;
    default:
      huitou::ingest::check_cells(text);
  }
  return 0;
}
