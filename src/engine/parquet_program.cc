// huitou_parquet FILE: the rows of a Parquet file, on standard output (parquet_pipe.h).
//
// A program of its own, because the engine's reader of Parquet does not survive every damaged file:
// some crash it, some keep it busy for ever, and a file that is cut while it is read kills it by a
// signal. Whoever started it sees that, says so, and lives.
//
// Texts, whole numbers, decimals, days and instants go as they lie in memory: to make texts of them
// here cost three times as much as all the rest of a load. What is rarer becomes text by the
// engine. Days are read as the number that the file holds, as the engine's own days end in 2299.

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <cstring>
#include <map>

#include "engine/chdb_pool.h"
#include "engine/failure.h"
#include "engine/literal.h"
#include "engine/native.h"
#include "engine/parquet_pipe.h"

namespace huitou::engine {
namespace {

constexpr Limits kLimits{.seconds = 6 * 3600.0, .result_rows = 0};
/// A decimal of so many digits lies in eight bytes or four.
constexpr int kMostDigits = 18;
// Rows in their order: a row is known by its number.
constexpr std::string_view kSettings =
    "SET parallelize_output_from_storages = 0, input_format_parquet_preserve_order = 1, "
    "input_format_parquet_max_block_size = 16384";

/// False when nobody listens any more.
bool say(PipeFrame kind, std::string_view bytes) {
  std::string head(1, static_cast<char>(kind));
  const std::uint64_t size = bytes.size();
  head.append(reinterpret_cast<const char*>(&size), sizeof(size));
  for (std::string_view part : {std::string_view(head), bytes}) {
    while (!part.empty()) {
      const ssize_t written = write(STDOUT_FILENO, part.data(), part.size());
      if (written <= 0) {
        return false;
      }
      part.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  return true;
}

Error nobody_listens() { return {Code::conflict, "Nobody reads what is written", "", "", ""}; }

std::string name_of(std::string_view column) {
  std::string out = "`";
  for (const char c : column) {
    out += c == '`' || c == '\\' ? std::string{'\\', c} : std::string(1, c);
  }
  return out + "`";
}

/// A column as the engine describes it, and what the file itself says of it.
struct Described {
  std::string name;
  std::string type;
  std::string logical;
};

/// `Nullable(X)` and `LowCardinality(X)` as X.
std::string_view bare(std::string_view type) {
  for (const std::string_view around : {"LowCardinality(", "Nullable("}) {
    if (type.starts_with(around)) {
      type = bare(type.substr(around.size(), type.size() - around.size() - 1));
    }
  }
  return type;
}

/// How a column is said.
struct Spoken {
  std::string text;  ///< expression
  std::string type;  ///< in our words
  std::string read;  ///< the engine type it is read as
  bool nested = false;
  ParquetForm form = ParquetForm::text;
  int scale = 0;
};

/// An instant always has a point and digits behind it.
std::string without_zeros(const std::string& text) {
  return "trim(TRAILING '.' FROM trim(TRAILING '0' FROM " + text + "))";
}

/// The number in `type` behind that.
int number_behind(std::string_view type, std::string_view beginning) {
  const std::size_t at = type.find(beginning);
  int number = 0;
  if (at != std::string_view::npos) {
    std::from_chars(type.data() + at + beginning.size(), type.data() + type.size(), number);
  }
  return number;
}

/// Where nothing is an empty text.
std::string there(const std::string& text) { return "ifNull(" + text + ", '')"; }

Spoken spoken_decimal(std::string_view type, const Described& column) {
  const std::string name = name_of(column.name);
  const int scale = number_behind(type, ", ");
  const std::string said = fmt::format("decimal, {} digits behind the point", scale);
  if (number_behind(type, "Decimal(") <= kMostDigits) {
    return {name, said, column.type, false, ParquetForm::decimal, scale};
  }
  return {there(fmt::format("toDecimalString({}, {})", name, scale)), said, column.type};
}

Spoken spoken_time(std::string_view type, const Described& column) {
  const std::string name = name_of(column.name);
  const auto says = [&](std::string_view words) {
    return column.logical.find(words) != std::string::npos;
  };
  if (says("Time(")) {
    return {there(without_zeros("substring(toString(" + name + "), 12)")), "time of day",
            column.type};
  }
  const bool local = says("isAdjustedToUTC=false");
  return {name,
          local ? "local time" : "time in UTC",
          column.type,
          false,
          local ? ParquetForm::local_time : ParquetForm::utc_time,
          number_behind(type, "DateTime64(")};
}

Spoken spoken(const Described& column) {
  const std::string_view type = bare(column.type);
  const std::string name = name_of(column.name);
  const auto is = [&](std::string_view beginning) { return type.starts_with(beginning); };
  if (is("Array(") || is("Map(") || is("Tuple(") || is("Variant(") || is("Dynamic") || is("JSON") ||
      is("Object(")) {
    return {there("toJSONString(" + name + ")"), is("Tuple(") ? "group" : "list", column.type,
            true};
  }
  if (is("Date32") || type == "Date") {
    return {name, "day", "Nullable(Int32)", false, ParquetForm::day};
  }
  if (is("DateTime")) {
    return spoken_time(type, column);
  }
  if (is("Decimal(")) {
    return spoken_decimal(type, column);
  }
  if (is("Float")) {
    return {there("if(isNaN(" + name + "), '', toString(" + name + "))"), "floating point",
            column.type};
  }
  if (is("Int") || is("UInt")) {
    const bool small = !type.ends_with("128") && !type.ends_with("256");
    return {small ? name : there("toString(" + name + ")"), "whole number", column.type, false,
            !small       ? ParquetForm::text
            : is("UInt") ? ParquetForm::natural
                         : ParquetForm::whole};
  }
  const bool plain = type == "String" && !column.type.starts_with("LowCardinality(");
  return {plain ? name : there("toString(" + name + ")"), is("Bool") ? "yes or no" : "text",
          column.type};
}

class Program {
 public:
  Program(Connection& connection, std::string path)
      : connection_(connection), path_(std::move(path)) {}

  Status run() {
    TRY(connection_.prepare(kLimits, ""));
    TRY(connection_.run(kSettings));
    TRY(const std::vector<Described> columns, describe());
    std::vector<Spoken> all;
    for (const Described& column : columns) {
      all.push_back(spoken(column));
    }
    TRY(say_columns(columns, all));
    TRY(connection_.stream(rows_text(columns, all), [](std::string_view bytes) -> Status {
      return say(PipeFrame::rows, bytes) ? Status() : Status(nobody_listens());
    }));
    return say(PipeFrame::end, "") ? Status() : Status(nobody_listens());
  }

 private:
  Result<Frame> ask(const std::string& text) {
    TRY(const std::string bytes, connection_.run(text));
    Frame frame;
    TRY(read_native(bytes, frame));
    return frame;
  }

  Result<std::vector<Described>> describe() {
    const std::string about = "file(" + text_literal(path_) + ", ParquetMetadata)";
    TRY(const Frame count, ask("SELECT toUInt64(num_rows) AS num_rows FROM " + about));
    TRY(const Frame leaves,
        ask("SELECT toString(tupleElement(leaf, 'path')) AS path, "
            "concat(toString(tupleElement(leaf, 'physical_type')), ' ', "
            "toString(tupleElement(leaf, 'logical_type'))) AS type FROM (SELECT "
            "arrayJoin(columns) AS leaf FROM " +
            about + ") AS l"));
    TRY(const Frame types, ask("DESCRIBE TABLE file(" + text_literal(path_) + ", Parquet)"));
    std::map<std::string, std::string, std::less<>> logical;
    for (std::size_t row = 0; row < leaves.rows(); ++row) {
      logical[leaves.text("path", row).value_or("")] = leaves.text("type", row).value_or("");
    }
    rows_ = static_cast<std::uint64_t>(count.integer("num_rows", 0).value_or(0));
    std::vector<Described> columns;
    for (std::size_t row = 0; row < types.rows(); ++row) {
      const std::string name = types.text("name", row).value_or("");
      columns.push_back({name, types.text("type", row).value_or(""), logical[name]});
    }
    return columns;
  }

  Status say_columns(const std::vector<Described>& columns, const std::vector<Spoken>& all) {
    Frame frame;
    frame.columns = {make_column("name", ColumnType::text), make_column("type", ColumnType::text),
                     make_column("nested", ColumnType::integer),
                     make_column("form", ColumnType::integer),
                     make_column("scale", ColumnType::integer)};
    for (std::size_t i = 0; i < columns.size(); ++i) {
      frame.columns[0].push_text(columns[i].name);
      frame.columns[1].push_text(all[i].type);
      frame.columns[2].push_integer(all[i].nested ? 1 : 0);
      frame.columns[3].push_integer(static_cast<std::int64_t>(all[i].form));
      frame.columns[4].push_integer(all[i].scale);
    }
    TRY(const std::string bytes, native_block(frame, {{"name", "String"},
                                                      {"type", "String"},
                                                      {"nested", "UInt8"},
                                                      {"form", "UInt8"},
                                                      {"scale", "UInt8"}}));
    const std::string_view count(reinterpret_cast<const char*>(&rows_), sizeof(rows_));
    return say(PipeFrame::columns, bytes) && say(PipeFrame::count, count)
               ? Status()
               : Status(nobody_listens());
  }

  std::string rows_text(const std::vector<Described>& columns, const std::vector<Spoken>& all) {
    std::string structure;
    std::string values;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      structure += (i == 0 ? "" : ", ") + name_of(columns[i].name) + " " + all[i].read;
      values += fmt::format("{} AS c{}, ", all[i].text, i);
    }
    return "SELECT " + values + "toUInt64(rowNumberInAllBlocks() + 1) AS row FROM file(" +
           text_literal(path_) + ", Parquet, " + text_literal(structure) + ")";
  }

  Connection& connection_;
  std::string path_;
  std::uint64_t rows_ = 0;
};

/// What the engine's reader says of the file, without its own names and places.
std::string reason(std::string_view text) {
  constexpr std::string_view kRefused = "The engine refused the statement: ";
  text.remove_prefix(text.starts_with(kRefused) ? kRefused.size() : 0);
  for (const std::string_view behind : {": read stage:", ": (in file/uri", " (STD_EXCEPTION)"}) {
    text = text.substr(0, text.find(behind));
  }
  for (auto at = text.find("Exception: "); at != std::string_view::npos;
       at = text.find("Exception: ")) {
    text.remove_prefix(at + std::string_view("Exception: ").size());
  }
  while (!text.empty() && (text.back() == '.' || text.back() == ' ' || text.back() == '\n')) {
    text.remove_suffix(1);
  }
  return std::string(text);
}

/// The file by its number: its name may hold what the engine takes for a pattern.
Status run(const char* path, const ChdbApi& api) {
  const int file = open(path, O_RDONLY);
  if (file < 0) {
    return Error{Code::not_found, "it cannot be opened", "", "", ""};
  }
  std::vector<std::string> arguments{"huitou_parquet", "--session_timezone=UTC"};
  Pool pool(api, arguments, 1);
  const std::unique_ptr<Connection> connection = pool.connect();
  if (connection == nullptr) {
    return Error{Code::unavailable, "the engine does not start", "", "", ""};
  }
  return Program(*connection, "/proc/self/fd/" + std::to_string(file)).run();
}

}  // namespace

int parquet_main(const char* path);
int parquet_main(const char* path) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  std::signal(SIGPIPE, SIG_IGN);
  const Result<ChdbApi> api = load_chdb();
  const Status done = api.ok() ? run(path, *api) : Status(api.error());
  if (!done.ok()) {
    say(done.error().code == Code::limit_reached ? PipeFrame::limit : PipeFrame::failed,
        reason(done.error().message));
  }
  return done.ok() ? 0 : 1;
}

}  // namespace huitou::engine

int main(int count, char** arguments) {
  return count == 2 ? huitou::engine::parquet_main(arguments[1]) : 2;
}
