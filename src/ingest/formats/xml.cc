#include "ingest/formats/xml.h"

#include <expat.h>

#include <algorithm>
#include <cstring>

#include "base/result.h"

namespace huitou::ingest {
namespace {

std::string_view local_name(const char* name) {
  const char* colon = std::strchr(name, ':');
  return colon == nullptr ? name : colon + 1;
}

}  // namespace

std::string_view XmlAttributes::get(std::string_view name) const {
  for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
    if (local_name(*pair) == name) {
      return pair[1];
    }
  }
  return {};
}

struct XmlParser::State {
  XML_Parser parser = XML_ParserCreate(nullptr);
  XmlTaker* taker = nullptr;

  ~State() { XML_ParserFree(parser); }
  static State& of(void* data) { return *static_cast<State*>(data); }
};

XmlParser::XmlParser(XmlTaker& taker) : state_(std::make_unique<State>()) {
  CHECK(state_->parser != nullptr);
  state_->taker = &taker;
  XML_Parser parser = state_->parser;
  XML_SetUserData(parser, state_.get());
  XML_SetElementHandler(
      parser,
      [](void* data, const char* name, const char** attributes) {
        State::of(data).taker->start(local_name(name), XmlAttributes(attributes));
      },
      [](void* data, const char* name) { State::of(data).taker->end(local_name(name)); });
  XML_SetCharacterDataHandler(parser, [](void* data, const char* text, int size) {
    State::of(data).taker->text({text, static_cast<std::size_t>(size)});
  });
  XML_SetStartDoctypeDeclHandler(parser,
                                 [](void* data, const char*, const char*, const char*, int) {
                                   XML_StopParser(State::of(data).parser, XML_FALSE);
                                 });
}

XmlParser::~XmlParser() = default;

bool XmlParser::feed(std::string_view bytes, bool last) {
  constexpr std::size_t kMost = 1 << 30;  // expat counts in int
  do {
    const std::size_t size = std::min(bytes.size(), kMost);
    const bool final = last && size == bytes.size();
    if (XML_Parse(state_->parser, bytes.data(), static_cast<int>(size), final ? 1 : 0) !=
        XML_STATUS_OK) {
      return false;
    }
    bytes.remove_prefix(size);
  } while (!bytes.empty());
  return true;
}

bool parse_xml(std::string_view text, XmlTaker& taker) {
  XmlParser parser(taker);
  return parser.feed(text, true);
}

}  // namespace huitou::ingest
