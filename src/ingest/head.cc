#include "ingest/head.h"

#include <fmt/format.h>

#include <set>

#include "ingest/bytes.h"

namespace huitou::ingest {
namespace {

std::string tidy_name(std::string_view name) {
  std::string tidy;
  for (const char c : name) {
    const bool blank = c == ' ' || c == '"' || c == '\t' || c == '\r' || c == '\n';
    if (!blank) {
      tidy.push_back(c);
    } else if (!tidy.empty() && tidy.back() != ' ') {
      tidy.push_back(' ');
    }
  }
  while (!tidy.empty() && tidy.back() == ' ') {
    tidy.pop_back();
  }
  return tidy;
}

}  // namespace

Error refuse(const std::string& path, Words what, Words advice) {
  const std::string name = file_name(path);
  return {Code::invalid_input, fmt::format("{} {}", name, what.en), std::string(advice.en),
          fmt::format("{} {}", name, what.zh), std::string(advice.zh)};
}

Status check_width(const std::string& path, std::size_t columns) {
  if (columns <= kMaxColumns) {
    return {};
  }
  const std::string name = file_name(path);
  return Error{Code::limit_reached,
               fmt::format("{} has {} columns, at most {} are read", name, columns, kMaxColumns),
               "Keep the columns of orders",
               fmt::format("{} 有 {} 列，最多读取 {} 列", name, columns, kMaxColumns),
               "请只保留订单相关的列"};
}

void name_columns(const std::vector<std::string>& names, FileInfo& info) {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::string name = tidy_name(names[i]);
    if (name.empty()) {
      name = fmt::format("c{}", i + 1);
    }
    std::string unique = name;
    for (int number = 2; !seen.insert(unique).second; ++number) {
      unique = fmt::format("{}_{}", name, number);
    }
    if (unique != name) {
      info.notes.push_back(
          {"duplicate_column",
           {fmt::format("Two columns are called {}: the second is read as {}", name, unique),
            fmt::format("有两列都叫 {}：第二列按 {} 读取", name, unique)}});
    }
    info.columns.push_back(std::move(unique));
  }
}

void note_passed_over(const std::vector<Record>& records, std::size_t first, FileInfo& info) {
  if (first == 0) {
    return;
  }
  std::string title;
  for (const std::string& field : records.front().fields) {
    title += title.empty() || field.empty() ? field : " " + field;
  }
  info.notes.push_back(
      {"title_lines",
       {fmt::format("{} lines before the table were passed over: {}", first, title),
        fmt::format("表格前的 {} 行标题已跳过：{}", first, title)}});
}

std::string join_names(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) {
    out += (out.empty() ? "" : ", ") + name;
  }
  return out;
}

}  // namespace huitou::ingest
