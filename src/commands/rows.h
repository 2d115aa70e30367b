#pragma once

// What several commands need to make answers and ask about the data.

#include <optional>
#include <string>
#include <vector>

#include "base/answer.h"
#include "base/date.h"
#include "base/result.h"
#include "engine/engine.h"
#include "ingest/ingest.h"

namespace huitou::commands {

/// An answer whose cells are all texts; an empty text is null.
class TextTable {
 public:
  explicit TextTable(std::vector<AnswerColumn> columns);
  void row(const std::vector<std::string>& cells);
  Answer answer() const { return answer_; }

 private:
  Answer answer_;
};

/// Text of a file of this folder, by its path below it.
std::string_view embedded(std::string_view path);

/// How many rows a canonical table has.
Result<std::int64_t> rows_of(engine::Engine& engine, const std::string& table);

/// First and last day that has an order; none where there is none.
struct Span {
  std::optional<Date> first;
  std::optional<Date> last;
};
Result<Span> orders_span(engine::Engine& engine);
/// The same of what an embedded text counts: `rows`, `first_on` and `last_on`.
Result<Span> span_of(engine::Engine& engine, std::string_view file);

class Shop;
/// Grows with every load and every decision on orders, as text.
Result<std::string> data_version(Shop& shop);

std::vector<AnswerColumn> columns_of(const std::vector<ColumnCard>& cards);

/// What became of the files of a load; rules that were met are notes.
std::vector<ColumnCard> loaded_columns();
Answer loaded_answer(const std::vector<ingest::Loaded>& loaded);

/// The columns of the frame in these places, with meaning; the frame's other columns are left out.
Answer answer_of(Frame frame, std::vector<AnswerColumn> columns);

}  // namespace huitou::commands
