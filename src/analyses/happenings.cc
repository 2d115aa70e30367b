#include "analyses/happenings.h"

#include <fmt/format.h>

namespace huitou::analyses {

Period happenings_period(const Inputs& inputs) {
  const bool given = inputs.values.find("from") != inputs.values.end();
  return {given ? inputs.period.from : kFirstDate, inputs.period.to};
}

Parts parts_of(std::string_view by, std::string_view day) {
  if (by == "month") {
    return {fmt::format("toString(toYYYYMM({}))", day), true};
  }
  if (by == "all") {
    return {"''", false};
  }
  const bool is_key = by == "store" || by == "product";
  return {is_key ? std::string(by) + "_key" : std::string(by), false};
}

std::string part_name(const Parts& parts, const std::string& group, bool chinese) {
  if (parts.by_month && group.size() == 6) {
    return group.substr(0, 4) + "-" + group.substr(4);
  }
  if (parts.sql == "''") {
    return chinese ? "全部" : "All";
  }
  return group.empty() ? (chinese ? "（未填）" : "(none)") : group;
}

}  // namespace huitou::analyses
