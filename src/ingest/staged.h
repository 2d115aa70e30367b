#pragma once

// The tables in which a load waits until it is swapped in. Their names begin with `load_`; whatever
// a killed load left there is dropped.

#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"
#include "ingest/mapping.h"

namespace huitou::ingest {

inline constexpr std::string_view kStagedPrefix = "load_";

/// Rows of an order or line file as read: one row a row of the file that was not left out.
engine::TableSpec staged_rows(std::string name);
/// Hashes of order keys that need more than a plain copy.
engine::TableSpec staged_odd();
/// A table of the schema under the name load_<name>.
engine::TableSpec staged_copy(std::string_view table);

/// The columns of `staged_rows` that a mapping fills, in order; the others keep 0, '' and null.
std::vector<engine::TableColumn> filled_columns(const Mapping& mapping);

/// Creates those that a file of this table needs, empty.
Status create_staged(engine::Engine& engine, Table table);
/// Takes all rows out of them.
Status empty_staged(engine::Engine& engine);
/// Drops all of them that there are.
Status drop_staged(engine::Engine& engine);

}  // namespace huitou::ingest
