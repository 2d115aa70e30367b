#include "connectors/database.h"

#include <algorithm>
#include <random>

#include "connectors/settings.h"

namespace huitou::connectors {
namespace {

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string out;
  for (const std::string& part : parts) {
    out.append(out.empty() ? "" : std::string(between)).append(part);
  }
  return out;
}

/// A name for a snapshot that no other reader of this or another process has.
std::string new_snapshot() {
  std::random_device random;
  return std::to_string(random()) + "." + std::to_string(random());
}

/// Rows at or after (names) = (values), in the order of these columns: `a > x OR (a = x AND b >=
/// y)`. The last row itself comes again, so that rows that share it are not lost.
std::string at_or_after(const Session& session, const std::vector<std::string>& names,
                        const std::vector<Scalar>& values) {
  std::string out;
  std::string equal;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string name = session.identifier(names[i]);
    const std::string value = session.literal(values[i]);
    const bool is_last = i + 1 == names.size();
    out += (i == 0 ? "(" : " OR (") + equal + name + (is_last ? " >= " : " > ") + value + ")";
    equal += name + " = " + value + " AND ";
  }
  return "(" + out + ")";
}

class DatabaseReader final : public Reader {
 public:
  explicit DatabaseReader(Database database) : database_(std::move(database)) {}

  Status open() {
    TRY(connect());
    std::vector<std::string> names = selection().columns;
    const auto need = [&](const std::string& name) {
      if (!names.empty() && std::find(names.begin(), names.end(), name) == names.end()) {
        names.push_back(name);
      }
    };
    std::for_each(selection().key.begin(), selection().key.end(), need);
    if (!selection().updated.empty()) need(selection().updated);
    TRY(columns_, session_->describe(head(names)));
    names_.clear();
    for (const SourceColumn& column : columns_) names_.push_back(column.name);
    for (const std::string& name : selection().key) {
      TRY(const std::size_t index, index_of(name));
      key_.push_back(index);
    }
    if (!selection().updated.empty()) {
      TRY(updated_, index_of(selection().updated));
    }
    return {};
  }

  const std::vector<SourceColumn>& columns() const override { return columns_; }

  Result<Page> next(std::string_view cursor) override {
    Result<Page> page = page_at(cursor);
    if (!page.ok()) {
      session_.reset();
      streaming_ = false;
    }
    return page;
  }

 private:
  const Selection& selection() const { return database_.selection; }
  bool dated() const { return !selection().updated.empty(); }

  Status connect() {
    TRY(session_, database_.connect());
    return {};
  }

  Result<Page> page_at(std::string_view cursor) {
    if (!streaming_ || cursor != expected_) {
      TRY(begin(cursor));
    }
    Page page(columns_.size());
    TRY(bool more, fill(page));
    while (!more && dated() && !position_.dated) {
      position_.dated = true;
      position_.updated.reset();
      position_.key.clear();
      TRY(session_->start(select()));
      TRY(more, fill(page));
    }
    page.last = !more;
    streaming_ = more;
    // Each page has a cursor of its own, so that one that is asked for again is not skipped.
    if (selection().key.empty()) position_.snapshot = snapshot_ + "." + std::to_string(++pages_);
    page.cursor = format_position(more ? position_ : Position{.since = position_.until});
    expected_ = page.cursor;
    return page;
  }

  /// Asks the source for the rows from `cursor` on.
  Status begin(std::string_view cursor) {
    streaming_ = false;
    TRY(position_, parse_position(cursor));
    if (!session_ || busy_) {
      TRY(connect());
      TRY(const auto now_there, session_->describe(head(names_)));
      TRY(check_same(now_there));
    }
    busy_ = true;
    if (!position_.snapshot.empty()) position_ = {};  // of a reader that is no more: read it again
    if (!position_.inside) TRY(begin_run());
    if (position_.key.size() != (position_.key.empty() ? 0 : key_.size())) {
      return Error{Code::invalid_input, "The cursor belongs to other key columns.",
                   "Start the source from the beginning: give an empty cursor.",
                   "游标属于另一组主键列。", "请从头读取该数据源：使用空游标。"};
    }
    TRY(session_->start(select()));
    streaming_ = true;
    return {};
  }

  Status begin_run() {
    position_.inside = true;
    snapshot_ = new_snapshot();
    pages_ = 0;
    if (!dated()) return {};
    const std::string updated = session_->identifier(selection().updated);
    TRY(const std::optional<Scalar> latest,
        session_->single("SELECT max(" + updated + ")" + from()));
    TRY(const std::int64_t now, session_->now(*updated_));
    TRY(position_.until, until_of(latest, now));
    if (!position_.until) position_.until = position_.since;
    return {};
  }

  /// The statement for the rows from `position_` on.
  std::string select() const {
    std::vector<std::string> conditions;
    std::vector<std::string> order = selection().key;
    std::vector<Scalar> place = position_.key;
    if (dated()) {
      const std::string updated = session_->identifier(selection().updated);
      if (!position_.dated) {
        conditions.push_back(updated + " IS NULL");
      } else {
        if (position_.updated) {
          conditions.push_back(updated + " >= " + session_->literal(*position_.updated));
          place.insert(place.begin(), *position_.updated);
        } else if (const std::optional<Scalar> since = lower_bound()) {
          conditions.push_back(updated + " >= " + session_->literal(*since));
        } else {
          conditions.push_back(updated + " IS NOT NULL");
        }
        order.insert(order.begin(), selection().updated);
      }
    }
    if (!place.empty()) conditions.push_back(at_or_after(*session_, order, place));
    for (std::string& name : order) name = session_->identifier(name);
    return "SELECT " + list_of_names(names_) + from() +
           (conditions.empty() ? "" : " WHERE " + joined(conditions, " AND ")) +
           (order.empty() ? "" : " ORDER BY " + joined(order, ", "));
  }

