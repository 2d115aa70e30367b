#pragma once

// Files on their way out: a job writes one, the browser takes it, and a day later it is gone.

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "base/result.h"

namespace huitou::server {

/// A place for a file: jobs write `path`, browsers ask for `id`.
struct Download {
  std::string id;  ///< 128 random bits and the name that was asked for: "5f..0a-list.xlsx"
  std::string path;
};
std::string download_json(const Download& download);
/// "attachment; filename*=UTF-8''list.xlsx", whatever the name.
std::string disposition_of(const std::string& id);

inline constexpr std::int64_t kDownloadSeconds = 24 * 3600;  ///< how long a file is kept
inline constexpr std::size_t kDownloadBytes = 512U << 20U;   ///< of one that goes to a browser

/// Any thread. Only the owner of the home may read the folder: lists name customers.
class Downloads {
 public:
  explicit Downloads(std::string directory) : directory_(std::move(directory)) {}

  /// A place for a file of this name; files older than kDownloadSeconds are taken away. Errors:
  /// invalid_input (no such name for a file), unavailable.
  Result<Download> begin(const std::string& name);
  /// Errors: invalid_input, not_found, limit_reached (kDownloadBytes), unavailable.
  Result<std::string> bytes(const std::string& id) const;
  /// Errors: invalid_input, not_found, unavailable.
  Status remove(const std::string& id) const;

 private:
  Result<std::string> path_of(const std::string& id) const;

  const std::string directory_;
};

}  // namespace huitou::server
