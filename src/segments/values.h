#pragma once

#include <string>

#include "base/frame.h"
#include "base/result.h"
#include "engine/engine.h"

namespace huitou::segments {

/// Which texts are in the data: those of a fact's field, or, without a field, those that the fact
/// itself is compared with or takes in its brackets.
struct ValuesQuestion {
  std::string fact;   ///< any of its words
  std::string field;  ///< `channel` or 渠道; empty: the fact's own
  std::string part;   ///< only values that hold this, in any case; empty: all
  std::int64_t most = 0;
  engine::Limits limits{};
};

/// value, found (rows that have it): the most frequent first, equals by value; at most `most`.
/// Reads one column. Errors: invalid_input for a fact or field that is not there or no text, or is
/// a person's own key or name.
Result<Frame> values(engine::Engine& engine, const ValuesQuestion& question);

}  // namespace huitou::segments
