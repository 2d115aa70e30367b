#include "commands/recorded.h"

#include <algorithm>
#include <mutex>

#include "commands/kept.h"
#include "commands/shop.h"

namespace huitou::commands {
namespace {

/// The shop's engine, with what it is asked.
class Recorder final : public engine::Engine {
 public:
  explicit Recorder(engine::Engine& engine) : engine_(engine) {}

  std::vector<std::string> texts() const {
    const std::lock_guard lock(mutex_);
    return texts_;
  }

  Result<Frame> query(const engine::Query& query) override {
    note(query.text);
    return engine_.query(query);
  }
  Status stream(const engine::Query& query,
                const std::function<Status(const Frame&)>& take) override {
    note(query.text);
    return engine_.stream(query, take);
  }
  Status execute(const engine::Query& query) override { return engine_.execute(query); }
  Result<std::unique_ptr<engine::Inserter>> insert(const std::string& table,
                                                   std::vector<engine::TableColumn> columns,
                                                   engine::Blocks blocks) override {
    return engine_.insert(table, std::move(columns), blocks);
  }
  Status settle() override { return engine_.settle(); }
  Status cancel(const std::string& id) override { return engine_.cancel(id); }
  Result<engine::Health> health() override { return engine_.health(); }
  Status create_table(const engine::TableSpec& spec) override { return engine_.create_table(spec); }
  Status drop_table(const std::string& name) override { return engine_.drop_table(name); }
  Status truncate_table(const std::string& name) override { return engine_.truncate_table(name); }
  Result<std::vector<std::string>> tables() override { return engine_.tables(); }
  Result<engine::TableColumns> columns() override { return engine_.columns(); }
  Status replace_partitions(const std::string& table, const std::string& staging,
                            const std::vector<std::string>& partitions) override {
    return engine_.replace_partitions(table, staging, partitions);
  }
  Result<engine::PartitionNames> partition_names(const std::string& table) override {
    return engine_.partition_names(table);
  }

 private:
  void note(const std::string& text) {
    const std::lock_guard lock(mutex_);
    if (std::find(texts_.begin(), texts_.end(), text) == texts_.end()) texts_.push_back(text);
  }

  engine::Engine& engine_;
  mutable std::mutex mutex_;
  std::vector<std::string> texts_;
};

constexpr std::string_view kTable =
    "CREATE TABLE IF NOT EXISTS lineage_queries (analysis TEXT NOT NULL, program TEXT NOT NULL, "
    "position INTEGER NOT NULL, query TEXT NOT NULL, PRIMARY KEY (analysis, position))";

Status keep(store::Store& shop_store, const std::string& name, const std::string& program,
            const std::vector<std::string>& texts) {
  return shop_store.transaction([&](store::Store& store) -> Status {
    TRY(store.run("DELETE FROM lineage_queries WHERE analysis = ?", {name}));
    for (std::size_t i = 0; i < texts.size(); ++i) {
      TRY(store.run("INSERT INTO lineage_queries VALUES (?, ?, ?, ?)",
                    {name, program, static_cast<std::int64_t>(i), texts[i]}));
    }
    return {};
  });
}

}  // namespace

Result<std::vector<std::string>> recorded_queries(const Call& call,
                                                  const analyses::Analysis& analysis) {
  store::Store& store = *call.shop.store;
  const std::string name(analysis.card.name);
  const std::string program = program_mark();
  TRY(store.run(std::string(kTable)));
  TRY(const Frame rows, store.run("SELECT query FROM lineage_queries WHERE analysis = ? AND "
                                  "program = ? ORDER BY position",
                                  {name, program}));
  std::vector<std::string> texts;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    texts.push_back(rows.text("query", row).value_or(""));
  }
  if (!texts.empty()) return texts;
  Recorder recorder(*call.shop.engine);
  const auto answered = analyses::answer(analysis, {.engine = recorder,
                                                    .values = {},
                                                    .today = call.today,
                                                    .currency = call.shop.settings.currency,
                                                    .limits = call.shop.settings.limits,
                                                    .week_start = call.shop.settings.week_start});
  if (!answered.ok()) {
    if (answered.error().code == Code::not_enough_data) return texts;
    return answered.error();
  }
  texts = recorder.texts();
  TRY(keep(store, name, program, texts));
  return texts;
}

}  // namespace huitou::commands
