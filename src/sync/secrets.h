#pragma once

// Secrets by name: HOME/secrets.toml, which only its owner may read, or the environment variable
// HUITOU_SECRET_<NAME>, which wins.

#include <string>

#include "connectors/connectors.h"
#include "sync/sync.h"

namespace huitou::sync {

/// The source's settings with the value of every secret in place of its name. A secret that is not
/// set is `<source>_<setting>` where there is one of that name, else it stays out. Errors:
/// not_found (no secret of that name; the name is told, never a value), denied (others may read
/// the file), invalid_input (the file).
Result<connectors::Settings> with_secrets(const Place& place, const Source& source);

}  // namespace huitou::sync
