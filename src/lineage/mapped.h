#pragma once

#include "lineage/lineage.h"

namespace huitou::lineage {

/// From the columns of the files, by their mappings, to canonical columns, and from the files to
/// their columns. A mapping that cannot be read gives nothing: the load said what was wrong with
/// it.
Edges mapped_edges(std::span<const MappedFile> files);

}  // namespace huitou::lineage
