#include <algorithm>

#include "metrics/card_text.h"
#include "metrics/list.h"
#include "metrics/metrics.h"

namespace huitou::metrics {

std::string_view embedded(std::string_view path);

namespace {

std::vector<Metric> read_all() {
  std::vector<Metric> metrics;
  for (const std::string_view name : kMetricNames) {
    metrics.push_back(read_card(embedded(std::string(name) + ".sql")));
    CHECK(metrics.back().card.name == name);
  }
  return metrics;
}

/// Without blanks, lines and brackets, so that "Repurchase rate" finds repurchase_rate.
std::string plain(std::string_view name) {
  std::string out;
  for (const char c : lower(name)) {
    if (std::string_view(" _-()").find(c) == std::string_view::npos) {
      out += c;
    }
  }
  return out;
}

bool is_called(const Metric& metric, std::string_view wanted) {
  std::vector<std::string_view> names{metric.card.name, metric.code, metric.card.title.en,
                                      metric.card.title.zh};
  names.insert(names.end(), metric.aliases.begin(), metric.aliases.end());
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view name) { return !name.empty() && plain(name) == wanted; });
}

/// Letters of one name that the other lacks: enough to name the nearest few.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) {
    row[j] = j;
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({changed, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

Error unknown_metric(std::string_view name) {
  std::vector<std::pair<std::size_t, std::string_view>> near;
  for (const Metric* metric : all()) {
    near.emplace_back(distance(plain(name), plain(metric->card.name)), metric->card.name);
  }
  std::sort(near.begin(), near.end());
  std::string list;
  for (std::size_t i = 0; i < 3; ++i) {
    list += (i == 0 ? "" : ", ") + std::string(near[i].second);
  }
  const std::string asked(name.substr(0, 100));
  return Error{Code::not_found, "There is no metric '" + asked + "'.",
               "The nearest names are " + list + ".", "没有名为“" + asked + "”的指标。",
               "最接近的名称：" + list + "。"};
}

}  // namespace

std::span<const Metric* const> all() {
  static const std::vector<Metric> kMetrics = read_all();
  static const std::vector<const Metric*> kPointers = [] {
    std::vector<const Metric*> pointers;
    for (const Metric& metric : kMetrics) {
      pointers.push_back(&metric);
    }
    return pointers;
  }();
  return kPointers;
}

Result<const Metric*> find(std::string_view name) {
  const std::string wanted = plain(name);
  for (const Metric* metric : all()) {
    if (is_called(*metric, wanted)) {
      return metric;
    }
  }
  return unknown_metric(name);
}

Result<std::vector<const Metric*>> family(std::string_view name) {
  const std::string wanted = plain(name);
  std::string_view chosen;
  for (const Metric* metric : all()) {
    for (const std::string_view word : split_list(metric->family)) {
      if (plain(word) == wanted) {
        chosen = metric->family;
      }
    }
  }
  if (chosen.empty()) {
    TRY(const Metric* metric, find(name));
    if (metric->family.empty()) {
      return std::vector<const Metric*>{metric};
    }
    chosen = metric->family;
  }
  std::vector<const Metric*> members;
  for (const Metric* metric : all()) {
    if (metric->family == chosen) {
      members.push_back(metric);
    }
  }
  return members;
}

}  // namespace huitou::metrics
