#pragma once

// Where a run over the partitions of a topic stands, as a cursor. Pure.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace huitou::connectors {

/// A partition in a run: the offset to read next, and the one the run ends before.
struct Span {
  std::int64_t next = 0;
  std::int64_t end = 0;
};
using Spans = std::map<std::int32_t, Span>;

struct KeptPlace {
  Spans spans;
  bool inside = false;  ///< the ends are those of a run that has begun
};

/// `inside`: a run has begun, so its ends are kept too.
std::string format_spans(const Spans& spans, bool inside);
/// invalid_input for a text that `format_spans` did not make.
Result<KeptPlace> parse_spans(std::string_view cursor);

}  // namespace huitou::connectors
