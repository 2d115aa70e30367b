// customer find, timeline, lines, gaps, favourites, keys: the lists about one person.

#include <fmt/format.h>

#include <array>
#include <sstream>

#include "commands/customer.h"
#include "commands/list.h"
#include "commands/rows.h"
#include "commands/shop.h"
#include "commands/times.h"
#include "quality/quality.h"

namespace huitou::commands {
namespace {

Answer answered(const Call& call, Frame frame) {
  Answer answer = answer_of(std::move(frame), columns_of(call.command.columns));
  answer.currency = call.shop.settings.currency;
  return answer;
}

/// A column of a frame put into the words of one language.
template <typename Word>
Column translated(const Frame& frame, const char* column, const char* name, Word word) {
  Column out = make_column(name, ColumnType::text);
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    const std::string text = word(row, frame.text(column, row).value_or(""));
    text.empty() ? out.push_null() : out.push_text(text);
  }
  return out;
}

struct Word {
  std::string_view name;
  Words words;
};

constexpr std::array kHappenings{Word{"order", {"Order", "订单"}},
                                 Word{"aside", {"Order set aside", "已隔离或更正的订单"}},
                                 Word{"event", {"Event", "行为"}},
                                 Word{"ticket", {"Ticket", "工单"}},
                                 Word{"complaint", {"Complaint", "投诉"}},
                                 Word{"survey", {"Survey", "问卷"}}};
/// The numbers of schema::OrderStatus.
constexpr std::array kStatuses{Word{"1", {"created", "已创建"}}, Word{"2", {"paid", "已付款"}},
                               Word{"3", {"delivered", "已送达"}},
                               Word{"4", {"cancelled", "已取消"}},
                               Word{"5", {"refunded", "已退款"}}};
constexpr std::array kFoundBy{Word{"key", {"key", "标识"}},
                              Word{"member", {"member number", "会员号"}},
                              Word{"name", {"name", "姓名"}}};
constexpr std::array kFavourites{
    Word{"product", {"Product", "商品"}}, Word{"category", {"Category", "品类"}},
    Word{"store", {"Store", "门店"}}, Word{"channel", {"Channel", "渠道"}}};

template <std::size_t kSize>
std::string in_words(const std::array<Word, kSize>& words, const std::string& name,
                     Language language) {
  for (const Word& word : words) {
    if (word.name == name) return std::string(word.words.in(language));
  }
  return name;
}

/// "duplicate_orders zero_amounts" by their titles.
std::string rule_titles(const std::string& names, Language language) {
  std::istringstream rest(names);
  std::string out;
  for (std::string name; rest >> name;) {
    const auto rule = quality::find(name);
    out += out.empty() ? "" : language == Language::zh ? "、" : ", ";
    out += rule.ok() ? std::string((*rule)->card.title.in(language)) : name;
  }
  return out;
}

void add_words(Frame& frame) {
  for (const Language language : {Language::en, Language::zh}) {
    const bool zh = language == Language::zh;
    frame.columns.push_back(translated(
        frame, "kind", zh ? "what_zh" : "what",
        [&](std::size_t, const auto& kind) { return in_words(kHappenings, kind, language); }));
    frame.columns.push_back(translated(
        frame, "name", zh ? "title_zh" : "title", [&](std::size_t row, const auto& name) {
          const std::string kind = frame.text("kind", row).value_or("");
          const bool is_order = kind == "order" || kind == "aside";
          return is_order ? in_words(kStatuses, name, language) : name;
        }));
    frame.columns.push_back(
        translated(frame, "rules", zh ? "findings_zh" : "findings",
                   [&](std::size_t, const auto& rules) { return rule_titles(rules, language); }));
  }
}

Result<Answer> timeline(const Call& call) {
  TRY(const Asked asked, read_customer(call));
  customer::Page page{.rows = static_cast<std::uint64_t>(call.args.integer("limit"))};
  if (call.args.has("before")) {
    const auto before = parse_time(call.args.text("before"));
    if (!before || *before <= 0) {
      const std::string given = call.args.text("before");
      return Error{Code::invalid_input, fmt::format("before is '{}'.", given),
                   "Give a time as 2025-01-31T08:00:00Z.",
                   fmt::format("before 的值为“{}”。", given),
                   "请给出形如 2025-01-31T08:00:00Z 的时间。"};
    }
    page.before = *before;
  }
  TRY(customer::Timeline found, customer::timeline(asked.asking, asked.whose, page));
  add_words(found.frame);
  const std::size_t rows = found.frame.rows();
  const std::string last = rows == 0 ? "" : format_time(found.frame.at("at").integers()[rows - 1]);
  Answer answer = answered(call, std::move(found.frame));
  note_joined(asked, answer.notes);
  if (found.is_more) {
    answer.notes.push_back(
        {"more",
         {fmt::format("There is more before {}: ask with --before {}.", last, last),
          fmt::format("{} 之前还有更多：请加 --before {}。", last, last)}});
  }
  return answer;
}

Result<Answer> lines(const Call& call) {
  TRY(const Asked asked, read_customer(call));
  const auto limit = static_cast<std::uint64_t>(call.args.integer("limit"));
  TRY(Frame frame, customer::lines(asked.asking, asked.whose, call.args.text("order"), limit));
  const bool is_full = frame.rows() == limit;
  Column quantity = make_column("quantity", ColumnType::real);
  for (const std::int64_t milli : frame.at("quantity_milli").integers()) {
    quantity.push_real(static_cast<double>(milli) / 1000);
  }
  frame.columns.push_back(std::move(quantity));
  Answer answer = answered(call, std::move(frame));
  if (is_full) {
    answer.notes.push_back({"first_rows",
                            {fmt::format("The newest {} lines are shown.", limit),
                             fmt::format("仅显示最近 {} 行。", limit)}});
  }
  return answer;
}

Result<Answer> gaps(const Call& call) {
  TRY(const Asked asked, read_customer(call));
  TRY(Frame frame, customer::gaps(asked.asking, asked.whose));
  return answered(call, std::move(frame));
}

Result<Answer> favourites(const Call& call) {
  TRY(const Asked asked, read_customer(call));
  TRY(Frame frame, customer::favourites(asked.asking, asked.whose));
  for (const Language language : {Language::en, Language::zh}) {
    frame.columns.push_back(translated(
        frame, "kind", language == Language::zh ? "what_zh" : "what",
        [&](std::size_t, const auto& kind) { return in_words(kFavourites, kind, language); }));
  }
  return answered(call, std::move(frame));
}

Result<Answer> keys(const Call& call) {
  TRY(const Asked asked, read_customer(call));
  TRY(Frame frame, customer::keys(asked.asking, asked.whose));
  return answered(call, std::move(frame));
}

Result<Answer> find(const Call& call) {
  TRY(const customer::Asking asking, read_asking(call));
  const auto limit = static_cast<std::uint64_t>(call.args.integer("limit"));
  TRY(Frame frame, customer::find(asking, *call.shop.store, call.args.text("text"), limit));
  for (const Language language : {Language::en, Language::zh}) {
    frame.columns.push_back(
        translated(frame, "found_by", language == Language::zh ? "by_zh" : "by",
                   [&](std::size_t, const auto& by) { return in_words(kFoundBy, by, language); }));
  }
  const std::size_t rows = frame.rows();
  Answer answer = answered(call, std::move(frame));
  if (rows == 0) {
    answer.notes.push_back(
        {"nobody",
         {"Nobody has this key, a member number that begins so or a name that holds it. A phone "
          "number or an address must be given in full.",
          "没有客户拥有该标识、以此开头的会员号或包含此文字的姓名。手机号、邮箱须完整给出。"}});
  } else if (rows == limit) {
    answer.notes.push_back({"first_rows",
                            {fmt::format("The first {} are shown: give more of the text.", limit),
                             fmt::format("仅显示前 {} 位：请输入更多内容。", limit)}});
  }
  return answer;
}

Param limit_param(std::string_view fallback, double at_most) {
  return {.name = "limit",
          .type = ParamType::integer,
          .doc = {"most rows shown", "最多显示行数"},
          .fallback = fallback,
          .at_least = 1,
          .at_most = at_most};
}

}  // namespace

