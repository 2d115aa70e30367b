// For tests: loads files into a home of engine and store in a process of its own, so that it can be
// killed. `ingest_load_driver DIR FILE...` prints what became of each file; with no file it only
// recovers and prints the figures that a clean load would give.

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <memory>

#include "engine/engine.h"
#include "ingest/ingest.h"
#include "schema/schema.h"
#include "store/store.h"

namespace huitou::ingest {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void print(const Loaded& loaded) {
  fmt::print(
      "{} as {}{}: read {} loaded {} left out {}; orders {} lines {} customers {} new {}; version "
      "{}\n",
      loaded.path, loaded.table, loaded.unchanged ? " (unchanged)" : "", loaded.rows_read,
      loaded.rows_loaded, loaded.rows_left_out, loaded.orders, loaded.lines, loaded.customers,
      loaded.new_customers, loaded.data_version);
  for (const RuleCount& rule : loaded.rules) {
    fmt::print("  {:>9} {} ({})\n", rule.rows, rule.rule, rule.action);
  }
  for (const Note& note : loaded.notes) {
    fmt::print("  note {}: {}\n", note.code, note.text.en);
  }
}

/// Prints when each stage began and the processor time used until then.
Progress stage_times() {
  auto last = std::make_shared<std::string>();
  const auto start = std::chrono::steady_clock::now();
  return Progress(
      [last, start](const Step& step) {
        if (step.stage.en != *last) {
          *last = step.stage.en;
          fmt::print("  {:.2f} s, {:.2f} s of processors: {}\n", seconds_since(start),
                     static_cast<double>(std::clock()) / CLOCKS_PER_SEC, step.stage.en);
        }
      },
      nullptr);
}

Status figures(engine::Engine& engine) {
  engine::Query query;
  query.text =
      "SELECT toUInt64(count()) AS orders, toUInt64(uniqExact(order_key)) AS keys, "
      "toUInt64(uniqExactIf(customer_id, customer_id != 0)) AS customers, "
      "toInt64(sum(gross_minor)) AS gross, "
      "toInt64(sum(net_minor)) AS net, toInt64(sum(cityHash64(order_key, ordered_at, status, "
      "net_minor))) AS "
      "content FROM orders";
  TRY(const Frame orders, engine.query(query));
  query.text =
      "SELECT toUInt64(count()) AS lines, toInt64(sum(net_minor)) AS net, "
      "toInt64(sum(cityHash64(order_key, product_key, ordered_on, quantity_milli))) AS content "
      "FROM order_lines";
  TRY(const Frame lines, engine.query(query));
  query.text =
      "SELECT toUInt64(count()) AS identities, toUInt64(uniqExact(key)) AS keys FROM identities";
  TRY(const Frame identities, engine.query(query));
  fmt::print("figures");
  for (const Frame* frame : {&orders, &lines, &identities}) {
    for (const Column& column : frame->columns) {
      fmt::print(" {}={}", column.name, column.integers()[0]);
    }
  }
  fmt::print("\n");
  return {};
}

Status run(const std::string& home, const std::vector<std::string>& files) {
  const auto start = std::chrono::steady_clock::now();
  TRY(const std::unique_ptr<engine::Engine> engine, engine::open_chdb({.path = home + "/engine"}));
  TRY(const std::unique_ptr<store::Store> store, store::open_sqlite(home + "/store.sqlite"));
  TRY(schema::ensure(*engine));
  TRY(recover(*engine, *store));
  // Killed at any time, what was printed must be there.
  std::setvbuf(stdout, nullptr, _IOLBF, 1024);
  fmt::print("opened in {:.3f} s\n", seconds_since(start));
  for (const std::string& file : files) {
    const auto begin = std::chrono::steady_clock::now();
    LoadOptions options{
        .paths = {file}, .mapping_dir = home + "/mappings", .today = Date{30000}, .now = 1};
    TRY(const std::vector<Loaded> loaded, load(*engine, *store, options, stage_times()));
    print(loaded.front());
    fmt::print("  in {:.3f} s\n", seconds_since(begin));
  }
  return files.empty() ? figures(*engine) : Status();
}

}  // namespace
}  // namespace huitou::ingest

int main(int count, char** arguments) {
  if (count < 2) {
    fmt::print(stderr, "usage: {} DIR [FILE...]\n", arguments[0]);
    return 64;
  }
  std::filesystem::create_directories(arguments[1]);
  const huitou::Status status =
      huitou::ingest::run(arguments[1], {arguments + 2, arguments + count});
  if (!status.ok()) {
    fmt::print(stderr, "{}\n", huitou::describe(status.error()));
    return huitou::exit_code(status.error().code);
  }
  return 0;
}
