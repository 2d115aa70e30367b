#pragma once

// For tests: small random shops, and a slow reader of rules that knows nothing of SQL: it looks at
// the rows of one customer after the other.

#include <map>
#include <set>
#include <variant>

#include "segments/segments.h"

namespace huitou::segments::testing {

using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;
using Row = std::map<std::string, Cell, std::less<>>;

inline constexpr std::int64_t kJoined = 24;
inline constexpr std::int64_t kPerson = 3;
inline constexpr std::int64_t kNeverJoined = 23;
/// Tables by name. Account kJoined belongs to person kPerson; the joining of kNeverJoined does not
/// count.
struct Shop {
  std::map<std::string, std::vector<Row>, std::less<>> tables;
  engine::IntegerList void_runs{2};
  std::map<std::int64_t, std::int64_t> joined{{kJoined, kPerson}};  ///< as customer_links says
};

/// Days around `today`, instants in the zone.
Shop random_shop(std::uint64_t seed, Date today, const std::string& time_zone);
Status fill(engine::Engine& engine, const Shop& shop);
/// Makes `after` of `before`, which is there, as loads do: partitions that differ are replaced.
Status refill(engine::Engine& engine, const Shop& before, const Shop& after);

/// Who fits, by hand.
class SlowReader {
 public:
  SlowReader(const Shop& shop, const AsOf& as_of, const Library& library)
      : shop_(shop), as_of_(as_of), library_(library) {}
  std::set<std::int64_t> everyone() const;
  std::set<std::int64_t> fitting(const Rule& rule) const;
  Cell value(const Term& term, std::int64_t customer) const;

 private:
  std::vector<const Row*> rows(const Fact& fact, const Term& term, std::int64_t customer) const;
  bool counts(const Row& row, const Fact& fact, const Term& term) const;
  bool visible(const Row& row, Source source) const;
  std::set<std::int64_t> chosen(const Rule& rule) const;

  const Shop& shop_;
  const AsOf& as_of_;
  const Library& library_;
};

}  // namespace huitou::segments::testing
