// Hours as people write them.

#include <fmt/format.h>

#include <algorithm>

#include "base/replace_all.h"
#include "hours/hours.h"

namespace huitou::hours {
namespace {

constexpr int kDayMinutes = 24 * 60;
constexpr std::size_t kMostSpans = 12;  // of a day
constexpr int kMostDaysALine = 366;

struct Replacement {
  std::string_view from;
  std::string_view to;
};

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(' ') - begin + 1));
}

/// Half-width, lower case, `-` from to, `,` between; no blank around these.
std::string plain(std::string_view written) {
  std::string text(written);
  for (char& letter : text) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    if (letter == '\t' || letter == '\n' || letter == '\r') letter = ' ';
  }
  for (int digit = 0; digit < 10; ++digit) {
    const std::string wide{'\xef', '\xbc', static_cast<char>(0x90 + digit)};
    replace_all(text, wide, std::to_string(digit));
  }
  constexpr Replacement kSigns[] = {
      {"：", ":"}, {"，", ","}, {"、", ","}, {"；", ","},   {";", ","},     {"－", "-"},
      {"–", "-"},  {"—", "-"},  {"−", "-"},  {"~", "-"},    {"～", "-"},    {"〜", "-"},
      {"至", "-"}, {"到", "-"}, {"..", "-"}, {" to ", "-"}, {" and ", ","}, {" -", "-"},
      {"- ", "-"}, {" ,", ","}, {", ", ","}, {" :", ":"},   {"--", "-"}};
  replace_all(text, "　", " ");
  const auto both_blank = [](char a, char b) { return a == ' ' && b == ' '; };
  text.erase(std::unique(text.begin(), text.end(), both_blank), text.end());
  for (const Replacement& sign : kSigns) replace_all(text, sign.from, sign.to);
  return trimmed(text);
}

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

/// Takes a number of at most `digits` digits off the front.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  std::size_t length = 0;
  int number = 0;
  while (length < text.size() && is_digit(text[length])) {
    if (length == digits) return std::nullopt;
    number = 10 * number + (text[length++] - '0');
  }
  if (length == 0) return std::nullopt;
  text.remove_prefix(length);
  return number;
}

bool take(std::string_view& text, char letter) {
  if (text.empty() || text.front() != letter) return false;
  text.remove_prefix(1);
  return true;
}

/// Minutes of the day: "9", "9:00", "24:00".
std::optional<int> take_time(std::string_view& text) {
  const auto hour = take_number(text, 2);
  if (!hour) return std::nullopt;
  int minute = 0;
  if (take(text, ':')) {
    const auto given = text.size() >= 2 && is_digit(text[1]) ? take_number(text, 2) : std::nullopt;
    if (!given || *given > 59) return std::nullopt;
    minute = *given;
  }
  const int minutes = 60 * *hour + minute;
  return minutes <= kDayMinutes ? std::optional(minutes) : std::nullopt;
}

/// What is wrong with a line, after the line itself.
Error wrong(std::string_view line, Sentence what, Sentence hint) {
  return {Code::invalid_input, fmt::format("'{}': {}", line, what.en), std::move(hint.en),
          fmt::format("“{}”：{}", line, what.zh), std::move(hint.zh)};
}

Sentence how_to_write_hours() {
  return {"Write hours from 0:00 to 24:00, such as 9:00-12:00,13:30-18:00, or closed.",
          "请写 0:00 到 24:00 之间的时间段，如 9:00-12:00,13:30-18:00；不上班写“休息”。"};
}

