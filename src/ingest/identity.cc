#include "ingest/identity.h"

#include <algorithm>

#include "ingest/hash.h"

namespace huitou::ingest {

std::string_view embedded(std::string_view path);

namespace {

constexpr std::size_t kFirstSlots = 1024;  // a power of two, as every later number

std::uint32_t high(std::uint64_t full) { return static_cast<std::uint32_t>(full >> 32U); }

}  // namespace

Identities::Identities() : slots_(kFirstSlots) {}

Result<Identities> Identities::load(engine::Engine& engine) {
  Identities out;
  std::uint64_t largest = 0;
  engine::Query query{std::string(embedded("sql/identities.sql")),
                      {{"kind", std::string(kMemberKind)}}};
  query.limits.result_rows = ~std::uint64_t{0} >> 1U;
  TRY(engine.stream(query, [&](const Frame& batch) -> Status {
    const std::vector<std::int64_t>& ids = batch.at("customer_id").integers();
    const TextColumn& keys = batch.at("key").texts();
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      const auto id = static_cast<std::uint64_t>(ids[row]);
      out.put(keys.at(row), id);
      largest = std::max(largest, id);
    }
    return {};
  }));
  out.first_new_ = out.next_id_ = largest + 1;
  return out;
}

std::size_t Identities::place(std::string_view key, std::uint32_t short_hash,
                              std::uint64_t full) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = full & mask;
  while (slots_[at].id != 0) {
    const Slot& slot = slots_[at];
    if (slot.hash == short_hash && slot.size == key.size() &&
        std::string_view(bytes_).substr(slot.begin, slot.size) == key) {
      break;
    }
    at = (at + 1) & mask;
  }
  return at;
}

void Identities::put(std::string_view key, std::uint64_t id) {
  if ((used_ + 1) * 3 > slots_.size() * 2) {
    grow();
  }
  const std::uint64_t full = hash(key);
  Slot& slot = slots_[place(key, high(full), full)];
  if (slot.id == 0) {
    slot = {id, bytes_.size(), static_cast<std::uint32_t>(key.size()), high(full)};
    bytes_ += key;
    ++used_;
  }
}

void Identities::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.id != 0) {
      std::size_t at = hash(std::string_view(bytes_).substr(slot.begin, slot.size)) & mask;
      while (slots_[at].id != 0) {
        at = (at + 1) & mask;
      }
      slots_[at] = slot;
    }
  }
}

std::uint64_t Identities::find(std::string_view key) const {
  const std::uint64_t full = hash(key);
  return key.empty() ? 0 : slots_[place(key, high(full), full)].id;
}

std::uint64_t Identities::id_of(std::string_view key) {
  if (key.empty()) {
    return 0;
  }
  const std::uint64_t known = find(key);
  if (known != 0) {
    return known;
  }
  const std::uint64_t id = next_id_++;
  new_places_.emplace_back(bytes_.size(), static_cast<std::uint32_t>(key.size()));
  put(key, id);
  return id;
}

std::string_view Identities::new_key(std::uint64_t id) const {
  CHECK(id >= first_new_ && id < next_id_);
  const auto& [begin, size] = new_places_[id - first_new_];
  return std::string_view(bytes_).substr(begin, size);
}

}  // namespace huitou::ingest
