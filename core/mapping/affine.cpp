// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mapping/affine.h"

namespace taktwerk {

std::optional<AffineRange> rangeOf(const Affine& value, const LoopLevels& levels) {
  AffineRange range{value.base, value.base};
  for (std::size_t level = 0; level < value.levels; ++level) {
    const std::int64_t factor = value.coefficient[level];
    if (factor == 0) continue;
    std::int64_t extent = 0;
    std::int64_t& end = factor > 0 ? range.high : range.low;
    if (__builtin_mul_overflow(factor, levels[level].trips - 1, &extent) ||
        __builtin_add_overflow(end, extent, &end)) {
      return std::nullopt;
    }
  }
  return range;
}

bool addScaled(Affine& a, const Affine& b, std::int64_t factor) {
  std::int64_t product = 0;
  while (a.levels < b.levels) a.coefficient[a.levels++] = 0;
  for (std::size_t level = 0; level < b.levels; ++level) {
    if (__builtin_mul_overflow(b.coefficient[level], factor, &product) ||
        __builtin_add_overflow(a.coefficient[level], product, &a.coefficient[level])) {
      return false;
    }
  }
  return !__builtin_mul_overflow(b.base, factor, &product) &&
         !__builtin_add_overflow(a.base, product, &a.base);
}

bool scale(Affine& a, std::int64_t factor) {
  for (std::size_t level = 0; level < a.levels; ++level) {
    if (__builtin_mul_overflow(a.coefficient[level], factor, &a.coefficient[level])) return false;
  }
  return !__builtin_mul_overflow(a.base, factor, &a.base);
}

}  // namespace taktwerk
