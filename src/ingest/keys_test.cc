#include "ingest/keys.h"

#include <gtest/gtest.h>

namespace huitou::ingest {
namespace {

struct Case {
  const char* kind;
  const char* written;
  const char* kept;
};

TEST(Keys, AreWrittenOneWay) {
  const Case cases[] = {
      {"phone", "13912340001", "13912340001"},
      {"phone", "+86 139-1234-0001", "13912340001"},
      {"phone", "0086 13912340001", "13912340001"},
      {"phone", "8613912340001", "13912340001"},
      {"phone", "１３９１２３４０００１", "13912340001"},
      {"phone", "13912340001.0", "13912340001"},
      {"phone", " 139 1234 0001\u00a0", "13912340001"},
      {"phone", "'13912340001", "13912340001"},
      {"phone", "+44 20 7946 0958", "+442079460958"},
      {"phone", "0044 20 7946 0958", "+442079460958"},
      {"phone", "021-62345678", "02162345678"},
      {"phone", "139****0001", ""},
      {"phone", "1.39E+10", ""},
      {"phone", "0000000", ""},
      {"phone", "12", ""},
      {"phone", "无", ""},
      {"phone", "电话", ""},
      {"phone", "1234567890123456", ""},
      {"email", " Anna.Li@Example.COM ", "anna.li@example.com"},
      {"email", "anna＠example.com", "anna@example.com"},
      {"email", "anna@example", ""},
      {"email", "an na@example.com", ""},
      {"email", "a@b@example.com", ""},
      {"email", "@example.com", ""},
      {"email", "a***@example.com", ""},
      {"unionid", "oAbC123", "oAbC123"},
      {"unionid", "null", ""},
      {"device", "00000000-0000-0000-0000-000000000000", ""},
      {"cookie", "ab", ""},
      {"member", " M 01 ", "M 01"},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(normal_key(one.kind, one.written), one.kept) << one.kind << ' ' << one.written;
  }
}

TEST(Keys, KindsAreKnown) {
  EXPECT_EQ(key_kinds().front().name, "member");
  EXPECT_TRUE(find_key_kind("phone")->strong);
  EXPECT_FALSE(find_key_kind("device")->strong);
  EXPECT_FALSE(find_key_kind("Phone").has_value());
}

}  // namespace
}  // namespace huitou::ingest
