#include "commands/shop.h"

#include <cctz/time_zone.h>
#include <fmt/format.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "commands/desk.h"
#include "commands/kept.h"
#include "costs/costs.h"
#include "identity/identity.h"
#include "ingest/ingest.h"
#include "quality/quality.h"
#include "schema/schema.h"

namespace huitou::commands {
namespace {

namespace fs = std::filesystem;

Error cannot_write(const std::string& path, const std::string& reason) {
  return {Code::unavailable, fmt::format("'{}' cannot be written: {}.", path, reason),
          "Choose another --home or give the right to write there.",
          fmt::format("无法写入“{}”：{}。", path, reason), "请换一个 --home，或授予写入权限。"};
}

Status make_directories(const std::string& home) {
  std::error_code error;
  for (const char* part : {"", "uploads", "logs", "mappings"}) {
    fs::create_directories(fs::path(home) / part, error);
    if (error) return cannot_write((fs::path(home) / part).string(), error.message());
  }
  return {};
}

Status check_settings(const Settings& settings) {
  cctz::time_zone zone;
  if (!cctz::load_time_zone(settings.time_zone, &zone)) {
    return Error{Code::invalid_input, fmt::format("'{}' is not a time zone.", settings.time_zone),
                 "Give a name such as Asia/Shanghai or Europe/London.",
                 fmt::format("“{}”不是有效的时区。", settings.time_zone),
                 "请使用如 Asia/Shanghai、Europe/London 的名称。"};
  }
  const bool letters =
      settings.currency.size() == 3 &&
      settings.currency.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos;
  if (!letters) {
    return Error{Code::invalid_input, fmt::format("'{}' is not a currency.", settings.currency),
                 "Give the three capital letters of its ISO code, such as CNY or GBP.",
                 fmt::format("“{}”不是货币代码。", settings.currency),
                 "请使用三个大写字母的 ISO 代码，如 CNY、GBP。"};
  }
  return {};
}

std::string settings_text(const Settings& settings) {
  return fmt::format(
      "# Settings of this shop. 店铺设置。\n\n"
      "time_zone = \"{}\"  # of the shop's calendar days  日历日所用时区\n"
      "currency = \"{}\"            # ISO code  货币代码\n"
      "week_start = \"{}\"       # monday or sunday  一周的第一天\n"
      "engine = \"chdb\"             # chdb (in this process) or cluster (see below)\n\n"
      "[limits]                    # of one query  单个查询的上限\n"
      "seconds = {}\n"
      "memory_megabytes = {}\n"
      "result_rows = {}\n\n"
      "# [cluster]                 # a ClickHouse cluster instead of the embedded engine\n"
      "# name = \"huitou\"\n"
      "# database = \"default\"\n"
      "# user = \"default\"\n"
      "# password = \"\"\n"
      "# shards = [[\"http://10.0.0.1:8123\", \"http://10.0.0.2:8123\"]]\n",
      settings.time_zone, settings.currency, week_start_name(settings.week_start),
      settings.limits.seconds, settings.limits.memory_bytes >> 20U, settings.limits.result_rows);
}

std::int64_t utc_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

Result<std::unique_ptr<engine::Engine>> open_engine(const std::string& home,
                                                    const Settings& settings) {
  if (settings.engine == "cluster") return engine::open_cluster(settings.cluster);
  return engine::open_chdb({.path = (fs::path(home) / "engine").string()});
}

}  // namespace

Status create_home(const std::string& home, const Settings& settings) {
  TRY(check_settings(settings));
  TRY(make_directories(home));
  const fs::path path = fs::path(home) / "huitou.toml";
  if (fs::exists(path)) return {};
  // Whole or not at all: a part of the settings would be other settings.
  const fs::path draft = path.string() + ".draft";
  std::ofstream file(draft);
  file << settings_text(settings);
  file.close();
  if (!file) return cannot_write(path.string(), std::strerror(errno));
  std::error_code failed;
  fs::rename(draft, path, failed);
  // Another process may have made the home meanwhile.
  if (failed && !fs::exists(path)) return cannot_write(path.string(), failed.message());
  return {};
}

Result<std::unique_ptr<Shop>> open_shop(const std::string& home) {
  if (!fs::exists(fs::path(home) / "huitou.toml")) TRY(create_home(home, Settings{}));
  TRY(make_directories(home));
  auto shop = std::make_unique<Shop>();
  shop->home = home;
  TRY(shop->settings, read_settings(home));
  TRY(check_settings(shop->settings));
  TRY(shop->engine, open_engine(home, shop->settings));
  TRY(shop->store, store::open_sqlite((fs::path(home) / "store.sqlite").string()));
  TRY(schema::ensure(*shop->engine));
  TRY(ensure_kept(*shop->store));
  TRY(ingest::recover(*shop->engine, *shop->store));
  TRY(identity::recover(*shop->engine, *shop->store));
  TRY(quality::settle(*shop->engine, *shop->store));
  forms::Desk desk = desk_of(*shop, utc_now());
  TRY(forms::settle(desk));
  TRY(costs::settle(*shop->engine, *shop->store, desk.now));
  TRY(shop->collector, collect::Collector::open(*shop->engine, *shop->store,
                                                {.home = home,
                                                 .time_zone = shop->settings.time_zone,
                                                 .currency = shop->settings.currency}));
  return shop;
}

Result<std::unique_ptr<Shop>> open_shop_until_exit(const std::string& home) {
  TRY(std::unique_ptr<Shop> shop, open_shop(home));
  engine::keep_open(shop->engine);
  return shop;
}

}  // namespace huitou::commands
