// load, preview: from files to tables.

#include <fmt/format.h>

#include <chrono>
#include <filesystem>

#include "commands/joined.h"
#include "commands/list.h"
#include "commands/preview_answer.h"
#include "commands/rows.h"
#include "commands/shop.h"
#include "ingest/ingest.h"

namespace huitou::commands {
namespace {

std::int64_t utc_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

ingest::LoadOptions options_of(const Call& call) {
  ingest::LoadOptions options;
  options.paths = call.args.list("files");
  options.mapping = call.args.text("mapping");
  options.mapping_text = call.args.text("mapping_text");
  options.mapping_dir = (std::filesystem::path(call.shop.home) / "mappings").string();
  options.source = call.args.text("source");
  options.time_zone = call.shop.settings.time_zone;
  options.currency = call.shop.settings.currency;
  options.today = call.today;
  options.now = utc_now();
  options.dry_run = call.args.boolean("dry_run");
  options.force = call.args.boolean("force");
  return options;
}

/// "orders.csv: orders, one row each. 订单编号 → order_key, ..."
Note understood_note(const ingest::Preview& seen) {
  std::string columns;
  for (const ingest::ColumnGuess& guess : seen.columns) {
    if (guess.field == "ignore") continue;
    columns += fmt::format("{}{} → {}", columns.empty() ? "" : ", ", guess.column, guess.field);
  }
  const std::string file = std::filesystem::path(seen.path).filename().string();
  return {"understood",
          {fmt::format("{}: {}. {}", file, seen.summary.en, columns),
           fmt::format("{}：{}。{}", file, seen.summary.zh, columns)}};
}

Result<Answer> load(const Call& call) {
  const ingest::LoadOptions options = options_of(call);
  std::vector<Note> notes;
  for (const std::string& path : options.paths) {
    const auto seen = ingest::preview(path, options);
    // What is wrong with a file is said by the load itself.
    if (seen.ok()) notes.push_back(understood_note(*seen));
  }
  TRY(const auto loaded, ingest::load(*call.shop.engine, *call.shop.store, options, call.progress));
  Answer answer = loaded_answer(loaded);
  answer.notes.insert(answer.notes.begin(), notes.begin(), notes.end());
  if (!options.dry_run) TRY(join_accounts(call, answer));
  return answer;
}

Result<Answer> preview(const Call& call) {
  const ingest::LoadOptions options = options_of(call);
  const std::string path = call.args.text("files");
  auto seen = call.args.has("draft")
                  ? ingest::preview_draft(path, options, call.args.text("draft"))
                  : ingest::preview(path, options);
  TRY(const ingest::Preview known, std::move(seen));
  return preview_answer(known, call);
}

Param files_param(Words doc, bool repeated) {
  return {.name = "files",
          .type = ParamType::file,
          .doc = doc,
          .required = true,
          .positional = true,
          .repeated = repeated};
}

Param mapping_param() {
  return {.name = "mapping",
          .type = ParamType::file,
          .doc = {"mapping file to obey; <file>.mapping.yaml or a guess if not given",
                  "要遵循的映射文件；默认用 <文件>.mapping.yaml 或自动识别"}};
}

}  // namespace

const Command load_command{
    .name = "load",
    .title = {"Load files", "加载文件"},
    .doc = {"Reads order exports (CSV, TSV and the like, .gz, Excel .xlsx, JSON Lines, Parquet), guesses what the "
            "columns mean and says "
            "so, and puts the rows into the tables: all of a file or nothing. The same file again "
            "changes nothing; a corrected file replaces its orders. What was wrong with rows is "
            "listed "
            "by `huitou quality`.",
            "读取订单导出文件（CSV、TSV 等，可为 "
            ".gz；以及 Excel .xlsx、JSON Lines、Parquet），识别各列含义并说明，再把数据写入：一个文件要么全部写入，要么"
            "不写。重复加载同一文件不改变结果；更正后的文件会替换其中的订单。有问题的行见 `huitou "
            "quality`。"},
    .kind = Kind::job,
    .params = {files_param({"files to load", "要加载的文件"}, true),
               mapping_param(),
               mapping_text_param(),
               {.name = "source",
                .doc = {"name of the system the files come from", "来源系统的名称"}},
               {.name = "dry_run",
                .type = ParamType::boolean,
                .doc = {"read and check everything, change nothing", "只读取并检查，不作修改"},
                .fallback = "false"},
               {.name = "force",
                .type = ParamType::boolean,
                .doc = {"load even if the same bytes were loaded last", "即使内容未变也重新加载"},
                .fallback = "false"}},
    .columns = loaded_columns(),
    .examples = {"huitou load orders.csv", "huitou load customers.csv orders.csv --source tmall",
                 "huitou load orders.csv --mapping orders.mapping.yaml"},
    .run = load,
};

const Command preview_command{
    .name = "preview",
    .title = {"Look at a file before loading it", "加载前预览文件"},
    .doc =
        {"Says what each column of the file was taken for and why, without loading it. --part rows "
         "shows the first rows as they would be loaded; --part problems what is wrong, with how many "
         "rows and which values; --part file the format and the mapping, which can be saved, "
         "corrected and given to load.",
         "说明文件各列被识别为什么及原因，不加载数据。--part rows 显示前若干行将如何写入；--part "
         "problems 列出问题、涉及的行数和内容；--part file 显示格式与映射，"
         "映射可保存、修改后交给 load。"},
    .live = true,
    .params = {files_param({"file to look at", "要预览的文件"}, false), mapping_param(),
               mapping_text_param(), draft_param(), part_param()},
    .columns = preview_columns(),
    .examples = {"huitou preview orders.csv", "huitou preview orders.csv --part file",
                 "huitou preview orders.csv --draft 'columns: {sum: paid}' --part problems"},
    .run = preview,
};

}  // namespace huitou::commands
