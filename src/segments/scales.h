#pragma once

// The scales that scored facts compare a customer with: of everybody, whoever is asked about.

#include "segments/compile.h"
#include "segments/facts.h"
#include "segments/segments.h"

namespace huitou::segments {

/// Whether the fact compares the customer with all others, by {{scales}} of its sql.
bool is_scored(const Fact& fact);

/// Puts the scales into the parameters of a compiled query: those of `rfm` with its defaults over
/// the same orders. Cost: for each of `scored` one pass over the orders, and three numbers a
/// customer come over. Fewer than rfm::kLeastCustomers have no scales: the scores are unknown.
Status put_scales(engine::Engine& engine, const Question& question, const Scope& scope,
                  const Scored& scored, engine::Params& params);

/// Puts in `many` times that there are none: for a text that is read and not run.
void put_no_scales(std::size_t many, engine::Params& params);

}  // namespace huitou::segments
