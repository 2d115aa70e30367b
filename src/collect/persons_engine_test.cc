// Events and their persons on every engine: whoever says late who it is, takes along what was
// before; joining and splitting take effect on both; and whatever comes in whatever order, every
// event is where a slow model says.

#include <map>
#include <set>

#include "collect/test_shop.h"
#include "math/random.h"

namespace huitou::collect {
namespace {

TEST_P(PersonsTest, AVisitorWhoSaysWhoItIsTakesAlongWhatWasBefore) {
  keys({{1, "member", "anna"}, {2, "member", "ben"}});
  follow();
  send({.visitor = "browser-1"});
  send({.visitor = "browser-2"});
  drain();
  EXPECT_EQ(placed(), (Lines{"m1 0", "m2 0"}));
  send({.user = "anna", .visitor = "browser-1"});
  drain();
  EXPECT_EQ(placed(), (Lines{"m1 1", "m2 0", "m3 1"}));
  // From now on what comes from there is at its place at once.
  send({.visitor = "browser-1"});
  drain();
  EXPECT_EQ(placed()[3], "m4 1");
  // A browser of two people is nobody's; each keeps what was said by name.
  send({.user = "ben", .visitor = "browser-1"});
  drain();
  EXPECT_EQ(placed(), (Lines{"m1 0", "m2 0", "m3 1", "m4 0", "m5 2"}));
  // Unless they turn out to be one.
  keys({{1, "phone", "13912340001"}, {2, "phone", "13912340001"}});
  follow();
  EXPECT_EQ(placed(), (Lines{"m1 1", "m2 0", "m3 1", "m4 1", "m5 1"}));
  stop("phone", "13912340001");
  follow();
  EXPECT_EQ(placed(), (Lines{"m1 0", "m2 0", "m3 1", "m4 0", "m5 2"}));
}

TEST_P(PersonsTest, ACustomerWhoIsLoadedLaterFindsItsEvents) {
  send({.visitor = "browser-1"});
  send({.user = "carl", .visitor = "browser-1"});
  send({.user = "null", .visitor = "browser-1"});
  drain();
  EXPECT_EQ(placed(), (Lines{"m1 0", "m2 0", "m3 0"}));
  keys({{7, "member", "carl"}});
  follow();
  EXPECT_EQ(placed(), (Lines{"m1 7", "m2 7", "m3 7"}));
  stop("cookie", "browser-1");
  follow();
  EXPECT_EQ(placed(), (Lines{"m1 0", "m2 7", "m3 0"}));
  ASSERT_TRUE(identity::remove_stop(*store_, {"cookie", "browser-1"}).ok());
  follow();
  EXPECT_EQ(placed(), (Lines{"m1 7", "m2 7", "m3 7"}));
}

TEST_P(PersonsTest, AnAliasIsFollowed) {
  keys({{1, "member", "dora"}});
  send({.user = "guest-9"});
  send({.visitor = "browser-1"});
  send({.user = "old-number", .visitor = "browser-1"});
  send({.user = "old-number", .previous = "guest-9"});
  drain();
  EXPECT_EQ(placed(), (Lines{"m1 0", "m2 0", "m3 0", "m4 0"}));
  send({.user = "dora", .previous = "old-number"});
  drain();
  EXPECT_EQ(placed(), (Lines{"m1 1", "m2 1", "m3 1", "m4 1", "m5 1"}));
  send({.user = "eve", .previous = "old-number"});
  drain();
  EXPECT_EQ(placed(), (Lines{"m1 0", "m2 0", "m3 0", "m4 0", "m5 1", "m6 0"}));
}

/// A batch that was cut off after its claims: moved again, everything is there.
TEST_P(PersonsTest, AClaimWithoutItsEventDoesNoHarm) {
  keys({{1, "member", "anna"}});
  send({.visitor = "browser-1"});
  drain();
  ASSERT_TRUE(identity::keep_claims(engine(), {{"browser-1", "anna"}}).ok());
  send({.user = "anna", .visitor = "browser-1"});
  reopen();
  drain();
  EXPECT_EQ(placed(), (Lines{"m1 1", "m2 1"}));
}

std::string order_event(const std::string& key) {
  return R"(,"type":"track","event":"Order Completed","properties":{"order_id":")" + key +
         R"(","revenue":90,"currency":"CNY"})";
}

