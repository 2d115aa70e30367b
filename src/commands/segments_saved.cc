// segments save, list, show, remove.

#include <fmt/format.h>

#include "commands/rows.h"
#include "commands/segments.h"
#include "commands/shop.h"
#include "identity/identity.h"

namespace huitou::commands {
namespace {

std::vector<ColumnCard> list_columns() {
  return {{"name", Unit::none, Role::dimension, {"Segment", "分群"}},
          {"customers", Unit::count, Role::value, {"Customers", "客户数"}},
          {"share", Unit::ratio, Role::value, {"Share of all customers", "占全部客户"}},
          {"net_minor", Unit::minor, Role::value, {"Net amount", "净消费金额"}},
          {"state", Unit::none, Role::detail, {"State", "状态"}},
          {"problem_en", Unit::none, Role::detail, {"Problem", "问题（英文）"}},
          {"problem_zh", Unit::none, Role::detail, {"Problem (Chinese)", "问题"}},
          {"rule_en", Unit::none, Role::detail, {"Rule", "规则（英文）"}},
          {"rule_zh", Unit::none, Role::detail, {"Rule in Chinese", "规则"}},
          {"description", Unit::none, Role::detail, {"Description", "说明"}},
          {"owner", Unit::none, Role::detail, {"Owner", "负责人"}},
          {"version", Unit::count, Role::detail, {"Version", "版本"}},
          {"saved_at", Unit::time, Role::detail, {"Saved at", "保存时间"}},
          {"referred_by", Unit::none, Role::detail, {"Referred to by", "被引用于"}},
          {"frozen_on", Unit::date, Role::detail, {"Frozen with all days up to", "冻结时统计截至"}},
          {"frozen_of", Unit::none, Role::detail, {"Frozen from", "冻结自"}}};
}

std::vector<ColumnCard> version_columns() {
  return {{"version", Unit::count, Role::dimension, {"Version", "版本"}},
          {"rule_en", Unit::none, Role::value, {"Rule", "规则（英文）"}},
          {"rule_zh", Unit::none, Role::value, {"Rule in Chinese", "规则"}},
          {"sentence_en", Unit::none, Role::detail, {"In a sentence", "一句话（英文）"}},
          {"sentence_zh", Unit::none, Role::detail, {"In a sentence, in Chinese", "一句话"}},
          {"description", Unit::none, Role::detail, {"Description", "说明"}},
          {"owner", Unit::none, Role::detail, {"Owner", "负责人"}},
          {"saved_at", Unit::time, Role::detail, {"Saved at", "保存时间"}}};
}

/// What a saved segment is today: its figures, or why it has none.
struct Figures {
  std::optional<segments::Count> count;
  std::optional<Error> problem;
  std::optional<segments::Frozen> frozen;
};

Result<Figures> figures_of(const Call& call, const segments::Segment& segment,
                           const AskedRule& base) {
  TRY(const auto frozen, segments::frozen(*call.shop.store, segment.name));
  const auto found = base.library.rules.find(segment.name);
  if (found == base.library.rules.end()) {
    const segments::Reading reading = segments::read(segment.rule);
    return Figures{.count = {},
                   .problem = segments::error_of(reading.problems, segment.rule),
                   .frozen = frozen};
  }
  segments::Question question = base.question();
  const segments::Question own{.rule = found->second,
                               .as_of = question.as_of,
                               .library = base.library,
                               .void_runs = question.void_runs,
                               .limits = question.limits};
  const Result<segments::Count> count = segments::count(*call.shop.engine, own);
  if (count.ok()) {
    return Figures{.count = *count, .problem = {}, .frozen = frozen};
  }
  const Code code = count.error().code;
  if (code != Code::not_found && code != Code::conflict && code != Code::limit_reached) {
    return count.error();
  }
  return Figures{.count = {}, .problem = count.error(), .frozen = frozen};
}

void push_row(Frame& frame, const segments::Segment& segment, const Figures& figures,
              const segments::Library& library) {
  const auto text = [&](const char* column, const std::string& value) {
    value.empty() ? frame.at(column).push_null() : frame.at(column).push_text(value);
  };
  text("name", segment.name);
  const bool counted = figures.count.has_value();
  const std::int64_t everyone = counted ? figures.count->everyone : 0;
  counted ? frame.at("customers").push_integer(figures.count->customers)
          : frame.at("customers").push_null();
  everyone > 0 ? frame.at("share").push_real(static_cast<double>(figures.count->customers) /
                                             static_cast<double>(everyone))
               : frame.at("share").push_null();
  counted ? frame.at("net_minor").push_integer(figures.count->net_minor)
          : frame.at("net_minor").push_null();
  text("state", !counted ? "broken" : figures.frozen ? "frozen" : "ok");
  text("problem_en", figures.problem ? describe(*figures.problem) : "");
  text("problem_zh", figures.problem ? describe(*figures.problem, true) : "");
  text("rule_en", segment.rule);
  const segments::Reading reading = segments::read(segment.rule);
  text("rule_zh", reading.rule ? segments::print(*reading.rule, Language::zh) : segment.rule);
  text("description", segment.description);
  text("owner", segment.owner);
  frame.at("version").push_integer(segment.version);
  frame.at("saved_at").push_integer(segment.saved_at);
  text("referred_by",
       fmt::format("{}", fmt::join(segments::referrers(library, segment.name), ", ")));
  const auto& frozen = figures.frozen;
  frozen ? frame.at("frozen_on").push_integer(frozen->day.days) : frame.at("frozen_on").push_null();
  text("frozen_of", frozen ? frozen->of_name : "");
}

Result<Answer> list(const Call& call) {
  TRY(const std::vector<segments::Segment> saved, segments::saved(*call.shop.store));
  Frame frame;
  for (const ColumnCard& card : list_columns()) {
    const ColumnType type = card.unit == Unit::count || card.unit == Unit::minor
                                ? ColumnType::integer
                            : card.unit == Unit::ratio ? ColumnType::real
                            : card.unit == Unit::time  ? ColumnType::time
                            : card.unit == Unit::date  ? ColumnType::date
                                                       : ColumnType::text;
    frame.columns.push_back(make_column(std::string(card.name), type));
  }
  AskedRule base{.limits = call.shop.settings.limits};
  TRY(base.library, segments::library(*call.shop.store));
  TRY(base.as_of, asked_instant(call));
  TRY(base.void_runs, identity::void_runs(*call.shop.store));
  for (const segments::Segment& segment : saved) {
    TRY(const Figures figures, figures_of(call, segment, base));
    push_row(frame, segment, figures, base.library);
  }
  Answer answer = answer_of(std::move(frame), columns_of(list_columns()));
  answer.currency = call.shop.settings.currency;
  if (saved.empty()) {
    answer.notes.push_back({"nothing",
                            {"There is no segment yet: save one with `huitou segments save`.",
                             "还没有分群：请用 `huitou segments save` 保存。"}});
  }
  return answer;
}

Result<Answer> versions_answer(const Call& call, const std::string& name) {
  TRY(Frame frame, segments::versions(*call.shop.store, name));
  Column chinese = make_column("rule_zh", ColumnType::text);
  Column sentence_en = make_column("sentence_en", ColumnType::text);
  Column sentence_zh = make_column("sentence_zh", ColumnType::text);
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    const segments::Reading reading = segments::read(frame.text("rule", row).value_or(""));
    if (reading.rule) {
      const Sentence said = segments::say(*reading.rule);
      chinese.push_text(segments::print(*reading.rule, Language::zh));
      sentence_en.push_text(said.en);
      sentence_zh.push_text(said.zh);
    } else {
      for (Column* column : {&chinese, &sentence_en, &sentence_zh}) column->push_null();
    }
  }
  for (Column* column : {&chinese, &sentence_en, &sentence_zh}) {
    frame.columns.push_back(std::move(*column));
  }
  frame.at("rule").name = "rule_en";
  return answer_of(std::move(frame), columns_of(version_columns()));
}

Result<Answer> show(const Call& call) {
  TRY(Answer answer, versions_answer(call, call.args.text("name")));
  const segments::Reading current = segments::read(answer.frame.text("rule_en", 0).value_or(""));
  if (current.rule) {
    const Sentence sentence = segments::say(*current.rule);
    answer.notes.push_back({"sentence", {sentence.en + ".", sentence.zh + "。"}});
  }
  TRY(const auto kept, segments::frozen(*call.shop.store, call.args.text("name")));
  if (kept) {
    const std::string day = format_date(kept->day);
    answer.notes.push_back(
        {"frozen",
         {fmt::format("Frozen: those who were in '{}' (version {}) with all days up to {} counted. "
                      "The rule is only a reminder.",
                      kept->of_name, kept->of_version, day),
          fmt::format("已冻结：统计截至 {} 时属于“{}”（版本 {}）的客户。规则仅作备注。", day,
                      kept->of_name, kept->of_version)}});
  }
  return answer;
}

Result<Answer> save(const Call& call) {
  TRY(const segments::Segment segment,
      segments::save(*call.shop.store, {.name = call.args.text("name"),
                                        .rule = call.args.text("rule"),
                                        .description = call.args.text("description"),
                                        .owner = call.args.text("owner"),
                                        .now = call.now}));
  return versions_answer(call, segment.name);
}

Result<Answer> remove(const Call& call) {
  TRY(segments::remove(*call.shop.store, call.args.text("name"), call.args.boolean("anyway"),
                       call.now));
  Answer answer;
  answer.notes.push_back(
      {"removed",
       {"The segment is removed; its versions are kept.", "分群已移除；其历史版本仍保留。"}});
  return answer;
}

}  // namespace

