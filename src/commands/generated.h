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

/// web/src/shared/api/types.ts and commands.ts
std::string typescript_shapes();
std::string typescript_commands(const CatalogueNames& names);
/// docs/reference/commands.md
std::string commands_page();
/// docs/reference/metrics.md, analyses.md and README.md
std::string metrics_page();
std::string analyses_page();
std::string reference_index();

}  // namespace huitou::commands
