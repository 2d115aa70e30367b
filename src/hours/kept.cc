// The hours of a shop, in its store: a line each time they are set, none is changed.

#include <fmt/format.h>

#include "hours/hours.h"

namespace huitou::hours {
namespace {

Status ensure(store::Store& store) {
  TRY(store.run(
      "CREATE TABLE IF NOT EXISTS business_hours (id INTEGER PRIMARY KEY, set_at INTEGER NOT NULL, "
      "week TEXT, dates TEXT NOT NULL)"));
  return {};
}

std::vector<std::string> lines_of(std::string_view all) {
  std::vector<std::string> lines;
  while (!all.empty()) {
    const std::size_t end = std::min(all.find(';'), all.size());
    lines.emplace_back(all.substr(0, end));
    all.remove_prefix(std::min(end + 1, all.size()));
  }
  return lines;
}

/// From the texts of a line of the store.
Result<Hours> read_back(std::string_view week, std::string_view dates) {
  Given given{.week = lines_of(week)};
  for (std::string& line : lines_of(dates)) {
    const std::size_t closed = line.find(" closed");
    if (closed == std::string::npos) {
      given.workdays.push_back(std::move(line));
    } else {
      given.holidays.push_back(line.substr(0, closed));
    }
  }
  return changed({}, given);
}

std::string dates_text(const Hours& hours) {
  std::string all;
  for (const auto& [date, spans] : hours.dates) {
    all += fmt::format("{}{} {}", all.empty() ? "" : ";", format_date(date), text(spans));
  }
  return all;
}

Result<std::vector<Line>> newest(store::Store& store, std::int64_t lines) {
  TRY(ensure(store));
  TRY(const Frame rows,
      store.run("SELECT set_at, week, dates FROM business_hours ORDER BY id DESC LIMIT ?",
                {lines}));
  std::vector<Line> found;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    Line line{.set_at = rows.integer("set_at", row).value_or(0)};
    if (const auto week = rows.text("week", row)) {
      TRY(line.hours, read_back(*week, rows.text("dates", row).value_or("")));
    }
    found.push_back(std::move(line));
  }
  return found;
}

}  // namespace

Result<std::optional<Hours>> kept(store::Store& store) {
  TRY(std::vector<Line> lines, newest(store, 1));
  return lines.empty() ? std::optional<Hours>() : std::move(lines.front().hours);
}

Status keep(store::Store& store, const Keep& keep) {
  TRY(ensure(store));
  if (!keep.hours) {
    TRY(store.run("INSERT INTO business_hours (set_at, week, dates) VALUES (?, NULL, '')",
                  {keep.now}));
    return {};
  }
  TRY(store.run("INSERT INTO business_hours (set_at, week, dates) VALUES (?, ?, ?)",
                {keep.now, week_text(*keep.hours), dates_text(*keep.hours)}));
  return {};
}

Result<std::vector<Line>> history(store::Store& store) { return newest(store, 100); }

}  // namespace huitou::hours
