#include "sync/files_source.h"

#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>

namespace huitou::sync {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEndings[] = {".csv",    ".tsv",  ".txt",     ".xlsx", ".jsonl",
                                         ".ndjson", ".json", ".parquet", ".gz"};

const std::vector<std::string>* values(const connectors::Settings& settings,
                                       std::string_view name) {
  const auto at = settings.find(name);
  return at == settings.end() || at->second.empty() ? nullptr : &at->second;
}

bool is_pattern(const std::string& path) { return path.find_first_of("*?[") != std::string::npos; }

/// Files of tables, as opposed to notes, mappings and what is being written.
bool is_table(const fs::path& path) {
  const std::string name = path.filename().string();
  if (name.starts_with('.') || name.starts_with('~')) return false;
  return std::any_of(std::begin(kEndings), std::end(kEndings), [&](std::string_view ending) {
    return name.size() > ending.size() &&
           std::equal(ending.rbegin(), ending.rend(), name.rbegin(), [](char a, char b) {
             return a == std::tolower(static_cast<unsigned char>(b));
           });
  });
}

Error not_there(const std::string& path, const Sentence& why) {
  return {Code::not_found, fmt::format("{} cannot be read: {}.", path, why.en),
          "Check the path and the rights.", fmt::format("无法读取 {}：{}。", path, why.zh),
          "请检查路径和权限。"};
}

/// A folder's files, or those that fit the pattern in the last part of the path.
Result<std::vector<std::string>> expand_path(const std::string& path) {
  std::error_code failed;
  if (!is_pattern(path) && !fs::is_directory(path, failed)) {
    if (!fs::exists(path, failed))
      return not_there(path, {"there is no such file", "没有这个文件"});
    return std::vector<std::string>{path};
  }
  const bool pattern = is_pattern(path);
  const fs::path folder = pattern ? fs::path(path).parent_path() : fs::path(path);
  const std::string wanted = pattern ? fs::path(path).filename().string() : "*";
  std::vector<std::string> out;
  fs::directory_iterator at(folder.empty() ? fs::path(".") : folder, failed);
  if (failed) return not_there(folder.string(), {failed.message(), failed.message()});
  for (; at != fs::directory_iterator(); at.increment(failed)) {
    const std::string name = at->path().filename().string();
    const bool fits =
        pattern ? fnmatch(wanted.c_str(), name.c_str(), FNM_PERIOD) == 0 : is_table(at->path());
    std::error_code ignored;
    if (fits && at->is_regular_file(ignored)) out.push_back(at->path().string());
    if (out.size() > kMostFiles) {
      return Error{Code::limit_reached,
                   fmt::format("{} gives more than {} files (kMostFiles).", path, kMostFiles),
                   "Use a narrower pattern.",
                   fmt::format("{} 的文件超过 {} 个（kMostFiles）。", path, kMostFiles),
                   "请使用更窄的通配符。"};
    }
  }
  if (failed) return not_there(folder.string(), {failed.message(), failed.message()});
  return out;
}

Result<std::int64_t> content_of(const std::string& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> in(std::fopen(path.c_str(), "rb"),
                                                           &std::fclose);
  if (!in) return not_there(path, {"it cannot be opened", "打不开"});
  std::string buffer(std::size_t{1} << 20U, '\0');
  std::uint64_t state = 0;
  while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), in.get())) {
    state = ingest::hash(std::string_view(buffer).substr(0, size), state);
  }
  return static_cast<std::int64_t>(state);
}

Result<bool> is_known(store::Store& store, const Kept& kept, const std::string& path,
                      std::int64_t content) {
  TRY(const Frame rows, store.run("SELECT content FROM source_files WHERE source = ? AND path = ?",
                                  {kept.source.name, path}));
  return rows.rows() > 0 && rows.integer("content", 0) == content;
}

/// The mapping that the source was given, as the file that loading wants.
Result<std::string> mapping_file(const Place& place, const Source& source) {
  if (source.mapping.empty()) return std::string();
  const fs::path path = fs::path(place.home) / "mappings" / (source.name + ".source.yaml");
  std::ofstream out(path, std::ios::binary);
  out << source.mapping;
  out.close();
  if (!out) return not_there(path.string(), {"it cannot be written", "写不进去"});
  return path.string();
}

/// Files that could not be loaded, and why.
class Failures {
 public:
  void add(const std::string& path, const Error& error) {
    if (errors_++ == 0) first_ = error;
    if (errors_ > kNamedFiles) return;
    const std::string name = fs::path(path).filename().string();
    names_.en += fmt::format(" {};", said(name, error.message, ": "));
    const std::string& zh = error.message_zh.empty() ? error.message : error.message_zh;
    names_.zh += fmt::format("{}；", said(name, zh, "："));
    notes_.push_back({"file_failed", {describe(error), describe(error, true)}});
  }

  const std::vector<Note>& notes() const { return notes_; }

  /// The error of one, or all of them in one. Nothing if all `files` were loaded.
  std::optional<Error> error(std::size_t files) const {
    if (errors_ == 0) return std::nullopt;
    if (errors_ == 1) return first_;
    std::string en = fmt::format("{} of {} files were not loaded:{}", errors_, files, names_.en);
    std::string zh = fmt::format("{} 个文件中有 {} 个未能加载：{}", files, errors_, names_.zh);
    if (errors_ > kNamedFiles) {
      en += fmt::format(" and {} more.", errors_ - kNamedFiles);
      zh += fmt::format("另有 {} 个。", errors_ - kNamedFiles);
    } else {
      en.back() = '.';
      zh.replace(zh.size() - std::string_view("；").size(), std::string::npos, "。");
    }
    return Error{first_.code, en,
                 "The others are loaded. Mend these files or take them away, then sync again.", zh,
                 "其余文件已加载。请修正或移走这些文件，然后重新同步。"};
  }

