#include "identity/event_places.h"

#include "identity/owners.h"
#include "identity/work.h"

namespace huitou::identity {
namespace {

const std::vector<engine::TableColumn>& owner_columns() {
  static const std::vector<engine::TableColumn> kColumns{{"user_id", "String"},
                                                         {"anonymous_id", "String"},
                                                         {"owner", "UInt64"},
                                                         {"is_owned", "UInt8"}};
  return kColumns;
}

Status create_scratch(engine::Engine& engine) {
  TRY(engine.create_table({.name = "identity_ids",
                           .columns = {{"id", "String"}},
                           .order_by = "id",
                           .shard_by = "cityHash64(id)",
                           .scratch = true}));
  return engine.create_table({.name = "identity_owners",
                              .columns = owner_columns(),
                              .order_by = "(user_id, anonymous_id)",
                              .shard_by = "cityHash64(user_id, anonymous_id)",
                              .scratch = true});
}

}  // namespace

Status EventPlaces::execute(std::string_view file, engine::Params params) {
  TRY(const engine::IntegerList void_runs, journal_.void_runs());
  params["void_runs"] = void_runs;
  TRY(const engine::Query query, statement(file, params));
  return engine_.execute(query);
}

Result<std::int64_t> EventPlaces::read(std::string_view file, std::string_view column) {
  TRY(const engine::Query query, statement(file));
  TRY(const std::uint64_t value, number(engine_, query, column));
  return static_cast<std::int64_t>(value);
}

Result<std::uint64_t> EventPlaces::place(std::int64_t version, const Progress& progress) {
  TRY(const std::int64_t events, read("events_there", "events"));
  has_events_ = events > 0;
  if (!has_events_) return std::uint64_t{0};
  TRY(const Journal::EventsSettling before, journal_.events_settled());
  TRY(stopped_, journal_.pending_visitors());
  now_.data_version = version;
  TRY(now_.run, journal_.newest_run());
  TRY(now_.batch, read("known", "batch"));
  TRY(now_.claim, read("newest_claim", "claim"));
  changed_ = now_ != before || !stopped_.empty();
  if (!changed_) return std::uint64_t{0};
  TRY(journal_.begin_events());
  if (now_.data_version != before.data_version) {
    TRY(execute("claims_of_events", {}));
    TRY(now_.claim, read("newest_claim", "claim"));
  }
  TRY(drop_scratch(engine_));
  TRY(create_scratch(engine_));
  TRY(touch(before));
  TRY(const std::uint64_t ids, spread());
  Settled settled;
  if (ids > 0) {
    if (progress.cancelled()) return cancelled_error().error();
    TRY(find_owners());
    const engine::TableSpec& spec = schema::table("events");
    TRY(settled, place_rows(engine_,
                            {.spec = &spec,
                             .day = "occurred_on",
                             .misplaced = "misplaced_events",
                             .place = "place_events",
                             .fragments = {{"columns", columns_but(spec, {"customer_id"})}}},
                            progress));
  }
  TRY(drop_scratch(engine_));
  return settled.rows;
}

Status EventPlaces::finish(std::int64_t version) {
  if (!has_events_) return {};  // the first ones will be compared with all that came before
  TRY(const Journal::EventsSettling before, journal_.events_settled());
  now_.data_version = version;
  if (!changed_ && now_ == before) return {};
  return journal_.settle_events(now_);
}

/// The ids of which something has changed.
Status EventPlaces::touch(const Journal::EventsSettling& before) {
  if (now_.claim > before.claim) TRY(execute("touch_claimed", {{"claim", before.claim}}));
  if (now_.batch > before.batch) TRY(execute("touch_members", {{"batch", before.batch}}));
  if (now_.run > before.run) TRY(execute("touch_linked", {{"settled_run", before.run}}));
  if (now_.data_version != before.data_version) TRY(execute("touch_loaded", {}));
  if (!stopped_.empty()) TRY(execute("touch_ids", {{"keys", engine::TextList(stopped_)}}));
  return {};
}

/// Whoever was met with a touched user id is touched too. Gives how many there are.
Result<std::uint64_t> EventPlaces::spread() {
  TRY(const engine::Query count, statement("ids_touched"));
  TRY(std::uint64_t ids, number(engine_, count, "ids"));
  for (int step = 0; step <= kAliasSteps && ids > 0; ++step) {
    TRY(execute("touch_spread", {}));
    const std::uint64_t before = ids;
    TRY(ids, number(engine_, count, "ids"));
    if (ids == before) break;
  }
  return ids;
}

Status EventPlaces::find_owners() {
  TRY(const engine::Query pairs, statement("pairs_touched"));
  return engine_.stream(pairs, [&](const Frame& rows) { return put_owners(rows); });
}

Status EventPlaces::put_owners(const Frame& pairs) {
  if (pairs.rows() == 0) return {};
  const TextColumn& users = pairs.at("user_id").texts();
  const TextColumn& visitors = pairs.at("anonymous_id").texts();
  EventIds ids;
  for (std::size_t row = 0; row < pairs.rows(); ++row) {
    ids.add(users.at(row), visitors.at(row));
  }
  TRY(const EventOwners owners, EventOwners::find(engine_, store_, std::move(ids)));
  Frame frame;
  frame.columns = {
      make_column("user_id", ColumnType::text), make_column("anonymous_id", ColumnType::text),
      make_column("owner", ColumnType::integer), make_column("is_owned", ColumnType::integer)};
  for (std::size_t row = 0; row < pairs.rows(); ++row) {
    frame.columns[0].push_text(users.at(row));
    frame.columns[1].push_text(visitors.at(row));
    frame.columns[2].push_integer(
        static_cast<std::int64_t>(owners.of(users.at(row), visitors.at(row))));
    frame.columns[3].push_integer(1);
  }
  TRY(const auto inserter, engine_.insert("identity_owners", owner_columns()));
  TRY(inserter->write(frame));
  return inserter->finish();
}

}  // namespace huitou::identity
