// A described REST source: JSON pages by page number, offset, cursor or `Link`, at the server's
// pace.

#include <nlohmann/json.hpp>
#include <set>

#include "connectors/fields.h"
#include "connectors/http_json/description.h"
#include "connectors/http_json/document.h"
#include "connectors/http_json/request.h"
#include "connectors/position.h"
#include "connectors/settings.h"

namespace huitou::connectors {

extern const Connector http_json;

namespace {

using nlohmann::json;

/// Where a run stands.
struct Place {
  std::string since;  ///< `until` of the last run
  bool inside = false;
  std::string at;  ///< which page, as the kind of paging says it; empty = the first
  std::int64_t page = 1;
  std::string newest;  ///< the latest `updated` seen
  std::string began;   ///< the server's clock at the first page, Unix seconds
};

std::string format_place(const Place& place) {
  Fields fields;
  if (!place.since.empty()) fields.emplace_back("since", place.since);
  if (place.inside) {
    fields.emplace_back("at", place.at);
    fields.emplace_back("page", std::to_string(place.page));
    fields.emplace_back("newest", place.newest);
    fields.emplace_back("began", place.began);
  }
  return join_fields(fields);
}

Result<Place> parse_place(std::string_view cursor) {
  const std::optional<Fields> fields = split_fields(cursor);
  if (!fields) return wrong_cursor(cursor);
  Place place;
  const auto is_count = [](const std::string& text) {
    return !text.empty() && text.size() < 18 && text.find_first_not_of("0123456789") == text.npos;
  };
  for (const auto& [name, value] : *fields) {
    if (name == "since") {
      place.since = value;
    } else if (name == "at") {
      place.inside = true;
      place.at = value;
    } else if (name == "page" && is_count(value)) {
      place.page = std::stoll(value);
    } else if (name == "newest") {
      place.newest = value;
    } else if (name == "began" && (value.empty() || is_count(value))) {
      place.began = value;
    } else {
      return wrong_cursor(cursor);
    }
  }
  return place;
}

Scalar as_time(const std::string& text) { return {Scalar::Kind::text, text}; }

class HttpJsonReader final : public Reader {
 public:
  HttpJsonReader(Description description, HttpManner manner)
      : description_(std::move(description)), getter_(std::move(manner)) {
    for (const JsonColumn& column : description_.columns) columns_.push_back({column.name, "json"});
  }

  const std::vector<SourceColumn>& columns() const override { return columns_; }

  Result<Page> next(std::string_view cursor) override {
    TRY(Place place, parse_place(cursor));
    if (!place.inside) {
      seen_.clear();
      last_rows_.reset();
    }
    place.inside = true;
    TRY(const std::string address, address_at(place));
    TRY(const HttpPage answer, getter_.get(address));
    const std::string name = "Page " + std::to_string(place.page) + " of " + bare(description_.url);
    TRY(const json document, parse_json(answer.body, name));
    TRY(const json* const rows, rows_of(document, name));
    Page page(columns_.size());
    if (rows != nullptr) {
      for (const json& row : *rows) TRY(push_row(page, row));
    }
    TRY(note_times(place, page, answer));
    const std::size_t count = rows == nullptr ? 0 : rows->size();
    TRY(const std::string following, following_page(place, document, {answer.link, count}));
    page.last = following.empty();
    if (page.last) {
      TRY(place, next_run(place));
    } else {
      TRY(guard(place, following, rows));
      place.at = following;
      ++place.page;
    }
    page.cursor = format_place(place);
    return page;
  }

 private:
  Result<std::string> address_at(const Place& place) const {
    std::string since;
    if (!place.since.empty() && description_.updated) {
      const std::optional<Scalar> from =
          earlier(as_time(place.since), description_.overlap_seconds);
      if (!from) return wrong_cursor(place.since);
      since = from->text;
    }
    if (description_.paging == Paging::link && !place.at.empty() &&
        origin_of(place.at) != origin_of(description_.url)) {
      return wrong_cursor(place.at);
    }
    return address_of(description_, place.at, since);
  }

  /// Null where the answer says null instead of an empty list.
  Result<const json*> rows_of(const json& document, const std::string& name) const {
    const json* rows = at_pointer(document, description_.rows);
    if (rows != nullptr && rows->is_null()) return static_cast<const json*>(nullptr);
    if (rows != nullptr && rows->is_array()) return rows;
    const std::string begin = cell_of(document).substr(0, 200);
    return Error{Code::invalid_input,
                 name + " has no list at '" + description_.rows + "': " + begin,
                 "Correct `rows`, or see what the server complains of.",
                 name + " 在“" + description_.rows + "”处没有列表：" + begin,
                 "请更正 `rows`，或查看服务器返回的错误。"};
  }

  Status push_row(Page& page, const json& row) const {
    if (description_.each.empty()) return push_cells(page, row, row);
    const json* elements = at_pointer(row, description_.each);
    if (elements == nullptr || !elements->is_array()) return {};
    for (const json& element : *elements) TRY(push_cells(page, row, element));
    return {};
  }

  Status push_cells(Page& page, const json& row, const json& element) const {
    for (const JsonColumn& column : description_.columns) {
      const json* value = at_pointer(column.of_element ? element : row, column.pointer);
      page.push(value == nullptr ? "" : cell_of(*value));
    }
    return {};
  }

