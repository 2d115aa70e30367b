#pragma once

#include "quality/records.h"

namespace huitou::quality {

/// The key metrics with all orders, and without those that each of `rules` flagged. Rules that flag
/// no order have no effect and are left out by the caller.
Result<std::vector<Effect>> measure_effects(engine::Engine& engine,
                                            const std::vector<const Rule*>& rules, Period period,
                                            const engine::Limits& limits, const Progress& progress);

}  // namespace huitou::quality
