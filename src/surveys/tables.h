#pragma once

// What the store keeps of surveys.
//
//   survey_asked  a survey, one row each
//   survey_links  a link, personal (customer_key) or open, with what became of it

#include "surveys/surveys.h"

namespace huitou::surveys {

Status ensure_tables(store::Store& store);

struct Link {
  std::int64_t id = 0;
  std::int64_t survey = 0;
  std::string secret;
  std::string customer_key;  ///< empty: open to many
  Place place;
  std::optional<Date> last_on;
  std::int64_t answers = 0;
};

/// "17-Ab...": number and secret of a link.
std::string token_of(std::int64_t id, const std::string& secret);
/// 128 random bits as 22 letters, digits, - and _.
std::string new_secret();
/// Nothing for a token that is none, compared in the same time wherever it differs.
Result<std::optional<Link>> link_with(store::Store& store, std::string_view token);

/// Which entries of the form are answers to a survey: their number begins so.
std::string beginning_of(std::int64_t survey);
/// The number of the entry of a link's answer; `page` of an open one.
std::string entry_key(const Link& link, const std::string& page);

Error no_survey(std::int64_t id);

}  // namespace huitou::surveys
