#pragma once

// Events follow their person: those of a visitor who says later who it is, of a user id whose
// customer is loaded later, of accounts that are joined or parted, of a browser that is stopped or
// met with a second person.
//
// Only events with an id of which something has changed are looked at. Where one stands follows
// from its ids and what is known of them, so a killed run is done again from what it began with.

#include <cstdint>

#include "base/progress.h"
#include "engine/engine.h"
#include "identity/journal.h"

namespace huitou::identity {

class EventPlaces {
 public:
  EventPlaces(engine::Engine& engine, store::Store& store)
      : engine_(engine), store_(store), journal_(store) {}

  /// Moves what stands wrong and says how many events did; `version` is that of the data.
  Result<std::uint64_t> place(std::int64_t version, const Progress& progress);
  /// Keeps how far `place` came, with the version that the data have now.
  Status finish(std::int64_t version);

 private:
  Status execute(std::string_view file, engine::Params params);
  Result<std::int64_t> read(std::string_view file, std::string_view column);
  Status touch(const Journal::EventsSettling& before);
  Result<std::uint64_t> spread();
  Status find_owners();
  Status put_owners(const Frame& pairs);

  engine::Engine& engine_;
  store::Store& store_;
  Journal journal_;
  Journal::EventsSettling now_;
  std::vector<std::string> stopped_;
  bool has_events_ = false;
  bool changed_ = false;
};

}  // namespace huitou::identity
