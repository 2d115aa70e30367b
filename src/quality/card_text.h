#pragma once

#include "quality/quality.h"

namespace huitou::quality {

/// Reads a rule's file: its card in the first lines, its query after them. Throws Bug for a card
/// that cannot be read: cards are part of the program.
Rule read_card(std::string_view text);

}  // namespace huitou::quality
