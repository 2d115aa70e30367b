#pragma once

// Files of customers, products and stores: one row a thing, found again by its key.

#include <string>

#include "engine/engine.h"
#include "ingest/canonical.h"
#include "ingest/identity.h"
#include "ingest/mapping.h"
#include "ingest/rules.h"

namespace huitou::ingest {

/// The table of the schema that such a file fills; CHECKs that it is one.
std::string entity_table(Table table);
/// Columns in which its rows wait: those of the table, then `row`.
std::vector<engine::TableColumn> entity_columns(Table table);

/// Converts one block. Customers get their ids from `identities`. Rows without key are left out.
Frame convert_entities(const RawBlock& block, const Mapping& mapping, const std::string& source,
                       Identities& identities, Findings& findings);

/// An empty frame with these columns.
Frame frame_of(const std::vector<engine::TableColumn>& columns);

}  // namespace huitou::ingest
