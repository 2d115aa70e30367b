#pragma once

#include "segments/compile.h"
#include "segments/segments.h"

namespace huitou::segments {

/// What is true of the data when the question is asked.
Result<Scope> scope_of(engine::Engine& engine, const Question& question);

/// Whether any account is joined to another.
Result<bool> some_joined(engine::Engine& engine, const engine::IntegerList& void_runs,
                         const engine::Limits& limits);

/// The rules of a library, which must outlive it.
Lookup lookup_in(const Library& library);

}  // namespace huitou::segments
