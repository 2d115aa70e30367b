#pragma once

// The shapes that go over HTTP and out of `--format json`.
//
// Answer  {"columns": [{"name": "month", "unit": "date", "role": "dimension",
//                       "label": {"en": "Month", "zh": "月份"}}, ...],
//          "rows": [["2025-01-01", 0.25, 1204], ...],
//          "notes": [{"code": "immature_window", "en": "...", "zh": "..."}],
//          "view": "curve", "currency": "CNY"}
// Error   {"error": {"code": "invalid_input", "message": "...", "hint": "...",
//                    "message_zh": "...", "hint_zh": "..."}}
//
// Cells: null is "nothing" (never 0). unit `ratio` is a fraction; `minor` is money in minor units;
// `date` is "yyyy-mm-dd"; `time` is "yyyy-mm-ddThh:mm:ssZ"; a real is written with the fewest
// digits that read back as the same double.
// Arguments come in as {"from": "2025-01-01", "days": 90, "channel": ["天猫", "京东"]}; null and a
// missing name are the same.

#include <string>
#include <string_view>

#include "base/answer.h"
#include "base/result.h"
#include "commands/command.h"

namespace huitou::commands {

std::string answer_json(const Answer& answer);
std::string error_json(const Error& error);

/// An Answer or Error read back from these shapes (the CLI talking to a running server). Errors:
/// the Error that is in it; engine_failed for a text of another shape.
Result<Answer> parse_answer_json(std::string_view json);

/// Errors: invalid_input saying where the text is not JSON or not of the shape.
Result<RawArgs> parse_args_json(std::string_view json);
std::string args_json(const RawArgs& args);

/// One entry of POST /api/batch: [{"command": "metric", "args": {...}}, ...].
struct BatchEntry {
  std::string command;
  RawArgs args;
};
Result<std::vector<BatchEntry>> parse_batch_json(std::string_view json);

}  // namespace huitou::commands
