#include "forms/loading.h"

#include <memory>
#include <set>

#include "forms/statement.h"
#include "forms/values.h"
#include "ingest/ingest.h"
#include "schema/schema.h"

namespace huitou::forms {
namespace {

constexpr std::size_t kBlockRows = 10'000;

class Reader : public ingest::RowReader {
 public:
  Reader(ingest::FileInfo info, const std::vector<TableRow>& rows)
      : info_(std::move(info)), rows_(rows) {}
  const ingest::FileInfo& info() const override { return info_; }
  Result<bool> fetch(ingest::RawBlock& block) override {
    block.clear(info_.columns.size());
    for (std::size_t i = 0; i < kBlockRows && next_ < rows_.size(); ++i, ++next_) {
      std::vector<std::string_view> fields;
      for (const std::string& column : info_.columns) {
        const auto found = rows_[next_].find(column);
        fields.push_back(found == rows_[next_].end() ? std::string_view() : found->second);
      }
      block.append(next_ + 1, fields);
    }
    return block.rows() > 0;
  }

 private:
  ingest::FileInfo info_;
  const std::vector<TableRow>& rows_;
  std::size_t next_ = 0;
};

/// The fields that rows of the table can have; all are named, so that no rows at all are a load
/// too.
std::vector<std::string> columns_of_table(std::string_view table) {
  if (table == "products") return {"product_key", "name", "category", "brand", "cost"};
  if (table == "stores") return {"store_key", "name", "region"};
  std::vector<std::string> columns;
  for (const Form* form : all()) {
    if (form->table != table) continue;
    for (const Field& field : form->fields) {
      if (!field.fills.empty()) columns.emplace_back(field.fills);
    }
  }
  return columns;
}

std::string mapping_of(std::string_view table, const std::vector<std::string>& columns) {
  std::string yaml = "table: " + std::string(table) + "\ncolumns:\n";
  for (const std::string& column : columns) {
    const bool moment = column.ends_with("_at") || column.ends_with("_on");
    yaml += "  " + column + ": " + (moment ? "{field: " + column + ", date: year_first}" : column) +
            "\n";
  }
  return yaml;
}

Status load_rows(Desk& desk, const TableLoad& load) {
  ingest::RowsSource source;
  source.info.path = load.source;
  source.info.columns = columns_of_table(load.table);
  source.mapping = mapping_of(load.table, source.info.columns);
  source.open = [&]() -> Result<std::unique_ptr<ingest::RowReader>> {
    return std::unique_ptr<ingest::RowReader>(std::make_unique<Reader>(source.info, load.rows));
  };
  ingest::LoadOptions options;
  options.source = load.source;
  options.time_zone = desk.time_zone;
  options.currency = desk.currency;
  options.today = desk.today;
  options.now = desk.now;
  options.threads = 1;
  TRY(ingest::load_rows(desk.engine, desk.store, source, options));
  return {};
}

constexpr const char* kKeys = "form_keys";
constexpr const char* kRows = "form_rows";

Status write_keys(engine::Engine& engine, const TableLoad& load, const std::string& key) {
  const engine::TableSpec spec{kKeys,       {{"entry_key", "String"}}, "",
                               "entry_key", "cityHash64(entry_key)",   true};
  TRY(engine.create_table(spec));
  Frame frame;
  frame.columns = {make_column("entry_key", ColumnType::text)};
  for (const TableRow& row : load.rows) frame.columns[0].push_text(row.find(key)->second);
  if (frame.rows() == 0) return {};
  TRY(const auto inserter, engine.insert(kKeys, spec.columns));
  TRY(inserter->write(frame));
  return inserter->finish();
}

Status drop_ours(engine::Engine& engine) {
  TRY(const std::vector<std::string> tables, engine.tables());
  for (const std::string& table : tables) {
    if (table == kKeys || table == kRows) TRY(engine.drop_table(table));
  }
  return {};
}

/// Takes out rows of the source that are of none of these entries: the table is built again
/// without them and swapped in.
Status remove_others(Desk& desk, const TableLoad& load) {
  engine::Engine& engine = desk.engine;
  const std::string table(load.table);
  TRY(const engine::Query rows,
      statement("rows_of_source", {{"source", load.source}}, {{"table", table}}));
  TRY(const Frame count, engine.query(rows));
  if (count.integer("rows", 0) == static_cast<std::int64_t>(load.rows.size())) return {};
  const std::string key = columns_of_table(table).front();
  engine::TableSpec spec = schema::table(table);
  std::string columns;
  for (const engine::TableColumn& column : spec.columns) {
    columns += (columns.empty() ? "" : ", ") + column.name;
  }
  spec.name = kRows;
  spec.scratch = true;
  TRY(drop_ours(engine));
  TRY(write_keys(engine, load, key));
  TRY(engine.create_table(spec));
  TRY(const engine::Query kept, statement("kept_rows", {{"source", load.source}},
                                          {{"table", table}, {"columns", columns}, {"key", key}}));
  TRY(engine.execute(kept));
  TRY(engine.settle());
  TRY(engine.replace_partitions(table, kRows, {"all"}));
  return drop_ours(engine);
}

}  // namespace

std::string money_text(std::int64_t minor) {
  return loadable({.name = "money", .type = FieldType::money, .label = {}}, std::to_string(minor));
}

Status load_table(Desk& desk, const TableLoad& load) {
  if (!load.rows.empty()) TRY(load_rows(desk, load));
  return load.complete ? remove_others(desk, load) : Status();
}

}  // namespace huitou::forms
