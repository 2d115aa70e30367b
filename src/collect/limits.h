#pragma once

#include <cstddef>
#include <cstdint>

namespace huitou::collect {

/// What a delivery, the inbox and a batch of the mover may hold.
struct Limits {
  std::size_t event_bytes = 32U << 10U;       ///< of one event
  std::size_t delivery_bytes = 500U << 10U;   ///< of a body, unpacked
  std::size_t delivery_events = 2500;         ///< of a batch
  std::size_t id_bytes = 255;                 ///< of a message id, a user id, an event's name
  std::uint64_t waiting_events = 10'000'000;  ///< in the inbox
  std::uint64_t waiting_bytes = 4ULL << 30U;  ///< in the inbox
  std::uint64_t moved_events = 200'000;       ///< in one batch to the engine
  std::uint64_t moved_bytes = 128ULL << 20U;  ///< in one batch to the engine
};

}  // namespace huitou::collect
