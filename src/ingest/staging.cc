#include "ingest/staging.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <unordered_set>

#include "ingest/hash.h"
#include "ingest/keys.h"
#include "ingest/monthly_writer.h"
#include "ingest/odd_keys.h"
#include "ingest/pipeline.h"
#include "ingest/recent.h"
#include "ingest/repeats.h"
#include "ingest/staged.h"
#include "ingest/writer.h"
#include "schema/schema.h"

namespace huitou::ingest {
namespace {

/// Of orders and lines that are made, until a month of them is written.
constexpr std::size_t kHeldBytes = 384ULL << 20U;

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
        orders_(engine, "load_orders", columns_of("orders")),
        lines_(engine, "load_order_lines", columns_of("order_lines")),
        customers_(engine, "load_customers", columns_of("customers"), options.dry_run),
        keys_(engine, "load_identities", columns_of("identities"), options.dry_run),
        products_(engine, "load_products", columns_of("products"), options.dry_run),
        stores_(engine, "load_stores", columns_of("stores"), options.dry_run),
        entities_(engine, "load_entities",
                  is_entity(file.mapping.table) ? entity_columns(file.mapping.table)
                                                : std::vector<engine::TableColumn>(),
                  options.dry_run) {}

  Result<Staged> run(const Progress& progress) {
    const std::uint64_t first = identities_.next_id();
    if (is_entity(file_.mapping.table)) {
      TRY(read_entities(progress));
    } else {
      TRY(read_rows(progress));
    }
    TRY(finish_orders());
    for (Writer* writer : {&rows_, &customers_, &keys_, &products_, &stores_, &entities_}) {
      TRY(writer->finish());
    }
    out_.new_customers = identities_.next_id() - first;
    return std::move(out_);
  }

 private:
  /// Both tables at the same time.
  Status finish_orders() {
    auto orders = std::async(std::launch::async, [this] { return orders_.finish(); });
    const Status lines = lines_.finish();
    TRY(orders.get());
    return lines;
  }

  /// May orders be made while the file is read? Not without keys, nor where the order is elsewhere.
  bool makes_orders() const {
    return !options_.dry_run && file_.mapping.has(Field::order_key) &&
           file_.mapping.table != Table::order_lines;
  }

  Status read_rows(const Progress& progress) {
    ConvertOptions convert = options_.convert;
    const OddKeys none;
    if (makes_orders()) {
      convert.odd = options_.odd == nullptr ? &none : options_.odd;
      convert.source = options_.source;
      TRY(Converter converter, Converter::open(file_.mapping, file_.info, convert));
      edge_.converter.emplace(std::move(converter));
    }
    TRY(const std::unique_ptr<RowReader> reader, file_.open());
    TRY(const std::vector<BlockWork> workers,
        converting_workers(file_.info, file_.mapping, convert, options_.threads));
    const Words stage =
        options_.odd == nullptr ? Words{"reading", "读取"} : Words{"reading again", "再次读取"};
    TRY(run_pipeline(*reader, workers, stage, progress,
                     [this](PipelineBlock& block) { return take_with_edges(block); }));
    TRY(end_edge());
    TRY(keep(std::exchange(early_keys_, {})));
    OddKeys odd = OddKeys::of(std::move(key_runs_));
    if (options_.odd != nullptr && options_.odd->runs_sum() != odd.runs_sum()) {
      return changed_meanwhile();
    }
    if (options_.odd == nullptr) {
      out_.odd = std::move(odd);
    }
    return {};
  }

  Error changed_meanwhile() const {
    const std::string& path = file_.info.path;
    return Error{Code::conflict, path + " was changed while it was read.",
                 "Load it again when it is written to no longer. Nothing was changed here.",
                 path + " 在读取过程中被修改。", "请在文件写入完成后重新加载；数据没有任何变化。"};
  }

  /// Joins the rows of orders that go over the end of a block.
  Status take_with_edges(PipelineBlock& block) {
    Converted& converted = block.converted;
    TRY(take(converted));
    if (converted.first.empty()) {
      return {};
    }
    if (!edge_.rows.empty() && edge_.rows.front().order_key != converted.first.front().order_key) {
      TRY(end_edge());
    }
    edge_.rows.insert(edge_.rows.end(), converted.first.begin(), converted.first.end());
    if (!converted.last.empty()) {
      TRY(end_edge());
      edge_.rows = std::move(converted.last);
    }
    edge_.texts.push_back(std::move(block.raw));
    edge_.carried.push_back(std::move(converted.carried));
    return {};
  }

