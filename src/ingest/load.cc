#include <algorithm>
#include <array>
#include <filesystem>

#include "ingest/build.h"
#include "ingest/commit.h"
#include "ingest/hash.h"
#include "ingest/ingest.h"
#include "ingest/journal.h"
#include "ingest/source_file.h"
#include "ingest/staged.h"
#include "schema/schema.h"

namespace huitou::ingest {
namespace {

/// Things before the orders that name them, orders before their lines.
int rank(Table table) {
  switch (table) {
    case Table::customers:
      return 0;
    case Table::products:
      return 1;
    case Table::stores:
      return 2;
    case Table::orders:
      return 3;
    case Table::lines:
      return 4;
    case Table::order_lines:
      return 5;
    case Table::events:
    case Table::tickets:
    case Table::surveys:
      return 6;
  }
  return 7;
}

class FileLoad {
 public:
  FileLoad(engine::Engine& engine, store::Store& store, const LoadOptions& options,
           SourceFile& file, const Progress& progress)
      : engine_(engine),
        journal_(store),
        options_(options),
        file_(file),
        progress_(progress),
        source_(source_name(file.mapping, options, file.info.path)) {}

  /// `content` stands for rows that are not a file's.
  Result<Loaded> run(std::uint64_t content = 0) {
    content_ = content;
    loaded_.path = file_.info.path;
    loaded_.table = std::string(table_name(file_.mapping.table));
    loaded_.mapping_path = file_.mapping_path;
    loaded_.notes = notes_of(file_);
    if (options_.dry_run) {
      TRY(const Staged staged, read());
      sum_up(staged);
      return loaded_;
    }
    TRY(const Beginning beginning, describe());
    TRY(const std::optional<std::uint64_t> same, journal_.same(beginning));
    if (same && !options_.force && beginning.content != 0) {
      loaded_.load_id = *same;
      loaded_.unchanged = true;
      TRY(loaded_.data_version, journal_.data_version());
      return loaded_;
    }
    TRY(loaded_.load_id, journal_.begin(beginning));
    const Status prepared = prepare();
    if (!prepared.ok()) {
      // What was staged is of no use; the error that matters is the first one.
      (void)drop_staged(engine_);
      (void)journal_.fail(loaded_.load_id);
      return prepared.error();
    }
    progress_.report(
        {.stage = {"committing", "提交"}, .done = 0, .total = 1, .unit = {"parts", "部分"}});
    TRY(apply(engine_, plan_));
    TRY(loaded_.data_version, journal_.finish(loaded_.load_id));
    TRY(drop_staged(engine_));
    return loaded_;
  }

 private:
  Result<Beginning> describe() const {
    Beginning beginning{.path = file_.info.path,
                        .table = loaded_.table,
                        .source = source_,
                        .bytes = file_.info.file_bytes,
                        .now = options_.now};
    if (file_.info.format == Format::rows) {
      beginning.content = content_;
    } else {
      TRY(beginning.content, content_hash(file_.info.path));
    }
    const ConvertOptions convert = convert_options(file_.mapping, options_);
    Mapping plain = file_.mapping;
    plain.reason = {};
    beginning.mapping =
        hash(to_yaml(plain, file_.info) + convert.time_zone + "|" + convert.currency);
    return beginning;
  }

  Result<Staged> read(const OddKeys* odd = nullptr) {
    TRY(Identities identities, Identities::load(engine_));
    const StageOptions stage_options{.convert = convert_options(file_.mapping, options_),
                                     .source = source_,
                                     .threads = options_.threads,
                                     .dry_run = options_.dry_run,
                                     .odd = odd};
    return stage(engine_, file_, stage_options, identities, progress_);
  }

  /// Reads the rows into the staging tables: twice if orders turn out to come in several places.
  Result<Staged> read_whole() {
    TRY(create_staged(engine_, file_.mapping.table));
    TRY(Staged staged, read());
    if (staged.odd.size() == 0) {
      return staged;
    }
    TRY(empty_staged(engine_));
    return read(&staged.odd);
  }

  void sum_up(const Staged& staged) {
    loaded_.first_day = staged.first_day;
    loaded_.last_day = staged.last_day;
    loaded_.new_customers = staged.new_customers;
    loaded_.rows_read = staged.rows_read;
    loaded_.rows_left_out = staged.findings.left_out();
    loaded_.rows_loaded = staged.rows_read - loaded_.rows_left_out;
    loaded_.rules = rule_counts(staged.findings);
  }

