#pragma once

// Which keys the shop knows, for values that name a customer, a store or a product.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "forms/form.h"

namespace huitou::forms {

class Known {
 public:
  /// Looks up the keys that these values name. Errors: those of the engine.
  static Result<Known> of(engine::Engine& engine, const Form& form,
                          const std::vector<Values>& rows);
  /// Keys that nobody knows: of a customer an error, for a slip of the pen would make a person that
  /// there is not; of a store or product a warning, for it may be new.
  std::vector<Issue> issues(const Form& form, const Values& values) const;

 private:
  std::map<FieldType, std::set<std::string>> keys_;
};

}  // namespace huitou::forms
