// What people are shown: the forms, their fields, entries, history; and the target of a metric.

#include <algorithm>

#include "forms/book.h"
#include "forms/values.h"

namespace huitou::forms {
namespace {

constexpr std::int64_t kMostShown = 1'000'000;

ColumnType column_type(FieldType type) {
  switch (type) {
    case FieldType::integer:
    case FieldType::money:
      return ColumnType::integer;
    case FieldType::number:
      return ColumnType::real;
    case FieldType::date:
      return ColumnType::date;
    default:
      return ColumnType::text;
  }
}

Unit unit_of(FieldType type) {
  switch (type) {
    case FieldType::integer:
      return Unit::count;
    case FieldType::money:
      return Unit::minor;
    case FieldType::number:
      return Unit::number;
    case FieldType::date:
      return Unit::date;
    default:
      return Unit::none;
  }
}

void push(Column& column, const std::string& value) {
  if (value.empty()) {
    column.push_null();
  } else if (column.type == ColumnType::integer) {
    column.push_integer(std::stoll(value));
  } else if (column.type == ColumnType::real) {
    column.push_real(std::stod(value));
  } else if (column.type == ColumnType::date) {
    const auto day = parse_date(value);
    day.ok() ? column.push_integer(day->days) : column.push_null();
  } else {
    column.push_text(value);
  }
}

void push_words(Frame& frame, const std::string& name, const Words& words) {
  frame.at(name + "_en").push_text(words.en);
  frame.at(name + "_zh").push_text(words.zh);
}

void push_bound(Column& column, const Field& field, double bound) {
  field.at_least == field.at_most ? column.push_null() : column.push_real(bound);
}

/// Nothing is null in what SQLite gives as a text column without any text.
void typed(Frame& frame, std::initializer_list<std::string_view> texts) {
  for (const std::string_view name : texts) {
    Column& column = frame.at(name);
    if (column.type == ColumnType::text) continue;
    Column text = make_column(column.name, ColumnType::text);
    for (std::size_t row = 0; row < column.size(); ++row) text.push_null();
    column = std::move(text);
  }
}

}  // namespace

Result<std::int64_t> count_entries(store::Store& store, const Form& form) {
  TRY(ensure_tables(store));
  TRY(const Frame frame,
      store.run("SELECT count(*) AS n FROM form_entries WHERE form = ?", {std::string(form.name)}));
  return frame.integer("n", 0).value_or(0);
}

Result<Frame> overview(store::Store& store) {
  TRY(ensure_tables(store));
  Frame frame;
  for (const char* name : {"form", "title_en", "title_zh", "doc_en", "doc_zh", "table"}) {
    frame.columns.push_back(make_column(name, ColumnType::text));
  }
  frame.columns.push_back(make_column("entries", ColumnType::integer));
  frame.columns.push_back(make_column("changed_at", ColumnType::time));
  frame.columns.push_back(make_column("changed_by", ColumnType::text));
  for (const Form* form : all()) {
    frame.at("form").push_text(form->name);
    push_words(frame, "title", form->title);
    push_words(frame, "doc", form->doc);
    form->table.empty() ? frame.at("table").push_null() : frame.at("table").push_text(form->table);
    TRY(const std::int64_t entries, count_entries(store, *form));
    frame.at("entries").push_integer(entries);
    TRY(const Frame last, store.run("SELECT changed_at, changed_by FROM form_changes "
                                    "WHERE form = ? ORDER BY id DESC LIMIT 1",
                                    {std::string(form->name)}));
    if (last.rows() == 0) {
      frame.at("changed_at").push_null();
      frame.at("changed_by").push_null();
    } else {
      frame.at("changed_at").push_integer(last.integer("changed_at", 0).value_or(0));
      frame.at("changed_by").push_text(last.text("changed_by", 0).value_or(""));
    }
  }
  return frame;
}

Frame describe_fields(const Form& form) {
  Frame frame;
  for (const char* name : {"field", "type", "label_en", "label_zh", "hint_en", "hint_zh",
                           "required", "key", "choices", "choices_en", "choices_zh"}) {
    frame.columns.push_back(make_column(name, ColumnType::text));
  }
  for (const char* name : {"at_least", "at_most"}) {
    frame.columns.push_back(make_column(name, ColumnType::real));
  }
  for (const Field& field : form.fields) {
    frame.at("field").push_text(field.name);
    frame.at("type").push_text(type_name(field.type));
    push_words(frame, "label", field.label);
    push_words(frame, "hint", field.hint);
    frame.at("required").push_text(field.required ? "yes" : "no");
    frame.at("key").push_text(field.key ? "yes" : "no");
    std::string names;
    Sentence labels;
    for (const Choice& choice : field.choices) {
      const std::string bar = names.empty() ? "" : "|";
      names += bar + std::string(choice.name);
      labels.en += bar + std::string(choice.label.en);
      labels.zh += bar + std::string(choice.label.zh);
    }
    frame.at("choices").push_text(names);
    frame.at("choices_en").push_text(labels.en);
    frame.at("choices_zh").push_text(labels.zh);
    push_bound(frame.at("at_least"), field, field.at_least);
    push_bound(frame.at("at_most"), field, field.at_most);
  }
  return frame;
}

std::vector<AnswerColumn> columns_of(const Form& form, bool blank) {
  std::vector<AnswerColumn> columns;
  if (!blank) columns.push_back({"entry", Unit::none, Role::dimension, {"Entry", "条目"}});
  for (const Field& field : form.fields) {
    columns.push_back({std::string(field.name),
                       unit_of(field.type),
                       field.key ? Role::dimension : Role::value,
                       {std::string(field.label.en), std::string(field.label.zh)}});
  }
  if (blank) return columns;
  columns.push_back({"changed_at", Unit::time, Role::detail, {"Changed at", "修改时间"}});
  columns.push_back({"changed_by", Unit::none, Role::detail, {"Changed by", "修改人"}});
  return columns;
}

Result<Frame> entries(store::Store& store, const Form& form, const EntriesQuery& query) {
  TRY(ensure_tables(store));
  TRY(const Frame rows,
      store.run(
          "SELECT id, content, changed_at, changed_by FROM form_entries WHERE form = ? AND "
          "(? = 0 OR id = ?) ORDER BY changed_at DESC, id DESC LIMIT ?",
          {std::string(form.name), query.entry, query.entry, std::min(query.limit, kMostShown)}));
  Frame frame;
  frame.columns.push_back(make_column("entry", ColumnType::integer));
  for (const Field& field : form.fields) {
    frame.columns.push_back(make_column(std::string(field.name), column_type(field.type)));
  }
  frame.columns.push_back(make_column("changed_at", ColumnType::time));
  frame.columns.push_back(make_column("changed_by", ColumnType::text));
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    frame.at("entry").push_integer(rows.integer("id", row).value_or(0));
    const Values values = from_json(form, rows.text("content", row).value_or(""));
    for (std::size_t i = 0; i < form.fields.size(); ++i) {
      push(frame.columns[i + 1], values[i]);
    }
    frame.at("changed_at").push_integer(rows.integer("changed_at", row).value_or(0));
    frame.at("changed_by").push_text(rows.text("changed_by", row).value_or(""));
  }
  return frame;
}

