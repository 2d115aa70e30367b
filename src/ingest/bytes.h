#pragma once

// The bytes of a file: opened, known for what it is, unpacked.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "ingest/table.h"

namespace huitou::ingest {

/// A .gz may unpack to so many times its size once that is more than kFreeGzipBytes: what grows
/// more is no table but a bomb.
inline constexpr std::uint64_t kMaxGzipRatio = 250;
inline constexpr std::uint64_t kFreeGzipBytes = 64ULL << 20;

/// The bytes of a file from its beginning: unpacked where it is gzip, UTF-8 where it is UTF-16. A
/// byte order mark stays (as UTF-8 in both cases).
class ByteSource {
 public:
  /// Errors: not_found, denied, invalid_input (not a regular file, empty).
  static Result<std::unique_ptr<ByteSource>> open(const std::string& path);
  ~ByteSource();
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;

  /// From now on bytes are taken for UTF-16; called before the first `read`.
  void decode_utf16(Encoding encoding);
  /// Fills `to` with up to `size` bytes; fewer only at the end of the file, then 0.
  /// Errors: invalid_input (a broken or cut .gz), limit_reached (kMaxGzipRatio), unavailable (the
  /// disk).
  Result<std::size_t> read(char* to, std::size_t size);
  /// Passes over bytes; the same errors.
  Status skip(std::uint64_t bytes);

  bool packed() const { return packed_; }
  std::uint64_t file_bytes() const { return file_bytes_; }
  /// Bytes of the file itself that were used for what `read` gave.
  std::uint64_t consumed() const;

 private:
  struct Inflater;
  explicit ByteSource(std::string path);
  Result<std::size_t> read_file(char* to, std::size_t size);
  Result<std::size_t> read_unpacked(char* to, std::size_t size);
  Status fill_decoded();

  std::string path_;
  int file_ = -1;
  bool packed_ = false;
  std::uint64_t file_bytes_ = 0;
  std::uint64_t consumed_ = 0;
  std::uint64_t unpacked_ = 0;
  std::unique_ptr<Inflater> inflater_;
  bool utf16_ = false;
  bool big_endian_ = false;
  std::string units_;    // UTF-16 bytes not yet decoded
  std::string decoded_;  // UTF-8 not yet given out
  std::size_t given_ = 0;
};

/// The last part of a path, for messages.
std::string file_name(const std::string& path);

/// Do these first bytes look like those of an .xlsx?
bool looks_like_workbook(std::string_view head);

/// Refuses bytes that are known to be something else than a text table, by how they begin: Excel,
/// PDF, Parquet, pictures, archives, HTML, JSON ... `inside` says that they came out of a .gz.
Status check_is_text(const std::string& path, std::string_view head, bool inside);

}  // namespace huitou::ingest
