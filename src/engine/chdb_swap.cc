#include "engine/chdb_swap.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace huitou::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMark = ".swap-";
constexpr std::string_view kUnfinished = ".new";

fs::path note_of(const std::string& path, const Swap& swap) {
  return path + std::string(kMark) + swap.staging;
}

/// Writes the text, to the disk.
bool write_file(const fs::path& path, const std::string& text) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) {
    return false;
  }
  const bool written = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const bool synced = written && fsync(file) == 0;
  return close(file) == 0 && synced;
}

}  // namespace

Status note_swap(const std::string& path, const Swap& swap) {
  std::string text = swap.table + "\n" + swap.staging + "\n";
  for (const std::string& partition : swap.partitions) {
    text += partition + "\n";
  }
  const fs::path note = note_of(path, swap);
  const fs::path unfinished = note.string() + std::string(kUnfinished);
  std::error_code failed;
  if (write_file(unfinished, text)) {
    fs::rename(unfinished, note, failed);
    if (!failed) {
      return {};
    }
  }
  return Error{Code::unavailable, "The note " + note.string() + " cannot be written",
               "Check that the disk has space and the directory can be written.",
               "无法写入记录 " + note.string(), "请检查磁盘空间以及目录是否可写。"};
}

void forget_swap(const std::string& path, const Swap& swap) {
  std::error_code ignored;  // a swap that is done again changes nothing
  fs::remove(note_of(path, swap), ignored);
}

std::vector<Swap> noted_swaps(const std::string& path) {
  std::vector<Swap> swaps;
  const fs::path whole(path);
  const std::string begins = whole.filename().string() + std::string(kMark);
  std::error_code failed;
  for (const fs::directory_entry& entry : fs::directory_iterator(whole.parent_path(), failed)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(begins) || name.ends_with(kUnfinished)) {
      continue;
    }
    std::ifstream file(entry.path());
    Swap swap;
    std::getline(file, swap.table);
    std::getline(file, swap.staging);
    for (std::string partition; std::getline(file, partition);) {
      swap.partitions.push_back(partition);
    }
    swaps.push_back(std::move(swap));
  }
  return swaps;
}

}  // namespace huitou::engine
