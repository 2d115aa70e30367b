// Hours as text.

#include <fmt/format.h>

#include "hours/hours.h"

namespace huitou::hours {
namespace {

struct Day {
  std::string_view name;
  Words words;
};
constexpr std::array<Day, kWeekdays> kDays{{{"mon", {"Monday", "星期一"}},
                                            {"tue", {"Tuesday", "星期二"}},
                                            {"wed", {"Wednesday", "星期三"}},
                                            {"thu", {"Thursday", "星期四"}},
                                            {"fri", {"Friday", "星期五"}},
                                            {"sat", {"Saturday", "星期六"}},
                                            {"sun", {"Sunday", "星期日"}}}};

std::string time_text(int minutes) { return fmt::format("{}:{:02}", minutes / 60, minutes % 60); }

}  // namespace

std::string_view day_name(std::size_t day) { return kDays.at(day).name; }
Words day_words(std::size_t day) { return kDays.at(day).words; }

std::string text(const Spans& spans) {
  std::string all;
  for (const Span& span : spans) {
    all += fmt::format("{}{}-{}", all.empty() ? "" : ",", time_text(span.from), time_text(span.to));
  }
  return all.empty() ? "closed" : all;
}

namespace {

/// Days that follow each other and have the same hours.
struct Alike {
  std::size_t first = 0;
  std::size_t last = 0;
};

std::vector<Alike> alike_days(const Hours& hours) {
  std::vector<Alike> all;
  for (std::size_t day = 0; day < kWeekdays; ++day) {
    if (!all.empty() && hours.week.at(all.back().first) == hours.week.at(day)) {
      all.back().last = day;
    } else {
      all.push_back({day, day});
    }
  }
  return all;
}

}  // namespace

std::string week_text(const Hours& hours) {
  std::string all;
  for (const Alike& days : alike_days(hours)) {
    all += fmt::format("{}{}", all.empty() ? "" : "; ", day_name(days.first));
    if (days.last != days.first) all += fmt::format("-{}", day_name(days.last));
    all += " " + text(hours.week.at(days.first));
  }
  return all;
}

Sentence in_words(const Hours& hours) {
  Sentence all;
  for (const Alike& days : alike_days(hours)) {
    const Spans& spans = hours.week.at(days.first);
    all.en += fmt::format("{}{}", all.en.empty() ? "" : "; ", day_words(days.first).en);
    all.zh += fmt::format("{}{}", all.zh.empty() ? "" : "；", day_words(days.first).zh);
    if (days.last != days.first) {
      all.en += fmt::format(" to {}", day_words(days.last).en);
      all.zh += fmt::format("至{}", day_words(days.last).zh);
    }
    all.en += " " + text(spans);
    all.zh += " " + (spans.empty() ? "休息" : text(spans));
  }
  if (hours.dates.empty()) return all;
  const std::size_t dates = hours.dates.size();
  all.en += fmt::format("; besides {} single date{}", dates, dates == 1 ? "" : "s");
  all.zh += fmt::format("；另有 {} 个单独设定的日期", dates);
  return all;
}

std::int64_t minutes(const Spans& spans) {
  std::int64_t sum = 0;
  for (const Span& span : spans) sum += span.to - span.from;
  return sum;
}

}  // namespace huitou::hours
