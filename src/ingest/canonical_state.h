#pragma once

// What a Converter holds while it reads the rows of a block. Inside of the conversion only.

#include <algorithm>
#include <array>
#include <deque>
#include <optional>
#include <span>
#include <string>

#include "ingest/canonical.h"
#include "ingest/recent.h"
#include "ingest/staged.h"
#include "schema/schema.h"

namespace huitou::ingest {

inline constexpr auto kCreated = static_cast<std::uint8_t>(schema::OrderStatus::created);
inline constexpr auto kPaid = static_cast<std::uint8_t>(schema::OrderStatus::paid);
inline constexpr auto kDelivered = static_cast<std::uint8_t>(schema::OrderStatus::delivered);
inline constexpr auto kCancelled = static_cast<std::uint8_t>(schema::OrderStatus::cancelled);
inline constexpr auto kRefunded = static_cast<std::uint8_t>(schema::OrderStatus::refunded);

/// In the order of `staged_rows`.
enum class To {
  order_key,
  row,
  line_number,
  line_key,
  head,
  content,
  customer_id,
  ordered_at,
  ordered_on,
  status,
  gross,
  discount,
  refund,
  order_paid,
  cost,
  quantity,
  price,
  product_key,
  category,
  channel,
  store_key,
  region,
  campaign,
};
inline constexpr std::size_t kTo = 23;

inline constexpr std::array<std::pair<Field, To>, kRowTexts> kOrderTexts{
    {{Field::channel, To::channel},
     {Field::store_key, To::store_key},
     {Field::region, To::region},
     {Field::campaign, To::campaign}}};

/// Of a column of the engine.
ColumnType frame_type(std::string_view type);

inline constexpr std::array<Field, 5> kContacts{Field::phone, Field::email, Field::unionid,
                                                Field::openid, Field::device};

struct Converter::State {
  Mapping mapping;
  ConvertOptions options;
  LocalTime time;
  Dictionary dictionary{};
  std::array<int, kFields> places{};
  std::vector<engine::TableColumn> filled;
  bool lines = false;
  bool fill_down = false;
  // What the row before said: files repeat dates and states.
  std::string last_date{};
  Moment last_moment{};
  LocalTime::Instant last_instant{};
  Reading last_reading = Reading::nothing;
  std::string last_word{};
  std::uint8_t last_status = 0;
  std::optional<Row> previous{};  // views into `previous_texts` or the block at hand
  std::deque<std::string> previous_texts{};
  Recent seen_products{};
  Recent seen_stores{};
  Recent seen_keys{1U << 17U};
  bool has_contacts = false;
  // The block at hand.
  const RawBlock* block = nullptr;
  std::size_t at = 0;
  Converted* out = nullptr;
  std::array<Column*, kTo> columns{};
  std::vector<Row> rows{};  // where orders are made: all of the block
  std::vector<std::uint64_t> line_keys{};

  std::string_view text(Field field) const {
    const int place = places[static_cast<std::size_t>(field)];
    return place < 0 ? std::string_view()
                     : clean_text(block->at(at, static_cast<std::size_t>(place)));
  }
  bool mapped(Field field) const { return places[static_cast<std::size_t>(field)] >= 0; }
  void find(Rule rule, Field field, std::string_view value) {
    const int place = places[static_cast<std::size_t>(field)];
    out->findings.add(
        rule, block->line(at),
        place < 0 ? field_name(field)
                  : std::string_view(mapping.columns[static_cast<std::size_t>(place)].column),
        value);
  }

  void begin(std::size_t row_count, Converted& converted);
  bool keys(Row& row);
  bool date(Row& row);
  Reading read_date(std::string_view written, LocalTime::Instant& instant);
  bool amounts(Row& row);
  void read_fine_price(WrittenAmounts& written) const;
  bool number(Field field, std::optional<std::int64_t>& value);
  void state(Row& row);
  void inherit(Row& row);
  void judge(Row& row);
  void line_of(Row& row);
  std::uint64_t head_of(const Row& row) const;
  bool is_plain(std::span<const Row> run);
  std::uint64_t content_of(const Row& row) const;
  void make_runs(bool all);
  void put(const Row& row);
  void meet(const Row& row);
  void meet_contacts(const Row& row);
  void remember();
  void integer(To to, std::int64_t value) {
    if (Column* column = columns[static_cast<std::size_t>(to)]) {
      column->push_integer(value);
    }
  }
  void optional(To to, std::optional<std::int64_t> value) {
    if (Column* column = columns[static_cast<std::size_t>(to)]) {
      value ? column->push_integer(*value) : column->push_null();
    }
  }
  void words(To to, std::string_view value) {
    if (Column* column = columns[static_cast<std::size_t>(to)]) {
      column->push_text(value);
    }
  }
};

}  // namespace huitou::ingest
