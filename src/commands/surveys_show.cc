// surveys show: what came of one.

#include "commands/rows.h"
#include "commands/shop.h"
#include "commands/surveys.h"
#include "math/promoters.h"

namespace huitou::commands {
namespace {

using surveys::Survey;

constexpr std::int64_t kSatisfied = 4;  ///< of CSAT, 1 to 5: 4 and 5

std::vector<ColumnCard> show_columns() {
  return {{"part", Unit::none, Role::dimension, {"Part", "范围（英文）"}},
          {"part_zh", Unit::none, Role::detail, {"Part (Chinese)", "范围"}},
          {"answers", Unit::count, Role::base, {"Answers", "答卷数"}},
          {"nps", Unit::number, Role::value, {"NPS (-100 to 100)", "NPS（-100 至 100）"}},
          {"nps_low", Unit::number, Role::low, {"Lower end (95 %)", "下限（95%）"}},
          {"nps_high", Unit::number, Role::high, {"Upper end (95 %)", "上限（95%）"}},
          {"satisfied", Unit::ratio, Role::value, {"Satisfied (4, 5)", "满意占比（4、5 分）"}},
          {"satisfied_low",
           Unit::ratio,
           Role::low,
           {"Satisfied, lower end (95 %)", "满意占比下限（95%）"}},
          {"satisfied_high",
           Unit::ratio,
           Role::high,
           {"Satisfied, upper end (95 %)", "满意占比上限（95%）"}},
          {"links", Unit::count, Role::detail, {"Personal links", "专属链接数"}},
          {"opened", Unit::count, Role::detail, {"Of them opened", "其中已打开"}},
          {"answered", Unit::count, Role::detail, {"Of them answered", "其中已回答"}},
          {"response_rate", Unit::ratio, Role::value, {"Response rate", "回复率"}},
          {"response_low",
           Unit::ratio,
           Role::low,
           {"Response rate, lower end (95 %)", "回复率下限（95%）"}},
          {"response_high",
           Unit::ratio,
           Role::high,
           {"Response rate, upper end (95 %)", "回复率上限（95%）"}}};
}

using Counts = std::vector<std::int64_t>;

void add_counts(Counts& to, const Counts& from) {
  to.resize(std::max(to.size(), from.size()));
  for (std::size_t i = 0; i < from.size(); ++i) to[i] += from[i];
}

/// The figures of some answers: by score, from the least on.
void push_scores(const Survey& survey, const Counts& counts, RowWriter& row) {
  std::int64_t answers = 0;
  for (const std::int64_t number : counts) answers += number;
  row.whole("answers", answers);
  if (answers == 0) return;
  if (survey.kind == "nps") {
    math::Promoters promoters;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      promoters.add(static_cast<std::int64_t>(i), counts[i]);
    }
    const auto score = math::net_score(promoters);
    row.real("nps", score->value);
    row.real("nps_low", score->interval.low);
    row.real("nps_high", score->interval.high);
    return;
  }
  std::int64_t satisfied = 0;
  for (std::size_t i = kSatisfied - 1; i < counts.size(); ++i) satisfied += counts[i];
  row.share("satisfied", "satisfied",
            {static_cast<double>(satisfied), static_cast<double>(answers)});
}

void push_asked(const surveys::Asked& asked, RowWriter& row) {
  row.whole("links", asked.links);
  row.whole("opened", asked.opened);
  row.whole("answered", asked.answered);
  if (asked.links == 0) return;
  row.share("response_rate", "response",
            {static_cast<double>(asked.answered), static_cast<double>(asked.links)});
}

std::vector<Note> result_notes(const surveys::Results& results) {
  std::vector<Note> notes;
  if (results.asked.links > 0) {
    notes.push_back({"opened",
                     {"Opened counts links whose page was asked for: programs that look at links "
                      "for a preview count too.",
                      "“已打开”指链接页面被访问过，聊天软件生成预览的访问也会计入。"}});
  }
  notes.push_back(
      {"answers_only",
       {"Only those who answered are counted: who is asked and who answers is no chance sample.",
        "仅统计作答者：被邀请者与作答者并非随机样本。"}});
  return notes;
}

Result<Answer> run_show(const Call& call) {
  TRY(const Survey survey, surveys::find(*call.shop.store, call.args.integer("survey")));
  TRY(const surveys::Results results, surveys::results(*call.shop.store, survey));
  Counts all;
  Counts by_link[2];
  for (const surveys::Scores& scores : results.scores) {
    add_counts(all, scores.answers);
    add_counts(by_link[scores.is_personal ? 1 : 0], scores.answers);
  }
  Frame frame = frame_of(show_columns());
  const auto push = [&](const Sentence& name, const Counts& counts, bool personal) {
    RowWriter row(frame);
    row.text("part", name.en);
    row.text("part_zh", name.zh);
    push_scores(survey, counts, row);
    if (personal) push_asked(results.asked, row);
  };
  push({"All answers", "全部答卷"}, all, false);
  push({"Personal links", "专属链接"}, by_link[1], true);
  push({"Open links", "公开链接"}, by_link[0], false);
  for (const surveys::Scores& scores : results.scores) {
    if (scores.channel.empty()) continue;
    push({"Channel " + scores.channel + (scores.is_personal ? ", personal" : ", open"),
          "渠道 " + scores.channel + (scores.is_personal ? "（专属）" : "（公开）")},
         scores.answers, false);
  }
  Answer answer = answer_of(std::move(frame), columns_of(show_columns()));
  answer.notes = result_notes(results);
  return answer;
}

std::vector<ColumnCard> asked_columns() {
  return {{"number", Unit::none, Role::dimension, {"Number", "编号"}},
          {"customer_key", Unit::none, Role::value, {"Member number", "会员号"}},
          {"channel", Unit::none, Role::detail, {"Channel", "渠道"}},
          {"product_key", Unit::none, Role::detail, {"Product", "商品编号"}},
          {"store_key", Unit::none, Role::detail, {"Store", "门店编号"}},
          {"made_at", Unit::time, Role::detail, {"Made at", "生成时间"}},
          {"last_on", Unit::date, Role::detail, {"Good until", "有效期至"}},
          {"opened_at", Unit::time, Role::value, {"Opened at", "打开时间"}},
          {"answered_at", Unit::time, Role::value, {"Answered at", "回答时间"}},
          {"answers", Unit::count, Role::value, {"Answers", "答卷数"}},
          {"link", Unit::none, Role::detail, {"Open link", "公开链接"}}};
}

Result<Answer> run_asked(const Call& call) {
  TRY(const Survey survey, surveys::find(*call.shop.store, call.args.integer("survey")));
  TRY(Frame frame, surveys::links(*call.shop.store, survey, call.args.integer("limit")));
  Column links = make_column("link", ColumnType::text);
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    const auto token = frame.text("token", row);
    token ? links.push_text(surveys::link_of(survey, *token)) : links.push_null();
  }
  frame.columns.push_back(std::move(links));
  return answer_of(std::move(frame), columns_of(asked_columns()));
}

}  // namespace

