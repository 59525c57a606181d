// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>

namespace taktwerk {

/// Sums and products of numbers of at least 0 that stay at the largest 64-bit number instead of exceeding it:
/// what a bound has to do.
[[nodiscard]] inline std::int64_t saturatingSum(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  return __builtin_add_overflow(a, b, &sum) ? std::numeric_limits<std::int64_t>::max() : sum;
}

[[nodiscard]] inline std::int64_t saturatingProduct(std::int64_t a, std::int64_t b) {
  std::int64_t product = 0;
  return __builtin_mul_overflow(a, b, &product) ? std::numeric_limits<std::int64_t>::max() : product;
}

/// ⌈a / b⌉ of a ≥ 0, b ≥ 1.
[[nodiscard]] inline std::int64_t quotientRoundedUp(std::int64_t a, std::int64_t b) {
  return a / b + (a % b != 0 ? 1 : 0);
}

/// ⌊a · b / c⌋ of a, b ≥ 0 and c ≥ 1, without overflow between.
[[nodiscard]] inline std::int64_t proportion(std::int64_t a, std::int64_t b, std::int64_t c) {
  __extension__ using Wide = __int128;
  const Wide wide = static_cast<Wide>(a) * b / c;
  constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
  return wide > largest ? largest : static_cast<std::int64_t>(wide);
}

}  // namespace taktwerk
