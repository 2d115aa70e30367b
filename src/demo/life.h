#pragma once

// One customer of the demo shop, from the first order to the last.

#include <cstdint>
#include <string>
#include <vector>

#include "base/date.h"
#include "demo/range.h"
#include "math/random.h"

namespace huitou::demo {

/// What was planted. Dropout factors multiply the chance that an order was the last one.
struct Truth {
  static constexpr double rate_shape = 3.0;  ///< gamma heterogeneity of the order rate
  static constexpr double gap_shape = 1.8;   ///< gaps are gamma: more regular than Poisson
  static constexpr double dropout_a = 0.9;   ///< dropout chance per order is beta(a, b)
  static constexpr double dropout_b = 2.4;
  static constexpr double contact_store = 0.35;  ///< chance of a service contact in 7 days
  static constexpr double contact_online = 0.12;
  static constexpr double contact_factor = 0.70;  ///< what the contact does to dropout
  static constexpr double store_factor = 0.80;    ///< the confounder: stores keep customers anyway
  static constexpr double slow_factor = 1.50;     ///< first reply after more than slow_minutes
  static constexpr double slow_minutes = 120;
  static constexpr double double_eleven_factor = 1.40;
  static constexpr double coupon_share = 0.30;        ///< given at random: a real experiment
  static constexpr double coupon_rate_factor = 1.60;  ///< on the order rate while it is valid
  static constexpr int coupon_from_days = 10;         ///< after the first order
  static constexpr int coupon_to_days = 40;
  static constexpr double cancelled = 0.02;
  static constexpr double refunded = 0.02;
  static constexpr double partly_refunded = 0.01;
};

enum class OrderState { paid, delivered, cancelled, refunded };

struct Line {
  std::uint32_t product = 0;
  std::int64_t quantity = 1;
  std::int64_t gross_minor = 0;
  std::int64_t discount_minor = 0;
  std::int64_t refund_minor = 0;
  std::int64_t net_minor() const { return gross_minor - discount_minor - refund_minor; }
};

struct Order {
  Date day;
  int second = 0;  ///< of the day
  OrderState state = OrderState::delivered;
  Channel channel = Channel::tmall;
  std::size_t store = 0;
  bool with_coupon = false;
  std::vector<Line> lines;
};

struct Contact {
  Date day;
  int second = 0;
  double first_reply_minutes = 0;
  bool complaint = false;
  int satisfaction = 0;  ///< 1 to 5
};

struct Life {
  std::uint64_t index = 0;
  std::string name;
  Channel channel = Channel::tmall;
  std::size_t store = 0;
  std::size_t category = 0;
  double orders_per_day = 0;  ///< on a plain day, while alive
  double dropout = 0;         ///< chance that an order is the last
  double price_sensitivity = 0;
  bool early_contact = false;
  bool slow_service = false;
  bool coupon = false;
  bool dropped_out = false;  ///< left within the period, after the last order
  std::vector<Order> orders;
  std::vector<Contact> contacts;
  int nps = -1;  ///< answer of the survey, -1 without
};

/// Demand of each day and its running sum, so that "time" can be bent by it.
class Calendar {
 public:
  Calendar(Date from, Date to);
  Date from() const { return from_; }
  Date to() const { return to_; }
  /// Demand accumulated before `day` (fractions of days allowed, counted from `from`).
  double before(double day) const;
  /// The day (with fraction) at which that much has accumulated; beyond the end: past `to`.
  double when(double accumulated) const;
  double total() const { return sums_.back(); }

 private:
  Date from_;
  Date to_;
  std::vector<double> sums_;
};

/// Customer `index` of the shop with this seed: depends on nothing else.
Life live(std::uint64_t seed, std::uint64_t index, const Calendar& calendar);

}  // namespace huitou::demo
