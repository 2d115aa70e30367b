// surveys reach, links: one link for each customer of a segment, as a list that leaves the house.

#include "commands/list_export.h"
#include "commands/shop.h"
#include "commands/surveys.h"

namespace huitou::commands {
namespace {

using surveys::Survey;

void copy_cell(const Column& from, std::size_t row, Column& to) {
  if (from.is_null(row)) return to.push_null();
  switch (from.type) {
    case ColumnType::text:
      return to.push_text(from.texts().at(row));
    case ColumnType::real:
      return to.push_real(from.reals()[row]);
    default:
      return to.push_integer(from.integers()[row]);
  }
}

/// Those who have a member number: by it an answer finds its customer.
Frame with_number(const Frame& block) {
  Frame out;
  for (const Column& column : block.columns) {
    out.columns.push_back(make_column(column.name, column.type));
  }
  for (std::size_t row = 0; row < block.rows(); ++row) {
    if (block.text("customer_key", row).value_or("").empty()) continue;
    for (std::size_t i = 0; i < block.columns.size(); ++i) {
      copy_cell(block.columns[i], row, out.columns[i]);
    }
  }
  return out;
}

Result<Frame> with_links(const Call& call, const Survey& survey, const Frame& block) {
  Frame out = with_number(block);
  surveys::Whom whom{.customer_keys = {}, .channel = call.args.text("for")};
  for (std::size_t row = 0; row < out.rows(); ++row) {
    whom.customer_keys.push_back(out.text("customer_key", row).value_or(""));
  }
  TRY(const std::vector<std::string> tokens,
      surveys::personal_links(*call.shop.store, survey.id, whom,
                              moment_at(call.shop.settings, call.now)));
  Column links = make_column("link", ColumnType::text);
  for (const std::string& token : tokens) links.push_text(surveys::link_of(survey, token));
  out.columns.push_back(std::move(links));
  return out;
}

Result<Answer> run_links(const Call& call) {
  TRY(const Survey survey, surveys::find(*call.shop.store, call.args.integer("survey")));
  if (survey.closed_at) return surveys::closed_survey(survey.id);
  const ListAsked list{
      .name = "survey " + std::to_string(survey.id) + ": " + call.args.text("rule"),
      .extra = ColumnCard{"link", Unit::none, Role::detail, {"Survey link", "问卷链接"}},
      .fill = [&](const Frame& block) { return with_links(call, survey, block); }};
  TRY(Answer answer, export_list(call, list));
  if (survey.address.empty()) answer.notes.push_back(no_address_note());
  return answer;
}

std::vector<Param> links_params() {
  std::vector<Param> params = list_params();
  params.insert(params.begin(), survey_param());
  return params;
}

}  // namespace

const Command surveys_reach_command{
    .name = "surveys reach",
    .title = {"How many can be asked", "可邀请人数"},
    .doc = {"How many customers of a segment `surveys links` would write for a channel, and how "
            "many it would leave out: without consent to the channel, or without an address or a "
            "member number. Writes nothing.",
            "`surveys links` 会为该分群与渠道写出多少位客户，又会排除多少位："
            "未同意该渠道，或没有联系方式或会员号。不写出任何内容。"},
    .live = true,
    .params = list_count_params(),
    .columns = list_count_columns(),
    .examples = {"huitou surveys reach sleeping --for sms"},
    .run = count_list,
};

const Command surveys_links_command{
    .name = "surveys links",
    .title = {"Personal links for a segment", "专属链接名单"},
    .doc = {"Writes a list as `segments export` does, with a link of each customer's own: who "
            "agreed to the channel, can be reached and has a member number. Each export is an "
            "entry in the book. A customer keeps one link a survey; in a later list it is good "
            "anew.",
            "与 `segments export` 相同地写出名单，并为每位客户附上专属链接：须同意该渠道、"
            "有联系方式且有会员号。每次导出都会登记。每份问卷每位客户只有一个链接，"
            "再次导出时重新计算有效期。"},
    .kind = Kind::job,
    .keeps_figures = true,
    .params = links_params(),
    .columns = list_export_columns(),
    .examples = {"huitou surveys links 1 sleeping --to survey.xlsx --for sms --by Li"},
    .run = run_links,
};

}  // namespace huitou::commands
