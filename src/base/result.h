#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace huitou {

/// What can go wrong. Nine codes; a tenth needs a decision record.
/// The HTTP status and the exit code of each are in `http_status` and `exit_code`.
enum class Code {
  invalid_input,     ///< the request is wrong in itself
  denied,            ///< not known, or not allowed
  not_found,         ///< the named thing does not exist
  conflict,          ///< right, but the state has moved
  limit_reached,     ///< a named limit was met; the message gives limit and value
  not_enough_data,   ///< a fair question that this data cannot answer
  did_not_converge,  ///< the method failed on this data
  engine_failed,     ///< the engine refused the query; its own text is in the message
  unavailable,       ///< try later
};

std::string_view code_name(Code code);
int http_status(Code code);
int exit_code(Code code);

/// An error for three readers: `code` for programs, `message` (what happened, with the value) for
/// the analyst, `hint` (what to do) for tomorrow's self. `message_zh` and `hint_zh` say the same in
/// Chinese; where they are empty the English text is shown.
struct Error {
  Code code;
  std::string message;
  std::string hint;
  std::string message_zh;
  std::string hint_zh;
};

/// One line: `message. hint`, in the language asked for.
std::string describe(const Error& error, bool chinese = false);

/// A value, or the reason why there is none.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  const Error& error() const& { return std::get<1>(state_); }
  Error&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  const Error& error() const& { return *error_; }
  Error&& error() && { return *std::move(error_); }

 private:
  std::optional<Error> error_;
};

/// Done, or the reason why not.
using Status = Result<void>;

/// A bug of ours, thrown by CHECK; caught only at the outermost edge (a request, the program's
/// exit).
struct Bug : std::logic_error {
  using std::logic_error::logic_error;
};

[[noreturn]] void throw_bug(std::string_view condition, std::string_view file, int line);

}  // namespace huitou

#define HUITOU_JOIN_(a, b) a##b
#define HUITOU_JOIN(a, b) HUITOU_JOIN_(a, b)
#define HUITOU_TRY_STATUS_(name, expression) \
  do {                                       \
    auto name = (expression);                \
    if (!name.ok()) {                        \
      return std::move(name).error();        \
    }                                        \
  } while (false)
#define HUITOU_TRY_VALUE_(name, declaration, expression) \
  auto name = (expression);                              \
  if (!name.ok()) {                                      \
    return std::move(name).error();                      \
  }                                                      \
  declaration = std::move(name).value()
#define HUITOU_TRY_1(expression) HUITOU_TRY_STATUS_(HUITOU_JOIN(try_, __LINE__), expression)
#define HUITOU_TRY_2(declaration, expression) \
  HUITOU_TRY_VALUE_(HUITOU_JOIN(try_, __LINE__), declaration, expression)
#define HUITOU_TRY_PICK(first, second, name, ...) name

/// `TRY(status_expression);` or `TRY(auto value, result_expression);`: leaves the function with the
/// error if there is one. An expression with a comma outside brackets goes into parentheses.
#define TRY(...) HUITOU_TRY_PICK(__VA_ARGS__, HUITOU_TRY_2, HUITOU_TRY_1, )(__VA_ARGS__)

/// What cannot be. Throws `Bug` with the place.
#define CHECK(condition)                                   \
  do {                                                     \
    if (!(condition)) {                                    \
      ::huitou::throw_bug(#condition, __FILE__, __LINE__); \
    }                                                      \
  } while (false)
