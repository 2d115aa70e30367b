// From a key to the person by reads of single granules, for pages that must open at once. `show`
// says more (which keys join whom) and looks through the whole table of keys for it.

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <span>

#include "identity/identity.h"
#include "identity/journal.h"
#include "identity/person.h"
#include "identity/work.h"
#include "ingest/ingest.h"

namespace huitou::identity {
namespace {

constexpr std::string_view kNumberPrefix = "id:";

std::uint64_t unsigned_at(const Frame& frame, std::string_view column, std::size_t row) {
  return static_cast<std::uint64_t>(frame.integer(column, row).value_or(0));
}

std::optional<std::uint64_t> number_in(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  const bool fits = number > 0 && number <= (~std::uint64_t{0} >> 1U);
  return whole && fits ? std::optional(number) : std::nullopt;
}

/// Which kinds the written key may be of, and how each writes it.
struct Spellings {
  engine::TextList kinds;
  engine::TextList keys;
};

Spellings spellings_of(std::string_view written) {
  const std::size_t colon = written.find(':');
  const std::string named(written.substr(0, colon == std::string_view::npos ? 0 : colon));
  const bool kind_given = ingest::find_key_kind(named).has_value();
  Spellings out;
  for (const ingest::KeyKind& kind : ingest::key_kinds()) {
    if (kind_given && kind.name != named) continue;
    std::string key =
        ingest::normal_key(kind.name, kind_given ? written.substr(colon + 1) : written);
    if (key.empty()) continue;
    out.kinds.emplace_back(kind.name);
    out.keys.push_back(std::move(key));
  }
  return out;
}

class Reader {
 public:
  Reader(engine::Engine& engine, store::Store& store) : engine_(engine), journal_(store) {}

  Status open() {
    TRY(journal_.ensure());
    TRY(void_runs_, journal_.void_runs());
    return {};
  }

  /// Accounts with the key, of the first kind that has any.
  Result<std::vector<std::uint64_t>> holders(std::string_view written) {
    const Spellings spellings = spellings_of(written);
    std::vector<std::uint64_t> accounts;
    if (spellings.kinds.empty()) return accounts;
    TRY(const Frame rows,
        ask("keys_named",
            {{"kinds", spellings.kinds}, {"keys", spellings.keys}, {"most", std::int64_t{1000}}}));
    for (const std::string& kind : spellings.kinds) {
      for (std::size_t row = 0; row < rows.rows(); ++row) {
        const std::uint64_t account = unsigned_at(rows, "account", row);
        if (rows.text("kind", row) == kind &&
            !std::count(accounts.begin(), accounts.end(), account)) {
          accounts.push_back(account);
        }
      }
      if (!accounts.empty()) break;
    }
    return accounts;
  }

  /// The accounts of each of some keys, of the first kind that has any.
  Result<std::vector<std::vector<std::uint64_t>>> holders_of_all(
      std::span<const std::string> written) {
    std::vector<Spellings> spellings;
    engine::TextList kinds;
    engine::TextList keys;
    for (const std::string& one : written) {
      spellings.push_back(spellings_of(one));
      kinds.insert(kinds.end(), spellings.back().kinds.begin(), spellings.back().kinds.end());
      keys.insert(keys.end(), spellings.back().keys.begin(), spellings.back().keys.end());
    }
    std::vector<std::vector<std::uint64_t>> out(written.size());
    if (keys.empty()) return out;
    TRY(const Frame rows,
        ask("keys_named", {{"kinds", kinds}, {"keys", keys}, {"most", std::int64_t{1'000'000}}}));
    std::map<std::pair<std::string, std::string>, std::vector<std::uint64_t>> known;
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      known[{rows.text("kind", row).value_or(""), rows.text("key", row).value_or("")}].push_back(
          unsigned_at(rows, "account", row));
    }
    for (std::size_t i = 0; i < out.size(); ++i) {
      for (std::size_t k = 0; k < spellings[i].kinds.size() && out[i].empty(); ++k) {
        const auto found = known.find({spellings[i].kinds[k], spellings[i].keys[k]});
        if (found != known.end()) out[i] = found->second;
      }
    }
    return out;
  }

