#pragma once

// The door to business hours: when the service of a shop is at work, and how many seconds of that
// lie between two instants.
//
// Invariants
// - An instant is open if the shop's local clock then reads a time within the hours of that day; so
//   a change of the clock (summer time) makes a day's hours longer or shorter, as it really does.
// - Hours of the past stay in the history; the newest line holds.
// - What a person writes is read whole or refused with one sentence; nothing is kept of the latter.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/language.h"
#include "base/result.h"
#include "engine/engine.h"
#include "store/store.h"

namespace huitou::hours {

/// Minutes of the local day, [from, to); 1440 is its end.
struct Span {
  int from = 0;
  int to = 0;
  bool operator==(const Span&) const = default;
};
/// In order, with time between them; none: closed.
using Spans = std::vector<Span>;

inline constexpr std::size_t kWeekdays = 7;
struct Hours {
  std::array<Spans, kWeekdays> week{};  ///< from Monday
  std::map<Date, Spans> dates{};        ///< holidays, make-up working days and half days
  bool operator==(const Hours&) const = default;
};

/// "mon", and what people call it. `day`: from 0, Monday.
std::string_view day_name(std::size_t day);
Words day_words(std::size_t day);
/// "9:00-12:00,13:30-18:00", or "closed".
std::string text(const Spans& spans);
/// "mon-fri 9:00-18:00; sat-sun closed"
std::string week_text(const Hours& hours);
std::int64_t minutes(const Spans& spans);
/// The week, and how many dates have hours of their own.
Sentence in_words(const Hours& hours);

/// As people write it, one line each; full-width signs and Chinese words are read too.
struct Given {
  std::vector<std::string> week;      ///< "mon-fri 9:00-12:00,13:30-18:00", "sun closed"
  std::vector<std::string> holidays;  ///< "2026-10-01", "2026-10-01..2026-10-07"
  /// "2026-10-10" (the hours of the first weekday that has some), "2026-02-16 9:00-12:00"
  std::vector<std::string> workdays;
};
/// `before` with what is given in place of what it said of the same days. Errors: invalid_input for
/// what cannot be read, spans that overlap or end before they begin, days that are none or are
/// given twice, more than `kMostDates` dates, and a week without an hour.
Result<Hours> changed(Hours before, const Given& given);
inline constexpr std::size_t kMostDates = 1000;

/// Seconds that are open, week by week of UTC from `origin`.
struct Calendar {
  std::int64_t origin = 0;                     ///< UTC seconds
  std::vector<std::int64_t> open_before{};     ///< seconds open before each week, from `origin`
  std::vector<std::int64_t> places{};          ///< where the spans of each week begin, from 1
  std::vector<std::int64_t> begins{}, ends{};  ///< seconds of their week
  std::int64_t spans = 0;                      ///< of each week; short ones are filled up with none
};
/// Instants in UTC seconds, both included.
struct Instants {
  std::int64_t first = 0;
  std::int64_t last = 0;
};
/// Errors: invalid_input for a time zone that is not known; limit_reached where there are too many
/// kinds of weeks for one query.
Result<Calendar> calendar(const Hours& hours, const std::string& time_zone, Instants instants);
/// Seconds open from the calendar's origin until this instant of it.
std::int64_t open_until(const Calendar& calendar, std::int64_t at);
/// The same in a query: an Array(Int64) of one number for each of `instants`, an Array(Int64).
/// Needs `params`.
std::string sql(std::string_view instants);
engine::Params params(const Calendar& calendar);
/// The UTC second with which a local day begins. Errors: those of the time zone.
Result<std::int64_t> day_begin(Date day, const std::string& time_zone);

/// The hours of this shop; none: they were never set, or taken away.
Result<std::optional<Hours>> kept(store::Store& store);
struct Keep {
  std::optional<Hours> hours;  ///< none: back to the clock on the wall
  std::int64_t now = 0;        ///< UTC seconds
};
Status keep(store::Store& store, const Keep& keep);
struct Line {
  std::int64_t set_at = 0;
  std::optional<Hours> hours{};
};
/// Newest first, a hundred at most.
Result<std::vector<Line>> history(store::Store& store);

}  // namespace huitou::hours
