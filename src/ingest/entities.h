#pragma once

// Files of customers, products and stores, of events, tickets and surveys: one row a thing, found
// again by its key.

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

/// Does a column with this meaning fill anything of such a row?
bool fills_entity(Table table, Field field);

struct EntityFile {
  const Mapping& mapping;
  const ConvertOptions& convert;
  const std::string& source;
};
/// Converts one block. Customers get their ids from `identities`. Rows without key, and those of
/// something that happened without a date, are left out. Errors: invalid_input (time zone).
Result<Frame> convert_entities(const RawBlock& block, const EntityFile& file,
                               Identities& identities, Findings& findings);

/// The other keys that these rows of a file of customers give.
std::vector<MetKey> keys_of(const RawBlock& block, const Mapping& mapping);

/// An empty frame with these columns.
Frame frame_of(const std::vector<engine::TableColumn>& columns);

}  // namespace huitou::ingest
