#include "identity/linker.h"

#include <algorithm>

#include "base/result.h"

namespace huitou::identity {

Linker::Linker(std::uint64_t largest_account, std::uint64_t most_holders)
    : most_holders_(most_holders), parents_(largest_account + 1) {
  CHECK(largest_account < ~std::uint32_t{0});
}

std::uint32_t Linker::root(std::uint32_t account) {
  while (parents_[account] != 0) {
    const std::uint32_t parent = parents_[account];
    if (parents_[parent] != 0) {
      parents_[account] = parents_[parent];
    }
    account = parent;
  }
  return account;
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
  const auto first = static_cast<std::uint32_t>(holders.front());
  for (const std::uint64_t holder : holders.subspan(1)) {
    const auto other = static_cast<std::uint32_t>(holder);
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
  std::vector<std::uint32_t> ends(parents_.size() + 1);  // of each account's place in `near`
  for (const Edge& edge : edges_) {
    ++ends[edge.a + 1];
    ++ends[edge.b + 1];
  }
  for (std::size_t i = 1; i < ends.size(); ++i) {
    ends[i] += ends[i - 1];
  }
  std::vector<std::uint32_t> near(edges_.size() * 2);  // edges at each account
  std::vector<std::uint32_t> next(ends.begin(), ends.end() - 1);
  for (std::uint32_t i = 0; i < edges_.size(); ++i) {
    near[next[edges_[i].a]++] = i;
    near[next[edges_[i].b]++] = i;
  }
  std::vector<Link> out;
  out.reserve(edges_.size());
  std::vector<std::pair<std::uint32_t, std::uint32_t>> waiting;  // account, where it came from
  for (std::uint32_t person = 1; person < parents_.size(); ++person) {
    if (parents_[person] != 0 || ends[person] == ends[person + 1]) {
      continue;
    }
    waiting.assign(1, {person, 0});
    while (!waiting.empty()) {
      const auto [account, from] = waiting.back();
      waiting.pop_back();
      for (std::uint32_t at = ends[account]; at < ends[account + 1]; ++at) {
        const Edge& edge = edges_[near[at]];
        const std::uint32_t other = edge.a == account ? edge.b : edge.a;
        if (other != from) {
          const std::string_view key =
              std::string_view(bytes_).substr(edge.key_begin, edge.key_size);
          out.push_back({other, person, account, edge.kind, key});
          waiting.emplace_back(other, account);
        }
      }
    }
  }
  std::sort(out.begin(), out.end(),
            [](const Link& a, const Link& b) { return a.account < b.account; });
  return out;
}

}  // namespace huitou::identity
