#include "customer/customer.h"
#include "customer/statement.h"

namespace huitou::customer {
namespace {

void fill(std::string& held, const std::string& found) {
  if (held.empty()) held = found;
}

void fill(std::optional<Date>& held, std::optional<std::int64_t> found) {
  if (!held && found) held = Date{static_cast<std::int32_t>(*found)};
}

Status read_attributes(const Asking& asking, const identity::Whose& whose, Profile& profile) {
  TRY(const Frame rows, ask(asking, "attributes", {{"accounts", accounts_of(whose)}}));
  const auto own = [&](std::size_t row) {
    return rows.integer("account", row) == static_cast<std::int64_t>(whose.customer);
  };
  for (const bool of_own : {true, false}) {
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      if (own(row) != of_own) continue;
      fill(profile.customer_key, shown_member(asking, text_at(rows, "customer_key", row)));
      fill(profile.name, text_at(rows, "name", row));
      fill(profile.region, text_at(rows, "region", row));
      fill(profile.channel, text_at(rows, "channel", row));
      fill(profile.source, text_at(rows, "source", row));
      fill(profile.registered_on, rows.integer("registered_on", row));
      fill(profile.birthday, rows.integer("birthday", row));
    }
  }
  return {};
}

Status read_contacts(const Asking& asking, const identity::Whose& whose, Profile& profile) {
  TRY(const Frame rows, ask(asking, "contacts", {{"accounts", accounts_of(whose)}}));
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const std::string what = text_at(rows, "what", row);
    Contacts& contacts = what == "tickets"   ? profile.tickets
                         : what == "surveys" ? profile.surveys
                                             : profile.events;
    contacts.number = rows.integer("number", row).value_or(0);
    contacts.marked = rows.integer("marked", row).value_or(0);
    if (contacts.number > 0) contacts.last_at = rows.integer("last_at", row);
    if (const auto day = rows.integer("last_counted", row)) {
      contacts.last_counted = Date{static_cast<std::int32_t>(*day)};
    }
    if (what == "surveys") {
      profile.last_nps = rows.integer("nps", row);
      profile.last_csat = rows.integer("csat", row);
    }
  }
  return {};
}

/// The last day before `as_of` on which the person registered or did something.
std::optional<Date> known_on(const Profile& profile, Date as_of) {
  const auto& registered = profile.registered_on;
  const auto& seen = profile.events.last_counted;
  if (!registered || *registered >= as_of) return seen;
  return seen ? std::max(*seen, *registered) : registered;
}

}  // namespace

Result<Profile> profile(const Asking& asking, const identity::Whose& whose) {
  Profile out;
  TRY(read_attributes(asking, whose, out));
  TRY(out.purchases, read_purchases(asking, whose));
  TRY(read_contacts(asking, whose, out));
  out.rhythm = rhythm_of(out.purchases.days, asking.as_of);
  out.stage = stage_of(out.purchases.days, asking.as_of);
  out.activity =
      out.purchases.days.empty()
          ? activity_without_orders(known_on(out, asking.as_of), asking.as_of, asking.stages)
          : activity_of(out.purchases.days, asking.as_of, asking.stages);
  return out;
}

Result<Frame> keys(const Asking& asking, const identity::Whose& whose) {
  TRY(const Frame rows, ask(asking, "keys", {{"accounts", accounts_of(whose)}}));
  Frame out;
  out.columns.push_back(make_column("account_id", ColumnType::integer));
  for (const char* name : {"kind", "key", "source"}) {
    out.columns.push_back(make_column(name, ColumnType::text));
  }
  out.columns.push_back(make_column("with_account", ColumnType::integer));
  out.columns.push_back(make_column("by_kind", ColumnType::text));
  out.columns.push_back(make_column("linked_at", ColumnType::time));
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const std::int64_t account = rows.integer("account", row).value_or(0);
    const std::string kind = text_at(rows, "kind", row);
    const std::string key = text_at(rows, "key", row);
    out.columns[0].push_integer(account);
    out.columns[1].push_text(kind);
    out.columns[2].push_text(asking.reveal      ? key
                             : kind == "member" ? shown_member(asking, key)
                                                : masked(kind, key));
    out.columns[3].push_text(text_at(rows, "source", row));
    const identity::Whose::Member* joined = nullptr;
    for (const auto& member : whose.accounts) {
      if (static_cast<std::int64_t>(member.account) == account && member.with_account != 0) {
        joined = &member;
      }
    }
    if (joined == nullptr || kind != "member") {
      for (std::size_t i = 4; i < 7; ++i) out.columns[i].push_null();
    } else {
      out.columns[4].push_integer(static_cast<std::int64_t>(joined->with_account));
      out.columns[5].push_text(joined->kind);
      out.columns[6].push_integer(joined->linked_at);
    }
  }
  return out;
}

}  // namespace huitou::customer
