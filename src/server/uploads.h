#pragma once

// Files on their way in, in parts that can be sent again after a broken connection.

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "base/result.h"

namespace huitou::server {

/// Letters, digits, dot, dash, underscore, and anything beyond ASCII; no path, no hidden file, at
/// most 200 bytes.
bool is_file_name(std::string_view name);

struct Upload {
  std::string id;
  std::uint64_t size = 0;
  std::string path;
};
std::string upload_json(const Upload& upload);

struct Part {
  std::string id;
  std::uint64_t offset = 0;
  std::string_view bytes;
};

/// Any thread; parts of uploads are written one at a time.
class Uploads {
 public:
  explicit Uploads(std::string directory) : directory_(std::move(directory)) {}

  /// Errors: invalid_input (no such name for a file), not_found.
  Result<Upload> get(const std::string& id);
  /// Appends at `offset`, which must be the size so far; 0 begins anew. Synced before it returns.
  /// Errors: conflict naming the size so far, limit_reached (disk full), unavailable.
  Result<Upload> put(const Part& part);
  Status remove(const std::string& id);

 private:
  Result<std::string> path_of(const std::string& id) const;

  const std::string directory_;
  std::mutex mutex_;
};

}  // namespace huitou::server
