#include "ingest/local_time.h"

#include <cctz/time_zone.h>

#include <limits>

namespace huitou::ingest {
namespace {

constexpr std::int64_t kDay = 24 * 60 * 60;
constexpr std::int32_t kUnknown = std::numeric_limits<std::int32_t>::min();
constexpr std::int32_t kChanges = kUnknown + 1;  // the offset changes within the day

}  // namespace

struct LocalTime::Zone {
  cctz::time_zone zone;
  std::vector<std::int32_t> offsets =
      std::vector<std::int32_t>(static_cast<std::size_t>(kLastDate.days) + 2, kUnknown);

  std::int64_t exact(Date day, std::int32_t seconds) const {
    const Ymd ymd = ymd_of(day);
    const cctz::civil_second civil = cctz::civil_second(ymd.year, ymd.month, ymd.day) + seconds;
    return cctz::convert(civil, zone).time_since_epoch().count();
  }
};

Result<LocalTime> LocalTime::open(const std::string& time_zone) {
  auto zone = std::make_unique<Zone>();
  if (!cctz::load_time_zone(time_zone, &zone->zone)) {
    return Error{Code::invalid_input, "There is no time zone '" + time_zone + "'.",
                 "Use a name like Asia/Shanghai or Europe/London.",
                 "没有名为“" + time_zone + "”的时区。",
                 "请使用 Asia/Shanghai、Europe/London 之类的名称。"};
  }
  return LocalTime(std::move(zone));
}

LocalTime::LocalTime(std::unique_ptr<Zone> zone) : zone_(std::move(zone)) {}
LocalTime::LocalTime(LocalTime&&) noexcept = default;
LocalTime& LocalTime::operator=(LocalTime&&) noexcept = default;
LocalTime::~LocalTime() = default;

std::int64_t LocalTime::utc_of(Date day, std::int32_t seconds) {
  const auto index = static_cast<std::size_t>(day.days);
  std::int32_t& offset = zone_->offsets.at(index);
  const std::int64_t midnight = std::int64_t{day.days} * kDay;
  if (offset == kUnknown) {
    const std::int64_t begin = midnight - zone_->exact(day, 0);
    const std::int64_t end = midnight + kDay - zone_->exact(Date{day.days + 1}, 0);
    offset = begin == end ? static_cast<std::int32_t>(begin) : kChanges;
  }
  return offset == kChanges ? zone_->exact(day, seconds) : midnight + seconds - offset;
}

LocalTime::Instant LocalTime::instant(const Moment& moment) {
  if (!moment.utc_offset) {
    return {utc_of(moment.date, moment.seconds), moment.date};
  }
  const std::int64_t utc =
      std::int64_t{moment.date.days} * kDay + moment.seconds - *moment.utc_offset;
  const cctz::time_point<cctz::seconds> point{cctz::seconds(utc)};
  const cctz::civil_day day(cctz::convert(point, zone_->zone));
  return {utc, date_of({static_cast<int>(day.year()), day.month(), day.day()})};
}

}  // namespace huitou::ingest
