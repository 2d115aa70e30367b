// segments overlap: how sets of customers lie over each other.

#include <fmt/format.h>

#include "commands/rows.h"
#include "commands/segments.h"
#include "commands/shop.h"
#include "math/lift.h"

namespace huitou::commands {
namespace {

constexpr std::size_t kMostSets = 10;

struct Set {
  std::string title;
  segments::Rule rule;
};

/// Sets that are looked at together, by their places.
struct Row {
  std::vector<std::size_t> sets;
  std::int64_t both = 0;
  std::optional<math::Lift> lift;
};

class Overlap {
 public:
  Overlap(std::vector<Set> sets, std::vector<segments::Together> groups)
      : sets_(std::move(sets)), groups_(std::move(groups)) {}

  Answer answer(const Command& command) {
    for (const ColumnCard& card : command.columns) {
      const ColumnType type = card.unit == Unit::count  ? ColumnType::integer
                              : card.unit == Unit::none ? ColumnType::text
                                                        : ColumnType::real;
      frame_.columns.push_back(make_column(std::string(card.name), type));
    }
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < sets_.size(); ++i) {
      all.push_back(i);
      for (std::size_t j = i + 1; j < sets_.size(); ++j) put({i, j});
    }
    if (all.size() > 2) put(all);
    return answer_of(std::move(frame_), columns_of(command.columns));
  }

 private:
  static std::uint64_t bit(std::size_t place) { return std::uint64_t{1} << place; }
  std::int64_t with(std::uint64_t mask) const { return segments::customers_with(groups_, mask); }

  void share(const char* column, std::int64_t part, std::int64_t whole) {
    whole == 0
        ? frame_.at(column).push_null()
        : frame_.at(column).push_real(static_cast<double>(part) / static_cast<double>(whole));
  }

  void put(const std::vector<std::size_t>& sets) {
    math::Traits traits{.everyone = static_cast<double>(with(0))};
    std::uint64_t mask = 0;
    std::string title;
    for (std::size_t i = 0; i < sets.size(); ++i) {
      mask |= bit(sets[i]);
      title += (title.empty() ? "" : " ∩ ") + sets_[sets[i]].title;
      traits.have.push_back(static_cast<double>(with(bit(sets[i]))));
      for (std::size_t j = i + 1; j < sets.size(); ++j) {
        traits.pairs.push_back(static_cast<double>(with(bit(sets[i]) | bit(sets[j]))));
      }
    }
    const std::int64_t together = with(mask);
    traits.all = static_cast<double>(together);
    const auto lift = traits.everyone > 0 ? math::lift_of(traits) : std::optional<math::Lift>();
    frame_.at("together").push_text(title);
    frame_.at("customers").push_integer(together);
    share("share", together, with(0));
    const bool pair = sets.size() == 2;
    const auto of = [&](const char* count, const char* part, std::size_t place) {
      if (!pair) {
        frame_.at(count).push_null();
        frame_.at(part).push_null();
        return;
      }
      frame_.at(count).push_integer(with(bit(sets[place])));
      share(part, together, with(bit(sets[place])));
    };
    of("first_customers", "share_of_first", 0);
    of("second_customers", "share_of_second", 1);
    const auto real = [&](const char* column, std::optional<double> value) {
      value ? frame_.at(column).push_real(*value) : frame_.at(column).push_null();
    };
    const auto interval = lift ? lift->interval : std::nullopt;
    real("lift", lift ? std::optional(lift->value) : std::nullopt);
    real("lift_low", interval ? std::optional(interval->low) : std::nullopt);
    real("lift_high", interval ? std::optional(interval->high) : std::nullopt);
  }

