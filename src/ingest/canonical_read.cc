#include "ingest/canonical_state.h"

namespace huitou::ingest {
namespace {

bool is_cancellation_key(std::string_view key) {
  return key.size() >= 2 && (key[0] == 'C' || key[0] == 'c') && key[1] >= '0' && key[1] <= '9';
}

}  // namespace

bool Converter::State::keys(Row& row) {
  row.at = at;
  row.line = block->line(at);
  row.order_key = text(Field::order_key);
  if (mapped(Field::order_key) && is_nothing(row.order_key)) {
    find(Rule::missing_order_key, Field::order_key, row.order_key);
    return false;
  }
  row.customer = text(Field::customer_key);
  if (is_nothing(row.customer)) {
    row.customer = {};
  }
  for (std::size_t i = 0; i < kOrderTexts.size(); ++i) {
    row.texts[i] = text(kOrderTexts[i].first);
  }
  row.name = text(Field::customer_name);
  const std::string_view product = text(Field::product_key);
  row.product = product.empty() ? text(Field::product_name) : product;
  row.category = text(Field::category);
  return true;
}

/// Fills what a line leaves out because the first line of its order said it.
void Converter::State::inherit(Row& row) {
  if (!fill_down || !previous || previous->order_key != row.order_key) {
    return;
  }
  row.customer = row.customer.empty() ? previous->customer : row.customer;
  for (std::size_t i = 0; i < row.texts.size(); ++i) {
    row.texts[i] = row.texts[i].empty() ? previous->texts[i] : row.texts[i];
  }
}

Reading Converter::State::read_date(std::string_view written, LocalTime::Instant& instant) {
  const std::string_view hour = text(Field::ordered_time);
  if (hour.empty() && written == last_date && !written.empty()) {
    instant = last_instant;
    return last_reading;
  }
  const DateFormat format =
      mapping.columns[static_cast<std::size_t>(places[static_cast<std::size_t>(Field::ordered_at)])]
          .date;
  Moment moment;
  Reading reading = parse_moment(written, format, moment);
  if (reading == Reading::ok && !hour.empty() && !moment.has_time) {
    const std::string both = format_date(moment.date) + " " + std::string(hour);
    Moment with_time;
    if (parse_moment(both, DateFormat{}, with_time) == Reading::ok) {
      moment = with_time;
    } else {
      find(Rule::unreadable_value, Field::ordered_time, hour);
    }
  }
  if (reading == Reading::ok) {
    instant = moment.date < schema::kFirstBelievedDay ? LocalTime::Instant{0, moment.date}
                                                      : time.instant(moment);
  }
  last_date.assign(written);
  last_instant = instant;
  last_reading = reading;
  return reading;
}

bool Converter::State::date(Row& row) {
  if (!mapped(Field::ordered_at)) {
    return true;
  }
  const std::string_view written = text(Field::ordered_at);
  const Reading reading = read_date(written, row.instant);
  if (reading == Reading::nothing && fill_down && previous &&
      previous->order_key == row.order_key) {
    row.instant = previous->instant;
    return true;
  }
  if (reading == Reading::nothing) {
    find(Rule::missing_date, Field::ordered_at, written);
  } else if (reading == Reading::ok && row.instant.local_day < schema::kFirstBelievedDay) {
    find(Rule::date_too_early, Field::ordered_at, written);
  } else if (reading != Reading::ok) {
    find(Rule::unreadable_date, Field::ordered_at, written);
  } else {
    if (row.instant.local_day > options.today) {
      find(Rule::date_in_future, Field::ordered_at, written);
    }
    return true;
  }
  return false;
}

/// False if the field holds something that is no number.
bool Converter::State::number(Field field, std::optional<std::int64_t>& value) {
  const int place = places[static_cast<std::size_t>(field)];
  if (place < 0) {
    return true;
  }
  const ColumnMapping& column = mapping.columns[static_cast<std::size_t>(place)];
  const std::string_view written = block->at(at, static_cast<std::size_t>(place));
  const bool is_quantity = field == Field::quantity || field == Field::units;
  std::int64_t read = 0;
  const Reading reading = is_quantity ? parse_quantity(written, column.number, read)
                                      : parse_money(written, column.number, read);
  if (reading == Reading::nothing) {
    return true;
  }
  if (reading == Reading::wrong || reading == Reading::overflow) {
    find(field == Field::cost ? Rule::unreadable_value
         : is_quantity        ? Rule::unreadable_quantity
                              : Rule::unreadable_amount,
         field, written);
    return field == Field::cost;
  }
  if (reading == Reading::rounded && !is_quantity && !column.whole_units) {
    find(Rule::rounded_amount, field, written);
  }
  value = column.whole_units ? read / (is_quantity ? 1000 : 100) : read;
  return true;
}

/// A price of 0.005 for 10,000 pieces is 50.00, not 100.00.
void Converter::State::read_fine_price(WrittenAmounts& written) const {
  const int place = places[static_cast<std::size_t>(Field::price)];
  if (place < 0 || !written.price || !written.quantity || written.gross) {
    return;
  }
  const ColumnMapping& column = mapping.columns[static_cast<std::size_t>(place)];
  const std::string_view text = block->at(at, static_cast<std::size_t>(place));
  const std::size_t point = text.rfind(column.number.decimal);
  std::int64_t milli = 0;
  if (!column.whole_units && point != std::string_view::npos && text.size() - point > 3 &&
      parse_quantity(text, column.number, milli) == Reading::ok) {
    written.price_milli = milli;
  }
}

bool Converter::State::amounts(Row& row) {
  WrittenAmounts written;
  const bool readable =
      number(Field::gross, written.gross) && number(Field::discount, written.discount) &&
      number(Field::paid, written.paid) && number(Field::refund, written.refund) &&
      number(Field::net, written.net) && number(Field::order_paid, written.order_paid) &&
      number(Field::cost, written.cost) && number(Field::price, written.price) &&
      number(lines ? Field::quantity : Field::units, written.quantity);
  if (!readable) {
    return false;
  }
  read_fine_price(written);
  const std::string_view currency = text(Field::currency);
  if (!currency.empty() && currency != options.currency &&
      currency_in(currency) != options.currency) {
    find(Rule::other_currency, Field::currency, currency);
    return false;
  }
  const std::optional<Amounts> settled = settle(written);
  if (!settled) {
    const Field field = mapped(Field::paid)    ? Field::paid
                        : mapped(Field::gross) ? Field::gross
                        : mapped(Field::net)   ? Field::net
                                               : Field::price;
    find(text(field).empty() ? Rule::missing_amount : Rule::unreadable_amount, field, text(field));
    return false;
  }
  row.amounts = *settled;
  return true;
}

void Converter::State::state(Row& row) {
  if (!mapped(Field::status)) {
    row.status = kDelivered;
    return;
  }
  const std::string_view word = text(Field::status);
  if (word != last_word) {
    last_word.assign(word);
    last_status = is_nothing(word) ? std::uint8_t{0} : dictionary.status(word);
  }
  row.status = last_status;
  if (row.status == 0 && is_nothing(word) && fill_down && previous &&
      previous->order_key == row.order_key) {
    row.status = previous->status;
  }
  if (row.status == 0) {
    find(Rule::unknown_status, Field::status, word);
    row.status = kPaid;
  }
}

/// What follows from the numbers for the state of the order, and what is odd about them.
void Converter::State::judge(Row& row) {
  Amounts& amounts = row.amounts;
  const bool taken_back = amounts.quantity_milli.value_or(0) < 0 || amounts.paid() < 0;
  const Field amount = mapped(Field::paid)    ? Field::paid
                       : mapped(Field::gross) ? Field::gross
                       : mapped(Field::net)   ? Field::net
                                              : Field::price;
  if (taken_back && is_cancellation_key(row.order_key)) {
    row.status = kCancelled;
    find(Rule::cancelled, Field::order_key, row.order_key);
  } else if (amounts.paid() < 0) {
    find(Rule::negative_amount, amount, text(amount));
    row.status = lines ? row.status : kCancelled;
  } else if (taken_back) {
    find(Rule::negative_quantity, lines ? Field::quantity : Field::units,
         text(lines ? Field::quantity : Field::units));
  }
  if (mapped(Field::price) && amounts.price == 0 && !text(Field::price).empty()) {
    find(Rule::zero_price, Field::price, text(Field::price));
  }
  const bool completed = row.status == kPaid || row.status == kDelivered;
  if (row.status == kRefunded && amounts.refund == 0) {
    amounts.refund = amounts.paid();
  } else if (completed && amounts.paid() > 0 && amounts.refund >= amounts.paid()) {
    row.status = kRefunded;
  }
  if (row.customer.empty() && mapping.table != Table::order_lines) {
    find(Rule::missing_customer, Field::customer_key, row.order_key);
  }
}

}  // namespace huitou::ingest
