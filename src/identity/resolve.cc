// A run looks at all accounts, or only at those that new keys and changed stops can concern: the
// holders of these keys and all accounts of their persons. That is enough: a key that joins has all
// its holders in one person, and a key that does not join cannot begin to, for the number of its
// holders only grows.
//
// Such a run reads the keys as seldom as it can. The column `batch` finds the new keys; the holders
// of these are read along the order of the table, kind by kind; one look at the column of accounts
// finds what else the touched accounts hold, and the holders of that are read like the first ones.
// A kind that none of them has costs nothing, and a few new keys cost a few granules.

#include <algorithm>

#include "identity/changes.h"
#include "identity/journal.h"
#include "identity/linker.h"
#include "identity/work.h"
#include "ingest/ingest.h"

namespace huitou::identity {
namespace {

/// Of so many new keys on, looking at everything costs less.
constexpr std::uint64_t kManyKeys = 1'000'000;

std::uint64_t unsigned_at(const Column& column, std::size_t row) {
  return static_cast<std::uint64_t>(column.integers()[row]);
}
std::int64_t signed_of(std::uint64_t value) { return static_cast<std::int64_t>(value); }

class Run {
 public:
  Run(engine::Engine& engine, store::Store& store, const ResolveOptions& options,
      const Progress& progress)
      : engine_(engine), store_(store), journal_(store), options_(options), progress_(progress) {}

  Result<Resolved> run() {
    TRY(begin());
    if (!everything_ && new_keys_ == 0 && pending_.empty()) {
      return finish_without_links();
    }
    if (everything_) {
      look_at_all();
    } else {
      TRY(touch());
    }
    TRY(Linker linker, open_linker());
    TRY(gather(linker));
    const std::vector<Link> links = linker.links();
    count(linker);
    std::int64_t run = 0;
    if (!options_.dry_run) {
      TRY(run, journal_.begin(options_.now));
    }
    Changes changes(engine_, {.run = run, .now = options_.now, .dry_run = options_.dry_run}, out_);
    TRY(compare(links, changes));
    TRY(changes.finish());
    TRY(drop_scratch(engine_));
    if (options_.dry_run) {
      return std::move(out_);
    }
    TRY(engine_.settle());
    const Journal::Finished finished{batch_, most_holders_, options_.now, pending_};
    TRY(journal_.finish(run, finished, out_));
    out_.run_id = static_cast<std::uint64_t>(run);
    TRY(const Settled settled, settle(engine_, store_, options_.now, progress_));
    out_.moved_rows = settled.rows;
    out_.moved_months = settled.months;
    out_.moved_events = settled.events;
    return std::move(out_);
  }

 private:
  Status begin() {
    TRY(journal_.ensure());
    TRY(journal_.fail_open_runs());
    TRY(drop_scratch(engine_));
    TRY(const std::int64_t resolved_batch, journal_.batch());
    TRY(most_holders_, journal_.most_holders());
    const bool other_limit =
        options_.most_holders && signed_of(*options_.most_holders) != most_holders_;
    if (options_.most_holders) {
      most_holders_ = signed_of(*options_.most_holders);
    }
    TRY(pending_, journal_.pending());
    TRY(void_runs_, journal_.void_runs());
    TRY(const engine::Query known, statement("known"));
    TRY(const std::uint64_t batch, number(engine_, known, "batch"));
    batch_ = signed_of(batch);
    resolved_batch_ = resolved_batch;
    if (batch_ > resolved_batch) {
      TRY(const engine::Query new_kinds, statement("new_kinds", {{"batch", resolved_batch}}));
      TRY(const Frame kinds, engine_.query(new_kinds));
      for (std::size_t row = 0; row < kinds.rows(); ++row) {
        new_kinds_.emplace_back(kinds.at("kind").texts().at(row));
        new_keys_ += unsigned_at(kinds.at("keys"), row);
      }
    }
    everything_ = options_.everything || other_limit || new_keys_ > kManyKeys ||
                  (resolved_batch == 0 && new_keys_ > 0);
    TRY(stops_, StopList::load(store_));
    const std::vector<std::string> keys = stops_.keys_of("member");
    if (!keys.empty()) {
      TRY(const engine::Query alone, statement("alone", {{"keys", keys}}));
      TRY(const Frame accounts, engine_.query(alone));
      for (std::size_t row = 0; row < accounts.rows(); ++row) {
        alone_.push_back(unsigned_at(accounts.at("account"), row));
      }
    }
    return {};
  }

  Result<Resolved> finish_without_links() {
    if (!options_.dry_run) {
      TRY(journal_.note({batch_, most_holders_, options_.now, {}}));
      TRY(const Settled settled, settle(engine_, store_, options_.now, progress_));
      out_.moved_rows = settled.rows;
      out_.moved_months = settled.months;
      out_.moved_events = settled.events;
    }
    out_.changes = changes_frame();
    return std::move(out_);
  }

