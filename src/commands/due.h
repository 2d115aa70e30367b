#pragma once

// What a home wants done without being asked.

#include <cstdint>
#include <vector>

#include "commands/command.h"

namespace huitou::commands {

/// Requests whose time has come at this UTC second, in the order in which they should run: sources
/// that are due, the profile and memberships of segments after what they hang on changed. One that
/// was made and still waits or runs is asked for again: the caller keeps account of what it has
/// begun.
Result<std::vector<Request>> due_requests(Shop& shop, std::int64_t now);

}  // namespace huitou::commands