Result<Span> read_span(std::string_view line, std::string_view part) {
  std::string_view rest = part;
  const auto from = take_time(rest);
  const bool has_end = from && take(rest, '-');
  const auto to = has_end ? take_time(rest) : std::nullopt;
  if (!to || !rest.empty()) {
    return wrong(
        line, {fmt::format("{} is no span of hours.", part), fmt::format("{} 不是时间段。", part)},
        how_to_write_hours());
  }
  if (*from < *to) return Span{*from, *to};
  return wrong(
      line,
      {fmt::format("{} ends before it begins.", part), fmt::format("{} 的结束不晚于开始。", part)},
      {"Hours after midnight belong to the next day: 22:00-24:00, and 0:00-2:00 there.",
       "过了零点的时间属于下一天：当天写 22:00-24:00，次日写 0:00-2:00。"});
}

/// In order; those that touch are one.
Result<Spans> joined(std::string_view line, Spans spans) {
  std::sort(spans.begin(), spans.end(), [](Span a, Span b) { return a.from < b.from; });
  Spans out;
  for (const Span& span : spans) {
    if (out.empty() || out.back().to < span.from) {
      out.push_back(span);
    } else if (out.back().to == span.from) {
      out.back().to = span.to;
    } else {
      return wrong(line,
                   {fmt::format("{} and {} overlap.", text({out.back()}), text({span})),
                    fmt::format("{} 与 {} 重叠。", text({out.back()}), text({span}))},
                   {"Let each span begin when the one before has ended.",
                    "请让每个时间段在前一个结束后开始。"});
    }
  }
  return out;
}

/// `hours` is plain and not empty.
Result<Spans> read_spans(std::string_view line, std::string_view hours) {
  Spans spans;
  while (!hours.empty()) {
    const std::size_t end = std::min(hours.find_first_of(", "), hours.size());
    TRY(const Span span, read_span(line, hours.substr(0, end)));
    spans.push_back(span);
    hours.remove_prefix(std::min(end + 1, hours.size()));
  }
  if (spans.size() > kMostSpans) {
    return wrong(line,
                 {fmt::format("{} spans in one day.", spans.size()),
                  fmt::format("一天有 {} 个时间段。", spans.size())},
                 {fmt::format("A day has at most {}.", kMostSpans),
                  fmt::format("一天最多 {} 个。", kMostSpans)});
  }
  return joined(line, std::move(spans));
}

/// Takes "closed" off the end.
bool take_closed(std::string& text) {
  for (const std::string_view word : {"closed", "off", "休息", "不上班", "休"}) {
    if (!text.ends_with(word)) continue;
    text = trimmed(std::string_view(text).substr(0, text.size() - word.size()));
    return true;
  }
  return false;
}

using Days = std::array<bool, kWeekdays>;

std::optional<std::size_t> day_of(std::string_view word) {
  constexpr std::string_view kChinese[] = {"一", "二", "三", "四", "五", "六", "日"};
  if (word.ends_with("天")) return day_of(std::string(word.substr(0, word.size() - 3)) + "日");
  for (std::size_t day = 0; day < kWeekdays; ++day) {
    std::string english(day_words(day).en);
    english.front() = static_cast<char>(english.front() - 'A' + 'a');
    // mon, tues, thur, monday
    if (word.size() >= 3 && std::string_view(english).starts_with(word)) return day;
    for (const std::string_view before : {"", "周", "星期", "礼拜"}) {
      if (word == std::string(before) + std::string(kChinese[day])) return day;
    }
  }
  return std::nullopt;
}

void mark(Days& days, std::size_t from, std::size_t to) {
  for (std::size_t day = from;; day = (day + 1) % kWeekdays) {
    days.at(day) = true;
    if (day == to) return;
  }
}

/// "mon", "mon-fri", "sat-mon", "weekdays", "每天"; false for what is none.
bool mark_days(std::string_view word, Days& days) {
  constexpr std::size_t kFriday = 4;
  constexpr std::size_t kSunday = 6;
  if (word == "weekdays" || word == "工作日") return mark(days, 0, kFriday), true;
  if (word == "weekend" || word == "weekends" || word == "周末") {
    return mark(days, kFriday + 1, kSunday), true;
  }
  if (word == "daily" || word == "every day" || word == "每天") return mark(days, 0, kSunday), true;
  const std::size_t dash = std::min(word.find('-'), word.size());
  const auto from = day_of(word.substr(0, dash));
  const auto to = dash == word.size() ? from : day_of(word.substr(dash + 1));
  if (!from || !to) return false;
  mark(days, *from, *to);
  return true;
}

