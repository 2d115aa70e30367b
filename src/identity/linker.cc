#include "identity/linker.h"

#include <algorithm>

#include "base/result.h"

namespace huitou::identity {

Linker::Linker(std::uint64_t largest_account, std::uint64_t most_holders)
    : most_holders_(most_holders), parents_(largest_account + 1) {
  CHECK(largest_account < ~std::uint32_t{0});
}

Linker::Linker(std::vector<std::uint64_t> accounts, std::uint64_t most_holders)
    : Linker(accounts.size(), most_holders) {
  accounts_ = std::move(accounts);
}

std::uint32_t Linker::place_of(std::uint64_t account) const {
  if (accounts_.empty()) {
    return static_cast<std::uint32_t>(account);
  }
  const auto found = std::lower_bound(accounts_.begin(), accounts_.end(), account);
  CHECK(found != accounts_.end() && *found == account);
  return static_cast<std::uint32_t>(found - accounts_.begin()) + 1;
}

std::uint64_t Linker::account_at(std::uint32_t place) const {
  return accounts_.empty() ? place : accounts_[place - 1];
}

std::uint32_t Linker::root(std::uint32_t place) {
  while (parents_[place] != 0) {
    const std::uint32_t parent = parents_[place];
    if (parents_[parent] != 0) {
      parents_[place] = parents_[parent];
    }
    place = parent;
  }
  return place;
}

void Linker::add(const Key& key, std::span<const std::uint64_t> holders,
                 std::uint64_t strong_holders) {
  if (holders.size() < 2) {
    return;
  }
  if (holders.size() > most_holders_) {
    ++counts_.crowded;
    return;
  }
  if (!key.strong && strong_holders > 1) {
    ++counts_.mixed;
    return;
  }
  ++counts_.joining;
  const std::uint64_t key_begin = bytes_.size();
  bool kept = false;
  const std::uint32_t first = place_of(holders.front());
  for (const std::uint64_t holder : holders.subspan(1)) {
    const std::uint32_t other = place_of(holder);
    const std::uint32_t mine = root(first);
    const std::uint32_t theirs = root(other);
    if (mine == theirs) {
      continue;
    }
    parents_[std::max(mine, theirs)] = std::min(mine, theirs);
    if (!kept) {
      bytes_ += key.text;
      kept = true;
    }
    edges_.push_back(
        {first, other, key_begin, static_cast<std::uint32_t>(key.text.size()), key.kind});
  }
}

/// Walks each tree of edges from the person's own account outwards.
std::vector<Link> Linker::links() {
  std::vector<std::uint32_t> ends(parents_.size() + 1);  // of each place's part of `near`
  for (const Edge& edge : edges_) {
    ++ends[edge.a + 1];
    ++ends[edge.b + 1];
  }
  for (std::size_t i = 1; i < ends.size(); ++i) {
    ends[i] += ends[i - 1];
  }
  std::vector<std::uint32_t> near(edges_.size() * 2);  // edges at each place
  std::vector<std::uint32_t> next(ends.begin(), ends.end() - 1);
  for (std::uint32_t i = 0; i < edges_.size(); ++i) {
    near[next[edges_[i].a]++] = i;
    near[next[edges_[i].b]++] = i;
  }
  std::vector<Link> out;
  out.reserve(edges_.size());
  std::vector<std::pair<std::uint32_t, std::uint32_t>> waiting;  // place, where it came from
  for (std::uint32_t person = 1; person < parents_.size(); ++person) {
    if (parents_[person] != 0 || ends[person] == ends[person + 1]) {
      continue;
    }
    waiting.assign(1, {person, 0});
    while (!waiting.empty()) {
      const auto [place, from] = waiting.back();
      waiting.pop_back();
      for (std::uint32_t at = ends[place]; at < ends[place + 1]; ++at) {
        const Edge& edge = edges_[near[at]];
        const std::uint32_t other = edge.a == place ? edge.b : edge.a;
        if (other != from) {
          const std::string_view key =
              std::string_view(bytes_).substr(edge.key_begin, edge.key_size);
          out.push_back({account_at(other), account_at(person), account_at(place), edge.kind, key});
          waiting.emplace_back(other, place);
        }
      }
    }
  }
  std::sort(out.begin(), out.end(),
            [](const Link& a, const Link& b) { return a.account < b.account; });
  return out;
}

}  // namespace huitou::identity
