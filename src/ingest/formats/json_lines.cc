#include "ingest/formats/json_lines.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <map>
#include <set>
#include <unordered_map>

#include "ingest/bytes.h"
#include "ingest/formats/cells.h"
#include "ingest/head.h"

namespace huitou::ingest {
namespace {

using simdjson::dom::element;
using simdjson::dom::element_type;
using simdjson::dom::object;

constexpr std::string_view kMark = "\xef\xbb\xbf";
constexpr std::size_t kBeginning = 200;  // of a line that is no object

static_assert(Buffer::kPadding >= simdjson::SIMDJSON_PADDING);

std::string_view without_blanks(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) {
    return {};
  }
  return line.substr(begin, line.find_last_not_of(" \t\r") - begin + 1);
}

std::string beginning_of(std::string_view line) {
  std::size_t size = std::min(line.size(), kBeginning);
  while (size > 0 && size < line.size() &&
         (static_cast<unsigned char>(line[size]) & 0xc0) == 0x80) {
    --size;
  }
  return std::string(line.substr(0, size));
}

/// The text of a value; nothing for null.
void append_value(const element& value, std::string& to) {
  switch (value.type()) {
    case element_type::STRING:
      to.append(value.get_string().value_unsafe());
      break;
    case element_type::INT64:
      to.append(std::to_string(value.get_int64().value_unsafe()));
      break;
    case element_type::UINT64:
      to.append(std::to_string(value.get_uint64().value_unsafe()));
      break;
    case element_type::DOUBLE:
      append_number(fmt::format("{}", value.get_double().value_unsafe()), Shown::number, false, to);
      break;
    case element_type::BOOL:
      to.append(value.get_bool().value_unsafe() ? "true" : "false");
      break;
    default:
      break;
  }
}

/// Calls `take(name, value)` for each member that is neither object nor list, `list(name)` for
/// each list. `name` is dotted and must be empty at the beginning.
template <typename Take, typename List>
void walk(const object& members, std::string& name, const Take& take, const List& list) {
  const std::size_t outer = name.size();
  for (const auto& [key, value] : members) {
    if (outer > 0) {
      name += '.';
    }
    name += key;
    if (value.is_object()) {
      walk(value.get_object().value_unsafe(), name, take, list);
    } else if (value.is_array()) {
      list(name);
    } else {
      take(name, value);
    }
    name.resize(outer);
  }
}

/// Lines of a text, with kPadding bytes to be read behind it; `take(line number, object)` for each
/// object, `bad(line number, line)` for each line that is none.
template <typename Take, typename Bad>
std::uint64_t each_object(std::string_view text, std::uint64_t first_line, const Take& take,
                          const Bad& bad) {
  simdjson::dom::parser parser;
  std::uint64_t blank = 0;
  for (std::uint64_t line = first_line; !text.empty(); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view record = without_blanks(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (record.empty()) {
      ++blank;
      continue;
    }
    object members;
    if (parser.parse(record.data(), record.size(), false).get(members) == simdjson::SUCCESS) {
      take(line, members);
    } else {
      bad(line, record);
    }
  }
  return blank;
}

class JsonLinesReader : public RowReader {
 public:
  explicit JsonLinesReader(TableReader lines) : lines_(std::move(lines)) {
    for (std::size_t i = 0; i < info().columns.size(); ++i) {
      columns_.emplace(info().columns[i], i);
    }
  }
  const FileInfo& info() const override { return lines_.info(); }
  Result<bool> fetch(RawBlock& block) override { return lines_.next_chunk(block.chunk()); }

  Status cut(RawBlock& block) const override {
    const Chunk& chunk = block.chunk();
    block.clear(columns_.size());
    block.set_consumed(chunk.consumed);
    std::vector<std::string> cells(columns_.size());
    std::vector<std::string_view> fields(columns_.size());
    std::string name;
    const std::uint64_t blank = each_object(
        chunk.bytes.text(), chunk.first_line,
        [&](std::uint64_t line, const object& members) {
          for (std::string& cell : cells) {
            cell.clear();
          }
          walk(
              members, name,
              [&](const std::string& column, const element& value) {
                const auto place = columns_.find(column);
                if (place != columns_.end()) {
                  cells[place->second].clear();
                  append_value(value, cells[place->second]);
                }
              },
              [](const std::string&) {});
          std::copy(cells.begin(), cells.end(), fields.begin());
          block.append(line, fields);
        },
        [&](std::uint64_t line, std::string_view text) {
          block.append_bad({line, BadReason::no_object, 0, columns_.size(), beginning_of(text)});
        });
    for (std::uint64_t i = 0; i < blank; ++i) {
      block.add_blank_line();
    }
    return {};
  }

 private:
  TableReader lines_;
  std::unordered_map<std::string, std::size_t> columns_;
};

void note_lists(const std::set<std::string>& lists, FileInfo& info) {
  if (lists.empty()) {
    return;
  }
  const std::string names = join_names({lists.begin(), lists.end()});
  info.notes.push_back(
      {"lists_not_read",
       {fmt::format("Lists are not read: {}. Export what they hold with a line for each.", names),
        fmt::format("不读取列表：{}。请把其中的内容按每项一行导出。", names)}});
}

}  // namespace

bool looks_like_json_lines(const std::string& path, std::string_view head) {
  if (head.starts_with(kMark)) {
    head.remove_prefix(kMark.size());
  }
  const std::size_t begin = head.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos || head[begin] != '{') {
    return false;
  }
  std::string name = path.ends_with(".gz") ? path.substr(0, path.size() - 3) : path;
  if (name.ends_with(".jsonl") || name.ends_with(".ndjson")) {
    return true;
  }
  const std::string_view rest = head.substr(begin);
  const simdjson::padded_string line(rest.substr(0, rest.find('\n')));
  simdjson::dom::parser parser;
  object members;
  return parser.parse(line).get(members) == simdjson::SUCCESS;
}