const Command customer_find_command{
    .name = "customer find",
    .title = {"Find a customer", "查找客户"},
    .doc = {"Persons with this key (member number, phone, e-mail ..., in full), a member number "
            "that begins so, or a name that holds the text. Keys come first.",
            "按完整标识（会员号、手机号、邮箱等）、会员号开头或姓名所含文字查找客户，标识优先。"},
    .live = true,
    .params = {{.name = "text",
                .doc = {"what to look for", "要查找的内容"},
                .required = true,
                .positional = true},
               limit_param("50", 500),
               customer_as_of_param(),
               customer_status_param(),
               reveal_param()},
    .columns = {{"customer_id", Unit::none, Role::dimension, {"Customer", "客户编号"}},
                {"customer_key", Unit::none, Role::value, {"Member number", "会员号"}},
                {"name", Unit::none, Role::value, {"Name", "姓名"}},
                {"region", Unit::none, Role::detail, {"Region", "地区"}},
                {"by", Unit::none, Role::detail, {"Found by", "匹配项（英文）"}},
                {"by_zh", Unit::none, Role::detail, {"Found by (Chinese)", "匹配项"}},
                {"orders", Unit::count, Role::value, {"Orders", "订单数"}},
                {"amount_minor", Unit::minor, Role::value, {"Amount", "金额"}},
                {"last_on", Unit::date, Role::value, {"Last order", "最近下单"}}},
    .examples = {"huitou customer find 王", "huitou customer find M00"},
    .run = find,
};

