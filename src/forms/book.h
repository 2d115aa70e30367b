#pragma once

// The entries and their history in the store.
//
//   form_entries  what holds now, one row an entry
//   form_changes  what was done to it, by whom: only added to
//   form_imports  which changes came with one file
//   form_state    how often a form's entries changed, and how much of it the tables have
//   form_bases    rows of files that an entry stands before, to be put back when it goes

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "forms/forms.h"

namespace huitou::forms {

struct Entry {
  std::int64_t id = 0;
  Values values;
};

/// One line of history. `before` is nothing for an entry that is added, `after` for one that goes.
struct Change {
  std::int64_t entry = 0;  ///< 0: a new one
  std::optional<Values> before;
  std::optional<Values> after;
  std::int64_t import = 0;
  std::int64_t undoes = 0;  ///< the change that it takes back
};

struct By {
  std::int64_t now = 0;
  std::string name;
};

class Book {
 public:
  /// Creates the tables where they are missing.
  static Result<Book> open(store::Store& store, const Form& form);

  Result<std::optional<Entry>> entry(std::int64_t id);
  Result<std::optional<Entry>> entry_with(const std::string& key);
  Result<std::vector<Entry>> entries();
  /// Applies the change and notes it; inside a transaction. Gives the numbers of entry and change.
  /// Errors: conflict if another entry has the key.
  struct Noted {
    std::int64_t entry = 0;
    std::int64_t change = 0;
  };
  Result<Noted> write(store::Store& in, Change change, const By& by);

 private:
  Book(store::Store& store, const Form& form) : store_(store), form_(form) {}
  Status put(store::Store& in, const Change& change, const By& by);
  Result<std::int64_t> new_entry(store::Store& in, Values& values, const By& by);

  store::Store& store_;
  const Form& form_;
};

Status ensure_tables(store::Store& store);
/// conflict: "There is such an entry already, number 5".
Issue taken(const Form& form, const Values& values, std::int64_t entry);
Error no_entry(const Form& form, std::int64_t entry);

}  // namespace huitou::forms
