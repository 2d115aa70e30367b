#pragma once

#include <string>
#include <vector>

#include "base/card.h"
#include "base/frame.h"
#include "base/language.h"

namespace huitou {

/// A warning that belongs to a number: "31 % of orders have no customer". `code` is for programs.
struct Note {
  std::string code;
  Sentence text;
};

/// A column of an answer: `name` as in the frame.
struct AnswerColumn {
  std::string name;
  Unit unit = Unit::none;
  Role role = Role::value;
  Sentence label{};
};

/// A table with the meaning of its columns and what must be known to read it. `currency` is the ISO
/// code behind columns of unit `minor`, empty if none is known or there are none.
struct Answer {
  Frame frame;
  std::vector<AnswerColumn> columns;
  std::vector<Note> notes;
  View view = View::table;
  std::string currency;
};

}  // namespace huitou
