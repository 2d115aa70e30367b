#include "connectors/http_json/description.h"

#include <algorithm>
#include <array>

#include "connectors/fields.h"
#include "connectors/http_json/document.h"
#include "connectors/settings.h"

namespace huitou::connectors {
namespace {

constexpr std::array<std::string_view, 5> kPagings{"none", "page", "offset", "cursor", "link"};

Error wrong(const std::string& what, const std::string& what_zh) {
  return {Code::invalid_input, what, "See the guide of http_json for an example.", what_zh,
          "示例请见 http_json 指南。"};
}

/// `name`, `name=/pointer` or `name=@/pointer`.
Result<JsonColumn> column_of(const std::string& text, bool has_each) {
  const std::size_t equals = text.find('=');
  JsonColumn column{.name = text.substr(0, equals)};
  column.pointer = equals == text.npos ? "/" + text : text.substr(equals + 1);
  if (column.pointer.starts_with('@')) {
    column.of_element = true;
    column.pointer.erase(0, 1);
  }
  if (column.name.empty() || !is_pointer(column.pointer)) {
    return wrong("Column '" + text + "' is not `name=/pointer`.",
                 "列“" + text + "”不是 `列名=/指针` 的形式。");
  }
  if (column.of_element && !has_each) {
    return wrong("Column '" + text + "' begins with @, but there is no `each`.",
                 "列“" + text + "”以 @ 开头，但没有设置 `each`。");
  }
  return column;
}

/// The query of an address without one of its parameters.
std::string without_param(const std::string& url, const std::string& name) {
  const std::size_t question = url.find('?');
  if (name.empty() || question == url.npos) return url;
  std::string out = url.substr(0, question);
  std::string_view query = std::string_view(url).substr(question + 1);
  char mark = '?';
  while (!query.empty()) {
    const std::string_view part = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(part.size() + 1, query.size()));
    if (part.substr(0, part.find('=')) == name) continue;
    out.append(1, mark).append(part);
    mark = '&';
  }
  return out;
}

void add_param(std::string& url, const std::string& name, const std::string& value) {
  if (name.empty()) return;
  url.append(url.find('?') == url.npos ? "?" : "&")
      .append(escape(name))
      .append("=")
      .append(escape(value));
}

}  // namespace

Result<Description> description_of(const Connector& connector, const Settings& settings) {
  const auto text = [&](std::string_view name) { return text_of(connector, settings, name); };
  const auto integer = [&](std::string_view name) { return integer_of(connector, settings, name); };
  Description out{.url = text("url"),
                  .rows = text("rows"),
                  .each = text("each"),
                  .page_param = text("page_param"),
                  .page_first = integer("page_first"),
                  .size_param = text("size_param"),
                  .page_size = integer("page_size"),
                  .cursor_param = text("cursor_param"),
                  .cursor_pointer = text("cursor_pointer"),
                  .more = text("more"),
                  .since_param = text("since_param"),
                  .overlap_seconds = integer("overlap_seconds"),
                  .most_pages = integer("most_pages"),
                  .token = text("token"),
                  .token_param = text("token_param")};
  const auto* const kind = std::find(kPagings.begin(), kPagings.end(), text("paging"));
  CHECK(kind != kPagings.end());
  out.paging = static_cast<Paging>(kind - kPagings.begin());
  for (const std::string& pointer : {out.rows, out.each, out.cursor_pointer, out.more}) {
    if (!is_pointer(pointer)) {
      return wrong("'" + pointer + "' is no JSON pointer.", "“" + pointer + "”不是 JSON 指针。");
    }
  }
  for (const std::string& column : list_of(settings, "columns")) {
    TRY(JsonColumn read, column_of(column, !out.each.empty()));
    out.columns.push_back(std::move(read));
  }
  if (const std::string updated = text("updated"); !updated.empty()) {
    const auto at = std::find_if(out.columns.begin(), out.columns.end(),
                                 [&](const JsonColumn& column) { return column.name == updated; });
    if (at == out.columns.end() || out.since_param.empty()) {
      return wrong(
          "`updated` is '" + updated +
              "': it must be one of `columns`, and `since_param` be given.",
          "`updated` 为“" + updated + "”：它必须是 `columns` 之一，并需同时给出 `since_param`。");
    }
    out.updated = static_cast<std::size_t>(at - out.columns.begin());
  }
  return out;
}

std::string bare(std::string_view url) {
  std::string out(url.substr(0, url.find_first_of("?#")));
  const std::size_t host = out.find("://");
  const std::size_t at =
      host == out.npos ? out.npos : out.substr(0, out.find('/', host + 3)).rfind('@');
  return at == out.npos ? out : out.substr(0, host + 3) + out.substr(at + 1);
}

std::string origin_of(std::string_view url) {
  const std::size_t host = url.find("://");
  return host == url.npos ? "" : std::string(url.substr(0, url.find_first_of("/?#", host + 3)));
}

std::string address_of(const Description& description, const std::string& at,
                       const std::string& since) {
  std::string url = description.url;
  const bool is_link = description.paging == Paging::link && !at.empty();
  if (is_link) {
    url = at;
  } else {
    if (description.paging == Paging::page || description.paging == Paging::offset) {
      const std::int64_t first = description.paging == Paging::page ? description.page_first : 0;
      add_param(url, description.page_param, at.empty() ? std::to_string(first) : at);
    }
    if (description.paging == Paging::cursor && !at.empty()) {
      add_param(url, description.cursor_param, at);
    }
    if (!description.size_param.empty()) {
      add_param(url, description.size_param, std::to_string(description.page_size));
    }
    if (!since.empty()) add_param(url, description.since_param, since);
  }
  if (!description.token.empty()) add_param(url, description.token_param, description.token);
  return url;
}

Result<std::string> next_link(const Description& description, std::string_view header) {
  while (!header.empty()) {
    const std::size_t open = header.find('<'), close = header.find('>');
    if (open == header.npos || close == header.npos || close < open) break;
    std::string url(header.substr(open + 1, close - open - 1));
    header.remove_prefix(close + 1);
    const std::string_view attributes = header.substr(0, header.find('<'));
    if (attributes.find("rel=\"next\"") == attributes.npos &&
        attributes.find("rel=next") == attributes.npos) {
      continue;
    }
    const std::string origin = origin_of(description.url);
    if (url.starts_with('/') && !url.starts_with("//")) url = origin + url;
    if (origin_of(url) != origin) {
      return wrong("The next page is said to be at another server: " + bare(url) + ".",
                   "下一页指向另一台服务器：" + bare(url) + "。");
    }
    return without_param(url, description.token_param);
  }
  return std::string();
}

}  // namespace huitou::connectors
