#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>

#include "sync/files_source.h"
#include "sync/mapping_text.h"
#include "sync/rows.h"
#include "sync/secrets.h"

namespace huitou::sync {
namespace {

namespace fs = std::filesystem;

using Draft = std::optional<std::string>;

Result<Look> look_at_files(Place& place, const Source& source, const Draft& draft) {
  TRY(const std::vector<std::string> files, files_of(source.settings));
  Look out;
  out.notes.push_back({"files",
                       {files.size() == 1 ? "There is 1 file now."
                                          : fmt::format("There are {} files now.", files.size()),
                        fmt::format("现有 {} 个文件。", files.size())}});
  if (files.empty()) return out;
  const ingest::LoadOptions options = load_options(place, source);
  auto seen = draft                    ? ingest::preview_draft(files.front(), options, *draft)
              : source.mapping.empty() ? ingest::preview(files.front(), options)
                                       : ingest::preview(files.front(), options, source.mapping);
  TRY(out.seen, std::move(seen));
  out.types.resize(out.seen->columns.size());
  return out;
}

/// The first page from the source itself.
Result<Looks::Known> pull_first(Place& place, const Source& source,
                                const connectors::Settings& settings) {
  TRY(const connectors::Connector* connector, connectors::find(source.kind));
  TRY(const auto reader, connectors::open(*connector, settings, place.outside));
  TRY(connectors::Page page, reader->next(""));
  return Looks::Known(std::make_shared<const FirstPage>(reader->columns(), std::move(page)));
}

Result<Looks::Known> first_page(Place& place, const Source& source) {
  TRY(const connectors::Settings settings, with_secrets(place, source));
  const auto pull = [&] { return pull_first(place, source, settings); };
  if (place.looks == nullptr) return pull();
  std::uint64_t key = ingest::hash(source.kind);
  for (const auto& [name, values] : settings) {
    key = ingest::hash(name, key);
    for (const std::string& value : values) key = ingest::hash(value, key);
  }
  return place.looks->page(key, place.now(), pull);
}

/// Rows that are read again and have no key of their own would be doubled.
void add_key_problem(const Source& source, ingest::Preview& seen) {
  const auto read = read_mapping(seen.mapping);
  const Status keys = read.ok() ? check_keys(*read, source.name) : Status();
  if (keys.ok()) return;
  const Error& error = keys.error();
  const std::string field = seen.table == "orders" ? "order_key" : "line_number";
  seen.problems.insert(seen.problems.begin(), {.code = "no_key",
                                               .severity = "error",
                                               .blocks = true,
                                               .field = field,
                                               .text = {describe(error), describe(error, true)}});
}

Result<Look> look_at_pages(Place& place, const Source& source, const Draft& draft,
                           const std::string& path) {
  TRY(const Looks::Known first, first_page(place, source));
  TRY(Spool spool, Spool::open(path, "look", first->columns.size()));
  TRY(spool.append(first->page));
  const Pulled pulled{std::move(spool), first->columns};
  TRY(ingest::RowsSource rows, rows_of(source.name, draft ? "" : source.mapping, pulled));
  rows.is_draft = draft.has_value();
  if (draft) rows.mapping = *draft;
  Look out;
  TRY(out.seen, ingest::preview_rows(rows, load_options(place, source)));
  add_key_problem(source, *out.seen);
  for (const auto& column : first->columns) out.types.push_back(column.type);
  return out;
}

}  // namespace

Result<Look> look(Place& place, const Source& source, const Draft& draft) {
  TRY(check(place, source));
  if (source.kind == kFilesKind) return look_at_files(place, source, draft);
  const fs::path spool = fs::path(place.home) / "spool";
  std::error_code ignored;
  fs::create_directories(spool, ignored);
  // A name that no source can have, as it holds a dot.
  std::string folder = (spool / "look.XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) {
    return Error{Code::unavailable, fmt::format("{} cannot be written.", spool.string()),
                 "Check the rights and the space of the disk.",
                 fmt::format("无法写入 {}。", spool.string()), "请检查权限和磁盘空间。"};
  }
  auto seen = look_at_pages(place, source, draft, (fs::path(folder) / "pages").string());
  fs::remove_all(folder, ignored);
  return seen;
}

}  // namespace huitou::sync
