#include <cstdlib>

#include "ingest/canonical_state.h"
#include "ingest/hash.h"

namespace huitou::ingest {
namespace {

ColumnType frame_type(const std::string& type) {
  if (type == "String") {
    return ColumnType::text;
  }
  return type == "Date"       ? ColumnType::date
         : type == "DateTime" ? ColumnType::time
                              : ColumnType::integer;
}

}  // namespace

Result<Converter> Converter::open(const Mapping& mapping, const FileInfo& info,
                                  const ConvertOptions& options) {
  TRY(LocalTime time, LocalTime::open(options.time_zone));
  auto state = std::make_unique<State>(State{mapping, options, std::move(time)});
  state->places.fill(-1);
  for (std::size_t i = 0; i < mapping.columns.size(); ++i) {
    if (mapping.columns[i].field != Field::ignore) {
      state->places[static_cast<std::size_t>(mapping.columns[i].field)] = static_cast<int>(i);
    }
  }
  state->filled = filled_columns(mapping);
  state->lines = mapping.table != Table::orders;
  state->fill_down = fills_down(mapping, info);
  return Converter(std::move(state));
}

Converter::Converter(std::unique_ptr<State> state) : state_(std::move(state)) {}
Converter::Converter(Converter&&) noexcept = default;
Converter& Converter::operator=(Converter&&) noexcept = default;
Converter::~Converter() = default;

void Converter::State::begin(const RawBlock& raw, Converted& converted) {
  block = &raw;
  out = &converted;
  converted = Converted{};
  columns.fill(nullptr);
  const std::vector<engine::TableColumn> all = staged_rows("").columns;
  converted.frame.columns.reserve(filled.size());
  std::size_t next = 0;
  for (std::size_t i = 0; i < all.size() && next < filled.size(); ++i) {
    if (all[i].name == filled[next].name) {
      converted.frame.columns.push_back(make_column(all[i].name, frame_type(all[i].type)));
      columns[i] = &converted.frame.columns.back();
      if (auto* values = std::get_if<std::vector<std::int64_t>>(&columns[i]->values)) {
        values->reserve(raw.rows());
      }
      ++next;
    }
  }
  converted.customers.reserve(raw.rows());
  for (const BadRow& bad : raw.bad()) {
    const Rule rule = bad.reason == BadReason::open_quote ? Rule::open_quote : Rule::field_count;
    converted.findings.add(rule, bad.line, "", bad.text);
  }
  converted.rows_read = raw.rows() + raw.bad().size();
}

void Converter::State::put(const Row& row) {
  const Amounts& amounts = row.amounts;
  if (mapped(Field::order_key)) {
    words(To::order_key, row.order_key);
  }
  integer(To::row, static_cast<std::int64_t>(row.line));
  std::uint64_t line_key = 0;
  std::int64_t line_number = static_cast<std::int64_t>(row.line & 0xffffffffU);
  if (mapped(Field::line_number)) {
    const std::string_view written = text(Field::line_number);
    line_key = hash(written);
    char* end = nullptr;
    const std::string digits(written.substr(0, 10));
    const unsigned long number = std::strtoul(digits.c_str(), &end, 10);
    if (!digits.empty() && *end == '\0' && written.size() <= 10 && number <= 0xffffffffUL) {
      line_number = static_cast<std::int64_t>(number);
    }
  }
  integer(To::line_number, line_number);
  integer(To::line_key, static_cast<std::int64_t>(line_key));
  if (columns[static_cast<std::size_t>(To::head)] != nullptr) {
    const auto day = static_cast<std::uint64_t>(row.instant.local_day.days);
    std::uint64_t head = hash(row.customer, day * 2 + (row.status == kCancelled ? 1U : 0U));
    for (const std::string_view text : row.texts) {
      head = text.empty() ? head * 31 : hash(text, head);
    }
    integer(To::head, static_cast<std::int64_t>(combine(
                          head, static_cast<std::uint64_t>(amounts.order_paid.value_or(-1)))));
  }
  if (columns[static_cast<std::size_t>(To::content)] != nullptr) {
    // The fields of a row lie one after another: one pass over all of them.
    const std::string_view first = block->at(at, 0);
    const std::string_view last = block->at(at, block->columns() - 1);
    const auto size = static_cast<std::size_t>(last.data() + last.size() - first.data());
    const std::uint64_t content = hash({first.data(), size});
    integer(To::content, static_cast<std::int64_t>(content));
  }
  integer(To::customer_id, 0);
  integer(To::ordered_at, row.instant.utc);
  integer(To::ordered_on, row.instant.local_day.days);
  integer(To::status, row.status);
  integer(To::gross, amounts.gross);
  integer(To::discount, amounts.discount);
  integer(To::refund, amounts.refund);
  optional(To::order_paid, amounts.order_paid);
  optional(To::cost, amounts.cost);
  optional(To::quantity, amounts.quantity_milli);
  integer(To::price, amounts.price);
  for (std::size_t i = 0; i < kOrderTexts.size(); ++i) {
    words(kOrderTexts[i].second, row.texts[i]);
  }
}

/// Products and stores, and the customer of the row.
void Converter::State::meet(const Row& row) {
  std::string_view product = text(Field::product_key);
  const std::string_view product_name = text(Field::product_name);
  product = product.empty() ? product_name : product;
  words(To::product_key, product);
  words(To::category, text(Field::category));
  if (lines && !product.empty() && seen_products.first_time(hash(product))) {
    out->products.push_back({std::string(product), std::string(product_name),
                             std::string(text(Field::category)), std::string(text(Field::brand))});
  }
  const std::string_view store = row.texts[1];
  if (!store.empty() && seen_stores.first_time(hash(store))) {
    out->stores.push_back(
        {std::string(store), std::string(text(Field::store_name)), std::string(row.texts[2]), ""});
  }
  out->customers.push_back(row.customer);
  if (mapped(Field::customer_name)) {
    out->names.push_back(text(Field::customer_name));
  }
  if (mapped(Field::region)) {
    out->regions.push_back(row.texts[2]);
  }
  if (!mapped(Field::order_key)) {
    const std::uint64_t moment =
        combine(hash(row.customer), static_cast<std::uint64_t>(row.instant.utc));
    out->row_hashes.push_back(combine(moment, static_cast<std::uint64_t>(row.amounts.paid())));
  }
  const Date day = row.instant.local_day;
  out->first_day = out->first_day ? std::min(*out->first_day, day) : day;
  out->last_day = out->last_day ? std::max(*out->last_day, day) : day;
}

/// Keeps the last row's texts beyond the end of its block.
void Converter::State::remember() {
  if (!fill_down || !previous) {
    return;
  }
  std::deque<std::string> texts;
  const auto hold = [&](std::string_view& view) {
    texts.emplace_back(view);
    view = texts.back();
  };
  hold(previous->order_key);
  hold(previous->customer);
  for (std::string_view& view : previous->texts) {
    hold(view);
  }
  previous_texts = std::move(texts);
}

void Converter::convert(const RawBlock& block, Converted& out) {
  State& state = *state_;
  state.begin(block, out);
  out.carried = std::move(state.previous_texts);
  for (state.at = 0; state.at < block.rows(); ++state.at) {
    Row row;
    if (!state.keys(row)) {
      continue;
    }
    state.inherit(row);
    if (!state.date(row) || !state.amounts(row)) {
      continue;
    }
    state.state(row);
    if (state.fill_down) {
      state.previous = row;
    }
    state.judge(row);
    state.put(row);
    state.meet(row);
  }
  state.remember();
}

bool fills_down(const Mapping& mapping, const FileInfo& info) {
  const auto key = mapping.find(Field::order_key);
  if (mapping.table == Table::orders || !key) {
    return false;
  }
  for (const Field field : {Field::ordered_at, Field::customer_key, Field::status, Field::channel,
                            Field::store_key, Field::region}) {
    const auto place = mapping.find(field);
    for (std::size_t row = 1; place && row < info.samples.size(); ++row) {
      const auto& now = info.samples[row];
      const auto& before = info.samples[row - 1];
      if (now[*key] == before[*key] && clean_text(now[*place]).empty() &&
          !clean_text(before[*place]).empty()) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace huitou::ingest