Result<std::vector<Values>> entries_beginning(store::Store& store, const Form& form,
                                              const std::string& beginning) {
  CHECK(!beginning.empty());
  std::string behind = beginning;
  ++behind.back();
  TRY(ensure_tables(store));
  TRY(const Frame rows, store.run("SELECT content FROM form_entries WHERE form = ? AND key >= ? "
                                  "AND key < ? ORDER BY key",
                                  {std::string(form.name), beginning, behind}));
  std::vector<Values> out;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    out.push_back(from_json(form, rows.text("content", row).value_or("")));
  }
  return out;
}

Result<Frame> history(store::Store& store, const HistoryQuery& query) {
  TRY(ensure_tables(store));
  TRY(Frame rows,
      store.run(
          "SELECT c.id AS change, c.form AS form, c.entry AS entry, CASE WHEN c.before IS "
          "NULL THEN 'add' WHEN c.after IS NULL THEN 'remove' ELSE 'change' END AS action, "
          "c.before AS before, c.after AS after, c.changed_at AS changed_at, c.changed_by AS "
          "changed_by, nullif(c.import, 0) AS import, i.file AS file, nullif(c.undoes, 0) AS "
          "undoes, (SELECT max(u.id) FROM form_changes AS u WHERE u.undoes = c.id AND NOT "
          "EXISTS (SELECT 1 FROM form_changes AS v WHERE v.undoes = u.id)) AS undone_by "
          "FROM form_changes AS c LEFT JOIN form_imports AS i ON i.id = c.import "
          "WHERE (? = '' OR c.form = ?) AND (? = 0 OR c.entry = ?) ORDER BY c.id DESC LIMIT ?",
          {query.form, query.form, query.entry, query.entry, std::min(query.limit, kMostShown)}));
  typed(rows, {"form", "action", "before", "after", "changed_by", "file"});
  rows.at("changed_at").type = ColumnType::time;
  Column en = make_column("what_en", ColumnType::text);
  Column zh = make_column("what_zh", ColumnType::text);
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const auto form = find(rows.text("form", row).value_or(""));
    Sentence what;
    if (form.ok()) {
      const auto values = [&](const char* column) {
        return from_json(**form, rows.text(column, row).value_or(""));
      };
      what = rows.text("action", row) == "remove"
                 ? describe(**form, values("before"))
                 : describe_change(**form, values("before"), values("after"));
    }
    en.push_text(what.en);
    zh.push_text(what.zh);
  }
  rows.columns.push_back(std::move(en));
  rows.columns.push_back(std::move(zh));
  return rows;
}

Result<std::optional<double>> target(store::Store& store, const TargetQuery& query) {
  TRY(const Form* form, find("targets"));
  TRY(Book book, Book::open(store, *form));
  Values values(form->fields.size());
  const auto put = [&](std::string_view field, const std::string& value) {
    values[form->place(field).value()] = value;
  };
  put("metric", query.metric);
  put("period", query.period);
  put("store_key", query.store_key);
  put("channel", query.channel);
  TRY(const auto found, book.entry_with(key_of(*form, values)));
  if (!found) return std::optional<double>();
  return std::optional(std::stod(found->values[form->place("target").value()]));
}

}  // namespace huitou::forms
