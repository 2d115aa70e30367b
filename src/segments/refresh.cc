// A refresh of saved segments: of each whether nobody, those who were touched, or everybody is
// asked.

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "segments/ask.h"
#include "segments/journal.h"
#include "segments/pass.h"
#include "segments/sets.h"
#include "segments/touched.h"

namespace huitou::segments {
namespace {

constexpr std::size_t kRulesOfAPass = 32;
/// Of rules that few people are asked: more of them share what is read.
constexpr std::size_t kRulesOfATouchedPass = 200;
/// A larger share of the customers: everybody is asked.
constexpr double kMostTouched = 0.3;

Error frozen_error(const std::string& name) {
  return {Code::conflict, fmt::format("The segment '{}' is frozen: its members do not move.", name),
          "Refresh the segment that it was taken from.",
          fmt::format("分群“{}”已冻结，成员不再变动。", name), "请刷新其来源分群。"};
}

Error backwards(const std::string& name) {
  return {Code::conflict,
          fmt::format("The segment '{}' was refreshed for a later instant already.", name),
          "Memberships only go forward: give a later --as-of, or leave it out.",
          fmt::format("分群“{}”已按更晚的时间刷新过。", name),
          "成员变动只能向前推进：请给出更晚的 --as-of 或省略。"};
}

/// Which saved segments a refresh asks.
Result<std::vector<Segment>> to_refresh(store::Store& store, const Library& library,
                                        const Lefts& left, const RunAt& run,
                                        const std::optional<std::string>& name) {
  std::vector<Segment> segments;
  if (name) {
    TRY(const Segment segment, find(store, *name));
    if (library.frozen.contains(*name)) return frozen_error(*name);
    segments.push_back(segment);
  } else {
    TRY(segments, saved(store));
  }
  for (const Segment& segment : segments) {
    if (library.frozen.contains(segment.name)) continue;
    const auto last = left.find(segment.name);
    if (last != left.end() && last->second.asked_at > run.as_of.second) {
      return backwards(segment.name);
    }
  }
  return segments;
}

/// A refresh of all segments.
class Refresh {
 public:
  Refresh(engine::Engine& engine, store::Store& store, const RunAt& run)
      : engine_(engine), store_(store), run_(run) {}

  Result<std::vector<Refreshed>> all() {
    TRY(begin(std::nullopt));
    TouchedFinder finder(engine_, store_, {.at = run_, .library = known_, .id = id_});
    TRY(const Seen before, finder.before());
    LookedAt look;
    std::map<std::string, Reach> reaches;
    for (const Segment& segment : segments_) {
      if (known_.frozen.contains(segment.name)) continue;
      Reach& reach = reaches[segment.name] = reach_of(asked_rule(segment.name), known_);
      for (const auto& [source, columns] : reach.columns) {
        look.columns[source].insert(columns.begin(), columns.end());
      }
    }
    if (reaches.empty()) return finish(nullptr);
    sort_out(before, reaches, look);
    TRY(Found found, finder.find(before, look));
    for (auto& [name, reach] : reaches) {
      how_[name] = how_of(name, reach, before, found);
    }
    TRY(ask(How::whole, kRulesOfAPass));
    TRY(ask(How::touched, kRulesOfATouchedPass));
    touched_ = found.touched;
    TRY(count_customers_, others_known(before, found));
    for (const auto& [name, reach] : reaches) {
      if (!problems_.contains(name)) found.now.rules[name] = definitions_[name];
    }
    return finish(&found.now);
  }

  /// It does not tell what the other segments know of the data.
  Result<std::vector<Refreshed>> one(const std::string& name) {
    TRY(begin(name));
    how_[name] = How::whole;
    count_customers_ = true;
    TRY(ask(How::whole, 1));
    return finish(nullptr);
  }

 private:
  static Rule asked_rule(const std::string& name) { return {.kind = Kind::segment, .name = name}; }

  Status begin(const std::optional<std::string>& name) {
    Journal journal(store_);
    TRY(journal.ensure());
    TRY(known_, library(store_));
    TRY(left_, journal.left());
    TRY(segments_, to_refresh(store_, known_, left_, run_, name));
    TRY(id_, journal.begin(run_));
    return {};
  }

  /// Days before that look and instant now: where the two are no days, anybody can have moved.
  bool moved(const Seen& before) const {
    const AsOf& was = before.as_of;
    return was.second != run_.as_of.second || was.end.days != run_.as_of.end.days ||
           was.within_day != run_.as_of.within_day;
  }
  bool moved_by_days(const Seen& before) const {
    return moved(before) && !before.as_of.within_day && !run_.as_of.within_day &&
           before.as_of.end.days < run_.as_of.end.days;
  }

  /// Who has to ask everybody, whatever changed; and which days the others look at.
  void sort_out(const Seen& before, const std::map<std::string, Reach>& reaches, LookedAt& look) {
    for (const auto& [name, reach] : reaches) {
      definitions_[name] = definition_of(name, known_, left_);
      const auto asked = before.rules.find(name);
      const auto last = left_.find(name);
      const bool same = before.run != 0 && asked != before.rules.end() &&
                        asked->second == definitions_[name] && last != left_.end() &&
                        last->second.run == before.run;
      const bool by_time = moved(before) && (reach.daily || reach.ranks || !moved_by_days(before));
      if (!same || reach.broken || by_time) {
        how_[name] = How::whole;
      } else if (moved(before)) {
        const auto days = moved_by(reach, before.as_of.end, run_.as_of.end);
        look.days.insert(look.days.end(), days.begin(), days.end());
      }
    }
  }

