// surveys add, list, show, close, link: questions of our own, and what came of them.

#include "commands/surveys.h"

#include "commands/rows.h"
#include "commands/shop.h"

namespace huitou::commands {
namespace {

using surveys::Survey;

std::vector<ColumnCard> link_columns() {
  return {{"survey", Unit::none, Role::dimension, {"Survey", "问卷"}},
          {"link", Unit::none, Role::value, {"Link", "链接"}}};
}

std::vector<ColumnCard> list_columns() {
  return {{"survey", Unit::none, Role::dimension, {"Survey", "问卷"}},
          {"kind", Unit::none, Role::detail, {"Kind", "类型"}},
          {"title_en", Unit::none, Role::value, {"Title", "标题（英文）"}},
          {"title_zh", Unit::none, Role::value, {"Title (Chinese)", "标题"}},
          {"state",
           Unit::none,
           Role::detail,
           {"State: open, closed", "状态：open 开放，closed 已关闭"}},
          {"answers", Unit::count, Role::value, {"Answers", "答卷数"}},
          {"links", Unit::count, Role::base, {"Personal links", "专属链接数"}},
          {"opened", Unit::count, Role::detail, {"Of them opened", "其中已打开"}},
          {"answered", Unit::count, Role::detail, {"Of them answered", "其中已回答"}},
          {"response_rate", Unit::ratio, Role::value, {"Response rate", "回复率"}},
          {"link", Unit::none, Role::detail, {"Open link", "公开链接"}},
          {"days", Unit::days, Role::detail, {"Days a link is good", "链接有效天数"}},
          {"made_at", Unit::time, Role::detail, {"Made at", "创建时间"}},
          {"made_by", Unit::none, Role::detail, {"Made by", "创建人"}},
          {"closed_at", Unit::time, Role::detail, {"Closed at", "关闭时间"}},
          {"question_en", Unit::none, Role::detail, {"Question", "问题（英文）"}},
          {"question_zh", Unit::none, Role::detail, {"Question (Chinese)", "问题"}}};
}

Sentence sentence_of(const Args& args, const std::string& name) {
  return {args.text(name), args.text(name + "_zh")};
}

Result<std::string> open_link_of(const Call& call, const Survey& survey,
                                 const surveys::Place& place) {
  TRY(const std::string token, surveys::open_link(*call.shop.store, survey.id, place,
                                                  moment_at(call.shop.settings, call.now)));
  return surveys::link_of(survey, token);
}

Answer link_answer(const Call& call, const Survey& survey, const std::string& link) {
  TextTable table(columns_of(call.command.columns));
  table.row({std::to_string(survey.id), link});
  Answer answer = table.answer();
  if (survey.address.empty()) answer.notes.push_back(no_address_note());
  return answer;
}

Result<Answer> run_add(const Call& call) {
  Survey survey{.kind = call.args.text("kind"),
                .title = sentence_of(call.args, "title"),
                .question = sentence_of(call.args, "question"),
                .comment = sentence_of(call.args, "comment"),
                .days = call.args.integer("days"),
                .address = call.args.text("address"),
                .made_by = call.args.text("by")};
  TRY(survey,
      surveys::add(*call.shop.store, std::move(survey), moment_at(call.shop.settings, call.now)));
  TRY(const std::string link, open_link_of(call, survey, {}));
  return link_answer(call, survey, link);
}

Result<Answer> run_link(const Call& call) {
  TRY(const Survey survey, surveys::find(*call.shop.store, call.args.integer("survey")));
  TRY(const std::string link, open_link_of(call, survey,
                                           {call.args.text("channel"), call.args.text("product"),
                                            call.args.text("store")}));
  return link_answer(call, survey, link);
}

Result<Answer> run_close(const Call& call) {
  const std::int64_t id = call.args.integer("survey");
  TRY(surveys::close(*call.shop.store, id, call.now));
  TextTable table(columns_of(call.command.columns));
  table.row({std::to_string(id)});
  return table.answer();
}

std::int64_t answers_of(const surveys::Results& results) {
  std::int64_t answers = 0;
  for (const surveys::Scores& scores : results.scores) {
    for (const std::int64_t number : scores.answers) answers += number;
  }
  return answers;
}

Status push_survey(const Call& call, const Survey& survey, Frame& frame) {
  TRY(const surveys::Results results, surveys::results(*call.shop.store, survey));
  TRY(const std::string link, surveys::first_link(*call.shop.store, survey));
  const surveys::Asked& asked = results.asked;
  RowWriter row(frame);
  row.text("survey", std::to_string(survey.id));
  row.text("kind", survey.kind);
  row.text("title_en", survey.title.en);
  row.text("title_zh", survey.title.zh);
  row.text("state", survey.closed_at ? "closed" : "open");
  row.whole("answers", answers_of(results));
  row.whole("links", asked.links);
  row.whole("opened", asked.opened);
  row.whole("answered", asked.answered);
  if (asked.links > 0) {
    row.real("response_rate",
             static_cast<double>(asked.answered) / static_cast<double>(asked.links));
  }
  if (!link.empty()) row.text("link", link);
  if (survey.days > 0) row.whole("days", survey.days);
  row.whole("made_at", survey.made_at);
  if (!survey.made_by.empty()) row.text("made_by", survey.made_by);
  if (survey.closed_at) row.whole("closed_at", *survey.closed_at);
  row.text("question_en", survey.question.en);
  row.text("question_zh", survey.question.zh);
  return {};
}

Result<Answer> run_list(const Call& call) {
  TRY(const std::vector<Survey> surveys, surveys::all(*call.shop.store));
  Frame frame = frame_of(list_columns());
  for (const Survey& survey : surveys) TRY(push_survey(call, survey, frame));
  const bool none = surveys.empty();
  Answer answer = answer_of(std::move(frame), columns_of(list_columns()));
  if (none) {
    answer.notes.push_back({"nothing",
                            {"There is no survey yet: make one with `huitou surveys add`.",
                             "还没有问卷：请用 `huitou surveys add` 创建。"}});
  }
  return answer;
}

Param text_param(std::string_view name, Words doc) { return {.name = name, .doc = doc}; }

}  // namespace

Frame frame_of(const std::vector<ColumnCard>& cards) {
  Frame frame;
  for (const ColumnCard& card : cards) {
    const ColumnType type = card.unit == Unit::none   ? ColumnType::text
                            : card.unit == Unit::time ? ColumnType::time
                            : card.unit == Unit::count || card.unit == Unit::days
                                ? ColumnType::integer
                                : ColumnType::real;
    frame.columns.push_back(make_column(std::string(card.name), type));
  }
  return frame;
}

Param survey_param() {
  return {.name = "survey",
          .type = ParamType::integer,
          .doc = {"its number in `surveys list`", "在 `surveys list` 中的编号"},
          .required = true,
          .positional = true,
          .at_least = 1,
          .at_most = 9e15};
}

Note no_address_note() {
  return {"no_address",
          {"The survey has no --address: put the address at which customers reach this server "
           "before the link.",
           "该问卷未设置 --address：请在链接前加上顾客访问本服务的地址。"}};
}

namespace {

const Command add_command{
    .name = "surveys add",
    .title = {"Make a survey", "创建问卷"},
    .doc = {"Makes a survey of one question, NPS (0 to 10) or CSAT (1 to 5), and one text if "
            "--comment asks for it. Gives a link that anybody can answer on a phone; answers come "
            "to the table of surveys a few seconds later.",
            "创建一道题的问卷：NPS（0–10）或满意度（1–5），加 --comment 可再问一段文字。"
            "给出任何人都能在手机上作答的链接；答卷几秒后进入问卷表。"},
    .kind = Kind::job,
    .keeps_figures = true,
    .params = {{.name = "title",
                .doc = {"what stands above the question, in English", "问题上方的标题（英文）"},
                .positional = true},
               text_param("title_zh", {"the same in Chinese; one of the two is enough",
                                       "中文标题；两者给出其一即可"}),
               {.name = "kind",
                .type = ParamType::choice,
                .doc = {"nps: 0 to 10, would you recommend us; csat: 1 to 5, how satisfied",
                        "nps：0–10 推荐意愿；csat：1–5 满意度"},
                .fallback = "nps",
                .choices = {"nps", "csat"}},
               text_param("question",
                          {"another question than the usual one", "自定义问题（英文）"}),
               text_param("question_zh", {"the same in Chinese", "自定义问题（中文）"}),
               text_param("comment", {"asks for a text as well: \"What is the reason?\"",
                                      "另问一段文字（英文），如 What is the reason?"}),
               text_param("comment_zh",
                          {"the same in Chinese", "另问一段文字（中文），如“主要原因是什么？”"}),
               {.name = "days",
                .type = ParamType::integer,
                .doc = {"a link is good on its first day and so many after; 0: always",
                        "链接自生成之日起再有效几天；0 表示长期有效"},
                .fallback = "0",
                .at_least = 0,
                .at_most = 3650},
               text_param("address", {"where customers reach this server: https://ask.example.cn",
                                      "顾客访问本服务的地址，如 https://ask.example.cn"}),
               text_param("by", {"who makes it", "创建人"})},
    .columns = link_columns(),
    .examples = {"huitou surveys add \"Your visit\" --title_zh 您的到店体验 --days 14 --address "
                 "https://ask.example.cn"},
    .run = run_add,
};

const Command list_command{
    .name = "surveys list",
    .title = {"Surveys", "问卷列表"},
    .doc = {"The surveys that were made, newest first: answers, personal links that went out, were "
            "opened and answered, and the open link.",
            "列出已创建的问卷，最新在前：答卷数、专属链接的发出、打开与回答数，以及公开链接。"},
    .live = true,
    .columns = list_columns(),
    .examples = {"huitou surveys list"},
    .run = run_list,
};

const Command close_command{
    .name = "surveys close",
    .title = {"Close a survey", "关闭问卷"},
    .doc = {"From now on the links of the survey take no answers and say so. Its answers stay.",
            "问卷的链接不再接受作答并会说明；已有答卷保留。"},
    .kind = Kind::job,
    .keeps_figures = true,
    .params = {survey_param()},
    .columns = {{"closed", Unit::none, Role::detail, {"Closed", "已关闭"}}},
    .examples = {"huitou surveys close 1"},
    .run = run_close,
};

const Command link_command{
    .name = "surveys link",
    .title = {"An open link for a place", "公开链接"},
    .doc = {"A link that anybody can answer, for a channel, a store or a product: its answers say "
            "where they came from. Asked for again it is the same link, good from today.",
            "任何人都能作答的链接，可指定渠道、门店或商品，答卷会带上这些信息。"
            "再次生成得到同一链接，有效期从今天重新计算。"},
    .kind = Kind::job,
    .keeps_figures = true,
    .params = {survey_param(),
               text_param("channel", {"such as poster or receipt", "如 海报、小票"}),
               text_param("store", {"key of the store", "门店编号"}),
               text_param("product", {"key of the product", "商品编号"})},
    .columns = link_columns(),
    .examples = {"huitou surveys link 1 --channel poster --store S01"},
    .run = run_link,
};

}  // namespace

std::vector<const Command*> surveys_commands() {
  return {&add_command,   &list_command, &surveys_show_command,  &surveys_asked_command,
          &close_command, &link_command, &surveys_reach_command, &surveys_links_command};
}

}  // namespace huitou::commands
