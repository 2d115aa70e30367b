#include "collect/mover.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "collect/statement.h"
#include "identity/identity.h"
#include "schema/schema.h"

namespace huitou::collect {
namespace {

/// An engine refuses an insert that touches more than a hundred partitions.
constexpr std::size_t kMonthsAtOnce = 50;
/// An engine refuses a query text of more than 256 KB: long lists are asked for in parts.
constexpr std::size_t kHashesAtOnce = 5'000;
constexpr std::uint64_t kRoom = 2;  ///< times the rows there are
constexpr std::uint64_t kLeastRoom = 1 << 20;
constexpr std::size_t kClaimsKnown = 1'000'000;

std::string name_of(std::string_view source, std::string_view message_id) {
  std::string name(source);
  name += '\n';
  name += message_id;
  return name;
}

std::int32_t month_of(const Calendar& calendar, const EventRow& row) {
  const Ymd day = ymd_of(calendar.day_of(row.occurred_ms / 1000));
  return day.year * 12 + day.month;
}

}  // namespace

Result<std::unique_ptr<Mover>> Mover::open(const Target& shop, Inbox& inbox,
                                           const std::string& time_zone,
                                           const std::string& currency) {
  TRY(Calendar calendar, Calendar::open(time_zone));
  return std::unique_ptr<Mover>(new Mover(shop, inbox, std::move(calendar), currency));
}

Mover::Mover(const Target& shop, Inbox& inbox, Calendar calendar, const std::string& currency)
    : engine_(shop.engine),
      store_(shop.store),
      inbox_(inbox),
      calendar_(std::move(calendar)),
      reader_(currency) {}

Result<Moved> Mover::move() {
  TRY(const std::optional<Batch> batch, inbox_.oldest());
  if (!batch) return Moved{};
  const std::vector<EventRow> rows = read(*batch);
  TRY(look(rows.size()));
  TRY(std::vector<Placed> news, fresh(rows));
  // Before the events: a claim without its event does no harm, and is there when the batch is moved
  // again; an event without its claim would stay where it is.
  TRY(claim(rows));
  TRY(find_customers(news));
  TRY(insert(news));
  // Orders are read from all rows: those of a batch that is moved again may not have been kept.
  TRY(const std::vector<OrderChange> orders, order_changes(inbox_.store(), rows));
  TRY(inbox_.remove(*batch, [&](store::Store& store) { return keep(store, orders); }));
  return Moved{rows.size(), news.size(), rows.size() - news.size(),
               std::exchange(has_claimed_, false)};
}

std::vector<EventRow> Mover::read(const Batch& batch) {
  std::vector<EventRow> rows;
  rows.reserve(batch.events);
  std::string_view rest = batch.lines;
  while (const auto line = next_line(rest)) {
    auto row = reader_.read(*line);
    CHECK(row.has_value());
    rows.push_back(std::move(*row));
  }
  CHECK(rest.empty() && rows.size() == batch.events);
  return rows;
}

Status Mover::look(std::uint64_t more) {
  TRY(const Frame count, engine_.query(statement("event_count")));
  const auto there = static_cast<std::uint64_t>(count.integer("rows", 0).value_or(0));
  if (seen_ && there == rows_known_ && there + more <= seen_->capacity()) return {};
  seen_.emplace(std::max(kLeastRoom, kRoom * (there + more)));
  rows_known_ = there;
  return engine_.stream(statement("event_hashes"), [&](const Frame& frame) -> Status {
    for (const std::int64_t hash : frame.columns.at(0).integers()) {
      seen_->add(static_cast<std::uint64_t>(hash));
    }
    return {};
  });
}

Result<std::vector<Placed>> Mover::fresh(const std::vector<EventRow>& rows) {
  std::vector<std::int64_t> doubtful;
  for (const EventRow& row : rows) {
    if (seen_->maybe(row.hash)) doubtful.push_back(static_cast<std::int64_t>(row.hash));
  }
  std::unordered_set<std::string> there;
  if (!doubtful.empty()) {
    TRY(there, present(doubtful));
  }
  std::vector<Placed> out;
  std::unordered_map<std::uint64_t, const EventRow*> met;
  met.reserve(rows.size());
  for (const EventRow& row : rows) {
    const auto [first, is_new] = met.emplace(row.hash, &row);
    const bool again = !is_new && first->second->message_id == row.message_id &&
                       first->second->source == row.source;
    const bool known = !there.empty() && there.contains(name_of(row.source, row.message_id));
    if (!again && !known) out.push_back({&row, 0});
  }
  return out;
}

Result<std::unordered_set<std::string>> Mover::present(const std::vector<std::int64_t>& hashes) {
  std::unordered_set<std::string> names;
  const auto take = [&](const Frame& frame) -> Status {
    for (std::size_t row = 0; row < frame.rows(); ++row) {
      names.insert(
          name_of(frame.at("source").texts().at(row), frame.at("message_id").texts().at(row)));
    }
    return {};
  };
  for (std::size_t from = 0; from < hashes.size(); from += kHashesAtOnce) {
    const auto begin = hashes.begin() + static_cast<std::ptrdiff_t>(from);
    const std::size_t size = std::min(kHashesAtOnce, hashes.size() - from);
    const engine::IntegerList part(begin, begin + static_cast<std::ptrdiff_t>(size));
    TRY(engine_.stream(statement("events_present", {{"hashes", part}}), take));
  }
  return names;
}

Status Mover::claim(const std::vector<EventRow>& rows) {
  std::vector<identity::Claim> claims;
  std::vector<std::uint64_t> hashes;
  const auto add = [&](const std::string& visitor, const EventRow& row, bool is_alias) {
    if (visitor.empty() || row.user_id.empty()) return;
    const std::uint64_t hash = schema::event_hash(visitor, row.user_id) * 2 + (is_alias ? 1 : 0);
    if (!claims_known_.insert(hash).second) return;
    hashes.push_back(hash);
    claims.push_back({visitor, row.user_id, is_alias});
  };
  for (const EventRow& row : rows) {
    add(row.anonymous_id, row, false);
    if (row.kind == Kind::alias) add(row.name, row, true);
  }
  if (claims.empty()) return {};
  const auto kept = identity::keep_claims(engine_, claims);
  if (!kept.ok()) {
    for (const std::uint64_t hash : hashes) claims_known_.erase(hash);
    return kept.error();
  }
  has_claimed_ = has_claimed_ || *kept;
  if (claims_known_.size() > kClaimsKnown) claims_known_.clear();
  return {};
}

Status Mover::find_customers(std::vector<Placed>& rows) {
  identity::EventIds ids;
  for (const Placed& placed : rows) {
    ids.add(placed.row->user_id, placed.row->anonymous_id);
  }
  TRY(const auto owners, identity::EventOwners::find(engine_, store_, std::move(ids)));
  for (Placed& placed : rows) {
    placed.customer_id = owners.of(placed.row->user_id, placed.row->anonymous_id);
  }
  return {};
}

Status Mover::insert(std::vector<Placed>& rows) {
  std::map<std::int32_t, std::vector<Placed>> months;
  for (const Placed& placed : rows) months[month_of(calendar_, *placed.row)].push_back(placed);
  for (auto month = months.begin(); month != months.end();) {
    std::vector<Placed> part;
    for (std::size_t i = 0; i < kMonthsAtOnce && month != months.end(); ++i, ++month) {
      part.insert(part.end(), month->second.begin(), month->second.end());
    }
    // Added first: an insert that fails may be there all the same.
    for (const Placed& placed : part) seen_->add(placed.row->hash);
    TRY(const auto inserter, engine_.insert("events", schema::table("events").columns));
    TRY(inserter->write(event_frame(part, calendar_)));
    TRY(inserter->finish());
    rows_known_ += part.size();
  }
  return {};
}

}  // namespace huitou::collect
