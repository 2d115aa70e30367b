// The rules are those of sql/orders_of_rows.sql, lines_of_rows.sql and orders_from_rows.sql, which
// serve the orders that wait; a test holds both to the same tables.

#include "ingest/made_orders.h"

#include <span>

#include "ingest/canonical_state.h"
#include "ingest/hash.h"
#include "schema/schema.h"

namespace huitou::ingest {
namespace {

/// What the rows of one order come to.
struct Order {
  const Row* head = nullptr;
  std::int64_t first_at = 0;
  std::uint8_t status = 0;
  std::int64_t gross = 0;
  std::int64_t paid = 0;
  std::int64_t refund = 0;
  std::optional<std::int64_t> cost;
  std::optional<std::int64_t> own_cost;  ///< said of the order, not of its lines
  std::optional<std::int64_t> units_milli;
  std::uint32_t lines = 0;
};

/// Wraps as the engine's sums do.
std::int64_t plus(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}
std::int64_t minus(std::int64_t a, std::int64_t b) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
}
void add(std::optional<std::int64_t>& sum, const std::optional<std::int64_t>& value) {
  if (value) {
    sum = plus(sum.value_or(0), *value);
  }
}
/// Known if every one is.
std::optional<std::int64_t> whole_cost(std::span<const Row> rows) {
  std::int64_t sum = 0;
  for (const Row& row : rows) {
    if (!row.amounts.cost) {
      return std::nullopt;
    }
    sum = plus(sum, *row.amounts.cost);
  }
  return sum;
}

constexpr unsigned bit(unsigned status) { return 1U << status; }

/// An order that gives back more than it takes is a credit note, kept as cancelled.
std::uint8_t status_of(const Order& order, unsigned states) {
  if (order.paid < 0) {
    return kCancelled;
  }
  if ((states & (bit(kPaid) | bit(kDelivered))) == 0) {
    return (states & bit(kCreated)) != 0    ? kCreated
           : (states & bit(kRefunded)) != 0 ? kRefunded
                                            : kCancelled;
  }
  if (order.paid > 0 && order.refund >= order.paid) {
    return kRefunded;
  }
  return (states & bit(kDelivered)) != 0 ? kDelivered : kPaid;
}

Order order_of_lines(std::span<const Row> rows) {
  Order order{.head = rows.data(),
              .first_at = rows.front().instant.utc,
              .lines = static_cast<std::uint32_t>(rows.size())};
  unsigned states = 0;
  std::int64_t discount = 0;
  for (const Row& row : rows) {
    states |= bit(row.status);
    order.gross = plus(order.gross, row.amounts.gross);
    discount = plus(discount, row.amounts.discount);
    order.refund = plus(order.refund, row.amounts.refund);
    add(order.units_milli, row.amounts.quantity_milli);
  }
  order.cost = whole_cost(rows);
  order.paid = rows.front().amounts.order_paid.value_or(minus(order.gross, discount));
  order.status = status_of(order, states);
  return order;
}

/// Do both rows say the same of their order? What `head_of` gives one number for.
bool same_head(const Row& a, const Row& b) {
  return a.customer == b.customer && a.instant.local_day == b.instant.local_day &&
         (a.status == kCancelled) == (b.status == kCancelled) && a.texts == b.texts &&
         a.amounts.order_paid == b.amounts.order_paid;
}

Order order_of_row(const Row& row) {
  return {.head = &row,
          .first_at = row.instant.utc,
          .status = row.status,
          .gross = row.amounts.gross,
          .paid = row.amounts.paid(),
          .refund = row.amounts.refund,
          .cost = row.amounts.cost,
          .own_cost = row.amounts.cost,
          .units_milli = row.amounts.quantity_milli};
}

Frame frame_like(std::string_view table) {
  Frame frame;
  for (const engine::TableColumn& column : schema::table(table).columns) {
    frame.columns.push_back(make_column(column.name, frame_type(column.type)));
  }
  return frame;
}

template <typename Items, typename Get>
void integers(Frame& frame, std::string_view name, const Items& items, const Get& get) {
  std::vector<std::int64_t>& values = frame.at(name).integers();
  values.reserve(items.size());
  for (const auto& item : items) {
    values.push_back(get(item));
  }
}

template <typename Items, typename Get>
void optionals(Frame& frame, std::string_view name, const Items& items, const Get& get) {
  Column& column = frame.at(name);
  for (const auto& item : items) {
    const std::optional<std::int64_t> value = get(item);
    value ? column.push_integer(*value) : column.push_null();
  }
}

template <typename Items, typename Get>
void texts(Frame& frame, std::string_view name, const Items& items, const Get& get) {
  TextColumn& values = frame.at(name).texts();
  values.reserve(items.size(), items.size() * 8);
  for (const auto& item : items) {
    values.push_back(get(item));
  }
}

Frame orders_frame(const std::vector<Order>& orders, const std::string& source) {
  Frame out = frame_like("orders");
  using O = const Order&;
  texts(out, "order_key", orders, [](O order) { return order.head->order_key; });
  integers(out, "customer_id", orders, [](O) { return 0; });
  integers(out, "ordered_at", orders, [](O order) { return order.first_at; });
  integers(out, "ordered_on", orders, [](O order) { return order.head->instant.local_day.days; });
  integers(out, "status", orders, [](O order) { return order.status; });
  integers(out, "gross_minor", orders, [](O order) { return order.gross; });
  integers(out, "discount_minor", orders, [](O order) { return minus(order.gross, order.paid); });
  integers(out, "refund_minor", orders, [](O order) { return order.refund; });
  integers(out, "net_minor", orders, [](O order) { return minus(order.paid, order.refund); });
  optionals(out, "cost_minor", orders, [](O order) { return order.cost; });
  optionals(out, "own_cost_minor", orders, [](O order) { return order.own_cost; });
  optionals(out, "units_milli", orders, [](O order) { return order.units_milli; });
  integers(out, "lines", orders, [](O order) { return order.lines; });
  for (std::size_t i = 0; i < kOrderTexts.size(); ++i) {
    texts(out, field_name(kOrderTexts[i].first), orders,
          [i](O order) { return order.head->texts[i]; });
  }
  texts(out, "source", orders, [&](O) { return std::string_view(source); });
  integers(out, "account_id", orders, [](O) { return 0; });
  return out;
}

Frame lines_frame(const std::vector<const Row*>& rows, const std::string& source) {
  Frame out = frame_like("order_lines");
  using R = const Row*;
  texts(out, "order_key", rows, [](R row) { return row->order_key; });
  integers(out, "line_number", rows, [](R row) { return row->line_number; });
  integers(out, "customer_id", rows, [](R) { return 0; });
  integers(out, "ordered_on", rows, [](R row) { return row->instant.local_day.days; });
  integers(out, "status", rows, [](R row) { return row->status; });
  texts(out, "product_key", rows, [](R row) { return row->product; });
  texts(out, "category", rows, [](R row) { return row->category; });
  integers(out, "quantity_milli", rows,
           [](R row) { return row->amounts.quantity_milli.value_or(0); });
  integers(out, "price_minor", rows, [](R row) { return row->amounts.price; });
  integers(out, "gross_minor", rows, [](R row) { return row->amounts.gross; });
  integers(out, "net_minor", rows,
           [](R row) { return minus(row->amounts.paid(), row->amounts.refund); });
  optionals(out, "own_cost_minor", rows, [](R row) { return row->amounts.cost; });
  for (std::size_t i = 0; i < kOrderTexts.size(); ++i) {
    texts(out, field_name(kOrderTexts[i].first), rows, [i](R row) { return row->texts[i]; });
  }
  texts(out, "source", rows, [&](R) { return std::string_view(source); });
  integers(out, "account_id", rows, [](R) { return 0; });
  return out;
}

}  // namespace

