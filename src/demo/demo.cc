#include "demo/demo.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <future>
#include <memory>
#include <thread>

#include "demo/accounts.h"
#include "demo/rows.h"

namespace huitou::demo {
namespace {

constexpr std::uint64_t kCustomersPerBlock = 2'000;
constexpr int kShortestDays = 60;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using FileHandle = std::unique_ptr<std::FILE, CloseFile>;

Error disk_error(const std::string& path) {
  const std::string reason = std::strerror(errno);
  return {Code::limit_reached, "'" + path + "' cannot be written: " + reason + ".",
          "Free some space or choose another folder.", "无法写入“" + path + "”：" + reason + "。",
          "请清理磁盘空间或更换目录。"};
}

Status put(const FileHandle& file, const std::string& path, const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), file.get()) != text.size()) {
    return disk_error(path);
  }
  return {};
}

Status put_whole(const std::string& path, const std::string& text) {
  const FileHandle file(std::fopen(path.c_str(), "wb"));
  if (!file) {
    return disk_error(path);
  }
  TRY(put(file, path, text));
  return std::fflush(file.get()) == 0 ? Status{} : Status{disk_error(path)};
}

void add(DemoSummary& sum, const DemoSummary& part) {
  sum.customers += part.customers;
  sum.orders += part.orders;
  sum.order_lines += part.order_lines;
  sum.events += part.events;
  sum.tickets += part.tickets;
  sum.surveys += part.surveys;
  sum.accounts += part.accounts;
  sum.duplicate_rows += part.duplicate_rows;
  sum.late_orders += part.late_orders;
  sum.corrected_orders += part.corrected_orders;
  sum.broken_rows += part.broken_rows;
}

Rows block(const DemoOptions& options, const Calendar& calendar, std::uint64_t begin) {
  Rows rows;
  const std::uint64_t end = std::min(begin + kCustomersPerBlock, options.customers);
  for (std::uint64_t index = begin; index < end; ++index) {
    write_rows(live(options.seed, index, calendar), options, rows);
  }
  return rows;
}

std::string truth_text(const DemoOptions& options, const DemoSummary& sum) {
  const std::string noise = fmt::format(
      R"({{"duplicate_orders": {}, "late_orders": {}, "corrected_orders": {}, "broken_rows": {}}})",
      sum.duplicate_rows, sum.late_orders, sum.corrected_orders, sum.broken_rows);
  const std::string accounts = fmt::format(
      R"({{"others": {}, "several_share": {}, "lost": {}, "masked": {}, "counter": {}, "invented": {}, "family_device": {}, "passed_on": {}}})",
      sum.accounts, AccountTruth::several, AccountTruth::lost, AccountTruth::masked,
      AccountTruth::counter, AccountTruth::invented, AccountTruth::family_device,
      AccountTruth::passed_on);
  const std::string drivers = fmt::format(
      R"([
    {{"name": "early_contact", "acts_on": "dropout", "factor": {}, "confounded_by": "channel"}},
    {{"name": "store_channel", "acts_on": "dropout", "factor": {}}},
    {{"name": "slow_service", "acts_on": "dropout", "factor": {}, "beyond_minutes": {}}},
    {{"name": "double_eleven_cohort", "acts_on": "dropout", "factor": {}}},
    {{"name": "coupon", "acts_on": "order_rate", "factor": {}, "randomised_share": {}, "from_days": {}, "to_days": {}}}
  ])",
      Truth::contact_factor, Truth::store_factor, Truth::slow_factor, Truth::slow_minutes,
      Truth::double_eleven_factor, Truth::coupon_rate_factor, Truth::coupon_share,
      Truth::coupon_from_days, Truth::coupon_to_days);
  return fmt::format(
      R"({{
  "seed": {}, "from": "{}", "to": "{}",
  "customers": {}, "orders": {}, "order_lines": {}, "events": {}, "tickets": {}, "surveys": {},
  "rate": {{"distribution": "gamma", "shape": {}, "mean": "1 / cycle of the main category"}},
  "gap": {{"distribution": "gamma", "shape": {}}},
  "dropout": {{"distribution": "beta", "a": {}, "b": {}}},
  "contact_share": {{"store": {}, "online": {}}},
  "cancelled_share": {}, "refunded_share": {}, "partly_refunded_share": {},
  "noise": {},
  "accounts": {},
  "drivers": {}
}}
)",
      options.seed, format_date(options.from), format_date(options.to), sum.customers, sum.orders,
      sum.order_lines, sum.events, sum.tickets, sum.surveys, Truth::rate_shape, Truth::gap_shape,
      Truth::dropout_a, Truth::dropout_b, Truth::contact_store, Truth::contact_online,
      Truth::cancelled, Truth::refunded, Truth::partly_refunded, noise, accounts, drivers);
}

