#include "identity/linker.h"

#include <gtest/gtest.h>

#include <map>
#include <numeric>

#include "math/random.h"

namespace huitou::identity {
namespace {

using Holders = std::vector<std::uint64_t>;

constexpr std::uint64_t kFar = 1'000'000'007;

/// The same accounts with numbers far apart.
Holders far(Holders accounts) {
  for (std::uint64_t& account : accounts) {
    account *= kFar;
  }
  return accounts;
}

void expect_far(const std::vector<Link>& links, const std::vector<Link>& near) {
  ASSERT_EQ(links.size(), near.size());
  for (std::size_t i = 0; i < near.size(); ++i) {
    EXPECT_EQ(links[i].account, near[i].account * kFar);
    EXPECT_EQ(links[i].customer, near[i].customer * kFar);
    EXPECT_EQ(links[i].with, near[i].with * kFar);
    EXPECT_EQ(links[i].key, near[i].key);
  }
}

std::vector<std::string> written(Linker& linker) {
  std::vector<std::string> out;
  for (const Link& link : linker.links()) {
    out.push_back(std::to_string(link.account) + " is " + std::to_string(link.customer) + " by " +
                  std::string(link.kind) + ":" + std::string(link.key) + " of " +
                  std::to_string(link.with));
  }
  return out;
}

// Given a chain of keys, everyone should be the oldest account, each explained by its neighbour.
TEST(Linker, FollowsAChainToTheOldestAccount) {
  Linker linker(9, 5);
  linker.add({"phone", true, "a"}, Holders{5, 9});
  linker.add({"phone", true, "b"}, Holders{3, 9});
  linker.add({"email", true, "c"}, Holders{5, 3});
  linker.add({"email", true, "d"}, Holders{7, 8});
  EXPECT_EQ(written(linker),
            (std::vector<std::string>{"5 is 3 by phone:a of 9", "8 is 7 by email:d of 7",
                                      "9 is 3 by phone:b of 3"}));
  EXPECT_EQ(linker.counts().joining, 4U);
}

TEST(Linker, JoinsNobodyByACrowdedKey) {
  Linker linker(9, 3);
  linker.add({"phone", true, "counter"}, Holders{1, 2, 3, 4});
  linker.add({"phone", true, "own"}, Holders{2, 5, 6});
  EXPECT_EQ(written(linker),
            (std::vector<std::string>{"5 is 2 by phone:own of 2", "6 is 2 by phone:own of 2"}));
  EXPECT_EQ(linker.counts().crowded, 1U);
}

TEST(Linker, JoinsByADeviceOnlyWhoIsNotKnownOtherwise) {
  Linker linker(9, 5);
  linker.add({"device", false, "tablet of a family"}, Holders{1, 2, 3}, 2);
  linker.add({"device", false, "own"}, Holders{4, 5}, 1);
  EXPECT_EQ(written(linker), std::vector<std::string>{"5 is 4 by device:own of 4"});
  EXPECT_EQ(linker.counts().mixed, 1U);
}

// Whatever the keys and their order, and however far apart the numbers of the accounts, persons are
// the connected parts, found a second way: by spreading the smallest number until nothing changes.
TEST(Linker, FindsTheConnectedParts) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Rng rng(seed, 0);
    const std::uint64_t accounts = 2 + rng.below(40);
    Linker linker(accounts, 4);
    Holders all(accounts);
    std::iota(all.begin(), all.end(), 1U);
    Linker some(far(all), 4);
    std::vector<Holders> keys;
    for (std::uint64_t i = 0; i < rng.below(60); ++i) {
      Holders holders;
      for (std::uint64_t account = 1; account <= accounts; ++account) {
        if (rng.chance(1.6 / static_cast<double>(accounts))) {
          holders.push_back(account);
        }
      }
      linker.add({"phone", true, "k" + std::to_string(i)}, holders);
      some.add({"phone", true, "k" + std::to_string(i)}, far(holders));
      if (holders.size() >= 2 && holders.size() <= 4) {
        keys.push_back(holders);
      }
    }
    std::vector<std::uint64_t> person(accounts + 1);
    std::iota(person.begin(), person.end(), 0U);
    for (std::uint64_t round = 0; round <= accounts; ++round) {
      for (const Holders& holders : keys) {
        std::uint64_t least = accounts;
        for (const std::uint64_t holder : holders) {
          least = std::min(least, person[holder]);
        }
        for (const std::uint64_t holder : holders) {
          person[holder] = least;
        }
      }
    }
    std::map<std::uint64_t, Link> links;
    expect_far(some.links(), linker.links());
    for (const Link& link : linker.links()) {
      EXPECT_TRUE(links.emplace(link.account, link).second) << "twice: " << link.account;
    }
    for (std::uint64_t account = 1; account <= accounts; ++account) {
      const auto found = links.find(account);
      EXPECT_EQ(found == links.end() ? account : found->second.customer, person[account]) << seed;
      if (found != links.end()) {
        EXPECT_EQ(person[found->second.with], person[account]);
      }
    }
  }
}

}  // namespace
}  // namespace huitou::identity
