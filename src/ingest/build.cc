// Most orders are made while the file is read; here are those that wait in load_rows. Of these,
// orders whose rows agree are copied or summed without looking back. What is odd - a key that
// repeats, lines that disagree about their order - is found first by a hash of the key and goes a
// way of its own. A hash that two keys share only sends a good order the long way.

#include "ingest/build.h"

#include <algorithm>
#include <map>

namespace huitou::ingest {

std::string_view embedded(std::string_view path);

namespace {

constexpr std::uint64_t kSliceRows = 1'000'000;
/// One insert must not touch more than 100 partitions (an engine limit).
constexpr int kSliceMonths = 60;
constexpr double kSeconds = 3600;

using Months = std::map<std::int64_t, std::uint64_t>;  // 202501 -> rows

struct Slice {
  Date from;
  Date to;
};

Date first_day(std::int64_t month) {
  return date_of({static_cast<int>(month / 100), static_cast<int>(month % 100), 1});
}

std::vector<Slice> slices_of(const Months& months) {
  std::vector<Slice> slices;
  std::uint64_t rows = 0;
  for (const auto& [month, count] : months) {
    const Date begin = first_day(month);
    const Date end = add_steps(begin, Granularity::month, 1);
    const bool fits = !slices.empty() && rows + count <= kSliceRows &&
                      end <= add_steps(slices.back().from, Granularity::month, kSliceMonths);
    if (fits) {
      slices.back().to = end;
      rows += count;
    } else {
      slices.push_back({begin, end});
      rows = count;
    }
  }
  return slices;
}

std::vector<std::string> names_of(const Months& months) {
  std::vector<std::string> names;
  for (const auto& [month, count] : months) {
    names.push_back(std::to_string(month));
  }
  return names;
}

void add(Months& to, const Months& from) {
  for (const auto& [month, rows] : from) {
    to[month] += rows;
  }
}

class Builder {
 public:
  Builder(engine::Engine& engine, const BuildOptions& options, Findings& findings,
          const Progress& progress)
      : engine_(engine), options_(options), findings_(findings), progress_(progress) {}

  Result<Built> run() {
    if (options_.waiting_rows > 0) {
      TRY(const Months rows, months("months", "load_rows"));
      slices_ = slices_of(rows);
      TRY(find_odd());
      TRY(options_.table == Table::order_lines ? lines_of_known_orders() : batch());
    }
    TRY(count_batch());
    TRY(join_old_lines());
    if (options_.table != Table::order_lines) {
      TRY(join_old_orders());
    }
    return built_;
  }

 private:
  bool has_lines() const { return options_.table != Table::orders; }

  Status execute(std::string_view file, engine::Params params, const schema::Fragments& fragments) {
    if (progress_.cancelled()) {
      return Error{Code::conflict, "The load was cancelled.", "Nothing was changed.",
                   "加载已取消。", "数据没有任何变化。"};
    }
    TRY(engine::Query query, statement(file, params, fragments));
    return engine_.execute(query);
  }

  Status execute_slice(std::string_view file, const Slice& slice,
                       const schema::Fragments& fragments = {}) {
    return execute(file, {{"from", slice.from}, {"to", slice.to}, {"source", options_.source}},
                   fragments);
  }

  Result<Months> months(std::string_view file, const std::string& table,
                        const std::string& batch = "") {
    TRY(const engine::Query query, statement(file, {}, {{"table", table}, {"batch", batch}}));
    TRY(const Frame frame, engine_.query(query));
    Months out;
    for (std::size_t row = 0; row < frame.rows(); ++row) {
      out[frame.at("month").integers()[row]] =
          static_cast<std::uint64_t>(frame.at("rows").integers()[row]);
    }
    return out;
  }

  Result<std::uint64_t> count(const std::string& table) {
    TRY(const engine::Query query, statement("count", {}, {{"table", table}}));
    TRY(const Frame frame, engine_.query(query));
    return static_cast<std::uint64_t>(frame.integer("rows", 0).value_or(0));
  }

  void report(const char* en, const char* zh, std::size_t done, std::size_t total) const {
    progress_.report({.stage = {en, zh}, .done = done, .total = total, .unit = {"parts", "部分"}});
  }

