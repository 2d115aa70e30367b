// Recorded pages of two shops' interfaces (written by us after their public descriptions).

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "connectors/http_json/test_server.h"

namespace huitou::connectors {
namespace {

std::string fixture(const std::string& name) {
  std::ifstream file("src/connectors/http_json/fixtures/" + name + ".json");
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_FALSE(text.str().empty()) << name;
  return text.str();
}

Settings shopify(const Server& server) {
  return {{"url", {server.url() + "/admin/api/orders.json?status=any"}},
          {"rows", {"/orders"}},
          {"columns", {"id", "email", "total=/total_price", "customer=/customer/id", "updated_at"}},
          {"token", {"shpat_5ecret"}},
          {"token_header", {"X-Shopify-Access-Token"}},
          {"token_prefix", {""}},
          {"paging", {"link"}},
          {"size_param", {"limit"}},
          {"page_size", {"2"}},
          {"updated", {"updated_at"}},
          {"since_param", {"updated_at_min"}}};
}

Answer shopify_answer(const std::string& head, const std::string& origin) {
  if (!has(head, "X-Shopify-Access-Token: shpat_5ecret"))
    return {.status = 401, .body = "{\"errors\":\"no\"}"};
  const int page = has(head, "page_info=p3") ? 3 : has(head, "page_info=p2") ? 2 : 1;
  Answer answer{.body = fixture("shopify_orders_" + std::to_string(page)), .headers = kDate};
  const std::string next = std::to_string(page + 1);
  if (page < 3) {
    answer.headers += "Link: <" + origin + "/x?page_info=p0>; rel=\"previous\", <" + origin +
                      "/admin/api/orders.json?limit=2&page_info=p" + next + ">; rel=\"next\"\r\n";
  }
  return answer;
}

TEST(HttpJson, ReadsAShopThatPagesByLink) {
  std::string origin;
  const Server server([&](const std::string& head) { return shopify_answer(head, origin); });
  origin = server.url();
  FakeClock clock;
  const Read read = read_all(shopify(server), clock);
  ASSERT_TRUE(read.ok) << describe(read.error);
  ASSERT_EQ(read.rows.size(), 5U);
  EXPECT_EQ(read.rows[0], (std::vector<std::string>{"5800000000001", "c1@example.com", "104.80",
                                                    "7000000000001", "2025-01-01T09:31:00+08:00"}));
  EXPECT_EQ(read.rows[3][3], "");                           // no customer
  EXPECT_EQ(clock.waits, (std::vector<double>{0.5, 0.5}));  // two requests a second
  ASSERT_EQ(server.requests().size(), 3U);
  EXPECT_EQ(server.requests()[0], "GET /admin/api/orders.json?status=any&limit=2");

  // The server's clock says 12:00 (+08:00), which is the latest change too; the next run asks from
  // ten minutes before.
  EXPECT_TRUE(read_all(shopify(server), clock, read.cursor).ok);
  EXPECT_EQ(
      server.requests()[3],
      "GET /admin/api/orders.json?status=any&limit=2&updated_at_min=2025-01-05T11:50:00%2B08:00");
}

TEST(HttpJson, AnotherReaderGoesOnFromAKeptPage) {
  std::string origin;
  const Server server([&](const std::string& head) { return shopify_answer(head, origin); });
  origin = server.url();
  FakeClock clock;
  auto first = open(**find("http_json"), shopify(server), clock.outside());
  ASSERT_TRUE(first.ok());
  const Result<Page> page = (*first)->next("");
  ASSERT_TRUE(page.ok());
  EXPECT_FALSE(has(page->cursor, "5ecret"));
  const Read rest = read_all(shopify(server), clock, page->cursor);
  ASSERT_TRUE(rest.ok) << describe(rest.error);
  EXPECT_EQ(rest.rows.size(), 3U);
  EXPECT_EQ(rest.cursor, "since=2025-01-05T12:00:00%2B08:00");  // of the first page
}

TEST(HttpJson, MakesRowsOfTheListInARow) {
  std::string origin;
  const Server server([&](const std::string& head) { return shopify_answer(head, origin); });
  origin = server.url();
  Settings settings = shopify(server);
  settings.erase("updated");
  settings.erase("since_param");
  settings["each"] = {"/line_items"};
  settings["columns"] = {"order=/id", "line=@/id", "sku=@/sku", "quantity=@/quantity"};
  FakeClock clock;
  const Read read = read_all(settings, clock);
  ASSERT_TRUE(read.ok) << describe(read.error);
  ASSERT_EQ(read.rows.size(), 5U);
  EXPECT_EQ(read.rows[1],
            (std::vector<std::string>{"5800000000001", "9000000000011", "CUP-1", "1"}));
  EXPECT_EQ(read.cursor, "");
}

Settings youzan(const Server& server) {
  return {{"url", {server.url() + "/api/youzan.trades.sold.get/4.0.4"}},
          {"rows", {"/data/full_order_info_list"}},
          {"columns",
           {"tid=/full_order_info/order_info/tid", "paid=/full_order_info/pay_info/payment",
            "phone=/full_order_info/buyer_info/buyer_phone",
            "updated=/full_order_info/order_info/update_time"}},
          {"token", {"y0uzan-t0ken"}},
          {"token_param", {"access_token"}},
          {"paging", {"page"}},
          {"page_param", {"page_no"}},
          {"size_param", {"page_size"}},
          {"page_size", {"2"}},
          {"updated", {"updated"}},
          {"since_param", {"start_update"}},
          {"overlap_seconds", {"60"}}};
}

Answer youzan_answer(const std::string& head) {
  if (!has(head, "access_token=y0uzan-t0ken")) {
    return {.body = "{\"gw_err_resp\":{\"err_code\":4203,\"err_msg\":\"access_token已过期\"}}"};
  }
  const std::size_t at = head.find("page_no=");
  return {.body = fixture("youzan_trades_" + head.substr(at + 8, 1)), .headers = kDate};
}

TEST(HttpJson, ReadsAShopThatPagesByNumber) {
  const Server server(youzan_answer);
  FakeClock clock;
  const Read read = read_all(youzan(server), clock);
  ASSERT_TRUE(read.ok) << describe(read.error);
  ASSERT_EQ(read.rows.size(), 3U);
  EXPECT_EQ(read.rows[0][2], "13800000001");
  EXPECT_EQ(read.rows[1][1], "12345678901234567.89");  // all digits
  EXPECT_EQ(read.cursor, "since=2025-01-03%2009:00:00");
  EXPECT_TRUE(read_all(youzan(server), clock, read.cursor).ok);
  EXPECT_EQ(
      server.requests()[3],
      "GET "
      "/api/youzan.trades.sold.get/4.0.4?page_no=1&page_size=2&start_update=2025-01-03%2008:59:00"
      "&access_token=y0uzan-t0ken");
}

TEST(HttpJson, TellsTheServersComplaintWithoutTheSecret) {
  const Server server([](const std::string& head) {
    return has(head, "status=any") ? Answer{.status = 403, .body = "the token shpat_wr0ng may not"}
                                   : youzan_answer(head);
  });
  FakeClock clock;
  Settings settings = youzan(server);
  settings["token"] = {"expired-t0ken"};
  Read read = read_all(settings, clock);
  EXPECT_EQ(read.error.code, Code::invalid_input);
  EXPECT_TRUE(has(read.error.message, "access_token已过期")) << read.error.message;
  settings = shopify(server);
  settings["token"] = {"shpat_wr0ng"};
  read = read_all(settings, clock);
  EXPECT_EQ(read.error.code, Code::denied);
  for (const bool chinese : {false, true}) {
    EXPECT_FALSE(has(describe(read.error, chinese), "shpat_wr0ng"));
    EXPECT_TRUE(has(describe(read.error, chinese), "***"));
  }
}

TEST(HttpJson, PagesByCursorAndByRowNumber) {
  const Server server([](const std::string& head) {
    if (has(head, "cursor=b") || has(head, "page=2")) {
      return Answer{.body = R"({"list":[{"id":3}],"next_cursor":null,"more":false})"};
    }
    return has(head, "page=3")
               ? Answer{.body = R"({"list":null})"}
               : Answer{.body = R"({"list":[{"id":1},{"id":2}],"next_cursor":"b","more":true})"};
  });
  FakeClock clock;
  for (const std::string paging : {"cursor", "offset"}) {
    Settings settings = plain(server, paging);
    for (const bool says_more : {false, true}) {
      if (says_more) settings["more"] = {"/more"};
      const Read read = read_all(settings, clock);
      ASSERT_TRUE(read.ok) << describe(read.error);
      EXPECT_EQ(read.rows.size(), 3U) << paging;
    }
  }
  EXPECT_EQ(server.requests().back(), "GET /orders?page=2");
}

}  // namespace
}  // namespace huitou::connectors
