#include "ingest/staged.h"

#include <algorithm>

#include "ingest/entities.h"
#include "schema/schema.h"

namespace huitou::ingest {

engine::TableSpec staged_rows(std::string name) {
  return {std::move(name),
          {{"order_key", "String"},
           {"row", "UInt64"},
           {"line_number", "UInt32"},
           {"line_key", "Int64"},
           {"head", "Int64"},
           {"content", "Int64"},
           {"customer_id", "UInt64"},
           {"ordered_at", "DateTime"},
           {"ordered_on", "Date"},
           {"status", "UInt8"},
           {"gross_minor", "Int64"},
           {"discount_minor", "Int64"},
           {"refund_minor", "Int64"},
           {"order_paid_minor", "Nullable(Int64)"},
           {"cost_minor", "Nullable(Int64)"},
           {"quantity_milli", "Nullable(Int64)"},
           {"price_minor", "Int64"},
           {"product_key", "String"},
           {"category", "String"},
           {"channel", "String"},
           {"store_key", "String"},
           {"region", "String"},
           {"campaign", "String"}},
          "",
          "ordered_on",
          "cityHash64(order_key)",
          true};
}

engine::TableSpec staged_odd() {
  return {"load_odd", {{"key_hash", "UInt64"}}, "", "key_hash", "key_hash", true};
}

engine::TableSpec staged_copy(std::string_view table) {
  engine::TableSpec spec = schema::table(table);
  spec.name = std::string(kStagedPrefix) + spec.name;
  spec.scratch = true;
  return spec;
}

std::vector<engine::TableColumn> filled_columns(const Mapping& mapping) {
  const auto is_filled = [&](std::string_view name) {
    const bool lines = mapping.table != Table::orders;
    if (name == "line_key") return mapping.has(Field::line_number);
    if (name == "line_number" || name == "price_minor" || name == "product_key") return lines;
    if (name == "head") return mapping.table == Table::lines;
    if (name == "content") return mapping.has(Field::order_key);
    if (name == "order_paid_minor") return mapping.has(Field::order_paid);
    if (name == "cost_minor") return mapping.has(Field::cost);
    if (name == "category") return mapping.has(Field::category);
    if (name == "channel") return mapping.has(Field::channel);
    if (name == "store_key") return mapping.has(Field::store_key);
    if (name == "region") return mapping.has(Field::region);
    if (name == "campaign") return mapping.has(Field::campaign);
    return true;
  };
  std::vector<engine::TableColumn> filled = staged_rows("").columns;
  std::erase_if(filled, [&](const auto& column) { return !is_filled(column.name); });
  return filled;
}

Status create_staged(engine::Engine& engine, Table table) {
  TRY(drop_staged(engine));
  TRY(engine.create_table(staged_copy("customers")));
  TRY(engine.create_table(staged_copy("identities")));
  TRY(engine.create_table(staged_copy("products")));
  TRY(engine.create_table(staged_copy("stores")));
  if (is_entity(table)) {
    TRY(engine.create_table(staged_copy(entity_table(table))));
    engine::TableSpec rows = schema::table(entity_table(table));
    rows.name = "load_entities";
    rows.columns = entity_columns(table);
    rows.scratch = true;
    return engine.create_table(rows);
  }
  TRY(engine.create_table(staged_rows("load_rows")));
  TRY(engine.create_table(staged_rows("load_odd_rows")));
  TRY(engine.create_table(staged_odd()));
  TRY(engine.create_table(staged_copy("orders")));
  return engine.create_table(staged_copy("order_lines"));
}

Status empty_staged(engine::Engine& engine) {
  TRY(const std::vector<std::string> tables, engine.tables());
  for (const std::string& table : tables) {
    if (table.starts_with(kStagedPrefix)) {
      TRY(engine.truncate_table(table));
    }
  }
  return {};
}

Status drop_staged(engine::Engine& engine) {
  TRY(const std::vector<std::string> tables, engine.tables());
  for (const std::string& table : tables) {
    if (table.starts_with(kStagedPrefix)) {
      TRY(engine.drop_table(table));
    }
  }
  return {};
}

}  // namespace huitou::ingest
