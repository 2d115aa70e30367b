#include "segments/scales.h"

#include <fmt/format.h>

#include <array>

#include "rfm/rfm.h"
#include "segments/ask.h"
#include "segments/sources.h"

namespace huitou::segments {
namespace {

/// The numbers of everybody with such an order.
Result<rfm::Histories> histories_of(engine::Engine& engine, const Question& question,
                                    const Scope& scope, const Term& orders) {
  Scope everybody = scope;
  everybody.person.reset();
  everybody.among.reset();
  everybody.touched = false;
  const Rule buyers{.kind = Kind::condition, .term = orders};
  const auto shown = [&](const char* fact, const char* as) {
    return Shown{.fact = fact, .as = as, .where = orders.where, .window = orders.window};
  };
  TRY(Compiled parts,
      compile(buyers, everybody, lookup_in(question.library),
              {shown("days_since_last_order", "shown_days"), shown("orders", "shown_orders"),
               shown("net_amount", "shown_net")}));
  engine::Query query{.params = std::move(parts.params), .limits = question.limits};
  TRY(query.text, text_of("scored", {{"predicate", parts.predicate},
                                     {"shown", parts.shown},
                                     {"people", parts.people}}));
  rfm::Histories histories;
  TRY(engine.stream(query, [&](const Frame& block) -> Status {
    for (const std::int64_t days : block.at("days_since_last_order").integers()) {
      histories.days_since_last_order.push_back(static_cast<std::int32_t>(days));
    }
    const auto& counts = block.at("orders").integers();
    const auto& amounts = block.at("amount_minor").integers();
    histories.orders.insert(histories.orders.end(), counts.begin(), counts.end());
    histories.amount_minor.insert(histories.amount_minor.end(), amounts.begin(), amounts.end());
    return {};
  }));
  return histories;
}

/// `five` and `two` are null where there are no scales.
void put(const std::string& name, const rfm::Scales* five, const rfm::Scales* two,
         engine::Params& params) {
  constexpr std::array<const char*, rfm::kMeasures> kNames{"days", "orders", "amount"};
  params[name + "_known"] = std::int64_t{five == nullptr ? 0 : 1};
  for (std::size_t measure = 0; measure < rfm::kMeasures; ++measure) {
    const std::string of = fmt::format("{}_{}_", name, kNames.at(measure));
    for (std::size_t cut = 0; cut + 1 < rfm::kBins; ++cut) {
      params[of + std::to_string(cut + 1)] =
          five == nullptr ? 0 : five->at(measure).cuts.at(cut).lowest;
    }
    params[of + "split"] = two == nullptr ? 0 : two->at(measure).cuts.front().lowest;
  }
}

}  // namespace

bool is_scored(const Fact& fact) { return fact.sql.find("{{scales}}") != std::string_view::npos; }

Status put_scales(engine::Engine& engine, const Question& question, const Scope& scope,
                  const Scored& scored, engine::Params& params) {
  for (std::size_t place = 0; place < scored.size(); ++place) {
    TRY(const rfm::Histories histories, histories_of(engine, question, scope, scored[place]));
    if (histories.size() < rfm::kLeastCustomers) {
      put(scales_name(place), nullptr, nullptr, params);
      continue;
    }
    const rfm::Scales five = rfm::five_bin_scales(histories, rfm::kMinorPerUnit);
    const rfm::Scales two =
        rfm::two_level_scales(histories, rfm::Threshold::mean, rfm::kMinorPerUnit);
    put(scales_name(place), &five, &two, params);
  }
  return {};
}

void put_no_scales(std::size_t many, engine::Params& params) {
  for (std::size_t place = 0; place < many; ++place) {
    put(scales_name(place), nullptr, nullptr, params);
  }
}

}  // namespace huitou::segments