Error twice(std::string_view line, std::string_view day, std::string_view day_zh) {
  return wrong(line,
               {fmt::format("{} is given twice.", day), fmt::format("{} 给出了两次。", day_zh)},
               {"Give each day once, with all its hours: mon 9:00-12:00,13:30-18:00.",
                "每天只给一次，写全当天的时间段：周一 9:00-12:00,13:30-18:00。"});
}

Result<Days> read_days(std::string_view line, std::string_view text) {
  Days days{};
  if (trimmed(text).empty()) {
    return wrong(
        line, {"it names no weekday.", "没有写星期几。"},
        {"Begin with the days: mon-fri 9:00-18:00.", "请以星期开头：周一至周五 9:00-18:00。"});
  }
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(','), text.size());
    const std::string word = trimmed(text.substr(0, end));
    if (!mark_days(word, days)) {
      return wrong(
          line, {fmt::format("'{}' is no weekday.", word), fmt::format("“{}”不是星期几。", word)},
          {"There are mon, tue, wed, thu, fri, sat and sun, mon-fri, weekdays, weekends and daily.",
           "可写 周一 至 周日、周一至周五、工作日、周末、每天。"});
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return days;
}

Status read_week(const std::string& line, Hours& hours, Days& seen) {
  std::string rest = plain(line);
  Spans spans;
  if (!take_closed(rest)) {
    const std::size_t at = std::min(rest.find_first_of("0123456789"), rest.size());
    const std::string times = rest.substr(at);
    rest = trimmed(rest.substr(0, at));
    if (times.empty()) {
      return wrong(line, {"it gives no hours.", "没有写时间段。"}, how_to_write_hours());
    }
    TRY(spans, read_spans(line, times));
  }
  while (rest.ends_with(':') || rest.ends_with(','))
    rest = trimmed(rest.substr(0, rest.size() - 1));
  TRY(const Days days, read_days(line, rest));
  for (std::size_t day = 0; day < kWeekdays; ++day) {
    if (!days.at(day)) continue;
    if (seen.at(day)) return twice(line, day_words(day).en, day_words(day).zh);
    seen.at(day) = true;
    hours.week.at(day) = spans;
  }
  return {};
}

/// Takes a day off the front: 2026-10-01, 2026/10/1, 2026.10.1.
Result<Date> take_date(std::string_view line, std::string_view& text) {
  const std::string_view whole = text;
  const auto year = take_number(text, 4);
  const auto sign = [&] { return take(text, '-') || take(text, '/') || take(text, '.'); };
  const auto month = year && sign() ? take_number(text, 2) : std::nullopt;
  const auto day = month && sign() ? take_number(text, 2) : std::nullopt;
  if (!day) {
    return wrong(line,
                 {fmt::format("'{}' does not begin with a date.", whole),
                  fmt::format("“{}”不以日期开头。", whole)},
                 {"Write dates as 2026-10-01, a span as 2026-10-01..2026-10-07.",
                  "日期请写作 2026-10-01，连续多天写作 2026-10-01..2026-10-07。"});
  }
  const Ymd ymd{*year, *month, *day};
  if (is_calendar_day(ymd) && date_of(ymd) >= kFirstDate && date_of(ymd) <= kLastDate) {
    return date_of(ymd);
  }
  return wrong(line,
               {fmt::format("{}-{:02}-{:02} is no day of the calendar.", *year, *month, *day),
                fmt::format("{}-{:02}-{:02} 不是日历上的日期。", *year, *month, *day)},
               {"Give a day from 1970-01-01 to 2105-12-31.",
                "请给出 1970-01-01 至 2105-12-31 之间的日期。"});
}

