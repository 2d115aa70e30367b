#pragma once

// XML read from end to end, element by element. Names come without their prefix. Documents that
// declare types or entities of their own are refused.

#include <memory>
#include <string_view>

namespace huitou::ingest {

class XmlAttributes {
 public:
  explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}
  /// Empty if there is none of this name.
  std::string_view get(std::string_view name) const;

 private:
  const char** pairs_;
};

/// What is told of a document.
class XmlTaker {
 public:
  virtual ~XmlTaker() = default;
  virtual void start(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void end(std::string_view name) = 0;
  /// May come in several parts.
  virtual void text(std::string_view text) = 0;
};

class XmlParser {
 public:
  explicit XmlParser(XmlTaker& taker);
  ~XmlParser();
  XmlParser(const XmlParser&) = delete;
  XmlParser& operator=(const XmlParser&) = delete;
  /// The next bytes; false if they are not well-formed.
  bool feed(std::string_view bytes, bool last);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A whole document; false if it is not well-formed.
bool parse_xml(std::string_view text, XmlTaker& taker);

}  // namespace huitou::ingest
