#pragma once

// The door to loading: from a file of a shop's own export to rows of the canonical tables.
//
// Invariants
// - A load is all or nothing: its rows wait in staging tables, and partitions are swapped in at the
//   end under a journal. After `recover` a killed load has happened wholly or not at all.
// - Loading the same bytes again changes no figure; a row of a later load replaces the row of an
//   earlier one with the same key.
// - What is wrong with a row is a finding, never an error: the load goes on.
// - No row is lost silently: rows read = rows loaded + rows left out, by rule.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/answer.h"
#include "base/progress.h"
#include "base/result.h"
#include "engine/engine.h"
#include "ingest/gone.h"
#include "ingest/hash.h"
#include "ingest/keys.h"
#include "ingest/problem.h"
#include "ingest/table.h"
#include "store/store.h"

namespace huitou::ingest {

/// What one column of a file was taken for. `field` is a name of `fields()`, "ignore" if it is not
/// used; `confidence` is from 0 to 1.
struct ColumnGuess {
  std::string column;
  std::string field;
  double confidence = 0;
  std::vector<Sentence> reasons;
  std::vector<std::string> samples;  ///< some values, as written
  /// What the guess is, whatever a mapping says.
  std::string guess;
  double guess_confidence = 0;
  std::vector<Sentence> guess_reasons;
  std::string format;            ///< of dates: how they are written; else empty
  std::string decimal;           ///< of numbers: the sign of decimals; else empty
  bool whole_units = false;      ///< numbers are in minor units or thousandths
  std::uint64_t values = 0;      ///< of the sample rows (at most kSampleRows) that say something
  std::uint64_t empty = 0;       ///< that say nothing
  std::uint64_t unreadable = 0;  ///< that cannot be read as `field`
  std::vector<std::string> unreadable_samples;
};

/// What a file was understood to be.
struct Preview {
  std::string path;
  std::string table;   ///< orders, lines, order_lines, customers, products, stores
  std::string format;  ///< text, xlsx, json_lines, parquet; rows if they come from no file
  std::string sheet;   ///< of a workbook
  std::vector<std::string> sheets;  ///< all of them
  Sentence summary;  ///< one sentence: "orders, one row each, from 2024-01-01 to ..."
  std::string encoding;
  std::string delimiter;  ///< of text; else empty
  bool has_header = true;
  std::uint64_t file_bytes = 0;
  std::uint64_t estimated_rows = 0;
  std::vector<ColumnGuess> columns;
  Frame rows;  ///< the first rows as they would be loaded (at most 20), times in UTC
  std::uint64_t rows_tried = 0;     ///< from the beginning of the file, to see what is wrong
  std::uint64_t rows_left_out = 0;  ///< of those
  std::vector<Problem> problems;    ///< those first that keep the file out
  bool guessed = true;              ///< no mapping file was found or given
  std::string time_zone;            ///< what the mapping says; empty: that of the shop
  std::string currency;
  std::vector<Note> notes;
  std::string mapping;  ///< the mapping as YAML, to be corrected and given back
};

/// Names a mapping file may give to columns, with what each means.
struct FieldCard {
  std::string_view name;
  Words label;
};
std::vector<FieldCard> fields();
/// Tables in whose rows the field has a meaning.
std::vector<std::string_view> tables_of_field(std::string_view field);

struct LoadOptions {
  std::vector<std::string> paths;
  std::string
      mapping;  ///< a mapping file; empty: `<file>.mapping.yaml` if there is one, else a guess
  std::string mapping_text;  ///< a mapping as YAML; goes before `mapping`
  std::string
      mapping_dir;     ///< where a guessed mapping is written; empty: beside the file if possible
  std::string source;  ///< name of the source system; empty: the name of the file
  std::string time_zone = "Asia/Shanghai";
  std::string currency = "CNY";
  Date today;            ///< orders after this day are findings
  std::int64_t now = 0;  ///< UTC seconds, kept in the journal
  bool dry_run = false;  ///< read and check everything, change nothing
  bool force = false;    ///< load even if the same bytes were loaded last
  int threads = 2;       ///< that read and convert
};

/// How often a rule was met.
struct RuleCount {
  std::string rule;
  std::string severity;  ///< info, warning, error
  std::string action;    ///< kept, left_out, replaced, cancelled, removed
  std::uint64_t rows = 0;
  Sentence meaning;
};

/// What became of one file.
struct Loaded {
  std::uint64_t load_id = 0;
  std::string path;
  std::string table;
  std::string mapping_path;  ///< the mapping that was obeyed or written; may be empty
  bool unchanged = false;    ///< the same bytes and mapping were loaded before: nothing done
  std::uint64_t rows_read = 0;
  std::uint64_t rows_loaded = 0;
  std::uint64_t rows_left_out = 0;
  std::uint64_t orders = 0;  ///< of this file
  std::uint64_t lines = 0;
  std::uint64_t customers = 0;      ///< named in this file
  std::uint64_t new_customers = 0;  ///< not known before
  std::optional<Date> first_day;
  std::optional<Date> last_day;
  std::vector<RuleCount> rules;
  std::vector<Note> notes;
  std::int64_t data_version = 0;  ///< after this load
};

/// What would be understood of a file. Changes nothing. Errors: those of reading the file;
/// invalid_input for a mapping that is wrong (with its line). A file without the columns needed is
/// shown without rows and with the note "incomplete".
Result<Preview> preview(const std::string& path, const LoadOptions& options);
/// The same with a mapping given as text.
Result<Preview> preview(const std::string& path, const LoadOptions& options,
                        const std::string& mapping_yaml);
/// The same with a mapping that is being written: what it leaves out is guessed, and what is wrong
/// with its columns is among the problems. `Preview::mapping` is the whole of it.
Result<Preview> preview_draft(const std::string& path, const LoadOptions& options,
                              const std::string& draft_yaml);

/// Loads files one after another (customers, products and stores first, then orders, then their
/// lines); each is a load of its own. The first error ends it; what is in stays in.
/// Errors: those of `preview`; conflict if cancelled; those of the engine and the store.
Result<std::vector<Loaded>> load(engine::Engine& engine, store::Store& store,
                                 const LoadOptions& options, const Progress& progress = {});

/// Rows that do not lie in a file: pages of a database's table.
struct RowsSource {
  /// `path` names them to people, in the journal and in findings; `columns` and `samples` (up to
  /// kSampleRows) are what the mapping is guessed from. `file_bytes`, if known, is the total that
  /// the blocks' `consumed` count against.
  FileInfo info;
  OpenRows open;          ///< from the first row; called once for each pass over the rows
  std::string mapping;    ///< a mapping as YAML; empty: a guess
  bool is_draft = false;  ///< `preview_rows` takes the mapping as `preview_draft` does
  /// The same number is the same rows, which are not loaded twice; 0: always loaded.
  std::uint64_t content = 0;
};
/// What would be understood of the rows; the errors of `preview`, and those of `open`.
Result<Preview> preview_rows(const RowsSource& rows, const LoadOptions& options);
/// Loads rows as `load` loads a file: all or nothing, findings by the rows' numbers. `paths`,
/// `mapping` and `mapping_dir` of the options are not used; no mapping is written down.
Result<Loaded> load_rows(engine::Engine& engine, store::Store& store, const RowsSource& rows,
                         const LoadOptions& options, const Progress& progress = {});

/// Ends what a killed load left behind: committed loads are finished, others removed. Call it when
/// a home is opened, after `schema::ensure`; it does nothing where there is nothing to do.
Status recover(engine::Engine& engine, store::Store& store);

/// Grows with every load that changed something; 0 before the first.
Result<std::int64_t> data_version(store::Store& store);

/// For whoever changes tables otherwise than by a load: gives the data a new version.
Result<std::int64_t> data_changed(store::Store& store, std::string_view by, std::int64_t now);

/// What loads touched: the newest that is in, and the months (202501) whose orders or lines they
/// built again.
struct MonthsLoaded {
  std::int64_t newest = 0;
  std::vector<std::int64_t> months;
};
/// Of the loads after this one (0: of all).
Result<MonthsLoaded> months_loaded(store::Store& store, std::int64_t after);

/// Loads that are in, newest first: load_id, loaded_at (time), file, table, source, rows_read,
/// rows_loaded, rows_left_out, first_day, last_day, data_version.
Result<Frame> loads(store::Store& store);

struct FindingsQuery {
  std::optional<std::uint64_t> load_id;  ///< none: the newest load of each file
  std::string rule;                      ///< empty: all
  std::uint64_t limit = 1000;
};
/// Rows that broke a rule: load_id, file, line, field, value, rule, severity, action, message_en,
/// message_zh. At most kFindingsPerRule rows a rule and load are kept; `finding_counts` is exact.
Result<Frame> findings(engine::Engine& engine, store::Store& store, const FindingsQuery& query);
/// load_id, file, rule, severity, action, rows, message_en, message_zh.
Result<Frame> finding_counts(store::Store& store, std::optional<std::uint64_t> load_id);

inline constexpr std::uint64_t kFindingsPerRule = 1000;

}  // namespace huitou::ingest
