#pragma once

// The page behind a survey link: a few KB of HTML with its style, no script, nothing of the shop
// but the survey's own texts. Pure.

#include <string>
#include <string_view>

#include "base/language.h"
#include "surveys/surveys.h"

namespace huitou::server {

/// The reader's language by its Accept-Language header; English where it names neither.
Language preferred_language(std::string_view accept_language);

/// `page` tells one page of an open link from the next; `wrong` says what is missing in the answer
/// that was sent; empty before one was.
struct QuestionPage {
  const surveys::Visit& visit;
  std::string page;
  Sentence wrong = {};
  surveys::Given given = {};
};
std::string question_html(const QuestionPage& page, Language language);

/// A title and one sentence.
std::string sentence_html(const std::string& title, const std::string& sentence, Language language);

}  // namespace huitou::server
