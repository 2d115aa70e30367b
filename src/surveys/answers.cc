// What happens behind a link: somebody looks, somebody answers.

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "forms/forms.h"
#include "surveys/tables.h"

namespace huitou::surveys {
namespace {

constexpr std::size_t kPageLetters = 22;
constexpr std::string_view kLetters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

Error unknown_link() {
  return {Code::not_found, "This link is not one of ours.", "Please check that it is whole.",
          "这个链接无效。", "请检查链接是否完整。"};
}

struct Found {
  Link link;
  Visit visit;
};

Result<Found> found(store::Store& store, std::string_view token, const Moment& at) {
  TRY(const auto link, link_with(store, token));
  if (!link) return unknown_link();
  Found out{.link = *link};
  TRY(out.visit.survey, find(store, link->survey));
  out.visit.last_on = link->last_on;
  out.visit.is_personal = !link->customer_key.empty();
  out.visit.was_answered = out.visit.is_personal && link->answers > 0;
  if (out.visit.survey.closed_at) {
    out.visit.state = State::closed;
  } else if (link->last_on && at.today > *link->last_on) {
    out.visit.state = State::over;
  }
  return out;
}

Status check_open(const Visit& visit) {
  if (visit.state == State::open) return {};
  if (visit.state == State::closed) return closed_survey(visit.survey.id);
  const std::string day = format_date(*visit.last_on);
  return Error{Code::conflict, "The link was good until " + day + ".", "Ask for a new one.",
               "链接有效期至 " + day + "。", "请索取新的链接。"};
}

Result<std::int64_t> check_score(const Scale& scale, const std::string& text) {
  std::int64_t score = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), score);
  const bool is_number = error == std::errc() && end == text.data() + text.size();
  if (is_number && score >= scale.least && score <= scale.most) return score;
  return Error{Code::invalid_input, "No score was chosen.",
               fmt::format("Please choose one from {} to {}.", scale.least, scale.most),
               "尚未选择评分。", fmt::format("请选择 {} 至 {}。", scale.least, scale.most)};
}

Status check_comment(const std::string& text) {
  if (text.size() <= kMostCommentBytes) return {};
  return Error{Code::invalid_input, "The text is too long.",
               fmt::format("Please keep it under {} letters.", kMostCommentBytes), "文字太长。",
               fmt::format("请控制在 {} 字以内。", kMostCommentBytes / 3)};
}

Status check_page(const std::string& page) {
  if (page.size() == kPageLetters && page.find_first_not_of(kLetters) == std::string::npos) {
    return {};
  }
  return Error{Code::invalid_input, "The page that was sent is not whole.",
               "Please open the link again.", "提交的页面不完整。", "请重新打开链接。"};
}

Error answers_full() {
  return {Code::limit_reached,
          fmt::format("The link has {} answers, which is the limit kMostOpenAnswers.",
                      kMostOpenAnswers),
          "Make another link.",
          fmt::format("该链接已有 {} 份答卷，达到上限 kMostOpenAnswers。", kMostOpenAnswers),
          "请新建链接。"};
}

/// Control characters become blanks: they have no place in a table or a file.
std::string cleaned(std::string text) {
  for (char& letter : text) {
    const bool is_control = static_cast<unsigned char>(letter) < ' ' && letter != '\n';
    if (is_control || letter == '\x7f') letter = ' ';
  }
  return text;
}

std::vector<forms::Written> written(const Found& at, const Given& given, const Moment& when) {
  const Link& link = at.link;
  return {{"survey_key", entry_key(link, given.page)},
          {"kind", at.visit.survey.kind},
          {"score", given.score},
          {"comment", cleaned(given.comment)},
          {"answered_on", when.clock},
          {"customer_key", link.customer_key},
          {"channel", link.place.channel},
          {"product_key", link.place.product_key},
          {"store_key", link.place.store_key}};
}

}  // namespace

std::string beginning_of(std::int64_t survey) { return fmt::format("Q{}-", survey); }

std::string entry_key(const Link& link, const std::string& page) {
  const std::string key = beginning_of(link.survey) + std::to_string(link.id);
  return link.customer_key.empty() ? key + "-" + page : key;
}

Result<Visit> visit(store::Store& store, std::string_view token, const Moment& at, bool counts) {
  TRY(const Found out, found(store, token, at));
  if (counts && out.visit.state == State::open) {
    TRY(
        store.run("UPDATE survey_links SET opened_at = coalesce(opened_at, ?), views = views + 1 "
                  "WHERE id = ?",
                  {at.now, out.link.id}));
  }
  return out.visit;
}

Result<Taken> answer(store::Store& store, std::string_view token, const Given& given,
                     const Moment& at) {
  std::optional<Taken> taken;
  TRY(store.transaction([&](store::Store& in) -> Status {
    TRY(const Found to, found(in, token, at));
    TRY(check_open(to.visit));
    TRY(const Scale scale, scale_of(to.visit.survey.kind));
    TRY(const std::int64_t score, check_score(scale, given.score));
    TRY(check_comment(given.comment));
    Given kept = given;
    kept.score = std::to_string(score);
    if (to.visit.survey.comment.en.empty()) kept.comment.clear();
    if (!to.visit.is_personal) TRY(check_page(given.page));
    if (!to.visit.is_personal && to.link.answers >= kMostOpenAnswers) return answers_full();
    TRY(const forms::Form* form, forms::find("surveys"));
    TRY(const forms::Done done,
        forms::put(in, *form, written(to, kept, at),
                   {.name = fmt::format("link {}", to.link.id), .now = at.now}));
    TRY(
        in.run("UPDATE survey_links SET opened_at = coalesce(opened_at, ?), answered_at = ?, "
               "answers = answers + ? WHERE id = ?",
               {at.now, at.now, done.added, to.link.id}));
    taken = Taken{.visit = to.visit, .replaced = done.added == 0};
    return {};
  }));
  return std::move(*taken);
}

}  // namespace huitou::surveys
