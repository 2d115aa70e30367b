#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "metrics/metrics.h"

namespace huitou::metrics {

/// The figures of one metric for one bucket and one combination of dimension values.
struct Cell {
  std::optional<double> value;
  std::optional<double> numerator;
  std::optional<double> base;
};

using DimensionValues = std::vector<std::string>;

/// For each metric of a question its cells by bucket key (days since 1970-01-01) and dimensions.
struct Cells {
  std::vector<std::map<std::pair<std::int64_t, DimensionValues>, Cell>> metrics;

  const Cell* find(std::size_t metric, Date bucket, const DimensionValues& values) const;
};

/// Runs the parts of the compiled question and gathers their cells.
Result<Cells> gather(engine::Engine& engine, const Question& question,
                     const CompiledQuery& compiled);

/// The answer's table: `before` holds the cells of the compared period, if one was asked for.
/// Errors: limit_reached if buckets times combinations of dimension values are too many.
Result<Answer> lay_out(const Question& question, Date as_of, const Cells& now, const Cells* before);

/// What an expression counts: names carry their units, "_minor" is money.
Unit unit_of(std::string_view expression);

}  // namespace huitou::metrics
