#pragma once

// What was refreshed, in the store.

#include "profile/profile.h"
#include "profile/sources.h"

namespace huitou::profile {

/// The profile as the journal knows it; `definition` names what it was computed by.
struct Kept {
  State state;
  std::string definition;
  SourceNames sources{};  ///< the data that it was made of
};
Result<std::optional<Kept>> kept(store::Store& store);
/// From now on nobody knows what the table holds. To be called before it is changed.
Status forget(store::Store& store);
struct Entry {
  Kept kept;
  Refreshed done;
};
/// The table holds this.
Status remember(store::Store& store, const Entry& entry);
/// A refresh had nothing to do: the data are named so now.
struct Looked {
  std::string data;
  std::int64_t now = 0;
  const SourceNames* sources = nullptr;  ///< nullptr: as before
};
Status look(store::Store& store, const Looked& looked);

}  // namespace huitou::profile