  Status find_odd() {
    if (options_.table == Table::orders && options_.has_order_key) {
      TRY(execute("odd_repeated_orders", {}, {}));
    } else if (options_.table == Table::lines) {
      TRY(execute("odd_heads", {}, {}));
      for (const Slice& slice : slices_) {
        if (options_.has_line_key) {
          TRY(execute_slice("odd_repeated_lines", slice));
        }
      }
    }
    TRY(const std::uint64_t odd, count("load_odd"));
    has_odd_ = odd > 0;
    if (has_odd_ && (options_.table == Table::orders || options_.has_line_key)) {
      TRY(find_repeated(kInOdd));
    }
    if (has_odd_ && options_.table == Table::lines) {
      TRY(find_disagreeing());
    }
    return {};
  }

  Status find_repeated(const std::string& which) {
    TRY(engine::Query query, statement("repeated_rows", {}, {{"which", which}}));
    return engine_.stream(query, [&](const Frame& batch) -> Status {
      for (std::size_t row = 0; row < batch.rows(); ++row) {
        const bool same = batch.at("contents").integers()[row] == 1;
        const Rule rule = same ? Rule::duplicate_row : Rule::conflicting_row;
        const auto extra = static_cast<std::uint64_t>(batch.at("rows").integers()[row] - 1);
        findings_.count(rule, extra);
        findings_.keep({rule, static_cast<std::uint64_t>(batch.at("last_row").integers()[row]),
                        std::string(field_name(Field::order_key)),
                        batch.text("order_key", row).value_or("")});
      }
      return {};
    });
  }

  Status find_disagreeing() {
    TRY(const engine::Query query, statement("disagreeing_orders"));
    return engine_.stream(query, [&](const Frame& batch) -> Status {
      for (std::size_t row = 0; row < batch.rows(); ++row) {
        findings_.add(Rule::order_disagrees,
                      static_cast<std::uint64_t>(batch.at("first_row").integers()[row]),
                      field_name(Field::order_key), batch.at("order_key").texts().at(row));
      }
      return {};
    });
  }

  /// The regular rows' and the odd rows' in one statement: each costs files for every month.
  Result<std::string> selects(const std::string& file, const std::string& regular,
                              const std::string& odd) const {
    const std::string_view text = embedded("sql/" + file + ".sql");
    TRY(std::string all, schema::expand(text, {{"rows", "load_rows"}, {"which", regular}}));
    if (has_odd_) {
      TRY(const std::string more,
          schema::expand(text, {{"rows", "load_odd_rows"}, {"which", odd}}));
      all += "\nUNION ALL\n" + more;
    }
    return all;
  }

  /// The batch's own orders and lines.
  Status batch() {
    const std::string regular = has_odd_ ? "NOT (" + kInOdd + ")" : "1 = 1";
    const std::string last_rows =
        "row GLOBAL IN (SELECT max(row) FROM load_rows WHERE " + kInOdd +
        (has_lines() ? " GROUP BY order_key, line_key)" : " GROUP BY order_key)");
    if (has_odd_ && has_lines()) {
      TRY(execute("odd_rows", {}, {{"chosen", options_.has_line_key ? last_rows : "1 = 1"}}));
    }
    TRY(const std::string orders, selects("orders_of_rows", regular, "head = 1"));
    TRY(const std::string lines, selects("lines_of_rows", regular, "1 = 1"));
    for (std::size_t i = 0; i < slices_.size(); ++i) {
      report("building orders", "生成订单", i, slices_.size());
      if (has_lines()) {
        TRY(execute_slice("orders_from_lines", slices_[i], {{"selects", orders}}));
        TRY(execute_slice("lines_from_lines", slices_[i], {{"selects", lines}}));
      } else {
        const std::string which = has_odd_ ? "(" + regular + " OR " + last_rows + ")" : regular;
        TRY(execute_slice("orders_from_rows", slices_[i], {{"which", which}}));
      }
    }
    return {};
  }

