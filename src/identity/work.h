#pragma once

// What the steps of a resolution share: the texts of this folder filled in, and moving orders.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/progress.h"
#include "engine/engine.h"
#include "schema/schema.h"
#include "store/store.h"

namespace huitou::identity {

inline constexpr std::string_view kScratchPrefix = "identity_";

/// The embedded sql/<file>.sql; `{{persons}}` and `{{links}}` in it are the links that count, for
/// which `params` must have `void_runs`.
Result<engine::Query> statement(std::string_view file, const engine::Params& params = {},
                                const schema::Fragments& fragments = {});
/// The single number that the text gives, 0 if there is none.
Result<std::uint64_t> number(engine::Engine& engine, const engine::Query& query,
                             std::string_view column);
Status cancelled_error();
/// Drops what a killed run left.
Status drop_scratch(engine::Engine& engine);

struct Settled {
  std::uint64_t rows = 0;    ///< of orders and lines
  std::uint64_t months = 0;  ///< of their tables
  std::uint64_t events = 0;
};
/// Brings every order, line and event to where the links say, month by month. Doing it again does
/// nothing.
Result<Settled> settle(engine::Engine& engine, store::Store& store, std::int64_t now,
                       const Progress& progress);

/// Rows of a table that are to stand elsewhere, and how to find and to place them.
struct Placing {
  const engine::TableSpec* spec = nullptr;
  std::string day;        ///< the column of its month
  std::string misplaced;  ///< the text that gives month, rows
  std::string place;      ///< the text that writes months into identity_<table>
  engine::Params params{};
  schema::Fragments fragments{};
};
/// Gives rows and months. Doing it again does nothing.
Result<Settled> place_rows(engine::Engine& engine, const Placing& placing,
                           const Progress& progress);
/// The columns of a table but these, divided by commas.
std::string columns_but(const engine::TableSpec& spec, const std::vector<std::string>& but);

}  // namespace huitou::identity
