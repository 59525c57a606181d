// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <unordered_map>
#include <vector>

namespace taktwerk::engine {

/// Sequences of numbers by content: equal sequences, compared whole, have one id. Ids count from 0.
class Interner {
 public:
  using Sequence = std::vector<std::int64_t>;

  /// The id of `sequence`; `isNew` tells whether it was unknown.
  std::uint32_t intern(const Sequence& sequence, bool* isNew = nullptr) {
    const std::uint64_t hash = hashOf(sequence);
    const auto [first, last] = byHash_.equal_range(hash);
    for (auto it = first; it != last; ++it) {
      if (items_[it->second] == sequence) {
        if (isNew) *isNew = false;
        return it->second;
      }
    }
    const auto id = static_cast<std::uint32_t>(items_.size());
    items_.push_back(sequence);
    words_ += sequence.size();
    byHash_.emplace(hash, id);
    if (isNew) *isNew = true;
    return id;
  }
  [[nodiscard]] const Sequence& operator[](std::uint32_t id) const { return items_[id]; }
  [[nodiscard]] std::size_t size() const { return items_.size(); }
  /// Numbers held in all.
  [[nodiscard]] std::size_t words() const { return words_; }

 private:
  static std::uint64_t hashOf(const Sequence& sequence) {
    std::uint64_t h = 0x9E3779B97F4A7C15u ^ sequence.size();
    for (const std::int64_t x : sequence) {
      h ^= static_cast<std::uint64_t>(x);
      h *= 0xFF51AFD7ED558CCDu;
      h ^= h >> 32;
    }
    return h;
  }

  std::deque<Sequence> items_;
  std::unordered_multimap<std::uint64_t, std::uint32_t> byHash_;
  std::size_t words_ = 0;
};

}  // namespace taktwerk::engine
