#pragma once

// One run at a time for each source. The lock is a row of the store that names the process which
// holds it, so that it ends with the process whatever ends it.

#include <string>

#include "store/store.h"

namespace huitou::sync {

/// Held until it is destroyed.
class Lock {
 public:
  /// Errors: conflict if a living process (this one too) holds it.
  static Result<Lock> take(store::Store& store, const std::string& source);
  Lock(Lock&& other) noexcept;
  Lock& operator=(Lock&&) = delete;
  ~Lock();

  /// Does a living process hold it?
  static Result<bool> held(store::Store& store, const std::string& source);

 private:
  Lock(store::Store& store, std::string source) : store_(&store), source_(std::move(source)) {}
  store::Store* store_;
  std::string source_;
};

}  // namespace huitou::sync
