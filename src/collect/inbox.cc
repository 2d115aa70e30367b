#include "collect/inbox.h"

#include <fmt/format.h>

#include "collect/line.h"

namespace huitou::collect {
namespace {

/// Lines of one row; a commit with more has several.
constexpr std::size_t kRowBytes = 8U << 20U;

constexpr std::string_view kTables[] = {
    "CREATE TABLE deliveries (number INTEGER PRIMARY KEY AUTOINCREMENT, events INTEGER NOT NULL, "
    "bytes INTEGER NOT NULL, lines BLOB NOT NULL);"
    "CREATE TABLE orders (source TEXT NOT NULL, order_key TEXT NOT NULL, state TEXT NOT NULL, "
    "version INTEGER NOT NULL, loaded INTEGER NOT NULL, PRIMARY KEY (source, order_key)) "
    "WITHOUT ROWID;"
    "CREATE INDEX orders_to_load ON orders (source) WHERE loaded < version;",
    "ALTER TABLE orders ADD COLUMN visitor TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE orders ADD COLUMN customer TEXT NOT NULL DEFAULT '';"
    "CREATE INDEX orders_of_guests ON orders (visitor) WHERE visitor != '';"};

Error closed() {
  return {Code::unavailable, "Events are not being taken.", "Try again when the server runs.",
          "暂不接收事件。", "请在服务运行后重试。"};
}

Error full(std::string_view limit, std::uint64_t allowed) {
  return {Code::unavailable,
          fmt::format("The inbox has reached its limit {} of {}.", limit, allowed),
          "Send again later: what waits is moved on all the time.",
          fmt::format("收件箱已达到上限 {}（{}）。", limit, allowed),
          "请稍后重发：等待的数据会持续移出。"};
}

}  // namespace

Result<std::unique_ptr<Inbox>> Inbox::open(const std::string& path, const Limits& limits) {
  TRY(auto writing, store::open_sqlite(path));
  TRY(writing->migrate({std::begin(kTables), std::end(kTables)}));
  // Pages come and go by the hundred: the log may be longer before it is written back.
  TRY(writing->run("PRAGMA wal_autocheckpoint = 8000"));
  TRY(auto reading, store::open_sqlite(path));
  TRY(const Frame held, writing->run("SELECT coalesce(sum(events), 0) AS events, "
                                     "coalesce(sum(bytes), 0) AS bytes FROM deliveries"));
  std::unique_ptr<Inbox> inbox(new Inbox(std::move(writing), std::move(reading), limits));
  inbox->held_events_ = static_cast<std::uint64_t>(held.integer("events", 0).value_or(0));
  inbox->held_bytes_ = static_cast<std::uint64_t>(held.integer("bytes", 0).value_or(0));
  return inbox;
}

Inbox::Inbox(std::unique_ptr<store::Store> writing, std::unique_ptr<store::Store> reading,
             const Limits& limits)
    : limits_(limits), writing_(std::move(writing)), reading_(std::move(reading)) {}

Inbox::~Inbox() { stop(); }

void Inbox::start() {
  const std::lock_guard lock(mutex_);
  if (running_) return;
  running_ = true;
  thread_ = std::thread([this] { run(); });
}

void Inbox::stop() {
  {
    const std::lock_guard lock(mutex_);
    running_ = false;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

Status Inbox::put(Arrival arrival) {
  const std::lock_guard lock(mutex_);
  if (!running_) return closed();
  if (held_events_ + arrival.events > limits_.waiting_events) {
    return full("waiting_events", limits_.waiting_events);
  }
  if (held_bytes_ + arrival.lines.size() > limits_.waiting_bytes) {
    return full("waiting_bytes", limits_.waiting_bytes);
  }
  held_events_ += arrival.events;
  held_bytes_ += arrival.lines.size();
  arrived_.push_back(std::move(arrival));
  if (arrived_.size() == 1) wake_.notify_one();
  return {};
}

void Inbox::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return !arrived_.empty() || !running_; });
    if (arrived_.empty()) return;
    std::vector<Arrival> arrivals = std::move(arrived_);
    arrived_.clear();
    lock.unlock();
    write(arrivals);
    lock.lock();
  }
}

