#include "ingest/clock_text.h"

#include <algorithm>

namespace huitou::ingest {
namespace {

enum class Half { none, morning, afternoon };

Half take_half(TextCursor& cursor) {
  if (cursor.take("上午") || cursor.take("AM") || cursor.take("am") || cursor.take("凌晨") ||
      cursor.take("早上")) {
    return Half::morning;
  }
  if (cursor.take("下午") || cursor.take("PM") || cursor.take("pm") || cursor.take("晚上")) {
    return Half::afternoon;
  }
  return Half::none;
}

void skip_fraction(TextCursor& cursor) {
  if (cursor.peek() == '.' || cursor.peek() == ',') {
    cursor.skip(1);
    while (cursor.is_digit()) {
      cursor.skip(1);
    }
  }
}

struct Clock {
  int hour = 0;
  int minute = 0;
  int second = 0;
};

bool read_colons(TextCursor& cursor, Clock& clock) {
  if (!cursor.take(':') && !cursor.take("：")) {
    return false;
  }
  if (!cursor.number_of(1, 2, clock.minute)) {
    return false;
  }
  if (cursor.take(':') || cursor.take("：")) {
    if (!cursor.number_of(1, 2, clock.second)) {
      return false;
    }
    skip_fraction(cursor);
  }
  return true;
}

bool read_chinese(TextCursor& cursor, Clock& clock) {
  if (!cursor.take("时") && !cursor.take("点")) {
    return false;
  }
  if (cursor.is_digit()) {
    if (!cursor.number_of(1, 2, clock.minute)) {
      return false;
    }
    cursor.take("分");
  }
  if (cursor.is_digit()) {
    if (!cursor.number_of(1, 2, clock.second)) {
      return false;
    }
    cursor.take("秒");
  }
  return true;
}

// `Z`, `+08:00`, `+0800`, `+08`, `UTC`, `GMT`, `UTC+8`; nothing is right as well.
bool read_offset(TextCursor& cursor, Moment& moment) {
  if (cursor.take('Z') || cursor.take("UTC") || cursor.take("GMT")) {
    moment.utc_offset = 0;
  }
  const char sign = cursor.peek();
  if (sign != '+' && sign != '-') {
    return true;
  }
  cursor.skip(1);
  int hours = 0;
  int minutes = 0;
  const int digits = cursor.number(hours);
  if (digits == 4) {
    minutes = hours % 100;
    hours /= 100;
  } else if (digits != 1 && digits != 2) {
    return false;
  } else if (cursor.take(':') && !cursor.number_of(2, 2, minutes)) {
    return false;
  }
  if (hours > 14 || minutes > 59) {
    return false;
  }
  const int seconds = hours * 3600 + minutes * 60;
  moment.utc_offset = sign == '-' ? -seconds : seconds;
  return true;
}

bool set_seconds(Clock clock, Half half, Moment& moment) {
  if (half != Half::none) {
    if (clock.hour > 12 || clock.hour < (half == Half::morning ? 0 : 1)) {
      return half == Half::afternoon && clock.hour <= 23 && set_seconds(clock, Half::none, moment);
    }
    clock.hour = clock.hour % 12 + (half == Half::afternoon ? 12 : 0);
  }
  const bool midnight = clock.hour == 24 && clock.minute == 0 && clock.second == 0;
  if ((clock.hour > 23 && !midnight) || clock.minute > 59 || clock.second > 59) {
    return false;
  }
  moment.seconds = clock.hour * 3600 + clock.minute * 60 + clock.second;
  moment.has_time = true;
  return true;
}

}  // namespace

bool read_clock(TextCursor& cursor, Moment& moment) {
  if (cursor.done()) {
    return true;
  }
  // Between date and time stands a blank, a comma or a T; `2024年1月7日13时` has nothing.
  if (!cursor.take('T')) {
    cursor.take(',');
    cursor.skip_blanks();
  }
  Half half = take_half(cursor);
  cursor.skip_blanks();
  Clock clock;
  if (!cursor.number_of(1, 2, clock.hour)) {
    return false;
  }
  if (!read_colons(cursor, clock) && !read_chinese(cursor, clock)) {
    return false;
  }
  cursor.skip_blanks();
  if (half == Half::none) {
    half = take_half(cursor);
    cursor.skip_blanks();
  }
  if (!set_seconds(clock, half, moment) || !read_offset(cursor, moment)) {
    return false;
  }
  cursor.skip_blanks();
  return cursor.done();
}

}  // namespace huitou::ingest