  Status note_times(Place& place, const Page& page, const HttpPage& answer) const {
    if (!description_.updated) return {};
    if (place.began.empty() && answer.sent_at) place.began = std::to_string(*answer.sent_at);
    std::int64_t newest = place.newest.empty() ? 0 : micros_of(as_time(place.newest)).value_or(0);
    for (std::size_t row = 0; row < page.rows(); ++row) {
      const std::string text(page.at(row, *description_.updated));
      if (text.empty()) continue;
      const std::optional<std::int64_t> micros = micros_of(as_time(text));
      if (!micros) return until_of(as_time(text), 0).error();
      if (place.newest.empty() || *micros > newest) {
        place.newest = text;
        newest = *micros;
      }
    }
    return {};
  }

  struct Came {
    const std::string& link;
    std::size_t rows = 0;
  };
  /// Which page comes next; empty if this was the last.
  Result<std::string> following_page(const Place& place, const json& document,
                                     const Came& came) const {
    if (!description_.more.empty()) {
      const json* more = at_pointer(document, description_.more);
      if (more == nullptr || more->is_null() || *more == false) return std::string();
    }
    switch (description_.paging) {
      case Paging::none:
        return std::string();
      case Paging::page:
      case Paging::offset: {
        // A page may be shorter than asked for, so only one without rows is the end.
        if (came.rows == 0) return std::string();
        const bool counts = description_.paging == Paging::page;
        const std::int64_t first = counts ? description_.page_first : 0;
        std::int64_t now = first;
        if (!place.at.empty()) {
          if (place.at.size() > 17 || place.at.find_first_not_of("0123456789") != place.at.npos) {
            return wrong_cursor(place.at);
          }
          now = std::stoll(place.at);
        }
        return std::to_string(now + (counts ? 1 : static_cast<std::int64_t>(came.rows)));
      }
      case Paging::cursor: {
        const json* cursor = at_pointer(document, description_.cursor_pointer);
        return cursor == nullptr || *cursor == false ? std::string() : cell_of(*cursor);
      }
      case Paging::link:
        return next_link(description_, came.link);
    }
    return std::string();
  }

  /// A source whose pages go round in circles would be read for ever.
  Status guard(const Place& place, const std::string& following, const json* rows) {
    const std::size_t content = rows == nullptr ? 0 : std::hash<json>()(*rows);
    const bool same_rows = rows != nullptr && !rows->empty() && last_rows_ == content;
    last_rows_ = content;
    seen_.insert(place.at);
    const std::string page = std::to_string(place.page);
    if (same_rows || seen_.contains(following)) {
      return Error{
          Code::invalid_input,
          "The pages of " + bare(description_.url) + " go round in a circle: page " + page +
              (same_rows ? " is the same as the one before." : " leads back to an earlier one."),
          "Correct `paging` and its parameters.",
          bare(description_.url) + " 的分页陷入循环：第 " + page +
              (same_rows ? " 页与前一页相同。" : " 页又指回之前的页。"),
          "请更正 `paging` 及其参数。"};
    }
    if (place.page >= description_.most_pages) {
      const std::string most = std::to_string(description_.most_pages);
      return Error{Code::limit_reached, "The source has more than " + most + " pages (most_pages).",
                   "Raise `most_pages`, or ask for more rows a page.",
                   "数据源超过 " + most + " 页（most_pages）。",
                   "请调大 `most_pages` 或每页行数。"};
    }
    return {};
  }

  /// What changes while a run reads is left to the next one, so that begins no later than this
  /// began.
  Result<Place> next_run(const Place& place) const {
    if (!description_.updated) return Place{};
    if (place.newest.empty()) return Place{.since = place.since};
    if (place.began.empty()) return Place{.since = place.newest};
    TRY(const std::optional<Scalar> until,
        until_of(as_time(place.newest), std::stoll(place.began) * 1'000'000));
    return Place{.since = until ? until->text : place.since};
  }

  Description description_;
  HttpGetter getter_;
  std::vector<SourceColumn> columns_;
  std::set<std::string> seen_;
  std::optional<std::size_t> last_rows_;
};

Result<std::unique_ptr<Reader>> open_source(const Settings& settings, const Outside& outside) {
  TRY(Description description, description_of(http_json, settings));
  HttpManner manner{.headers = list_of(settings, "header"),
                    .requests_per_second = number_of(http_json, settings, "requests_per_second"),
                    .attempts = integer_of(http_json, settings, "attempts"),
                    .timeout_seconds = integer_of(http_json, settings, "timeout_seconds"),
                    .outside = outside};
  manner.headers.push_back("Accept: application/json");
  if (!description.token.empty() && description.token_param.empty()) {
    manner.headers.push_back(text_of(http_json, settings, "token_header") + ": " +
                             text_of(http_json, settings, "token_prefix") + description.token);
  }
  for (const std::string& line : manner.headers) {
    if (line.find(':') == line.npos || line.find_first_of("\r\n") != line.npos) {
      return Error{Code::invalid_input, "A header is not `Name: value` in one line.",
                   "Correct `header`, `token_header` or the secret of `token`.",
                   "请求头不是单行的 `名称: 值`。",
                   "请更正 `header`、`token_header` 或 `token` 对应的密钥。"};
    }
  }
  return std::unique_ptr<Reader>(
      std::make_unique<HttpJsonReader>(std::move(description), std::move(manner)));
}

}  // namespace

std::vector<Param> http_json_params();

const Connector http_json{
    .card = {.name = "http_json",
             .title = {"REST source", "REST 数据源"},
             .question = {"Which rows does a REST interface give, and which are new?",
                          "REST 接口提供了哪些行，哪些是新的？"},
             .method = {"Asks for one JSON page after another, at the server's pace, and takes the "
                        "cells from where JSON pointers say.",
                        "按服务器允许的速度逐页请求 JSON，用 JSON 指针取出各个单元格。"}},
    .params = http_json_params(),
    .secrets = {"token"},
    .open = open_source,
};

}  // namespace huitou::connectors