  std::vector<Set> sets_;
  std::vector<segments::Together> groups_;
  Frame frame_;
};

/// Without reading the data, where the memberships are those of now.
Result<std::optional<std::vector<segments::Together>>> kept_groups(const Call& call,
                                                                   const AskedRule& base,
                                                                   const std::vector<Set>& sets) {
  TRY(const bool due, segments_are_due(call.shop, call.now));
  if (due) return std::optional<std::vector<segments::Together>>();
  // A saved segment is asked for by its name: its members are kept, not those of its parts.
  std::vector<segments::Rule> named;
  for (const Set& set : sets) {
    const bool saved = base.library.rules.contains(set.title);
    named.push_back(saved ? segments::Rule{.kind = segments::Kind::segment, .name = set.title}
                          : set.rule);
  }
  std::vector<const segments::Rule*> rules;
  for (const segments::Rule& rule : named) rules.push_back(&rule);
  return segments::kept_together(*call.shop.engine, *call.shop.store, base.question(), rules);
}

Result<Answer> overlap(const Call& call) {
  const std::vector<std::string> texts = call.args.list("rules");
  if (texts.size() < 2 || texts.size() > kMostSets) {
    return Error{Code::invalid_input, fmt::format("{} rules or segments were given.", texts.size()),
                 fmt::format("Give 2 to {} names or rules.", kMostSets),
                 fmt::format("给出了 {} 个规则或分群。", texts.size()),
                 fmt::format("请给出 2 至 {} 个名称或规则。", kMostSets)};
  }
  std::vector<Set> sets;
  TRY(AskedRule base, asked_rule(call, "everyone"));
  for (const std::string& text : texts) {
    TRY(const AskedRule asked, asked_rule(call, text));
    sets.push_back({text, asked.rule});
  }
  TRY(auto groups, kept_groups(call, base, sets));
  if (!groups) {
    std::vector<const segments::Rule*> rules;
    for (const Set& set : sets) rules.push_back(&set.rule);
    TRY(groups, segments::together(*call.shop.engine, base.question(), rules));
  }
  Answer answer = Overlap(std::move(sets), std::move(*groups)).answer(call.command);
  answer.view = View::bars;
  answer.notes.push_back(
      {"lift",
       {"Lift: the share that is in all of them over the product of the shares that are in each; 1 "
        "is no relation. The interval (95 %) holds for customers as a sample.",
        "提升度：同时属于各分群的占比除以各自占比之积；1 表示无关。区间（95 "
        "%）将现有客户视为样本。"}});
  answer.notes.push_back(as_of_note(base));
  return answer;
}

}  // namespace

const Command segments_overlap_command{
    .name = "segments overlap",
    .title = {"Overlap of segments", "分群重叠"},
    .doc = {"How many customers two or more segments or rules share, which share of each that is, "
            "and the lift with its interval: how much more often they meet than by chance. Of "
            "three or more every pair, and all together.",
            "两个或多个分群（或规则）的共同客户数、各自占比，以及带区间的提升度：比随机情况下更常同"
            "时出现的倍数。"
            "三个以上时列出每一对以及全部。"},
    .view = View::bars,
    .live = true,
    .params = {{.name = "rules",
                .doc = {"names of saved segments, or rules", "已保存分群的名称，或规则"},
                .required = true,
                .positional = true,
                .repeated = true},
               as_of_instant_param()},
    .columns =
        {{"together", Unit::none, Role::dimension, {"In all of", "同时属于"}},
         {"lift", Unit::number, Role::value, {"Lift", "提升度"}},
         {"lift_low", Unit::number, Role::low, {"Lift from", "提升度下限"}},
         {"lift_high", Unit::number, Role::high, {"Lift to", "提升度上限"}},
         {"customers", Unit::count, Role::base, {"Customers in all", "共同客户数"}},
         {"share", Unit::ratio, Role::detail, {"Share of all customers", "占全部客户"}},
         {"first_customers", Unit::count, Role::detail, {"Customers of the first", "前者客户数"}},
         {"share_of_first", Unit::ratio, Role::detail, {"Share of the first", "占前者"}},
         {"second_customers", Unit::count, Role::detail, {"Customers of the second", "后者客户数"}},
         {"share_of_second", Unit::ratio, Role::detail, {"Share of the second", "占后者"}}},
    .examples = {"huitou segments overlap sleeping big",
                 "huitou segments overlap big \"viewed('猫粮', last 30 days)\" \"orders >= 3\""},
    .run = overlap,
};

}  // namespace huitou::commands