const Command customer_timeline_command{
    .name = "customer timeline",
    .title = {"What happened with a customer", "客户时间线"},
    .doc =
        {"Orders, events, tickets and surveys of one person on one line of time, the newest "
         "first; orders with the rules of quality that they broke at the last check.",
         "一位客户的订单、行为、工单与问卷按时间排列，新者在前；订单附上次检查时违反的质量规则。"},
    .live = true,
    .params = {customer_param(),
               limit_param("200", 5000),
               {.name = "before",
                .doc = {"only what happened before this time (2025-01-31T08:00:00Z)",
                        "只看该时间之前（如 2025-01-31T08:00:00Z）"}},
               customer_as_of_param()},
    .columns =
        {{"at", Unit::time, Role::dimension, {"Time", "时间"}},
         {"kind", Unit::none, Role::detail, {"Code", "代码"}},
         {"what", Unit::none, Role::value, {"What", "事项（英文）"}},
         {"what_zh", Unit::none, Role::detail, {"What (Chinese)", "事项"}},
         {"key", Unit::none, Role::detail, {"Key", "编号"}},
         {"title", Unit::none, Role::value, {"Title", "内容（英文）"}},
         {"title_zh", Unit::none, Role::detail, {"Title (Chinese)", "内容"}},
         {"detail", Unit::none, Role::detail, {"Detail", "详情"}},
         {"channel", Unit::none, Role::detail, {"Channel", "渠道"}},
         {"store_key", Unit::none, Role::detail, {"Store", "门店编号"}},
         {"store", Unit::none, Role::detail, {"Store name", "门店"}},
         {"lines", Unit::count, Role::detail, {"Lines", "商品行数"}},
         {"amount_minor", Unit::minor, Role::value, {"Amount", "金额"}},
         {"refund_minor", Unit::minor, Role::detail, {"Refund", "退款"}},
         {"score", Unit::number, Role::value, {"Score", "评分"}},
         {"minutes", Unit::number, Role::detail, {"Minutes to the first reply", "首次响应分钟数"}},
         {"findings", Unit::none, Role::detail, {"Findings", "质量问题（英文）"}},
         {"findings_zh", Unit::none, Role::detail, {"Findings (Chinese)", "质量问题"}}},
    .examples = {"huitou customer timeline M0042"},
    .run = timeline,
};

