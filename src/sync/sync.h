#pragma once

// The door to sources that keep themselves fresh: what they are, when they are due, one run of
// each, and the history of runs.
//
// Invariants
// - A run gathers pages in a spool of the home and loads them as one load, all or nothing. A killed
//   run goes on at the last page it kept.
// - The cursor of a source moves only after the load of what lies before it is in. Rows that are
//   read again replace themselves.
// - One run at a time for each source. The lock of a dead process is taken over.
// - A secret is only in HOME/secrets.toml, in the environment and in the settings handed to the
//   connector: never in the store, an error, a note or an answer.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/answer.h"
#include "base/date.h"
#include "base/progress.h"
#include "base/result.h"
#include "connectors/connectors.h"
#include "engine/engine.h"
#include "ingest/ingest.h"
#include "store/store.h"
#include "sync/looks.h"
#include "sync/schedule.h"

namespace huitou::sync {

/// The kind that reads files; the others are connectors.
inline constexpr std::string_view kFilesKind = "files";
inline constexpr std::size_t kMostSources = 1000;
/// Runs that are kept for each source; the oldest are forgotten.
inline constexpr std::int64_t kKeptRuns = 1000;
/// Tries of one page before a run gives up on a source that is not available.
inline constexpr int kMostTries = 5;

/// One source as it was described.
struct Source {
  std::string name;  ///< letters, digits, `_` and `-`
  std::string kind;
  connectors::Settings settings;  ///< of a secret: the name it has in secrets.toml
  std::string mapping;            ///< YAML; empty: guessed from the first rows
  std::string system;             ///< what loads say of their rows; empty: the name of the source
  Schedule schedule;
  bool enabled = true;
};

/// Kinds of sources with their settings: `files`, then the connectors.
struct Kind {
  Card card;
  std::vector<Param> params;
  std::vector<std::string_view> secrets;
};
std::vector<Kind> kinds();

/// Where the work is done, and everything from outside as arguments.
struct Place {
  engine::Engine& engine;
  store::Store& store;
  std::string home;
  std::string time_zone = "Asia/Shanghai";
  std::string currency = "CNY";
  std::function<std::string(const std::string&)> environment;  ///< "" for what is not set
  std::function<std::int64_t()> now;                           ///< UTC seconds
  std::function<double()> chance;                              ///< in [0, 1): spreads retries
  connectors::Outside outside;
  Date today;
  /// Secrets that were given just now, by setting: they go before those that are kept.
  connectors::Settings secrets = {};
  Looks* looks = nullptr;  ///< where first pages are kept; null: nowhere
};

/// Errors: invalid_input (name, kind, settings), not_found (a secret), denied (the file of
/// secrets).
Status check(const Place& place, const Source& source);
/// Describes a source, or describes it anew. What decides which rows it gives (kind, settings,
/// mapping, system) starts it from the beginning if it differs; schedule and `enabled` do not.
/// True if it is new or differs. Errors: those of `check`;
/// conflict while it runs.
Result<bool> put(Place& place, const Source& source);
/// Writes `Place::secrets` into HOME/secrets.toml, each under the name that the source has for it,
/// or else `<source>_<setting>`. Errors: invalid_input (a setting that is no secret), denied,
/// unavailable.
Status keep_secrets(const Place& place, const Source& source);
/// Settings of the source whose secret is known, wherever it is kept. Errors: those of the file.
Result<std::vector<std::string>> known_secrets(const Place& place, const Source& source);
/// In the order in which they were described first: that of their runs. With the mapping as it was
/// described.
Result<std::vector<Source>> sources(store::Store& store);
/// With the mapping that its loads obey. Errors: not_found with the names there are.
Result<Source> source(store::Store& store, const std::string& name);
/// Forgets the source and its history; loaded rows stay. Errors: not_found, conflict while it runs.
Status remove(Place& place, const std::string& name);

/// A file that describes sources. Relative paths in it are relative to its folder. Errors:
/// not_found, invalid_input with the line and what would be right.
Result<std::vector<Source>> read_sources_file(const std::string& path);
/// The source as such a file describes it.
std::string to_yaml(const Source& source);

/// What a source gives, without loading it: connects and reads the first page, or the first file.
struct Look {
  std::optional<ingest::Preview> seen;  ///< none where a folder has no files yet
  std::vector<std::string> types;       ///< of its columns, in the source's own words
  std::vector<Note> notes;
};
/// With a draft the mapping is one that is being written, see `ingest::preview_draft`; else it is
/// the source's own. Errors: those of `check`, of the connector and of the mapping.
Result<Look> look(Place& place, const Source& source,
                  const std::optional<std::string>& draft = std::nullopt);

/// What became of one run.
struct Run {
  std::string source;
  std::string state;  ///< done, failed, cancelled
  std::int64_t rows_read = 0;
  std::int64_t rows_loaded = 0;
  std::int64_t rows_rejected = 0;
  std::int64_t rows_removed = 0;  ///< that the source does not have any more
  std::int64_t pages = 0;         ///< or files
  bool resumed = false;           ///< began with pages that an interrupted run had kept
  std::optional<Error> error;
  std::vector<Note> notes;
};

struct SyncOptions {
  std::vector<std::string> names;  ///< none: all that are enabled
  bool full = false;               ///< from the beginning, whatever was read before
  bool compare = false;            ///< look for deleted rows, also of sources that keep them
  std::optional<int> most_deleted_percent = {};  ///< instead of the sources' own
};
/// One run of each source, one after the other; one that fails does not keep the others from
/// running. Errors: not_found (a name), and those of the store.
Result<std::vector<Run>> sync(Place& place, const SyncOptions& options, const Progress& progress);

/// Runs, newest first: source, state, started_at, ended_at, rows_read, rows_loaded, rows_rejected,
/// rows_removed, pages, tries, error_en, error_zh, alerts_en, alerts_zh. An empty name is all
/// sources.
Result<Frame> runs(store::Store& store, const std::string& name, std::int64_t limit);

/// A row for each source: source, kind, schedule, enabled, state (never, running, interrupted,
/// done, failed, cancelled), last_success_at, next_due_at, rows_read (of the last run), alerts_en,
/// alerts_zh.
Result<Frame> overview(Place& place);

/// Sources whose run should begin now, in their order: the time has come (also while nobody was
/// there to run it), or their last run was interrupted.
Result<std::vector<std::string>> due(Place& place);

}  // namespace huitou::sync