  /// Lines without date and customer of their own.
  Status lines_of_known_orders() {
    if (options_.has_line_key) {
      TRY(find_repeated("1 = 1"));
    }
    TRY(const Months order_months, months("months", "orders"));
    TRY(const std::uint64_t orders, count("orders"));
    TRY(const std::uint64_t rows, count("load_rows"));
    const auto parts = static_cast<std::int64_t>(std::max(orders, rows) / kSliceRows + 1);
    for (std::int64_t part = 0; part < parts; ++part) {
      report("building lines", "生成商品行", static_cast<std::size_t>(part),
             static_cast<std::size_t>(parts));
      const std::string last_rows =
          "row GLOBAL IN (SELECT max(row) FROM load_rows WHERE cityHash64(order_key) % "
          "{parts:UInt64} = "
          "{part:UInt64} GROUP BY order_key, line_key)";
      Months all = order_months;
      for (auto& [month, held] : all) {
        held = 1;
      }
      for (const Slice& slice : slices_of(all)) {
        TRY(execute("lines_of_orders",
                    {{"parts", parts},
                     {"part", part},
                     {"from", slice.from},
                     {"to", slice.to},
                     {"source", options_.source}},
                    {{"chosen", options_.has_line_key ? last_rows : "1 = 1"}}));
      }
      TRY(const engine::Query query,
          statement("unknown_orders", {{"parts", parts}, {"part", part}}));
      TRY(engine_.stream(query, [&](const Frame& batch) -> Status {
        for (std::size_t row = 0; row < batch.rows(); ++row) {
          findings_.add(Rule::order_not_found,
                        static_cast<std::uint64_t>(batch.at("row").integers()[row]),
                        field_name(Field::order_key), batch.at("order_key").texts().at(row));
        }
        return {};
      }));
    }
    return {};
  }

  Status count_batch() {
    const std::string table =
        options_.table == Table::order_lines ? "load_order_lines" : "load_orders";
    TRY(const engine::Query query, statement("counts_of_table", {}, {{"table", table}}));
    TRY(const Frame frame, engine_.query(query));
    const auto rows = static_cast<std::uint64_t>(frame.integer("rows", 0).value_or(0));
    built_.customers = static_cast<std::uint64_t>(frame.integer("customers", 0).value_or(0));
    TRY(built_.lines, count("load_order_lines"));
    built_.orders = options_.table == Table::order_lines ? 0 : rows;
    return {};
  }

  /// Old rows of `table` that stay, into `staged`; the months that must be swapped.
  Result<std::vector<std::string>> keep_old(const std::string& table, const std::string& batch,
                                            std::string_view file) {
    TRY(Months touched, months("months", "load_" + table));
    TRY(const Months old, months("months", table));
    if (!old.empty()) {
      TRY(const Months met, months("months_met", table, batch));
      Months rebuilt;
      std::uint64_t held = 0;
      for (const auto& [month, rows] : old) {
        if (touched.contains(month) || met.contains(month)) {
          rebuilt[month] = rows;
          held += rows;
        }
      }
      TRY(const std::uint64_t before, count("load_" + table));
      const std::vector<Slice> slices = slices_of(rebuilt);
      for (std::size_t i = 0; i < slices.size(); ++i) {
        report("joining what is there", "合并已有数据", i, slices.size());
        TRY(execute_slice(file, slices[i], {{"batch", batch}}));
      }
      TRY(const std::uint64_t after, count("load_" + table));
      built_.replaced += held - (after - before);
      add(touched, met);
    }
    return names_of(touched);
  }

  Status join_old_lines() {
    TRY(const std::uint64_t there, count("order_lines"));
    if (there > 0 && options_.table == Table::orders) {
      TRY(const Months brought, months("months", "load_orders"));
      for (const Slice& slice : slices_of(brought)) {
        TRY(execute_slice("lines_corrected", slice));
      }
    }
    const std::string batch = options_.table == Table::order_lines ? "load_rows" : "load_orders";
    TRY(built_.plan.line_months, keep_old("order_lines", batch, "kept_lines"));
    return {};
  }

  Status join_old_orders() {
    TRY(built_.plan.order_months, keep_old("orders", "load_orders", "kept_orders"));
    return {};
  }

  const std::string kInOdd = "cityHash64(order_key) GLOBAL IN (SELECT key_hash FROM load_odd)";

  engine::Engine& engine_;
  const BuildOptions& options_;
  Findings& findings_;
  const Progress& progress_;
  std::vector<Slice> slices_;
  bool has_odd_ = false;
  Built built_;
};

}  // namespace

Result<engine::Query> statement(std::string_view file, const engine::Params& params,
                                const schema::Fragments& fragments) {
  TRY(std::string text, schema::expand(embedded("sql/" + std::string(file) + ".sql"), fragments));
  engine::Query query{std::move(text), params};
  query.limits.seconds = kSeconds;
  query.limits.result_rows = ~std::uint64_t{0} >> 1U;
  return query;
}

Result<Built> build(engine::Engine& engine, const BuildOptions& options, Findings& findings,
                    const Progress& progress) {
  return Builder(engine, options, findings, progress).run();
}

}  // namespace huitou::ingest
