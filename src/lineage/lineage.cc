#include "lineage/lineage.h"

#include <algorithm>
#include <set>

#include "lineage/mapped.h"
#include "lineage/scan.h"
#include "schema/schema.h"

namespace huitou::lineage {
namespace {

/// Any period will do: which columns are read does not depend on it.
constexpr Period kSomeYear{{19723}, {20089}};

Result<std::set<std::string>> used_by(const metrics::Metric& metric) {
  metrics::Question question{.metrics = {&metric}, .period = kSomeYear, .by = Granularity::month};
  TRY(const metrics::CompiledQuery compiled, metrics::compile(question, kSomeYear.to));
  std::set<std::string> used;
  for (const metrics::CompiledPart& part : compiled.parts) {
    used.merge(columns_used(part.query.text));
  }
  return used;
}

bool is_relation(const std::string& name) {
  const auto names = schema::relations();
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// The relation and those below it; a table is read where the relation names it.
void add_relations(const std::string& name, const std::set<std::string>& used,
                   std::set<Edge>& edges) {
  const std::string_view text = schema::relation_text(name);
  for (const std::string& column : used) {
    const std::string table = column.substr(0, column.find('.'));
    const std::string from = "FROM " + table;
    const std::size_t at = text.find(from);
    const bool reads = at != std::string_view::npos &&
                       (at + from.size() == text.size() || text[at + from.size()] == '\n' ||
                        text[at + from.size()] == ' ');
    if (reads) edges.insert(Edge{Node{"column", column}, Node{"relation", name}});
  }
  for (const std::string& below : relations_in(text)) {
    if (!is_relation(below)) continue;
    edges.insert(Edge{Node{"relation", below}, Node{"relation", name}});
    add_relations(below, used, edges);
  }
}

Result<std::set<Edge>> edges_of(const metrics::Metric& metric) {
  TRY(const std::set<std::string> used, used_by(metric));
  const std::string relation(metric.relation);
  std::set<Edge> edges;
  edges.insert(Edge{Node{"relation", relation}, Node{"metric", std::string(metric.card.name)}});
  add_relations(relation, used, edges);
  return edges;
}

std::set<std::string> used_by(const Asked& asked) {
  std::set<std::string> used;
  for (const std::string& query : asked.queries) used.merge(columns_used(query));
  return used;
}

/// The relations whose text is in the query, but for those within another of them.
std::set<std::string> outer_relations(std::string_view query) {
  std::set<std::string> found;
  for (const std::string_view name : schema::relations()) {
    if (holds_text(query, schema::relation_text(name))) found.emplace(name);
  }
  std::set<std::string> inner;
  for (const std::string& name : found) inner.merge(relations_in(schema::relation_text(name)));
  for (const std::string& name : inner) found.erase(name);
  return found;
}

std::set<Edge> edges_of(const Asked& asked) {
  std::set<Edge> edges;
  for (const std::string& query : asked.queries) {
    const std::set<std::string> used = columns_used(query);
    std::set<Edge> of_query;
    for (const std::string& relation : outer_relations(query)) {
      of_query.insert(Edge{Node{"relation", relation}, asked.node});
      add_relations(relation, used, of_query);
    }
    for (const std::string& column : used) {
      const bool through = std::any_of(of_query.begin(), of_query.end(), [&](const Edge& edge) {
        return edge.from.kind == "column" && edge.from.name == column;
      });
      if (!through) of_query.insert(Edge{Node{"column", column}, asked.node});
    }
    edges.merge(of_query);
  }
  return edges;
}

/// What of `mapped` leads to one of the columns.
void add_sources(const Edges& mapped, const std::set<std::string>& columns, std::set<Edge>& edges) {
  std::set<Node> sources;
  for (const Edge& edge : mapped) {
    if (edge.to.kind == "column" && columns.count(edge.to.name) > 0) {
      edges.insert(edge);
      sources.insert(edge.from);
    }
  }
  for (const Edge& edge : mapped) {
    if (sources.count(edge.to) > 0) edges.insert(edge);
  }
}

/// Only what can be reached from the column.
void keep_below(const Node& column, std::set<Edge>& edges) {
  std::set<Node> reached{column};
  for (std::size_t before = 0; before != reached.size();) {
    before = reached.size();
    for (const Edge& edge : edges) {
      if (reached.count(edge.from) > 0) reached.insert(edge.to);
    }
  }
  std::erase_if(edges, [&](const Edge& edge) { return reached.count(edge.from) == 0; });
}

Error no_column(std::string_view column) {
  const std::string asked(column.substr(0, 100));
  const std::string_view table = column.substr(0, column.find('.'));
  std::string names;
  std::string tables;
  for (const engine::TableSpec& spec : schema::tables()) {
    tables += (tables.empty() ? "" : ", ") + spec.name;
    for (const engine::TableColumn& each : spec.columns) {
      if (spec.name == table) names += (names.empty() ? "" : ", ") + spec.name + "." + each.name;
    }
  }
  names = names.empty() ? tables : names;
  return {Code::not_found, "There is no column '" + asked + "'.", "There are: " + names + ".",
          "没有列“" + asked + "”。", "可用：" + names + "。"};
}

bool is_column(std::string_view name) {
  for (const engine::TableSpec& spec : schema::tables()) {
    for (const engine::TableColumn& column : spec.columns) {
      if (name == spec.name + "." + column.name) return true;
    }
  }
  return false;
}

}  // namespace

Result<std::vector<std::string>> columns_of(const metrics::Metric& metric) {
  TRY(const std::set<std::string> used, used_by(metric));
  return std::vector<std::string>(used.begin(), used.end());
}

Result<Edges> of_metric(const metrics::Metric& metric, std::span<const MappedFile> files) {
  TRY(std::set<Edge> edges, edges_of(metric));
  TRY(const std::set<std::string> used, used_by(metric));
  add_sources(mapped_edges(files), used, edges);
  return Edges(edges.begin(), edges.end());
}

Edges of_asked(const Asked& asked, std::span<const MappedFile> files) {
  std::set<Edge> edges = edges_of(asked);
  add_sources(mapped_edges(files), used_by(asked), edges);
  return Edges(edges.begin(), edges.end());
}

Result<Edges> of_column(std::string_view column, std::span<const MappedFile> files,
                        std::span<const Asked> asked) {
  if (!is_column(column)) return no_column(column);
  const Node node{"column", std::string(column)};
  std::set<Edge> edges;
  for (const metrics::Metric* metric : metrics::all()) {
    TRY(const std::set<std::string> used, used_by(*metric));
    if (used.count(node.name) == 0) continue;
    TRY(std::set<Edge> each, edges_of(*metric));
    keep_below(node, each);
    edges.merge(each);
  }
  for (const Asked& one : asked) {
    if (used_by(one).count(node.name) == 0) continue;
    std::set<Edge> each = edges_of(one);
    keep_below(node, each);
    edges.merge(each);
  }
  add_sources(mapped_edges(files), {node.name}, edges);
  return Edges(edges.begin(), edges.end());
}

}  // namespace huitou::lineage
