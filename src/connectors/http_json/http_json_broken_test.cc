// Everything a server can do wrong.

#include <gtest/gtest.h>

#include "connectors/http_json/test_server.h"

namespace huitou::connectors {
namespace {

TEST(HttpJson, WaitsAsTheServerAsksAndTriesAgain) {
  int calls = 0;
  const Server server([&](const std::string&) {
    switch (++calls) {
      case 1:
        return Answer{.status = 429, .headers = "Retry-After: 7\r\n"};
      case 2:
        return Answer{.status = 503};
      case 3:
        return Answer{.body = "{\"list\":", .cut = true};
      case 4:
        return Answer{
            .status = 500,
            .headers = std::string(kDate) + "Retry-After: Sun, 05 Jan 2025 04:00:09 GMT\r\n"};
      default:
        return Answer{.body = R"({"list":[{"id":1}]})"};
    }
  });
  FakeClock clock;
  const Read read = read_all(plain(server, "none"), clock);
  ASSERT_TRUE(read.ok) << describe(read.error);
  EXPECT_EQ(clock.waits, (std::vector<double>{7, 2, 4, 9}));
}

TEST(HttpJson, GivesUpInTheEnd) {
  const Server server([](const std::string& head) {
    return has(head, "/slow") ? Answer{.status = 429, .headers = "Retry-After: 86400\r\n"}
                              : Answer{.status = 500, .body = "boom"};
  });
  FakeClock clock;
  Settings settings = plain(server, "none");
  settings["attempts"] = {"3"};
  Read read = read_all(settings, clock);
  EXPECT_EQ(read.error.code, Code::unavailable);
  EXPECT_TRUE(has(read.error.message, "500: boom"));
  EXPECT_EQ(clock.waits, (std::vector<double>{1, 2}));
  settings["url"] = {server.url() + "/slow"};
  EXPECT_EQ(read_all(settings, clock).error.code, Code::unavailable);
  EXPECT_EQ(clock.waits.size(), 2U);  // a day is not waited for
  settings["url"] = {"http://127.0.0.1:1/"};
  read = read_all(settings, clock);
  EXPECT_EQ(read.error.code, Code::unavailable);
  EXPECT_TRUE(has(read.error.message, "127.0.0.1:1"));
}

TEST(HttpJson, ACancelledWaitEndsAtOnce) {
  const Server server([](const std::string&) { return Answer{.status = 500}; });
  const Outside cancelled{.seconds = [] { return 0.0; }, .wait = [](double) { return false; }};
  auto reader = open(**find("http_json"), plain(server, "none"), cancelled);
  ASSERT_TRUE(reader.ok());
  EXPECT_TRUE(has((*reader)->next("").error().message, "cancelled"));
}

TEST(HttpJson, PagesThatGoRoundAreAnError) {
  std::string origin;
  const Server server([&](const std::string& head) {
    Answer answer{.body = R"({"list":[{"id":1}],"next_cursor":"same"})"};
    if (has(head, "cursor=")) answer.body = R"({"list":[{"id":2}],"next_cursor":"same"})";
    answer.headers = "Link: <" + origin + "/orders>; rel=next\r\n";
    return answer;
  });
  origin = server.url();
  FakeClock clock;
  for (const std::string paging : {"cursor", "page", "offset", "link"}) {
    const Read read = read_all(plain(server, paging), clock);
    EXPECT_EQ(read.error.code, Code::invalid_input) << paging;
    EXPECT_TRUE(has(read.error.message, "circle")) << read.error.message;
    EXPECT_LE(read.rows.size(), 2U);
  }
}

TEST(HttpJson, EndlessPagesMeetALimit) {
  int calls = 0;
  const Server server([&](const std::string&) {
    return Answer{.body = "{\"list\":[" + std::to_string(++calls) + "]}"};
  });
  FakeClock clock;
  Settings settings = plain(server, "page");
  settings["most_pages"] = {"20"};
  const Read read = read_all(settings, clock);
  EXPECT_EQ(read.error.code, Code::limit_reached);
  EXPECT_TRUE(has(read.error.message, "20 pages"));
}

TEST(HttpJson, SaysWhatIsWrongWithAnAnswer) {
  struct Case {
    Answer answer;
    Code code;
    std::string_view named;
  };
  const Case cases[] = {
      {{.body = R"({"list":[{"id":1},]})"}, Code::invalid_input, "Page 1 of"},
      {{.body = R"({"list":[{"id":1},]})"}, Code::invalid_input, "byte 19"},
      {{.body = "<html>maintenance</html>"}, Code::invalid_input, "byte 1"},
      {{.body = ""}, Code::invalid_input, "byte 1"},
      {{.body = "{\"list\":\"\xff\"}"}, Code::invalid_input, "byte 10"},
      {{.body = "{\"list\":" + std::string(100'000, '[')}, Code::invalid_input, "deeper than 100"},
      {{.body = R"({"orders":[]})"}, Code::invalid_input, "'/list'"},
      {{.body = R"({"list":{"id":1}})"}, Code::invalid_input, "'/list'"},
      {{.body = std::string((64U << 20U) + 1, ' ')}, Code::limit_reached, "64 MiB"},
      {{.status = 404}, Code::not_found, "404"},
      {{.status = 400, .body = "bad page"}, Code::invalid_input, "bad page"},
      {{.status = 302, .headers = "Location: https://evil.example/x?secret=1\r\n"},
       Code::invalid_input,
       "https://evil.example/x ("},
  };
  for (const Case& c : cases) {
    const Server server([&](const std::string&) { return c.answer; });
    FakeClock clock;
    const Read read = read_all(plain(server, "none"), clock);
    EXPECT_EQ(read.error.code, c.code) << c.named;
    EXPECT_TRUE(has(read.error.message, c.named)) << read.error.message;
    EXPECT_FALSE(read.error.message_zh.empty());
  }
}

TEST(HttpJson, TheNextPageIsAtTheSameServer) {
  const Server server([](const std::string&) {
    return Answer{.body = R"({"list":[{"id":1}]})",
                  .headers = "Link: <http://127.0.0.2/orders?x=1>; rel=\"next\"\r\n"};
  });
  FakeClock clock;
  const Read read = read_all(plain(server, "link"), clock);
  EXPECT_EQ(read.error.code, Code::invalid_input);
  EXPECT_TRUE(has(read.error.message, "another server"));
  const Read forged = read_all(plain(server, "link"), clock,
                               "at=http%3A%2F%2Fevil.example%2F&page=2&newest=&began=");
  EXPECT_EQ(forged.error.code, Code::invalid_input);
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST(HttpJson, RefusesSettingsThatCannotBe) {
  struct Case {
    std::string name;
    std::vector<std::string> values;
  };
  const Case cases[] = {{"url", {"ftp://shop/x"}},    {"rows", {"list"}},
                        {"columns", {"id=list"}},     {"columns", {"sku=@/sku"}},
                        {"paging", {"pages"}},        {"updated", {"id"}},
                        {"header", {"X: a\r\nY: b"}}, {"requests_per_second", {"0"}}};
  const Server server([](const std::string&) { return Answer{.body = "[]"}; });
  for (const Case& c : cases) {
    Settings settings = plain(server, "none");
    settings[c.name] = c.values;
    FakeClock clock;
    EXPECT_EQ(read_all(settings, clock).error.code, Code::invalid_input) << c.name;
  }
  EXPECT_TRUE(server.requests().empty());
}

}  // namespace
}  // namespace huitou::connectors
