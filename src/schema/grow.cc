// A table that lacks a column is copied into one that has it; the copy is then put in its place.
// Nothing is taken away before the copy is whole, which a table without rows marks: the engine has
// no other memory here. With the mark there, all that follows can be done again.

#include <algorithm>
#include <optional>

#include "schema/schema.h"

namespace huitou::schema {

std::string_view embedded(std::string_view path);

namespace {

using engine::TableColumn;
using engine::TableSpec;

constexpr double kSeconds = 4 * 3600;
constexpr std::string_view kCopy = "grow_copy_";
constexpr std::string_view kWhole = "grow_whole_";

/// A column that came later, and what it holds of rows from before: nothing if empty.
struct Added {
  std::string_view table;
  std::string_view column;
  std::string_view from;
};
/// Of an order nobody noted whether its cost was said of it or of its lines: it stays what it was.
constexpr Added kAdded[] = {{"orders", "own_cost_minor", "cost_minor"},
                            {"aside_orders", "own_cost_minor", "cost_minor"},
                            {"order_lines", "own_cost_minor", ""},
                            {"aside_lines", "own_cost_minor", ""},
                            {"surveys", "product_key", ""},
                            {"surveys", "store_key", ""}};

const Added* added(std::string_view table, std::string_view column) {
  const auto* const found = std::find_if(std::begin(kAdded), std::end(kAdded), [&](const Added& a) {
    return a.table == table && a.column == column;
  });
  return found == std::end(kAdded) ? nullptr : found;
}

/// The canonical table that this one is, or that it is staged for ("load_orders"); none otherwise.
std::optional<TableSpec> shape_of(const std::string& name) {
  std::optional<TableSpec> shape;
  for (const TableSpec& spec : tables()) {
    const bool staged = name.ends_with("_" + spec.name);
    if (name != spec.name && !staged) continue;
    if (shape && shape->name.size() >= spec.name.size()) continue;
    shape = spec;
  }
  return shape;
}

/// The columns that it lacks, if those are the whole difference and each is known; none otherwise.
std::vector<const Added*> lacking(const TableSpec& shape, const std::vector<TableColumn>& found) {
  std::vector<const Added*> lacks;
  std::size_t at = 0;
  for (const TableColumn& column : shape.columns) {
    if (at < found.size() && found[at].name == column.name && found[at].type == column.type) {
      ++at;
      continue;
    }
    const Added* const one = added(shape.name, column.name);
    if (one == nullptr) return {};
    lacks.push_back(one);
  }
  return at == found.size() ? lacks : std::vector<const Added*>{};
}

/// Gives tables the columns that they lack, if what belongs into them is known; tables without a
/// difference are left as they are, and so are those with any other.
class Growing {
 public:
  explicit Growing(engine::Engine& engine) : engine_(engine) {}

  Status run() {
    TRY(finish());
    TRY(const engine::TableColumns tables, engine_.columns());
    for (const auto& [name, found] : tables) {
      const std::optional<TableSpec> shape = shape_of(name);
      if (!shape) continue;
      const std::vector<const Added*> lacks = lacking(*shape, found);
      if (lacks.empty()) continue;
      TRY(copy(name, *shape, found, lacks));
      TRY(put_in(name));
    }
    return {};
  }

 private:
  /// What was killed: whole copies are put in, others are begun again.
  Status finish() {
    TRY(const std::vector<std::string> names, engine_.tables());
    for (const std::string& name : names) {
      if (name.starts_with(kWhole)) TRY(put_in(name.substr(kWhole.size())));
    }
    TRY(const std::vector<std::string> left, engine_.tables());
    for (const std::string& name : left) {
      if (name.starts_with(kCopy)) TRY(engine_.drop_table(name));
    }
    return {};
  }

  static Result<engine::Query> statement(std::string_view name, const Fragments& fragments) {
    TRY(std::string text, expand(embedded("sql/" + std::string(name) + ".sql"), fragments));
    text.erase(0, text.starts_with("--") ? text.find('\n') + 1 : 0);
    engine::Query query{std::move(text), {}};
    query.limits.seconds = kSeconds;
    return query;
  }

  static TableSpec mark_of(const std::string& name) {
    return {std::string(kWhole) + name, {{"there", "UInt8"}}, "", "there", "there"};
  }

  Status copy(const std::string& name, const TableSpec& shape,
              const std::vector<TableColumn>& found, const std::vector<const Added*>& lacks) {
    TableSpec target = shape;
    target.name = std::string(kCopy) + name;
    target.scratch = true;
    TRY(engine_.create_table(target));
    std::string columns;
    for (const TableColumn& column : found) columns += (columns.empty() ? "" : ", ") + column.name;
    std::string selected = columns;
    for (const Added* const one : lacks) {
      if (one->from.empty()) continue;
      columns += ", " + std::string(one->column);
      selected += ", " + std::string(one->from);
    }
    TRY(const engine::Query rows, statement("grown_rows", {{"copy", target.name},
                                                           {"columns", columns},
                                                           {"selected", selected},
                                                           {"table", name}}));
    TRY(engine_.execute(rows));
    TRY(engine_.settle());
    return engine_.create_table(mark_of(name));
  }

  Result<std::vector<std::string>> partitions(const TableSpec& shape, const std::string& copied) {
    if (shape.partition_by.empty()) return std::vector<std::string>{"all"};
    TRY(const engine::Query query,
        statement("grown_parts", {{"partition_by", shape.partition_by}, {"table", copied}}));
    TRY(const Frame frame, engine_.query(query));
    std::vector<std::string> out;
    for (std::size_t row = 0; row < frame.rows(); ++row) {
      out.push_back(std::to_string(frame.integer("part", row).value_or(0)));
    }
    return out;
  }

  Status put_in(const std::string& name) {
    std::optional<TableSpec> shape = shape_of(name);
    CHECK(shape.has_value());
    const std::string copied = std::string(kCopy) + name;
    TRY(const std::vector<std::string> parts, partitions(*shape, copied));
    TRY(const engine::TableColumns tables, engine_.columns());
    const auto old = tables.find(name);
    if (old != tables.end() && !lacking(*shape, old->second).empty()) {
      TRY(engine_.drop_table(name));
    }
    shape->scratch = shape->name != name;
    shape->name = name;
    TRY(engine_.create_table(*shape));
    TRY(engine_.replace_partitions(name, copied, parts));
    TRY(engine_.drop_table(mark_of(name).name));
    return engine_.drop_table(copied);
  }

  engine::Engine& engine_;
};

}  // namespace

Status ensure(engine::Engine& engine) {
  TRY(Growing(engine).run());
  for (const TableSpec& spec : tables()) TRY(engine.create_table(spec));
  TRY(const engine::TableColumns found, engine.columns());
  for (const TableSpec& spec : tables()) {
    const auto here = found.find(spec.name);
    if (here == found.end() || here->second != spec.columns) {
      return Error{Code::conflict,
                   "The table '" + spec.name + "' has other columns than this version of huitou.",
                   "Load the files into a new home.",
                   "表“" + spec.name + "”的列与当前版本的 huitou 不一致。",
                   "请把文件重新加载到一个新的目录。"};
    }
  }
  return {};
}

}  // namespace huitou::schema
