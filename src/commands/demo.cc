// demo: a shop whose truth is known, to look at before one's own data is there.

#include "demo/demo.h"

#include <chrono>
#include <filesystem>
#include <fstream>

#include "commands/joined.h"
#include "commands/list.h"
#include "commands/rows.h"
#include "commands/shop.h"
#include "ingest/ingest.h"

namespace huitou::commands {
namespace {

namespace fs = std::filesystem;

constexpr int kYears = 3;

std::int64_t utc_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

demo::DemoOptions options_of(const Call& call) {
  demo::DemoOptions options;
  options.customers = static_cast<std::uint64_t>(call.args.integer("customers"));
  options.seed = static_cast<std::uint64_t>(call.args.integer("seed"));
  options.to = call.args.date("to").value_or(step_start(call.today, Granularity::month));
  options.from = call.args.date("from").value_or(add_steps(options.to, Granularity::year, -kYears));
  options.noise = !call.args.boolean("clean");
  return options;
}

/// A small shop may have no ticket at all; a file of a header only is not worth loading.
bool has_rows(const fs::path& path) {
  std::ifstream file(path);
  std::string line;
  return std::getline(file, line) && std::getline(file, line);
}

/// The files arrive as in a real shop: people and products first, a day later the corrections.
Result<std::vector<ingest::Loaded>> load_files(const Call& call, const std::string& folder,
                                               bool late) {
  std::vector<ingest::Loaded> all;
  std::vector<std::vector<const char*>> deliveries = {{"customers.csv", "products.csv",
                                                       "stores.csv", "order_lines.csv",
                                                       "events.csv", "tickets.csv", "surveys.csv"}};
  if (late) {
    deliveries.push_back({"order_lines_late.csv"});
  }
  for (const auto& names : deliveries) {
    ingest::LoadOptions options;
    for (const char* name : names) {
      const fs::path path = fs::path(folder) / name;
      if (has_rows(path)) options.paths.push_back(path.string());
    }
    if (options.paths.empty()) continue;
    options.mapping_dir = (fs::path(call.shop.home) / "mappings").string();
    options.source = "demo";
    options.time_zone = call.shop.settings.time_zone;
    options.currency = call.shop.settings.currency;
    options.today = call.today;
    options.now = utc_now();
    TRY(const auto loaded,
        ingest::load(*call.shop.engine, *call.shop.store, options, call.progress));
    all.insert(all.end(), loaded.begin(), loaded.end());
  }
  return all;
}

Answer written_answer(const demo::DemoSummary& summary) {
  Answer answer;
  const auto add = [&](const char* name, std::uint64_t value, Words label) {
    Column column = make_column(name, ColumnType::integer);
    column.push_integer(static_cast<std::int64_t>(value));
    answer.frame.columns.push_back(std::move(column));
    answer.columns.push_back(
        {name, Unit::count, Role::value, {std::string(label.en), std::string(label.zh)}});
  };
  add("customers", summary.customers, {"Customers", "客户"});
  add("orders", summary.orders, {"Orders", "订单"});
  add("order_lines", summary.order_lines, {"Order lines", "订单明细"});
  add("events", summary.events, {"Events", "行为"});
  add("tickets", summary.tickets, {"Service tickets", "服务工单"});
  add("surveys", summary.surveys, {"Survey answers", "问卷"});
  add("accounts", summary.accounts, {"Accounts of other systems", "其他系统的账户"});
  add("duplicate_rows", summary.duplicate_rows, {"Rows written twice", "重复行"});
  add("late_orders", summary.late_orders, {"Late orders", "迟到订单"});
  add("corrected_orders", summary.corrected_orders, {"Corrected orders", "更正订单"});
  add("broken_rows", summary.broken_rows, {"Broken rows", "损坏行"});
  add("bytes", summary.bytes, {"Bytes", "字节"});
  return answer;
}

Result<Answer> run_demo(const Call& call) {
  const std::string folder =
      call.args.has("out") ? call.args.text("out") : (fs::path(call.shop.home) / "demo").string();
  TRY(const demo::DemoSummary summary, demo::write_demo(options_of(call), folder, call.progress));
  Answer answer = written_answer(summary);
  if (call.args.boolean("load")) {
    TRY(const auto loaded,
        load_files(call, folder, summary.late_orders + summary.corrected_orders > 0));
    answer = loaded_answer(loaded);
    TRY(join_accounts(call, answer));
  }
  answer.notes.push_back({"written",
                          {"The files are in " + folder + "; truth.json tells what was planted.",
                           "文件位于 " + folder + "；truth.json 记录了预设的真相。"}});
  return answer;
}

}  // namespace

const Command demo_command{
    .name = "demo",
    .title = {"Make a demo shop", "生成演示店铺"},
    .doc = {"Simulates a retailer and writes its files: customers, orders, lines, products, "
            "stores, events, "
            "service, surveys, with the noise of real exports, and beside them what is true. The "
            "same seed "
            "gives the same shop.",
            "模拟一家零售店并写出文件：客户、订单、明细、商品、门店、行为、服务、问卷，带有真实导出"
            "中的噪声，并附上真相。"
            "相同的种子生成相同的店铺。"},
    .kind = Kind::job,
    .params = {{.name = "customers",
                .type = ParamType::integer,
                .doc = {"number of customers", "客户数"},
                .fallback = "20000",
                .at_least = 1,
                .at_most = 1e9},
               {.name = "seed",
                .type = ParamType::integer,
                .doc = {"which shop", "随机种子"},
                .fallback = "1",
                .at_least = 0,
                .at_most = 1e15},
               {.name = "from",
                .type = ParamType::date,
                .doc = {"first possible order; three years before --to if not given",
                        "最早订单日；默认为 to 之前三年"}},
               {.name = "to",
                .type = ParamType::date,
                .doc = {"day after the last possible order; the first of this month if not given",
                        "最后订单日的次日；默认为本月一日"}},
               {.name = "clean",
                .type = ParamType::boolean,
                .doc = {"without duplicates, late and broken rows", "不含重复、迟到与损坏的行"},
                .fallback = "false"},
               {.name = "out",
                .type = ParamType::file,
                .doc = {"directory to write to; HOME/demo if not given",
                        "输出目录；默认为数据目录下的 demo"}},
               {.name = "load",
                .type = ParamType::boolean,
                .doc = {"load the files too", "同时加载这些文件"},
                .fallback = "false"}},
    .examples = {"huitou demo --load", "huitou demo --customers 1000000 --seed 7 --out /tmp/shop"},
    .run = run_demo,
};

}  // namespace huitou::commands
