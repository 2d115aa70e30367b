#include "demo/rows.h"

#include <charconv>
#include <string_view>
#include <vector>

#include "demo/accounts.h"

namespace huitou::demo {
namespace {

constexpr double kDuplicates = 0.01;
constexpr double kLate = 0.005;
constexpr double kCorrected = 0.1;  // of the refunded ones
constexpr double kBroken = 0.001;

void put(std::string& out, std::string_view text) { out += text; }

void put(std::string& out, std::int64_t number) {
  char text[24];
  const auto end = std::to_chars(text, text + sizeof text, number).ptr;
  out.append(text, end);
}

void put_two(std::string& out, int number) {
  out += static_cast<char>('0' + number / 10);
  out += static_cast<char>('0' + number % 10);
}

void put_money(std::string& out, std::int64_t minor) {
  put(out, minor / 100);
  out += '.';
  put_two(out, static_cast<int>(minor % 100));
}

void put_key(std::string& out, char letter, std::uint64_t number, int digits) {
  out += letter;
  char text[24];
  const auto end = std::to_chars(text, text + sizeof text, number).ptr;
  out.append(static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, digits - (end - text))), '0');
  out.append(text, end);
}

void put_time(std::string& out, Date day, int second) {
  out += format_date(day);
  out += ' ';
  put_two(out, second / 3600);
  out += ':';
  put_two(out, second / 60 % 60);
  out += ':';
  put_two(out, second % 60);
}

template <typename T>
void put_field(std::string& out, const T& value) {
  put(out, value);
  out += ',';
}

void put_money_field(std::string& out, std::int64_t minor) {
  put_money(out, minor);
  out += ',';
}

std::string_view state_name(OrderState state) {
  constexpr std::array<std::string_view, 4> kNames{"已付款", "交易成功", "已取消", "已退款"};
  return kNames.at(static_cast<std::size_t>(state));
}

/// The fields that an order and each of its lines share.
struct OrderText {
  std::string key;
  std::string head;  // order_key,customer_key,ordered_at,status,
  std::string tail;  // channel,store_key,region,campaign
};

OrderText order_text(const Life& life, const Order& order, std::size_t number) {
  OrderText text;
  put_key(text.key, 'D', life.index * 1000 + number + 1, 10);
  text.head = text.key + ',';
  put_key(text.head, 'C', life.index + 1, 8);
  text.head += ',';
  put_time(text.head, order.day, order.second);
  text.head += ',';
  text.head += state_name(order.state);
  text.head += ',';
  put_field(text.tail, channel_name(order.channel));
  put_key(text.tail, 'S', order.store + 1, 3);
  text.tail += ',';
  put_field(text.tail, stores()[order.store].region);
  put(text.tail, std::string_view(order.with_coupon ? "首购回访券" : ""));
  return text;
}

void put_lines(std::string& out, const Order& order, const OrderText& text) {
  std::int64_t number = 0;
  for (const Line& line : order.lines) {
    out += text.head;
    put_field(out, ++number);
    put_key(out, 'P', line.product + 1, 4);
    out += ',';
    put_field(out, products()[line.product].category);
    put_field(out, line.quantity);
    put_money_field(out, products()[line.product].price_minor);
    put_money_field(out, line.gross_minor);
    put_money_field(out, line.discount_minor);
    put_money_field(out, line.refund_minor);
    put_money_field(out, line.net_minor());
    out += text.tail;
    out += '\n';
  }
}

void put_order(std::string& out, const Order& order, const OrderText& text) {
  Line sum{};
  sum.quantity = 0;
  for (const Line& line : order.lines) {
    sum.quantity += line.quantity;
    sum.gross_minor += line.gross_minor;
    sum.discount_minor += line.discount_minor;
    sum.refund_minor += line.refund_minor;
  }
  out += text.head;
  put_money_field(out, sum.gross_minor);
  put_money_field(out, sum.discount_minor);
  put_money_field(out, sum.refund_minor);
  put_money_field(out, sum.net_minor());
  put_field(out, sum.quantity);
  out += text.tail;
  out += '\n';
}

/// The order as it stood before the refund that the late file brings.
Order before_refund(Order order) {
  order.state = OrderState::delivered;
  for (Line& line : order.lines) {
    line.refund_minor = 0;
  }
  return order;
}

