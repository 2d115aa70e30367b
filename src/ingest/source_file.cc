#include "ingest/source_file.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>

#include "ingest/hash.h"

namespace huitou::ingest {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSuffix = ".mapping.yaml";
constexpr std::uintmax_t kLargestMapping = 1U << 20U;

std::string beside(const std::string& path) { return path + std::string(kSuffix); }
std::string in_dir(const std::string& path, const std::string& dir) {
  return (fs::path(dir) / (fs::path(path).filename().string() + std::string(kSuffix))).string();
}

bool is_file(const std::string& path) {
  std::error_code ignored;
  return !path.empty() && fs::is_regular_file(path, ignored);
}

Result<std::string> read_mapping(const std::string& path) {
  std::error_code failed;
  const std::uintmax_t size = fs::file_size(path, failed);
  std::ifstream in(path, std::ios::binary);
  if (failed || !in) {
    return Error{Code::not_found, "The mapping file " + path + " cannot be read.",
                 "Check the name.", "无法读取映射文件 " + path + "。", "请检查文件名。"};
  }
  if (size > kLargestMapping) {
    return Error{Code::limit_reached,
                 "The mapping file " + path + " is larger than 1 MiB (kLargestMapping).",
                 "Give the mapping, not the data.",
                 "映射文件 " + path + " 超过 1 MiB（kLargestMapping）。",
                 "请给出映射文件，而不是数据文件。"};
  }
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

/// Whole or not at all, whoever is killed: a part of a mapping would be obeyed or refused.
bool write_file(const std::string& path, const std::string& text) {
  const fs::path draft =
      fs::path(path).parent_path() / (".draft-" + fs::path(path).filename().string());
  std::error_code failed;
  {
    std::ofstream out(draft, std::ios::binary);
    out << text;
    out.flush();
    if (!out.good()) {
      out.close();
      fs::remove(draft, failed);
      return false;
    }
  }
  fs::rename(draft, path, failed);
  return !failed;
}

Result<SourceFile> open_file(const std::string& path, const ReadOptions& reading = {}) {
  SourceFile file;
  TRY(file.info, inspect(path, reading));
  file.open = [info = file.info] { return open_rows(info); };
  return file;
}

}  // namespace

Result<SourceFile> read_source(const std::string& path, const std::string& yaml,
                               const std::string& name) {
  TRY(const ReadOptions reading, reading_from_yaml(yaml, name));
  TRY(SourceFile file, open_file(path, reading));
  TRY(file.mapping, from_yaml(yaml, file.info, name));
  return file;
}

Result<SourceFile> read_draft(const std::string& path, const std::string& yaml) {
  const std::string name = "mapping";
  TRY(const ReadOptions reading, reading_from_yaml(yaml, name));
  TRY(SourceFile file, open_file(path, reading));
  TRY(Draft draft, draft_from_yaml(yaml, file.info, name));
  file.mapping = std::move(draft.mapping);
  file.problems = std::move(draft.problems);
  return file;
}

Result<SourceFile> read_source(const RowsSource& rows) {
  SourceFile file{.info = rows.info, .open = rows.open};
  file.info.format = Format::rows;
  if (rows.is_draft) {
    TRY(Draft draft, draft_from_yaml(rows.mapping, file.info, "mapping"));
    file.mapping = std::move(draft.mapping);
    file.problems = std::move(draft.problems);
  } else if (rows.mapping.empty()) {
    file.mapping = guess_mapping(file.info);
    file.mapping_is_guess = true;
  } else {
    TRY(file.mapping, from_yaml(rows.mapping, file.info, "mapping"));
  }
  return file;
}

Result<SourceFile> read_source(const std::string& path, const LoadOptions& options) {
  if (!options.mapping_text.empty()) {
    return read_source(path, options.mapping_text, "mapping");
  }
  std::string mapping = options.mapping;
  for (const std::string& place :
       {beside(path),
        options.mapping_dir.empty() ? std::string() : in_dir(path, options.mapping_dir)}) {
    if (mapping.empty() && is_file(place)) {
      mapping = place;
    }
  }
  if (!mapping.empty()) {
    TRY(const std::string yaml, read_mapping(mapping));
    TRY(SourceFile file, read_source(path, yaml, mapping));
    file.mapping_path = mapping;
    return file;
  }
  TRY(SourceFile file, open_file(path));
  file.mapping = guess_mapping(file.info);
  file.mapping_is_guess = true;
  return file;
}

Result<SourceFile> open_source(const std::string& path, const LoadOptions& options) {
  TRY(SourceFile file, read_source(path, options));
  TRY(check(file.mapping, file.info));
  return file;
}

void keep_mapping(SourceFile& file, const LoadOptions& options) {
  if (!file.mapping_is_guess) {
    return;
  }
  const std::string path = options.mapping_dir.empty()
                               ? beside(file.info.path)
                               : in_dir(file.info.path, options.mapping_dir);
  std::error_code ignored;
  if (!options.mapping_dir.empty()) {
    fs::create_directories(options.mapping_dir, ignored);
  }
  if (write_file(path, to_yaml(file.mapping, file.info))) {
    file.mapping_path = path;
  }
}

ConvertOptions convert_options(const Mapping& mapping, const LoadOptions& options) {
  return {.time_zone = mapping.time_zone.empty() ? options.time_zone : mapping.time_zone,
          .currency = mapping.currency.empty() ? options.currency : mapping.currency,
          .today = options.today};
}

std::string source_name(const Mapping& mapping, const LoadOptions& options,
                        const std::string& path) {
  if (!mapping.source.empty() || !options.source.empty()) {
    return mapping.source.empty() ? options.source : mapping.source;
  }
  return fs::path(path).filename().string();
}

std::vector<Note> notes_of(const SourceFile& file) {
  std::vector<Note> notes = file.info.notes;
  const Mapping& mapping = file.mapping;
  const bool sells = mapping.table == Table::orders || mapping.table == Table::lines;
  if (sells && !mapping.has(Field::status)) {
    notes.push_back({"no_status",
                     {"There is no column of status: every row is taken for a completed order.",
                      "没有订单状态列：每一行都视为已完成的订单。"}});
  }
  if (sells && !mapping.has(Field::customer_key)) {
    notes.push_back(
        {"no_customer",
         {"There is no column of customers: repurchase cannot be measured with this file.",
          "没有客户列：无法用此文件计算复购。"}});
  }
  for (const ColumnMapping& column : mapping.columns) {
    if (column.field == Field::ordered_at && column.date.ambiguous) {
      notes.push_back(
          {"ambiguous_date",
           {"In '" + column.column +
                "' day and month can be exchanged; the month was taken to come "
                "first. If not, write date: day_first in the mapping.",
            "“" + column.column +
                "”中日和月可能互换；已按月在前处理。如不对，请在映射文件中写 date: day_first。"}});
    }
  }
  return notes;
}

Result<std::uint64_t> content_hash(const std::string& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> in(std::fopen(path.c_str(), "rb"),
                                                           &std::fclose);
  if (in == nullptr) {
    return Error{Code::not_found, path + " cannot be read.", "Check the name and your rights.",
                 "无法读取 " + path + "。", "请检查文件名和权限。"};
  }
  std::string buffer(std::size_t{1} << 20U, '\0');
  std::uint64_t state = 0;
  while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), in.get())) {
    state = hash(std::string_view(buffer).substr(0, size), state);
  }
  return state;
}

}  // namespace huitou::ingest
