#include "base/result.h"

#include <array>

namespace huitou {
namespace {

struct Row {
  Code code;
  std::string_view name;
  int http;
  int exit;
};

constexpr std::array<Row, 9> kRows{{
    {Code::invalid_input, "invalid_input", 400, 2},
    {Code::denied, "denied", 403, 3},
    {Code::not_found, "not_found", 404, 4},
    {Code::conflict, "conflict", 409, 5},
    {Code::limit_reached, "limit_reached", 413, 6},
    {Code::not_enough_data, "not_enough_data", 422, 7},
    {Code::did_not_converge, "did_not_converge", 422, 8},
    {Code::engine_failed, "engine_failed", 502, 9},
    {Code::unavailable, "unavailable", 503, 10},
}};

const Row& row_of(Code code) { return kRows.at(static_cast<std::size_t>(code)); }

}  // namespace

std::string_view code_name(Code code) { return row_of(code).name; }
int http_status(Code code) { return row_of(code).http; }
int exit_code(Code code) { return row_of(code).exit; }

std::string describe(const Error& error, bool chinese) {
  const std::string& message =
      chinese && !error.message_zh.empty() ? error.message_zh : error.message;
  const std::string& hint = chinese && !error.hint_zh.empty() ? error.hint_zh : error.hint;
  return hint.empty() ? message : message + " " + hint;
}

void throw_bug(std::string_view condition, std::string_view file, int line) {
  throw Bug(std::string("CHECK failed: ") + std::string(condition) + " at " + std::string(file) +
            ":" + std::to_string(line));
}

}  // namespace huitou
