#pragma once

#include <vector>

#include "base/frame.h"
#include "commands/command.h"
#include "math/interval.h"
#include "surveys/surveys.h"

namespace huitou::commands {

/// surveys add, list, show, asked, close, link, reach, links.
std::vector<const Command*> surveys_commands();

extern const Command surveys_show_command, surveys_asked_command;
extern const Command surveys_reach_command, surveys_links_command;

/// An empty column for each of these.
Frame frame_of(const std::vector<ColumnCard>& cards);

/// Fills one row by name; what is not named is null.
class RowWriter {
 public:
  explicit RowWriter(Frame& frame) : frame_(frame) {}
  ~RowWriter() {
    for (Column& column : frame_.columns) {
      if (column.size() < frame_.rows()) column.push_null();
    }
  }
  RowWriter(const RowWriter&) = delete;
  RowWriter& operator=(const RowWriter&) = delete;
  void text(const char* name, const std::string& value) { frame_.at(name).push_text(value); }
  void whole(const char* name, std::int64_t value) { frame_.at(name).push_integer(value); }
  void real(const char* name, double value) { frame_.at(name).push_real(value); }
  /// With its interval in `<ends>_low` and `<ends>_high`.
  void share(const char* name, const std::string& ends, math::Share share) {
    real(name, share.hits / share.trials);
    const math::Interval interval = math::wilson(share);
    real((ends + "_low").c_str(), interval.low);
    real((ends + "_high").c_str(), interval.high);
  }

 private:
  Frame& frame_;
};

Param survey_param();
/// "Put the address of this server before it".
Note no_address_note();

}  // namespace huitou::commands
