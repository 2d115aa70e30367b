#pragma once

// The generators behind catalogue.h.

#include <string>
#include <string_view>
#include <vector>

namespace huitou::commands {

struct CatalogueNames {
  std::vector<std::string_view> metrics;
  std::vector<std::string_view> analyses;
};

std::string typescript(const CatalogueNames& names);
/// docs/reference/commands.md
std::string commands_page();

}  // namespace huitou::commands
