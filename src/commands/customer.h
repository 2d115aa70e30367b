#pragma once

// What the commands about one customer share.

#include <optional>

#include "commands/command.h"
#include "customer/customer.h"

namespace huitou::commands {

/// The person of the parameter `customer`, and what is asked of her. `as_of`: the day after the
/// shop's last order if not given; `until`: tomorrow if no `as_of` is given.
struct Asked {
  customer::Asking asking;
  identity::Whose whose;
};
Result<Asked> read_customer(const Call& call);
Result<customer::Asking> read_asking(const Call& call);

/// An answer about the person with a note if she was named by an account that was joined to her.
void note_joined(const Asked& asked, std::vector<Note>& notes);

Param customer_param();
Param customer_as_of_param();
Param customer_status_param();
Param reveal_param();

extern const Command customer_find_command;
extern const Command customer_show_command;
extern const Command customer_keys_command;
extern const Command customer_segment_command;
extern const Command customer_timeline_command;
extern const Command customer_lines_command;
extern const Command customer_gaps_command;
extern const Command customer_favourites_command;

}  // namespace huitou::commands
