#pragma once

// What was understood of a file or of the rows of a source, as answers.

#include <vector>

#include "commands/command.h"
#include "ingest/ingest.h"

namespace huitou::commands {

/// The part that the argument `part` names, with the notes.
Answer preview_answer(const ingest::Preview& preview, const Call& call);
/// Of the part `columns`.
std::vector<ColumnCard> preview_columns();

Param mapping_text_param();
Param draft_param();
Param part_param();

}  // namespace huitou::commands
