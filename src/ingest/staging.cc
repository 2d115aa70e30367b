#include "ingest/staging.h"

#include <fmt/format.h>

#include <unordered_set>

#include "ingest/hash.h"
#include "ingest/pipeline.h"
#include "ingest/repeats.h"
#include "ingest/staged.h"
#include "schema/schema.h"

namespace huitou::ingest {
namespace {

/// Rows of a side table (new customers, products) that are held before they are written.
constexpr std::size_t kHeldRows = 100'000;

/// Rows on their way to one staging table, written in blocks.
class Writer {
 public:
  Writer(engine::Engine& engine, std::string table, std::vector<engine::TableColumn> columns,
         bool dry_run)
      : engine_(engine),
        table_(std::move(table)),
        columns_(std::move(columns)),
        dry_run_(dry_run),
        held_(frame_of(columns_)) {}

  Frame& held() { return held_; }
  Status added() { return held_.rows() < kHeldRows ? Status() : flush(); }
  Status write(const Frame& frame) {
    if (dry_run_ || frame.rows() == 0) {
      return {};
    }
    if (inserter_ == nullptr) {
      TRY(inserter_, engine_.insert(table_, columns_));
    }
    return inserter_->write(frame);
  }
  Status finish() {
    TRY(flush());
    return end();
  }

 private:
  /// What is held is an insert of its own: an open one keeps one of the engine's few connections.
  Status flush() {
    if (held_.rows() == 0) {
      return {};
    }
    TRY(write(held_));
    held_ = frame_of(columns_);
    return end();
  }
  Status end() {
    const std::unique_ptr<engine::Inserter> inserter = std::move(inserter_);
    return inserter == nullptr ? Status() : inserter->finish();
  }

  engine::Engine& engine_;
  std::string table_;
  std::vector<engine::TableColumn> columns_;
  bool dry_run_;
  Frame held_;
  std::unique_ptr<engine::Inserter> inserter_;
};

std::vector<engine::TableColumn> columns_of(std::string_view table) {
  return schema::table(table).columns;
}

std::int64_t signed_of(std::uint64_t value) { return static_cast<std::int64_t>(value); }

class Stager {
 public:
  Stager(engine::Engine& engine, const SourceFile& file, const StageOptions& options,
         Identities& identities)
      : file_(file),
        options_(options),
        identities_(identities),
        rows_(engine, "load_rows", filled_columns(file.mapping), options.dry_run),
        customers_(engine, "load_customers", columns_of("customers"), options.dry_run),
        keys_(engine, "load_identities", columns_of("identities"), options.dry_run),
        products_(engine, "load_products", columns_of("products"), options.dry_run),
        stores_(engine, "load_stores", columns_of("stores"), options.dry_run),
        entities_(
            engine, "load_entities",
            is_entity() ? entity_columns(file.mapping.table) : std::vector<engine::TableColumn>(),
            options.dry_run) {}

  Result<Staged> run(const Progress& progress) {
    const std::uint64_t first = identities_.next_id();
    if (is_entity()) {
      TRY(read_entities(progress));
    } else {
      const PipelineOptions pipeline{.threads = options_.threads};
      TRY(run_pipeline(file_.info, file_.mapping, options_.convert, pipeline, progress,
                       [this](PipelineBlock& block) { return take(block.converted); }));
    }
    for (Writer* writer : {&rows_, &customers_, &keys_, &products_, &stores_, &entities_}) {
      TRY(writer->finish());
    }
    out_.new_customers = identities_.next_id() - first;
    return std::move(out_);
  }

 private:
  bool is_entity() const {
    return file_.mapping.table != Table::orders && file_.mapping.table != Table::lines &&
           file_.mapping.table != Table::order_lines;
  }

  Status take(Converted& block) {
    if (!file_.mapping.has(Field::order_key)) {
      make_keys(block);
    }
    if (file_.mapping.table != Table::order_lines) {
      TRY(identify(block));
    }
    TRY(meet(block));
    TRY(rows_.write(block.frame));
    out_.rows_read += block.rows_read;
    out_.rows += block.frame.rows();
    out_.findings.merge(block.findings);
    if (block.first_day && file_.mapping.has(Field::ordered_at)) {
      out_.first_day =
          out_.first_day ? std::min(*out_.first_day, *block.first_day) : block.first_day;
      out_.last_day = out_.last_day ? std::max(*out_.last_day, *block.last_day) : block.last_day;
    }
    return {};
  }

