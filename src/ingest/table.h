#pragma once

// Rows of text from a file or from anywhere else: what it is, how it is cut into fields, and the
// fields, block by block. Nothing here knows orders or customers.
//
// Every source of rows is a `RowReader`. Reading has two halves so that several threads can share
// the work:
//   1. `fetch` (one thread at a time, in order): bytes, unpacked and cut between records, or rows.
//   2. `cut` (any thread): bytes become rows and fields.
// `next` does both.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
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

/// What kind of thing rows come from. `rows`: from no file, see `RowsSource` in ingest.h.
enum class Format { text, rows, xlsx, json_lines, parquet };
std::string_view format_name(Format format);

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
  std::string sheet;  ///< of a workbook, by name; empty: the one that looks like the table
};

/// What `inspect` understood of a file.
struct FileInfo {
  std::string path;  ///< or what stands for it where rows come from no file
  Format format = Format::text;
  std::uint64_t file_bytes = 0;  ///< on the disk, packed if the file is packed; 0 if not known
  bool packed = false;           ///< gzip
  Encoding encoding = Encoding::utf8;
  Dialect dialect;
  std::string sheet;                 ///< of a workbook
  std::vector<std::string> sheets;   ///< all that it has
  std::vector<std::string> columns;  ///< unique names; `c1`, `c2` ... without a header
  std::vector<Sentence> types;       ///< what the file itself says of each column; empty: nothing
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

enum class BadReason { field_count, open_quote, no_object };

/// A record that could not be cut into the file's columns; it is not among the rows. `no_object`: a
/// line of JSON Lines that is no JSON object.
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

/// Rows of one chunk. Views live as long as the block is neither filled again nor destroyed.
/// A reader of what is no text fills it with `clear`, `append` and `consumed`.
class RawBlock {
 public:
  /// Begins again, with no rows.
  void clear(std::size_t columns);
  /// A row, copied; as many fields as columns, nothing is an empty text. `line` is the number by
  /// which a person finds the row again. CHECKs that a block holds less than 4 GiB.
  void append(std::uint64_t line, std::span<const std::string_view> fields);
  /// Begins again, with the chunk's bytes as its text and no rows. Then `text` may grow behind
  /// these bytes, `add_row` adds a row of empty fields, and `place` says where in the text a field
  /// lies.
  void take_text(std::size_t columns);
  Buffer& text() { return buffer_; }
  void add_rows(std::uint64_t first_line, std::size_t rows);
  void place(std::size_t row, std::size_t column, std::size_t begin, std::size_t size) {
    fields_[row * columns_ + column] = {static_cast<std::uint32_t>(begin),
                                        static_cast<std::uint32_t>(size)};
  }
  void append_bad(BadRow row) { bad_.push_back(std::move(row)); }
  void add_blank_line() { ++blank_lines_; }
  void add_mended(std::uint64_t line) { mended_.push_back(line); }
  void set_consumed(std::uint64_t bytes) { consumed_ = bytes; }
  /// What `fetch` leaves for `cut`.
  Chunk& chunk() { return chunk_; }

  std::size_t rows() const { return lines_.size(); }
  std::size_t columns() const { return columns_; }
  std::string_view at(std::size_t row, std::size_t column) const {
    const Field& field = fields_[row * columns_ + column];
    return {buffer_.data.get() + field.begin, field.size};
  }
  /// Do the fields of a row lie one behind another?
  bool in_order() const { return in_order_; }
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
  Chunk chunk_;
  Buffer buffer_;
  std::vector<Field> fields_;  // may be longer than rows * columns
  std::vector<std::uint64_t> lines_;
  std::vector<BadRow> bad_;
  std::size_t columns_ = 0;
  bool in_order_ = true;
  std::uint64_t blank_lines_ = 0;
  std::vector<std::uint64_t> mended_;
  std::uint64_t consumed_ = 0;
};

/// Cuts a chunk into rows. Pure: any number of threads may do it at the same time, each with its
/// own chunk and block. The chunk's bytes move into the block, the block's old buffer into the
/// chunk. Blank lines and lines of empty fields are passed over.
void parse_chunk(const FileInfo& info, Chunk& chunk, RawBlock& block);

/// The data rows of anything, in order.
class RowReader {
 public:
  virtual ~RowReader() = default;
  virtual const FileInfo& info() const = 0;
  /// The half that goes in order, one thread at a time: the next part, as rows or as bytes that
  /// `cut` makes rows of; false at the end. `block` may have been used before.
  virtual Result<bool> fetch(RawBlock& block) = 0;
  /// The half that any number of threads may do at the same time, each with its own block. Nothing
  /// where `fetch` gives rows.
  virtual Status cut(RawBlock& /*block*/) const { return {}; }

  /// Both. A block may have no rows.
  Result<bool> next(RawBlock& block);
};

/// Begins to read rows from the first.
using OpenRows = std::function<Result<std::unique_ptr<RowReader>>()>;

/// A reader of the file that `inspect` looked at. Errors: those of opening the file.
Result<std::unique_ptr<RowReader>> open_rows(const FileInfo& info);

class ByteSource;

/// Text files. Errors of reading: limit_reached (a record longer than kMaxRecordBytes),
/// invalid_input (a broken .gz, binary bytes in the middle), unavailable.
class TableReader : public RowReader {
 public:
  /// Errors: those of opening the file.
  static Result<TableReader> open(const FileInfo& info);
  TableReader(TableReader&&) noexcept;
  TableReader& operator=(TableReader&&) noexcept;
  ~TableReader() override;

  const FileInfo& info() const override { return info_; }
  Result<bool> fetch(RawBlock& block) override { return next_chunk(block.chunk()); }
  Status cut(RawBlock& block) const override {
    parse_chunk(info_, block.chunk(), block);
    return {};
  }

  /// The next MiB or so of whole records; false at the end.
  Result<bool> next_chunk(Chunk& chunk);

 private:
  explicit TableReader(FileInfo info);
  FileInfo info_;
  std::unique_ptr<ByteSource> source_;
  std::string rest_;  // read, but not yet given out
  std::uint64_t line_ = 1;
  bool ended_ = false;
};

}  // namespace huitou::ingest