const char* header_of(File file) {
  if (file == File::orders_late) {
    return files().at(static_cast<std::size_t>(File::orders)).header;
  }
  if (file == File::order_lines_late) {
    return files().at(static_cast<std::size_t>(File::order_lines)).header;
  }
  return files().at(static_cast<std::size_t>(file)).header;
}

/// The open files of one run.
class Writer {
 public:
  static Result<Writer> open(const std::string& directory) {
    Writer writer;
    for (std::size_t index = 0; index < kFiles; ++index) {
      writer.paths_.at(index) = directory + "/" + files().at(index).name;
      writer.handles_.at(index).reset(std::fopen(writer.paths_.at(index).c_str(), "wb"));
      if (!writer.handles_.at(index)) {
        return disk_error(writer.paths_.at(index));
      }
      TRY(put(writer.handles_.at(index), writer.paths_.at(index),
              header_of(static_cast<File>(index))));
    }
    return writer;
  }

  Status write(const Rows& rows) {
    for (std::size_t index = 0; index < kFiles; ++index) {
      TRY(put(handles_.at(index), paths_.at(index), rows.text.at(index)));
      bytes_ += rows.text.at(index).size();
    }
    return {};
  }

  Status finish() {
    for (std::size_t index = 0; index < kFiles; ++index) {
      if (std::fflush(handles_.at(index).get()) != 0) {
        return disk_error(paths_.at(index));
      }
    }
    return {};
  }

  std::uint64_t bytes() const { return bytes_; }

 private:
  std::array<std::string, kFiles> paths_;
  std::array<FileHandle, kFiles> handles_;
  std::uint64_t bytes_ = 0;
};

Status check(const DemoOptions& options) {
  if (options.customers == 0) {
    return Error{Code::invalid_input, "A shop without customers has nothing to show.",
                 "Give --customers 1 or more.", "没有客户的商店没有可展示的内容。",
                 "请给出 --customers 1 或更大的数。"};
  }
  const int days = options.to.days - options.from.days;
  if (days < kShortestDays) {
    return Error{
        Code::invalid_input,
        fmt::format("The demo shop needs {} days; this period has {}.", kShortestDays, days),
        "Widen the period.",
        fmt::format("演示商店至少需要 {} 天，当前时段只有 {} 天。", kShortestDays, days),
        "请扩大时段。"};
  }
  return {};
}

}  // namespace

Result<DemoSummary> write_demo(const DemoOptions& options, const std::string& directory,
                               const Progress& progress) {
  TRY(check(options));
  std::error_code made;
  std::filesystem::create_directories(directory, made);
  TRY(Writer writer, Writer::open(directory));
  TRY(put_whole(directory + "/products.csv", product_rows()));
  TRY(put_whole(directory + "/stores.csv", store_rows()));

  const Calendar calendar(options.from, options.to);
  const std::size_t threads = options.threads > 0
                                  ? static_cast<std::size_t>(options.threads)
                                  : std::max(1U, std::thread::hardware_concurrency());
  DemoSummary sum;
  for (std::uint64_t begin = 0; begin < options.customers;) {
    if (progress.cancelled()) {
      return Error{Code::conflict, "Writing the demo shop was cancelled.", "",
                   "已取消生成演示商店。", ""};
    }
    std::vector<std::future<Rows>> blocks;
    for (std::size_t thread = 0; thread < threads && begin < options.customers;
         ++thread, begin += kCustomersPerBlock) {
      blocks.push_back(
          std::async(std::launch::async, block, std::cref(options), std::cref(calendar), begin));
    }
    for (std::future<Rows>& made_rows : blocks) {
      const Rows rows = made_rows.get();
      TRY(writer.write(rows));
      add(sum, rows.counts);
    }
    progress.report({{"Writing the demo shop", "生成演示商店"},
                     sum.customers,
                     options.customers,
                     {"customers", "位客户"}});
  }
  TRY(writer.finish());
  sum.bytes = writer.bytes();
  TRY(put_whole(directory + "/truth.json", truth_text(options, sum)));
  return sum;
}

}  // namespace huitou::demo
