// What the home holds and whether its engine answers.

#include "commands/list.h"
#include "commands/rows.h"
#include "commands/shop.h"
#include "schema/schema.h"

namespace huitou::commands {
namespace {

Result<Answer> status(const Call& call) {
  engine::Engine& engine = *call.shop.engine;
  TRY(const engine::Health health, engine.health());
  TextTable table({{"item", Unit::none, Role::dimension, {"Item", "项目"}},
                   {"value", Unit::none, Role::value, {"Value", "值"}}});
  table.row({"engine", health.kind + " " + health.version});
  table.row(
      {"replicas", std::to_string(health.replicas_up) + "/" + std::to_string(health.replicas)});
  table.row({"time_zone", call.shop.settings.time_zone});
  table.row({"currency", call.shop.settings.currency});
  table.row({"week_start", std::string(week_start_name(call.shop.settings.week_start))});
  TRY(const std::string version, data_version(call.shop));
  table.row({"data_version", version});
  TRY(const Span span, orders_span(engine));
  table.row({"first_order_on", span.first ? format_date(*span.first) : ""});
  table.row({"last_order_on", span.last ? format_date(*span.last) : ""});
  for (const engine::TableSpec& spec : schema::tables()) {
    TRY(const std::int64_t rows, rows_of(engine, spec.name));
    table.row({spec.name + "_rows", std::to_string(rows)});
  }
  return table.answer();
}

}  // namespace

const Command status_command{
    .name = "status",
    .title = {"State of the home", "状态"},
    .doc = {"Says which engine answers, how much data there is and how fresh it is.",
            "显示引擎是否正常、有多少数据、数据有多新。"},
    .kind = Kind::read,
    .live = true,
    .columns = {{"item", Unit::none, Role::dimension, {"Item", "项目"}},
                {"value", Unit::none, Role::value, {"Value", "值"}}},
    .examples = {"huitou --home shop status"},
    .run = status,
};

}  // namespace huitou::commands
