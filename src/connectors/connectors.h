#pragma once

// The door to the systems a shop's data lie in: pages of raw rows, each with the place where the
// next one begins. Nothing here knows orders or customers; nothing is written to a source.
//
// Invariants
// - A page's cursor can be kept and used again by another reader, another process, another day:
//   nothing is lost. Some rows may come twice, as loads are idempotent.
// - The last page's cursor is where the next run begins: empty = read everything again; a source
//   with an `updated` column gives what changed since, with an overlap for late commits.
// - No secret is ever in an error, a cursor or a column.

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/card.h"
#include "base/param.h"
#include "base/result.h"

namespace huitou::connectors {

/// A page is full with so many rows or so many bytes, whichever comes first (a page of an HTTP
/// source is as long as its server makes it).
inline constexpr std::size_t kPageRows = 10'000;
inline constexpr std::size_t kPageBytes = std::size_t{1} << 20;
/// A longer cell is an error: limit_reached.
inline constexpr std::size_t kMostCellBytes = std::size_t{16} << 20;

/// Settings as given, by name of the parameter; one that is missing has its fallback. Secrets are
/// their values here.
using Settings = std::map<std::string, std::vector<std::string>, std::less<>>;

/// A column of the source. `type` is the source's own word for it ("decimal(10,2)"), for people and
/// to see that a shape has changed; empty where the source has none.
struct SourceColumn {
  std::string name;
  std::string type;
  bool operator==(const SourceColumn&) const = default;
};

/// Rows of text in UTF-8, cell after cell in one buffer. Null is an empty cell; bytes that are no
/// text are `0x` and hexadecimal digits; instants end with `Z`.
class Page {
 public:
  std::string cursor;  ///< where the next page begins; ASCII, opaque
  bool last = false;   ///< nothing more in this run

  explicit Page(std::size_t columns) : columns_(columns) {}
  std::size_t columns() const { return columns_; }
  std::size_t rows() const { return columns_ == 0 ? 0 : ends_.size() / columns_; }
  bool full() const { return rows() >= kPageRows || bytes_.size() >= kPageBytes; }
  std::string_view at(std::size_t row, std::size_t column) const {
    const std::size_t cell = row * columns_ + column;
    const std::size_t begin = cell == 0 ? 0 : ends_[cell - 1];
    return std::string_view(bytes_).substr(begin, ends_[cell] - begin);
  }
  /// All cells end to end, and the end of each.
  const std::string& bytes() const { return bytes_; }
  const std::vector<std::uint32_t>& ends() const { return ends_; }

  /// The next cell, from left to right, row after row.
  void push(std::string_view cell) {
    bytes_.append(cell);
    ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
  }

 private:
  std::size_t columns_;
  std::string bytes_;
  std::vector<std::uint32_t> ends_;
};

/// One source, open for reading. Not thread-safe.
class Reader {
 public:
  virtual ~Reader() = default;
  virtual const std::vector<SourceColumn>& columns() const = 0;
  /// The page that begins at `cursor`: empty = from the beginning, else one that a page carried. A
  /// reader that just gave that cursor goes on; otherwise it asks the source anew. After an error
  /// the same cursor may be tried again. Cancel by not asking for more.
  /// Errors: unavailable (try later: no connection, cut, server error), denied (user, password,
  /// rights), not_found (table or address gone), invalid_input (a setting, a cursor or an answer is
  /// wrong), limit_reached (a named limit; of time, of size).
  virtual Result<Page> next(std::string_view cursor) = 0;
};

/// The clock and the waiting of a reader, so that tests own them.
struct Outside {
  std::function<double()> seconds;   ///< since any instant; never goes back
  std::function<bool(double)> wait;  ///< for so many seconds; false = cancelled meanwhile
};
/// Those of the machine. `cancelled` may be null; else it outlives the readers.
Outside machine(const std::atomic<bool>* cancelled = nullptr);

/// A kind of source.
struct Connector {
  Card card;
  std::vector<Param> params;
  /// Names of those params whose values are secrets; they may be empty.
  std::vector<std::string_view> secrets;
  /// Opens a source with settings that `check` found right: connects and learns its columns.
  Result<std::unique_ptr<Reader>> (*open)(const Settings& settings,
                                          const Outside& outside) = nullptr;
};

/// All kinds, in the order of src/connectors/CMakeLists.txt.
std::span<const Connector* const> all();
/// not_found, with the names there are.
Result<const Connector*> find(std::string_view name);
/// invalid_input for an unknown, missing, repeated or wrongly typed setting. A secret may be
/// missing: it is resolved when the source is opened.
Status check(const Connector& connector, const Settings& settings);
/// `check`, then `open`, with every secret taken out of any error, also of the pages.
Result<std::unique_ptr<Reader>> open(const Connector& connector, const Settings& settings,
                                     const Outside& outside);

}  // namespace huitou::connectors
