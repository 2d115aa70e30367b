#pragma once

// A ZIP archive, unpacked as it is read and never further than its limits.

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"

namespace huitou::ingest {

/// An entry may unpack to so many bytes, and to so many times its packed size once it is larger
/// than kFreeUnpackedBytes: what grows more is no table but a bomb.
inline constexpr std::uint64_t kMaxUnpackedBytes = 16ULL << 30;
inline constexpr std::uint64_t kFreeUnpackedBytes = 64ULL << 20;
inline constexpr std::uint64_t kMaxUnpackedRatio = 250;

class Archive;

/// The bytes of one entry. Used from one thread at a time with all others of its archive.
class Entry {
 public:
  ~Entry();
  Entry(const Entry&) = delete;
  Entry& operator=(const Entry&) = delete;
  /// Fewer than `size` only at the end. Errors: invalid_input (damaged), limit_reached.
  Result<std::size_t> read(char* to, std::size_t size);
  /// Appends all that is left, at most `limit` bytes (limit_reached).
  Status read_all(std::string& to, std::uint64_t limit);
  /// Bytes of the archive behind what was read.
  std::uint64_t consumed() const;

 private:
  friend class Archive;
  struct Handle;
  explicit Entry(std::unique_ptr<Handle> handle);
  std::unique_ptr<Handle> handle_;
};

class Archive {
 public:
  /// Errors: invalid_input if it is damaged, and those of opening a file.
  static Result<Archive> open(const std::string& path);
  Archive(Archive&&) noexcept;
  Archive& operator=(Archive&&) noexcept;
  ~Archive();

  bool has(const std::string& name) const;
  /// Errors: invalid_input (not there, protected by a password, damaged).
  Result<std::unique_ptr<Entry>> entry(const std::string& name) const;
  /// A whole entry of at most `limit` bytes.
  Result<std::string> read(const std::string& name, std::uint64_t limit) const;

 private:
  struct Handle;
  explicit Archive(std::unique_ptr<Handle> handle);
  std::unique_ptr<Handle> handle_;
};

}  // namespace huitou::ingest
