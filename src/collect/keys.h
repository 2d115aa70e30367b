#pragma once

// Write keys: whoever has one may send events of its source, and can do nothing else. A key is 128
// random bits and is kept as its BLAKE2b hash only.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/frame.h"
#include "base/result.h"
#include "store/store.h"

namespace huitou::collect {

/// hash -> source
using KeyRing = std::unordered_map<std::string, std::string>;

std::string key_hash(std::string_view key);

Status ensure_keys(store::Store& store);
Result<std::shared_ptr<const KeyRing>> read_keys(store::Store& store);

/// The key that `Authorization: Basic` names as the user; empty if there is none.
std::string key_of_authorization(std::string_view header);

}  // namespace huitou::collect
