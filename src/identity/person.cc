#include "identity/person.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "identity/journal.h"
#include "identity/work.h"
#include "ingest/ingest.h"

namespace huitou::identity {
namespace {

std::uint64_t unsigned_at(const Frame& frame, std::string_view column, std::size_t row) {
  return static_cast<std::uint64_t>(frame.integer(column, row).value_or(0));
}

class Finder {
 public:
  Finder(engine::Engine& engine, store::Store& store) : engine_(engine), journal_(store) {}

  Result<Person> find(std::string_view written) {
    TRY(journal_.ensure());
    TRY(void_runs_, journal_.void_runs());
    TRY(const std::set<std::uint64_t> accounts, accounts_of(written));
    if (accounts.empty()) {
      return nobody_known_as(written);
    }
    TRY(const std::set<std::uint64_t> people, people_of(accounts));
    if (people.size() > 1) {
      return key_of_several(written, people.size());
    }
    person_.customer = *people.begin();
    TRY(read_accounts());
    TRY(read_keys());
    TRY(read_browsers());
    return std::move(person_);
  }

  Result<Frame> ask(std::string_view file, const engine::Params& params) {
    TRY(const engine::Query query, statement(file, params));
    return engine_.query(query);
  }

 private:
  /// Accounts with this key, whatever its kind; else the account with this number.
  Result<std::set<std::uint64_t>> accounts_of(std::string_view written) {
    const std::size_t colon = written.find(':');
    const std::string named(written.substr(0, colon == std::string_view::npos ? 0 : colon));
    const bool kind_given = ingest::find_key_kind(named).has_value();
    const std::string_view key = kind_given ? written.substr(colon + 1) : written;
    std::set<std::uint64_t> out;
    for (const ingest::KeyKind& kind : ingest::key_kinds()) {
      if (kind_given && kind.name != named) {
        continue;
      }
      const std::string normal = ingest::normal_key(kind.name, key);
      if (normal.empty()) {
        continue;
      }
      TRY(const Frame rows, ask("holders", {{"key", normal}, {"kind", std::string(kind.name)}}));
      for (std::size_t row = 0; row < rows.rows(); ++row) {
        out.insert(unsigned_at(rows, "account", row));
      }
      if (!out.empty()) {
        return out;
      }
    }
    if (!kind_given || named == "cookie") {
      EventIds ids;
      ids.add("", key);
      TRY(const EventOwners owners, EventOwners::find(engine_, journal_.store(), std::move(ids)));
      if (const std::uint64_t owner = owners.of("", key); owner != 0) {
        return std::set<std::uint64_t>{owner};
      }
    }
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), number);
    if (!kind_given && error == std::errc() && end == key.data() + key.size()) {
      TRY(const Frame rows,
          ask("customer_known", {{"account", static_cast<std::int64_t>(number)}}));
      if (unsigned_at(rows, "rows", 0) > 0) {
        out.insert(number);
      }
    }
    return out;
  }

