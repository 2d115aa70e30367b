#include <fmt/format.h>

#include <algorithm>

#include "metrics/metrics.h"

namespace huitou::metrics {

Result<std::vector<Filter>> parse_filters(const std::vector<std::string>& texts) {
  std::vector<Filter> filters;
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      return Error{Code::invalid_input, fmt::format("filter = '{}' is not a filter.", text),
                   "Write dimension=value, such as channel=天猫; give it again for a second value.",
                   fmt::format("filter = “{}”不是筛选条件。", text),
                   "请写成 维度=值，如 channel=天猫；多个值请重复给出。"};
    }
    const std::string dimension = text.substr(0, equals);
    auto found = std::find_if(filters.begin(), filters.end(),
                              [&](const Filter& filter) { return filter.dimension == dimension; });
    if (found == filters.end()) {
      found = filters.insert(filters.end(), {dimension, {}});
    }
    found->values.push_back(text.substr(equals + 1));
  }
  return filters;
}

Condition condition_of(std::span<const Filter> filters) {
  Condition condition;
  for (std::size_t i = 0; i < filters.size(); ++i) {
    const std::string name = fmt::format("filter_{}", i);
    condition.text += fmt::format(" AND has({{{}:Array(String)}}, {})", name, filters[i].dimension);
    condition.params[name] = filters[i].values;
  }
  return condition;
}

}  // namespace huitou::metrics
