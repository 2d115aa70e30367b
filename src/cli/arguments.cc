// Words of the command line -> Invocation. What the words mean is declared in commands/.

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "cli/cli.h"

namespace huitou::cli {
namespace {

using commands::Command;

Error wrong(Sentence what, Sentence hint) {
  return {Code::invalid_input, std::move(what.en), std::move(hint.en), std::move(what.zh),
          std::move(hint.zh)};
}

std::size_t count_words(std::string_view name) {
  return static_cast<std::size_t>(std::count(name.begin(), name.end(), ' ')) + 1;
}

/// An option as written: `--name=value` or `--name`.
struct Option {
  std::string name;  ///< with underscores
  std::optional<std::string> value;
};

std::optional<Option> option_of(const std::string& word) {
  if (word == "-h") return Option{"help", std::nullopt};
  if (!word.starts_with("--") || word.size() < 3) return std::nullopt;
  const std::size_t equals = word.find('=');
  Option option{word.substr(2, equals == std::string::npos ? equals : equals - 2), std::nullopt};
  if (equals != std::string::npos) option.value = word.substr(equals + 1);
  std::replace(option.name.begin(), option.name.end(), '-', '_');
  return option;
}

class Reader {
 public:
  Reader(const std::vector<std::string>& words, Invocation& invocation)
      : words_(words), invocation_(invocation) {}

  Status read() {
    TRY(read_globals());
    TRY(read_command());
    return read_rest();
  }

 private:
  bool is_bare(std::size_t i) const { return i < words_.size() && !option_of(words_[i]); }

  /// A flag may be followed by its value: `--merge-days false`.
  bool is_truth(std::size_t i) const {
    return i < words_.size() && (words_[i] == "true" || words_[i] == "false");
  }

  /// The value behind `--name` at `at_`, which is moved behind it.
  Result<std::string> value_of(const Option& option) {
    ++at_;
    if (option.value) return *option.value;
    if (at_ < words_.size()) return words_[at_++];
    return wrong({fmt::format("--{} needs a value.", option.name),
                  fmt::format("--{} 缺少值。", option.name)},
                 {"Write it behind the option.", "请在选项后写出值。"});
  }

  /// True if the option is one that every command understands, and was taken.
  Result<bool> take_global(const Option& option) {
    if (option.name == "help" || option.name == "version" || option.name == "bom") {
      (option.name == "help"      ? invocation_.help
       : option.name == "version" ? invocation_.version
                                  : invocation_.byte_order_mark) = true;
      ++at_;
      return true;
    }
    if (option.name == "home") {
      TRY(invocation_.home, value_of(option));
      return true;
    }
    if (option.name == "output") {
      TRY(invocation_.output, value_of(option));
      return true;
    }
    if (option.name == "lang") {
      TRY(const std::string value, value_of(option));
      if (value != "zh" && value != "en") {
        return wrong({fmt::format("--lang '{}' is not known.", value),
                      fmt::format("--lang “{}”无法识别。", value)},
                     {"It is one of: en, zh.", "可选值：en、zh。"});
      }
      invocation_.language = value == "zh" ? Language::zh : Language::en;
      return true;
    }
    if (option.name == "format") {
      TRY(const std::string value, value_of(option));
      const auto format = commands::parse_format(value);
      if (!format) {
        return wrong({fmt::format("--format '{}' is not known.", value),
                      fmt::format("--format “{}”无法识别。", value)},
                     {"It is one of: table, json, csv, md.", "可选值：table、json、csv、md。"});
      }
      invocation_.format = *format;
      return true;
    }
    return false;
  }

  Status read_globals() {
    while (at_ < words_.size()) {
      const auto option = option_of(words_[at_]);
      if (!option) return {};
      TRY(const bool taken, take_global(*option));
      if (!taken) {
        return wrong({fmt::format("'{}' is not an option.", words_[at_]),
                      fmt::format("“{}”不是选项。", words_[at_])},
                     {"Options of a command come behind its name; see `huitou --help`.",
                      "命令的选项要写在命令之后；请看 `huitou --help`。"});
      }
    }
    return {};
  }

