#pragma once

#include <string_view>

#include "customer/customer.h"

namespace huitou::customer {

/// Runs sql/<name>.sql under the status policy and the limits of the question; `as_of` and `until`
/// are put in.
Result<Frame> ask(const Asking& asking, std::string_view name, engine::Params params);

/// The numbers of all accounts of the person, for `{accounts:Array(Int64)}`.
engine::IntegerList accounts_of(const identity::Whose& whose);

/// Whole texts of a column, "" for null.
std::string text_at(const Frame& frame, std::string_view column, std::size_t row);

/// The member number, masked if it is itself a phone number or an address, unless all is revealed.
std::string shown_member(const Asking& asking, const std::string& member);

Result<Purchases> read_purchases(const Asking& asking, const identity::Whose& whose);

/// The names behind the keys of a column, a row each; a key without name gives null. `table`:
/// product or store.
Result<Column> names_of(const Asking& asking, std::string_view table, const Column& keys);

}  // namespace huitou::customer
