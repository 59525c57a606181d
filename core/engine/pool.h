// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace taktwerk::engine {

inline constexpr std::uint32_t nowhere = ~std::uint32_t{0};

/// Records addressed by number, recycled through a free list; numbers stay valid while memory grows.
template <class T>
class Pool {
 public:
  std::uint32_t take(const T& value) {
    if (free_.empty()) {
      items_.push_back(value);
      return static_cast<std::uint32_t>(items_.size() - 1);
    }
    const std::uint32_t id = free_.back();
    free_.pop_back();
    items_[id] = value;
    return id;
  }
  void give(std::uint32_t id) { free_.push_back(id); }
  T& operator[](std::uint32_t id) { return items_[id]; }
  const T& operator[](std::uint32_t id) const { return items_[id]; }
  /// Numbers below this have been given out at some time.
  [[nodiscard]] std::uint32_t end() const { return static_cast<std::uint32_t>(items_.size()); }
  void clear() {
    items_.clear();
    free_.clear();
  }

 private:
  std::vector<T> items_;
  std::vector<std::uint32_t> free_;
};

}  // namespace taktwerk::engine
