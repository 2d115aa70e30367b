#include "metrics/table.h"

#include <fmt/format.h>

#include <cmath>
#include <set>

#include "math/interval.h"
#include "metrics/buckets.h"

namespace huitou::metrics {
namespace {

constexpr std::size_t kMostRows = 1'000'000;

Cell cell_of(const Frame& frame, std::size_t row, const std::string& prefix, const Metric& metric) {
  if (!metric.value.empty()) {
    return {frame.real(prefix + "value", row), std::nullopt,
            metric.base.empty() ? std::nullopt : frame.real(prefix + "base", row)};
  }
  Cell cell{std::nullopt, frame.real(prefix + "numerator", row),
            frame.real(prefix + "denominator", row)};
  if (cell.numerator && cell.base && *cell.base != 0) {
    cell.value = *cell.numerator / *cell.base;
  }
  return cell;
}

bool is_whole(Unit unit) { return unit == Unit::count || unit == Unit::minor; }

/// Columns of one metric, filled row by row.
class MetricColumns {
 public:
  MetricColumns(const Metric& metric, bool compared) : metric_(metric), compared_(compared) {
    const std::string name(metric.card.name);
    const bool divides = metric.value.empty();
    const Unit part = divides ? unit_of(metric.numerator) : Unit::count;
    const Unit base = divides ? unit_of(metric.denominator) : Unit::count;
    value_ = add(name, divides, metric.unit, Role::value, metric.card.title);
    if (metric.shares_customers) {
      low_ = add(name + "_low", true, Unit::ratio, Role::low, {"low", "下限"});
      high_ = add(name + "_high", true, Unit::ratio, Role::high, {"high", "上限"});
    }
    if (divides) {
      numerator_ =
          add(name + "_numerator", !is_whole(part), part, Role::detail, {"numerator", "分子"});
    }
    if (divides || !metric.base.empty()) {
      base_ = add(name + "_base", !is_whole(base), base, Role::base, {"base", "分母"});
    }
    if (compared) {
      const bool ratio = metric.unit == Unit::ratio;
      before_ = add(name + "_before", divides, metric.unit, Role::detail, {"before", "对比期"});
      change_ = add(name + "_change", true, ratio ? Unit::points : Unit::ratio, Role::detail,
                    {"change", "变化"});
    }
  }

  void push(const Cell& now, const Cell& before) {
    put(value_, now.value);
    if (metric_.shares_customers) {
      const bool known = now.value.has_value();
      const math::Interval interval =
          known ? math::wilson({*now.numerator, *now.base}) : math::Interval{};
      put(low_, known ? std::optional(interval.low) : std::nullopt);
      put(high_, known ? std::optional(interval.high) : std::nullopt);
    }
    if (metric_.value.empty()) {
      put(numerator_, now.numerator);
    }
    if (base_) {
      put(*base_, now.base);
    }
    if (compared_) {
      put(before_, before.value);
      put(change_, change(now.value, before.value));
    }
  }

  void append_to(Answer& answer) && {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      answer.frame.columns.push_back(std::move(columns_[i]));
      answer.columns.push_back(std::move(cards_[i]));
    }
  }

 private:
  std::size_t add(const std::string& name, bool real, Unit unit, Role role, Words label) {
    const bool integer = !real && is_whole(unit);
    columns_.push_back(make_column(name, integer ? ColumnType::integer : ColumnType::real));
    const bool is_main = columns_.size() == 1;
    const Words title = metric_.card.title;
    cards_.push_back({name, unit, role,
                      is_main ? Sentence{std::string(title.en), std::string(title.zh)}
                              : Sentence{fmt::format("{}: {}", title.en, label.en),
                                         fmt::format("{}：{}", title.zh, label.zh)}});
    return columns_.size() - 1;
  }

  void put(std::size_t column, std::optional<double> value) {
    Column& target = columns_[column];
    if (!value) {
      target.push_null();
    } else if (target.type == ColumnType::integer) {
      target.push_integer(std::llround(*value));
    } else {
      target.push_real(*value);
    }
  }

  std::optional<double> change(std::optional<double> now, std::optional<double> before) const {
    if (!now || !before) {
      return std::nullopt;
    }
    if (metric_.unit == Unit::ratio) {
      return *now - *before;
    }
    return *before == 0 ? std::nullopt : std::optional((*now - *before) / std::abs(*before));
  }

