#include "commands/catalogue.h"

#include <algorithm>

#include "analyses/analyses.h"
#include "commands/card_json.h"
#include "commands/command.h"
#include "commands/generated.h"
#include "commands/json_text.h"
#include "ingest/ingest.h"
#include "metrics/metrics.h"
#include "sync/sync.h"

namespace huitou::commands {
namespace {

std::string names_json(const std::vector<std::string_view>& names) {
  std::vector<std::string> quoted;
  for (const std::string_view name : names) quoted.push_back(json_string(name));
  return json_list(quoted);
}

Words dimension_title(std::string_view name) {
  constexpr std::pair<std::string_view, Words> kTitles[] = {
      {"channel", {"Channel", "渠道"}},  {"store_key", {"Store", "门店"}},
      {"region", {"Region", "地区"}},    {"campaign", {"Campaign", "活动"}},
      {"source", {"Source", "来源"}},    {"product_key", {"Product", "商品"}},
      {"category", {"Category", "品类"}}};
  for (const auto& [known, title] : kTitles) {
    if (known == name) return title;
  }
  return {name, name};
}

std::string command_json(const Command& command) {
  JsonObject object;
  object.text("name", command.name);
  object.text("route", route_of(command));
  object.words("title", command.title);
  object.words("doc", command.doc);
  object.text("kind", kind_name(command.kind));
  object.text("view", view_name(command.view));
  object.raw("params", params_json(command.params));
  object.raw("columns", columns_json(command.columns));
  object.raw("examples", names_json(command.examples));
  return object.done();
}

std::string metric_json(const metrics::Metric& metric) {
  JsonObject object;
  object.text("name", metric.card.name);
  object.text("code", metric.code);
  object.text("family", metric.family);
  object.words("title", metric.card.title);
  object.words("question", metric.card.question);
  object.words("formula", metric.card.method);
  object.words("differs", metric.differs);
  object.text("unit", unit_name(metric.unit));
  object.text("favourable", favourable_name(metric.favourable));
  object.text("view", view_name(metric.card.view));
  object.raw("aliases", names_json(metric.aliases));
  object.boolean("of_lines", metric.of_lines);
  JsonObject uses;
  uses.boolean("merge_days", metric.uses.merge_days);
  uses.boolean("days", metric.uses.days);
  uses.boolean("window", metric.uses.window);
  uses.boolean("yearly_rate", metric.uses.yearly_rate);
  object.raw("uses", uses.done());
  return object.done();
}

std::string analysis_json(const analyses::Analysis& analysis) {
  JsonObject object;
  object.text("name", analysis.card.name);
  object.text("command", "analyse " + std::string(analysis.card.name));
  object.words("title", analysis.card.title);
  object.words("question", analysis.card.question);
  object.words("method", analysis.card.method);
  object.text("view", view_name(analysis.card.view));
  return object.done();
}

std::string dimension_json(std::string_view name) {
  const auto of_orders = metrics::dimensions(false);
  JsonObject object;
  object.text("name", name);
  object.words("title", dimension_title(name));
  object.boolean("of_lines",
                 std::find(of_orders.begin(), of_orders.end(), name) == of_orders.end());
  return object.done();
}

std::string field_json(const ingest::FieldCard& field) {
  JsonObject object;
  object.text("name", field.name);
  object.words("label", field.label);
  object.raw("tables", names_json(ingest::tables_of_field(field.name)));
  return object.done();
}

std::string kind_json(const sync::Kind& kind) {
  JsonObject object;
  object.text("name", kind.card.name);
  object.words("title", kind.card.title);
  object.words("method", kind.card.method);
  object.raw("params", params_json(kind.params));
  object.raw("secrets", names_json(kind.secrets));
  return object.done();
}

template <typename Items, typename Json>
std::string list_json(const Items& items, Json json) {
  std::vector<std::string> texts;
  for (const auto& item : items) texts.push_back(json(item));
  return json_list(texts);
}

CatalogueNames names() {
  CatalogueNames out;
  for (const metrics::Metric* metric : metrics::all()) out.metrics.push_back(metric->card.name);
  for (const analyses::Analysis* analysis : analyses::all())
    out.analyses.push_back(analysis->card.name);
  return out;
}

}  // namespace

std::string catalogue_json() {
  JsonObject object;
  object.text("version", kVersion);
  object.raw("commands",
             list_json(all(), [](const Command* command) { return command_json(*command); }));
  object.raw("metrics", list_json(metrics::all(), [](const metrics::Metric* metric) {
               return metric_json(*metric);
             }));
  object.raw("analyses", list_json(analyses::all(), [](const analyses::Analysis* analysis) {
               return analysis_json(*analysis);
             }));
  object.raw("dimensions", list_json(metrics::dimensions(true), dimension_json));
  object.raw("fields", list_json(ingest::fields(), field_json));
  object.raw("kinds", list_json(sync::kinds(), kind_json));
  return object.done();
}

std::map<std::string, std::string> generated_files() {
  return {{"web/src/shared/api/types.ts", typescript_shapes()},
          {"web/src/shared/api/commands.ts", typescript_commands(names())},
          {"docs/reference/openapi.json", openapi_json()},
          {"docs/reference/README.md", reference_index()},
          {"docs/reference/commands.md", commands_page()},
          {"docs/reference/metrics.md", metrics_page()},
          {"docs/reference/analyses.md", analyses_page()}};
}

}  // namespace huitou::commands
