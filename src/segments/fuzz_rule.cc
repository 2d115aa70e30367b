// Fuzz target of the rule language: words and JSON. tools/fuzz.sh builds and runs it.
//
// Properties: nothing crashes; every problem has a place inside the text and says something in both
// languages; what was read is printed, in either language and as JSON, so that reading it again
// gives the same.

#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "segments/segments.h"

namespace huitou::segments {
namespace {

void require(bool holds, const char* what) {
  if (!holds) {
    std::fprintf(stderr, "broken property: %s\n", what);
    std::abort();
  }
}

void try_all(std::string_view text) {
  const Reading reading = read(text);
  require(reading.rule.has_value() == reading.problems.empty(), "a rule or problems");
  for (const Problem& problem : reading.problems) {
    require(problem.at.begin <= problem.at.end && problem.at.end <= text.size(), "place");
    require(!problem.message.en.empty() && !problem.message.zh.empty(), "message");
    (void)place_of(text, problem.at.begin);
  }
  if (!reading.rule) return;
  for (const Language language : {Language::en, Language::zh}) {
    const std::string printed = print(*reading.rule, language);
    if (printed.size() > kMostBytes) continue;
    const Reading again = read(printed);
    require(again.rule.has_value() && *again.rule == *reading.rule, "printed and read");
  }
  (void)say(*reading.rule);
  (void)to_json(*reading.rule);
}

}  // namespace
}  // namespace huitou::segments

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  huitou::segments::try_all({reinterpret_cast<const char*>(data), size});
  return 0;
}