Result<FileInfo> inspect_json_lines(const std::string& path) {
  FileInfo info{.path = path, .format = Format::json_lines};
  info.dialect = {.delimiter = '\n', .quotes = false, .newline = '\n', .has_header = true};
  TRY(const std::unique_ptr<ByteSource> source, ByteSource::open(path));
  info.file_bytes = source->file_bytes();
  info.packed = source->packed();
  std::array<char, 3> mark{};
  TRY(const std::size_t got, source->read(mark.data(), mark.size()));
  info.data_offset = std::string_view(mark.data(), got) == kMark ? kMark.size() : 0;
  TRY(TableReader lines, TableReader::open(info));
  Chunk chunk;
  TRY(const bool any, lines.next_chunk(chunk));
  std::vector<std::map<std::size_t, std::string>> rows;
  std::unordered_map<std::string, std::size_t> columns;
  std::set<std::string> lists;
  std::uint64_t objects = 0;
  std::string name;
  each_object(
      any ? chunk.bytes.text() : std::string_view(), 1,
      [&](std::uint64_t, const object& members) {
        if (++objects > kSampleRows) {
          return;
        }
        auto& row = rows.emplace_back();
        walk(
            members, name,
            [&](const std::string& column, const element& value) {
              const auto place = columns.try_emplace(column, columns.size()).first;
              append_value(value, row[place->second]);
            },
            [&](const std::string& list) { lists.insert(list); });
      },
      [](std::uint64_t, std::string_view) {});
  if (columns.empty()) {
    return refuse(path, {"holds no line that is a JSON object", "没有一行是 JSON 对象"},
                  {"Export an object a line", "请每行导出一个 JSON 对象"});
  }
  TRY(check_width(path, columns.size()));
  info.columns.resize(columns.size());
  for (const auto& [column, place] : columns) {
    info.columns[place] = column;
  }
  for (const auto& row : rows) {
    auto& sample = info.samples.emplace_back(columns.size());
    for (const auto& [place, value] : row) {
      sample[place] = value;
    }
  }
  note_lists(lists, info);
  const double factor = static_cast<double>(info.file_bytes) /
                        static_cast<double>(std::max<std::uint64_t>(1, chunk.consumed));
  info.estimated_rows =
      static_cast<std::uint64_t>(static_cast<double>(objects) * std::max(1.0, factor));
  return info;
}

Result<std::unique_ptr<RowReader>> open_json_lines(const FileInfo& info) {
  TRY(TableReader lines, TableReader::open(info));
  return std::unique_ptr<RowReader>(std::make_unique<JsonLinesReader>(std::move(lines)));
}

}  // namespace huitou::ingest
