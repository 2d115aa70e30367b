#pragma once

// Typed reading of settings that `check` has found right.

#include "connectors/connectors.h"

namespace huitou::connectors {

/// The value, or the parameter's fallback.
std::string text_of(const Connector& connector, const Settings& settings, std::string_view name);
std::int64_t integer_of(const Connector& connector, const Settings& settings,
                        std::string_view name);
double number_of(const Connector& connector, const Settings& settings, std::string_view name);
/// All values of a repeated parameter; none if it is missing.
std::vector<std::string> list_of(const Settings& settings, std::string_view name);

/// What the sources that are databases have in common: table or query, columns, key, updated,
/// overlap_seconds, timeout_seconds. `own` come first.
std::vector<Param> database_params(std::vector<Param> own);

}  // namespace huitou::connectors
