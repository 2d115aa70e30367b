#include <charconv>

#include "ingest/canonical_state.h"
#include "ingest/hash.h"
#include "ingest/keys.h"

namespace huitou::ingest {
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
  state->has_contacts = std::any_of(kContacts.begin(), kContacts.end(),
                                    [&](Field field) { return mapping.has(field); });
  state->lines = mapping.table != Table::orders;
  state->fill_down = fills_down(mapping, info);
  return Converter(std::move(state));
}

Converter::Converter(std::unique_ptr<State> state) : state_(std::move(state)) {}
Converter::Converter(Converter&&) noexcept = default;
Converter& Converter::operator=(Converter&&) noexcept = default;
Converter::~Converter() = default;

void Converter::State::begin(std::size_t row_count, Converted& converted) {
  out = &converted;
  converted = Converted{};
  rows.clear();
  columns.fill(nullptr);
  const std::size_t expected = options.odd == nullptr ? row_count : 0;
  const std::vector<engine::TableColumn> all = staged_rows("").columns;
  converted.frame.columns.reserve(filled.size());
  std::size_t next = 0;
  for (std::size_t i = 0; i < all.size() && next < filled.size(); ++i) {
    if (all[i].name == filled[next].name) {
      converted.frame.columns.push_back(make_column(all[i].name, frame_type(all[i].type)));
      columns[i] = &converted.frame.columns.back();
      if (auto* values = std::get_if<std::vector<std::int64_t>>(&columns[i]->values)) {
        values->reserve(expected);
      }
      ++next;
    }
  }
  converted.customers.reserve(expected);
}

/// What says which line of its order the row is: its number, else its place in the file.
void Converter::State::line_of(Row& row) {
  row.line_number = static_cast<std::int64_t>(row.line & 0xffffffffU);
  if (!mapped(Field::line_number)) {
    return;
  }
  const std::string_view written = text(Field::line_number);
  row.line_key = hash(written);
  std::uint32_t number = 0;
  const char* end = written.data() + written.size();
  const auto read = std::from_chars(written.data(), end, number);
  if (read.ec == std::errc() && read.ptr == end) {
    row.line_number = number;
  }
}

/// What the row says of its order.
std::uint64_t Converter::State::head_of(const Row& row) const {
  const auto day = static_cast<std::uint64_t>(row.instant.local_day.days);
  std::uint64_t head = hash(row.customer, day * 2 + (row.status == kCancelled ? 1U : 0U));
  for (const std::string_view text : row.texts) {
    head = text.empty() ? head * 31 : hash(text, head);
  }
  return combine(head, static_cast<std::uint64_t>(row.amounts.order_paid.value_or(-1)));
}

/// Never 0. One pass over all fields of a row where they lie one after another.
std::uint64_t Converter::State::content_of(const Row& row) const {
  if (!block->in_order()) {
    std::uint64_t content = 0;
    for (std::size_t column = 0; column < block->columns(); ++column) {
      content = hash(block->at(row.at, column), content);
    }
    return content | 1U;
  }
  const std::string_view first = block->at(row.at, 0);
  const std::string_view last = block->at(row.at, block->columns() - 1);
  const auto size = static_cast<std::size_t>(last.data() + last.size() - first.data());
  return hash({first.data(), size}) | 1U;
}

/// A row as it is, for an order that waits.
void Converter::State::put(const Row& row) {
  const Amounts& amounts = row.amounts;
  if (mapped(Field::order_key)) {
    words(To::order_key, row.order_key);
  }
  integer(To::row, static_cast<std::int64_t>(row.line));
  integer(To::line_number, row.line_number);
  integer(To::line_key, static_cast<std::int64_t>(row.line_key));
  if (columns[static_cast<std::size_t>(To::head)] != nullptr) {
    integer(To::head, static_cast<std::int64_t>(head_of(row)));
  }
  if (columns[static_cast<std::size_t>(To::content)] != nullptr) {
    const std::uint64_t content = row.content != 0 ? row.content : content_of(row);
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
  words(To::product_key, row.product);
  words(To::category, row.category);
  for (std::size_t i = 0; i < kOrderTexts.size(); ++i) {
    words(kOrderTexts[i].second, row.texts[i]);
  }
  out->customers.push_back(row.customer);
  if (mapped(Field::customer_name)) {
    out->names.push_back(row.name);
  }
  if (mapped(Field::region)) {
    out->regions.push_back(row.texts[2]);
  }
  if (!mapped(Field::order_key)) {
    const std::uint64_t moment =
        combine(hash(row.customer), static_cast<std::uint64_t>(row.instant.utc));
    out->row_hashes.push_back(combine(moment, static_cast<std::uint64_t>(row.amounts.paid())));
  }
}

/// Products and stores of the row.
void Converter::State::meet(const Row& row) {
  if (lines && !row.product.empty() && seen_products.first_time(hash(row.product))) {
    out->products.push_back({std::string(row.product), std::string(text(Field::product_name)),
                             std::string(row.category), std::string(text(Field::brand))});
  }
  const std::string_view store = row.texts[1];
  if (!store.empty() && seen_stores.first_time(hash(store))) {
    out->stores.push_back(
        {std::string(store), std::string(text(Field::store_name)), std::string(row.texts[2]), ""});
  }
  if (has_contacts && !row.customer.empty()) {
    meet_contacts(row);
  }
  const Date day = row.instant.local_day;
  out->first_day = out->first_day ? std::min(*out->first_day, day) : day;
  out->last_day = out->last_day ? std::max(*out->last_day, day) : day;
}

/// Other keys of the row's customer.
void Converter::State::meet_contacts(const Row& row) {
  for (const Field field : kContacts) {
    const std::string_view written = text(field);
    if (written.empty() || !seen_keys.first_time(hash(written, hash(row.customer)))) {
      continue;
    }
    std::string key = normal_key(field_name(field), written);
    if (!key.empty()) {
      out->keys.push_back({std::string(row.customer), field_name(field), std::move(key)});
    }
  }
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
  state.block = &block;
  state.begin(block.rows(), out);
  for (const BadRow& bad : block.bad()) {
    const Rule rule = rule_of(bad.reason);
    out.findings.add(rule, bad.line, "", bad.text);
  }
  out.rows_read = block.rows() + block.bad().size();
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
    state.line_of(row);
    state.meet(row);
    if (state.options.odd == nullptr) {
      state.put(row);
    } else {
      state.rows.push_back(row);
    }
  }
  if (state.options.odd != nullptr) {
    key_runs(block, state.mapping, out.made.key_runs);
    state.make_runs(!state.lines);
  }
  state.remember();
}

void Converter::convert_order(std::vector<Row> rows, Converted& out) {
  state_->begin(0, out);
  state_->rows = std::move(rows);
  state_->make_runs(true);
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
