#pragma once

// A file under another name until it is whole.

#include <string>

#include "spreadsheet/spreadsheet.h"

namespace huitou::spreadsheet {

class Draft {
 public:
  /// Errors: conflict if the target is there and may not be replaced.
  static Result<Draft> begin(const Target& target);
  Draft(Draft&& other) noexcept;
  Draft& operator=(Draft&&) = delete;
  ~Draft();

  const std::string& path() const { return draft_; }
  /// Gives the file its name.
  Status keep();

 private:
  Draft(std::string path, std::string draft) : path_(std::move(path)), draft_(std::move(draft)) {}
  std::string path_;
  std::string draft_;
};

/// unavailable: "<file> cannot be written".
Error cannot_write(const std::string& path);

/// "2025-01-31 08:00:00" of UTC seconds.
std::string written_time(std::int64_t seconds);

Result<std::unique_ptr<Writer>> create_csv(const Target& target, const Table& table);
Result<std::unique_ptr<Writer>> create_xlsx(const Target& target, const Table& table);

}  // namespace huitou::spreadsheet
