#include "collect/body.h"

#include <gtest/gtest.h>

#include "collect/instant.h"

namespace huitou::collect {
namespace {

constexpr std::int64_t kNoon = 1'735'732'800'000;  // 2025-01-01T12:00:00Z

Result<Body> read(std::optional<Kind> kind, const std::string& body, const Limits& limits = {}) {
  return BodyReader(limits).read(kind, body);
}

TEST(Instant, ReadsWhatClientsWrite) {
  EXPECT_EQ(parse_instant("2025-01-01T12:00:00.000Z"), kNoon);
  EXPECT_EQ(parse_instant("2025-01-01T20:00:00+08:00"), kNoon);
  EXPECT_EQ(parse_instant("2025-01-01 07:00:00.25-0500"), kNoon + 250);
  EXPECT_EQ(parse_instant("2025-01-01T12:00:00.123456789Z"), kNoon + 123);
  EXPECT_EQ(parse_instant("2025-01-01"), kNoon - 12 * 3'600'000);
  for (const char* wrong : {"", "yesterday", "2025-02-30T00:00:00Z", "2025-01-01T25:00:00Z",
                            "2025-01-01T12:00:00Zx", "2025-01-01T12:00:00.Z", "20250101"}) {
    EXPECT_FALSE(parse_instant(wrong)) << wrong;
  }
  EXPECT_EQ(instant_of_number(1'735'732'800), kNoon);
  EXPECT_EQ(instant_of_number(1'735'732'800'000), kNoon);
}

// clock of the client   original    sent        received  ->  occurred
// ten minutes behind    11:40       11:50       12:00         11:50
// in 1970               1970 +0 s   1970 +5 s   12:00         11:59:55
// in 2099               2099 +0 s   2099 +5 s   12:00         11:59:55
TEST(Instant, TrustsTheClientForDistancesOnly) {
  const std::int64_t minute = 60'000;
  EXPECT_EQ(occurred({kNoon, kNoon - 20 * minute, kNoon - 10 * minute}), kNoon - 10 * minute);
  EXPECT_EQ(occurred({kNoon, 0, 5000}), kNoon - 5000);
  EXPECT_EQ(occurred({kNoon, 2 * kNoon, 2 * kNoon + 5000}), kNoon - 5000);
  EXPECT_EQ(occurred({kNoon, std::nullopt, 5000}), kNoon);
  EXPECT_EQ(occurred({kNoon, kNoon - minute, std::nullopt}), kNoon - minute);
  EXPECT_EQ(occurred({kNoon, kNoon + minute, std::nullopt}), kNoon) << "nothing after receiving";
  EXPECT_EQ(occurred({kNoon, 0, std::nullopt}), kNoon) << "nothing before 1990";
}

TEST(Line, ComesBackAsItWent) {
  std::string text;
  append_line({kNoon, Kind::page, "web", kNoon - 5, "made-1", R"({"a":1})"}, text);
  append_line({kNoon + 1, Kind::track, "app", std::nullopt, "", "{}"}, text);
  std::string_view rest = text;
  const auto first = next_line(rest);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->received_ms, kNoon);
  EXPECT_EQ(first->kind, Kind::page);
  EXPECT_EQ(first->source, "web");
  EXPECT_EQ(first->sent_ms, kNoon - 5);
  EXPECT_EQ(first->fallback_id, "made-1");
  EXPECT_EQ(first->json, R"({"a":1})");
  const auto second = next_line(rest);
  ASSERT_TRUE(second);
  EXPECT_FALSE(second->sent_ms);
  EXPECT_FALSE(next_line(rest));
}

TEST(Body, OneEventLosesItsWhiteSpaceAndNothingElse) {
  const auto body = read(Kind::track, R"({ "userId" : "u 1",
      "event": "Product Viewed", "messageId":"m1", "sentAt":"2025-01-01T12:00:00Z", "writeKey": "k" })");
  ASSERT_TRUE(body.ok()) << describe(body.error());
  ASSERT_EQ(body->items.size(), 1U);
  EXPECT_TRUE(body->items[0].has_message_id);
  EXPECT_EQ(body->write_key, "k");
  EXPECT_EQ(body->sent_ms, kNoon);
  EXPECT_EQ(
      body->json(body->items[0]),
      R"({"userId":"u 1","event":"Product Viewed","messageId":"m1","sentAt":"2025-01-01T12:00:00Z","writeKey":"k"})");
}

TEST(Body, TakesTheGoodEventsOfABatchAndRefusesTheOthersByPlace) {
  const auto body = read(std::nullopt, R"({"sentAt":"2025-01-01T12:00:00Z","batch":[
      {"type":"track","userId":1,"event":"a"},
      {"type":"track","userId":1},
      7,
      {"type":"dance","userId":1},
      {"type":"page","anonymousId":"x","messageId":"m"},
      {"type":"identify"},
      {"type":"alias","userId":"u"},
      {"type":"alias","userId":"u","previousId":"x"}]})");
  ASSERT_TRUE(body.ok()) << describe(body.error());
  std::vector<std::size_t> taken;
  for (const Body::Item& item : body->items) taken.push_back(item.index);
  std::vector<std::size_t> refused;
  for (const Refused& item : body->refused) refused.push_back(item.index);
  EXPECT_EQ(taken, (std::vector<std::size_t>{0, 4, 7}));
  EXPECT_EQ(refused, (std::vector<std::size_t>{1, 2, 3, 5, 6}));
  EXPECT_EQ(body->json(body->items[1]), R"({"type":"page","anonymousId":"x","messageId":"m"})");
  EXPECT_EQ(body->refused[0].error.message,
            "A track event needs the name of what happened in `event`.");
}

TEST(Body, RefusesWhatIsNoDelivery) {
  for (const char* broken : {"", "[]", "{", "{\"batch\":[}", "{\"a\":tru}", "{\"a\":\"\xff\"}",
                             "null", "{\"batch\":[{]}"}) {
    const auto body = read(std::nullopt, broken);
    ASSERT_FALSE(body.ok()) << broken;
    EXPECT_EQ(body.error().code, Code::invalid_input) << broken;
  }
  EXPECT_EQ(read(std::nullopt, "{}").error().message, "The body has no list `batch`.");
}

TEST(Body, NamesTheLimitThatWasMet) {
  const Limits small{.event_bytes = 60, .delivery_bytes = 400, .delivery_events = 2, .id_bytes = 4};
  const auto many = read(std::nullopt, R"({"batch":[1,2,3]})", small);
  EXPECT_EQ(many.error().message, "3 is over the limit delivery_events of 2.");
  const auto long_body = read(std::nullopt, std::string(401, ' '), small);
  EXPECT_EQ(long_body.error().message, "401 is over the limit delivery_bytes of 400.");
  const auto long_event = read(
      Kind::track,
      R"({"userId":"u","event":"e","properties":{"text":"0123456789012345678901234"}})", small);
  ASSERT_TRUE(long_event.ok());
  ASSERT_EQ(long_event->refused.size(), 1U);
  EXPECT_EQ(long_event->refused[0].error.message, "76 is over the limit event_bytes of 60.");
  const auto long_id = read(Kind::page, R"({"userId":"12345"})", small);
  EXPECT_EQ(long_id->refused.at(0).error.message, "5 is over the limit id_bytes of 4.");
}

}  // namespace
}  // namespace huitou::collect