Param segment_name_param() {
  return {.name = "name",
          .doc = {"name of the segment", "分群名称"},
          .required = true,
          .positional = true};
}

const Command segments_save_command{
    .name = "segments save",
    .title = {"Save a segment", "保存分群"},
    .doc = {"Saves a rule under a name, or a new version of the segment of that name. A segment is "
            "the rule: "
            "who is in it follows from the data, whenever it is asked.",
            "以名称保存规则；名称已存在时保存为新版本。分群就是规则，名单随数据而定。"},
    .kind = Kind::job,
    .params = {segment_name_param(),
               {.name = "rule",
                .doc = {"the rule, in words or as JSON", "规则，文字或 JSON"},
                .required = true,
                .positional = true},
               {.name = "description", .doc = {"what it is for", "用途说明"}},
               {.name = "owner", .doc = {"who is asked about it", "负责人"}}},
    .columns = version_columns(),
    .examples =
        {"huitou segments save sleeping \"days_since_last_order between 60 and 120 and orders >= "
         "3\"",
         "huitou segments save 沉睡高价值 \"距上次下单天数 > 90 且 净消费金额 > 5000\" --owner 李"},
    .run = save,
};

const Command segments_list_command{
    .name = "segments list",
    .title = {"Saved segments", "已保存的分群"},
    .doc = {"All saved segments with the number of their customers now. One that refers to a "
            "segment that "
            "was removed is marked as broken and has no number.",
            "列出全部分群及当前客户数。引用了已移除分群的会标为失效（broken），不显示人数。"},
    .params = {as_of_instant_param()},
    .columns = list_columns(),
    .examples = {"huitou segments list"},
    .run = list,
};

