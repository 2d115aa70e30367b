#include "sync/spool.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <limits>
#include <span>

namespace huitou::sync {
namespace {

/// Before each record: what follows, and its hash.
struct Lead {
  std::uint64_t bytes = 0;
  std::uint64_t hash = 0;
};

/// At the beginning of a page's record; the cursor, the ends of the cells and the cells follow.
struct PageLead {
  std::uint64_t last = 0;
  std::uint64_t cursor_bytes = 0;
  std::uint64_t cells = 0;
};

/// A longer record is none of ours: a page has at most some MiB.
constexpr std::uint64_t kMostRecord = std::uint64_t{1} << 31U;

Error cannot_write(const std::string& path, int code) {
  const std::string why = std::strerror(code);
  if (code == ENOSPC || code == EDQUOT) {
    return {Code::limit_reached, fmt::format("The disk is full: {} cannot grow.", path),
            "Free some space and sync again: the run goes on where it stopped.",
            fmt::format("磁盘已满：{} 无法写入。", path), "请释放空间后再次同步：会从中断处继续。"};
  }
  return {Code::unavailable, fmt::format("{} cannot be written: {}.", path, why),
          "Check the rights of the home.", fmt::format("无法写入 {}：{}。", path, why),
          "请检查数据目录的权限。"};
}

template <typename T>
std::string_view bytes_of(const T& value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

bool read_into(std::FILE* file, void* to, std::size_t size) {
  return std::fread(to, 1, size, file) == size;
}

/// The next whole record; false where the file ends or is damaged.
bool read_record(std::FILE* file, std::string& record, std::uint64_t& hash) {
  Lead lead;
  if (!read_into(file, &lead, sizeof lead) || lead.bytes > kMostRecord) return false;
  record.resize(lead.bytes);
  hash = lead.hash;
  return read_into(file, record.data(), record.size()) && ingest::hash(record) == lead.hash;
}

/// A record of a page, taken apart; the views point into the record.
struct PageView {
  bool last = false;
  std::string_view cursor;
  std::string_view ends;
  std::string_view bytes;

  std::size_t cells() const { return ends.size() / sizeof(std::uint32_t); }
  std::uint32_t end(std::size_t cell) const {
    std::uint32_t value = 0;
    std::memcpy(&value, ends.data() + cell * sizeof value, sizeof value);
    return value;
  }
  std::string_view cell(std::size_t index) const {
    const std::uint32_t begin = index == 0 ? 0 : end(index - 1);
    return bytes.substr(begin, end(index) - begin);
  }
};

std::optional<PageView> view_of(std::string_view record) {
  PageLead lead;
  if (record.size() < sizeof lead) return std::nullopt;
  std::memcpy(&lead, record.data(), sizeof lead);
  const std::string_view rest = record.substr(sizeof lead);
  const std::uint64_t ends = lead.cells * sizeof(std::uint32_t);
  if (lead.cursor_bytes > rest.size() || ends > rest.size() - lead.cursor_bytes)
    return std::nullopt;
  return PageView{lead.last != 0, rest.substr(0, lead.cursor_bytes),
                  rest.substr(lead.cursor_bytes, ends), rest.substr(lead.cursor_bytes + ends)};
}

}  // namespace

/// Rows have the number that they have in the run, from 1.
class SpoolReader : public ingest::RowReader {
 public:
  static Result<std::unique_ptr<ingest::RowReader>> open(const std::string& path,
                                                         const ingest::FileInfo& info) {
    auto reader = std::make_unique<SpoolReader>();
    reader->info_ = info;
    reader->path_ = path;
    reader->file_.reset(std::fopen(path.c_str(), "rb"));
    if (!reader->file_) return cannot_write(path, errno);
    std::uint64_t hash = 0;
    if (!read_record(reader->file_.get(), reader->record_, hash)) return reader->damaged();
    return std::unique_ptr<ingest::RowReader>(std::move(reader));
  }

  const ingest::FileInfo& info() const override { return info_; }

  Result<bool> fetch(ingest::RawBlock& block) override {
    const std::size_t columns = info_.columns.size();
    block.clear(columns);
    std::uint64_t hash = 0;
    if (!read_record(file_.get(), record_, hash)) {
      if (consumed_at_end()) return false;
      return damaged();
    }
    const std::optional<PageView> page = view_of(record_);
    if (!page || page->cells() % columns != 0) return damaged();
    std::vector<std::string_view> fields(columns);
    for (std::size_t cell = 0; cell < page->cells();) {
      for (std::string_view& field : fields) field = page->cell(cell++);
      block.append(++row_, fields);
    }
    block.set_consumed(static_cast<std::uint64_t>(std::ftell(file_.get())));
    return true;
  }

