#pragma once

// Cards as JSON.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/card.h"
#include "base/param.h"

namespace huitou::commands {

/// {"a": ..., "b": ...} in the order of the calls.
class JsonObject {
 public:
  void text(std::string_view name, std::string_view value);
  void words(std::string_view name, Words value);
  void boolean(std::string_view name, bool value);
  void number(std::string_view name, double value);
  /// `json` is written as it is.
  void raw(std::string_view name, std::string_view json);
  std::string done() const { return text_ + "}"; }

 private:
  std::string text_ = "{";
};

std::string json_list(const std::vector<std::string>& items);
std::string params_json(std::span<const Param> params);
std::string columns_json(std::span<const ColumnCard> columns);
std::string_view param_type_name(ParamType type);

}  // namespace huitou::commands
