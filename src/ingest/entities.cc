#include "ingest/entities.h"

#include "ingest/keys.h"
#include "ingest/local_time.h"
#include "ingest/values.h"
#include "schema/schema.h"

namespace huitou::ingest {
namespace {

constexpr std::int64_t kMilli = 1000;

/// Which field fills a column of the table, where their names differ.
struct Filling {
  std::string_view column;
  Field field;
};
constexpr Filling kFillings[] = {
    {"cost_minor", Field::cost},       {"amount_minor", Field::paid},
    {"message_id", Field::event_key},  {"user_id", Field::customer_key},
    {"kind", Field::survey_kind},      {"duration_seconds", Field::duration},
    {"is_complaint", Field::complaint}};

Field field_of(std::string_view column) {
  for (const Filling& filling : kFillings) {
    if (filling.column == column) {
      return filling.field;
    }
  }
  return parse_field(column).value_or(Field::ignore);
}

Field key_field(Table table) {
  switch (table) {
    case Table::products:
      return Field::product_key;
    case Table::stores:
      return Field::store_key;
    case Table::events:
      return Field::event_key;
    case Table::tickets:
      return Field::ticket_key;
    case Table::surveys:
      return Field::survey_key;
    default:
      return Field::customer_key;
  }
}

bool is_moment(std::string_view column) {
  return column == "occurred_at" || column == "received_at" || column == "opened_at" ||
         column == "answered_at";
}

bool is_moment_day(std::string_view column) {
  return column == "occurred_on" || column == "opened_on" || column == "answered_on";
}

/// Yes or no, in the words of exports.
std::optional<std::int64_t> yes_or_no(std::string_view word) {
  for (const std::string_view yes :
       {"1", "是", "true", "TRUE", "True", "yes", "Yes", "Y", "y", "投诉"}) {
    if (word == yes) return 1;
  }
  for (const std::string_view no : {"0", "否", "false", "FALSE", "False", "no", "No", "N", "n"}) {
    if (word == no) return 0;
  }
  return std::nullopt;
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

  /// When the row happened; nothing, and a finding, if it cannot be told.
  std::optional<LocalTime::Instant> moment(Field field, LocalTime& time, Date today) {
    const auto place = mapping_.find(field);
    const std::string_view written = place ? block_.at(row_, *place) : std::string_view();
    Moment moment;
    const Reading reading =
        place ? parse_moment(written, mapping_.columns[*place].date, moment) : Reading::nothing;
    const auto find = [&](Rule rule) {
      findings_.add(rule, block_.line(row_), place ? mapping_.columns[*place].column : "", written);
    };
    if (reading == Reading::nothing) {
      find(Rule::missing_date);
      return std::nullopt;
    }
    if (reading != Reading::ok) {
      find(Rule::unreadable_date);
      return std::nullopt;
    }
    if (moment.date < schema::kFirstBelievedDay) {
      find(Rule::date_too_early);
      return std::nullopt;
    }
    const LocalTime::Instant instant = time.instant(moment);
    if (instant.local_day > today) {
      find(Rule::date_in_future);
    }
    return instant;
  }

  /// An instant that need not be there.
  void put_time(Field field, LocalTime& time, Column& to) {
    const auto place = mapping_.find(field);
    Moment moment;
    const Reading reading =
        place ? parse_moment(block_.at(row_, *place), mapping_.columns[*place].date, moment)
              : Reading::nothing;
    if (reading == Reading::ok && moment.date >= schema::kFirstBelievedDay) {
      to.push_integer(time.instant(moment).utc);
      return;
    }
    unreadable(reading == Reading::ok ? Reading::wrong : reading, place);
    to.push_null();
  }

  /// A number that need not be there: whole, or real where the column is.
  void put_number(Field field, Column& to) {
    const auto place = mapping_.find(field);
    std::int64_t milli = 0;
    const Reading reading =
        place ? parse_quantity(block_.at(row_, *place), mapping_.columns[*place].number, milli)
              : Reading::nothing;
    if (reading != Reading::ok && reading != Reading::rounded) {
      unreadable(reading, place);
      to.push_null();
    } else if (to.type == ColumnType::real) {
      to.push_real(static_cast<double>(milli) / static_cast<double>(kMilli));
    } else {
      to.push_integer(milli / kMilli);
    }
  }

  void put_yes_or_no(Field field, Column& to) {
    const auto place = mapping_.find(field);
    const std::string_view word = text(field);
    const auto answer = yes_or_no(word);
    unreadable(answer || word.empty() ? Reading::nothing : Reading::wrong, place);
    answer ? to.push_integer(*answer) : to.push_null();
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

/// What fills the columns of one row.
struct Filler {
  EntityRow& row;
  const EntityFile& file;
  Identities& identities;
  LocalTime& time;
  std::uint64_t line = 0;
  LocalTime::Instant happened{};

  void put(Column& column) {
    const std::string_view name = column.name;
    const Field field = field_of(name);
    if (name == "customer_id") {
      column.push_integer(
          static_cast<std::int64_t>(identities.id_of(row.text(Field::customer_key))));
    } else if (name == "row") {
      column.push_integer(static_cast<std::int64_t>(line));
    } else if (name == "source") {
      column.push_text(file.source);
    } else if (name == "message_hash") {
      column.push_integer(
          static_cast<std::int64_t>(schema::event_hash(file.source, row.text(Field::event_key))));
    } else if (name == "kind" && file.mapping.table == Table::events) {
      column.push_text("track");
    } else if (is_moment(name)) {
      column.push_integer(happened.utc);
    } else if (is_moment_day(name)) {
      column.push_integer(happened.local_day.days);
    } else {
      put_value(field, column);
    }
  }

  void put_value(Field field, Column& column) {
    if (column.type == ColumnType::text) {
      column.push_text(row.text(field));
    } else if (column.type == ColumnType::date) {
      row.put_date(field, column);
    } else if (column.type == ColumnType::time) {
      row.put_time(field, time, column);
    } else if (field == Field::complaint) {
      row.put_yes_or_no(field, column);
    } else if (field == Field::cost || field == Field::paid) {
      row.put_money(field, column);
    } else {
      row.put_number(field, column);
    }
  }
};

}  // namespace

std::string entity_table(Table table) {
  CHECK(is_entity(table));
  return std::string(table_name(table));
}

bool fills_entity(Table table, Field field) {
  const bool names_customer = table == Table::events || table == Table::tickets ||
                              table == Table::surveys || table == Table::customers;
  const bool is_contact = field >= Field::phone && field <= Field::device;
  if (field == key_field(table) || field == moment_field(table) ||
      (names_customer && field == Field::customer_key) ||
      (table == Table::customers && is_contact)) {
    return true;
  }
  for (const engine::TableColumn& column : schema::table(entity_table(table)).columns) {
    const bool constant = table == Table::events && column.name == "kind";
    if (!constant && field_of(column.name) == field && field != Field::ignore) {
      return true;
    }
  }
  return false;
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
    const bool is_time = column.type == "DateTime" || column.type == "Nullable(DateTime)";
    const ColumnType type = is_text                              ? ColumnType::text
                            : is_date                            ? ColumnType::date
                            : is_time                            ? ColumnType::time
                            : column.type == "Nullable(Float64)" ? ColumnType::real
                                                                 : ColumnType::integer;
    frame.columns.push_back(make_column(column.name, type));
  }
  return frame;
}

std::vector<MetKey> keys_of(const RawBlock& block, const Mapping& mapping) {
  std::vector<MetKey> out;
  Findings none;
  for (const Field field :
       {Field::phone, Field::email, Field::unionid, Field::openid, Field::device}) {
    if (!mapping.has(field)) {
      continue;
    }
    for (std::size_t at = 0; at < block.rows(); ++at) {
      const EntityRow row(block, at, mapping, none);
      std::string key = normal_key(field_name(field), row.text(field));
      const std::string_view customer = row.text(Field::customer_key);
      if (!key.empty() && !customer.empty()) {
        out.push_back({std::string(customer), field_name(field), std::move(key)});
      }
    }
  }
  return out;
}

Result<Frame> convert_entities(const RawBlock& block, const EntityFile& file,
                               Identities& identities, Findings& findings) {
  const Mapping& mapping = file.mapping;
  TRY(LocalTime time, LocalTime::open(file.convert.time_zone));
  Frame frame = frame_of(entity_columns(mapping.table));
  const Field key = key_field(mapping.table);
  const std::optional<Field> when = moment_field(mapping.table);
  for (std::size_t at = 0; at < block.rows(); ++at) {
    EntityRow row(block, at, mapping, findings);
    Filler filler{row, file, identities, time, block.line(at)};
    if (row.text(key).empty()) {
      findings.add(Rule::missing_key, block.line(at), field_name(key), "");
      continue;
    }
    if (when) {
      const auto happened = row.moment(*when, time, file.convert.today);
      if (!happened) {
        continue;
      }
      filler.happened = *happened;
    }
    for (Column& column : frame.columns) {
      filler.put(column);
    }
  }
  return frame;
}

}  // namespace huitou::ingest
