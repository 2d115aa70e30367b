#include "demo/life.h"

#include <algorithm>
#include <cmath>

namespace huitou::demo {
namespace {

Channel pick_channel(Rng& rng) {
  const double draw = rng.uniform();
  return draw < 0.40   ? Channel::tmall
         : draw < 0.60 ? Channel::jd
         : draw < 0.76 ? Channel::mini_program
                       : Channel::store;
}

std::size_t pick_store(Channel channel, Rng& rng) {
  if (channel != Channel::store) {
    return static_cast<std::size_t>(channel);
  }
  const auto shops = static_cast<std::uint32_t>(stores().size() - kOnlineStores);
  return kOnlineStores + std::min(rng.below(shops), rng.below(shops));  // the first ones are larger
}

std::size_t pick_category(Rng& rng) {
  double draw = rng.uniform();
  for (std::size_t index = 0; index < kCategories; ++index) {
    draw -= categories().at(index).weight;
    if (draw < 0) {
      return index;
    }
  }
  return 0;
}

int second_of_day(Rng& rng) {
  const double hour = rng.chance(0.55) ? 20.5 + 1.8 * rng.normal() : 12.5 + 2.5 * rng.normal();
  return static_cast<int>(std::clamp(hour, 0.0, 23.99) * 3600) + static_cast<int>(rng.below(36));
}

Line make_line(const Life& life, bool with_coupon, Date day, Rng& rng) {
  const std::size_t category = rng.chance(0.72) ? life.category : pick_category(rng);
  const auto last = static_cast<std::uint32_t>(kProductsPerCategory);
  const std::uint32_t product = std::min({rng.below(last), rng.below(last), rng.below(last)});
  Line line;
  line.product = static_cast<std::uint32_t>(category * kProductsPerCategory) + product;
  line.quantity = 1 + static_cast<std::int64_t>(rng.poisson(0.35));
  line.gross_minor = products()[line.product].price_minor * line.quantity;
  double discount = with_coupon ? 0.15 : 0;
  if (demand(day) > 1.7) {
    discount += 0.12;
  } else if (rng.chance(0.1 + 0.5 * life.price_sensitivity)) {
    discount += 0.06;
  }
  line.discount_minor =
      static_cast<std::int64_t>(discount * static_cast<double>(line.gross_minor)) / 10 * 10;
  return line;
}

void settle(Order& order, Date to, Rng& rng) {
  const double draw = rng.uniform();
  if (draw < Truth::cancelled) {
    order.state = OrderState::cancelled;
  } else if (draw < Truth::cancelled + Truth::refunded) {
    order.state = OrderState::refunded;
    for (Line& line : order.lines) {
      line.refund_minor = line.gross_minor - line.discount_minor;
    }
  } else {
    order.state = to.days - order.day.days <= 4 ? OrderState::paid : OrderState::delivered;
    if (draw > 1 - Truth::partly_refunded) {
      order.lines.front().refund_minor = order.lines.front().net_minor() / 2;
    }
  }
}

Order make_order(const Life& life, double when, const Calendar& calendar, Rng& rng) {
  Order order;
  order.day = Date{calendar.from().days + static_cast<int>(when)};
  order.second = second_of_day(rng);
  order.channel = life.channel;
  order.store = life.store;
  if (rng.chance(0.06)) {
    order.channel = pick_channel(rng);
    order.store = pick_store(order.channel, rng);
  }
  const int since_first = life.orders.empty() ? 0 : order.day.days - life.orders.front().day.days;
  order.with_coupon =
      life.coupon && since_first >= Truth::coupon_from_days && since_first < Truth::coupon_to_days;
  const std::uint32_t lines = 1 + rng.poisson(1.1);
  for (std::uint32_t line = 0; line < lines; ++line) {
    order.lines.push_back(make_line(life, order.with_coupon, order.day, rng));
  }
  settle(order, calendar.to(), rng);
  return order;
}

/// Draws who the customer is; the service contact after the first order is part of it.
void be_born(Life& life, Date first_day, Rng& rng) {
  life.name =
      person_name(rng.below(kSurnames), rng.below(kGivenSyllables), rng.below(kGivenSyllables));
  life.channel = pick_channel(rng);
  life.store = pick_store(life.channel, rng);
  life.category = pick_category(rng);
  life.price_sensitivity = rng.beta(2, 3);
  life.orders_per_day =
      rng.gamma(Truth::rate_shape) / Truth::rate_shape / categories().at(life.category).cycle_days;
  const bool in_store = life.channel == Channel::store;
  life.early_contact = rng.chance(in_store ? Truth::contact_store : Truth::contact_online);
  Contact contact;
  contact.day = Date{first_day.days + static_cast<int>(rng.below(7))};
  contact.second = second_of_day(rng);
  contact.first_reply_minutes = std::exp(3.2 + 1.3 * rng.normal());
  contact.complaint = rng.chance(0.12);
  life.slow_service = life.early_contact && contact.first_reply_minutes > Truth::slow_minutes;
  contact.satisfaction = std::clamp(
      static_cast<int>(std::lround(4.4 - (life.slow_service ? 1.4 : 0) + 0.8 * rng.normal())), 1,
      5);
  if (life.early_contact) {
    life.contacts.push_back(contact);
  }
  life.coupon = rng.chance(Truth::coupon_share);
  double factor = in_store ? Truth::store_factor : 1;
  factor *= life.early_contact ? Truth::contact_factor : 1;
  factor *= life.slow_service ? Truth::slow_factor : 1;
  factor *= is_double_eleven(first_day) ? Truth::double_eleven_factor : 1;
  life.dropout = std::min(0.97, rng.beta(Truth::dropout_a, Truth::dropout_b) * factor);
  if (rng.chance(0.08)) {
    const double mood = 8.6 - (life.slow_service ? 2.5 : 0) - 3 * life.dropout + 1.8 * rng.normal();
    life.nps = std::clamp(static_cast<int>(std::lround(mood)), 0, 10);
  }
}

}  // namespace

Calendar::Calendar(Date from, Date to) : from_(from), to_(to), sums_{0} {
  for (Date day = from; day < to; ++day.days) {
    sums_.push_back(sums_.back() + demand(day));
  }
}

double Calendar::before(double day) const {
  const auto whole = static_cast<std::size_t>(day);
  if (whole + 1 >= sums_.size()) {
    return sums_.back();
  }
  return sums_[whole] + (day - static_cast<double>(whole)) * (sums_[whole + 1] - sums_[whole]);
}

double Calendar::when(double accumulated) const {
  const auto above = std::upper_bound(sums_.begin(), sums_.end(), accumulated);
  if (above == sums_.end()) {
    return static_cast<double>(sums_.size());
  }
  const auto whole = static_cast<std::size_t>(above - sums_.begin()) - 1;
  return static_cast<double>(whole) +
         (accumulated - sums_[whole]) / (sums_[whole + 1] - sums_[whole]);
}

Life live(std::uint64_t seed, std::uint64_t index, const Calendar& calendar) {
  Rng rng(seed, index);
  Life life;
  life.index = index;
  const double days = static_cast<double>(calendar.to().days - calendar.from().days);
  double when = calendar.when(rng.uniform() * calendar.total());
  be_born(life, Date{calendar.from().days + static_cast<int>(when)}, rng);
  const double first = std::floor(when);
  while (when < days) {
    life.orders.push_back(make_order(life, when, calendar, rng));
    if (rng.chance(life.dropout)) {
      life.dropped_out = true;
      break;
    }
    const double gap = rng.gamma(Truth::gap_shape) / Truth::gap_shape / life.orders_per_day;
    double next = calendar.when(calendar.before(when) + gap);
    const double coupon_from = first + Truth::coupon_from_days;
    if (life.coupon && next > coupon_from && when < first + Truth::coupon_to_days) {
      next = std::max(coupon_from, when) +
             (next - std::max(coupon_from, when)) / Truth::coupon_rate_factor;
    }
    when = next;
  }
  return life;
}

}  // namespace huitou::demo