 private:
  bool consumed_at_end() const { return std::feof(file_.get()) != 0; }
  Error damaged() const {
    return {Code::unavailable, fmt::format("{} was changed while it was read.", path_),
            "Sync again.", fmt::format("{} 在读取时被改动。", path_), "请再次同步。"};
  }

  ingest::FileInfo info_;
  std::string path_;
  Spool::File file_;
  std::string record_;
  std::uint64_t row_ = 0;
};

Result<Spool> Spool::open(const std::string& path, const std::string& head, std::size_t columns) {
  std::error_code failed;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), failed);
  Spool spool(path, columns);
  spool.file_.reset(std::fopen(path.c_str(), "a+b"));
  if (!spool.file_) return cannot_write(path, errno);
  TRY(spool.read_back(head));
  return spool;
}

Status Spool::read_back(const std::string& head) {
  std::FILE* const file = file_.get();
  std::rewind(file);
  std::string record;
  std::uint64_t hash = 0;
  if (!read_record(file, record, hash) || record != head) return begin(head);
  content_ = hash;
  long whole = std::ftell(file);
  while (read_record(file, record, hash)) {
    const std::optional<PageView> page = view_of(record);
    if (!page || page->cells() % columns_ != 0) break;
    cursor_ = page->cursor;
    last_ = page->last;
    rows_ += static_cast<std::int64_t>(page->cells() / columns_);
    ++pages_;
    content_ = ingest::combine(content_, hash);
    whole = std::ftell(file);
  }
  bytes_ = static_cast<std::uint64_t>(whole);
  if (ftruncate(fileno(file), whole) != 0) return cannot_write(path_, errno);
  std::clearerr(file);
  std::fseek(file, 0, SEEK_END);
  return {};
}

Status Spool::begin(const std::string& head) {
  std::FILE* const file = file_.get();
  std::clearerr(file);
  if (ftruncate(fileno(file), 0) != 0) return cannot_write(path_, errno);
  content_ = ingest::hash(head);
  const Lead lead{head.size(), content_};
  errno = 0;
  std::fwrite(&lead, 1, sizeof lead, file);
  std::fwrite(head.data(), 1, head.size(), file);
  if (std::fflush(file) != 0) return cannot_write(path_, errno);
  bytes_ = sizeof lead + head.size();
  return {};
}

Status Spool::append(const connectors::Page& page) {
  CHECK(page.columns() == columns_);
  const std::span ends(page.ends());
  const PageLead lead{page.last ? 1U : 0U, page.cursor.size(), ends.size()};
  std::string record(bytes_of(lead));
  record.reserve(record.size() + page.cursor.size() + ends.size_bytes() + page.bytes().size());
  record.append(page.cursor);
  record.append(reinterpret_cast<const char*>(ends.data()), ends.size_bytes());
  record.append(page.bytes());
  const Lead before{record.size(), ingest::hash(record)};
  std::FILE* const file = file_.get();
  errno = 0;
  std::fwrite(&before, 1, sizeof before, file);
  std::fwrite(record.data(), 1, record.size(), file);
  if (std::fflush(file) != 0 || std::ferror(file) != 0) return cannot_write(path_, errno);
  cursor_ = page.cursor;
  last_ = page.last;
  ++pages_;
  rows_ += static_cast<std::int64_t>(page.rows());
  bytes_ += sizeof before + record.size();
  content_ = ingest::combine(content_, before.hash);
  return {};
}

ingest::OpenRows Spool::reader(ingest::FileInfo info) const {
  return [path = path_, info = std::move(info)] { return SpoolReader::open(path, info); };
}

Result<std::vector<std::vector<std::string>>> Spool::samples(std::size_t most) const {
  std::vector<std::vector<std::string>> out;
  const File file(std::fopen(path_.c_str(), "rb"));
  if (!file) return cannot_write(path_, errno);
  std::string record;
  std::uint64_t hash = 0;
  read_record(file.get(), record, hash);
  while (out.size() < most && read_record(file.get(), record, hash)) {
    const std::optional<PageView> page = view_of(record);
    for (std::size_t cell = 0; page && cell < page->cells() && out.size() < most;) {
      std::vector<std::string>& row = out.emplace_back();
      for (std::size_t i = 0; i < columns_; ++i) row.emplace_back(page->cell(cell++));
    }
  }
  return out;
}

}  // namespace huitou::sync
