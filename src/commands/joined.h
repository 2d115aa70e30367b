#pragma once

#include "commands/command.h"

namespace huitou::commands {

/// After a load: joins accounts by the keys that came in, brings orders to their persons, and says
/// so in the answer if any account changed.
Status join_accounts(const Call& call, Answer& answer);

}  // namespace huitou::commands
