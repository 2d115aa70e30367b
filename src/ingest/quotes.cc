#include "ingest/quotes.h"

#include <algorithm>
#include <cstring>

namespace huitou::ingest {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

std::size_t find_byte(std::string_view text, char byte, std::size_t from, std::size_t to) {
  if (from >= to) {
    return kNone;
  }
  const void* found = std::memchr(text.data() + from, byte, to - from);
  return found == nullptr ? kNone
                          : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

std::size_t find_last_byte(std::string_view text, char byte, std::size_t from, std::size_t to) {
  if (from >= to) {
    return kNone;
  }
  const void* found = ::memrchr(text.data() + from, byte, to - from);
  return found == nullptr ? kNone
                          : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

enum class Next { ends_field, text, unknown };

// What stands behind a quote, spaces passed over.
Next look_behind_quote(std::string_view text, std::size_t at, const Dialect& dialect, bool final) {
  while (at < text.size() && text[at] == ' ') {
    ++at;
  }
  if (at == text.size()) {
    return final ? Next::ends_field : Next::unknown;
  }
  const char next = text[at];
  return next == dialect.delimiter || next == dialect.newline || next == '\r' ? Next::ends_field
                                                                              : Next::text;
}

}  // namespace

bool opens_field(std::string_view text, std::size_t at, std::size_t begin, const Dialect& dialect) {
  while (at > begin && text[at - 1] == ' ') {
    --at;
  }
  return at == begin || text[at - 1] == dialect.delimiter || text[at - 1] == dialect.newline;
}

Quoted find_close(std::string_view text, std::size_t at, const Dialect& dialect, bool final) {
  Quoted quoted;
  const std::size_t begin = at + 1;
  const std::size_t limit = std::min(text.size(), begin + kMaxQuotedBytes);
  std::size_t from = begin;
  std::size_t line_from = begin;
  while (true) {
    const std::size_t quote = find_byte(text, '"', from, limit);
    if (quote == kNone) {
      quoted.end = limit < text.size() || final ? Quoted::End::never : Quoted::End::more;
      return quoted;
    }
    if (!quoted.lines) {
      quoted.lines = find_byte(text, dialect.newline, line_from, quote) != kNone;
      line_from = quote;
    }
    if (quote + 1 < text.size() && text[quote + 1] == '"') {
      quoted.doubled = true;
      from = quote + 2;
      continue;
    }
    const Next next = look_behind_quote(text, quote + 1, dialect, final);
    if (next == Next::unknown) {
      quoted.end = Quoted::End::more;
      return quoted;
    }
    if (next == Next::ends_field) {
      quoted.end = Quoted::End::closed;
      quoted.close = quote;
      return quoted;
    }
    if (quoted.lines) {
      quoted.end = Quoted::End::never;
      return quoted;
    }
    from = quote + 1;
  }
}

std::size_t last_record_end(std::string_view text, const Dialect& dialect) {
  std::size_t safe = 0;
  std::size_t at = 0;
  while (true) {
    const std::size_t quote = dialect.quotes ? find_byte(text, '"', at, text.size()) : kNone;
    const std::size_t stop = quote == kNone ? text.size() : quote;
    const std::size_t newline = find_last_byte(text, dialect.newline, at, stop);
    safe = newline == kNone ? safe : newline + 1;
    if (quote == kNone) {
      return safe;
    }
    if (!opens_field(text, quote, 0, dialect)) {
      at = quote + 1;
      continue;
    }
    const Quoted quoted = find_close(text, quote, dialect, false);
    if (quoted.end == Quoted::End::more) {
      return safe;
    }
    if (quoted.end == Quoted::End::closed) {
      at = quoted.close + 1;
      continue;
    }
    const std::size_t line_end = find_byte(text, dialect.newline, quote, text.size());
    if (line_end == kNone) {
      return safe;
    }
    safe = line_end + 1;
    at = safe;
  }
}

}  // namespace huitou::ingest
