#pragma once

// The difference between links as they should be and as they are, written as it is found.

#include <memory>

#include "engine/engine.h"
#include "identity/identity.h"
#include "identity/linker.h"

namespace huitou::identity {

/// The columns of Resolved::changes, without rows.
Frame changes_frame();

class Changes {
 public:
  struct Options {
    std::int64_t run = 0;
    std::int64_t now = 0;
    bool dry_run = false;
  };
  /// Counts into `out` and keeps the first rows there.
  Changes(engine::Engine& engine, const Options& options, Resolved& out);

  /// `was` is 0 for an account that stood for itself.
  Status put(const Link& link, std::uint64_t was);
  Status finish();

 private:
  Status flush();
  void show(const Link& link, std::uint64_t before);

  engine::Engine& engine_;
  Options options_;
  Resolved& out_;
  Frame block_;
  std::unique_ptr<engine::Inserter> inserter_;
};

}  // namespace huitou::identity
