#pragma once

// What all databases have in common: a table or query is read in pages by (updated, key), and goes
// on from a kept cursor. A database brings a `Session`; nothing else differs.

#include <optional>

#include "connectors/connectors.h"
#include "connectors/position.h"

namespace huitou::connectors {

/// One connection to a source. After an error it is dropped.
class Session {
 public:
  virtual ~Session() = default;
  /// The columns of a SELECT.
  virtual Result<std::vector<SourceColumn>> describe(const std::string& select) = 0;
  /// Which kind of literal compares with column `index` of what was described; a source whose cells
  /// have types of their own says it of the last row pushed.
  virtual Scalar::Kind kind(std::size_t index) const = 0;
  /// The one cell of a SELECT; none if it is null.
  virtual Result<std::optional<Scalar>> single(const std::string& select) = 0;
  /// The server's clock, in Unix microseconds as written in column `index`.
  virtual Result<std::int64_t> now(std::size_t index) = 0;
  /// Begins to give the rows of a SELECT of all described columns.
  virtual Status start(const std::string& select) = 0;
  /// Pushes whole rows until the page is full; false if the rows are at their end.
  virtual Result<bool> fill(Page& page) = 0;

  virtual std::string identifier(std::string_view name) const = 0;
  virtual std::string literal(const Scalar& value) const = 0;
};

/// What to read.
struct Selection {
  std::string table;
  std::string query;
  std::vector<std::string> columns;
  std::vector<std::string> key;
  std::string updated;
  std::int64_t overlap_seconds = 0;
};

/// Errors: invalid_input (both or neither of table and query, updated without key).
Result<Selection> selection_of(const Connector& connector, const Settings& settings);

struct Database {
  Selection selection;
  std::function<Result<std::unique_ptr<Session>>()> connect;
};

/// Connects and learns the columns. Errors: those of Session; not_found for a column that is named
/// in the settings and not there.
Result<std::unique_ptr<Reader>> read_database(Database database);

/// `limit_reached` for a cell longer than kMostCellBytes.
Error cell_too_long(std::string_view column, std::size_t bytes);
/// Bytes that are no text: `0x` and hexadecimal digits.
std::string hexadecimal(std::string_view bytes);

}  // namespace huitou::connectors
