#pragma once

// The door to surveys of our own: one question (NPS or CSAT) with a text, links to it, and what
// people answer there.
//
//   open link       one for many people: a poster, a receipt, a page
//   personal link   one for one customer
//
// Invariants
// - An answer that was acknowledged is in the store, as an entry of the form `surveys`: forms take
//   it to the table, once, whatever is killed, and people can see, correct and undo it there.
// - A personal link has one answer: a later one takes the place of the one before. The same page of
//   an open link has one answer, however often it is sent.
// - A link says nothing of the customer it was made for, and its 128 random bits cannot be guessed.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/frame.h"
#include "base/language.h"
#include "base/result.h"
#include "store/store.h"

namespace huitou::surveys {

/// Scores of a kind run from `least` to `most`.
struct Scale {
  std::string_view kind;
  std::int64_t least;
  std::int64_t most;
};
/// invalid_input for a kind that is neither nps nor csat.
Result<Scale> scale_of(std::string_view kind);

inline constexpr std::size_t kMostTitleBytes = 300;     ///< of a title or a question
inline constexpr std::size_t kMostCommentBytes = 3000;  ///< of an answer: 1,000 Chinese characters
inline constexpr std::int64_t kMostOpenAnswers = 100'000;  ///< of one open link
inline constexpr std::int64_t kMostDays = 3650;

/// A survey. A text that is given in one language stands for both; a question that is not given is
/// the usual one of the kind.
struct Survey {
  std::int64_t id = 0;
  std::string kind = "nps";
  Sentence title;
  Sentence question;
  Sentence comment;       ///< asks for a text; empty: none is asked for
  std::int64_t days = 0;  ///< a link is good on the day it is made and so many after; 0: always
  std::string address;    ///< where customers reach the server: "https://ask.example.cn"; or empty
  std::string made_by;
  std::int64_t made_at = 0;  ///< UTC seconds
  std::optional<std::int64_t> closed_at;
};

/// An instant, as UTC and as the shop's calendar and clock show it.
struct Moment {
  std::int64_t now = 0;
  Date today;
  std::string clock;  ///< "2025-01-31 14:30:05"
};

/// Keeps a new survey; gives it as it is kept. Errors: invalid_input (kind, texts, days, address).
Result<Survey> add(store::Store& store, Survey survey, const Moment& at);
/// Errors: not_found.
Result<Survey> find(store::Store& store, std::int64_t id);
/// From now on its links take no answers. Errors: not_found, conflict (it is closed).
Status close(store::Store& store, std::int64_t id, std::int64_t now);
/// conflict: what to say of a closed one.
Error closed_survey(std::int64_t id);
/// Newest first.
Result<std::vector<Survey>> all(store::Store& store);

/// What an open link knows of those who follow it; any may be empty.
struct Place {
  std::string channel;
  std::string product_key;
  std::string store_key;
};
/// The token of the survey's open link for this place, made if there is none; one that is over is
/// good again. Errors: not_found; conflict (closed).
Result<std::string> open_link(store::Store& store, std::int64_t survey, const Place& place,
                              const Moment& at);
/// The link of the survey for anybody anywhere, which is made with it.
Result<std::string> first_link(store::Store& store, const Survey& survey);
/// Tokens of links for these customers, in their order: the one a customer has, good again if it
/// was over, or a new one. Keys are member numbers and not empty. Errors: not_found; conflict.
struct Whom {
  std::vector<std::string> customer_keys;
  std::string channel;  ///< through which the links go out
};
Result<std::vector<std::string>> personal_links(store::Store& store, std::int64_t survey,
                                                const Whom& whom, const Moment& at);

/// "https://ask.example.cn/q/1-Ab..."; without the survey's address the path alone.
std::string link_of(const Survey& survey, const std::string& token);

/// What somebody finds who follows a link.
enum class State { open, over, closed };
struct Visit {
  Survey survey;
  State state = State::open;
  std::optional<Date> last_on;  ///< the last day on which the link is good
  bool is_personal = false;
  bool was_answered = false;  ///< of a personal link
};
/// `counts`: somebody looks at the page. Errors: not_found for a token that is none of ours.
Result<Visit> visit(store::Store& store, std::string_view token, const Moment& at, bool counts);

/// An answer as it was sent. `page` is what `new_page` gave to the page of an open link.
struct Given {
  std::string score;
  std::string comment;
  std::string page;
};
struct Taken {
  Visit visit;
  bool replaced = false;  ///< an answer that the link had
};
/// Keeps an answer; on the disk when it returns. Errors: not_found; conflict (over, or closed);
/// invalid_input (score, comment, page); limit_reached.
Result<Taken> answer(store::Store& store, std::string_view token, const Given& given,
                     const Moment& at);
/// 128 random bits as 22 letters: what tells one page of an open link from the next.
std::string new_page();

/// Who was asked and what became of it. Of personal links: how many there are, were looked at, have
/// an answer.
struct Asked {
  std::int64_t links = 0;
  std::int64_t opened = 0;
  std::int64_t answered = 0;
  std::int64_t open_views = 0;  ///< of pages of open links
};
/// Answers by score, as the form has them now: corrected ones as they were corrected.
struct Scores {
  std::string channel;
  bool is_personal = false;
  std::vector<std::int64_t> answers;  ///< from the least score on
};
struct Results {
  Asked asked;
  std::vector<Scores> scores;  ///< by channel, open links first
};
/// Errors: not_found.
Result<Results> results(store::Store& store, const Survey& survey);

/// Links, newest first: number, token (of open ones), customer_key, channel, product_key,
/// store_key, made_at (time), last_on (date), opened_at (time), answered_at (time), answers.
Result<Frame> links(store::Store& store, const Survey& survey, std::int64_t most);

}  // namespace huitou::surveys
