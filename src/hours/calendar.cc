// Open seconds between two instants, in a query without a table of days.
//
// The seconds that are open until an instant are a function that only grows, and between two
// instants lies the difference of its values. It is linear between the ends of spans; written down
// for every span of ten years it would be longer than a query may be. But most weeks are alike: so
// time is cut into weeks of UTC, each knows what was open before it and which kind of week it is,
// and a kind lists its spans. A week with a holiday or a change of the clock is a kind of its own.

#include <cctz/time_zone.h>
#include <fmt/format.h>

#include <algorithm>

#include "hours/hours.h"

namespace huitou::hours {

std::string_view embedded(std::string_view path);

namespace {

constexpr std::int64_t kDay = 24 * 60 * 60;
constexpr std::int64_t kWeek = 7 * kDay;
// A query has room for a few hundred kilobytes.
constexpr std::size_t kMostNumbers = 30'000;

/// UTC seconds, [begin, end), in order and apart.
struct Open {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  bool operator<(const Open& other) const {
    return std::pair(begin, end) < std::pair(other.begin, other.end);
  }
};
using Opens = std::vector<Open>;

Result<cctz::time_zone> zone_of(const std::string& name) {
  cctz::time_zone zone;
  if (cctz::load_time_zone(name, &zone)) return zone;
  return Error{Code::invalid_input, "There is no time zone '" + name + "'.",
               "Use a name like Asia/Shanghai or Europe/London.", "没有名为“" + name + "”的时区。",
               "请使用 Asia/Shanghai、Europe/London 之类的名称。"};
}

std::int64_t offset_at(const cctz::time_zone& zone, std::int64_t utc) {
  return zone.lookup(cctz::time_point<cctz::seconds>(cctz::seconds(utc))).offset;
}

/// Seconds [begin, end) during which the local clock is `offset` ahead of UTC.
struct Stretch {
  std::int64_t begin = 0;
  std::int64_t end = 0;
  std::int64_t offset = 0;
};

/// A clock changes at most once in a day.
std::vector<Stretch> stretches(const cctz::time_zone& zone, Instants instants) {
  std::vector<Stretch> all{{instants.first, instants.first, offset_at(zone, instants.first)}};
  for (std::int64_t at = instants.first; at < instants.last;) {
    const std::int64_t next = std::min(at + kDay, instants.last);
    const std::int64_t offset = offset_at(zone, next);
    if (offset != all.back().offset) {
      std::int64_t before = at;
      std::int64_t after = next;
      while (before + 1 < after) {
        const std::int64_t middle = before + (after - before) / 2;
        (offset_at(zone, middle) == offset ? after : before) = middle;
      }
      all.back().end = after;
      all.push_back({after, after, offset});
    }
    at = next;
  }
  all.back().end = instants.last;
  return all;
}

const Spans& spans_of(const Hours& hours, Date day) {
  const auto own = hours.dates.find(day);
  const auto from_monday = static_cast<std::size_t>((weekday(day) + 6) % 7);
  return own == hours.dates.end() ? hours.week.at(from_monday) : own->second;
}

/// Joins what touches.
void push_open(Opens& opens, Open open) {
  if (open.begin >= open.end) return;
  if (!opens.empty() && opens.back().end == open.begin) {
    opens.back().end = open.end;
  } else {
    opens.push_back(open);
  }
}

Opens opens_of(const Hours& hours, const cctz::time_zone& zone, Instants instants) {
  Opens opens;
  for (const Stretch& stretch : stretches(zone, instants)) {
    const std::int64_t local_begin = stretch.begin + stretch.offset;
    const std::int64_t local_end = stretch.end + stretch.offset;
    // Towards the earlier day, also before 1970.
    std::int64_t day = local_begin / kDay - (local_begin < 0 ? 1 : 0);
    for (; day * kDay < local_end; ++day) {
      for (const Span& span : spans_of(hours, Date{static_cast<std::int32_t>(day)})) {
        const std::int64_t from = day * kDay + 60 * std::int64_t{span.from} - stretch.offset;
        const std::int64_t to = day * kDay + 60 * std::int64_t{span.to} - stretch.offset;
        push_open(opens, {std::max(from, stretch.begin), std::min(to, stretch.end)});
      }
    }
  }
  return opens;
}

/// The spans of each week, in its seconds.
std::vector<Opens> weeks_of(const Opens& opens, Instants instants) {
  std::vector<Opens> weeks(static_cast<std::size_t>((instants.last - instants.first) / kWeek));
  for (const Open& open : opens) {
    for (std::int64_t at = open.begin; at < open.end;) {
      const std::int64_t week = (at - instants.first) / kWeek;
      const std::int64_t begin = instants.first + week * kWeek;
      const std::int64_t end = std::min(open.end, begin + kWeek);
      weeks.at(static_cast<std::size_t>(week)).push_back({at - begin, end - begin});
      at = end;
    }
  }
  return weeks;
}

std::int64_t length(const Opens& opens) {
  std::int64_t sum = 0;
  for (const Open& open : opens) sum += open.end - open.begin;
  return sum;
}

Error too_many() {
  return {
      Code::limit_reached,
      fmt::format("The business hours of this period have more than {} spans and weeks of "
                  "their own.",
                  kMostNumbers),
      "Choose a shorter period, set fewer dates, or count by the clock on the wall (clock=wall).",
      "该时段内各周差异过多，无法在一次查询中按工作时间统计。",
      "请缩短时段、减少特殊日期，或按自然时间统计（clock=wall）。"};
}

}  // namespace

Result<Calendar> calendar(const Hours& hours, const std::string& time_zone, Instants instants) {
  TRY(const cctz::time_zone zone, zone_of(time_zone));
  CHECK(instants.first <= instants.last);
  // The last instant may be the first second of its week.
  const std::int64_t weeks = (instants.last - instants.first) / kWeek + 1;
  const Instants whole{instants.first, instants.first + weeks * kWeek};
  const std::vector<Opens> all = weeks_of(opens_of(hours, zone, whole), whole);
  Calendar out{.origin = whole.first};
  std::size_t most = 1;
  for (const Opens& week : all) most = std::max(most, week.size());
  out.spans = static_cast<std::int64_t>(most);
  std::map<Opens, std::int64_t> kinds;
  std::int64_t before = 0;
  for (const Opens& week : all) {
    const auto [kind, is_new] =
        kinds.emplace(week, static_cast<std::int64_t>(out.begins.size()) + 1);
    for (std::size_t i = 0; is_new && i < most; ++i) {
      out.begins.push_back(i < week.size() ? week[i].begin : 0);
      out.ends.push_back(i < week.size() ? week[i].end : 0);
    }
    out.open_before.push_back(before);
    out.places.push_back(kind->second);
    before += length(week);
    if (3 * out.places.size() + 2 * out.begins.size() > kMostNumbers) return too_many();
  }
  return out;
}

std::int64_t open_until(const Calendar& calendar, std::int64_t at) {
  const auto week = static_cast<std::size_t>((at - calendar.origin) / kWeek);
  const std::int64_t second = (at - calendar.origin) % kWeek;
  std::int64_t open = calendar.open_before.at(week);
  for (std::int64_t i = 0; i < calendar.spans; ++i) {
    const auto place = static_cast<std::size_t>(calendar.places.at(week) - 1 + i);
    open += std::max<std::int64_t>(
        0, std::min(second, calendar.ends.at(place)) - calendar.begins.at(place));
  }
  return open;
}

std::string sql(std::string_view instants) {
  std::string_view file = embedded("open_seconds.sql");
  while (file.starts_with("--")) {
    file.remove_prefix(std::min(file.find('\n'), file.size() - 1) + 1);
  }
  std::string text(file.substr(0, file.find_last_not_of('\n') + 1));
  constexpr std::string_view kPlace = "{{instants}}";
  for (std::size_t at = text.find(kPlace); at != std::string::npos;
       at = text.find(kPlace, at + instants.size())) {
    text.replace(at, kPlace.size(), instants);
  }
  return text;
}

engine::Params params(const Calendar& calendar) {
  return {{"origin", calendar.origin},
          {"week_seconds", kWeek},
          {"open_before_week", calendar.open_before},
          {"week_places", calendar.places},
          {"span_begins", calendar.begins},
          {"span_ends", calendar.ends},
          {"spans_a_week", calendar.spans}};
}

Result<std::int64_t> day_begin(Date day, const std::string& time_zone) {
  TRY(const cctz::time_zone zone, zone_of(time_zone));
  const Ymd ymd = ymd_of(day);
  return std::int64_t{cctz::convert(cctz::civil_second(ymd.year, ymd.month, ymd.day), zone)
                          .time_since_epoch()
                          .count()};
}

}  // namespace huitou::hours
