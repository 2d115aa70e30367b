// segments moved: who came into a segment and who left it between two days.

#include <fmt/format.h>

#include "commands/rows.h"
#include "commands/segments.h"
#include "commands/shop.h"

namespace huitou::commands {
namespace {

struct PartWords {
  const char* code;
  Words words;
};
constexpr PartWords kBefore{"before", {"In it on the first day", "首日成员"}};
constexpr PartWords kAfter{"after", {"In it on the last day", "末日成员"}};
constexpr PartWords kStayed{"stayed", {"Stayed", "留下"}};
constexpr PartWords kCame{"came", {"Came in", "进入"}};
constexpr PartWords kLeft{"left", {"Left", "离开"}};

std::vector<ColumnCard> moved_columns() {
  std::vector<ColumnCard> columns{{"part", Unit::none, Role::dimension, {"Code", "代码"}},
                                  {"part_en", Unit::none, Role::detail, {"Who", "谁（英文）"}},
                                  {"part_zh", Unit::none, Role::detail, {"Who (Chinese)", "谁"}},
                                  {"customers", Unit::count, Role::value, {"Customers", "客户数"}}};
  for (const ColumnCard& card : customer_columns()) columns.push_back(card);
  return columns;
}

/// Rows of counts, then rows of customers, which have no count.
class Moves {
 public:
  explicit Moves(const Frame& like) {
    for (const ColumnCard& card : moved_columns()) {
      const std::string name(card.name);
      const ColumnType type = like.has(name)             ? like.at(name).type
                              : card.unit == Unit::count ? ColumnType::integer
                                                         : ColumnType::text;
      frame_.columns.push_back(make_column(name, type));
    }
  }

  void count(const PartWords& part, std::int64_t customers) {
    begin(part);
    frame_.at("customers").push_integer(customers);
    for (const ColumnCard& card : customer_columns()) frame_.at(std::string(card.name)).push_null();
  }

  void list(const PartWords& part, const Frame& customers) {
    for (std::size_t row = 0; row < customers.rows(); ++row) {
      begin(part);
      frame_.at("customers").push_null();
      for (const ColumnCard& card : customer_columns())
        copy(customers, std::string(card.name), row);
    }
  }

  Frame take() { return std::move(frame_); }

 private:
  void begin(const PartWords& part) {
    frame_.at("part").push_text(part.code);
    frame_.at("part_en").push_text(part.words.en);
    frame_.at("part_zh").push_text(part.words.zh);
  }

  void copy(const Frame& from, const std::string& name, std::size_t row) {
    const Column& column = from.at(name);
    Column& to = frame_.at(name);
    if (column.is_null(row)) {
      to.push_null();
    } else if (column.type == ColumnType::text) {
      to.push_text(column.texts().at(row));
    } else {
      to.push_integer(column.integers()[row]);
    }
  }

  Frame frame_;
};

Note first_rows(std::int64_t limit) {
  return {"first_rows",
          {fmt::format("Of each list the first {} customers are shown; --limit shows more.", limit),
           fmt::format("每份名单仅显示前 {} 位客户；可用 --limit 增加。", limit)}};
}

Result<Answer> moved(const Call& call) {
  TRY(const AskedRule asked, asked_rule(call, "everyone"));
  const std::int64_t limit = call.args.integer("limit");
  TRY(const segments::Moved found,
      segments::moved(*call.shop.engine, *call.shop.store, asked.question(),
                      {.name = call.args.text("name"),
                       .from = *call.args.date("from"),
                       .to = *call.args.date("to"),
                       .most = limit}));
  Moves rows(found.came);
  rows.count(kBefore, found.before);
  rows.count(kAfter, found.after);
  rows.count(kStayed, found.stayed);
  rows.count(kCame, found.after - found.stayed);
  rows.count(kLeft, found.before - found.stayed);
  rows.list(kCame, found.came);
  rows.list(kLeft, found.left);
  Answer answer = answer_of(rows.take(), columns_of(moved_columns()));
  answer.currency = call.shop.settings.currency;
  answer.notes.push_back(
      {"ends",
       {"Both days as their last refresh left the members; who came and left again in between is "
        "not seen.",
        "两日均以当日最后一次刷新的成员为准；其间进入后又离开的不会被看到。"}});
  if (std::max(found.after, found.before) - found.stayed > limit) {
    answer.notes.push_back(first_rows(limit));
  }
  return answer;
}

}  // namespace

const Command segments_moved_command{
    .name = "segments moved",
    .title = {"Who came and who left", "谁进入，谁离开"},
    .doc = {"Who came into a saved segment and who left it between two days, both as the refreshes "
            "left them: how many, and the customers, highest amount first.",
            "两个日期之间进入与离开已保存分群的客户（以刷新为准）：人数与名单，消费高者在前。"},
    .live = true,
    .params = {segment_name_param(),
               {.name = "from",
                .type = ParamType::date,
                .doc = {"the first day, with everything up to its end", "首日（计至当日结束）"},
                .required = true},
               {.name = "to",
                .type = ParamType::date,
                .doc = {"the last day, with everything up to its end", "末日（计至当日结束）"},
                .required = true},
               {.name = "limit",
                .type = ParamType::integer,
                .doc = {"most customers of each list", "每份名单最多显示客户数"},
                .fallback = "1000",
                .at_least = 0,
                .at_most = 1'000'000}},
    .columns = moved_columns(),
    .examples = {"huitou segments moved sleeping --from 2025-06-01 --to 2025-06-30"},
    .run = moved,
};

}  // namespace huitou::commands
