#include "ingest/formats/archive.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>

#include "ingest/bytes.h"

namespace huitou::ingest {
namespace {

Error damaged(const std::string& path) {
  const std::string name = file_name(path);
  return {Code::invalid_input, fmt::format("{} is damaged: its ZIP data cannot be unpacked", name),
          "Copy or download the file again, or save it as CSV",
          fmt::format("{} 已损坏：ZIP 数据无法解压", name), "请重新复制或下载该文件，或另存为 CSV"};
}

Error bomb(const std::string& path, std::uint64_t unpacked) {
  const std::string name = file_name(path);
  const std::uint64_t size = unpacked >> 20;
  return {Code::limit_reached,
          fmt::format("{} unpacks to more than {} MiB, over {} times its size "
                      "(kMaxUnpackedRatio) or {} GiB (kMaxUnpackedBytes)",
                      name, size, kMaxUnpackedRatio, kMaxUnpackedBytes >> 30),
          "Save the table as CSV",
          fmt::format("{} 解压后超过 {} MiB，大于原文件的 {} 倍（kMaxUnpackedRatio）或 {} "
                      "GiB（kMaxUnpackedBytes）",
                      name, size, kMaxUnpackedRatio, kMaxUnpackedBytes >> 30),
          "请将表格另存为 CSV"};
}

}  // namespace

struct Archive::Handle {
  std::string path;
  zip_t* zip = nullptr;
  ~Handle() {
    if (zip != nullptr) {
      zip_discard(zip);
    }
  }
};

struct Entry::Handle {
  std::string path;
  zip_file_t* file = nullptr;
  std::uint64_t packed = 0;
  std::uint64_t unpacked = 0;  // as the archive says
  std::uint64_t given = 0;
  ~Handle() {
    if (file != nullptr) {
      zip_fclose(file);
    }
  }
};

Archive::Archive(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;
Archive::~Archive() = default;

Result<Archive> Archive::open(const std::string& path) {
  auto handle = std::make_unique<Handle>();
  handle->path = path;
  int error = 0;
  handle->zip = zip_open(path.c_str(), ZIP_RDONLY, &error);
  if (handle->zip == nullptr) {
    return damaged(path);
  }
  return Archive(std::move(handle));
}

bool Archive::has(const std::string& name) const {
  return zip_name_locate(handle_->zip, name.c_str(), ZIP_FL_NOCASE) >= 0;
}

Result<std::unique_ptr<Entry>> Archive::entry(const std::string& name) const {
  const zip_int64_t index = zip_name_locate(handle_->zip, name.c_str(), ZIP_FL_NOCASE);
  zip_stat_t about;
  if (index < 0 || zip_stat_index(handle_->zip, static_cast<zip_uint64_t>(index), 0, &about) != 0) {
    return damaged(handle_->path);
  }
  auto handle = std::make_unique<Entry::Handle>();
  handle->path = handle_->path;
  handle->packed = about.comp_size;
  handle->unpacked = about.size;
  if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && about.encryption_method != ZIP_EM_NONE) {
    const std::string file = file_name(handle_->path);
    return Error{Code::invalid_input, fmt::format("{} is protected by a password", file),
                 "Save it without a password", fmt::format("{} 有密码保护", file),
                 "请去除密码后重新保存"};
  }
  handle->file = zip_fopen_index(handle_->zip, static_cast<zip_uint64_t>(index), 0);
  if (handle->file == nullptr) {
    return damaged(handle_->path);
  }
  return std::unique_ptr<Entry>(new Entry(std::move(handle)));
}

Result<std::string> Archive::read(const std::string& name, std::uint64_t limit) const {
  TRY(const std::unique_ptr<Entry> opened, entry(name));
  std::string text;
  TRY(opened->read_all(text, limit));
  return text;
}

Entry::Entry(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
Entry::~Entry() = default;

Result<std::size_t> Entry::read(char* to, std::size_t size) {
  std::size_t got = 0;
  while (got < size) {
    const zip_int64_t bytes = zip_fread(handle_->file, to + got, size - got);
    if (bytes < 0) {
      return damaged(handle_->path);
    }
    if (bytes == 0) {
      break;
    }
    got += static_cast<std::size_t>(bytes);
  }
  handle_->given += got;
  const bool swells =
      handle_->given > kFreeUnpackedBytes && handle_->given / kMaxUnpackedRatio > handle_->packed;
  if (swells || handle_->given > kMaxUnpackedBytes) {
    return bomb(handle_->path, handle_->given);
  }
  return got;
}

Status Entry::read_all(std::string& to, std::uint64_t limit) {
  constexpr std::size_t kStep = 256 << 10;
  const std::size_t begin = to.size();
  while (true) {
    const std::size_t at = to.size();
    to.resize(at + kStep);
    TRY(const std::size_t got, read(to.data() + at, kStep));
    to.resize(at + got);
    if (to.size() - begin > limit) {
      return bomb(handle_->path, to.size() - begin);
    }
    if (got < kStep) {
      return {};
    }
  }
}

std::uint64_t Entry::consumed() const {
  if (handle_->unpacked == 0) {
    return handle_->packed;
  }
  const double part =
      std::min(1.0, static_cast<double>(handle_->given) / static_cast<double>(handle_->unpacked));
  return static_cast<std::uint64_t>(part * static_cast<double>(handle_->packed));
}

}  // namespace huitou::ingest
