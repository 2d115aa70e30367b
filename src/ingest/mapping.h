#pragma once

// Which column of a file is which field of ours: guessed from the columns' names and values, or
// told by a person in a small YAML file.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "base/result.h"
#include "ingest/problem.h"
#include "ingest/table.h"
#include "ingest/values.h"

namespace huitou::ingest {

/// What a column can mean. The order is that of `kFieldCards` in fields.cc.
enum class Field {
  ignore,
  order_key,
  line_number,  ///< number or key of the line within its order
  customer_key,
  customer_name,
  ordered_at,
  ordered_time,  ///< the time of day, where it has a column of its own
  status,
  gross,
  discount,
  paid,  ///< gross - discount, before refunds
  refund,
  net,         ///< paid - refund
  order_paid,  ///< `paid` of the whole order, in a file of lines
  cost,
  units,
  currency,
  product_key,
  product_name,
  category,
  brand,
  quantity,
  price,
  channel,
  store_key,
  store_name,
  region,
  campaign,
  registered_on,
  birthday,
  phone,  ///< this and the next four: keys of the customer beside `customer_key`
  email,
  unionid,
  openid,
  device,
  event_key,  ///< number of the event, in its source
  anonymous_id,
  occurred_at,
  session_id,
  page,
  duration,  ///< in seconds
  properties,
  ticket_key,
  opened_at,
  closed_at,
  first_reply_minutes,
  reason,
  complaint,
  satisfaction,
  survey_key,
  survey_kind,  ///< nps, csat ...
  score,
  comment,
  answered_on,
  name,  ///< of whatever the table is about
  id,    ///< of whatever the table is about
};
inline constexpr std::size_t kFields = 56;

std::string_view field_name(Field field);
Words field_label(Field field);
std::optional<Field> parse_field(std::string_view name);

/// What one row of a file is.
enum class Table {
  orders,       ///< an order
  lines,        ///< a product in an order; the orders are made from them
  order_lines,  ///< a product in an order that comes from another file
  customers,
  products,
  stores,
  events,   ///< something a customer did
  tickets,  ///< a contact with service
  surveys,  ///< an answer to a survey
};
std::string_view table_name(Table table);
std::optional<Table> parse_table(std::string_view name);

/// Is a row of the table a thing of its own, and no order nor part of one?
bool is_entity(Table table);
/// When a row of the table happened; nothing for a table of things that are, and for orders.
std::optional<Field> moment_field(Table table);
/// Has the field a meaning in a row of this table? Any other is passed over when it is loaded.
bool takes(Table table, Field field);
/// Does the field hold a day or an instant?
bool is_date(Field field);
bool is_number(Field field);

struct ColumnMapping {
  std::string column;
  Field field = Field::ignore;
  double confidence = 0;
  std::vector<Sentence> reasons;
  DateFormat date{};
  NumberFormat number{};
  bool whole_units = false;  ///< money already in minor units, quantities in thousandths
};

struct Mapping {
  Table table = Table::orders;
  std::string source;
  std::string time_zone;               ///< empty: that of the shop
  std::string currency;                ///< empty: that of the shop
  ReadOptions reading;                 ///< what a person says of the file itself
  std::vector<ColumnMapping> columns;  ///< in the order of the file's columns
  Sentence reason;                     ///< why it was taken for this table

  /// Index of the column with this field.
  std::optional<std::size_t> find(Field field) const;
  bool has(Field field) const { return find(field).has_value(); }
};

/// The best guess for a file, of this table if a person named it; always gives one. `check` says
/// whether it can be loaded.
Mapping guess_mapping(const FileInfo& info, std::optional<Table> table = {});
/// Errors: invalid_input naming the fields that are missing and the columns there are.
Status check(const Mapping& mapping, const FileInfo& info);

/// What a mapping of this table needs and does not have. `field` is the most usual way to give it.
struct Need {
  Field field;
  Words words;
};
std::vector<Need> missing(const Mapping& mapping);

/// The mapping as a person can read and correct it.
std::string to_yaml(const Mapping& mapping, const FileInfo& info);
/// Formats that the text does not name are guessed from the samples. Errors: invalid_input with the
/// line and what would be right.
Result<Mapping> from_yaml(std::string_view text, const FileInfo& info, const std::string& path);

/// A mapping that a person is still writing: what the text leaves out is guessed, and what is wrong
/// with its columns is a problem. Errors: those of `from_yaml` that are about a word that no
/// mapping has.
struct Draft {
  Mapping mapping;
  std::vector<Problem> problems;
};
Result<Draft> draft_from_yaml(std::string_view text, const FileInfo& info, const std::string& path);

/// The part of a draft that was told, by column of the file.
struct Told {
  std::optional<Table> table;
  std::vector<bool> columns;
};
/// Fills what was not told with the guess.
void fill_in(const FileInfo& info, const Told& told, Mapping& mapping);

/// What a mapping says of how its file is read: `delimiter`, `encoding`, `has_header`, `sheet`. It
/// is needed before the file is looked at. The same errors.
Result<ReadOptions> reading_from_yaml(std::string_view text, const std::string& path);

/// Finds the formats of dates and numbers of the used columns from the samples.
void guess_formats(const FileInfo& info, Mapping& mapping);

}  // namespace huitou::ingest
