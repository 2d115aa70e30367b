// Plain chDB doing the same work as huitou, for the ratios of tools/bench.
//
//   chdb_peer [--path DIR] [--repeat N] < statements.sql
//
// Statements are separated by lines of `----`. One line of JSON for each: its kind, the seconds of
// each run, the rows of the answer and the answer's first row as text.

#include <chrono>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "engine/engine.h"

namespace {

using huitou::Frame;
using huitou::Result;

std::string first_row(const Frame& frame) {
  std::vector<std::string> values;
  for (const huitou::Column& column : frame.columns) {
    if (frame.rows() == 0 || column.is_null(0)) {
      values.emplace_back("null");
    } else if (column.type == huitou::ColumnType::text) {
      values.emplace_back(column.texts().at(0));
    } else if (column.type == huitou::ColumnType::real) {
      values.push_back(fmt::format("{}", column.reals()[0]));
    } else {
      values.push_back(fmt::format("{}", column.integers()[0]));
    }
  }
  return fmt::format("{}", fmt::join(values, " "));
}

bool is_select(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \n");
  return text.compare(begin == std::string::npos ? 0 : begin, 6, "SELECT") == 0;
}

Result<std::string> run(huitou::engine::Engine& engine, const std::string& text, int repeat) {
  huitou::engine::Query query;
  query.text = text;
  query.limits.seconds = 1800;
  query.limits.memory_bytes = 16ULL << 30;
  std::vector<double> seconds;
  Frame answer;
  for (int round = 0; round < (is_select(text) ? repeat : 1); ++round) {
    const auto began = std::chrono::steady_clock::now();
    if (is_select(text)) {
      TRY(answer, engine.query(query));
    } else {
      TRY(engine.execute(query));
    }
    seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
  }
  return fmt::format("{{\"seconds\": [{:.4f}], \"rows\": {}, \"first\": \"{}\"}}", fmt::join(seconds, ", "),
                     answer.rows(), first_row(answer));
}

std::vector<std::string> statements(const std::string& input) {
  std::vector<std::string> found;
  std::size_t begin = 0;
  while (begin < input.size()) {
    const std::size_t end = std::min(input.find("\n----\n", begin), input.size());
    found.push_back(input.substr(begin, end - begin));
    begin = end + 6;
  }
  return found;
}

}  // namespace

int main(int argc, char** argv) {
  huitou::engine::ChdbOptions options;
  int repeat = 1;
  for (int index = 1; index + 1 < argc; index += 2) {
    const std::string_view flag = argv[index];
    if (flag == "--path") {
      options.path = argv[index + 1];
    } else if (flag == "--repeat") {
      repeat = std::stoi(argv[index + 1]);
    }
  }
  const std::string input(std::istreambuf_iterator<char>(std::cin), {});
  auto engine = huitou::engine::open_chdb(options);
  if (!engine.ok()) {
    std::cerr << describe(engine.error()) << "\n";
    return 1;
  }
  for (const std::string& text : statements(input)) {
    const auto line = run(**engine, text, repeat);
    if (!line.ok()) {
      std::cerr << describe(line.error()) << "\n";
      return 1;
    }
    std::cout << *line << std::endl;
  }
  return 0;
}