  Status execute(std::string_view file, const engine::Params& params) {
    if (progress_.cancelled()) {
      return cancelled_error();
    }
    TRY(const engine::Query query, statement(file, params));
    return engine_.execute(query);
  }

  void look_at_all() {
    for (const ingest::KeyKind& kind : ingest::key_kinds()) {
      if (kind.name != "member") {
        kinds_.push_back(kind);
      }
    }
  }

  Status touch() {
    TRY(create_scratch());
    for (const std::string& kind : new_kinds_) {
      TRY(execute("hold_new", {{"kind", kind}, {"batch", resolved_batch_}}));
    }
    if (!new_kinds_.empty()) {
      TRY(execute("touch_held", {}));
    }
    for (const Stop& stop : pending_) {
      TRY(execute("touch_key", {{"kind", stop.kind}, {"key", stop.key}}));
    }
    TRY(execute("touch_persons", {{"void_runs", void_runs_}}));
    TRY(execute("touch_accounts", {{"void_runs", void_runs_}}));
    TRY(const engine::Query touched, statement("touched"));
    TRY(out_.accounts, number(engine_, touched, "accounts"));
    return hold_listed();
  }

  Status create_scratch() {
    TRY(engine_.create_table({.name = "identity_touched",
                              .columns = {{"account_id", "UInt64"}},
                              .order_by = "account_id",
                              .shard_by = "account_id",
                              .scratch = true}));
    TRY(engine_.create_table({.name = "identity_keys",
                              .columns = {{"kind", "String"}, {"key", "String"}},
                              .order_by = "kind, key",
                              .shard_by = "cityHash64(key)",
                              .scratch = true}));
    return engine_.create_table(
        {.name = "identity_held",
         .columns = {{"kind", "String"}, {"key", "String"}, {"account_id", "UInt64"}},
         .order_by = "kind, key",
         .shard_by = "account_id",
         .scratch = true});
  }

  /// Finds all holders of the other keys of the touched accounts, and of which kinds all these are.
  Status hold_listed() {
    TRY(execute("list_keys", {}));
    TRY(const engine::Query listed, statement("listed_kinds"));
    TRY(const Frame kinds, engine_.query(listed));
    for (std::size_t row = 0; row < kinds.rows(); ++row) {
      TRY(execute("hold_listed", {{"kind", std::string(kinds.at("kind").texts().at(row))}}));
    }
    TRY(const engine::Query held, statement("held_kinds"));
    TRY(const Frame there, engine_.query(held));
    for (const ingest::KeyKind& kind : ingest::key_kinds()) {
      for (std::size_t row = 0; row < there.rows(); ++row) {
        if (there.at("kind").texts().at(row) == kind.name) {
          kinds_.push_back(kind);
        }
      }
    }
    return {};
  }

  /// For a few touched accounts among millions, nothing is made of the size of all.
  Result<Linker> open_linker() {
    const auto most_holders = static_cast<std::uint64_t>(most_holders_);
    if (everything_) {
      TRY(const engine::Query largest, statement("largest_account"));
      TRY(const std::uint64_t account, number(engine_, largest, "account"));
      return Linker(account, most_holders);
    }
    std::vector<std::uint64_t> accounts;
    TRY(const engine::Query held, statement("held_accounts"));
    TRY(engine_.stream(held, [&](const Frame& batch) -> Status {
      for (std::size_t row = 0; row < batch.rows(); ++row) {
        accounts.push_back(unsigned_at(batch.at("account"), row));
      }
      return {};
    }));
    return Linker(std::move(accounts), most_holders);
  }

  /// Every shared key with its holders, surest kind first.
  Status gather(Linker& linker) {
    for (const ingest::KeyKind& kind : kinds_) {
      if (progress_.cancelled()) {
        return cancelled_error();
      }
      progress_.report({.stage = {"comparing keys", "比对标识"},
                        .done = out_.keys,
                        .total = 0,
                        .unit = {"keys", "个标识"}});
      std::vector<std::uint64_t> strong;
      if (!kind.strong) {
        TRY(strong, strong_accounts(kind));
      }
      TRY(gather_kind(linker, kind, strong));
    }
    return {};
  }

  Result<std::vector<std::uint64_t>> strong_accounts(const ingest::KeyKind& kind) {
    engine::TextList strong_kinds;
    for (const ingest::KeyKind& other : ingest::key_kinds()) {
      if (other.strong && other.name != "member") {
        strong_kinds.emplace_back(other.name);
      }
    }
    TRY(const engine::Query query,
        keys_query("strong_accounts",
                   {{"kind", std::string(kind.name)}, {"strong", std::move(strong_kinds)}}));
    std::vector<std::uint64_t> out;
    TRY(engine_.stream(query, [&](const Frame& batch) -> Status {
      for (std::size_t row = 0; row < batch.rows(); ++row) {
        out.push_back(unsigned_at(batch.at("account"), row));
      }
      return {};
    }));
    return out;
  }

  Result<engine::Query> keys_query(std::string_view file, const engine::Params& params) {
    return statement(file, params, {{"held", everything_ ? "{{held_all}}" : "{{held_touched}}"}});
  }