 private:
  /// With the name of the file, and without the stop at its end.
  static std::string said(const std::string& name, std::string_view why, std::string_view between) {
    for (const std::string_view stop : {".", "。"}) {
      why.remove_suffix(why.ends_with(stop) ? stop.size() : 0);
    }
    const bool named = why.find(name) != std::string_view::npos;
    return named ? std::string(why) : fmt::format("{}{}{}", name, between, why);
  }

  std::size_t errors_ = 0;
  Error first_{};
  Sentence names_;
  std::vector<Note> notes_;
};

void add(Run& run, const ingest::Loaded& loaded) {
  run.rows_read += static_cast<std::int64_t>(loaded.rows_read);
  run.rows_loaded += static_cast<std::int64_t>(loaded.rows_loaded);
  run.rows_rejected += static_cast<std::int64_t>(loaded.rows_left_out);
  ++run.pages;
  run.notes.insert(run.notes.end(), loaded.notes.begin(), loaded.notes.end());
}

/// Loads a file unless it was loaded as it is. Gives why it cannot be; errors are those of the
/// store.
Result<std::optional<Error>> sync_file(Place& place, const Kept& kept, const std::string& path,
                                       ingest::LoadOptions& options, Run& run,
                                       const Progress& progress) {
  const Result<std::int64_t> content = content_of(path);
  if (!content.ok()) return std::optional<Error>(content.error());
  TRY(const bool known, is_known(place.store, kept, path, *content));
  if (known) return std::optional<Error>();
  options.paths = {path};
  const auto loaded = ingest::load(place.engine, place.store, options, progress);
  if (!loaded.ok()) return std::optional<Error>(loaded.error());
  for (const ingest::Loaded& one : *loaded) add(run, one);
  TRY(place.store.run("INSERT OR REPLACE INTO source_files VALUES (?, ?, ?)",
                      {kept.source.name, path, *content}));
  return std::optional<Error>();
}

}  // namespace

Kind files_kind() {
  return {
      .card = {.name = kFilesKind,
               .title = {"Files of a folder", "文件夹中的文件"},
               .question = {"Which files are new or changed?", "哪些文件是新的或有变化？"},
               .method =
                   {"Loads each new or changed file of a folder, or of a pattern such as "
                    "/data/pos-*.csv, in the order of their names; a file is known by its "
                    "bytes.",
                    "按名称顺序加载文件夹（或 /data/pos-*.csv 之类的通配符）中新的或有变化的文件；"
                    "以文件内容判断是否变化。"}},
      .params = {{.name = "path",
                  .doc = {"A file, a folder, or a pattern with * ? [] in its last part.",
                          "文件、文件夹，或末段带 * ? [] 的通配符。"},
                  .required = true,
                  .repeated = true}},
      .secrets = {}};
}

Status check_files(const connectors::Settings& settings) {
  for (const auto& [name, given] : settings) {
    if (name == "path") continue;
    return Error{Code::invalid_input, fmt::format("Setting '{}' is none of files.", name),
                 "There is: path.", fmt::format("设置项“{}”不是 files 的设置。", name),
                 "可用：path。"};
  }
  const std::vector<std::string>* paths = values(settings, "path");
  for (std::size_t i = 0; paths != nullptr && i < paths->size(); ++i) {
    const std::string& path = (*paths)[i];
    if (fs::path(path).is_absolute()) continue;
    return Error{Code::invalid_input, fmt::format("The path '{}' does not begin with /.", path),
                 "Give the whole path, as a source is read from anywhere.",
                 fmt::format("路径“{}”不是以 / 开头。", path), "请给出完整路径。"};
  }
  if (paths != nullptr) return {};
  return Error{Code::invalid_input, "Setting 'path' is missing.",
               "Give a file, a folder or a pattern such as /data/pos-*.csv.", "缺少设置项“path”。",
               "请给出文件、文件夹或 /data/pos-*.csv 之类的通配符。"};
}

Result<std::vector<std::string>> files_of(const connectors::Settings& settings) {
  TRY(check_files(settings));
  std::vector<std::string> out;
  for (const std::string& path : *values(settings, "path")) {
    TRY(const std::vector<std::string> found, expand_path(path));
    out.insert(out.end(), found.begin(), found.end());
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Status sync_files(Place& place, const Kept& kept, const ingest::LoadOptions& given, Run& run,
                  const Progress& progress) {
  TRY(const std::vector<std::string> files, files_of(kept.source.settings));
  ingest::LoadOptions options = given;
  TRY(options.mapping, mapping_file(place, kept.source));
  options.mapping_dir = (fs::path(place.home) / "mappings").string();
  Failures failures;
  for (const std::string& path : files) {
    if (progress.cancelled()) {
      return Error{Code::conflict, "The sync was cancelled.", "What is loaded stays.",
                   "同步已取消。", "已加载的数据保留。"};
    }
    TRY(const std::optional<Error> failed, sync_file(place, kept, path, options, run, progress));
    if (failed && progress.cancelled()) return *failed;
    if (failed) failures.add(path, *failed);
  }
  run.notes.insert(run.notes.end(), failures.notes().begin(), failures.notes().end());
  run.error = failures.error(files.size());
  return {};
}

}  // namespace huitou::sync