  /// All up to the instant from which the load will happen.
  Status prepare() {
    TRY(Staged staged, read_whole());
    std::uint64_t replaced = 0;
    if (is_entity(file_.mapping.table)) {
      TRY(replaced, replace_entities(staged));
    } else {
      const BuildOptions build_options{.table = file_.mapping.table,
                                       .source = source_,
                                       .has_order_key = file_.mapping.has(Field::order_key),
                                       .has_line_key = file_.mapping.has(Field::line_number),
                                       .waiting_rows = staged.waiting};
      TRY(Built built, build(engine_, build_options, staged.findings, progress_));
      plan_ = std::move(built.plan);
      replaced = built.replaced;
      loaded_.orders = built.orders;
      loaded_.lines = built.lines;
      loaded_.customers = built.customers;
    }
    plan_.append.push_back("identities");
    const bool brings_customers =
        file_.mapping.table != Table::customers && file_.mapping.table != Table::order_lines;
    for (const auto& [there, table] : {std::pair{brings_customers, "customers"},
                                       {staged.met_products, "products"},
                                       {staged.met_stores, "stores"}}) {
      if (there) {
        plan_.append.emplace_back(table);
      }
    }
    sum_up(staged);
    TRY(write_findings(engine_,
                       {.load_id = loaded_.load_id,
                        .now = options_.now,
                        .source = source_,
                        .file = std::filesystem::path(file_.info.path).filename().string()},
                       staged.findings));
    TRY(engine_.settle());
    return journal_.commit(loaded_.load_id, plan_, loaded_, replaced);
  }

  /// The whole table again: the file's last word on each key, and the others as they were.
  Result<std::uint64_t> replace_entities(Staged& staged) {
    const std::string table(table_name(file_.mapping.table));
    const auto count = [&](const std::string& name) -> Result<std::uint64_t> {
      TRY(const engine::Query query, statement("count", {}, {{"table", name}}));
      TRY(const Frame frame, engine_.query(query));
      return static_cast<std::uint64_t>(frame.integer("rows", 0).value_or(0));
    };
    TRY(const engine::Query latest, statement("latest_" + table));
    TRY(engine_.execute(latest));
    TRY(const std::uint64_t brought, count("load_" + table));
    staged.findings.count(Rule::duplicate_row, staged.rows - brought);
    if (file_.mapping.table == Table::events) {
      plan_.append.push_back(table);
      return check_months();
    }
    TRY(const std::uint64_t before, count(table));
    TRY(const engine::Query kept, statement("kept_" + table));
    TRY(engine_.execute(kept));
    TRY(const std::uint64_t after, count("load_" + table));
    plan_.whole.push_back(table);
    loaded_.customers = file_.mapping.table == Table::customers ? brought : 0;
    return before - (after - brought);
  }

  /// An engine takes no insert into more partitions than that, and events are added in one. They
  /// replace none.
  Result<std::uint64_t> check_months() {
    constexpr std::int64_t kMostMonths = 100;
    TRY(const engine::Query query, statement("months_of_events"));
    TRY(const Frame frame, engine_.query(query));
    const std::int64_t months = frame.integer("months", 0).value_or(0);
    if (months <= kMostMonths) {
      return std::uint64_t{0};
    }
    const std::string found = std::to_string(months);
    return Error{
        Code::limit_reached,
        file_.info.path + ": the events are of " + found + " months, over the limit of 100.",
        "Divide the file by years.",
        file_.info.path + "：事件跨 " + found + " 个月，超过上限 100。", "请按年份拆分文件。"};
  }

  engine::Engine& engine_;
  Journal journal_;
  const LoadOptions& options_;
  SourceFile& file_;
  const Progress& progress_;
  std::string source_;
  std::uint64_t content_ = 0;
  CommitPlan plan_;
  Loaded loaded_;
};

}  // namespace

Result<std::vector<Loaded>> load(engine::Engine& engine, store::Store& store,
                                 const LoadOptions& options, const Progress& progress) {
  Journal journal(store);
  TRY(journal.ensure());
  TRY(refuse_second(journal));
  if (options.paths.empty()) {
    return Error{Code::invalid_input, "No file was named.", "Name one or more files.",
                 "没有指定文件。", "请指定一个或多个文件。"};
  }
  std::vector<SourceFile> files;
  for (const std::string& path : options.paths) {
    TRY(SourceFile file, open_source(path, options));
    files.push_back(std::move(file));
  }
  std::stable_sort(files.begin(), files.end(), [](const SourceFile& a, const SourceFile& b) {
    return rank(a.mapping.table) < rank(b.mapping.table);
  });
  std::vector<Loaded> done;
  for (SourceFile& file : files) {
    if (!options.dry_run) {
      keep_mapping(file, options);
    }
    TRY(Loaded loaded, FileLoad(engine, store, options, file, progress).run());
    done.push_back(std::move(loaded));
  }
  return done;
}

Result<Loaded> load_rows(engine::Engine& engine, store::Store& store, const RowsSource& rows,
                         const LoadOptions& options, const Progress& progress) {
  Journal journal(store);
  TRY(journal.ensure());
  TRY(refuse_second(journal));
  TRY(SourceFile file, read_source(rows));
  TRY(check(file.mapping, file.info));
  return FileLoad(engine, store, options, file, progress).run(rows.content);
}

}  // namespace huitou::ingest
