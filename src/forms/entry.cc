// One entry typed by hand: checked, added, changed, removed.

#include <algorithm>

#include "forms/book.h"
#include "forms/known.h"
#include "forms/reading.h"
#include "forms/values.h"

namespace huitou::forms {
namespace {

/// What an entry would become, and all that is wrong with it.
struct Checked {
  std::optional<Entry> before;
  Values values;
  std::vector<Issue> issues;
};

Result<Checked> checked(Desk& desk, const Form& form, const std::vector<Written>& written,
                        std::int64_t entry) {
  TRY(Book book, Book::open(desk.store, form));
  Checked out;
  if (entry != 0) {
    TRY(out.before, book.entry(entry));
    if (!out.before) return no_entry(form, entry);
  }
  RowReading row = read_row(form, written, out.before ? out.before->values : Values());
  out.values = std::move(row.values);
  out.issues = std::move(row.issues);
  TRY(const Known known, Known::of(desk.engine, form, {out.values}));
  for (Issue& issue : known.issues(form, out.values)) out.issues.push_back(std::move(issue));
  const bool numbers_itself = !form.numbered.empty() && out.values[0].empty();
  if (!has_errors(out.issues) && !numbers_itself) {
    TRY(const auto other, book.entry_with(key_of(form, out.values)));
    if (other && other->id != entry) out.issues.push_back(taken(form, out.values, other->id));
  }
  return out;
}

Status refuse(const Form& form, const std::vector<Issue>& issues) {
  if (!has_errors(issues)) return {};
  Error error{Code::invalid_input, "", "", "", ""};
  for (const Issue& issue : issues) {
    if (!issue.is_error) continue;
    const auto place = form.place(issue.field);
    const Words label = place ? form.fields[*place].label : Words{};
    const auto join = [](std::string& to, std::string text) {
      to += (to.empty() || text.empty() ? "" : " ") + text;
    };
    join(error.message, std::string(label.en) + ": " + issue.what.en);
    join(error.message_zh, std::string(label.zh) + "：" + issue.what.zh);
    join(error.hint, issue.todo.en);
    join(error.hint_zh, issue.todo.zh);
  }
  return error;
}

Result<Done> write_one(Desk& desk, const Form& form, Change change, const std::string& by) {
  TRY(Book book, Book::open(desk.store, form));
  Done done;
  (!change.before ? done.added : !change.after ? done.removed : done.changed) = 1;
  TRY(desk.store.transaction([&](store::Store& in) -> Status {
    TRY(const Book::Noted noted, book.write(in, std::move(change), {desk.now, by}));
    done.entry = noted.entry;
    done.change = noted.change;
    return {};
  }));
  return done;
}

Error no_pair(const Form& form, const std::string& text) {
  std::string names;
  for (const Field& field : form.fields) {
    names += (names.empty() ? "" : ", ") + std::string(field.name);
  }
  return {Code::invalid_input,
          "'" + text + "' names no field of the form '" + std::string(form.name) + "'.",
          "Write field=value; the fields are: " + names + ".",
          "“" + text + "”不是表单“" + std::string(form.name) + "”的字段。",
          "请写成 字段=值；可用字段：" + names + "。"};
}

}  // namespace

Result<std::vector<Written>> parse_written(const Form& form,
                                           const std::vector<std::string>& texts) {
  std::vector<Written> written;
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    const std::string name = text.substr(0, equals);
    if (equals == std::string::npos || !form.place(name)) return no_pair(form, text);
    for (const Written& other : written) {
      if (other.field == name) {
        return Error{Code::invalid_input, "The field '" + name + "' has two values.",
                     "Give it once.", "字段“" + name + "”给出了两个值。", "请只给一个。"};
      }
    }
    written.push_back({name, text.substr(equals + 1)});
  }
  return written;
}

Result<std::vector<Issue>> check(Desk& desk, const Form& form, const std::vector<Written>& values,
                                 std::int64_t entry) {
  TRY(Checked out, checked(desk, form, values, entry));
  return std::move(out.issues);
}

Result<Done> add(Desk& desk, const Form& form, const std::vector<Written>& values,
                 const std::string& by) {
  TRY(Checked out, checked(desk, form, values, 0));
  TRY(refuse(form, out.issues));
  TRY(Done done,
      write_one(desk, form, {.entry = 0, .before = {}, .after = std::move(out.values)}, by));
  done.warnings = std::move(out.issues);
  return done;
}

Result<Done> put(store::Store& store, const Form& form, const std::vector<Written>& values,
                 const EnteredBy& by) {
  TRY(Book book, Book::open(store, form));
  Done done;
  TRY(store.transaction([&](store::Store& in) -> Status {
    const RowReading fresh = read_row(form, values, {});
    TRY(const auto before, book.entry_with(key_of(form, fresh.values)));
    RowReading row = before ? read_row(form, values, before->values) : fresh;
    TRY(refuse(form, row.issues));
    done.warnings = std::move(row.issues);
    if (before && before->values == row.values) {
      done.entry = before->id;
      done.unchanged = 1;
      return {};
    }
    Change change{.entry = before ? before->id : 0, .before = {}, .after = std::move(row.values)};
    if (before) change.before = before->values;
    TRY(const Book::Noted noted, book.write(in, std::move(change), {by.now, by.name}));
    (before ? done.changed : done.added) = 1;
    done.entry = noted.entry;
    done.change = noted.change;
    return {};
  }));
  return done;
}

Result<Done> change(Desk& desk, const Form& form, std::int64_t entry,
                    const std::vector<Written>& values, const std::string& by) {
  TRY(Checked out, checked(desk, form, values, entry));
  TRY(refuse(form, out.issues));
  Done done{.entry = entry, .unchanged = 1};
  if (out.before->values != out.values) {
    TRY(done, write_one(desk, form,
                        {.entry = entry,
                         .before = std::move(out.before->values),
                         .after = std::move(out.values)},
                        by));
  }
  done.warnings = std::move(out.issues);
  return done;
}

Result<Done> remove(Desk& desk, const Form& form, std::int64_t entry, const std::string& by) {
  TRY(Book book, Book::open(desk.store, form));
  TRY(const auto before, book.entry(entry));
  if (!before) return no_entry(form, entry);
  return write_one(desk, form, {.entry = entry, .before = before->values, .after = {}}, by);
}

}  // namespace huitou::forms
