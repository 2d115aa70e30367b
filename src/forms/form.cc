#include "forms/form.h"

#include <algorithm>
#include <array>

#include "forms/forms.h"

namespace huitou::forms {

std::string_view type_name(FieldType type) {
  static constexpr std::array<std::string_view, 13> kNames{
      "text",  "integer", "number",   "money", "date",    "moment", "period",
      "truth", "choice",  "customer", "store", "product", "metric"};
  return kNames.at(static_cast<std::size_t>(type));
}

std::optional<std::size_t> Form::place(std::string_view field) const {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].name == field) return i;
  }
  return std::nullopt;
}

Result<const Form*> find(std::string_view name) {
  std::string names;
  std::string names_zh;
  for (const Form* form : all()) {
    if (form->name == name) return form;
    names += (names.empty() ? "" : ", ") + std::string(form->name);
    names_zh += (names_zh.empty() ? "" : "、") + std::string(form->name);
  }
  const std::string word(name);
  return Error{Code::not_found, "There is no form '" + word + "'.", "The forms are: " + names + ".",
               "没有表单“" + word + "”。", "可用表单：" + names_zh + "。"};
}

}  // namespace huitou::forms
