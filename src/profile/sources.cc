#include "profile/sources.h"

#include <fmt/format.h>

#include <algorithm>

namespace huitou::profile {
namespace {

/// Whether it is a partition of rows that recent fingerprints are made of.
bool is_recent(const std::string& name, const std::string& month,
               std::span<const segments::WideSource> sources) {
  const std::size_t blank = name.find(' ');
  const std::string_view table = std::string_view(name).substr(0, blank);
  const std::string_view partition = std::string_view(name).substr(blank + 1);
  const auto source =
      std::find_if(sources.begin(), sources.end(),
                   [&](const segments::WideSource& candidate) { return candidate.table == table; });
  return source != sources.end() && source->recent && (partition == "all" || partition >= month);
}

}  // namespace

Result<SourceNames> name_sources(engine::Engine& engine,
                                 std::span<const segments::WideSource> sources) {
  SourceNames names;
  for (const segments::WideSource& source : sources) {
    TRY(const engine::PartitionNames found, engine.partition_names(source.table));
    for (const auto& [partition, held] : found) names[source.table + " " + partition] = held;
  }
  return names;
}

Changed compare(const SourceNames& before, const SourceNames& now, Date since,
                std::span<const segments::WideSource> sources) {
  const std::string day = format_date(since);
  const std::string month = day.substr(0, 4) + day.substr(5, 2);
  Changed changed = Changed::nothing;
  const auto look = [&](const SourceNames& these, const SourceNames& those) {
    for (const auto& [name, held] : these) {
      const auto other = those.find(name);
      if (other != those.end() && other->second == held) continue;
      changed = std::max(changed, is_recent(name, month, sources) ? Changed::recent : Changed::any);
    }
  };
  look(before, now);
  look(now, before);
  return changed;
}

Date recent_since(Date as_of) {
  const Date month = step_start(Date{as_of.days - 1}, Granularity::month);
  return std::max(kFirstDate, add_steps(month, Granularity::month, -1));
}

}  // namespace huitou::profile
