// consent list, set, import, of: over which channels a customer may be written to.

#include <fmt/format.h>

#include <algorithm>

#include "commands/marks.h"
#include "commands/rows.h"
#include "commands/segments.h"
#include "commands/shop.h"

namespace huitou::commands {
namespace {

using segments::MarkKind;

std::vector<ColumnCard> list_columns() {
  return {{"name", Unit::none, Role::dimension, {"Channel", "渠道"}},
          {"yes", Unit::count, Role::value, {"Agreed", "同意"}},
          {"no", Unit::count, Role::value, {"Refused", "拒绝"}}};
}

Result<Answer> list(const Call& call) {
  TRY(Frame frame, segments::marks_counted(*call.shop.engine, *call.shop.store, MarkKind::consent));
  Answer answer = answer_of(std::move(frame), columns_of(list_columns()));
  answer.notes.push_back(
      {"unsaid", {"Who said neither is not written to.", "未表态的客户不会被触达。"}});
  return answer;
}

Result<Answer> set(const Call& call) {
  return mark_by_hand(call, MarkKind::consent, call.args.text("channel"),
                      call.args.text("given") == "yes");
}

/// Yes or no, in the words of exports; nothing where the cell is empty.
std::optional<bool> yes_or_no(const std::string& word) {
  for (const std::string_view yes : {"1", "是", "true", "TRUE", "True", "yes", "Yes", "YES", "Y",
                                     "y", "同意", "已同意", "订阅", "已订阅"}) {
    if (word == yes) return true;
  }
  for (const std::string_view no : {"0", "否", "false", "FALSE", "False", "no", "No", "NO", "N",
                                    "n", "拒绝", "不同意", "退订", "已退订"}) {
    if (word == no) return false;
  }
  return std::nullopt;
}

Result<ReadMarks> consent_columns(const std::vector<std::string>& columns) {
  const auto customer = customer_column(columns);
  struct Channel {
    std::string name;
    std::size_t column = 0;
  };
  std::vector<Channel> channels;
  const auto add = [&](const char* name, std::initializer_list<std::string_view> titles) {
    if (const auto place = column_named(columns, titles)) channels.push_back({name, *place});
  };
  add("email", {"email", "allows_email", "accepts_email", "email_consent", "accepts_marketing",
                "邮件", "同意邮件", "接收邮件", "是否接收邮件"});
  add("sms", {"sms", "allows_sms", "accepts_sms", "sms_consent", "短信", "同意短信", "接收短信",
              "是否接收短信"});
  add("wecom", {"wecom", "allows_wecom", "wecom_consent", "企业微信", "企微", "同意企业微信",
                "接收企微", "是否接收企微"});
  if (!customer || channels.empty()) {
    return Error{
        Code::invalid_input, "The file has no column for the customer, or none for a channel.",
        "Name the columns `customer` and `email`, `sms` or `wecom` (yes or no).",
        "文件缺少客户列或渠道列。", "请将列命名为“客户”以及“邮件”“短信”“企业微信”（是或否）。"};
  }
  return ReadMarks([=](const std::vector<std::string>& cells) {
    MarkRow row{.customer = cells[*customer]};
    for (const Channel& channel : channels) {
      const std::string& word = cells[channel.column];
      if (word.empty()) continue;
      const auto given = yes_or_no(word);
      if (!given) {
        row.problem = Sentence{fmt::format("'{}' is neither yes nor no.", word),
                               fmt::format("“{}”既不是“是”也不是“否”。", word)};
        return row;
      }
      row.marks.push_back({.name = channel.name, .given = *given});
    }
    return row;
  });
}

Result<Answer> import_consent(const Call& call) {
  return import_marks(call, {.kind = MarkKind::consent, .columns = consent_columns});
}

Result<Answer> of(const Call& call) {
  TRY(Answer answer, marks_answer(call, MarkKind::consent, call.args.boolean("all")));
  if (answer.frame.rows() == 0) {
    answer.notes.push_back({"nothing",
                            {"The customer said nothing on any channel, and is not written to.",
                             "该客户未对任何渠道表态，不会被触达。"}});
  }
  return answer;
}

}  // namespace

const Command consent_list_command{
    .name = "consent list",
    .title = {"Consent by channel", "渠道授权"},
    .doc = {"How many customers agreed to be written to over each channel, and how many refused.",
            "各渠道同意与拒绝被触达的客户数。"},
    .live = true,
    .columns = list_columns(),
    .examples = {"huitou consent list"},
    .run = list,
};

const Command consent_set_command{
    .name = "consent set",
    .title = {"Note consent", "记录授权"},
    .doc =
        {"Notes that customers agreed to be written to over a channel, or refused. The last word "
         "counts; who noted it, and when, is kept. Rules ask for it with allows('sms').",
         "记录客户同意或拒绝被某渠道触达，以最后一次为准，并保留操作人与时间。规则中可用 "
         "同意接收('sms') 引用。"},
    .kind = Kind::job,
    .params = {{.name = "channel",
                .type = ParamType::choice,
                .doc = {"the channel", "渠道"},
                .choices = {"email", "sms", "wecom"},
                .required = true,
                .positional = true},
               {.name = "given",
                .type = ParamType::choice,
                .doc = {"agreed or refused", "同意或拒绝"},
                .fallback = "yes",
                .choices = {"yes", "no"}},
               marked_customers_param(),
               marked_by_param()},
    .columns = marked_columns(),
    .examples = {"huitou consent set sms --given no --customer M0042 --by Li"},
    .run = set,
};

const Command consent_import_command{
    .name = "consent import",
    .title = {"Import consent", "导入授权"},
    .doc = {"Consent from a CSV or Excel file with a column that names the customer (any key) and "
            "the columns `email`, `sms`, `wecom` with yes or no; an empty cell says nothing.",
            "从 CSV 或 Excel 文件导入授权：一列为客户（任一标识），另有“邮件”“短信”“企业微信”列，"
            "填是或否；空格表示未表态。"},
    .kind = Kind::job,
    .params = {{.name = "file",
                .type = ParamType::file,
                .doc = {"the file", "文件"},
                .required = true,
                .positional = true},
               marked_by_param()},
    .columns = import_columns_of_marks(),
    .examples = {"huitou consent import members.csv"},
    .run = import_consent,
};

const Command consent_of_command{
    .name = "consent of",
    .title = {"Consent of a customer", "客户授权"},
    .doc = {"What a customer said to each channel, and since when; with --all every earlier word.",
            "一位客户对各渠道的表态与时间；加 --all 列出全部历史。"},
    .live = true,
    .params = {marked_customer_param(),
               {.name = "all",
                .type = ParamType::boolean,
                .doc = {"also earlier words", "包括历史"},
                .fallback = "false"}},
    .columns = mark_columns({"Channel", "渠道"}),
    .examples = {"huitou consent of --customer M0042 --all"},
    .run = of,
};

}  // namespace huitou::commands