  /// All rows of the order at the edge are there.
  Status end_edge() {
    if (edge_.rows.empty()) {
      return {};
    }
    Converted order;
    edge_.converter->convert_order(std::exchange(edge_.rows, {}), order);
    TRY(take(order));
    edge_.texts.clear();
    edge_.carried.clear();
    return {};
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
    TRY(write(block.made));
    TRY(keep(std::move(block.keys)));
    out_.rows_read += block.rows_read;
    out_.waiting += block.frame.rows();
    out_.rows += block.frame.rows() + std::max(block.made.orders.rows(), block.made.lines.rows());
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

  /// The last order of a block may go on in the next: that is one run.
  void note_runs(const std::vector<std::uint64_t>& runs) {
    const bool goes_on = file_.mapping.table == Table::lines && !runs.empty() &&
                         !key_runs_.empty() && key_runs_.back() == runs.front();
    key_runs_.insert(key_runs_.end(), runs.begin() + (goes_on ? 1 : 0), runs.end());
  }

  Status write(MadeOrders& made) {
    note_runs(made.key_runs);
    TRY(identify(made));
    TRY(orders_.add(made.orders));
    TRY(lines_.add(made.lines));
    while (orders_.held() + lines_.held() > kHeldBytes) {
      TRY((orders_.held() > lines_.held() ? orders_ : lines_).write_largest());
    }
    return {};
  }

  Status identify(MadeOrders& made) {
    if (made.customers.empty()) {
      return {};
    }
    std::vector<std::int64_t>& ids = made.orders.at("customer_id").integers();
    const TextColumn& regions = made.orders.at("region").texts();
    for (std::size_t order = 0; order < ids.size(); ++order) {
      TRY(ids[order], identify(made.customers[order], made.names[order], regions.at(order)));
    }
    if (made.lines.rows() > 0) {
      const std::vector<std::int64_t>& counts = made.orders.at("lines").integers();
      auto id = made.lines.at("customer_id").integers().begin();
      for (std::size_t order = 0; order < ids.size(); ++order) {
        id = std::fill_n(id, counts[order], ids[order]);
      }
    }
    return {};
  }

  Status identify(Converted& block) {
    if (block.customers.empty()) {
      return {};
    }
    std::vector<std::int64_t>& ids = block.frame.at("customer_id").integers();
    for (std::size_t row = 0; row < block.customers.size(); ++row) {
      TRY(ids[row], identify(block.customers[row],
                             block.names.empty() ? std::string_view() : block.names[row],
                             block.regions.empty() ? std::string_view() : block.regions[row]));
    }
    return {};
  }

  /// The customer's id; one who is new is introduced.
  Result<std::int64_t> identify(std::string_view key, std::string_view name,
                                std::string_view region) {
    const std::uint64_t next = identities_.next_id();
    const std::uint64_t id = identities_.id_of(key);
    if (id == next) {
      TRY(introduce(id, key, name, region));
    }
    return signed_of(id);
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
    TRY(put_key(id, kMemberKind, key));
    const std::optional<ImpliedKey> implied = implied_key(key);
    return implied ? put_key(id, implied->kind, implied->key) : Status();
  }

  /// Keys of customers that are numbered; those of an order at the edge of a block wait for it.
  Status keep(std::vector<MetKey> keys) {
    for (MetKey& met : keys) {
      const std::uint64_t id = identities_.find(met.customer);
      if (id == 0) {
        early_keys_.push_back(std::move(met));
      } else if (seen_keys_.first_time(hash(met.key, combine(id, hash(met.kind))))) {
        TRY(put_key(id, met.kind, met.key));
      }
    }
    return {};
  }

  Status put_key(std::uint64_t id, std::string_view kind, std::string_view key) {
    std::vector<Column>& to = keys_.held().columns;
    to[0].push_integer(signed_of(id));
    to[1].push_text(kind);
    to[2].push_text(key);
    to[3].push_text(options_.source);
    to[4].push_integer(0);  // the batch is numbered when the load is committed
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
    TRY(const std::unique_ptr<RowReader> reader, file_.open());
    RawBlock block;
    while (true) {
      TRY(const bool more, reader->next(block));
      if (!more) {
        return {};
      }
      if (progress.cancelled()) {
        return Error{Code::conflict, "The load was cancelled.", "Nothing was changed.",
                     "加载已取消。", "数据没有任何变化。"};
      }
      const std::uint64_t known = identities_.next_id();
      TRY(const Frame frame,
          convert_entities(block, {file_.mapping, options_.convert, options_.source}, identities_,
                           out_.findings));
      for (std::uint64_t id = known; id < identities_.next_id(); ++id) {
        const std::string_view key = identities_.new_key(id);
        TRY(file_.mapping.table == Table::customers ? identify_key(id, key)
                                                    : introduce(id, key, {}, {}));
      }
      if (file_.mapping.table == Table::customers) {
        TRY(keep(keys_of(block, file_.mapping)));
      }
      TRY(entities_.write(frame));
      for (const BadRow& bad : block.bad()) {
        out_.findings.add(rule_of(bad.reason), bad.line, "", bad.text);
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
  MonthlyWriter orders_;
  MonthlyWriter lines_;
  Writer customers_;
  Writer keys_;
  Writer products_;
  Writer stores_;
  Writer entities_;
  Repeats repeats_;
  std::vector<MetKey> early_keys_;
  Recent seen_keys_{1U << 21U};
  std::vector<std::uint64_t> key_runs_;
  struct {
    std::optional<Converter> converter;
    std::vector<Row> rows;  // of the order that may go on
    std::vector<RawBlock> texts;
    std::vector<std::deque<std::string>> carried;
  } edge_;
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
