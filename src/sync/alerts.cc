#include "sync/alerts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace huitou::sync {
namespace {

using connectors::SourceColumn;

const SourceColumn* find(const std::vector<SourceColumn>& columns, const std::string& name) {
  const auto at = std::find_if(columns.begin(), columns.end(),
                               [&](const SourceColumn& column) { return column.name == name; });
  return at == columns.end() ? nullptr : &*at;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

}  // namespace

std::vector<Note> shape_alerts(const std::vector<SourceColumn>& before,
                               const std::vector<SourceColumn>& now) {
  std::vector<Note> out;
  if (before.empty()) return out;
  for (const SourceColumn& column : before) {
    const SourceColumn* same = find(now, column.name);
    if (same == nullptr) {
      out.push_back({"column_gone",
                     {fmt::format("Column '{}' is gone.", column.name),
                      fmt::format("列“{}”已不存在。", column.name)}});
    } else if (same->type != column.type) {
      out.push_back(
          {"type_changed",
           {fmt::format("Column '{}' was {} and is now {}.", column.name, column.type, same->type),
            fmt::format("列“{}”的类型由 {} 变为 {}。", column.name, column.type, same->type)}});
    }
  }
  for (const SourceColumn& column : now) {
    if (find(before, column.name) != nullptr) continue;
    out.push_back({"column_new",
                   {fmt::format("Column '{}' is new and not used.", column.name),
                    fmt::format("新增列“{}”，尚未使用。", column.name)}});
  }
  return out;
}

std::vector<Note> volume_alerts(std::vector<std::int64_t> before, std::int64_t rows) {
  if (before.size() < kVolumeRuns) return {};
  std::vector<double> counts(before.begin(), before.end());
  const double middle = median(counts);
  for (double& count : counts) count = std::abs(count - middle);
  constexpr double kToDeviation = 1.4826;
  const double usual = std::max(5 * kToDeviation * median(counts), middle / 2);
  if (std::abs(static_cast<double>(rows) - middle) <= usual) return {};
  return {
      {"volume",
       {fmt::format("{} rows were read; the last {} runs had about {:.0f}.", rows, before.size(),
                    middle),
        fmt::format("本次读取 {} 行；此前 {} 次约为 {:.0f} 行。", rows, before.size(), middle)}}};
}

Sentence joined(const std::vector<Note>& notes) {
  Sentence out;
  for (const Note& note : notes) {
    out.en += (out.en.empty() ? "" : " ") + note.text.en;
    out.zh += note.text.zh;
  }
  return out;
}

}  // namespace huitou::sync
