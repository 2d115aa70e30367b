#include "engine/failure.h"

#include <fmt/format.h>

#include <charconv>

namespace huitou::engine {
namespace {

enum EngineCode {
  kTooManyRows = 158,
  kTimeout = 159,
  kTooSlow = 160,
  kMemory = 241,
  kCancelled = 394,
  kTooManyRowsOrBytes = 396,
};

/// The engine's sentence without code, stack and version; at most 600 bytes.
std::string sentence(std::string_view text) {
  constexpr std::string_view kException = "DB::Exception: ";
  if (const auto at = text.find(kException); at != std::string_view::npos) {
    text.remove_prefix(at + kException.size());
  }
  text = text.substr(0, text.find(", e.what()"));
  text = text.substr(0, text.find(". Stack trace"));
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ' || text.back() == '.')) {
    text.remove_suffix(1);
  }
  constexpr std::size_t kMost = 600;
  if (text.size() <= kMost) {
    return std::string(text);
  }
  std::size_t end = kMost;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) {
    --end;
  }
  return std::string(text.substr(0, end)) + "...";
}

Error too_long(const Limits& limits) {
  return Error{Code::limit_reached,
               fmt::format("The query met the time limit of {:g} s", limits.seconds),
               "Ask for a shorter period or fewer customers, or raise the time limit.",
               fmt::format("查询达到了 {:g} 秒的时间上限", limits.seconds),
               "请缩短时间范围或减少客户数，或者提高时间上限。"};
}

Error engine_is_full() {
  return Error{
      Code::limit_reached, "All running queries together met the memory limit of the engine",
      "Try again when other queries have ended, or give the engine more memory.",
      "所有正在运行的查询合计达到了引擎的内存上限", "请在其他查询结束后重试，或者给引擎更多内存。"};
}

Error too_large(const Limits& limits) {
  const double mebibytes = static_cast<double>(limits.memory_bytes) / (1 << 20);
  return Error{Code::limit_reached,
               fmt::format("The query met the memory limit of {:.0f} MiB", mebibytes),
               "Ask for a shorter period or fewer customers, or raise the memory limit.",
               fmt::format("查询达到了 {:.0f} MiB 的内存上限", mebibytes),
               "请缩短时间范围或减少客户数，或者提高内存上限。"};
}

}  // namespace

int failure_code(std::string_view text) {
  constexpr std::string_view kCode = "Code: ";
  const auto at = text.find(kCode);
  int code = 0;
  if (at != std::string_view::npos) {
    const char* begin = text.data() + at + kCode.size();
    std::from_chars(begin, text.data() + text.size(), code);
  }
  return code;
}

Error too_many_rows(const Limits& limits) {
  return Error{Code::limit_reached,
               fmt::format("The result met the limit of {} rows", limits.result_rows),
               "Group more coarsely or add a filter, or raise the row limit.",
               fmt::format("结果达到了 {} 行的上限", limits.result_rows),
               "请使用更粗的分组或增加筛选条件，或者提高行数上限。"};
}

Error failure(std::string_view text, const Limits& limits) {
  switch (failure_code(text)) {
    case kTimeout:
    case kTooSlow:
      return too_long(limits);
    case kMemory:
      return text.find("(total)") == std::string_view::npos ? too_large(limits) : engine_is_full();
    case kTooManyRows:
    case kTooManyRowsOrBytes:
      return too_many_rows(limits);
    case kCancelled:
      return Error{Code::conflict, "The query was cancelled", "Run it again if it is still wanted.",
                   "查询已被取消", "如仍需要，请重新运行。"};
    default:
      break;
  }
  const std::string said = sentence(text);
  return Error{Code::engine_failed, "The engine refused the statement: " + said,
               "This is a fault of the query text or of the engine; report it with this message.",
               "引擎拒绝了该语句：" + said, "这是查询语句或引擎的问题；请附上此信息报告。"};
}

}  // namespace huitou::engine
