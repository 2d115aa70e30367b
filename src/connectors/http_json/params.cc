// What can be said of a REST source.

#include "connectors/connectors.h"

namespace huitou::connectors {

std::vector<Param> http_json_params();

namespace {

/// What a row is, and who may read it.
std::vector<Param> row_params() {
  return {
      {.name = "url",
       .doc = {"The address of the first page.", "第一页的地址。"},
       .required = true},
      {.name = "rows",
       .doc = {"JSON pointer to the list of rows, `/data/orders`; without it the answer itself is "
               "the list.",
               "指向行列表的 JSON 指针，如 `/data/orders`；不给则整个响应就是列表。"}},
      {.name = "each",
       .doc = {"JSON pointer in a row to a list; each of its elements becomes a row (order lines).",
               "行内指向某个列表的 JSON 指针；其中每个元素成为一行（如订单明细）。"}},
      {.name = "columns",
       .doc = {"`name=/pointer` for each column; `name` alone is `name=/name`, `name=@/pointer` is "
               "in the "
               "element of `each`.",
               "每列写作 `列名=/指针`；只写 `列名` 即 `列名=/列名`；`列名=@/指针` 取自 `each` "
               "的元素。"},
       .required = true,
       .repeated = true},
      {.name = "token", .doc = {"The secret that opens the source.", "访问数据源的密钥。"}},
      {.name = "token_header",
       .doc = {"The header that carries the token.", "携带密钥的请求头。"},
       .fallback = "Authorization"},
      {.name = "token_prefix",
       .doc = {"What stands before the token in its header.", "请求头中密钥前的文字。"},
       .fallback = "Bearer "},
      {.name = "token_param",
       .doc = {"Instead of a header: the parameter of the address that carries the token.",
               "代替请求头：携带密钥的地址参数。"}},
      {.name = "header",
       .doc = {"A further header, `Name: value`.", "其他请求头，`名称: 值`。"},
       .repeated = true},
  };
}

std::vector<Param> page_params() {
  return {
      {.name = "paging",
       .type = ParamType::choice,
       .doc = {"How the next page is asked for: one page only, a page number, a row number, a "
               "cursor in "
               "the answer, or the `Link` header.",
               "如何请求下一页：只有一页、页码、行号、响应中的游标或 `Link` 响应头。"},
       .fallback = "none",
       .choices = {"none", "page", "offset", "cursor", "link"}},
      {.name = "page_param",
       .doc = {"The parameter of the page or row number.", "页码或行号的参数名。"},
       .fallback = "page"},
      {.name = "page_first",
       .type = ParamType::integer,
       .doc = {"The number of the first page.", "第一页的页码。"},
       .fallback = "1",
       .at_least = 0,
       .at_most = 1},
      {.name = "size_param",
       .doc = {"The parameter of the number of rows a page.", "每页行数的参数名。"}},
      {.name = "page_size",
       .type = ParamType::integer,
       .doc = {"How many rows a page to ask for.", "每页请求的行数。"},
       .fallback = "100",
       .at_least = 1,
       .at_most = 10'000},
      {.name = "cursor_param",
       .doc = {"The parameter of the cursor.", "游标的参数名。"},
       .fallback = "cursor"},
      {.name = "cursor_pointer",
       .doc = {"JSON pointer to the next cursor in the answer.", "响应中下一个游标的 JSON 指针。"},
       .fallback = "/next_cursor"},
      {.name = "more",
       .doc = {"JSON pointer to what is false on the last page.",
               "指向“是否还有下一页”的 JSON 指针，最后一页为 false。"}},
  };
}

std::vector<Param> time_params() {
  return {
      {.name = "updated",
       .doc = {"The column with the time of the row's last change: later runs ask only for what "
               "has changed. "
               "Needs `since_param`.",
               "记录最后修改时间的列：之后的同步只请求有变化的行。需同时给出 `since_param`。"}},
      {.name = "since_param",
       .doc = {"The parameter that asks for rows changed since a time.",
               "请求某时间之后有变化的行的参数名。"}},
      {.name = "overlap_seconds",
       .type = ParamType::integer,
       .doc = {"How much before the last run's end is asked for again.",
               "与上次同步重叠读取的秒数。"},
       .fallback = "600",
       .at_least = 0,
       .at_most = 31'536'000},
      {.name = "requests_per_second",
       .type = ParamType::number,
       .doc = {"The most requests a second.", "每秒最多请求数。"},
       .fallback = "2",
       .at_least = 0.001,
       .at_most = 1000},
      {.name = "attempts",
       .type = ParamType::integer,
       .doc = {"How often a page is asked for while the server is busy or broken.",
               "服务器繁忙或出错时每页最多请求的次数。"},
       .fallback = "5",
       .at_least = 1,
       .at_most = 20},
      {.name = "timeout_seconds",
       .type = ParamType::integer,
       .doc = {"How long one request may take.", "单次请求的最长时间（秒）。"},
       .fallback = "60",
       .at_least = 1,
       .at_most = 3600},
      {.name = "most_pages",
       .type = ParamType::integer,
       .doc = {"The most pages of one run.", "一次同步最多读取的页数。"},
       .fallback = "100000",
       .at_least = 1,
       .at_most = 10'000'000},
  };
}

}  // namespace

std::vector<Param> http_json_params() {
  std::vector<Param> all = row_params();
  for (std::vector<Param>& more : std::vector{page_params(), time_params()}) {
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

}  // namespace huitou::connectors
