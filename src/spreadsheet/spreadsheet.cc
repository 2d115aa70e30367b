#include "spreadsheet/spreadsheet.h"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/date.h"
#include "spreadsheet/draft.h"

namespace huitou::spreadsheet {

namespace fs = std::filesystem;

Error cannot_write(const std::string& path) {
  return {Code::unavailable, fmt::format("{} cannot be written", path),
          "Check the folder, your rights and the free space", fmt::format("无法写入 {}", path),
          "请检查文件夹、权限和剩余空间"};
}

Result<Draft> Draft::begin(const Target& target) {
  std::error_code ignored;
  if (!target.replace && fs::exists(target.path, ignored)) {
    return Error{Code::conflict, fmt::format("{} is there already", target.path),
                 "Choose another name, or replace it with --replace true",
                 fmt::format("{} 已存在", target.path), "请换个文件名，或用 --replace true 替换"};
  }
  Draft draft(target.path, fmt::format("{}.{}.part", target.path, ::getpid()));
  if (!std::ofstream(draft.path())) {
    return cannot_write(target.path);
  }
  return draft;
}

Draft::Draft(Draft&& other) noexcept
    : path_(std::move(other.path_)), draft_(std::move(other.draft_)) {
  other.draft_.clear();
}

Draft::~Draft() {
  std::error_code ignored;
  if (!draft_.empty()) {
    fs::remove(draft_, ignored);
  }
}

Status Draft::keep() {
  std::error_code failed;
  fs::rename(draft_, path_, failed);
  if (failed) {
    return cannot_write(path_);
  }
  draft_.clear();
  return {};
}

std::string written_time(std::int64_t seconds) {
  constexpr std::int64_t kDay = 24 * 60 * 60;
  const std::int64_t clock = ((seconds % kDay) + kDay) % kDay;
  const auto day = static_cast<std::int32_t>((seconds - clock) / kDay);
  return fmt::format("{} {:02}:{:02}:{:02}", format_date(Date{day}), clock / 3600, clock / 60 % 60,
                     clock % 60);
}

Result<Kind> kind_of(const std::string& path) {
  if (path.ends_with(".csv")) {
    return Kind::csv;
  }
  if (path.ends_with(".xlsx")) {
    return Kind::xlsx;
  }
  return Error{Code::invalid_input, fmt::format("'{}' is neither a .csv nor an .xlsx", path),
               "Let the name end with .csv or .xlsx",
               fmt::format("“{}”既不是 .csv 也不是 .xlsx", path), "文件名请以 .csv 或 .xlsx 结尾"};
}

Result<std::unique_ptr<Writer>> create(const Target& target, const Table& table) {
  TRY(const Kind kind, kind_of(target.path));
  return kind == Kind::csv ? create_csv(target, table) : create_xlsx(target, table);
}

}  // namespace huitou::spreadsheet
