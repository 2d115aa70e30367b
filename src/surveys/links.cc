// Links: made, found by their token, listed.

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "surveys/tables.h"

namespace huitou::surveys {
namespace {

constexpr std::size_t kSecretBytes = 16;
constexpr std::size_t kSecretLetters = 22;

store::Value last_day(const Survey& survey, const Moment& at) {
  if (survey.days == 0) return {};
  return std::int64_t{at.today.days} + survey.days;
}

Result<Survey> open_survey(store::Store& store, std::int64_t id) {
  TRY(Survey survey, find(store, id));
  if (survey.closed_at) return closed_survey(id);
  return survey;
}

/// The token of the link that `where` finds, good again from now on; nothing where there is none.
Result<std::optional<std::string>> again(store::Store& in, const std::string& where,
                                         const std::vector<store::Value>& values,
                                         const store::Value& last_on) {
  TRY(const Frame found, in.run("SELECT id, secret FROM survey_links WHERE " + where, values));
  if (found.rows() == 0) return std::optional<std::string>();
  const std::int64_t id = found.integer("id", 0).value_or(0);
  TRY(in.run("UPDATE survey_links SET last_on = ? WHERE id = ?", {last_on, id}));
  return std::optional(token_of(id, found.text("secret", 0).value_or("")));
}

Result<std::string> make(store::Store& in, const Link& link, const Moment& at,
                         const store::Value& last_on) {
  const std::string secret = new_secret();
  TRY(
      in.run("INSERT INTO survey_links (survey, secret, customer_key, channel, product_key, "
             "store_key, made_at, last_on, views, answers) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0)",
             {link.survey, secret, link.customer_key, link.place.channel, link.place.product_key,
              link.place.store_key, at.now, last_on}));
  TRY(const Frame last, in.run("SELECT last_insert_rowid() AS id"));
  return token_of(last.integer("id", 0).value_or(0), secret);
}

Link link_at(const Frame& frame) {
  const auto text = [&](const char* name) { return frame.text(name, 0).value_or(""); };
  Link link{.id = frame.integer("id", 0).value_or(0),
            .survey = frame.integer("survey", 0).value_or(0),
            .secret = text("secret"),
            .customer_key = text("customer_key"),
            .place = {text("channel"), text("product_key"), text("store_key")},
            .last_on = std::nullopt,
            .answers = frame.integer("answers", 0).value_or(0)};
  if (const auto last = frame.integer("last_on", 0)) {
    link.last_on = Date{static_cast<std::int32_t>(*last)};
  }
  return link;
}

/// A column without any value has the type of numbers.
void as_type(Frame& frame, const char* name, ColumnType type) {
  Column& column = frame.at(name);
  if (type != ColumnType::text) {
    column.type = type;
  } else if (column.type != type) {
    Column text = make_column(name, type);
    for (std::size_t row = 0; row < column.size(); ++row) text.push_null();
    column = std::move(text);
  }
}

}  // namespace

std::string new_secret() {
  CHECK(sodium_init() >= 0);
  std::array<unsigned char, kSecretBytes> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, 32> text{};
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return text.data();
}

std::string new_page() { return new_secret(); }

std::string token_of(std::int64_t id, const std::string& secret) {
  return fmt::format("{}-{}", id, secret);
}

Result<std::optional<Link>> link_with(store::Store& store, std::string_view token) {
  std::int64_t id = 0;
  const std::size_t dash = token.find('-');
  if (dash == std::string_view::npos || token.size() != dash + 1 + kSecretLetters) {
    return std::optional<Link>();
  }
  const auto [end, error] = std::from_chars(token.data(), token.data() + dash, id);
  if (error != std::errc() || end != token.data() + dash) return std::optional<Link>();
  TRY(ensure_tables(store));
  TRY(const Frame frame,
      store.run("SELECT id, survey, secret, customer_key, channel, product_key, store_key, "
                "last_on, answers FROM survey_links WHERE id = ?",
                {id}));
  if (frame.rows() == 0) return std::optional<Link>();
  Link link = link_at(frame);
  const std::string_view secret = token.substr(dash + 1);
  const bool same = link.secret.size() == secret.size() &&
                    sodium_memcmp(link.secret.data(), secret.data(), secret.size()) == 0;
  return same ? std::optional(std::move(link)) : std::nullopt;
}

Result<std::string> open_link(store::Store& store, std::int64_t survey, const Place& place,
                              const Moment& at) {
  TRY(const Survey asked, open_survey(store, survey));
  std::string token;
  TRY(store.transaction([&](store::Store& in) -> Status {
    TRY(const auto had,
        again(in,
              "survey = ? AND customer_key = '' AND channel = ? AND product_key = ? AND "
              "store_key = ?",
              {survey, place.channel, place.product_key, place.store_key}, last_day(asked, at)));
    if (had) {
      token = *had;
      return {};
    }
    TRY(token, make(in, {.survey = survey, .place = place}, at, last_day(asked, at)));
    return {};
  }));
  return token;
}

Result<std::string> first_link(store::Store& store, const Survey& survey) {
  TRY(const Frame frame,
      store.run("SELECT id, secret FROM survey_links WHERE survey = ? AND customer_key = '' AND "
                "channel = '' AND product_key = '' AND store_key = ''",
                {survey.id}));
  CHECK(frame.rows() == 1);
  return link_of(
      survey, token_of(frame.integer("id", 0).value_or(0), frame.text("secret", 0).value_or("")));
}

Result<std::vector<std::string>> personal_links(store::Store& store, std::int64_t survey,
                                                const Whom& whom, const Moment& at) {
  TRY(const Survey asked, open_survey(store, survey));
  std::vector<std::string> tokens;
  TRY(store.transaction([&](store::Store& in) -> Status {
    for (const std::string& key : whom.customer_keys) {
      CHECK(!key.empty());
      TRY(auto token,
          again(in, "survey = ? AND customer_key = ?", {survey, key}, last_day(asked, at)));
      if (!token) {
        TRY(token,
            make(in, {.survey = survey, .customer_key = key, .place = {whom.channel, "", ""}}, at,
                 last_day(asked, at)));
      }
      tokens.push_back(std::move(*token));
    }
    return {};
  }));
  return tokens;
}

std::string link_of(const Survey& survey, const std::string& token) {
  return survey.address + "/q/" + token;
}

Result<Frame> links(store::Store& store, const Survey& survey, std::int64_t most) {
  TRY(ensure_tables(store));
  TRY(Frame frame,
      store.run("SELECT id AS number, CASE WHEN customer_key = '' THEN id || '-' || secret END AS "
                "token, nullif(customer_key, '') AS "
                "customer_key, nullif(channel, '') AS channel, nullif(product_key, '') AS "
                "product_key, nullif(store_key, '') AS store_key, made_at, last_on, opened_at, "
                "answered_at, answers FROM survey_links WHERE survey = ? ORDER BY id DESC LIMIT ?",
                {survey.id, most}));
  for (const char* name : {"token", "customer_key", "channel", "product_key", "store_key"}) {
    as_type(frame, name, ColumnType::text);
  }
  as_type(frame, "last_on", ColumnType::date);
  for (const char* name : {"made_at", "opened_at", "answered_at"}) {
    as_type(frame, name, ColumnType::time);
  }
  return frame;
}

}  // namespace huitou::surveys