  /// The longest run of words that is the name of a command.
  Status read_command() {
    if (at_ >= words_.size()) return {};
    std::size_t length = 0;
    for (const Command* command : commands::all()) {
      const std::size_t size = count_words(command->name);
      if (size > length && words_from(size) == command->name) {
        invocation_.command = command;
        length = size;
      }
    }
    invocation_.words = words_from(std::max<std::size_t>(length, 1));
    at_ += length;
    if (length > 0) return {};
    ++at_;
    const bool is_group = std::any_of(
        commands::all().begin(), commands::all().end(),
        [&](const Command* command) { return command->name.starts_with(invocation_.words + " "); });
    if (is_group && (at_ >= words_.size() || !is_bare(at_))) {
      invocation_.help = true;
      at_ = words_.size();
      return {};
    }
    const std::string name =
        is_group && is_bare(at_) ? invocation_.words + " " + words_[at_] : invocation_.words;
    return commands::find(name).error();
  }

  std::string words_from(std::size_t size) const {
    std::string out;
    for (std::size_t i = at_; i < at_ + size && is_bare(i); ++i) {
      out += (out.empty() ? "" : " ") + words_[i];
    }
    return out;
  }

  Status read_rest() {
    bool options_end = false;
    while (at_ < words_.size()) {
      if (!options_end && words_[at_] == "--") {
        options_end = true;
        ++at_;
        continue;
      }
      const auto option = options_end ? std::nullopt : option_of(words_[at_]);
      if (!option) {
        TRY(take_positional(words_[at_++]));
        continue;
      }
      TRY(const bool taken, take_own(*option));
      if (!taken) {
        TRY(const bool global, take_global(*option));
        if (!global) {
          // `check` knows how to say what was probably meant.
          invocation_.args[option->name].push_back(option->value.value_or(""));
          ++at_;
        }
      }
    }
    return {};
  }

  Result<bool> take_own(const Option& option) {
    for (const Param& param : invocation_.command->params) {
      if (param.name != option.name) continue;
      if (param.type == ParamType::boolean && !option.value && !is_truth(at_ + 1)) {
        invocation_.args[option.name].push_back("true");
        ++at_;
        return true;
      }
      TRY(const std::string value, value_of(option));
      invocation_.args[option.name].push_back(value);
      return true;
    }
    return false;
  }

  Status take_positional(const std::string& word) {
    for (const Param& param : invocation_.command->params) {
      if (!param.positional) continue;
      std::vector<std::string>& values = invocation_.args[std::string(param.name)];
      if (values.empty() || param.repeated) {
        values.push_back(word);
        return {};
      }
    }
    const std::string name(invocation_.command->name);
    return wrong({fmt::format("'{}' does not know what to do with '{}'.", name, word),
                  fmt::format("“{}”无法理解“{}”。", name, word)},
                 {fmt::format("See `huitou {} --help`.", name),
                  fmt::format("请看 `huitou {} --help`。", name)});
  }

  const std::vector<std::string>& words_;
  Invocation& invocation_;
  std::size_t at_ = 0;
};

}  // namespace

Language language_of(const std::vector<std::string>& arguments,
                     std::string (*environment)(const char* name)) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--lang=zh") return Language::zh;
    if (arguments[i] == "--lang=en") return Language::en;
    if (arguments[i] == "--lang" && i + 1 < arguments.size()) {
      return arguments[i + 1] == "zh" ? Language::zh : Language::en;
    }
  }
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const std::string value = environment(name);
    if (!value.empty()) return value.starts_with("zh") ? Language::zh : Language::en;
  }
  return Language::en;
}

Result<Invocation> parse(const std::vector<std::string>& arguments,
                         std::string (*environment)(const char* name)) {
  Invocation invocation;
  invocation.language = language_of(arguments, environment);
  const std::string home = environment("HUITOU_HOME");
  if (!home.empty()) invocation.home = home;
  TRY(Reader(arguments, invocation).read());
  return invocation;
}

}  // namespace huitou::cli
