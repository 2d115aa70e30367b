#pragma once

// The pages of one run, kept in one file of the home until they are loaded.
//
// A page is appended behind its length and hash, so that whatever a crash cuts off is seen: the
// file is cut back to its last whole page and the run goes on at that page's cursor. Nothing is
// synced to the disk: what a power cut takes is read again from the source.

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "connectors/connectors.h"
#include "ingest/ingest.h"

namespace huitou::sync {

class Spool {
 public:
  /// Goes on with the file if it was begun with the same `head` (what the pages come from, and
  /// where they begin), otherwise begins it anew. Errors: unavailable, limit_reached (disk full).
  static Result<Spool> open(const std::string& path, const std::string& head, std::size_t columns);
  Spool(Spool&&) noexcept = default;
  Spool& operator=(Spool&&) noexcept = default;

  Status append(const connectors::Page& page);

  /// Of the last page; empty if there is none.
  const std::string& cursor() const { return cursor_; }
  bool complete() const { return last_; }
  std::int64_t pages() const { return pages_; }
  std::int64_t rows() const { return rows_; }
  std::uint64_t bytes() const { return bytes_; }
  /// The same number is the same rows of the same source.
  std::uint64_t content() const { return content_; }

  /// The pages from the first, for loading. The file must not be changed meanwhile.
  ingest::OpenRows reader(ingest::FileInfo info) const;
  /// The first rows, at most `most`.
  Result<std::vector<std::vector<std::string>>> samples(std::size_t most) const;

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  using File = std::unique_ptr<std::FILE, Close>;
  friend class SpoolReader;

  explicit Spool(std::string path, std::size_t columns)
      : path_(std::move(path)), columns_(columns) {}
  Status read_back(const std::string& head);
  Status begin(const std::string& head);

  std::string path_;
  std::size_t columns_;
  File file_;
  std::string cursor_;
  bool last_ = false;
  std::int64_t pages_ = 0;
  std::int64_t rows_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t content_ = 0;
};

}  // namespace huitou::sync
