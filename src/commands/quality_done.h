#pragma once

// What the commands have in common by which a person decides of orders.

#include "commands/command.h"
#include "quality/quality.h"

namespace huitou::commands {

quality::Author author_of(const Call& call);

struct Done {
  std::string decision;
  std::string target;
  std::int64_t orders = 0;
};
Answer done_answer(const Done& done, const Note& note);
std::vector<ColumnCard> done_columns();

/// Numbers of statuses become their names.
void name_statuses(Frame& frame, const std::string& column);

Param by_param();
Param reason_param();

}  // namespace huitou::commands
