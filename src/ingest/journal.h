#pragma once

// The journal of loads: what makes a load all or nothing. A load is `staged` while its rows gather
// in staging tables, `committing` from the instant they are complete until they are swapped in, and
// then `done`. Whoever finds `staged` throws away; whoever finds `committing` carries on.

#include <optional>
#include <string>
#include <vector>

#include "ingest/ingest.h"
#include "ingest/rules.h"
#include "store/store.h"

namespace huitou::ingest {

/// What is swapped in when a load is committed. Each step can be done again.
struct CommitPlan {
  std::vector<std::string> order_months;  ///< partitions of `orders`
  std::vector<std::string> line_months;   ///< partitions of `order_lines`
  std::vector<std::string> whole;         ///< tables replaced whole: customers, products, stores
  std::vector<std::string> append;        ///< tables that get the rows whose key they lack
};
std::string to_text(const CommitPlan& plan);
CommitPlan parse_plan(std::string_view text);

/// What is known of a load when it begins.
struct Beginning {
  std::string path;
  std::string table;
  std::string source;
  std::uint64_t content = 0;  ///< hash of the file's bytes
  std::uint64_t mapping = 0;  ///< hash of the mapping and the settings it depends on
  std::uint64_t bytes = 0;
  std::int64_t now = 0;
};

class Journal {
 public:
  explicit Journal(store::Store& store) : store_(store) {}
  Status ensure();

  Result<std::uint64_t> begin(const Beginning& beginning);
  /// From here on the load will happen.
  Status commit(std::uint64_t id, const CommitPlan& plan, const Loaded& loaded,
                std::uint64_t replaced);
  /// Gives the load its data version.
  Result<std::int64_t> finish(std::uint64_t id);
  Status fail(std::uint64_t id);
  /// A change that was no load has a line of its own, for its data version.
  Result<std::int64_t> changed(std::string_view by, std::int64_t now);

  struct Open {
    std::uint64_t id = 0;
    std::string state;
    CommitPlan plan;
  };
  Result<std::vector<Open>> open_loads();
  /// The load that left these very rows in, if no later load replaced rows of another.
  Result<std::optional<std::uint64_t>> same(const Beginning& beginning);
  Result<std::int64_t> data_version();
  Result<MonthsLoaded> months_loaded(std::int64_t after);
  /// The newest done load of each path.
  Result<std::vector<std::int64_t>> newest();

 private:
  store::Store& store_;
};

/// Errors: conflict while a load is open.
Status refuse_second(Journal& journal);

}  // namespace huitou::ingest
