// sources add, look: what a source is, and what it gives.

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "commands/list.h"
#include "commands/preview_answer.h"
#include "commands/rows.h"
#include "commands/shop.h"
#include "commands/sources.h"

namespace huitou::commands {
namespace {

Error wrong_setting(const std::string& text) {
  return {Code::invalid_input, fmt::format("set = '{}' is not name=value.", text),
          "Write --set host=db.example.com; `huitou sources kinds` lists the settings.",
          fmt::format("set = “{}”不是 名称=值。", text),
          "请写成 --set host=db.example.com；`huitou sources kinds` 列出全部设置。"};
}

Result<std::string> text_of_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  if (in) return text.str();
  return Error{Code::not_found, fmt::format("{} cannot be read.", path), "Check the path.",
               fmt::format("无法读取 {}。", path), "请检查路径。"};
}

/// `name=value`; the error does not repeat a text that may hold a secret.
Result<std::pair<std::string, std::string>> pair_of(const std::string& text, bool secret) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) return wrong_setting(secret ? "***" : text);
  return std::pair(text.substr(0, equals), text.substr(equals + 1));
}

/// A name without a kind is a source that is there.
Result<sync::Source> source_of(const Call& call) {
  const Args& args = call.args;
  sync::Source source{
      .name = args.text("name"), .kind = args.text("kind"), .system = args.text("system")};
  for (const std::string& text : args.list("set")) {
    TRY(auto setting, pair_of(text, false));
    source.settings[setting.first].push_back(std::move(setting.second));
  }
  if (args.has("path")) source.settings["path"] = args.list("path");
  source.mapping = args.text("mapping_text");
  if (args.has("mapping") && source.mapping.empty()) {
    TRY(source.mapping, text_of_file(args.text("mapping")));
  }
  return source;
}

/// The home, with the secrets that came with the call.
Result<sync::Place> place_with_secrets(const Call& call) {
  sync::Place place = place_of(call.shop, call.today);
  place.outside = connectors::machine(call.progress.flag());
  for (const std::string& text : call.args.list("secret")) {
    TRY(auto secret, pair_of(text, true));
    place.secrets[secret.first] = {std::move(secret.second)};
  }
  return place;
}

Answer look_answer(const sync::Look& look) {
  TextTable table(columns_of(sources_add_command.columns));
  if (!look.seen) return table.answer();
  for (std::size_t i = 0; i < look.seen->columns.size(); ++i) {
    const ingest::ColumnGuess& column = look.seen->columns[i];
    table.row({column.column, look.types[i], column.field,
               column.samples.empty() ? "" : column.samples.front()});
  }
  Answer answer = table.answer();
  const std::string& taken = look.seen->table;
  answer.notes.push_back({"understood",
                          {fmt::format("Its rows are taken for {}.", taken),
                           fmt::format("其数据识别为 {}。", taken)}});
  answer.notes.insert(answer.notes.end(), look.seen->notes.begin(), look.seen->notes.end());
  return answer;
}

Result<Answer> add(const Call& call) {
  TRY(sync::Place place, place_with_secrets(call));
  TRY(sync::Source source, source_of(call));
  source.enabled = call.args.boolean("enabled");
  TRY(source.schedule, sync::parse_schedule(call.args.text("schedule")));
  Answer answer;
  if (call.args.boolean("look")) {
    TRY(const sync::Look look, sync::look(place, source));
    answer = look_answer(look);
    answer.notes.insert(answer.notes.begin(), look.notes.begin(), look.notes.end());
  }
  TRY(sync::check(place, source));
  TRY(sync::keep_secrets(place, source));
  TRY(const bool differs, sync::put(place, source));
  if (!differs) {
    answer.notes.push_back(
        {"unchanged", {"It was there already, just so.", "该数据源已存在且相同。"}});
  }
  return answer;
}

Result<Answer> look(const Call& call) {
  TRY(sync::Place place, place_with_secrets(call));
  TRY(sync::Source source, source_of(call));
  if (source.kind.empty()) {
    TRY(source, sync::source(place.store, source.name));
  }
  std::optional<std::string> draft;
  if (call.args.has("draft")) draft = call.args.text("draft");
  TRY(const sync::Look look, sync::look(place, source, draft));
  Answer answer;
  if (look.seen) answer = preview_answer(*look.seen, call);
  answer.notes.insert(answer.notes.begin(), look.notes.begin(), look.notes.end());
  if (look.seen && call.args.text("part") == "columns") {
    Column types = make_column("type", ColumnType::text);
    for (const std::string& type : look.types) {
      type.empty() ? types.push_null() : types.push_text(type);
    }
    answer.frame.columns.push_back(std::move(types));
    answer.columns.push_back({"type", Unit::none, Role::detail, {"Type", "类型"}});
  }
  return answer;
}