  Status gather_kind(Linker& linker, const ingest::KeyKind& kind,
                     const std::vector<std::uint64_t>& strong) {
    TRY(const engine::Query query, keys_query("shared_keys", {{"kind", std::string(kind.name)}}));
    std::string key;
    std::vector<std::uint64_t> holders;
    const auto end_key = [&] {
      if (holders.size() < 2) {
        return;
      }
      ++out_.keys;
      if (stops_.contains(kind.name, key)) {
        ++out_.stopped;
        return;
      }
      const auto is_strong = [&](std::uint64_t account) {
        return std::binary_search(strong.begin(), strong.end(), account);
      };
      const auto strong_holders = std::count_if(holders.begin(), holders.end(), is_strong);
      std::erase_if(holders, [&](std::uint64_t account) {
        return std::binary_search(alone_.begin(), alone_.end(), account);
      });
      linker.add({kind.name, kind.strong, key}, holders,
                 static_cast<std::uint64_t>(strong_holders));
    };
    TRY(engine_.stream(query, [&](const Frame& batch) -> Status {
      const TextColumn& keys = batch.at("key").texts();
      const Column& accounts = batch.at("account");
      for (std::size_t row = 0; row < batch.rows(); ++row) {
        if (keys.at(row) != key) {
          end_key();
          key.assign(keys.at(row));
          holders.clear();
        }
        const std::uint64_t account = unsigned_at(accounts, row);
        if (holders.empty() || holders.back() != account) {
          holders.push_back(account);
        }
      }
      return {};
    }));
    end_key();
    return {};
  }

  void count(const Linker& linker) {
    out_.joining = linker.counts().joining;
    out_.crowded = linker.counts().crowded;
    out_.mixed = linker.counts().mixed;
  }

  /// Both are in the order of the accounts.
  Status compare(const std::vector<Link>& links, Changes& changes) {
    auto next = links.begin();
    TRY(const engine::Query query,
        statement("current", {{"void_runs", void_runs_}},
                  {{"scope", everything_ ? "1 = 1"
                                         : "account_id GLOBAL IN (SELECT account_id FROM "
                                           "identity_touched)"}}));
    TRY(engine_.stream(query, [&](const Frame& batch) -> Status {
      for (std::size_t row = 0; row < batch.rows(); ++row) {
        const Link now{unsigned_at(batch.at("account"), row),
                       unsigned_at(batch.at("customer"), row),
                       unsigned_at(batch.at("next_account"), row), batch.at("kind").texts().at(row),
                       batch.at("key").texts().at(row)};
        for (; next != links.end() && next->account < now.account; ++next) {
          TRY(changes.put(*next, 0));
        }
        if (next == links.end() || next->account != now.account) {
          TRY(changes.put({now.account, now.account, 0, "", ""}, now.customer));
          continue;
        }
        const bool same = next->customer == now.customer && next->with == now.with &&
                          next->kind == now.kind && next->key == now.key;
        if (!same) {
          TRY(changes.put(*next, now.customer));
        }
        ++next;
      }
      return {};
    }));
    for (; next != links.end(); ++next) {
      TRY(changes.put(*next, 0));
    }
    return {};
  }

  engine::Engine& engine_;
  store::Store& store_;
  Journal journal_;
  const ResolveOptions& options_;
  const Progress& progress_;
  bool everything_ = false;
  std::int64_t batch_ = 0;
  std::int64_t resolved_batch_ = 0;
  std::int64_t most_holders_ = 0;
  std::vector<std::string> new_kinds_;  ///< of keys that nobody has looked at
  std::uint64_t new_keys_ = 0;
  std::vector<ingest::KeyKind> kinds_;  ///< that are compared, surest first
  std::vector<Stop> pending_;
  std::vector<std::uint64_t> alone_;
  engine::IntegerList void_runs_;
  StopList stops_;
  Resolved out_;
};

}  // namespace

Result<Resolved> resolve(engine::Engine& engine, store::Store& store, const ResolveOptions& options,
                         const Progress& progress) {
  return Run(engine, store, options, progress).run();
}

Result<Resolved> follow(engine::Engine& engine, store::Store& store, std::int64_t now,
                        const Progress& progress) {
  return resolve(engine, store, {.now = now}, progress);
}

Status recover(engine::Engine& engine, store::Store& store) {
  Journal journal(store);
  TRY(journal.ensure());
  TRY(journal.fail_open_runs());
  TRY(const Journal::Settling settled, journal.settled());
  TRY(const std::int64_t version, ingest::data_version(store));
  TRY(const std::int64_t run, journal.newest_run());
  TRY(const bool events_begun, journal.events_begun());
  if (!events_begun && (run == 0 || settled == Journal::Settling{version, run})) {
    return {};
  }
  TRY(drop_scratch(engine));
  TRY(settle(engine, store, 0, Progress()));
  return {};
}

}  // namespace huitou::identity
