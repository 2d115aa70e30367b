#pragma once

// When an event happened: instants as clients write them, and the rule for clocks that are wrong.

#include <cstdint>
#include <optional>
#include <string_view>

namespace huitou::collect {

/// Milliseconds since 1970 in UTC of `2025-01-05T10:30:00.123Z`, `2025-01-05 10:30:00+08:00`,
/// `2025-01-05`; without an offset it is UTC. Nothing for a text that is no instant.
std::optional<std::int64_t> parse_instant(std::string_view text);

/// A number of seconds or milliseconds since 1970; from 1e11 on they are milliseconds.
std::int64_t instant_of_number(double number);

/// What is known of an event's time, all in milliseconds.
struct Clocks {
  std::int64_t received = 0;             ///< by our clock
  std::optional<std::int64_t> original;  ///< by the client's clock
  std::optional<std::int64_t> sent;      ///< by the client's clock
};

/// The client's clock may be wrong, but what it says lay between event and sending is right:
/// received - (sent - original). Without `sent` the client's time is taken as it is. No event
/// happens after it was received, nor before 1990: such an event gets the time it was received.
std::int64_t occurred(const Clocks& clocks);

}  // namespace huitou::collect
