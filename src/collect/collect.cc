#include "collect/collect.h"

#include <fmt/format.h>
#include <sodium.h>

#include <chrono>
#include <filesystem>

#include "collect/mover.h"
#include "collect/order_book.h"
#include "collect/statement.h"
#include "identity/identity.h"

namespace huitou::collect {
namespace {

using Clock = std::chrono::steady_clock;

/// After an error the next try waits this many times longer, up to the limit.
constexpr int kBackOff = 2;
constexpr std::chrono::milliseconds kLongestWait{30'000};

Error no_such_key() {
  return {Code::denied, "The write key is missing or not known.",
          "Make one with `huitou events keys add`; a new key works within a second.",
          "缺少写入密钥，或密钥未知。", "请用 `huitou events keys add` 创建；新密钥一秒内生效。"};
}

}  // namespace

Result<std::unique_ptr<Collector>> Collector::open(engine::Engine& engine, store::Store& store,
                                                   const CollectorOptions& options) {
  CHECK(sodium_init() >= 0);
  TRY(ensure_keys(store));
  std::unique_ptr<Collector> collector(new Collector(engine, store, options));
  const auto path = std::filesystem::path(options.home) / "inbox.sqlite";
  TRY(collector->inbox_, Inbox::open(path.string(), options.limits));
  TRY(collector->mover_,
      Mover::open({engine, store}, *collector->inbox_, options.time_zone, options.currency));
  return collector;
}

Collector::Collector(engine::Engine& engine, store::Store& store, const CollectorOptions& options)
    : engine_(engine), store_(store), options_(options) {
  id_prefix_ = fmt::format("h{:08x}{:08x}-", randombytes_random(), randombytes_random());
}

Collector::~Collector() { stop(); }

void Collector::start(Surroundings surroundings) {
  read_key_ring();
  const std::lock_guard lock(mutex_);
  if (running_) return;
  running_ = true;
  around_ = std::move(surroundings);
  inbox_->start();
  thread_ = std::thread([this] { run(); });
}

void Collector::stop() {
  {
    const std::lock_guard lock(mutex_);
    running_ = false;
  }
  wake_.notify_all();
  inbox_->stop();
  if (thread_.joinable()) thread_.join();
}

std::unique_ptr<BodyReader> Collector::borrow_reader() {
  const std::lock_guard lock(mutex_);
  if (readers_.empty()) return std::make_unique<BodyReader>(options_.limits);
  auto reader = std::move(readers_.back());
  readers_.pop_back();
  return reader;
}

void Collector::give_back(std::unique_ptr<BodyReader> reader) {
  const std::lock_guard lock(mutex_);
  readers_.push_back(std::move(reader));
}

Result<std::string> Collector::source_of(const Delivery& delivery, const Body& body) const {
  std::string key = key_of_authorization(delivery.authorization);
  if (key.empty()) key = delivery.write_key.empty() ? body.write_key : delivery.write_key;
  std::shared_ptr<const KeyRing> ring;
  {
    const std::lock_guard lock(mutex_);
    ring = keys_;
  }
  if (key.empty() || ring == nullptr) return no_such_key();
  const auto found = ring->find(key_hash(key));
  if (found == ring->end()) return no_such_key();
  return found->second;
}

std::string Collector::lines_of(const Body& body, const std::string& source) {
  const std::int64_t now = around_.now_ms();
  std::string lines;
  lines.reserve(body.text.size() + body.items.size() * 64);
  for (const Body::Item& item : body.items) {
    Line line{.received_ms = now, .kind = item.kind, .source = source, .sent_ms = body.sent_ms};
    std::string made;
    if (!item.has_message_id) {
      made = id_prefix_ + std::to_string(ids_given_.fetch_add(1));
      line.fallback_id = made;
    }
    line.json = body.json(item);
    append_line(line, lines);
  }
  return lines;
}

void Collector::take(const Delivery& delivery, std::function<void(Result<Receipt>)> done) {
  auto reader = borrow_reader();
  auto body = reader->read(delivery.kind, delivery.body);
  give_back(std::move(reader));
  if (!body.ok()) return done(body.error());
  const auto source = source_of(delivery, *body);
  if (!source.ok()) return done(source.error());
  Receipt receipt{body->items.size(), std::move(body->refused)};
  if (receipt.taken == 0) return done(std::move(receipt));
  Arrival arrival{.lines = lines_of(*body, *source), .events = receipt.taken};
  const auto answer = std::make_shared<std::function<void(Result<Receipt>)>>(std::move(done));
  arrival.done = [answer, receipt = std::move(receipt)](const Status& written) {
    (*answer)(written.ok() ? Result<Receipt>(receipt) : Result<Receipt>(written.error()));
  };
  const Status put = inbox_->put(std::move(arrival));
  if (!put.ok()) (*answer)(put.error());
}

Result<CollectState> Collector::state() const {
  CollectState state;
  TRY(state.waiting, inbox_->waiting());
  const std::lock_guard lock(mutex_);
  state.error = error_;
  return state;
}

/// Keeps what the last try said; logs a new error once.
void Collector::note(const Status& status) {
  std::optional<Error> now;
  if (!status.ok()) now = status.error();
  const std::lock_guard lock(mutex_);
  if (now && (!error_ || error_->message != now->message)) {
    around_.log("events: " + describe(*now));
  }
  error_ = std::move(now);
}

/// Keys that cannot be read now stay as they were.
void Collector::read_key_ring() {
  auto keys = read_keys(store_);
  if (!keys.ok()) return;
  const std::lock_guard lock(mutex_);
  keys_ = std::move(*keys);
}

void Collector::run() {
  auto orders_due = Clock::now();
  while (wait()) {
    read_key_ring();
    Status status = move_all();
    if (status.ok() && Clock::now() >= orders_due) {
      const auto began = Clock::now();
      status = load_orders();
      if (status.ok()) status = follow_persons();
      if (status.ok()) status = follow_guests();
      // All of it takes at most a tenth of the time, however large the tables are.
      const auto took = Clock::now() - began;
      orders_due = Clock::now() + std::max<Clock::duration>(
                                      std::chrono::milliseconds(options_.orders_ms), 9 * took);
    }
    note(status);
    const std::lock_guard lock(mutex_);
    pause_ = status.ok() ? std::chrono::milliseconds(options_.move_ms)
                         : std::min(kBackOff * pause_, kLongestWait);
  }
}

/// Until it is time for the next batch; false at the end.
bool Collector::wait() {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, pause_, [this] { return !running_; });
  return running_;
}

Status Collector::move_all() {
  while (true) {
    Moved moved;
    TRY(around_.alone([&]() -> Status {
      TRY(moved, mover_->move());
      return {};
    }));
    is_to_follow_ = is_to_follow_ || moved.claims;
    const std::lock_guard lock(mutex_);
    const bool is_small = moved.taken < options_.limits.moved_events / 2;
    if (is_small || !running_) return {};
  }
}

Status Collector::load_orders() {
  while (true) {
    TRY(const bool any, has_changed_orders(inbox_->store()));
    if (!any) return {};
    const std::int64_t now = around_.now_ms() / 1000;
    ingest::LoadOptions options;
    options.time_zone = options_.time_zone;
    options.currency = options_.currency;
    options.now = now;
    options.today = around_.day_at(now);
    TRY(around_.load([&]() -> Status {
      is_to_follow_ = true;
      TRY(const auto loaded, load_changed_orders(inbox_->store(), {engine_, store_}, options));
      return inbox_->change([&](store::Store& store) { return mark_loaded(store, loaded); });
    }));
  }
}

/// Brings events and orders to their persons; answers of before are out of date if any moved.
Status Collector::follow_persons() {
  if (!is_to_follow_) return {};
  bool any = false;
  TRY(around_.alone([&]() -> Status {
    TRY(const auto done, identity::follow(engine_, store_, around_.now_ms() / 1000));
    any = done.moved_rows + done.moved_events > 0;
    return {};
  }));
  is_to_follow_ = false;
  return any ? around_.load([] { return Status(); }) : Status();
}

/// Whatever brings events to another person gives the data a new version; orders of visitors may
/// have to follow then.
Status Collector::follow_guests() {
  TRY(const std::int64_t version, ingest::data_version(store_));
  if (version == guests_version_) return {};
  TRY(const auto guests, moved_guests(inbox_->store(), {engine_, store_}));
  if (!guests.empty()) {
    TRY(inbox_->change([&](store::Store& inbox) { return mark_changed(inbox, guests); }));
  }
  TRY(load_orders());
  TRY(follow_persons());
  TRY(guests_version_, ingest::data_version(store_));
  return {};
}

Status Collector::drain(const Surroundings& surroundings) {
  around_ = surroundings;
  while (true) {
    TRY(const Moved moved, mover_->move());
    is_to_follow_ = is_to_follow_ || moved.claims;
    if (moved.taken > 0) continue;
    TRY(load_orders());
    TRY(follow_persons());
    return follow_guests();
  }
}

Result<Frame> recent_events(engine::Engine& engine, const EventsQuery& query) {
  return engine.query(
      statement("events_recent", {{"from", query.from},
                                  {"source", query.source},
                                  {"name", query.name},
                                  {"limit", static_cast<std::int64_t>(query.limit)}}));
}

Result<Frame> counted_events(engine::Engine& engine, Date from) {
  return engine.query(statement("events_counted", {{"from", from}}));
}

}  // namespace huitou::collect