const Command customer_lines_command{
    .name = "customer lines",
    .title = {"What a customer bought", "客户购买明细"},
    .doc = {"The order lines of one person, the newest order first.",
            "一位客户的订单明细，新单在前。"},
    .live = true,
    .params = {customer_param(),
               {.name = "order", .doc = {"only this order", "只看该订单"}},
               limit_param("500", 10000),
               customer_as_of_param()},
    .columns = {{"order_key", Unit::none, Role::dimension, {"Order", "订单号"}},
                {"line_number", Unit::none, Role::detail, {"Line", "行号"}},
                {"ordered_on", Unit::date, Role::detail, {"Day", "日期"}},
                {"product_key", Unit::none, Role::detail, {"Product key", "商品编号"}},
                {"product", Unit::none, Role::value, {"Product", "商品"}},
                {"category", Unit::none, Role::detail, {"Category", "品类"}},
                {"quantity", Unit::number, Role::value, {"Quantity", "数量"}},
                {"price_minor", Unit::minor, Role::detail, {"Price", "单价"}},
                {"gross_minor", Unit::minor, Role::detail, {"Gross", "原价金额"}},
                {"net_minor", Unit::minor, Role::value, {"Net", "实付金额"}}},
    .examples = {"huitou customer lines M0042"},
    .run = lines,
};

const Command customer_gaps_command{
    .name = "customer gaps",
    .title = {"A customer's own rhythm", "客户购买间隔"},
    .doc = {"The days between one day with a purchase and the next, of one person.",
            "一位客户相邻两个购买日之间的天数。"},
    .view = View::curve,
    .live = true,
    .params = {customer_param(), customer_as_of_param(), customer_status_param()},
    .columns = {{"from_on", Unit::date, Role::detail, {"Purchase", "购买日"}},
                {"to_on", Unit::date, Role::dimension, {"Next purchase", "下一购买日"}},
                {"gap_days", Unit::days, Role::value, {"Days between", "间隔天数"}}},
    .examples = {"huitou customer gaps M0042"},
    .run = gaps,
};

const Command customer_favourites_command{
    .name = "customer favourites",
    .title = {"A customer's favourites", "客户偏好"},
    .doc = {"The products, categories, stores and channels in most orders of one person, five of "
            "each.",
            "一位客户订单最多的商品、品类、门店与渠道，各取前五。"},
    .live = true,
    .params = {customer_param(), customer_as_of_param(), customer_status_param()},
    .columns = {{"kind", Unit::none, Role::detail, {"Code", "代码"}},
                {"what", Unit::none, Role::series, {"What", "类别（英文）"}},
                {"what_zh", Unit::none, Role::detail, {"What (Chinese)", "类别"}},
                {"key", Unit::none, Role::dimension, {"Key", "编号"}},
                {"name", Unit::none, Role::detail, {"Name", "名称"}},
                {"orders", Unit::count, Role::value, {"Orders that hold it", "含此项订单数"}},
                {"share", Unit::ratio, Role::detail, {"Share of orders", "订单占比"}},
                {"amount_minor", Unit::minor, Role::detail, {"Amount", "金额"}},
                {"last_on", Unit::date, Role::detail, {"Last time", "最近一次"}}},
    .examples = {"huitou customer favourites M0042"},
    .run = favourites,
};

const Command customer_keys_command{
    .name = "customer keys",
    .title = {"A customer's keys", "客户标识一览"},
    .doc = {"The member numbers, phones, addresses and other keys of one person; phone numbers and "
            "addresses are masked unless --reveal is given.",
            "一位客户的会员号、手机号、邮箱等标识；除非给出 --reveal，手机号与邮箱均为掩码。"},
    .live = true,
    .params = {customer_param(), reveal_param()},
    .columns = {{"account_id", Unit::none, Role::dimension, {"Account", "账户"}},
                {"kind", Unit::none, Role::value, {"Kind of key", "标识类别"}},
                {"key", Unit::none, Role::value, {"Key", "标识"}},
                {"source", Unit::none, Role::detail, {"Source", "来源"}},
                {"with_account", Unit::none, Role::detail, {"Joined with account", "合并到账户"}},
                {"by_kind", Unit::none, Role::detail, {"By kind of key", "依据类别"}},
                {"linked_at", Unit::time, Role::detail, {"Joined at", "合并时间"}}},
    .examples = {"huitou customer keys M0042"},
    .run = keys,
};

}  // namespace huitou::commands
