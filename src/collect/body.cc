#include "collect/body.h"

#include <fmt/format.h>
#include <simdjson.h>

#include "collect/instant.h"
#include "collect/scanner.h"

namespace huitou::collect {
namespace {

namespace dom = simdjson::dom;

Error wrong(std::string en, std::string zh) {
  return {Code::invalid_input, std::move(en),
          "See the guide on collecting events for what a body looks like.", std::move(zh),
          "请求体的格式见指南“行为采集”。"};
}

Error over(std::string_view limit, std::size_t allowed, std::size_t found) {
  return {Code::limit_reached, fmt::format("{} is over the limit {} of {}.", found, limit, allowed),
          "Send less at once.", fmt::format("{} 超过上限 {}（{}）。", found, limit, allowed),
          "请减少一次发送的量。"};
}

std::string_view text_of(const dom::object& object, std::string_view name) {
  std::string_view text;
  return object.at_key(name).get(text) == simdjson::SUCCESS ? text : std::string_view();
}

enum class Identifier { none, good, too_long };

/// A text or a whole number that says who or which.
Identifier identifier(const dom::object& object, std::string_view name, std::size_t limit) {
  dom::element value;
  if (object.at_key(name).get(value) != simdjson::SUCCESS) return Identifier::none;
  if (value.is_int64() || value.is_uint64()) return Identifier::good;
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS || text.empty()) return Identifier::none;
  return text.size() > limit ? Identifier::too_long : Identifier::good;
}

std::optional<std::int64_t> instant_at(const dom::object& object, std::string_view name) {
  return parse_instant(text_of(object, name));
}

/// What an event must have. Nothing if it has it.
std::optional<Error> fault_of(const dom::object& event, Kind kind, const Limits& limits) {
  const auto has = [&](std::string_view name) { return identifier(event, name, limits.id_bytes); };
  for (const std::string_view name :
       {"messageId", "userId", "anonymousId", "previousId", "groupId", "event"}) {
    if (has(name) == Identifier::too_long) {
      return over("id_bytes", limits.id_bytes, text_of(event, name).size());
    }
  }
  const bool known = has("userId") == Identifier::good || has("anonymousId") == Identifier::good;
  if (kind == Kind::alias) {
    if (has("userId") == Identifier::good && has("previousId") == Identifier::good) return {};
    return wrong("An alias event needs userId and previousId.",
                 "alias 事件需要 userId 和 previousId。");
  }
  if (!known) {
    return wrong("The event needs userId or anonymousId.", "事件需要 userId 或 anonymousId。");
  }
  if (kind == Kind::track && has("event") != Identifier::good) {
    return wrong("A track event needs the name of what happened in `event`.",
                 "track 事件需要在 event 中给出事件名称。");
  }
  if (kind == Kind::group && has("groupId") != Identifier::good) {
    return wrong("A group event needs groupId.", "group 事件需要 groupId。");
  }
  return {};
}

/// An event's own name of its kind: `type`, or `action` as old clients call it.
std::optional<Kind> kind_of(const dom::object& event) {
  const auto kind = parse_kind(text_of(event, "type"));
  return kind ? kind : parse_kind(text_of(event, "action"));
}

struct Event {
  const dom::object& object;
  std::string_view raw;
  std::size_t index = 0;
};

/// Notes an event of the body, or its fault.
void put(const Event& event, std::optional<Kind> kind, const Limits& limits, Body& body) {
  const auto refuse = [&](Error error) { body.refused.push_back({event.index, std::move(error)}); };
  if (!kind) {
    return refuse(wrong("The event's type is none of track, identify, page, screen, group, alias.",
                        "事件的 type 不是 track、identify、page、screen、group、alias 之一。"));
  }
  if (const auto fault = fault_of(event.object, *kind, limits)) return refuse(*fault);
  if (event.raw.size() > limits.event_bytes) {
    return refuse(over("event_bytes", limits.event_bytes, event.raw.size()));
  }
  const bool has_id = identifier(event.object, "messageId", limits.id_bytes) == Identifier::good;
  const auto begin = static_cast<std::size_t>(event.raw.data() - body.text.data());
  body.items.push_back({event.index, *kind, has_id, begin, event.raw.size()});
}

}  // namespace

struct BodyReader::Parsers {
  dom::parser tree;
  std::string padded;

  Status batch(const dom::object& root, const Limits& limits, Body& body);
};

/// The tree says what is in each event, the scanner where its text begins and ends.
Status BodyReader::Parsers::batch(const dom::object& root, const Limits& limits, Body& body) {
  dom::array events;
  Scanner scanner(body.text);
  if (root.at_key("batch").get(events) != simdjson::SUCCESS || !scanner.find("\"batch\"") ||
      !scanner.take('[')) {
    return wrong("The body has no list `batch`.", "请求体中没有列表 batch。");
  }
  std::size_t index = 0;
  for (const dom::element event : events) {
    if (index == limits.delivery_events) {
      return over("delivery_events", limits.delivery_events, events.size());
    }
    const std::string_view raw = scanner.value();
    scanner.take(',');
    dom::object object;
    if (event.get(object) == simdjson::SUCCESS) {
      put({object, raw, index}, kind_of(object), limits, body);
    } else {
      body.refused.push_back({index, wrong("The event is no object.", "该事件不是对象。")});
    }
    ++index;
  }
  return {};
}

BodyReader::BodyReader(const Limits& limits)
    : limits_(limits), parsers_(std::make_unique<Parsers>()) {}
BodyReader::~BodyReader() = default;

Result<Body> BodyReader::read(std::optional<Kind> kind, std::string_view body) {
  if (body.size() > limits_.delivery_bytes) {
    return over("delivery_bytes", limits_.delivery_bytes, body.size());
  }
  std::string& padded = parsers_->padded;
  padded.reserve(body.size() + simdjson::SIMDJSON_PADDING);
  padded.assign(body);
  dom::object root;
  const auto error =
      parsers_->tree
          .parse(reinterpret_cast<const std::uint8_t*>(padded.data()), padded.size(), false)
          .get(root);
  if (error != simdjson::SUCCESS) {
    const std::string what = simdjson::error_message(error);
    return wrong("The body is not a JSON object: " + what, "请求体不是 JSON 对象：" + what);
  }
  Body out;
  out.write_key = text_of(root, "writeKey");
  out.sent_ms = instant_at(root, "sentAt");
  std::size_t size = 0;
  out.text.resize(padded.size());
  CHECK(simdjson::minify(padded.data(), padded.size(), out.text.data(), size) == simdjson::SUCCESS);
  out.text.resize(size);
  if (kind) {
    put({root, out.text, 0}, kind, limits_, out);
  } else {
    TRY(parsers_->batch(root, limits_, out));
  }
  return out;
}

}  // namespace huitou::collect
