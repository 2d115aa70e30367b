#include "server/survey_door.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "server/survey_page.h"

namespace huitou::server {
namespace {

constexpr std::string_view kPrefix = "/q/";
constexpr std::size_t kBodyBytes = 16U << 10U;
constexpr int kUnderWay = 16;         ///< requests of customers at once: the shop's own go on
constexpr int kPersonalAMinute = 20;  ///< looks and answers of one personal link
constexpr int kOpenAMinute = 600;     ///< of one open link
constexpr int kUnknownAMinute = 300;  ///< of all tokens that are none
constexpr std::int64_t kMinute = 60;
constexpr auto kSettle = std::chrono::seconds(5);  ///< answers of so long are taken at once
constexpr int kRests = 4;                          ///< times as long as the last settling took
constexpr auto kRetry = std::chrono::seconds(15);
constexpr int kTooMany = 429;

HttpReply page_reply(int status, std::string html) {
  return {status,
          "text/html; charset=utf-8",
          std::move(html),
          {{"Cache-Control", "no-store"},
           {"Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; "
            "frame-ancestors 'none'"},
           {"X-Frame-Options", "DENY"},
           {"Vary", "Accept-Language"}}};
}

Language language_for(const HttpRequest& request) {
  const std::string asked = request.query_value("lang");
  if (asked == "zh") return Language::zh;
  if (asked == "en") return Language::en;
  return preferred_language(request.accept_language);
}

HttpReply sentence(int status, const Sentence& title, const Sentence& text, Language language) {
  return page_reply(status, sentence_html(title.in(language), text.in(language), language));
}

const Sentence kSurvey{"Survey", "问卷"};

HttpReply unknown(Language language) {
  return sentence(404, kSurvey,
                  {"This link is not one of ours: please check that it is whole.",
                   "这个链接无效，请检查链接是否完整。"},
                  language);
}

HttpReply too_many(Language language) {
  HttpReply reply = sentence(kTooMany, kSurvey,
                             {"There is a crowd just now: please try again in a minute.",
                              "现在访问的人太多，请一分钟后再试。"},
                             language);
  reply.headers.emplace_back("Retry-After", std::to_string(kMinute));
  return reply;
}

HttpReply gone(const surveys::Visit& visit, Language language) {
  if (visit.state == surveys::State::closed) {
    return sentence(410, visit.survey.title,
                    {"This survey is closed. Thank you for wanting to answer.",
                     "这份问卷已结束，感谢您愿意作答。"},
                    language);
  }
  const std::string day = format_date(*visit.last_on);
  return sentence(410, visit.survey.title,
                  {"This link was good until " + day + ". Thank you for wanting to answer.",
                   "这个链接的有效期至 " + day + "，感谢您愿意作答。"},
                  language);
}

HttpReply thanks(const surveys::Taken& taken, Language language) {
  return sentence(
      200, taken.visit.survey.title,
      taken.replaced ? Sentence{"Thank you. Your new answer has taken the place of the one before.",
                                "谢谢！您的新回答已替换之前的回答。"}
                     : Sentence{"Thank you for your answer.", "谢谢您的回答！"},
      language);
}

HttpReply failure(const Error& error, Language language) {
  switch (error.code) {
    case Code::not_found:
      return unknown(language);
    case Code::unavailable:
      return too_many(language);
    default:
      return sentence(503, kSurvey,
                      {"Your answer could not be kept: please try again later.",
                       "暂时无法保存您的回答，请稍后再试。"},
                      language);
  }
}

std::string_view token_in(const HttpRequest& request) {
  return std::string_view(request.path).substr(kPrefix.size());
}

}  // namespace

bool Rates::take(const std::string& what, int limit, std::int64_t now) {
  const std::lock_guard lock(mutex_);
  if (now / kMinute != minute_) {
    minute_ = now / kMinute;
    counts_.clear();
  }
  return ++counts_[what] <= limit;
}

bool is_survey(const HttpRequest& request) { return request.path.starts_with(kPrefix); }

SurveyDoor::SurveyDoor(Parts parts) : parts_(std::move(parts)), thread_([this] { run(); }) {}

void SurveyDoor::handle(const ExchangePtr& exchange) {
  const Language language = language_for(exchange->request());
  const bool fits = ++under_way_ <= kUnderWay;
  const bool taken = fits && parts_.pool.submit([this, exchange] {
    HttpReply out = reply(exchange->request());
    --under_way_;
    exchange->reply(std::move(out));
  });
  if (taken) return;
  --under_way_;
  exchange->reply(too_many(language));
}

HttpReply SurveyDoor::reply(const HttpRequest& request) {
  const Language language = language_for(request);
  if (request.method == "POST") return keep(request, language);
  if (request.method == "GET" || request.method == "HEAD") return show(request, language);
  HttpReply out = sentence(
      405, kSurvey, {"This page can be read and answered, nothing else.", "此页面只能查看和作答。"},
      language);
  out.headers.emplace_back("Allow", "GET, HEAD, POST");
  return out;
}

/// unavailable: the link is used too often.
Result<surveys::Visit> SurveyDoor::let_in(const HttpRequest& request, bool counts) {
  const surveys::Moment at = parts_.clock();
  const std::string token(token_in(request));
  auto visit = surveys::visit(parts_.store, token, at, false);
  const bool known = visit.ok();
  const int limit = !known ? kUnknownAMinute : visit->is_personal ? kPersonalAMinute : kOpenAMinute;
  if (!rates_.take(known ? token : "", limit, at.now)) {
    return Error{Code::unavailable, "The link is used too often.", "Try again in a minute.",
                 "链接访问过于频繁。", "请一分钟后再试。"};
  }
  if (!known || !counts) return visit;
  return surveys::visit(parts_.store, token, at, true);
}

HttpReply SurveyDoor::show(const HttpRequest& request, Language language) {
  const auto visit = let_in(request, request.method == "GET");
  if (!visit.ok()) return failure(visit.error(), language);
  if (visit->state != surveys::State::open) return gone(*visit, language);
  return page_reply(200, question_html({.visit = *visit, .page = surveys::new_page()}, language));
}

HttpReply SurveyDoor::keep(const HttpRequest& request, Language language) {
  const auto visit = let_in(request, false);
  if (!visit.ok()) return failure(visit.error(), language);
  if (visit->state != surveys::State::open) return gone(*visit, language);
  if (request.body.size() > kBodyBytes) {
    return sentence(
        413, visit->survey.title,
        {"Your text is too long: please go back and shorten it.", "文字太长，请返回并缩短。"},
        language);
  }
  const auto fields = parse_fields(request.body);
  const auto field = [&](const char* name) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string() : found->second;
  };
  const surveys::Given given{field("score"), field("comment"), field("page")};
  const auto taken = surveys::answer(parts_.store, token_in(request), given, parts_.clock());
  if (taken.ok()) {
    answered();
    return thanks(*taken, language);
  }
  const Error& error = taken.error();
  if (error.code != Code::invalid_input) return failure(error, language);
  const Sentence wrong{error.message + " " + error.hint, error.message_zh + error.hint_zh};
  return page_reply(400, question_html({*visit, surveys::new_page(), wrong, given}, language));
}

void SurveyDoor::answered() {
  {
    const std::lock_guard lock(mutex_);
    waiting_ = true;
  }
  wake_.notify_all();
}

/// All answers there are go the way to the tables together: the more they are the longer that
/// takes, and the longer is the rest after it.
void SurveyDoor::run() {
  using Clock = std::chrono::steady_clock;
  Clock::duration rest = kSettle;
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return waiting_ || ending_; });
    if (wake_.wait_for(lock, rest, [this] { return ending_; })) return;
    waiting_ = false;
    lock.unlock();
    const auto began = Clock::now();
    const Status settled = parts_.settle();
    rest = std::max<Clock::duration>(kSettle, kRests * (Clock::now() - began));
    if (!settled.ok()) parts_.log("surveys: " + describe(settled.error()));
    lock.lock();
    if (settled.ok()) continue;
    waiting_ = true;
    rest = std::max<Clock::duration>(rest, kRetry);
  }
}

void SurveyDoor::stop() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

}  // namespace huitou::server
