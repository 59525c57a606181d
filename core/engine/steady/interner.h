// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

namespace taktwerk::engine {

/// Sequences by content: equal sequences, compared whole, have one id. Ids count from 0. A hash finds them;
/// it never decides. They lie one behind the other in a few large pieces of memory and stay where they are.
class Interner {
 public:
  using Sequence = std::vector<std::int64_t>;
  using Bytes = std::span<const std::uint8_t>;

  /// The id of `sequence`; `isNew` tells whether it was unknown.
  std::uint32_t intern(const Sequence& sequence, bool* isNew = nullptr) {
    return intern(
        {reinterpret_cast<const std::uint8_t*>(sequence.data()), sequence.size() * sizeof(std::int64_t)},
        sequence.size(), isNew);
  }
  /// The same of bytes that say `numbers` numbers.
  std::uint32_t intern(Bytes bytes, std::size_t numbers, bool* isNew = nullptr) {
    if (2 * (items_.size() + 1) > slots_.size()) grow();
    const auto hash = static_cast<std::uint32_t>(hashOf(bytes));
    std::size_t slot = hash & (slots_.size() - 1);
    for (; slots_[slot].id != none; slot = (slot + 1) & (slots_.size() - 1)) {
      if (slots_[slot].hash == hash && std::ranges::equal((*this)[slots_[slot].id], bytes)) {
        if (isNew) *isNew = false;
        return slots_[slot].id;
      }
    }
    const auto id = static_cast<std::uint32_t>(items_.size());
    slots_[slot] = {hash, id};
    items_.push_back({keep(bytes), bytes.size(), numbers});
    words_ += numbers;
    if (isNew) *isNew = true;
    return id;
  }
  [[nodiscard]] Bytes operator[](std::uint32_t id) const { return {items_[id].bytes, items_[id].size}; }
  /// How many numbers a sequence says.
  [[nodiscard]] std::size_t numbersOf(std::uint32_t id) const { return items_[id].numbers; }
  [[nodiscard]] std::size_t size() const { return items_.size(); }
  /// Numbers held in all.
  [[nodiscard]] std::size_t words() const { return words_; }

 private:
  static constexpr std::uint32_t none = ~std::uint32_t{0};
  struct Item {
    const std::uint8_t* bytes;
    std::size_t size;
    std::size_t numbers;
  };
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t id = none;
  };

  static std::uint64_t hashOf(Bytes bytes) {
    std::uint64_t h = 0x9E3779B97F4A7C15u ^ bytes.size();
    const auto mix = [&](std::uint64_t x) {
      h ^= x;
      h *= 0xFF51AFD7ED558CCDu;
      h ^= h >> 32;
    };
    std::size_t at = 0;
    for (std::uint64_t x = 0; at + sizeof x <= bytes.size(); at += sizeof x) {
      std::memcpy(&x, bytes.data() + at, sizeof x);
      mix(x);
    }
    std::uint64_t rest = 0;
    if (at < bytes.size()) std::memcpy(&rest, bytes.data() + at, bytes.size() - at);
    mix(rest);
    return h;
  }
  const std::uint8_t* keep(Bytes bytes) {
    if (bytes.size() > left_) {
      pieceSize_ = std::min(2 * pieceSize_, std::size_t{1} << 20);
      left_ = std::max(pieceSize_, bytes.size());
      pieces_.push_back(std::make_unique_for_overwrite<std::uint8_t[]>(left_));
      next_ = pieces_.back().get();
    }
    std::uint8_t* const kept = next_;
    std::copy(bytes.begin(), bytes.end(), kept);
    next_ += bytes.size();
    left_ -= bytes.size();
    return kept;
  }
  void grow() {
    std::vector<Slot> before(std::max<std::size_t>(64, 2 * slots_.size()));
    before.swap(slots_);
    for (const Slot& known : before) {
      if (known.id == none) continue;
      std::size_t slot = known.hash & (slots_.size() - 1);
      while (slots_[slot].id != none) slot = (slot + 1) & (slots_.size() - 1);
      slots_[slot] = known;
    }
  }

  std::vector<Item> items_;
  std::vector<Slot> slots_;  // as many as a power of two, half of them empty
  std::vector<std::unique_ptr<std::uint8_t[]>> pieces_;
  std::uint8_t* next_ = nullptr;
  std::size_t left_ = 0;
  std::size_t pieceSize_ = 1u << 10;
  std::size_t words_ = 0;
};

}  // namespace taktwerk::engine
