#include "ingest/entities.h"

#include "ingest/values.h"
#include "schema/schema.h"

namespace huitou::ingest {
namespace {

/// Which field fills a column of the table.
Field field_of(std::string_view column) {
  if (column == "name") {
    return Field::name;
  }
  if (column == "cost_minor") {
    return Field::cost;
  }
  return parse_field(column).value_or(Field::ignore);
}

Field key_field(Table table) {
  return table == Table::customers  ? Field::customer_key
         : table == Table::products ? Field::product_key
                                    : Field::store_key;
}

class EntityRow {
 public:
  EntityRow(const RawBlock& block, std::size_t row, const Mapping& mapping, Findings& findings)
      : block_(block), row_(row), mapping_(mapping), findings_(findings) {}

  std::string_view text(Field field) const {
    const auto place = mapping_.find(field);
    const std::string_view value = place ? clean_text(block_.at(row_, *place)) : std::string_view();
    return is_nothing(value) ? std::string_view() : value;
  }

  void put_date(Field field, Column& to) {
    const auto place = mapping_.find(field);
    Moment moment;
    const Reading reading =
        place ? parse_moment(block_.at(row_, *place), mapping_.columns[*place].date, moment)
              : Reading::nothing;
    if (reading == Reading::ok) {
      to.push_integer(moment.date.days);
      return;
    }
    unreadable(reading, place);
    to.push_null();
  }

  void put_money(Field field, Column& to) {
    const auto place = mapping_.find(field);
    std::int64_t minor = 0;
    const Reading reading =
        place ? parse_money(block_.at(row_, *place), mapping_.columns[*place].number, minor)
              : Reading::nothing;
    if (reading == Reading::ok || reading == Reading::rounded) {
      to.push_integer(mapping_.columns[*place].whole_units ? minor / 100 : minor);
      return;
    }
    unreadable(reading, place);
    to.push_null();
  }

 private:
  void unreadable(Reading reading, const std::optional<std::size_t>& place) {
    if (reading != Reading::nothing && place) {
      findings_.add(Rule::unreadable_value, block_.line(row_), mapping_.columns[*place].column,
                    block_.at(row_, *place));
    }
  }

  const RawBlock& block_;
  std::size_t row_;
  const Mapping& mapping_;
  Findings& findings_;
};

}  // namespace

std::string entity_table(Table table) {
  CHECK(table == Table::customers || table == Table::products || table == Table::stores);
  return std::string(table_name(table));
}

std::vector<engine::TableColumn> entity_columns(Table table) {
  std::vector<engine::TableColumn> columns = schema::table(entity_table(table)).columns;
  columns.push_back({"row", "UInt64"});
  return columns;
}

Frame frame_of(const std::vector<engine::TableColumn>& columns) {
  Frame frame;
  for (const engine::TableColumn& column : columns) {
    const bool is_text = column.type == "String";
    const bool is_date = column.type == "Date" || column.type == "Nullable(Date)";
    const ColumnType type = is_text                     ? ColumnType::text
                            : is_date                   ? ColumnType::date
                            : column.type == "DateTime" ? ColumnType::time
                                                        : ColumnType::integer;
    frame.columns.push_back(make_column(column.name, type));
  }
  return frame;
}

Frame convert_entities(const RawBlock& block, const Mapping& mapping, const std::string& source,
                       Identities& identities, Findings& findings) {
  Frame frame = frame_of(entity_columns(mapping.table));
  const Field key = key_field(mapping.table);
  for (std::size_t at = 0; at < block.rows(); ++at) {
    EntityRow row(block, at, mapping, findings);
    if (row.text(key).empty()) {
      findings.add(Rule::missing_key, block.line(at), field_name(key), "");
      continue;
    }
    for (Column& column : frame.columns) {
      const Field field = field_of(column.name);
      if (column.name == "customer_id") {
        column.push_integer(static_cast<std::int64_t>(identities.id_of(row.text(key))));
      } else if (column.name == "row") {
        column.push_integer(static_cast<std::int64_t>(block.line(at)));
      } else if (column.name == "source") {
        column.push_text(source);
      } else if (column.type == ColumnType::date) {
        row.put_date(field, column);
      } else if (column.type == ColumnType::integer) {
        row.put_money(field, column);
      } else {
        column.push_text(row.text(field));
      }
    }
  }
  return frame;
}

}  // namespace huitou::ingest