  /// A key from what the row says and how many such rows came before: the same file gives the same
  /// keys, and so do two files that overlap.
  void make_keys(Converted& block) {
    TextColumn keys;
    keys.reserve(block.row_hashes.size(), block.row_hashes.size() * 17);
    for (const std::uint64_t row : block.row_hashes) {
      char text[20];
      const auto end =
          fmt::format_to_n(text, sizeof text, "g{:016x}", combine(row, repeats_.next(row))).out;
      keys.push_back({text, static_cast<std::size_t>(end - text)});
    }
    block.frame.at("order_key").values = std::move(keys);
  }

  Status identify(Converted& block) {
    std::vector<std::int64_t>& ids = block.frame.at("customer_id").integers();
    for (std::size_t row = 0; row < block.customers.size(); ++row) {
      const std::uint64_t next = identities_.next_id();
      const std::uint64_t id = identities_.id_of(block.customers[row]);
      ids[row] = signed_of(id);
      if (id == next) {
        const std::string_view name = block.names.empty() ? std::string_view() : block.names[row];
        const std::string_view region =
            block.regions.empty() ? std::string_view() : block.regions[row];
        TRY(introduce(id, block.customers[row], name, region));
      }
    }
    return {};
  }

  Status introduce(std::uint64_t id, std::string_view key, std::string_view name,
                   std::string_view region) {
    TRY(identify_key(id, key));
    std::vector<Column>& to = customers_.held().columns;
    to[0].push_integer(signed_of(id));
    to[1].push_text(key);
    to[2].push_text(name);
    to[3].push_text(region);
    to[4].push_text("");
    to[5].push_null();
    to[6].push_null();
    to[7].push_text(options_.source);
    return customers_.added();
  }

  Status identify_key(std::uint64_t id, std::string_view key) {
    std::vector<Column>& to = keys_.held().columns;
    to[0].push_integer(signed_of(id));
    to[1].push_text(kMemberKind);
    to[2].push_text(key);
    to[3].push_text(options_.source);
    return keys_.added();
  }

  Status meet(const Converted& block) {
    for (const Met& met : block.products) {
      if (seen_products_.insert(hash(met.key)).second) {
        std::vector<Column>& to = products_.held().columns;
        to[0].push_text(met.key);
        to[1].push_text(met.name);
        to[2].push_text(met.category);
        to[3].push_text(met.brand);
        to[4].push_null();
        to[5].push_text(options_.source);
        out_.met_products = true;
        TRY(products_.added());
      }
    }
    for (const Met& met : block.stores) {
      if (seen_stores_.insert(hash(met.key)).second) {
        std::vector<Column>& to = stores_.held().columns;
        to[0].push_text(met.key);
        to[1].push_text(met.name);
        to[2].push_text(met.category);
        to[3].push_text(options_.source);
        out_.met_stores = true;
        TRY(stores_.added());
      }
    }
    return {};
  }

  Status read_entities(const Progress& progress) {
    TRY(TableReader reader, TableReader::open(file_.info));
    RawBlock block;
    while (true) {
      TRY(const bool more, reader.next(block));
      if (!more) {
        return {};
      }
      if (progress.cancelled()) {
        return Error{Code::conflict, "The load was cancelled.", "Nothing was changed.",
                     "加载已取消。", "数据没有任何变化。"};
      }
      const std::uint64_t known = identities_.next_id();
      const Frame frame =
          convert_entities(block, file_.mapping, options_.source, identities_, out_.findings);
      for (std::uint64_t id = known; id < identities_.next_id(); ++id) {
        TRY(identify_key(id, identities_.new_key(id)));
      }
      TRY(entities_.write(frame));
      for (const BadRow& bad : block.bad()) {
        out_.findings.add(
            bad.reason == BadReason::open_quote ? Rule::open_quote : Rule::field_count, bad.line,
            "", bad.text);
      }
      out_.rows_read += block.rows() + block.bad().size();
      out_.rows += frame.rows();
      progress.report({.stage = {"reading", "读取"},
                       .done = block.consumed(),
                       .total = file_.info.file_bytes,
                       .unit = {"bytes", "字节"}});
    }
  }

  const SourceFile& file_;
  const StageOptions& options_;
  Identities& identities_;
  Writer rows_;
  Writer customers_;
  Writer keys_;
  Writer products_;
  Writer stores_;
  Writer entities_;
  Repeats repeats_;
  std::unordered_set<std::uint64_t> seen_products_;
  std::unordered_set<std::uint64_t> seen_stores_;
  Staged out_;
};

}  // namespace

Result<Staged> stage(engine::Engine& engine, const SourceFile& file, const StageOptions& options,
                     Identities& identities, const Progress& progress) {
  return Stager(engine, file, options, identities).run(progress);
}

}  // namespace huitou::ingest
