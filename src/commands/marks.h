#pragma once

// What the commands on tags and on consent share.

#include "commands/command.h"
#include "segments/segments.h"

namespace huitou::commands {

/// A row of a file: whom it names, and what it says.
struct MarkRow {
  std::uint64_t line = 0;
  std::string customer;
  std::vector<segments::Mark> marks;  ///< without the customer's number
  std::optional<Sentence> problem;
};
/// What the columns of a file mean: reads one row. `columns` are titles in lower case.
using ReadMarks = std::function<MarkRow(const std::vector<std::string>& cells)>;
struct MarkFile {
  segments::MarkKind kind = segments::MarkKind::tag;
  std::function<Result<ReadMarks>(const std::vector<std::string>& columns)> columns;
};
/// Marks from a file (CSV, Excel ...) with a column that names the customer; a row that names
/// nobody, or several people, is left out and shown.
Result<Answer> import_marks(const Call& call, const MarkFile& file);
/// Place of the column with one of these titles.
std::optional<std::size_t> column_named(const std::vector<std::string>& columns,
                                        std::initializer_list<std::string_view> titles);
/// Place of the column that names the customer. `email` is none: it may be a channel.
std::optional<std::size_t> customer_column(const std::vector<std::string>& columns);

/// Marks of the customers that the parameter `customer` names, one by one.
Result<Answer> mark_by_hand(const Call& call, segments::MarkKind kind, const std::string& name,
                            bool given);
/// A person's marks: what holds now, or with `all` every line.
Result<Answer> marks_answer(const Call& call, segments::MarkKind kind, bool all);
std::vector<ColumnCard> mark_columns(Words name);
std::vector<ColumnCard> marked_columns();
std::vector<ColumnCard> import_columns_of_marks();

Param marked_by_param();
Param marked_customers_param();
Param marked_customer_param();

extern const Command tags_add_command;
extern const Command tags_remove_command;
extern const Command tags_list_command;
extern const Command tags_of_command;
extern const Command tags_history_command;
extern const Command tags_import_command;
extern const Command tags_rule_command;
extern const Command consent_set_command;
extern const Command consent_import_command;
extern const Command consent_list_command;
extern const Command consent_of_command;

/// tags add, list ...; consent set, import ...
std::vector<const Command*> marks_commands();

}  // namespace huitou::commands