// Given two accounts of one person, an order that comes as an event should stand at the person
// without any load.
TEST_P(PersonsTest, AnOrderFollowsItsPersonAtOnce) {
  keys({{1, "member", "anna"},
        {2, "member", "anna2"},
        {1, "phone", "13912340001"},
        {2, "phone", "13912340001"}});
  follow();
  send({.user = "anna2"}, order_event("O1"));
  drain();
  EXPECT_EQ(rows("SELECT order_key, toUInt64(customer_id) AS c, toUInt64(account_id) AS a FROM "
                 "orders"),
            Lines{"O1\t1\t2"});
  EXPECT_EQ(placed(), Lines{"m1 1"});
}

// Given an order of a visitor, it should be nobody's, then the one's who is met there, then
// nobody's again when a second person is.
TEST_P(PersonsTest, AnOrderOfAVisitorFollowsTheBrowser) {
  const auto owner = [&] {
    return rows("SELECT order_key, toUInt64(customer_id) AS c FROM orders");
  };
  keys({{1, "member", "anna"}, {2, "member", "ben"}});
  send({.visitor = "browser-1"}, order_event("O1"));
  drain();
  EXPECT_EQ(owner(), Lines{"O1\t0"});
  send({.user = "anna", .visitor = "browser-1"});
  drain();
  EXPECT_EQ(owner(), Lines{"O1\t1"});
  EXPECT_EQ(placed(), (Lines{"m1 1", "m2 1"}));
  send({.user = "ben", .visitor = "browser-1"});
  drain();
  EXPECT_EQ(owner(), Lines{"O1\t0"});
}

// The browsers of a person are shown, lead to it, and can be taken out.
TEST_P(PersonsTest, BrowsersAreShownAndSplit) {
  keys({{1, "member", "anna"}, {2, "member", "ben"}});
  send({.user = "anna", .visitor = "browser-1"});
  send({.user = "anna", .visitor = "browser-2"});
  send({.user = "ben", .visitor = "browser-2"});
  send({.visitor = "browser-1"});
  drain();
  const auto shown = [&](const char* customer) {
    const auto frame = identity::show(engine(), *store_, customer);
    EXPECT_TRUE(frame.ok());
    Lines out;
    for (std::size_t row = 0; frame.ok() && row < frame->rows(); ++row) {
      out.push_back(*frame->text("kind", row) + ":" + *frame->text("key", row) + " " +
                    *frame->text("state", row));
    }
    return out;
  };
  EXPECT_EQ(shown("browser-1"),
            (Lines{"member:anna own", "cookie:browser-1 own", "cookie:browser-2 shared"}));
  const auto taken = identity::splitting_key(engine(), *store_, "anna", "browser-1");
  ASSERT_TRUE(taken.ok()) << describe(taken.error());
  EXPECT_EQ(identity::splitting_key(engine(), *store_, "anna", "browser-2").error().code,
            Code::conflict);
  stop(taken->kind, taken->key);
  follow();
  EXPECT_EQ(placed(), (Lines{"m1 1", "m2 1", "m3 2", "m4 0"}));
  EXPECT_EQ(shown("anna")[1], "cookie:browser-1 stopped");
}

/// Whose an event is, from everything that was ever sent and loaded: by lists and loops.
struct Model {
  std::vector<Sent> sent;
  std::map<std::string, std::int64_t> members;
  std::vector<std::pair<std::int64_t, std::string>> phones;
  std::set<std::string> stopped;

