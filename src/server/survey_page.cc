#include "server/survey_page.h"

#include <fmt/format.h>

#include <cstdlib>

namespace huitou::server {

std::string_view embedded(std::string_view path);

namespace {

constexpr int kMostLetters = 1000;  ///< of a text; its bytes are limited by the door

std::string escaped(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    switch (letter) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += letter;
    }
  }
  return out;
}

std::string whole(const std::string& title, const std::string& body, Language language) {
  const bool zh = language == Language::zh;
  return fmt::format(
      "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\"><meta name=\"robots\" "
      "content=\"noindex\"><title>{}</title><style>{}</style></head>\n<body><main><h1>{}</h1>\n{}"
      "<footer><a href=\"?lang={}\" lang=\"{}\">{}</a></footer></main></body></html>\n",
      zh ? "zh-CN" : "en", escaped(title), embedded("survey.css"), escaped(title), body,
      zh ? "en" : "zh", zh ? "en" : "zh-CN", zh ? "English" : "中文");
}

struct Ends {
  std::string_view kind;
  Words least;
  Words most;
};
constexpr Ends kEnds[] = {
    {"nps", {"not at all likely", "完全不可能"}, {"extremely likely", "非常可能"}},
    {"csat", {"not satisfied", "很不满意"}, {"very satisfied", "非常满意"}}};

/// The numbers stand with the words: on a phone the scale has two lines.
std::string ends_html(const surveys::Scale& scale, Language language) {
  for (const Ends& ends : kEnds) {
    if (ends.kind != scale.kind) continue;
    return fmt::format("<div class=\"ends\"><span>{} = {}</span><span>{} = {}</span></div>\n",
                       scale.least, ends.least.in(language), scale.most, ends.most.in(language));
  }
  return "";
}

std::string scale_html(const QuestionPage& page, const surveys::Scale& scale) {
  std::string out = fmt::format("<div class=\"scale {}\">", scale.most == 10 ? "eleven" : "five");
  for (std::int64_t score = scale.least; score <= scale.most; ++score) {
    const std::string text = std::to_string(score);
    out += fmt::format(
        "<label><input type=\"radio\" name=\"score\" value=\"{}\" "
        "required{}><span>{}</span></label>",
        text, page.given.score == text ? " checked" : "", text);
  }
  return out + "</div>\n";
}

}  // namespace

Language preferred_language(std::string_view accept_language) {
  double best = 0;
  Language language = Language::en;
  while (!accept_language.empty()) {
    std::string_view part = accept_language.substr(0, accept_language.find(','));
    accept_language.remove_prefix(std::min(accept_language.size(), part.size() + 1));
    while (part.starts_with(' ')) part.remove_prefix(1);
    const std::size_t mark = part.find(";q=");
    const double weight =
        mark == std::string_view::npos ? 1 : std::atof(std::string(part.substr(mark + 3)).c_str());
    const bool zh = part.starts_with("zh");
    if (!zh && !part.starts_with("en")) continue;
    if (weight > best) {
      best = weight;
      language = zh ? Language::zh : Language::en;
    }
  }
  return language;
}

std::string question_html(const QuestionPage& page, Language language) {
  const surveys::Survey& survey = page.visit.survey;
  const auto scale = surveys::scale_of(survey.kind);
  CHECK(scale.ok());
  const bool zh = language == Language::zh;
  std::string body;
  if (!page.wrong.en.empty()) {
    body +=
        fmt::format("<p class=\"wrong\" role=\"alert\">{}</p>\n", escaped(page.wrong.in(language)));
  } else if (page.visit.was_answered) {
    body += fmt::format("<p class=\"said\">{}</p>\n",
                        zh ? "您已回答过。再次提交会替换之前的回答。"
                           : "You have answered. A new answer takes the place of the one before.");
  }
  body += fmt::format("<form method=\"post\" action=\"?lang={}\">\n<fieldset><legend>{}</legend>\n",
                      zh ? "zh" : "en", escaped(survey.question.in(language)));
  body += scale_html(page, *scale) + ends_html(*scale, language) + "</fieldset>\n";
  if (!survey.comment.en.empty()) {
    body += fmt::format(
        "<label class=\"ask\" for=\"comment\">{}</label>\n<textarea id=\"comment\" "
        "name=\"comment\" maxlength=\"{}\">{}</textarea>\n",
        escaped(survey.comment.in(language)), kMostLetters, escaped(page.given.comment));
  }
  if (!page.visit.is_personal) {
    body += fmt::format("<input type=\"hidden\" name=\"page\" value=\"{}\">\n", escaped(page.page));
  }
  body += fmt::format("<button>{}</button>\n</form>\n", zh ? "提交" : "Send");
  return whole(survey.title.in(language), body, language);
}

std::string sentence_html(const std::string& title, const std::string& sentence,
                          Language language) {
  return whole(title, fmt::format("<p class=\"ask\">{}</p>\n", escaped(sentence)), language);
}

}  // namespace huitou::server