void put_broken(Rows& rows, const OrderText& text, Rng& rng) {
  const std::size_t date_begin = text.head.find(',', text.head.find(',') + 1) + 1;
  const bool bad_date = rng.chance(0.5);
  const std::string key =
      text.key + "X" + text.head.substr(text.key.size(), date_begin - text.key.size());
  const std::string head =
      bad_date ? key + "2025-13-45 99:00:00,交易成功," : key + "2025-06-01 10:00:00,交易成功,";
  const std::string money = bad_date ? "10.00,0.00,0.00,10.00," : "面议,0.00,0.00,面议,";
  rows.of(File::orders) += head + money + "1," + text.tail + "\n";
  rows.of(File::order_lines) += head + "1,P0001,宠物/猫粮,1,10.00," + money + text.tail + "\n";
  ++rows.counts.broken_rows;
}

void put_noisy(const Order& order, const OrderText& text, Rows& rows, Rng& rng) {
  const double draw = rng.uniform();
  if (draw < kLate) {
    put_order(rows.of(File::orders_late), order, text);
    put_lines(rows.of(File::order_lines_late), order, text);
    ++rows.counts.late_orders;
    return;
  }
  const bool corrected = order.state == OrderState::refunded && rng.chance(kCorrected);
  const Order& first = corrected ? before_refund(order) : order;
  OrderText shown = text;
  if (corrected) {
    const std::string_view from = state_name(OrderState::refunded);
    shown.head.replace(shown.head.rfind(from), from.size(), state_name(OrderState::delivered));
    put_order(rows.of(File::orders_late), order, text);
    put_lines(rows.of(File::order_lines_late), order, text);
    ++rows.counts.corrected_orders;
  }
  put_order(rows.of(File::orders), first, shown);
  put_lines(rows.of(File::order_lines), first, shown);
  if (!corrected && draw > 1 - kDuplicates) {
    put_order(rows.of(File::orders), order, text);
    put_lines(rows.of(File::order_lines), order, text);
    ++rows.counts.duplicate_rows;
  }
  if (rng.chance(kBroken)) {
    put_broken(rows, text, rng);
  }
}

struct Visit {
  std::string_view name;
  int minutes_before;
};

void put_events(const Life& life, const Order& order, const OrderText& text, Rows& rows) {
  constexpr std::array<Visit, 3> kVisits{
      {{"product_viewed", 14}, {"product_added", 6}, {"order_completed", 0}}};
  std::string& out = rows.of(File::events);
  for (const Visit& visit : kVisits) {
    out += text.key;
    out += '-';
    put_field(out, std::int64_t{15 - visit.minutes_before});
    put_key(out, 'C', life.index + 1, 8);
    out += ',';
    put_field(out, visit.name);
    put_time(out, order.day, std::max(0, order.second - 60 * visit.minutes_before));
    out += ',';
    put_key(out, 'P', order.lines.front().product + 1, 4);
    out += ',';
    put_field(out, products()[order.lines.front().product].category);
    put(out, channel_name(order.channel));
    out += '\n';
    ++rows.counts.events;
  }
}

void put_contacts(const Life& life, Rows& rows) {
  std::string& out = rows.of(File::tickets);
  for (const Contact& contact : life.contacts) {
    put_key(out, 'T', life.index + 1, 8);
    out += ',';
    put_key(out, 'C', life.index + 1, 8);
    out += ',';
    put_time(out, contact.day, contact.second);
    out += ',';
    put_field(out, static_cast<std::int64_t>(contact.first_reply_minutes));
    put_field(out, std::string_view(contact.complaint ? "投诉" : "使用咨询"));
    put(out, std::int64_t{contact.satisfaction});
    out += '\n';
    ++rows.counts.tickets;
  }
  if (life.nps >= 0) {
    std::string& answers = rows.of(File::surveys);
    put_key(answers, 'N', life.index + 1, 8);
    answers += ',';
    put_key(answers, 'C', life.index + 1, 8);
    answers += ",nps,";
    put_field(answers, std::int64_t{life.nps});
    put(answers, format_date(life.orders.front().day));
    answers += '\n';
    ++rows.counts.surveys;
  }
}

void put_real(std::string& out, double value) {
  char text[40];
  out.append(text,
             std::to_chars(text, text + sizeof text, value, std::chars_format::general, 9).ptr);
  out += ',';
}

/// The shop's own account goes into customers.csv, the others into accounts.csv.
void put_accounts(const Life& life, const DemoOptions& options, Rows& rows) {
  const std::vector<Account> accounts = accounts_of(life, options.seed, options.noise);
  for (const Account& account : accounts) {
    const bool own = &account == &accounts.front();
    std::string& out = rows.of(own ? File::customers : File::accounts);
    if (!own) {
      put_field(out, account.key);
      put_field(out, life.name);
      ++rows.counts.accounts;
    }
    put_field(out, account.phone);
    put_field(out, account.email);
    put_field(out, account.unionid);
    put(out, account.device);
    out += '\n';
    std::string& truth = rows.of(File::truth_accounts);
    put_field(truth, account.key);
    put(truth, accounts.front().key);
    truth += '\n';
  }
}

