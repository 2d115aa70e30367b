#include "ingest/amounts.h"

namespace huitou::ingest {
namespace {

/// A money value beyond this is refused, so that sums of two or three always fit.
constexpr std::int64_t kLargestMinor = 1'000'000'000'000'000'00;

bool fits(std::int64_t value) { return value < kLargestMinor && value > -kLargestMinor; }

}  // namespace

std::optional<std::int64_t> price_times(std::int64_t price, std::int64_t quantity_milli,
                                        std::int64_t scale) {
  std::int64_t product = 0;
  if (__builtin_mul_overflow(price, quantity_milli, &product)) {
    return std::nullopt;
  }
  const std::int64_t half = product < 0 ? -scale / 2 : scale / 2;
  if (__builtin_add_overflow(product, half, &product)) {
    return std::nullopt;
  }
  return product / scale;
}

std::optional<Amounts> settle(const WrittenAmounts& written) {
  for (const auto& value : {written.gross, written.discount, written.paid, written.refund,
                            written.net, written.order_paid, written.cost, written.price}) {
    if (value && !fits(*value)) {
      return std::nullopt;
    }
  }
  Amounts out;
  out.refund = written.refund.value_or(0);
  out.price = written.price.value_or(0);
  out.quantity_milli = written.quantity;
  out.cost = written.cost;
  out.order_paid = written.order_paid;
  std::optional<std::int64_t> gross = written.gross;
  if (!gross && written.price && written.quantity) {
    gross = written.price_milli ? price_times(*written.price_milli, *written.quantity, 10'000)
                                : price_times(*written.price, *written.quantity);
    if (!gross || !fits(*gross)) {
      return std::nullopt;
    }
  }
  std::optional<std::int64_t> paid = written.paid;
  if (!paid && written.net && !written.discount) {
    paid = *written.net + out.refund;
  }
  if (!paid && gross) {
    paid = *gross - written.discount.value_or(0);
  }
  if (!paid && written.net) {
    paid = *written.net + out.refund;
  }
  if (!paid) {
    return std::nullopt;
  }
  out.gross = gross ? *gross : *paid + written.discount.value_or(0);
  out.discount = out.gross - *paid;
  return out;
}

}  // namespace huitou::ingest
