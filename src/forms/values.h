#pragma once

// From what a person wrote to what is kept, and back. Pure.

#include <optional>
#include <string>
#include <string_view>

#include "forms/form.h"

namespace huitou::forms {

/// A longer text is refused.
inline constexpr std::size_t kMostBytes = 4000;

/// A value in its one spelling; empty, with an issue, if it is none. An issue that is a warning
/// comes with the value.
struct Reading {
  std::string value;
  std::optional<Issue> issue;
};
Reading read_value(const Field& field, std::string_view written);

/// As a person would write it: money in major units; the labels of choices and the
/// titles of metrics.
std::string shown(const Field& field, const std::string& value, Language language);
/// As a file to be loaded has it: money in major units.
std::string loadable(const Field& field, const std::string& value);

/// What tells the entry from the form's others.
std::string key_of(const Form& form, const Values& values);

/// {"metric":"orders", ...}, empty values left out; fields that the form no longer has are ignored.
std::string to_json(const Form& form, const Values& values);
Values from_json(const Form& form, std::string_view text);

/// "Target 0.3, Period 2025-01"; of two versions what differs: "Target 0.3 → 0.35".
Sentence describe(const Form& form, const Values& values);
Sentence describe_change(const Form& form, const Values& before, const Values& after);

}  // namespace huitou::forms
