// A mapping that is half told, half guessed; and which fields a table takes.

#include <algorithm>

#include "ingest/entities.h"
#include "ingest/mapping.h"

namespace huitou::ingest {
namespace {

constexpr Field kOfAnyOrder[] = {Field::order_key, Field::gross,    Field::discount,
                                 Field::paid,      Field::refund,   Field::net,
                                 Field::cost,      Field::currency, Field::price};
constexpr Field kOfWholeOrders[] = {Field::customer_key, Field::customer_name, Field::ordered_at,
                                    Field::ordered_time, Field::status,        Field::channel,
                                    Field::store_key,    Field::store_name,    Field::region,
                                    Field::campaign,     Field::phone,         Field::email,
                                    Field::unionid,      Field::openid,        Field::device};
constexpr Field kOfProducts[] = {Field::line_number, Field::product_key, Field::product_name,
                                 Field::category,    Field::brand,       Field::quantity};

template <std::size_t N>
bool among(const Field (&fields)[N], Field field) {
  return std::find(std::begin(fields), std::end(fields), field) != std::end(fields);
}

bool is_told(const Told& told, const Mapping& mapping, Field field) {
  for (std::size_t i = 0; i < mapping.columns.size(); ++i) {
    if (told.columns[i] && mapping.columns[i].field == field) return true;
  }
  return false;
}

}  // namespace

bool takes(Table table, Field field) {
  switch (table) {
    case Table::orders:
      return field == Field::units || among(kOfAnyOrder, field) || among(kOfWholeOrders, field);
    case Table::lines:
      return field == Field::order_paid || among(kOfAnyOrder, field) ||
             among(kOfWholeOrders, field) || among(kOfProducts, field);
    case Table::order_lines:
      return among(kOfAnyOrder, field) || among(kOfProducts, field);
    default:
      return fills_entity(table, field);
  }
}

void fill_in(const FileInfo& info, const Told& told, Mapping& mapping) {
  Mapping guess = guess_mapping(info, told.table);
  mapping.table = guess.table;
  if (!told.table) {
    mapping.reason = guess.reason;
  }
  for (std::size_t i = 0; i < mapping.columns.size(); ++i) {
    ColumnMapping& guessed = guess.columns[i];
    if (told.columns[i]) {
      continue;
    }
    if (guessed.field != Field::ignore && is_told(told, mapping, guessed.field)) {
      guessed.field = Field::ignore;
      guessed.reasons.push_back(
          {"not used: another column was given this meaning", "未使用：已为另一列指定该含义"});
    }
    mapping.columns[i] = std::move(guessed);
  }
}

}  // namespace huitou::ingest
