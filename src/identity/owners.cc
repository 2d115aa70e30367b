#include "identity/owners.h"

#include <algorithm>
#include <functional>
#include <map>

#include "identity/journal.h"
#include "identity/work.h"
#include "ingest/ingest.h"

namespace huitou::identity {
namespace {

/// An engine refuses a query text of more than 256 KB: long lists are asked for in parts.
constexpr std::size_t kKeyBytesAtOnce = 60'000;
constexpr std::size_t kAccountsAtOnce = 5'000;

bool is_user(std::string_view id) { return !ingest::normal_key("member", id).empty(); }
bool is_visitor(std::string_view id) { return !ingest::normal_key("cookie", id).empty(); }

/// Calls `ask` with the keys, part by part.
Status in_parts(const std::vector<std::string>& keys,
                const std::function<Status(engine::TextList)>& ask) {
  engine::TextList part;
  std::size_t bytes = 0;
  for (const std::string& key : keys) {
    part.push_back(key);
    bytes += key.size() + 4;
    if (bytes >= kKeyBytesAtOnce) {
      TRY(ask(std::move(part)));
      part = {};
      bytes = 0;
    }
  }
  return part.empty() ? Status() : ask(std::move(part));
}

struct Kept {
  std::string visitor;
  std::string user_id;
  bool is_alias = false;
};

Status claims_of(engine::Engine& engine, const std::vector<std::string>& visitors,
                 const std::function<void(Kept)>& take) {
  return in_parts(visitors, [&](engine::TextList keys) -> Status {
    TRY(const engine::Query query, statement("claims_of", {{"keys", std::move(keys)}}));
    return engine.stream(query, [&](const Frame& rows) -> Status {
      for (std::size_t row = 0; row < rows.rows(); ++row) {
        take({std::string(rows.at("visitor").texts().at(row)),
              std::string(rows.at("user_id").texts().at(row)),
              rows.at("with_alias").integers()[row] != 0});
      }
      return {};
    });
  });
}

std::vector<engine::TableColumn> claim_columns() { return schema::table("event_claims").columns; }

Status insert_claims(engine::Engine& engine, const std::vector<const Claim*>& claims) {
  TRY(const engine::Query newest, statement("newest_claim"));
  TRY(const std::uint64_t last, number(engine, newest, "claim"));
  Frame frame;
  frame.columns = {
      make_column("visitor", ColumnType::text), make_column("user_id", ColumnType::text),
      make_column("is_alias", ColumnType::integer), make_column("claim", ColumnType::integer)};
  for (const Claim* claim : claims) {
    frame.columns[0].push_text(claim->visitor);
    frame.columns[1].push_text(claim->user_id);
    frame.columns[2].push_integer(claim->is_alias ? 1 : 0);
    frame.columns[3].push_integer(static_cast<std::int64_t>(last + 1));
  }
  TRY(const auto inserter, engine.insert("event_claims", claim_columns()));
  TRY(inserter->write(frame));
  return inserter->finish();
}

}  // namespace

Result<bool> keep_claims(engine::Engine& engine, const std::vector<Claim>& claims) {
  std::map<std::string, std::map<std::string, bool>> kept;  // visitor -> user -> has an alias
  for (const Claim& claim : claims) kept[claim.visitor];
  std::vector<std::string> visitors;
  for (const auto& [visitor, users] : kept) visitors.push_back(visitor);
  TRY(claims_of(engine, visitors,
                [&](const Kept& known) { kept[known.visitor][known.user_id] = known.is_alias; }));
  std::vector<const Claim*> fresh;
  for (const Claim& claim : claims) {
    if (!is_visitor(claim.visitor) && !claim.is_alias) continue;
    if (!is_user(claim.user_id)) continue;
    auto& users = kept[claim.visitor];
    const auto known = users.find(claim.user_id);
    if (known != users.end() && (known->second || !claim.is_alias)) continue;
    if (claim.visitor == claim.user_id) continue;
    if (known == users.end() && users.size() > kMostClaims) continue;
    users[claim.user_id] = claim.is_alias;
    fresh.push_back(&claim);
  }
  if (fresh.empty()) return false;
  TRY(insert_claims(engine, fresh));
  return true;
}

void EventIds::add(std::string_view user_id, std::string_view anonymous_id) {
  if (is_user(user_id)) {
    users.emplace(user_id);
  } else if (!anonymous_id.empty()) {
    visitors.emplace(anonymous_id);
  }
}

/// Gathers what is known, step by step: claimants of the visitors, accounts of the users, later
/// numbers of users without, persons of the accounts.
class EventOwners::Finder {
 public:
  Finder(engine::Engine& engine, store::Store& store) : engine_(engine), journal_(store) {}

  Result<EventOwners> find(EventIds ids) {
    TRY(journal_.ensure());
    TRY(find_claimants(ids));
    std::vector<std::string> users(ids.users.begin(), ids.users.end());
    for (int step = 0; step <= kAliasSteps && !users.empty(); ++step) {
      TRY(find_accounts(users));
      std::erase_if(users, [&](const std::string& user) { return out_.accounts_.contains(user); });
      TRY(users, find_later(users));
      std::erase_if(users, [&](const std::string& user) { return !ids.users.insert(user).second; });
    }
    TRY(find_persons());
    return std::move(out_);
  }