  std::optional<Scalar> lower_bound() const {
    if (!position_.since) return std::nullopt;
    return earlier(*position_.since, selection().overlap_seconds);
  }

  std::string list_of_names(const std::vector<std::string>& names) const {
    if (names.empty()) return "*";
    std::vector<std::string> quoted;
    for (const std::string& name : names) quoted.push_back(session_->identifier(name));
    return joined(quoted, ", ");
  }

  /// A SELECT that gives the columns and no rows.
  std::string head(const std::vector<std::string>& names) const {
    return "SELECT " + list_of_names(names) + from() + " LIMIT 0";
  }

  std::string from() const {
    if (!selection().query.empty()) return " FROM (" + selection().query + "\n) AS source_rows";
    std::vector<std::string> parts;
    std::string_view rest = selection().table;
    while (true) {
      const std::size_t dot = rest.find('.');
      parts.push_back(session_->identifier(rest.substr(0, dot)));
      if (dot == rest.npos) break;
      rest.remove_prefix(dot + 1);
    }
    return " FROM " + joined(parts, ".");
  }

  Result<std::size_t> index_of(const std::string& name) const {
    const auto at = std::find(names_.begin(), names_.end(), name);
    if (at != names_.end()) return static_cast<std::size_t>(at - names_.begin());
    return Error{Code::not_found, "The source has no column '" + name + "'.",
                 "It has: " + joined(names_, ", ") + ".", "数据源没有列“" + name + "”。",
                 "现有列：" + joined(names_, "、") + "。"};
  }

  Status check_same(const std::vector<SourceColumn>& now_there) const {
    if (now_there == columns_) return {};
    return Error{Code::conflict, "The columns of the source have changed while it was read.",
                 "Start the run again.", "读取过程中数据源的列发生了变化。", "请重新开始同步。"};
  }

  Result<bool> fill(Page& page) {
    const std::size_t before = page.rows();
    TRY(const bool more, session_->fill(page));
    if (page.rows() > before) TRY(advance(page));
    return more;
  }

  /// `position_` becomes that of the page's last row.
  Status advance(const Page& page) {
    const std::size_t row = page.rows() - 1;
    const auto value = [&](std::size_t column) {
      return Scalar{session_->kind(column), std::string(page.at(row, column))};
    };
    if (dated() && position_.dated) position_.updated = value(*updated_);
    position_.key.clear();
    for (const std::size_t column : key_) {
      if (page.at(row, column).empty()) {
        return Error{Code::invalid_input,
                     "A row of the source has nothing in its key column '" + names_[column] + "'.",
                     "Set `key` to columns that are never null or empty.",
                     "数据源有一行的主键列“" + names_[column] + "”为空。",
                     "请把 `key` 设为从不为空的列。"};
      }
      position_.key.push_back(value(column));
    }
    return {};
  }

  Database database_;
  std::unique_ptr<Session> session_;
  std::vector<SourceColumn> columns_;
  std::vector<std::string> names_;
  std::vector<std::size_t> key_;
  std::optional<std::size_t> updated_;
  Position position_;
  std::string snapshot_;
  std::uint64_t pages_ = 0;
  std::string expected_;
  bool streaming_ = false;
  bool busy_ = false;  ///< the session has been used for rows
};

}  // namespace

Result<Selection> selection_of(const Connector& connector, const Settings& settings) {
  Selection selection;
  selection.table = text_of(connector, settings, "table");
  selection.query = text_of(connector, settings, "query");
  selection.columns = list_of(settings, "columns");
  selection.key = list_of(settings, "key");
  selection.updated = text_of(connector, settings, "updated");
  selection.overlap_seconds = integer_of(connector, settings, "overlap_seconds");
  if (selection.table.empty() == selection.query.empty()) {
    return Error{Code::invalid_input, "A source needs either `table` or `query`.",
                 "Give one of the two.", "数据源需要 `table` 或 `query` 之一。",
                 "请只给出其中一个。"};
  }
  if (!selection.updated.empty() && selection.key.empty()) {
    return Error{Code::invalid_input, "`updated` is given without `key`.",
                 "Give the column that names a row as `key`.", "给出了 `updated` 却没有 `key`。",
                 "请用 `key` 给出唯一标识一行的列。"};
  }
  while (!selection.query.empty() &&
         std::string_view(" \t\r\n;").find(selection.query.back()) != std::string_view::npos) {
    selection.query.pop_back();
  }
  return selection;
}

Result<std::unique_ptr<Reader>> read_database(Database database) {
  auto reader = std::make_unique<DatabaseReader>(std::move(database));
  TRY(reader->open());
  return std::unique_ptr<Reader>(std::move(reader));
}

Error cell_too_long(std::string_view column, std::size_t bytes) {
  const std::string most = std::to_string(kMostCellBytes >> 20U);
  const std::string size = std::to_string(bytes >> 20U);
  return {Code::limit_reached,
          "A cell of column '" + std::string(column) + "' has " + size + " MiB; the limit is " +
              most + " MiB.",
          "Leave the column out with `columns`.",
          "列“" + std::string(column) + "”有一个值长达 " + size + " MiB，上限为 " + most + " MiB。",
          "请用 `columns` 排除该列。"};
}

std::string hexadecimal(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out = "0x";
  out.reserve(2 + 2 * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += {kDigits[byte >> 4U], kDigits[byte & 15U]};
  }
  return out;
}

}  // namespace huitou::connectors