  Result<std::set<std::uint64_t>> people_of(const std::set<std::uint64_t>& accounts) {
    TRY(const Frame rows,
        ask("persons_of", {{"void_runs", void_runs_},
                           {"accounts", engine::IntegerList(accounts.begin(), accounts.end())}}));
    std::set<std::uint64_t> out = accounts;
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      out.erase(unsigned_at(rows, "account", row));
    }
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      out.insert(unsigned_at(rows, "customer", row));
    }
    return out;
  }

  Status read_accounts() {
    const auto person = static_cast<std::int64_t>(person_.customer);
    TRY(const Frame rows, ask("accounts_of", {{"void_runs", void_runs_}, {"person", person}}));
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      person_.joined[unsigned_at(rows, "account", row)] = {
          unsigned_at(rows, "next_account", row), rows.text("kind", row).value_or(""),
          rows.text("key", row).value_or(""), rows.integer("linked_at", row).value_or(0)};
    }
    TRY(const Frame orders, ask("orders_of", {{"person", person}}));
    for (std::size_t row = 0; row < orders.rows(); ++row) {
      person_.orders[unsigned_at(orders, "account", row)] =
          orders.integer("orders", row).value_or(0);
    }
    return {};
  }

  Status read_keys() {
    engine::IntegerList accounts{static_cast<std::int64_t>(person_.customer)};
    for (const auto& [account, joined] : person_.joined) {
      accounts.push_back(static_cast<std::int64_t>(account));
    }
    TRY(const Frame rows, ask("keys_of", {{"accounts", accounts}}));
    std::map<std::string, std::uint64_t> here;
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      person_.keys.push_back(
          {unsigned_at(rows, "account", row), rows.text("kind", row).value_or(""),
           rows.text("key", row).value_or(""), rows.text("source", row).value_or(""), ""});
      ++here[name_of(person_.keys.back())];
    }
    TRY(const Frame shared, ask("holder_counts", {{"accounts", accounts}}));
    std::map<std::string, std::uint64_t> everywhere;
    for (std::size_t row = 0; row < shared.rows(); ++row) {
      const Person::Key key{0, rows_text(shared, "kind", row), rows_text(shared, "key", row), "",
                            ""};
      everywhere[name_of(key)] = unsigned_at(shared, "holders", row);
    }
    TRY(const StopList stops, StopList::load(journal_.store()));
    for (Person::Key& key : person_.keys) {
      const auto found = everywhere.find(name_of(key));
      const std::uint64_t holders = found == everywhere.end() ? 1 : found->second;
      key.state = state_of(key, stops, {holders, here[name_of(key)]});
    }
    return {};
  }

  /// Where its accounts were met, and whether the browser is the person's.
  Status read_browsers() {
    std::map<std::string, std::uint64_t> accounts;
    engine::TextList members;
    for (const Person::Key& key : person_.keys) {
      if (key.kind != "member") continue;
      accounts.emplace(key.key, key.account);
      members.push_back(key.key);
    }
    TRY(const Frame rows, ask("browsers_of", {{"members", members}}));
    EventIds ids;
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      ids.add("", rows_text(rows, "visitor", row));
    }
    TRY(const EventOwners owners, EventOwners::find(engine_, journal_.store(), std::move(ids)));
    TRY(const StopList stops, StopList::load(journal_.store()));
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      const std::string visitor = rows_text(rows, "visitor", row);
      const bool is_own = owners.of("", visitor) == person_.customer;
      const bool is_stopped = stops.contains("cookie", ingest::normal_key("cookie", visitor));
      const char* state = is_own ? "own" : is_stopped ? "stopped" : "shared";
      person_.keys.push_back(
          {accounts.at(rows_text(rows, "user_id", row)), "cookie", visitor, "events", state, true});
    }
    return {};
  }

  struct Holders {
    std::uint64_t everywhere;
    std::uint64_t here;
  };

  std::string state_of(const Person::Key& key, const StopList& stops, Holders holders) const {
    if (key.kind == "member") {
      const bool is_joined = person_.joined.contains(key.account);
      return stops.contains(key.kind, key.key) ? "alone" : is_joined ? "joined" : "own";
    }
    if (stops.contains(key.kind, key.key)) {
      return "stopped";
    }
    for (const auto& [account, joined] : person_.joined) {
      if (joined.kind == key.kind && joined.key == key.key) {
        return "joins";
      }
    }
    return holders.everywhere > holders.here ? "shared" : holders.here > 1 ? "agrees" : "own";
  }

  static std::string rows_text(const Frame& frame, std::string_view column, std::size_t row) {
    return frame.text(column, row).value_or("");
  }
  static std::string name_of(const Person::Key& key) { return key.kind + "\t" + key.key; }

  engine::Engine& engine_;
  Journal journal_;
  engine::IntegerList void_runs_;
  Person person_;
};

}  // namespace

Error nobody_known_as(std::string_view written) {
  const std::string word(written);
  return {
      Code::not_found, "Nobody is known as '" + word + "'.",
      "Give a member number, phone number, e-mail address or another key, or our customer number.",
      "没有与“" + word + "”对应的客户。", "请给出会员号、手机号、邮箱等标识，或系统内的客户编号。"};
}

Error key_of_several(std::string_view written, std::size_t people) {
  const std::string word(written);
  const std::string count = std::to_string(people);
  return {Code::invalid_input, "'" + word + "' is a key of " + count + " people.",
          "Give a key that one of them has alone, such as the member number.",
          "“" + word + "”属于 " + count + " 位客户。", "请给出其中一位独有的标识，例如会员号。"};
}

Result<Person> find_person(engine::Engine& engine, store::Store& store, std::string_view written) {
  return Finder(engine, store).find(written);
}

Result<Frame> show(engine::Engine& engine, store::Store& store, std::string_view customer) {
  TRY(const Person person, find_person(engine, store, customer));
  Frame frame;
  for (const char* name : {"customer_id", "account_id", "with_account", "orders"}) {
    frame.columns.push_back(make_column(name, ColumnType::integer));
  }
  frame.columns.push_back(make_column("linked_at", ColumnType::time));
  for (const char* name : {"kind", "key", "source", "state", "by_kind", "by_key"}) {
    frame.columns.push_back(make_column(name, ColumnType::text));
  }
  for (const Person::Key& key : person.keys) {
    const bool is_member = key.kind == "member";
    const auto joined = person.joined.find(key.account);
    const bool explained = is_member && joined != person.joined.end();
    const auto orders = person.orders.find(key.account);
    frame.at("customer_id").push_integer(static_cast<std::int64_t>(person.customer));
    frame.at("account_id").push_integer(static_cast<std::int64_t>(key.account));
    frame.at("kind").push_text(key.kind);
    frame.at("key").push_text(key.key);
    frame.at("source").push_text(key.source);
    frame.at("state").push_text(key.state);
    if (is_member) {
      frame.at("orders").push_integer(orders == person.orders.end() ? 0 : orders->second);
    } else {
      frame.at("orders").push_null();
    }
    if (explained) {
      frame.at("with_account").push_integer(static_cast<std::int64_t>(joined->second.with));
      frame.at("linked_at").push_integer(joined->second.linked_at);
      frame.at("by_kind").push_text(joined->second.kind);
      frame.at("by_key").push_text(joined->second.key);
    } else {
      for (const char* name : {"with_account", "linked_at", "by_kind", "by_key"}) {
        frame.at(name).push_null();
      }
    }
  }
  return frame;
}

}  // namespace huitou::identity