 private:
  Status find_claimants(EventIds& ids) {
    TRY(const StopList stops, StopList::load(journal_.store()));
    std::vector<std::string> visitors;
    for (const std::string& visitor : ids.visitors) {
      const std::string key = ingest::normal_key("cookie", visitor);
      if (!key.empty() && !stops.contains("cookie", key)) visitors.push_back(visitor);
    }
    return claims_of(engine_, visitors, [&](Kept claim) {
      if (!is_user(claim.user_id)) return;
      ids.users.insert(claim.user_id);
      out_.claimants_[claim.visitor].push_back(std::move(claim.user_id));
    });
  }

  Status find_accounts(const std::vector<std::string>& users) {
    return in_parts(users, [&](engine::TextList keys) -> Status {
      TRY(const engine::Query query, statement("accounts_of_members", {{"keys", std::move(keys)}}));
      return engine_.stream(query, [&](const Frame& rows) -> Status {
        for (std::size_t row = 0; row < rows.rows(); ++row) {
          out_.accounts_[std::string(rows.at("key").texts().at(row))] =
              static_cast<std::uint64_t>(rows.at("account").integers()[row]);
        }
        return {};
      });
    });
  }

  Result<std::vector<std::string>> find_later(const std::vector<std::string>& users) {
    std::vector<std::string> later;
    TRY(claims_of(engine_, users, [&](Kept claim) {
      if (!claim.is_alias || !is_user(claim.user_id)) return;
      later.push_back(claim.user_id);
      out_.later_numbers_[claim.visitor].push_back(std::move(claim.user_id));
    }));
    return later;
  }

  Status find_persons() {
    TRY(const std::int64_t run, journal_.newest_run());
    if (run == 0) return {};
    TRY(const engine::IntegerList void_runs, journal_.void_runs());
    engine::IntegerList accounts;
    for (const auto& [user, account] : out_.accounts_) {
      accounts.push_back(static_cast<std::int64_t>(account));
    }
    for (std::size_t from = 0; from < accounts.size(); from += kAccountsAtOnce) {
      const auto begin = accounts.begin() + static_cast<std::ptrdiff_t>(from);
      const std::size_t size = std::min(kAccountsAtOnce, accounts.size() - from);
      const engine::IntegerList part(begin, begin + static_cast<std::ptrdiff_t>(size));
      TRY(const engine::Query query,
          statement("persons_among", {{"accounts", part}, {"void_runs", void_runs}}));
      TRY(const Frame rows, engine_.query(query));
      for (std::size_t row = 0; row < rows.rows(); ++row) {
        out_.persons_[static_cast<std::uint64_t>(rows.integer("account", row).value_or(0))] =
            static_cast<std::uint64_t>(rows.integer("person", row).value_or(0));
      }
    }
    return {};
  }

  engine::Engine& engine_;
  Journal journal_;
  EventOwners out_;
};

Result<EventOwners> EventOwners::find(engine::Engine& engine, store::Store& store, EventIds ids) {
  return Finder(engine, store).find(std::move(ids));
}

/// Each person once, by the oldest account; each user id of which nothing is known once.
std::vector<EventOwners::Who> EventOwners::people_of(const std::vector<std::string>& users) const {
  std::vector<Who> out;
  for (const std::string& id : users) {
    Who who = user(id);
    const auto same = std::find_if(out.begin(), out.end(), [&](const Who& other) {
      return who.person != 0 ? who.person == other.person
                             : other.person == 0 && who.user_id == other.user_id;
    });
    if (same == out.end()) {
      out.push_back(std::move(who));
    } else if (who.account < same->account) {
      *same = std::move(who);
    }
  }
  return out;
}

EventOwners::Who EventOwners::user(std::string user_id) const {
  for (int step = 0; step <= kAliasSteps; ++step) {
    const auto account = accounts_.find(user_id);
    if (account != accounts_.end()) {
      const auto joined = persons_.find(account->second);
      const std::uint64_t person = joined == persons_.end() ? account->second : joined->second;
      return {person, account->second, std::move(user_id)};
    }
    const auto later = later_numbers_.find(user_id);
    if (later == later_numbers_.end() || later->second.size() > 1) break;
    user_id = later->second.front();
  }
  return {0, 0, std::move(user_id)};
}

EventOwners::Who EventOwners::visitor(std::string_view anonymous_id) const {
  const auto claimants = claimants_.find(std::string(anonymous_id));
  if (claimants == claimants_.end() || claimants->second.size() > kMostClaims) return {};
  const std::vector<Who> people = people_of(claimants->second);
  return people.size() == 1 ? people.front() : Who{};
}

std::uint64_t EventOwners::of(std::string_view user_id, std::string_view anonymous_id) const {
  if (is_user(user_id)) return user(std::string(user_id)).person;
  return visitor(anonymous_id).person;
}

std::string EventOwners::user_of(std::string_view anonymous_id) const {
  return visitor(anonymous_id).user_id;
}

}  // namespace huitou::identity
