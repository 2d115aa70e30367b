#pragma once

#include <string>

#include "engine/engine.h"
#include "segments/as_of.h"
#include "segments/facts.h"

namespace huitou::segments {

/// The first day of a window that ends before `end`.
Date first_day(const Window& window, Date end);

/// The conditions of a rule as SQL; values go into parameters.
class Conditions {
 public:
  explicit Conditions(const AsOf& as_of) : as_of_(as_of) {}

  /// A column or expression, what it holds, and whether it can be null.
  struct Operand {
    std::string sql;
    ValueType type;
    bool nullable;
  };
  /// 1 or 0, never null: what is unknown meets no comparison but `is unknown`.
  std::string compared(const Comparison& is, const Operand& operand);

  /// Which rows of the fact's source count for the term: status, subject, filters, window.
  std::string rows(const Fact& fact, const Term& term);

  /// ` AND ...`: leaves out what is later than an instant within the last day.
  std::string until(const SourceCard& card) const;

  /// The name of a new parameter with this value.
  std::string put(engine::Value value);
  engine::Params take_params() { return std::move(params_); }

 private:
  std::string one(std::string_view op, const Operand& operand, const Literal& value);
  std::string literal(const Literal& value, ValueType type);
  std::string list(const Comparison& is, const Operand& operand);
  std::string filter(const Filter& filter, Source source);
  std::string window(const Window& window, const SourceCard& card);

  AsOf as_of_;
  engine::Params params_;
};

}  // namespace huitou::segments