  std::int64_t person(std::int64_t account) const {
    std::set<std::int64_t> all{account};
    for (std::size_t grown = 0; grown != all.size();) {
      grown = all.size();
      for (const auto& [a, phone] : phones) {
        for (const auto& [b, other] : phones) {
          if (phone == other && !stopped.contains(phone) && all.contains(a)) all.insert(b);
        }
      }
    }
    return *all.begin();
  }
  /// "1" a person, "u:x" somebody.
  std::string user(const std::string& id) const {
    if (const auto member = members.find(id); member != members.end()) {
      return std::to_string(person(member->second));
    }
    std::set<std::string> later;
    for (const Sent& event : sent) {
      if (event.previous == id && event.user != id) later.insert(event.user);
    }
    return later.size() == 1 ? user(*later.begin()) : "u:" + id;
  }
  std::string visitor(const std::string& id) const {
    std::set<std::string> people;
    for (const Sent& event : sent) {
      const bool is_met = event.previous.empty() ? event.visitor == id : event.previous == id;
      if (is_met && !event.user.empty()) people.insert(user(event.user));
    }
    return people.size() == 1 && !stopped.contains(id) ? *people.begin() : "u:";
  }
  Lines placed() const {
    Lines out;
    for (std::size_t i = 0; i < sent.size(); ++i) {
      const std::string who = sent[i].user.empty() ? visitor(sent[i].visitor) : user(sent[i].user);
      out.push_back("m" + std::to_string(i + 1) + " " + (who.starts_with("u:") ? "0" : who));
    }
    return out;
  }
};

class Random {
 public:
  explicit Random(std::uint64_t seed) : rng_(seed, 0) {}
  std::uint32_t below(std::uint32_t end) { return rng_.below(end); }
  std::string user() { return "user-" + std::to_string(below(10)); }
  std::string visitor() { return "browser-" + std::to_string(below(12)); }

 private:
  Rng rng_;
};

// Former numbers lead to later ones, so that there is no circle.
Sent random_event(Random& random) {
  const std::uint32_t which = random.below(10);
  if (which < 5) return {.visitor = random.visitor()};
  if (which < 7) return {.user = random.user()};
  if (which < 9) return {.user = random.user(), .visitor = random.visitor()};
  const std::uint32_t later = 1 + random.below(9);
  return {.user = "user-" + std::to_string(later),
          .previous = random.below(2) == 0 ? random.visitor()
                                           : "user-" + std::to_string(random.below(later))};
}

TEST_P(PersonsTest, EveryEventIsWhereASlowModelSays) {
  const bool is_quick = all_engines().at(GetParam()).name == "chdb";
  for (std::uint64_t seed = 1; seed <= (is_quick ? 4 : 1); ++seed) {
    SetUp();
    Random random(seed);
    Model model;
    for (int step = 0; step < 8; ++step) {
      for (std::uint32_t i = random.below(8); i > 0; --i) {
        model.sent.push_back(random_event(random));
        send(model.sent.back());
      }
      if (random.below(2) == 0) {
        const std::string member = random.user();
        if (!model.members.contains(member)) {
          const auto account = static_cast<std::int64_t>(model.members.size() + 1);
          model.members[member] = account;
          const std::string phone = "1391234000" + std::to_string(random.below(4));
          model.phones.emplace_back(account, phone);
          keys({{account, "member", member}, {account, "phone", phone}});
        }
      }
      if (random.below(4) == 0) {
        const bool is_phone = random.below(2) == 0;
        const std::string key =
            is_phone ? "1391234000" + std::to_string(random.below(4)) : random.visitor();
        const identity::Stop stop{is_phone ? "phone" : "cookie", key};
        if (model.stopped.insert(key).second) {
          ASSERT_TRUE(identity::add_stop(*store_, stop, "", 5).ok());
        } else {
          model.stopped.erase(key);
          ASSERT_TRUE(identity::remove_stop(*store_, stop).ok());
        }
      }
      if (random.below(4) == 0) reopen();
      drain();
      follow();
      ASSERT_EQ(placed(), model.placed()) << "seed " << seed << ", step " << step;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, PersonsTest, testing::Range(std::size_t{0}, all_engines().size()),
                         [](const auto& chosen) { return all_engines()[chosen.param].name; });

}  // namespace
}  // namespace huitou::collect
