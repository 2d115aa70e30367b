#pragma once

#include <string>

#include "base/result.h"

namespace huitou::engine {

/// Why chDB did not open the directory (empty: in memory); the library does not say.
/// conflict if another process owns it, else unavailable.
Error cannot_open(const std::string& path);

}  // namespace huitou::engine
