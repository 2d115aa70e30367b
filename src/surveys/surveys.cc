#include "surveys/surveys.h"

#include <fmt/format.h>

#include <array>

#include "surveys/tables.h"

namespace huitou::surveys {
namespace {

constexpr std::string_view kTables[] = {
    "CREATE TABLE IF NOT EXISTS survey_asked (id INTEGER PRIMARY KEY AUTOINCREMENT, "
    "kind TEXT NOT NULL, title_en TEXT NOT NULL, title_zh TEXT NOT NULL, question_en TEXT NOT "
    "NULL, question_zh TEXT NOT NULL, comment_en TEXT NOT NULL, comment_zh TEXT NOT NULL, days "
    "INTEGER NOT NULL, address TEXT NOT NULL, made_at INTEGER NOT NULL, made_by TEXT NOT NULL, "
    "closed_at INTEGER)",
    "CREATE TABLE IF NOT EXISTS survey_links (id INTEGER PRIMARY KEY AUTOINCREMENT, survey "
    "INTEGER NOT NULL, secret TEXT NOT NULL, customer_key TEXT NOT NULL, channel TEXT NOT NULL, "
    "product_key TEXT NOT NULL, store_key TEXT NOT NULL, made_at INTEGER NOT NULL, last_on "
    "INTEGER, opened_at INTEGER, views INTEGER NOT NULL, answered_at INTEGER, answers INTEGER "
    "NOT NULL)",
    "CREATE UNIQUE INDEX IF NOT EXISTS survey_links_personal ON survey_links (survey, "
    "customer_key) WHERE customer_key != ''",
    "CREATE UNIQUE INDEX IF NOT EXISTS survey_links_open ON survey_links (survey, channel, "
    "product_key, store_key) WHERE customer_key = ''"};

constexpr std::array kScales{Scale{"nps", 0, 10}, Scale{"csat", 1, 5}};

struct Usual {
  std::string_view kind;
  Words question;
};
constexpr Usual kUsual[] = {
    {"nps", {"How likely are you to recommend us to a friend?", "您有多大可能把我们推荐给朋友？"}},
    {"csat", {"How satisfied are you with us?", "您对我们的服务满意吗？"}}};

/// A text in one language stands for both.
void complete(Sentence& text) {
  if (text.en.empty()) text.en = text.zh;
  if (text.zh.empty()) text.zh = text.en;
}

Status check_text(const char* name, const Sentence& text) {
  for (const std::string& each : {text.en, text.zh}) {
    if (each.size() <= kMostTitleBytes) continue;
    return Error{Code::limit_reached,
                 fmt::format("The {} has {} bytes; kMostTitleBytes is {}.", name, each.size(),
                             kMostTitleBytes),
                 "Shorten it: it is read on a phone.",
                 fmt::format("{} 有 {} 字节，上限 kMostTitleBytes 为 {}。", name, each.size(),
                             kMostTitleBytes),
                 "请缩短：顾客在手机上阅读。"};
  }
  return {};
}

Status check_address(const std::string& address) {
  const bool begins = address.starts_with("https://") || address.starts_with("http://");
  const bool is_plain = address.find_first_of(" \t\r\n\"'<>?#") == std::string::npos;
  const bool named = address.size() > address.find("://") + 3;
  if (address.empty() || (begins && is_plain && named && address.size() <= kMostTitleBytes)) {
    return {};
  }
  return Error{Code::invalid_input, "'" + address + "' is no address that customers can open.",
               "Write where they reach this server, such as https://ask.example.cn.",
               "“" + address + "”不是顾客可以打开的地址。",
               "请填写顾客访问本服务的地址，如 https://ask.example.cn。"};
}

Status check_days(std::int64_t days) {
  if (days >= 0 && days <= kMostDays) return {};
  return Error{Code::invalid_input, fmt::format("{} is no number of days for a link.", days),
               fmt::format("Write 1 to {}, or 0 for links without an end.", kMostDays),
               fmt::format("链接有效期不能是 {} 天。", days),
               fmt::format("请填写 1 至 {}，或 0 表示长期有效。", kMostDays)};
}

Survey survey_at(const Frame& frame, std::size_t row) {
  const auto text = [&](const char* name) { return frame.text(name, row).value_or(""); };
  Survey survey;
  survey.id = frame.integer("id", row).value_or(0);
  survey.kind = text("kind");
  survey.title = {text("title_en"), text("title_zh")};
  survey.question = {text("question_en"), text("question_zh")};
  survey.comment = {text("comment_en"), text("comment_zh")};
  survey.days = frame.integer("days", row).value_or(0);
  survey.address = text("address");
  survey.made_by = text("made_by");
  survey.made_at = frame.integer("made_at", row).value_or(0);
  survey.closed_at = frame.integer("closed_at", row);
  return survey;
}

constexpr std::string_view kSelect =
    "SELECT id, kind, title_en, title_zh, question_en, question_zh, comment_en, comment_zh, days, "
    "address, made_at, made_by, closed_at FROM survey_asked ";

}  // namespace

Status ensure_tables(store::Store& store) {
  for (const std::string_view table : kTables) TRY(store.run(table));
  return {};
}

Error no_survey(std::int64_t id) {
  return {Code::not_found, fmt::format("There is no survey {}.", id),
          "`huitou surveys list` shows them.", fmt::format("没有问卷 {}。", id),
          "可用 `huitou surveys list` 查看。"};
}

Error closed_survey(std::int64_t id) {
  return {Code::conflict, fmt::format("The survey {} is closed.", id),
          "Make a new one with `huitou surveys add`.", fmt::format("问卷 {} 已关闭。", id),
          "请用 `huitou surveys add` 新建。"};
}

Result<Scale> scale_of(std::string_view kind) {
  for (const Scale& scale : kScales) {
    if (scale.kind == kind) return scale;
  }
  const std::string name(kind);
  return Error{Code::invalid_input, "'" + name + "' is no kind of survey.",
               "Use nps (0 to 10) or csat (1 to 5).", "“" + name + "”不是问卷类型。",
               "请使用 nps（0–10）或 csat（1–5）。"};
}

Result<Survey> add(store::Store& store, Survey survey, const Moment& at) {
  TRY(scale_of(survey.kind));
  for (Sentence* text : {&survey.title, &survey.question, &survey.comment}) complete(*text);
  if (survey.title.en.empty()) {
    return Error{Code::invalid_input, "The survey has no title.",
                 "Give --title or --title_zh: it stands above the question.", "问卷没有标题。",
                 "请给出 --title 或 --title_zh：显示在问题上方。"};
  }
  for (const Usual& usual : kUsual) {
    if (survey.question.en.empty() && usual.kind == survey.kind) {
      survey.question = {std::string(usual.question.en), std::string(usual.question.zh)};
    }
  }
  TRY(check_text("title", survey.title));
  TRY(check_text("question", survey.question));
  TRY(check_text("comment", survey.comment));
  TRY(check_days(survey.days));
  TRY(check_address(survey.address));
  while (survey.address.ends_with('/')) survey.address.pop_back();
  TRY(ensure_tables(store));
  std::int64_t id = 0;
  TRY(store.transaction([&](store::Store& in) -> Status {
    TRY(
        in.run("INSERT INTO survey_asked (kind, title_en, title_zh, question_en, question_zh, "
               "comment_en, comment_zh, days, address, made_at, made_by) VALUES (?, ?, ?, ?, ?, ?, "
               "?, ?, ?, ?, ?)",
               {survey.kind, survey.title.en, survey.title.zh, survey.question.en,
                survey.question.zh, survey.comment.en, survey.comment.zh, survey.days,
                survey.address, at.now, survey.made_by}));
    TRY(const Frame last, in.run("SELECT last_insert_rowid() AS id"));
    id = last.integer("id", 0).value_or(0);
    TRY(open_link(in, id, {}, at));
    return {};
  }));
  return find(store, id);
}

Result<Survey> find(store::Store& store, std::int64_t id) {
  TRY(ensure_tables(store));
  TRY(const Frame frame, store.run(std::string(kSelect) + "WHERE id = ?", {id}));
  if (frame.rows() == 0) return no_survey(id);
  return survey_at(frame, 0);
}

Status close(store::Store& store, std::int64_t id, std::int64_t now) {
  TRY(const Survey survey, find(store, id));
  if (survey.closed_at) return closed_survey(id);
  TRY(store.run("UPDATE survey_asked SET closed_at = ? WHERE id = ?", {now, id}));
  return {};
}

Result<std::vector<Survey>> all(store::Store& store) {
  TRY(ensure_tables(store));
  TRY(const Frame frame, store.run(std::string(kSelect) + "ORDER BY id DESC LIMIT 10000"));
  std::vector<Survey> out;
  for (std::size_t row = 0; row < frame.rows(); ++row) out.push_back(survey_at(frame, row));
  return out;
}

}  // namespace huitou::surveys
