#pragma once

#include <cstdint>

#include "engine/engine.h"

namespace huitou::segments {

/// A person, and the accounts that are hers, her own among them.
struct Person {
  std::int64_t customer = 0;
  engine::IntegerList accounts;
};

}  // namespace huitou::segments
