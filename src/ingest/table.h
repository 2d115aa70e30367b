#pragma once

// Rows of text from a file: which file it is, how it is cut into fields, and the fields, block by
// block. Nothing here knows orders or customers.
//
// Reading has two halves so that several threads can share the work:
//   1. `TableReader::next_chunk` (one thread): bytes of the file, unpacked, cut between records.
//   2. `parse_chunk` (any thread): decoding to UTF-8 and cutting into rows and fields.
// `TableReader::next` does both.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/answer.h"
#include "base/result.h"

namespace huitou::ingest {

/// A record, a quoted field or the number of columns beyond these is refused.
inline constexpr std::size_t kMaxRecordBytes = 16ULL << 20;
inline constexpr std::size_t kMaxQuotedBytes = 1ULL << 20;
inline constexpr std::size_t kMaxColumns = 2000;
/// Data rows that `inspect` keeps, and bytes that it looks at.
inline constexpr std::size_t kSampleRows = 1000;
inline constexpr std::size_t kSampleBytes = 1ULL << 20;

enum class Encoding { utf8, gb18030, windows1252, utf16le, utf16be };
std::string_view encoding_name(Encoding encoding);
std::optional<Encoding> parse_encoding(std::string_view name);

/// How lines are cut into fields.
struct Dialect {
  char delimiter = ',';  ///< `,` `;` tab `|`; a space stands for runs of blanks (aligned columns)
  bool quotes = true;    ///< fields may be in double quotes, a quote inside is doubled
  char newline = '\n';   ///< '\n' (a '\r' before it is dropped) or '\r'
  bool has_header = true;
};

/// What a person may know better than the guess.
struct ReadOptions {
  std::optional<char> delimiter;
  std::optional<Encoding> encoding;
  std::optional<bool> has_header;
};

/// What `inspect` understood of a file.
struct FileInfo {
  std::string path;
  std::uint64_t file_bytes = 0;  ///< on the disk, packed if the file is packed
  bool packed = false;           ///< gzip
  Encoding encoding = Encoding::utf8;
  Dialect dialect;
  std::vector<std::string> columns;               ///< unique names; `c1`, `c2` ... without a header
  std::vector<std::vector<std::string>> samples;  ///< the first data rows, UTF-8
  std::uint64_t data_line = 1;                    ///< number of the first data line
  std::uint64_t data_offset =
      0;  ///< where it begins in the unpacked bytes (after a byte order mark)
  std::uint64_t estimated_rows = 0;
  std::vector<Note> notes;  ///< what was passed over or renamed
};

/// Looks at the beginning (kSampleBytes) of a file. Errors, each one sentence that names the file:
/// not_found, denied, invalid_input (a directory, empty, only a header, not text, not a table),
/// limit_reached.
Result<FileInfo> inspect(const std::string& path, const ReadOptions& options = {});

enum class BadReason { field_count, open_quote };

/// A record that could not be cut into the file's columns; it is not among the rows.
struct BadRow {
  std::uint64_t line = 0;
  BadReason reason = BadReason::field_count;
  std::size_t fields = 0;    ///< found
  std::size_t expected = 0;  ///< columns of the file
  std::string text;          ///< its beginning, at most 200 bytes, UTF-8
};

/// Text in one buffer that keeps its place when moved; `kPadding` bytes behind `size` may be read.
struct Buffer {
  static constexpr std::size_t kPadding = 64;
  std::unique_ptr<char[]> data;
  std::size_t size = 0;
  std::size_t capacity = 0;

  /// Makes room for `bytes`, keeping the first `size`.
  void grow(std::size_t bytes);
  std::string_view text() const { return {data.get(), size}; }
};

/// Bytes between two record ends, as in the file.
struct Chunk {
  Buffer bytes;
  std::uint64_t first_line = 0;
  std::uint64_t consumed = 0;  ///< bytes of the file read so far: progress against `file_bytes`
};

/// Rows of one chunk. Views live as long as the block is neither parsed into again nor destroyed.
class RawBlock {
 public:
  std::size_t rows() const { return lines_.size(); }
  std::size_t columns() const { return columns_; }
  std::string_view at(std::size_t row, std::size_t column) const {
    const Field& field = fields_[row * columns_ + column];
    return {buffer_.data.get() + field.begin, field.size};
  }
  /// 1-based number of the line on which the row begins.
  std::uint64_t line(std::size_t row) const { return lines_[row]; }
  const std::vector<BadRow>& bad() const { return bad_; }
  std::uint64_t blank_lines() const { return blank_lines_; }
  /// Numbers of the lines in which broken characters were replaced by U+FFFD; their rows are kept.
  const std::vector<std::uint64_t>& mended() const { return mended_; }
  std::uint64_t consumed() const { return consumed_; }

 private:
  friend class RowCutter;
  friend void parse_chunk(const FileInfo& info, Chunk& chunk, RawBlock& block);
  struct Field {
    std::uint32_t begin;
    std::uint32_t size;
  };
  Buffer buffer_;
  std::vector<Field> fields_;  // may be longer than rows * columns
  std::vector<std::uint64_t> lines_;
  std::vector<BadRow> bad_;
  std::size_t columns_ = 0;
  std::uint64_t blank_lines_ = 0;
  std::vector<std::uint64_t> mended_;
  std::uint64_t consumed_ = 0;
};

/// Cuts a chunk into rows. Pure: any number of threads may do it at the same time, each with its
/// own chunk and block. The chunk's bytes move into the block, the block's old buffer into the
/// chunk. Blank lines and lines of empty fields are passed over.
void parse_chunk(const FileInfo& info, Chunk& chunk, RawBlock& block);

class ByteSource;

/// The data rows of a file, in order.
class TableReader {
 public:
  /// Errors: those of opening the file.
  static Result<TableReader> open(const FileInfo& info);
  TableReader(TableReader&&) noexcept;
  TableReader& operator=(TableReader&&) noexcept;
  ~TableReader();

  /// The next MiB or so of whole records; false at the end. Errors: limit_reached (a record longer
  /// than kMaxRecordBytes), invalid_input (a broken .gz, binary bytes in the middle), unavailable.
  Result<bool> next_chunk(Chunk& chunk);
  /// `next_chunk` and `parse_chunk`. A block may have no rows.
  Result<bool> next(RawBlock& block);
  const FileInfo& info() const { return info_; }

 private:
  explicit TableReader(FileInfo info);
  FileInfo info_;
  std::unique_ptr<ByteSource> source_;
  std::string rest_;  // read, but not yet given out
  std::uint64_t line_ = 1;
  bool ended_ = false;
  Chunk chunk_;
};

}  // namespace huitou::ingest
