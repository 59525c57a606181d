// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/rational.h"
#include "core/mapping/mapping_document.h"

namespace taktwerk {

/// A loop that is open while a program is elaborated: its variable counts 0 … trips − 1.
struct LoopLevel {
  std::int64_t trips = 1;
  const std::string* name = nullptr;
};
using LoopLevels = std::vector<LoopLevel>;

/// (base + Σ coefficient[l] · variable of level l) / denominator; the denominator is 1 but for constants.
/// Coefficients of levels with one trip are 0.
struct Affine {
  std::int64_t base = 0;
  std::int64_t denominator = 1;
  std::uint32_t levels = 0;                            ///< coefficients beyond are 0
  std::array<std::int64_t, deepestLoops> coefficient;  // only the first `levels` are set

  Affine() {}  // NOLINT(modernize-use-equals-default): leaves the coefficients unset on purpose
  explicit Affine(std::int64_t value) : base(value) {}
  Affine(const Affine& other) { *this = other; }
  Affine& operator=(const Affine& other) {
    base = other.base;
    denominator = other.denominator;
    levels = other.levels;
    for (std::uint32_t level = 0; level < levels; ++level) coefficient[level] = other.coefficient[level];
    return *this;
  }

  [[nodiscard]] std::int64_t at(std::size_t level) const { return level < levels ? coefficient[level] : 0; }
  [[nodiscard]] bool isConstant() const {
    return std::all_of(coefficient.begin(), coefficient.begin() + levels,
                       [](std::int64_t c) { return c == 0; });
  }
  [[nodiscard]] bool isWholeConstant() const { return denominator == 1 && isConstant(); }
  [[nodiscard]] Rational rational() const {
    Rational value(base);
    value.denominator = denominator;
    return value;
  }
  void set(const Rational& value) {
    base = value.numerator;
    denominator = value.denominator;
    levels = 0;
  }
};

/// a / b rounded down, and what remains; b is not 0.
[[nodiscard]] inline std::int64_t floorOfQuotient(std::int64_t a, std::int64_t b) {
  const std::int64_t quotient = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}
[[nodiscard]] inline std::int64_t remainderOf(std::int64_t a, std::int64_t b) {
  return a - b * floorOfQuotient(a, b);
}

/// Smallest and largest value for whole loops.
struct AffineRange {
  std::int64_t low = 0, high = 0;
};
/// Nothing if it does not fit 64 bits.
[[nodiscard]] std::optional<AffineRange> rangeOf(const Affine& value, const LoopLevels& levels);

/// a + factor · b; false on overflow. Denominators must be 1.
[[nodiscard]] bool addScaled(Affine& a, const Affine& b, std::int64_t factor);
/// a · factor; false on overflow.
[[nodiscard]] bool scale(Affine& a, std::int64_t factor);

}  // namespace taktwerk