  const Metric& metric_;
  bool compared_;
  std::vector<Column> columns_;
  std::vector<AnswerColumn> cards_;
  std::size_t value_ = 0, low_ = 0, high_ = 0, numerator_ = 0, before_ = 0, change_ = 0;
  std::optional<std::size_t> base_;
};

std::set<DimensionValues> combinations(const Question& question, const Cells& now,
                                       const Cells* before) {
  std::set<DimensionValues> found;
  if (question.dimensions.empty()) {
    found.insert(DimensionValues{});
    return found;
  }
  for (const Cells* cells : {&now, before}) {
    if (cells != nullptr) {
      for (const auto& metric : cells->metrics) {
        for (const auto& [key, cell] : metric) {
          found.insert(key.second);
        }
      }
    }
  }
  return found;
}

Words dimension_label(std::string_view name) {
  constexpr std::pair<std::string_view, Words> kLabels[] = {
      {"channel", {"Channel", "渠道"}},  {"store_key", {"Store", "门店"}},
      {"region", {"Region", "地区"}},    {"campaign", {"Campaign", "活动"}},
      {"source", {"Source", "来源"}},    {"product_key", {"Product", "商品"}},
      {"category", {"Category", "品类"}}};
  for (const auto& [known, label] : kLabels) {
    if (known == name) {
      return label;
    }
  }
  return {name, name};
}

struct Keys {
  std::vector<Bucket> now;
  std::vector<Bucket> before;
  std::set<DimensionValues> values;
};

void add_key_columns(const Question& question, const Keys& keys, Answer& answer) {
  if (question.by) {
    Column column = make_column("period_from", ColumnType::date);
    for (const Bucket& bucket : keys.now) {
      for (std::size_t i = 0; i < keys.values.size(); ++i) {
        column.push_integer(bucket.key.days);
      }
    }
    answer.frame.columns.push_back(std::move(column));
    answer.columns.push_back(
        {"period_from", Unit::date, Role::dimension, {"Period from", "时期起始"}});
  }
  for (std::size_t d = 0; d < question.dimensions.size(); ++d) {
    const std::string& name = question.dimensions[d];
    Column column = make_column(name, ColumnType::text);
    for (std::size_t b = 0; b < keys.now.size(); ++b) {
      for (const DimensionValues& values : keys.values) {
        column.push_text(values[d]);
      }
    }
    const Words label = dimension_label(name);
    answer.frame.columns.push_back(std::move(column));
    answer.columns.push_back({name,
                              Unit::none,
                              question.by || d > 0 ? Role::series : Role::dimension,
                              {std::string(label.en), std::string(label.zh)}});
  }
}

Cell shown(const Question& question, std::size_t metric, const Bucket& bucket, Date as_of,
           const Cell* cell) {
  const bool show = cell != nullptr && is_shown(*question.metrics[metric], bucket, question, as_of);
  return show ? *cell : Cell{};
}

View view_of(const Question& question) {
  if (question.by) {
    return View::curve;
  }
  return question.dimensions.empty() ? View::cards : View::bars;
}

}  // namespace

const Cell* Cells::find(std::size_t metric, Date bucket, const DimensionValues& values) const {
  const auto found = metrics[metric].find({bucket.days, values});
  return found == metrics[metric].end() ? nullptr : &found->second;
}

Unit unit_of(std::string_view expression) {
  if (expression.find("_minor") != std::string_view::npos) {
    return Unit::minor;
  }
  if (expression.find("_milli") != std::string_view::npos) {
    return Unit::number;
  }
  return expression.find("gap_days") != std::string_view::npos ? Unit::days : Unit::count;
}

Result<Cells> gather(engine::Engine& engine, const Question& question,
                     const CompiledQuery& compiled) {
  Cells cells;
  cells.metrics.resize(question.metrics.size());
  for (const CompiledPart& part : compiled.parts) {
    TRY(const Frame frame, engine.query(part.query));
    for (std::size_t row = 0; row < frame.rows(); ++row) {
      DimensionValues values;
      for (const std::string& name : question.dimensions) {
        values.push_back(frame.text(name, row).value_or(""));
      }
      const std::int64_t bucket = frame.integer("bucket", row).value_or(0);
      for (const std::size_t metric : part.metrics) {
        cells.metrics[metric][{bucket, values}] =
            cell_of(frame, row, fmt::format("m{}_", metric), *question.metrics[metric]);
      }
    }
  }
  return cells;
}

Result<Answer> lay_out(const Question& question, Date as_of, const Cells& now,
                       const Cells* before) {
  Question earlier = question;
  earlier.period = compared_period(question);
  const Keys keys{buckets_of(question), buckets_of(earlier), combinations(question, now, before)};
  const std::size_t rows = keys.now.size() * keys.values.size();
  if (rows > kMostRows) {
    return Error{
        Code::limit_reached,
        fmt::format("The answer would have {} rows, at most {} are given.", rows, kMostRows),
        "Filter the dimension or choose a coarser granularity.",
        fmt::format("结果将有 {} 行，最多 {} 行。", rows, kMostRows),
        "请筛选维度或选择更粗的粒度。"};
  }
  Answer answer;
  answer.view = view_of(question);
  add_key_columns(question, keys, answer);
  for (std::size_t metric = 0; metric < question.metrics.size(); ++metric) {
    MetricColumns columns(*question.metrics[metric], before != nullptr);
    for (std::size_t b = 0; b < keys.now.size(); ++b) {
      for (const DimensionValues& values : keys.values) {
        const Bucket& bucket = keys.now[b];
        Cell then;
        if (before != nullptr && b < keys.before.size()) {
          const Bucket& other = keys.before[b];
          then = shown(earlier, metric, other, as_of, before->find(metric, other.key, values));
        }
        columns.push(shown(question, metric, bucket, as_of, now.find(metric, bucket.key, values)),
                     then);
      }
    }
    std::move(columns).append_to(answer);
  }
  return answer;
}

}  // namespace huitou::metrics
