// customer segment: where one person stands among all. The cut points are those of `analyse rfm`,
// whose answer is kept as long as the data do not change; only the first person of a day waits.

#include <fmt/format.h>

#include "analyses/analyses.h"
#include "commands/answer_json.h"
#include "commands/customer.h"
#include "commands/kept.h"
#include "commands/list.h"
#include "commands/rows.h"
#include "commands/shop.h"

namespace huitou::commands {
namespace {

Result<Answer> read_cuts(const Call& call) {
  RawArgs args{{"by", {"cuts"}}, {"status", {call.args.text("status")}}};
  if (call.args.has("as_of")) args["as_of"] = {call.args.text("as_of")};
  TRY(const Command* rfm, find("analyse rfm"));
  TRY(const Args checked, check(*rfm, args));
  const Request request{rfm->name, checked.values, Language::en};
  const std::string question = question_of(request);
  const Shop& shop = call.shop;
  const KeptAnswers kept(*shop.store, program_mark() + " " + settings_mark(shop.settings));
  TRY(const std::string state, kept.state(call.today));
  TRY(const auto known, kept.find(question, state));
  if (known) return parse_answer_json(*known);
  TRY(Answer answer, run(call.shop, request, call.progress));
  TRY(kept.keep({question, request, answer_json(answer), state, call.now}));
  return answer;
}

/// The day from which `rfm` counts back: that given, or the day after the last order that counts.
Result<Date> counted_from(const Call& call, const customer::Asking& asking) {
  if (call.args.has("as_of")) return asking.as_of;
  TRY(const auto last, customer::last_counted_day(asking));
  return last ? std::min(Date{last->days + 1}, asking.until) : asking.as_of;
}

void put_text(Frame& frame, const char* name, const std::string& text) {
  frame.columns.push_back(make_column(name, ColumnType::text));
  frame.columns.back().push_text(text);
}

void put_integer(Frame& frame, const char* name, std::int64_t value) {
  frame.columns.push_back(make_column(name, ColumnType::integer));
  frame.columns.back().push_integer(value);
}

Result<Answer> segment(const Call& call) {
  TRY(Asked asked, read_customer(call));
  TRY(asked.asking.as_of, counted_from(call, asked.asking));
  TRY(const customer::Profile profile, customer::profile(asked.asking, asked.whose));
  const customer::Purchases& orders = profile.purchases;
  if (orders.orders == 0) {
    const std::string day = format_date(asked.asking.as_of);
    return Error{Code::not_enough_data,
                 fmt::format("This person has no order that counts before {}.", day),
                 "RFM places those who ordered.",
                 fmt::format("此人在 {} 之前没有计入的订单。", day), "RFM 只为下过单的客户打分。"};
  }
  TRY(const Answer cuts, read_cuts(call));
  const analyses::RfmValues values{*profile.rhythm.silent_days, orders.orders, orders.amount_minor};
  TRY(const analyses::RfmPlace place, analyses::rfm_place(cuts, values));
  Frame frame;
  put_integer(frame, "customer_id", static_cast<std::int64_t>(asked.whose.customer));
  put_text(frame, "segment", place.segment.en);
  put_text(frame, "segment_zh", place.segment.zh);
  put_integer(frame, "r_score", place.r);
  put_integer(frame, "f_score", place.f);
  put_integer(frame, "m_score", place.m);
  put_text(frame, "next_action", place.next_action.en);
  put_text(frame, "next_action_zh", place.next_action.zh);
  Answer answer = answer_of(std::move(frame), columns_of(call.command.columns));
  note_joined(asked, answer.notes);
  return answer;
}

}  // namespace

const Command customer_segment_command{
    .name = "customer segment",
    .title = {"A customer among all", "客户所在分群"},
    .doc = {"The RFM scores of one person and the segment that they name, with the cut points of "
            "all customers as `analyse rfm` has them.",
            "一位客户的 RFM 分值与所属分群，切分点取自全体客户，与 `analyse rfm` 一致。"},
    .live = true,
    .params = {customer_param(), customer_as_of_param(), customer_status_param()},
    .columns =
        {{"customer_id", Unit::none, Role::dimension, {"Customer", "客户编号"}},
         {"segment", Unit::none, Role::value, {"Segment", "分群（英文）"}},
         {"segment_zh", Unit::none, Role::detail, {"Segment (Chinese)", "分群"}},
         {"r_score", Unit::count, Role::detail, {"R score", "R 分值"}},
         {"f_score", Unit::count, Role::detail, {"F score", "F 分值"}},
         {"m_score", Unit::count, Role::detail, {"M score", "M 分值"}},
         {"next_action", Unit::none, Role::detail, {"What to do next", "建议动作（英文）"}},
         {"next_action_zh", Unit::none, Role::detail, {"What to do next (Chinese)", "建议动作"}}},
    .examples = {"huitou customer segment M0042"},
    .run = segment,
};

}  // namespace huitou::commands
