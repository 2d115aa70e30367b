#include "connectors/http_json/document.h"

#include <nlohmann/json.hpp>
#include <vector>

namespace huitou::connectors {
namespace {

using nlohmann::json;

/// Builds the document; called by the parser for each thing it meets.
class Builder final : public nlohmann::json_sax<json> {
 public:
  json document;
  std::size_t wrong_at = 0;
  std::string wrong;

  bool null() override { return put(nullptr); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(number_integer_t value) override { return put(value); }
  bool number_unsigned(number_unsigned_t value) override { return put(value); }
  bool number_float(number_float_t, const string_t& text) override { return put(text); }
  bool string(string_t& value) override { return put(std::move(value)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(json::object()); }
  bool start_array(std::size_t) override { return open(json::array()); }
  bool key(string_t& name) override {
    key_ = std::move(name);
    return true;
  }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t at, const std::string&, const json::exception& error) override {
    wrong_at = at;
    wrong = error.what();
    return false;
  }

 private:
  bool put(json value) {
    place(std::move(value));
    return true;
  }
  json* place(json value) {
    if (open_.empty()) {
      document = std::move(value);
      return &document;
    }
    json& parent = *open_.back();
    if (parent.is_array()) return &parent.emplace_back(std::move(value));
    json& slot = parent[key_];
    slot = std::move(value);
    return &slot;
  }
  bool open(json value) {
    if (open_.size() >= kMostDepth) {
      wrong = "nested deeper than " + std::to_string(kMostDepth);
      return false;
    }
    open_.push_back(place(std::move(value)));
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  std::vector<json*> open_;  ///< a place stays where it is while what it holds grows
  std::string key_;
};

/// What the parser says after its own prefix.
std::string reason(const std::string& what) {
  const std::size_t at = what.find("syntax error");
  return at == what.npos ? what : what.substr(at);
}

}  // namespace

Result<json> parse_json(std::string_view text, const std::string& name) {
  Builder builder;
  if (json::sax_parse(text.begin(), text.end(), &builder)) return std::move(builder.document);
  const std::string place = std::to_string(builder.wrong_at);
  const std::string why = reason(builder.wrong).substr(0, 200);
  return Error{Code::invalid_input, name + " is no JSON at byte " + place + ": " + why + ".",
               "Check that the address gives JSON and nothing cuts it.",
               name + " 在第 " + place + " 字节处不是有效的 JSON：" + why + "。",
               "请确认该地址返回 JSON，且内容没有被截断。"};
}

std::string cell_of(const json& value) {
  if (value.is_string()) return value.get_ref<const std::string&>();
  if (value.is_null()) return "";
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

bool is_pointer(std::string_view text) {
  if (!text.empty() && text.front() != '/') return false;
  for (std::size_t at = text.find('~'); at != text.npos; at = text.find('~', at + 1)) {
    if (at + 1 >= text.size() || (text[at + 1] != '0' && text[at + 1] != '1')) return false;
  }
  return true;
}

const json* at_pointer(const json& document, std::string_view pointer) {
  const json* at = &document;
  while (!pointer.empty()) {
    pointer.remove_prefix(1);
    const std::string_view raw = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(raw.size());
    std::string word;
    for (std::size_t i = 0; i < raw.size(); ++i) {
      const bool escaped = raw[i] == '~' && i + 1 < raw.size();
      word += escaped ? (raw[++i] == '1' ? '/' : '~') : raw[i];
    }
    if (at->is_object()) {
      const auto found = at->find(word);
      if (found == at->end()) return nullptr;
      at = &*found;
    } else if (at->is_array() && !word.empty() && word.size() < 9 &&
               word.find_first_not_of("0123456789") == word.npos && std::stoul(word) < at->size()) {
      at = &(*at)[std::stoul(word)];
    } else {
      return nullptr;
    }
  }
  return at;
}

}  // namespace huitou::connectors