ColumnType frame_type(std::string_view type) {
  if (type == "String") {
    return ColumnType::text;
  }
  return type == "Date"       ? ColumnType::date
         : type == "DateTime" ? ColumnType::time
                              : ColumnType::integer;
}

/// Do its rows say the same of the order, and no row twice?
bool Converter::State::is_plain(std::span<const Row> run) {
  if (run.size() == 1) {
    return true;
  }
  line_keys.clear();
  for (const Row& row : run) {
    if (!same_head(row, run.front())) {
      return false;
    }
    line_keys.push_back(row.line_key);
  }
  if (!mapped(Field::line_number)) {
    return true;
  }
  std::sort(line_keys.begin(), line_keys.end());
  return std::adjacent_find(line_keys.begin(), line_keys.end()) == line_keys.end();
}

/// Makes the orders that are plain; the others go on as rows. Unless these are `all` rows of their
/// orders, the first and the last order are left for the neighbours of the block.
void Converter::State::make_runs(bool all) {
  std::vector<Order> orders;
  std::vector<const Row*> plain;
  plain.reserve(rows.size());
  MadeOrders& made = out->made;
  for (std::size_t begin = 0, end = 0; begin < rows.size(); begin = end) {
    end = begin + 1;
    while (lines && end < rows.size() && rows[end].order_key == rows[begin].order_key) {
      ++end;
    }
    const std::span<Row> run(&rows[begin], end - begin);
    if (!all && (begin == 0 || end == rows.size())) {
      for (Row& row : run) {
        row.content = content_of(row);
      }
      (begin == 0 ? out->first : out->last).assign(run.begin(), run.end());
    } else if (options.odd->contains(hash(run.front().order_key)) || !is_plain(run)) {
      for (const Row& row : run) {
        put(row);
      }
    } else {
      orders.push_back(lines ? order_of_lines(run) : order_of_row(run.front()));
      made.customers.push_back(run.front().customer);
      made.names.push_back(run.front().name);
      for (const Row& row : run) {
        plain.push_back(&row);
      }
    }
  }
  made.orders = orders_frame(orders, options.source);
  if (lines) {
    made.lines = lines_frame(plain, options.source);
  }
}

}  // namespace huitou::ingest