const Command segments_show_command{
    .name = "segments show",
    .title = {"A segment and its versions", "分群及其版本"},
    .doc = {"The rule of a segment in both languages, with all earlier versions, newest first.",
            "分群规则的中英文写法及全部历史版本，新的在前。"},
    .live = true,
    .params = {segment_name_param()},
    .columns = version_columns(),
    .examples = {"huitou segments show sleeping"},
    .run = show,
};

const Command segments_remove_command{
    .name = "segments remove",
    .title = {"Remove a segment", "移除分群"},
    .doc = {"Removes a segment. Refused while others refer to it, unless --anyway is given: then "
            "they are "
            "marked as broken.",
            "移除分群。仍被其他分群引用时会拒绝，除非使用 --anyway：届时它们会标为失效。"},
    .kind = Kind::job,
    .params = {segment_name_param(),
               {.name = "anyway",
                .type = ParamType::boolean,
                .doc = {"also if others refer to it", "即使被引用也移除"},
                .fallback = "false"}},
    .examples = {"huitou segments remove sleeping"},
    .run = remove,
};

std::vector<const Command*> segments_commands() {
  return {&segments_check_command,   &segments_preview_command, &segments_customers_command,
          &segments_save_command,    &segments_list_command,    &segments_show_command,
          &segments_remove_command,  &segments_why_command,     &segments_of_command,
          &segments_refresh_command, &segments_freeze_command,  &segments_history_command,
          &segments_moves_command,   &segments_moved_command,   &segments_overlap_command,
          &segments_export_command,  &segments_exports_command, &segments_words_command,
          &segments_values_command};
}

}  // namespace huitou::commands
