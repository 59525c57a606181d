// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace taktwerk::engine {

/// A set of instructions in flight, one bit for each place of the ring they live in, with one summary word
/// on top, so that "the oldest one in the set" costs a few instructions and "none" costs one.
///
/// Places are absolute instruction indices modulo the ring's size (a power of two, at least 64). A bit of
/// the summary stands for one word; beyond 64 words for a group of neighbours; in a ring of 64 it is the set.
class IndexSet {
 public:
  void resize(std::size_t ring) {
    mask_ = ring - 1;
    words_.assign(ring / 64, 0);
    summary_ = 0;
    shift_ = words_.size() > 64 ? static_cast<std::uint32_t>(std::countr_zero(words_.size() / 64)) : 0;
  }
  void insert(std::int64_t index) {
    if (mask_ == 63) {
      summary_ |= bit(static_cast<std::size_t>(index));
      return;
    }
    const std::size_t place = static_cast<std::size_t>(index) & mask_;
    words_[place / 64] |= bit(place);
    summary_ |= bit(place / 64 >> shift_);
  }
  void erase(std::int64_t index) {
    if (mask_ == 63) {
      summary_ &= ~bit(static_cast<std::size_t>(index));
      return;
    }
    const std::size_t place = static_cast<std::size_t>(index) & mask_;
    std::uint64_t& word = words_[place / 64];
    word &= ~bit(place);
    if (word == 0 && (shift_ == 0 || groupIsEmpty(place / 64 >> shift_))) {
      summary_ &= ~bit(place / 64 >> shift_);
    }
  }
  [[nodiscard]] bool contains(std::int64_t index) const {
    const std::size_t place = static_cast<std::size_t>(index) & mask_;
    if (mask_ == 63) return (summary_ >> place) & 1;
    return (words_[place / 64] >> (place % 64)) & 1;
  }
  [[nodiscard]] bool empty() const { return summary_ == 0; }

  /// The member that comes first when counting upwards from `head`; −1 when empty. All members lie in
  /// [head, head + ring).
  [[nodiscard]] std::int64_t oldest(std::int64_t head) const {
    if (summary_ == 0) return -1;
    const std::size_t from = static_cast<std::size_t>(head) & mask_;
    if (mask_ == 63) return head + std::countr_zero(std::rotr(summary_, static_cast<int>(from)));
    const std::uint64_t here = words_[from / 64] >> (from % 64);
    if (here != 0) return head + std::countr_zero(here);
    if (shift_ > 0) return oldestInGroups(head, from / 64);
    const std::uint64_t later = summary_ & (~std::uint64_t{1} << (from / 64));
    const auto word = static_cast<std::size_t>(std::countr_zero(later != 0 ? later : summary_));
    return memberIn(word, head);
  }
  /// Calls `f(index)` for every member, in no useful order.
  template <class F>
  void forEach(std::int64_t head, F f) const {
    if (empty()) return;
    const std::size_t from = static_cast<std::size_t>(head) & mask_;
    for (std::size_t w = 0; w < words_.size(); ++w) {
      for (std::uint64_t bits = mask_ == 63 ? summary_ : words_[w]; bits != 0; bits &= bits - 1) {
        const std::size_t place = w * 64 + static_cast<std::size_t>(std::countr_zero(bits));
        f(head + static_cast<std::int64_t>((place - from) & mask_));
      }
    }
  }
  void clear() {
    if (empty()) return;
    words_.assign(words_.size(), 0);
    summary_ = 0;
  }

 private:
  [[nodiscard]] static std::uint64_t bit(std::size_t place) { return std::uint64_t{1} << (place % 64); }
  /// The lowest member of a word that is not empty, counted from `head`.
  [[nodiscard]] std::int64_t memberIn(std::size_t word, std::int64_t head) const {
    const std::size_t place = word * 64 + static_cast<std::size_t>(std::countr_zero(words_[word]));
    return head + static_cast<std::int64_t>((place - static_cast<std::size_t>(head)) & mask_);
  }
  [[nodiscard]] bool groupIsEmpty(std::size_t group) const {
    for (std::size_t w = group << shift_; w < (group + 1) << shift_; ++w) {
      if (words_[w] != 0) return false;
    }
    return true;
  }
  [[nodiscard]] std::int64_t oldestInGroups(std::int64_t head, std::size_t first) const {
    std::size_t word = first;
    do {
      word = (word + 1) % words_.size();
      const std::size_t inGroup = (std::size_t{1} << shift_) - 1;
      if ((word & inGroup) == 0 && (summary_ & bit(word >> shift_)) == 0) {
        word += inGroup;  // nothing in this group
        continue;
      }
      if (words_[word] != 0) return memberIn(word, head);
    } while (word != first);
    return -1;
  }

  std::uint64_t summary_ = 0;
  std::size_t mask_ = 63;
  std::uint32_t shift_ = 0;
  std::vector<std::uint64_t> words_ = std::vector<std::uint64_t>(1, 0);
};

}  // namespace taktwerk::engine