  Result<bool> is_known(std::uint64_t number) {
    const engine::Params params{{"account", static_cast<std::int64_t>(number)}};
    TRY(const Frame rows, ask("number_known", params));
    if (unsigned_at(rows, "rows", 0) > 0) return true;
    // A number with keys alone, never an order: found by looking through all keys.
    TRY(const Frame keys, ask("customer_known", params));
    return unsigned_at(keys, "rows", 0) > 0;
  }

  Result<std::vector<std::uint64_t>> persons(const std::vector<std::uint64_t>& accounts) {
    std::vector<std::uint64_t> out = accounts;
    if (accounts.empty()) return out;
    TRY(const Frame rows,
        ask("persons_named",
            {{"void_runs", void_runs_},
             {"accounts", engine::IntegerList(accounts.begin(), accounts.end())}}));
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      std::replace(out.begin(), out.end(), unsigned_at(rows, "account", row),
                   unsigned_at(rows, "customer", row));
    }
    return out;
  }

  Status add_accounts(Whose& whose) {
    TRY(const Frame rows,
        ask("members_of",
            {{"void_runs", void_runs_}, {"person", static_cast<std::int64_t>(whose.customer)}}));
    whose.accounts.push_back({.account = whose.customer});
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      whose.accounts.push_back(
          {unsigned_at(rows, "account", row), unsigned_at(rows, "with_account", row),
           rows.text("kind", row).value_or(""), rows.text("key", row).value_or(""),
           rows.integer("linked_at", row).value_or(0)});
    }
    return {};
  }

 private:
  Result<Frame> ask(std::string_view file, const engine::Params& params) {
    TRY(const engine::Query query, statement(file, params));
    return engine_.query(query);
  }

  engine::Engine& engine_;
  Journal journal_;
  engine::IntegerList void_runs_;
};

}  // namespace

Result<Whose> whose(engine::Engine& engine, store::Store& store, std::string_view written) {
  Reader reader(engine, store);
  TRY(reader.open());
  const bool is_number = written.starts_with(kNumberPrefix);
  std::vector<std::uint64_t> accounts;
  if (!is_number) {
    TRY(accounts, reader.holders(written));
  }
  const auto number = number_in(is_number ? written.substr(kNumberPrefix.size()) : written);
  if (accounts.empty() && number) {
    TRY(const bool known, reader.is_known(*number));
    if (known) accounts.push_back(*number);
  }
  if (accounts.empty()) return nobody_known_as(written);
  TRY(const std::vector<std::uint64_t> persons, reader.persons(accounts));
  const std::set<std::uint64_t> people(persons.begin(), persons.end());
  if (people.size() > 1) return key_of_several(written, people.size());
  Whose whose{.customer = persons.front(), .named = accounts.front(), .accounts = {}};
  TRY(reader.add_accounts(whose));
  return whose;
}

Result<std::vector<std::uint64_t>> holders_of(engine::Engine& engine, store::Store& store,
                                              std::string_view written) {
  Reader reader(engine, store);
  TRY(reader.open());
  return reader.holders(written);
}

Result<std::vector<Named>> people_named(engine::Engine& engine, store::Store& store,
                                        const std::vector<std::string>& written) {
  constexpr std::size_t kKeysOfAQuery = 500;
  Reader reader(engine, store);
  TRY(reader.open());
  std::vector<Named> out;
  for (std::size_t begin = 0; begin < written.size(); begin += kKeysOfAQuery) {
    const std::size_t many = std::min(kKeysOfAQuery, written.size() - begin);
    TRY(const auto holders, reader.holders_of_all(std::span(written).subspan(begin, many)));
    std::vector<std::uint64_t> accounts;
    for (const auto& some : holders) accounts.insert(accounts.end(), some.begin(), some.end());
    TRY(const std::vector<std::uint64_t> persons, reader.persons(accounts));
    std::size_t place = 0;
    for (const auto& some : holders) {
      std::set<std::uint64_t> people;
      for (std::size_t i = 0; i < some.size(); ++i) people.insert(persons[place++]);
      out.push_back(
          {.customer = people.size() == 1 ? *people.begin() : 0, .people = people.size()});
    }
  }
  return out;
}

Result<std::vector<std::uint64_t>> persons_of(engine::Engine& engine, store::Store& store,
                                              const std::vector<std::uint64_t>& accounts) {
  Reader reader(engine, store);
  TRY(reader.open());
  return reader.persons(accounts);
}

}  // namespace huitou::identity
