// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace taktwerk::engine {

inline constexpr std::uint32_t nowhere = ~std::uint32_t{0};

/// Records addressed by number, recycled through a free list that is linked through their own `next`; numbers
/// stay valid while memory grows.
template <class T>
class Pool {
 public:
  /// A record with whatever was left in it: the caller sets every field.
  std::uint32_t take() {
    const std::uint32_t id = free_;
    if (id == nowhere) [[unlikely]] {
      items_.emplace_back();
      return static_cast<std::uint32_t>(items_.size() - 1);
    }
    free_ = items_[id].next;
    return id;
  }
  void give(std::uint32_t id) {
    items_[id].next = free_;
    free_ = id;
  }
  T& operator[](std::uint32_t id) { return items_[id]; }
  const T& operator[](std::uint32_t id) const { return items_[id]; }
  /// Numbers below this have been given out at some time.
  [[nodiscard]] std::uint32_t end() const { return static_cast<std::uint32_t>(items_.size()); }
  void clear() {
    items_.clear();
    free_ = nowhere;
  }

 private:
  std::vector<T> items_;
  std::uint32_t free_ = nowhere;
};

}  // namespace taktwerk::engine
