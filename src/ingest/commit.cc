#include "ingest/commit.h"

#include "ingest/build.h"
#include "ingest/entities.h"
#include "ingest/ingest.h"
#include "ingest/staged.h"
#include "schema/schema.h"

namespace huitou::ingest {

Status apply(engine::Engine& engine, const CommitPlan& plan) {
  for (const std::string& table : plan.append) {
    TRY(const engine::Query query, statement("append_" + table));
    TRY(engine.execute(query));
  }
  for (const std::string& table : plan.whole) {
    TRY(engine.replace_partitions(table, "load_" + table, {"all"}));
  }
  if (!plan.order_months.empty()) {
    TRY(engine.replace_partitions("orders", "load_orders", plan.order_months));
  }
  if (!plan.line_months.empty()) {
    TRY(engine.replace_partitions("order_lines", "load_order_lines", plan.line_months));
  }
  return {};
}

Status write_findings(engine::Engine& engine, const FindingsOf& of, const Findings& findings) {
  if (findings.kept().empty()) {
    return {};
  }
  const std::vector<engine::TableColumn>& columns = schema::table("findings").columns;
  Frame frame = frame_of(columns);
  for (const Finding& finding : findings.kept()) {
    const RuleCard& card = rule_card(finding.rule);
    std::vector<Column>& to = frame.columns;
    to[0].push_integer(static_cast<std::int64_t>(of.load_id));
    to[1].push_integer(of.now);
    to[2].push_text(of.source);
    to[3].push_text(of.file);
    to[4].push_integer(static_cast<std::int64_t>(finding.line));
    to[5].push_text(finding.field);
    to[6].push_text(finding.value);
    to[7].push_text(card.name);
    to[8].push_text(card.severity);
    to[9].push_text(card.action);
    to[10].push_text(card.meaning.en);
    to[11].push_text(card.meaning.zh);
  }
  TRY(const auto inserter, engine.insert("findings", columns));
  TRY(inserter->write(frame));
  return inserter->finish();
}

Status recover(engine::Engine& engine, store::Store& store) {
  Journal journal(store);
  TRY(journal.ensure());
  TRY(const std::vector<Journal::Open> open, journal.open_loads());
  for (const Journal::Open& load : open) {
    if (load.state == "committing") {
      TRY(apply(engine, load.plan));
      TRY(journal.finish(load.id));
    } else {
      TRY(journal.fail(load.id));
    }
  }
  return drop_staged(engine);
}

Result<std::int64_t> data_version(store::Store& store) {
  Journal journal(store);
  TRY(journal.ensure());
  return journal.data_version();
}

Result<std::int64_t> data_changed(store::Store& store, std::string_view by, std::int64_t now) {
  Journal journal(store);
  TRY(journal.ensure());
  return journal.changed(by, now);
}

std::vector<RuleCount> rule_counts(const Findings& findings) {
  std::vector<RuleCount> counts;
  for (std::size_t i = 0; i < kRules; ++i) {
    const auto rule = static_cast<Rule>(i);
    if (findings.rows(rule) > 0) {
      const RuleCard& card = rule_card(rule);
      counts.push_back({std::string(card.name),
                        std::string(card.severity),
                        std::string(card.action),
                        findings.rows(rule),
                        {std::string(card.meaning.en), std::string(card.meaning.zh)}});
    }
  }
  return counts;
}

Result<MonthsLoaded> months_loaded(store::Store& store, std::int64_t after) {
  Journal journal(store);
  TRY(journal.ensure());
  return journal.months_loaded(after);
}

Result<Frame> loads(store::Store& store) {
  TRY(Journal(store).ensure());
  TRY(Frame frame,
      store.run("SELECT id AS load_id, loaded_at, path AS file, table_name AS \"table\", source, "
                "rows_read, "
                "rows_loaded, rows_left_out, first_day, last_day, data_version FROM loads "
                "WHERE state = 'done' ORDER BY id DESC LIMIT 10000"));
  frame.at("loaded_at").type = ColumnType::time;
  for (const char* day : {"first_day", "last_day"}) {
    if (frame.at(day).type == ColumnType::integer) {
      frame.at(day).type = ColumnType::date;
    }
  }
  return frame;
}

Result<Frame> findings(engine::Engine& engine, store::Store& store, const FindingsQuery& query) {
  Journal journal(store);
  TRY(journal.ensure());
  TRY(engine::IntegerList ids, journal.newest());
  if (query.load_id) {
    ids = {static_cast<std::int64_t>(*query.load_id)};
  }
  TRY(const engine::Query text,
      statement("findings", {{"loads", ids},
                             {"rule", query.rule},
                             {"limit", static_cast<std::int64_t>(query.limit)}}));
  return engine.query(text);
}

Result<Frame> finding_counts(store::Store& store, std::optional<std::uint64_t> load_id) {
  TRY(Journal(store).ensure());
  const std::string which =
      load_id ? "l.id = ?"
              : "l.id IN (SELECT max(id) FROM loads WHERE state = 'done' GROUP BY path)";
  const std::vector<store::Value> values =
      load_id ? std::vector<store::Value>{static_cast<std::int64_t>(*load_id)}
              : std::vector<store::Value>{};
  return store.run(
      "SELECT r.load_id AS load_id, l.path AS file, r.rule AS rule, r.severity AS severity, "
      "r.action AS action, r.rows AS rows, r.message_en AS message_en, r.message_zh AS message_zh "
      "FROM load_rules AS r JOIN loads AS l ON l.id = r.load_id WHERE l.state = 'done' AND " +
          which + " ORDER BY r.load_id DESC, r.rows DESC, r.rule LIMIT 10000",
      values);
}

}  // namespace huitou::ingest