  /// Whether others may be customers than at that look.
  Result<bool> others_known(const Seen& before, const Found& found) {
    TRY(const bool noted, known_is_noted(store_));
    if (!noted || before.run == 0 || moved(before)) return true;
    for (const std::int64_t source :
         {static_cast<std::int64_t>(Source::customers), static_cast<std::int64_t>(Source::orders),
          static_cast<std::int64_t>(kSources)}) {
      if (found.changed.contains(source) || found.unknown.contains(source)) return true;
    }
    return false;
  }

  How how_of(const std::string& name, const Reach& reach, const Seen& before, const Found& found) {
    if (how_.contains(name)) return how_[name];
    std::set<std::int64_t> sources{static_cast<std::int64_t>(kSources)};
    for (const auto& [source, columns] : reach.columns) {
      sources.insert(static_cast<std::int64_t>(source));
    }
    const auto any_of = [&](const std::set<std::int64_t>& these) {
      return std::any_of(these.begin(), these.end(),
                         [&](std::int64_t source) { return sources.contains(source); });
    };
    if (any_of(found.unknown)) return How::whole;
    const bool changed = any_of(found.changed);
    if (found.touched == 0 || (!changed && !moved(before))) return How::nothing;
    const bool many =
        static_cast<double>(found.touched) > kMostTouched * static_cast<double>(found.customers);
    return reach.ranks || many ? How::whole : How::touched;
  }

  Status ask(How how, std::size_t at_once) {
    Asked asked;
    const auto pass = [&]() -> Status {
      if (asked.names.empty()) return {};
      TRY(auto found, Pass(engine_, run_, known_, id_).write(asked, how == How::touched));
      problems_.merge(found);
      asked = {};
      return {};
    };
    for (const Segment& segment : segments_) {
      const auto found = how_.find(segment.name);
      if (found == how_.end() || found->second != how) continue;
      asked.names.push_back(segment.name);
      asked.versions.push_back(segment.version);
      asked.rules.push_back(asked_rule(segment.name));
      if (asked.names.size() == at_once) TRY(pass());
    }
    return pass();
  }

  Result<Refreshed> result_of(const Segment& segment, const std::map<std::string, Refreshed>& moves,
                              std::map<std::string, Refreshed>& counted) {
    Refreshed out;
    const auto moved = moves.find(segment.name);
    if (const auto last = left_.find(segment.name); last != left_.end()) {
      if (moved != moves.end()) out = moved->second;
      out.customers = last->second.customers + out.came - out.went;
    } else {
      out = counted[segment.name];
    }
    out.name = segment.name;
    out.version = segment.version;
    out.frozen = known_.frozen.contains(segment.name);
    const auto how = how_.find(segment.name);
    out.how = how == how_.end() ? How::nothing : how->second;
    if (out.how == How::touched) out.asked = touched_;
    if (const auto found = problems_.find(segment.name); found != problems_.end()) {
      out.problem = found->second;
    }
    return out;
  }

  Result<std::vector<Refreshed>> finish(const Seen* seen) {
    TRY(const auto moves, moves_of(engine_, run_, id_));
    engine::TextList uncounted;
    for (const Segment& segment : segments_) {
      if (!left_.contains(segment.name)) uncounted.push_back(segment.name);
    }
    std::map<std::string, Refreshed> counted;
    if (!uncounted.empty()) {
      TRY(counted, membership(engine_, run_, uncounted, known_.void_moves, id_));
    }
    std::vector<Refreshed> out;
    for (const Segment& segment : segments_) {
      TRY(Refreshed one, result_of(segment, moves, counted));
      out.push_back(std::move(one));
    }
    std::vector<Refreshed> moved;
    for (const auto& [name, one] : moves) moved.push_back(one);
    TRY(const MovedSets sets, moved_sets(engine_, store_, id_, moved));
    std::int64_t customers = 0;
    if (count_customers_) {
      TRY(customers, known_customers(engine_, run_, known_));
    }
    TRY(Journal(store_).finish(id_, [&](store::Store& in) -> Status {
      for (const Refreshed& one : out) {
        if (!one.problem && !one.frozen) TRY(note(in, run_, id_, one));
      }
      TRY(write_sets(in, sets));
      if (count_customers_) TRY(write_known(in, customers));
      return seen == nullptr ? Status() : write_seen(in, *seen);
    }));
    return out;
  }

  engine::Engine& engine_;
  store::Store& store_;
  const RunAt& run_;
  Library known_;
  Lefts left_;
  std::vector<Segment> segments_;
  std::int64_t id_ = 0;
  std::map<std::string, How> how_;
  std::map<std::string, std::string> definitions_;
  std::map<std::string, Error> problems_;
  std::int64_t touched_ = 0;
  bool count_customers_ = false;
};

}  // namespace

Result<std::vector<Refreshed>> refresh(engine::Engine& engine, store::Store& store,
                                       const RunAt& run, const std::optional<std::string>& name) {
  Refresh refresh(engine, store, run);
  return name ? refresh.one(*name) : refresh.all();
}

}  // namespace huitou::segments