/// A line of dates: the days, and what is written after them.
struct Dated {
  Period days;
  std::string rest;
};

Result<Dated> read_dated(const std::string& line) {
  std::string all = line;
  for (const Replacement& sign : {Replacement{"年", "-"}, {"月", "-"}, {"日", " "}}) {
    replace_all(all, sign.from, sign.to);
  }
  all = plain(all);
  std::string_view text = all;
  TRY(const Date from, take_date(line, text));
  Date to = from;
  if (take(text, '-')) {
    TRY(to, take_date(line, text));
  }
  if (to < from || to.days - from.days >= kMostDaysALine) {
    return wrong(line,
                 {fmt::format("{} to {} is no span of days.", format_date(from), format_date(to)),
                  fmt::format("{} 至 {} 不是连续的日期。", format_date(from), format_date(to))},
                 {fmt::format("Give the earlier day first, and at most {} days.", kMostDaysALine),
                  fmt::format("请先写较早的一天，最多 {} 天。", kMostDaysALine)});
  }
  return Dated{{from, Date{to.days + 1}}, trimmed(text)};
}

using Dates = std::map<Date, Spans>;

Status put(const std::string& line, const Dated& dated, const Spans& spans, Dates& dates) {
  for (Date day = dated.days.from; day < dated.days.to; day.days += 1) {
    if (!dates.emplace(day, spans).second) {
      return twice(line, format_date(day), format_date(day));
    }
  }
  return {};
}

Status read_holiday(const std::string& line, Dates& dates) {
  TRY(Dated dated, read_dated(line));
  take_closed(dated.rest);
  if (!dated.rest.empty()) {
    return wrong(line, {"a holiday has no hours.", "节假日没有工作时间。"},
                 {"Give half days as workday: 2026-02-16 9:00-12:00.",
                  "半天上班请用 workday：2026-02-16 9:00-12:00。"});
  }
  return put(line, dated, {}, dates);
}

Status read_workday(const std::string& line, const Hours& hours, Dates& dates) {
  TRY(const Dated dated, read_dated(line));
  const auto usual = std::find_if(hours.week.begin(), hours.week.end(),
                                  [](const Spans& spans) { return !spans.empty(); });
  Spans spans = usual == hours.week.end() ? Spans{} : *usual;
  if (!dated.rest.empty()) {
    TRY(spans, read_spans(line, dated.rest));
  }
  return put(line, dated, spans, dates);
}

Status check(const Hours& hours) {
  const bool never = std::all_of(hours.week.begin(), hours.week.end(),
                                 [](const Spans& spans) { return spans.empty(); });
  if (never) {
    return Error{Code::invalid_input, "No weekday has hours.",
                 "Give some: mon-fri 9:00-18:00; to count by the clock on the wall, give none.",
                 "没有一天有工作时间。",
                 "请给出，如 周一至周五 9:00-18:00；要按自然时间统计，请用 none。"};
  }
  if (hours.dates.size() <= kMostDates) return {};
  return Error{Code::limit_reached,
               fmt::format("There would be {} holidays and working days.", hours.dates.size()),
               fmt::format("At most {} are kept; leave out those of long ago.", kMostDates),
               fmt::format("节假日与调休日将达 {} 个。", hours.dates.size()),
               fmt::format("最多保留 {} 个，请去掉久远的日期。", kMostDates)};
}

}  // namespace

Result<Hours> changed(Hours before, const Given& given) {
  Days seen{};
  for (const std::string& line : given.week) TRY(read_week(line, before, seen));
  Dates dates;
  for (const std::string& line : given.holidays) TRY(read_holiday(line, dates));
  for (const std::string& line : given.workdays) TRY(read_workday(line, before, dates));
  for (auto& [date, spans] : dates) before.dates[date] = std::move(spans);
  TRY(check(before));
  return before;
}

}  // namespace huitou::hours