void put_customer(const Life& life, const DemoOptions& options, Rows& rows) {
  std::string& out = rows.of(File::customers);
  put_key(out, 'C', life.index + 1, 8);
  out += ',';
  put_field(out, life.name);
  put_field(out, stores()[life.store].region);
  put_field(out, channel_name(life.channel));
  put_field(out, format_date(life.orders.front().day));
  put_accounts(life, options, rows);

  std::string& truth = rows.of(File::truth);
  put_key(truth, 'C', life.index + 1, 8);
  truth += ',';
  put_field(truth, categories().at(life.category).path);
  put_real(truth, life.orders_per_day);
  put_real(truth, life.dropout);
  put_real(truth, life.price_sensitivity);
  put_field(truth, std::int64_t{life.early_contact});
  put_field(truth, std::int64_t{life.slow_service});
  put_field(truth, std::int64_t{life.coupon});
  put_field(truth, std::int64_t{life.dropped_out});
  put(truth, static_cast<std::int64_t>(life.orders.size()));
  truth += '\n';
}

}  // namespace

const std::array<FileCard, kFiles>& files() {
  static constexpr std::array<FileCard, kFiles> kCards{{
      {"customers.csv",
       "customer_key,name,region,channel,registered_on,phone,email,unionid,device\n"},
      {"orders.csv",
       "order_key,customer_key,ordered_at,status,gross_amount,discount_amount,refund_amount,net_"
       "amount,units,"
       "channel,store_key,region,campaign\n"},
      {"order_lines.csv",
       "order_key,customer_key,ordered_at,status,line_number,product_key,category,quantity,price,"
       "gross_amount,"
       "discount_amount,refund_amount,net_amount,channel,store_key,region,campaign\n"},
      {"orders_late.csv", nullptr},
      {"order_lines_late.csv", nullptr},
      {"events.csv", "event_key,customer_key,name,occurred_at,product_key,category,channel\n"},
      {"tickets.csv",
       "ticket_key,customer_key,opened_at,first_reply_minutes,reason,satisfaction\n"},
      {"surveys.csv", "survey_key,customer_key,kind,score,answered_on\n"},
      {"truth_customers.csv",
       "customer_key,category,orders_per_day,dropout,price_sensitivity,early_contact,slow_service,"
       "coupon,"
       "dropped_out,orders\n"},
      {"accounts.csv", "customer_key,name,phone,email,unionid,device\n"},
      {"truth_accounts.csv", "account_key,customer_key\n"},
  }};
  return kCards;
}

void write_rows(const Life& life, const DemoOptions& options, Rows& rows) {
  Rng rng(options.seed ^ 0x6e6f697365ULL, life.index);  // noise has dice of its own
  ++rows.counts.customers;
  put_customer(life, options, rows);
  put_contacts(life, rows);
  for (std::size_t number = 0; number < life.orders.size(); ++number) {
    const Order& order = life.orders[number];
    const OrderText text = order_text(life, order, number);
    ++rows.counts.orders;
    rows.counts.order_lines += order.lines.size();
    if (options.noise) {
      put_noisy(order, text, rows, rng);
    } else {
      put_order(rows.of(File::orders), order, text);
      put_lines(rows.of(File::order_lines), order, text);
    }
    put_events(life, order, text, rows);
  }
}

std::string product_rows() {
  std::string out = "product_key,name,category,brand,price,cost\n";
  for (std::size_t index = 0; index < products().size(); ++index) {
    const Product& product = products()[index];
    put_key(out, 'P', index + 1, 4);
    out += ',';
    put_field(out, product.name);
    put_field(out, product.category);
    put_field(out, product.brand);
    put_money_field(out, product.price_minor);
    put_money(out, product.cost_minor);
    out += '\n';
  }
  return out;
}

std::string store_rows() {
  std::string out = "store_key,name,region\n";
  for (std::size_t index = 0; index < stores().size(); ++index) {
    put_key(out, 'S', index + 1, 3);
    out += ',';
    put_field(out, stores()[index].name);
    put(out, stores()[index].region);
    out += '\n';
  }
  return out;
}

}  // namespace huitou::demo
