#pragma once

// The door to lineage: where a figure, an analysis or a column of the profile comes from, and what
// breaks if a column goes.
//
// Invariants
// - What is said of any of them is read from the queries that answer it, never kept in a list
// beside it.
// - A column belongs to a metric only if the metric's figure can change with it.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "metrics/metrics.h"

namespace huitou::lineage {

/// file, source_column ("orders.csv: 订单编号"), column ("orders.customer_id"), relation, metric,
/// analysis, profile ("net_minor": a column of customer_profile).
struct Node {
  std::string kind;
  std::string name;
  auto operator<=>(const Node&) const = default;
};
/// `to` is made from `from`.
struct Edge {
  Node from;
  Node to;
  auto operator<=>(const Edge&) const = default;
};
using Edges = std::vector<Edge>;

/// A file that was loaded, with its mapping as YAML.
struct MappedFile {
  std::string name;
  std::string mapping;
};

/// From the files' columns to the figure; each edge once, in order. Errors: those of
/// metrics::compile.
Result<Edges> of_metric(const metrics::Metric& metric, std::span<const MappedFile> files);

/// An analysis or a column of the profile, with the texts of the queries that answer it
/// (placeholders as they are).
struct Asked {
  Node node;
  std::vector<std::string> queries;
};

/// From the files' columns to what is asked; a relation is found again by its text.
Edges of_asked(const Asked& asked, std::span<const MappedFile> files);

/// What feeds a canonical column, and every metric and each of `asked` that needs it with the
/// relations in between. Errors: not_found, with the columns of the table or the tables there are.
Result<Edges> of_column(std::string_view column, std::span<const MappedFile> files,
                        std::span<const Asked> asked = {});

/// Canonical columns that a metric's figure depends on, as "orders.customer_id", sorted.
Result<std::vector<std::string>> columns_of(const metrics::Metric& metric);

}  // namespace huitou::lineage