Param kind_param(bool required) {
  return {.name = "kind",
          .doc = {"kind of source: files, sqlite ...; see `sources kinds`",
                  "数据源类型：files、sqlite 等，见 `sources kinds`"},
          .required = required};
}

/// What describes where rows come from.
std::vector<Param> described_by() {
  return {
      {.name = "set",
       .doc = {"a setting as name=value; see `sources kinds`",
               "设置项 名称=值，见 `sources kinds`"},
       .repeated = true},
      {.name = "path",
       .type = ParamType::file,
       .doc = {"the same as --set path=..., relative to where you are",
               "同 --set path=...，可用相对路径"},
       .repeated = true},
      {.name = "secret",
       .doc = {"a secret itself, as setting=value; `sources add` keeps it in HOME/secrets.toml. "
               "On a command line others may see it: write that file instead",
               "密钥本身，写作 设置项=值；`sources add` 将其保存到 HOME/secrets.toml。"
               "命令行可能被他人看到，建议直接编辑该文件"},
       .repeated = true},
      {.name = "mapping",
       .type = ParamType::file,
       .doc = {"mapping file; guessed from the first rows if not given",
               "映射文件；不给则按首批数据识别"}},
      mapping_text_param(),
      {.name = "system",
       .doc = {"name of the source system; that of the source if not given",
               "来源系统名称；默认为数据源名称"}}};
}

std::vector<Param> add_params() {
  std::vector<Param> out{source_name_param(), kind_param(true)};
  for (const Param& param : described_by()) out.push_back(param);
  out.push_back(
      {.name = "schedule",
       .doc = {"manual, every 15m, every 2h, every 1d or daily 03:30 (in the shop's time zone)",
               "manual、every 15m、every 2h、every 1d 或 daily 03:30（店铺时区）"},
       .fallback = "manual"});
  out.push_back({.name = "enabled",
                 .type = ParamType::boolean,
                 .doc = {"runs by its schedule and with all others", "按计划同步，并参与全部同步"},
                 .fallback = "true"});
  out.push_back({.name = "look",
                 .type = ParamType::boolean,
                 .doc = {"connect and read the first rows now", "立即连接并读取首批数据"},
                 .fallback = "true"});
  return out;
}

std::vector<Param> look_params() {
  std::vector<Param> out{source_name_param(), kind_param(false)};
  for (const Param& param : described_by()) out.push_back(param);
  out.push_back(draft_param());
  out.push_back(part_param());
  return out;
}

}  // namespace

const Command sources_add_command{
    .name = "sources add",
    .title = {"Add a source, or describe it anew", "添加或修改数据源"},
    .doc =
        {"Describes where rows come from, and looks: it connects, reads the first rows and shows "
         "what each column is taken for. Nothing is loaded before `sources sync`.",
         "描述数据从哪里来，并立即查看：连接、读取首批数据、显示各列的含义。`sources sync` "
         "之前不加载任何数据。"},
    .kind = Kind::job,
    .params = add_params(),
    .secrets = {"secret"},
    .columns = {{"column", Unit::none, Role::dimension, {"Column", "列"}},
                {"type", Unit::none, Role::detail, {"Type", "类型"}},
                {"field", Unit::none, Role::value, {"Field", "字段"}},
                {"sample", Unit::none, Role::detail, {"Sample", "样例"}}},
    .examples =
        {"huitou sources add pos --kind files --path pos/ --schedule 'every 15m'",
         "huitou sources add till --kind sqlite --path till.db --set table=sales --set key=id"},
    .run = add,
};

const Command sources_look_command{
    .name = "sources look",
    .title = {"Test a source", "测试数据源"},
    .doc =
        {"Connects, reads the first rows and shows what each column is taken for; nothing is kept "
         "or loaded. With only a name it is a source that is there; with --kind and --set one that "
         "might be added. --part rows shows the rows as they would be loaded, --part problems what "
         "is wrong, --part file the mapping.",
         "连接并读取首批数据，显示各列的含义；不保存也不加载。只给名称则测试已有的数据源；给出 "
         "--kind 和 --set 则测试将要添加的数据源。--part rows 显示数据将如何写入，--part problems "
         "列出问题，--part file 显示映射。"},
    .live = true,
    .params = look_params(),
    .secrets = {"secret"},
    .columns = preview_columns(),
    .examples = {"huitou sources look till",
                 "huitou sources look till --kind sqlite --path till.db --set table=sales --part "
                 "problems"},
    .run = look,
};

}  // namespace huitou::commands
