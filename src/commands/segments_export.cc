// segments export, exports: lists that leave the house, with consent and an entry in the book.

#include "commands/list_export.h"
#include "commands/rows.h"
#include "commands/segments.h"
#include "commands/shop.h"

namespace huitou::commands {
namespace {

Result<Answer> run_export(const Call& call) {
  return export_list(call, {.name = call.args.text("rule")});
}

Result<Answer> exports(const Call& call) {
  TRY(Frame frame, segments::list_exports(*call.shop.store));
  const bool none = frame.rows() == 0;
  Answer answer = answer_of(std::move(frame), columns_of(call.command.columns));
  if (none) {
    answer.notes.push_back({"nothing", {"No list was exported yet.", "还没有导出过名单。"}});
  }
  return answer;
}

}  // namespace

const Command segments_export_command{
    .name = "segments export",
    .title = {"Export a list for a channel", "导出触达名单"},
    .doc =
        {"Writes the customers of a segment or rule into a CSV or Excel file for a channel, with "
         "the address of that channel. Who did not agree to it is left out, and so is who has "
         "no address. Each export is an entry in the book (`segments exports`).",
         "将分群或规则的客户写成 CSV 或 Excel 触达名单，附该渠道的联系方式。未同意该渠道的、"
         "没有联系方式的客户会被排除。每次导出都会登记（`segments exports`）。"},
    .kind = Kind::job,
    .params = list_params(),
    .columns = list_export_columns(),
    .examples = {"huitou segments export sleeping --to sleeping.xlsx --for sms --by Li"},
    .run = run_export,
};

const Command segments_exports_command{
    .name = "segments exports",
    .title = {"Exported lists", "名单导出登记"},
    .doc = {"Every list that was exported: who took it, when, for which channel, which rule, how "
            "many customers, which columns, into which file. `begun` is one that was cut off.",
            "全部导出登记：导出人、时间、渠道、规则、人数、列与文件。状态 begun 表示导出中断。"},
    .live = true,
    .columns = {{"entry", Unit::none, Role::dimension, {"Entry", "登记号"}},
                {"exported_at", Unit::time, Role::detail, {"When", "时间"}},
                {"by", Unit::none, Role::detail, {"Who", "导出人"}},
                {"name", Unit::none, Role::value, {"Segment or rule", "分群或规则"}},
                {"channel", Unit::none, Role::value, {"Channel", "渠道"}},
                {"state", Unit::none, Role::detail, {"State", "状态"}},
                {"customers", Unit::count, Role::value, {"In the list", "名单人数"}},
                {"without_consent", Unit::count, Role::detail, {"Without consent", "未同意"}},
                {"without_address", Unit::count, Role::detail, {"Without address", "无联系方式"}},
                {"rule", Unit::none, Role::detail, {"Rule", "规则"}},
                {"columns", Unit::none, Role::detail, {"Columns", "列"}},
                {"file", Unit::none, Role::detail, {"File", "文件"}}},
    .examples = {"huitou segments exports"},
    .run = exports,
};

}  // namespace huitou::commands
