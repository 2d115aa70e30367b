#include "forms/reading.h"

#include <algorithm>

#include "forms/values.h"

namespace huitou::forms {

RowReading read_row(const Form& form, const std::vector<Written>& written, const Values& before) {
  RowReading row;
  row.values = before.empty() ? Values(form.fields.size()) : before;
  std::vector<bool> named(form.fields.size());
  for (const Written& each : written) {
    const auto place = form.place(each.field);
    CHECK(place.has_value());
    named[*place] = true;
    Reading reading = read_value(form.fields[*place], each.value);
    row.values[*place] = std::move(reading.value);
    if (reading.issue) row.issues.push_back(std::move(*reading.issue));
  }
  for (std::size_t i = 0; i < form.fields.size(); ++i) {
    if (named[i] || !row.values[i].empty()) continue;
    Reading nothing = read_value(form.fields[i], "");
    if (nothing.issue) row.issues.push_back(std::move(*nothing.issue));
  }
  if (form.check != nullptr && !has_errors(row.issues)) {
    for (Issue& issue : form.check(row.values)) row.issues.push_back(std::move(issue));
  }
  return row;
}

bool has_errors(const std::vector<Issue>& issues) {
  return std::any_of(issues.begin(), issues.end(),
                     [](const Issue& issue) { return issue.is_error; });
}

}  // namespace huitou::forms