/// One commit for all that came while the last one was written.
void Inbox::write(std::vector<Arrival>& arrivals) {
  Status written = write_lines(arrivals);
  if (!written.ok()) {
    // Whatever it was (a full disk, say), the client may try again.
    Error error = written.error();
    error.code = Code::unavailable;
    written = std::move(error);
    const std::lock_guard lock(mutex_);
    for (const Arrival& arrival : arrivals) {
      held_events_ -= arrival.events;
      held_bytes_ -= arrival.lines.size();
    }
  }
  for (const Arrival& arrival : arrivals) arrival.done(written);
}

Status Inbox::write_lines(const std::vector<Arrival>& arrivals) {
  return writing_->transaction([&](store::Store& store) -> Status {
    std::string lines;
    std::uint64_t events = 0;
    for (std::size_t i = 0; i < arrivals.size(); ++i) {
      lines += arrivals[i].lines;
      events += arrivals[i].events;
      if (lines.size() < kRowBytes && i + 1 < arrivals.size()) continue;
      const auto bytes = static_cast<std::int64_t>(lines.size());
      TRY(store.run("INSERT INTO deliveries (events, bytes, lines) VALUES (?, ?, ?)",
                    {static_cast<std::int64_t>(events), bytes, std::move(lines)}));
      lines = {};
      events = 0;
    }
    return {};
  });
}

Result<std::optional<Batch>> Inbox::oldest() {
  TRY(const Frame sizes, reading_->run("SELECT number, events, bytes FROM deliveries "
                                       "ORDER BY number LIMIT 20000"));
  Batch batch;
  std::uint64_t bytes = 0;
  for (std::size_t row = 0; row < sizes.rows(); ++row) {
    const auto events = static_cast<std::uint64_t>(sizes.at("events").integers()[row]);
    bytes += static_cast<std::uint64_t>(sizes.at("bytes").integers()[row]);
    const bool over = batch.events + events > limits_.moved_events || bytes > limits_.moved_bytes;
    if (row > 0 && over) break;
    batch.events += events;
    batch.last = sizes.at("number").integers()[row];
  }
  if (sizes.rows() == 0) return std::optional<Batch>();
  TRY(const Frame found,
      reading_->run("SELECT lines FROM deliveries WHERE number <= ? ORDER BY number",
                    {batch.last}));
  for (std::size_t row = 0; row < found.rows(); ++row) {
    batch.lines += found.at("lines").texts().at(row);
  }
  return std::optional<Batch>(std::move(batch));
}

Status Inbox::remove(const Batch& batch, const std::function<Status(store::Store&)>& also) {
  TRY(change([&](store::Store& store) -> Status {
    TRY(also(store));
    TRY(store.run("DELETE FROM deliveries WHERE number <= ?", {batch.last}));
    return {};
  }));
  const std::lock_guard lock(mutex_);
  held_events_ -= batch.events;
  held_bytes_ -= batch.lines.size();
  return {};
}

Status Inbox::change(const std::function<Status(store::Store&)>& work) {
  return writing_->transaction(work);
}

Result<Waiting> Inbox::waiting() const {
  TRY(const Frame held, reading_->run("SELECT coalesce(sum(events), 0) AS events, "
                                      "coalesce(sum(bytes), 0) AS bytes FROM deliveries"));
  TRY(const Frame first,
      reading_->run("SELECT CAST(substr(lines, 1, 13) AS INTEGER) AS received_ms FROM deliveries "
                    "ORDER BY number LIMIT 1"));
  Waiting out;
  out.events = static_cast<std::uint64_t>(held.integer("events", 0).value_or(0));
  out.bytes = static_cast<std::uint64_t>(held.integer("bytes", 0).value_or(0));
  if (first.rows() > 0) out.since_ms = first.integer("received_ms", 0);
  return out;
}

}  // namespace huitou::collect
