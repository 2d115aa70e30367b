#pragma once

// The kinds of keys under which a shop's systems know a customer, and the one way each is written.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/language.h"

namespace huitou::ingest {

/// `strong`: the key is a person's own; a device or a cookie may be a family's.
struct KeyKind {
  std::string_view name;
  Words label;
  bool strong = true;
};

/// A member number makes an account; the others, surest first, join accounts.
std::span<const KeyKind> key_kinds();
std::optional<KeyKind> find_key_kind(std::string_view name);

/// The key as it is kept; empty if it is none: a word for nothing, a masked or short phone number,
/// an address without `@`, an identifier of zeros. Phones of China lose their prefix, others keep
/// `+` and country; addresses become lower case (dots stay: they differ between providers);
/// full-width letters and digits become narrow. A member number only loses its blanks.
std::string normal_key(std::string_view kind, std::string_view written);

/// A member number that is itself a mobile phone number of China or an e-mail address, as such a
/// key.
struct ImpliedKey {
  std::string_view kind;
  std::string key;
};
std::optional<ImpliedKey> implied_key(std::string_view member);

}  // namespace huitou::ingest