const Command surveys_asked_command{
    .name = "surveys asked",
    .title = {"Who was asked", "问了谁"},
    .doc = {"The links of a survey, newest first: whose they are, until when they are good, when "
            "they were first opened and last answered. Personal links stand only in the list "
            "that was exported.",
            "问卷的链接，最新在前：属于谁、有效期、首次打开与最近回答的时间。"
            "专属链接本身只在导出的名单里。"},
    .live = true,
    .params = {survey_param(),
               {.name = "limit",
                .type = ParamType::integer,
                .doc = {"most rows shown", "最多显示行数"},
                .fallback = "1000",
                .at_least = 1,
                .at_most = 1000000}},
    .columns = asked_columns(),
    .examples = {"huitou surveys asked 1"},
    .run = run_asked,
};

const Command surveys_show_command{
    .name = "surveys show",
    .title = {"What came of a survey", "问卷结果"},
    .doc = {"The score of a survey with its interval, for all answers, personal and open links and "
            "each channel, and the response rate of personal links. `analyse nps` compares answers "
            "of all surveys over time.",
            "问卷得分及区间（全部、专属与公开链接、各渠道），以及专属链接的回复率。"
            "跨问卷与时间的比较见 `analyse nps`。"},
    .live = true,
    .params = {survey_param()},
    .columns = show_columns(),
    .examples = {"huitou surveys show 1"},
    .run = run_show,
};

}  // namespace huitou::commands
