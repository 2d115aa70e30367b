#pragma once

// What clients of Segment and RudderStack send, read and checked: pure, and fuzzed.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "collect/limits.h"
#include "collect/line.h"

namespace huitou::collect {

/// An event of a delivery that is not taken, and why.
struct Refused {
  std::size_t index = 0;  ///< its place in the delivery
  Error error;
};

/// A delivery that could be read. What is good of it is taken, what is not is refused by itself.
struct Body {
  struct Item {
    std::size_t index = 0;
    Kind kind = Kind::track;
    bool has_message_id = false;
    std::size_t begin = 0;  ///< its JSON in `text`
    std::size_t size = 0;
  };
  std::string text;  ///< of the whole delivery, without white space
  std::vector<Item> items;
  std::vector<Refused> refused;
  std::string write_key;  ///< where the body names one, as sendBeacon must
  std::optional<std::int64_t> sent_ms;

  std::string_view json(const Item& item) const {
    return std::string_view(text).substr(item.begin, item.size);
  }
};

/// Keeps its memory from one body to the next; one thread at a time.
class BodyReader {
 public:
  explicit BodyReader(const Limits& limits);
  ~BodyReader();
  BodyReader(const BodyReader&) = delete;
  BodyReader& operator=(const BodyReader&) = delete;

  /// One event of this kind, or a batch {"batch": [{"type": "track", ...}]} where there is none.
  /// Errors: invalid_input (no JSON, no object, no batch), limit_reached (names the limit).
  Result<Body> read(std::optional<Kind> kind, std::string_view body);

 private:
  struct Parsers;
  const Limits limits_;
  std::unique_ptr<Parsers> parsers_;
};

}  // namespace huitou::collect
