// For the test that kills refreshes: opens a home, fills its tables, refreshes, says what the
// profile is.
//
//   profile_refresh_driver DIR SEED DAY DATA
//
// SEED 0 fills nothing; DATA `-` refreshes nothing. Stages are printed as they begin.

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "profile/profile.h"
#include "segments/testing.h"

namespace huitou::profile {
namespace {

constexpr const char* kZone = "Asia/Shanghai";
constexpr std::int64_t kFewAtOnce = 7;  // many inserts

struct Asked {
  std::string home;
  std::uint64_t seed = 0;
  Date day;
  std::string data;
};

Status figures(engine::Engine& engine) {
  TRY(const auto names, engine.tables());
  if (std::find(names.begin(), names.end(), table().name) == names.end()) {
    fmt::print("figures none\n");
    return {};
  }
  std::string content;
  for (const engine::TableColumn& column : table().columns) {
    content +=
        (content.empty() ? "" : ", ") + fmt::format("ifNull(toString({}), '-')", column.name);
  }
  TRY(const Frame rows,
      engine.query(
          {.text = "SELECT toInt64(count()) AS rows, toInt64(toUInt16(min(as_of))) AS "
                   "first, toInt64(toUInt16(max(as_of))) AS last, toInt64(sum(cityHash64(" +
                   content + "))) AS content FROM customer_profile"}));
  fmt::print("figures rows={} from={} to={} content={}\n", *rows.integer("rows", 0),
             *rows.integer("first", 0), *rows.integer("last", 0), *rows.integer("content", 0));
  return {};
}

Status run(const Asked& asked) {
  TRY(const std::unique_ptr<engine::Engine> engine,
      engine::open_chdb({.path = asked.home + "/engine"}));
  TRY(const std::unique_ptr<store::Store> store, store::open_sqlite(asked.home + "/store.sqlite"));
  const Date today = *parse_date("2025-06-30");
  segments::testing::Shop shop;
  if (asked.seed > 0) {
    shop = segments::testing::random_shop(asked.seed, today, kZone);
    TRY(segments::testing::fill(*engine, shop));
  }
  if (asked.data == "-") return figures(*engine);
  const Progress progress([](const Step& step) { fmt::print("stage {}\n", step.stage.en); },
                          nullptr);
  TRY(refresh(*engine, *store,
              {.as_of = segments::as_of_day(asked.day, kZone),
               .void_runs = shop.void_runs,
               .data = asked.data,
               .now = 1,
               .numbers_at_once = kFewAtOnce},
              progress));
  return figures(*engine);
}

}  // namespace
}  // namespace huitou::profile

int main(int count, char** arguments) {
  if (count != 5) {
    fmt::print(stderr, "usage: {} DIR SEED DAY DATA\n", arguments[0]);
    return 64;
  }
  // Killed at any time, what was printed must be there.
  std::setvbuf(stdout, nullptr, _IOLBF, 1024);
  std::filesystem::create_directories(arguments[1]);
  const auto day = huitou::parse_date(arguments[3]);
  const huitou::Status status =
      day.ok() ? huitou::profile::run({arguments[1], std::stoull(arguments[2]), *day, arguments[4]})
               : huitou::Status(day.error());
  if (!status.ok()) {
    fmt::print(stderr, "{}\n", huitou::describe(status.error()));
    return huitou::exit_code(status.error().code);
  }
  return 0;
}
