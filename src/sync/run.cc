#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "ingest/ingest.h"
#include "sync/alerts.h"
#include "sync/definitions.h"
#include "sync/deletes.h"
#include "sync/files_source.h"
#include "sync/history.h"
#include "sync/lock.h"
#include "sync/mapping_text.h"
#include "sync/rows.h"

namespace huitou::sync {
namespace {

/// One run of one source, with its lock held.
class OneRun {
 public:
  OneRun(Place& place, Kept kept, History& history, const Progress& progress)
      : place_(place), kept_(std::move(kept)), history_(history), progress_(progress) {
    run_.source = kept_.source.name;
  }

  Result<Run> run(const SyncOptions& options) {
    if (options.full) TRY(start_over());
    TRY(history_.begin(run_.source, place_.now()));
    Status done = kept_.source.kind == kFilesKind ? files() : pages();
    if (done.ok()) done = deletes(options);
    if (!done.ok()) run_.error = done.error();
    run_.state = !run_.error ? "done" : progress_.cancelled() ? "cancelled" : "failed";
    TRY(history_.end(run_, {.now = place_.now(), .tries = tries_, .alerts = alerts_}));
    return run_;
  }

 private:
  Status start_over() {
    kept_.cursor.clear();
    TRY(settle(place_.store, kept_));
    TRY(place_.store.run("DELETE FROM source_files WHERE source = ?", {run_.source}));
    drop_spool();
    return {};
  }

  void drop_spool() const {
    std::error_code ignored;
    std::filesystem::remove_all(spool_folder(place_, run_.source), ignored);
  }

  Status files() {
    return sync_files(place_, kept_, load_options(place_, kept_.source), run_, progress_);
  }

  Status pages() {
    TRY(Pulled pulled, pull(place_, kept_, tries_, progress_));
    run_.resumed = pulled.resumed;
    run_.rows_read = pulled.spool.rows();
    run_.pages = pulled.spool.pages();
    alerts_ = shape_alerts(kept_.columns, pulled.columns);
    if (!mapping().empty()) TRY(fitting(mapping(), names_of(pulled.columns), run_.source));
    if (pulled.spool.rows() > 0) TRY(load(pulled));
    TRY(const std::vector<std::int64_t> before, history_.rows_before(run_.source));
    const std::vector<Note> volume = volume_alerts(before, run_.rows_read);
    alerts_.insert(alerts_.end(), volume.begin(), volume.end());
    kept_.cursor = pulled.spool.cursor();
    kept_.columns = pulled.columns;
    TRY(settle(place_.store, kept_));
    drop_spool();
    return {};
  }

  Status deletes(const SyncOptions& options) {
    TRY(Compared compared, compare_deletes(place_, kept_, options, progress_));
    run_.rows_removed = compared.removed;
    run_.notes.insert(run_.notes.end(), compared.notes.begin(), compared.notes.end());
    run_.notes.insert(run_.notes.end(), compared.alerts.begin(), compared.alerts.end());
    alerts_.insert(alerts_.end(), compared.alerts.begin(), compared.alerts.end());
    return {};
  }

  const std::string& mapping() const {
    return kept_.obeyed.empty() ? kept_.source.mapping : kept_.obeyed;
  }

  Status load(const Pulled& pulled) {
    const ingest::LoadOptions options = load_options(place_, kept_.source);
    TRY(ingest::RowsSource rows, rows_of(kept_.source.name, mapping(), pulled));
    // With every format written out, so that later and fewer rows are read in the same way.
    TRY(const ingest::Preview seen, ingest::preview_rows(rows, options));
    rows.mapping = seen.mapping;
    TRY(const MappingText read, read_mapping(rows.mapping));
    TRY(check_keys(read, run_.source));
    TRY(const ingest::Loaded loaded,
        ingest::load_rows(place_.engine, place_.store, rows, options, progress_));
    kept_.obeyed = rows.mapping;
    run_.rows_loaded = static_cast<std::int64_t>(loaded.rows_loaded);
    run_.rows_rejected = static_cast<std::int64_t>(loaded.rows_left_out);
    run_.notes = loaded.notes;
    return {};
  }

  Place& place_;
  Kept kept_;
  History& history_;
  const Progress& progress_;
  Run run_;
  int tries_ = 0;
  std::vector<Note> alerts_;
};

Result<std::vector<std::string>> chosen(store::Store& store, const SyncOptions& options) {
  TRY(const std::vector<Source> all, sources(store));
  std::vector<std::string> out;
  for (const std::string& name : options.names) {
    const bool there = std::any_of(all.begin(), all.end(),
                                   [&](const Source& source) { return source.name == name; });
    if (!there) return no_source(name, all);
  }
  for (const Source& source : all) {
    const bool named =
        std::find(options.names.begin(), options.names.end(), source.name) != options.names.end();
    if (options.names.empty() ? source.enabled : named) out.push_back(source.name);
  }
  return out;
}

Result<Run> run_one(Place& place, const std::string& name, const SyncOptions& options,
                    const Progress& progress) {
  auto lock = Lock::take(place.store, name);
  if (!lock.ok()) {
    Run run{.source = name, .state = "failed"};
    run.error = lock.error();
    return run;
  }
  TRY(Kept source, kept(place.store, name));
  History history(place.store);
  return OneRun(place, std::move(source), history, progress).run(options);
}

}  // namespace

Result<std::vector<Run>> sync(Place& place, const SyncOptions& options, const Progress& progress) {
  TRY(const std::vector<std::string> names, chosen(place.store, options));
  std::vector<Run> out;
  for (const std::string& name : names) {
    if (progress.cancelled()) break;
    TRY(Run run, run_one(place, name, options, progress));
    out.push_back(std::move(run));
  }
  return out;
}

}  // namespace huitou::sync
