// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace taktwerk::engine {

/// A set of instructions in flight, one bit for each place of the ring they live in, with a summary of
/// non-empty words on top, so that "the oldest one in the set" costs a few instructions.
///
/// Places are absolute instruction indices modulo the ring's size (a power of two, at least 64).
class IndexSet {
 public:
  void resize(std::size_t ring) {
    mask_ = ring - 1;
    words_.assign(ring / 64, 0);
    summary_.assign((words_.size() + 63) / 64, 0);
  }
  void insert(std::int64_t index) {
    const std::size_t place = static_cast<std::size_t>(index) & mask_;
    words_[place / 64] |= std::uint64_t{1} << (place % 64);
    summary_[place / 4096] |= std::uint64_t{1} << (place / 64 % 64);
  }
  void erase(std::int64_t index) {
    const std::size_t place = static_cast<std::size_t>(index) & mask_;
    std::uint64_t& word = words_[place / 64];
    word &= ~(std::uint64_t{1} << (place % 64));
    if (word == 0) summary_[place / 4096] &= ~(std::uint64_t{1} << (place / 64 % 64));
  }
  [[nodiscard]] bool contains(std::int64_t index) const {
    const std::size_t place = static_cast<std::size_t>(index) & mask_;
    return (words_[place / 64] >> (place % 64)) & 1;
  }
  [[nodiscard]] bool empty() const {
    if (summary_.size() == 1) return summary_.front() == 0;
    for (const std::uint64_t bits : summary_) {
      if (bits != 0) return false;
    }
    return true;
  }

  /// The member that comes first when counting upwards from `head`; −1 when empty. All members lie in
  /// [head, head + ring).
  [[nodiscard]] std::int64_t oldest(std::int64_t head) const {
    const std::size_t from = static_cast<std::size_t>(head) & mask_;
    if (mask_ == 63) {  // small machines have one word: no search
      if (words_.front() == 0) return -1;
      return head + std::countr_zero(std::rotr(words_.front(), static_cast<int>(from)));
    }
    if (empty()) return -1;
    std::size_t place = firstFrom(from);
    if (place == none) place = firstFrom(0);
    return head + static_cast<std::int64_t>((place - from) & mask_);
  }
  /// Calls `f(index)` for every member, in no useful order.
  template <class F>
  void forEach(std::int64_t head, F f) const {
    if (empty()) return;
    const std::size_t from = static_cast<std::size_t>(head) & mask_;
    for (std::size_t w = 0; w < words_.size(); ++w) {
      for (std::uint64_t bits = words_[w]; bits != 0; bits &= bits - 1) {
        const std::size_t place = w * 64 + static_cast<std::size_t>(std::countr_zero(bits));
        f(head + static_cast<std::int64_t>((place - from) & mask_));
      }
    }
  }
  void clear() {
    if (empty()) return;
    words_.assign(words_.size(), 0);
    summary_.assign(summary_.size(), 0);
  }

 private:
  static constexpr std::size_t none = ~std::size_t{0};

  [[nodiscard]] std::size_t firstFrom(std::size_t place) const {
    std::size_t w = place / 64;
    const std::uint64_t here = words_[w] >> (place % 64);
    if (here != 0) return place + static_cast<std::size_t>(std::countr_zero(here));
    ++w;
    std::size_t s = w / 64;
    if (s >= summary_.size()) return none;
    std::uint64_t bits = summary_[s] >> (w % 64) << (w % 64);
    while (bits == 0) {
      if (++s == summary_.size()) return none;
      bits = summary_[s];
    }
    w = s * 64 + static_cast<std::size_t>(std::countr_zero(bits));
    return w * 64 + static_cast<std::size_t>(std::countr_zero(words_[w]));
  }

  std::size_t mask_ = 63;
  std::vector<std::uint64_t> words_ = std::vector<std::uint64_t>(1, 0);
  std::vector<std::uint64_t> summary_ = std::vector<std::uint64_t>(1, 0);
};

}  // namespace taktwerk::engine
