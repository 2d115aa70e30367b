#pragma once

// From a line of the inbox to a row of `events`. Pure.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/frame.h"
#include "base/result.h"
#include "collect/line.h"

namespace huitou::collect {

/// An event as the table has it, but for the customer, whom only the engine knows.
struct EventRow {
  std::string source;
  std::string message_id;
  std::uint64_t hash = 0;
  std::string user_id;
  std::string anonymous_id;
  Kind kind = Kind::track;
  std::string name;
  std::int64_t occurred_ms = 0;
  std::int64_t received_ms = 0;
  std::string session_id;
  std::string page;
  std::optional<double> duration_seconds;
  std::string product_key;
  std::string category;
  std::string channel;
  std::string campaign;
  std::optional<std::int64_t> amount_minor;  ///< in the shop's currency
  std::string properties;                    ///< JSON
};

class RowReader {
 public:
  /// Amounts in another currency are left out.
  explicit RowReader(std::string currency);
  ~RowReader();
  RowReader(const RowReader&) = delete;
  RowReader& operator=(const RowReader&) = delete;

  /// Nothing for a line that `BodyReader` did not let through.
  std::optional<EventRow> read(const Line& line);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
  std::string currency_;
};

/// Days of the shop's calendar.
class Calendar {
 public:
  /// Errors: invalid_input for a time zone that is not known.
  static Result<Calendar> open(const std::string& time_zone);
  Calendar(Calendar&&) noexcept;
  Calendar& operator=(Calendar&&) noexcept;
  ~Calendar();
  Date day_of(std::int64_t utc_seconds) const;

 private:
  struct Zone;
  explicit Calendar(std::unique_ptr<Zone> zone);
  std::unique_ptr<Zone> zone_;
};

/// A row and whose it is; 0: not known.
struct Placed {
  const EventRow* row = nullptr;
  std::uint64_t customer_id = 0;
};
/// The rows as the table's columns.
Frame event_frame(const std::vector<Placed>& rows, const Calendar& calendar);

}  // namespace huitou::collect
