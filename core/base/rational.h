// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>

namespace taktwerk {

/// An exact fraction in lowest terms with a positive denominator. Every operation returns nothing when
/// the exact result does not fit 64-bit numerator and denominator (or a divisor is 0); nothing wraps.
struct Rational {
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;

  Rational() = default;
  Rational(std::int64_t whole) : numerator(whole) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool isWhole() const { return denominator == 1; }
  friend bool operator==(const Rational&, const Rational&) = default;
};

[[nodiscard]] std::optional<Rational> add(Rational a, Rational b);
[[nodiscard]] std::optional<Rational> subtract(Rational a, Rational b);
[[nodiscard]] std::optional<Rational> multiply(Rational a, Rational b);
[[nodiscard]] std::optional<Rational> divide(Rational a, Rational b);
/// Largest whole number not above a / b.
[[nodiscard]] std::optional<Rational> floorDivide(Rational a, Rational b);
/// a − b · floor(a / b): has the sign of b.
[[nodiscard]] std::optional<Rational> modulo(Rational a, Rational b);
/// `exponent` must be whole; negative exponents give fractions.
[[nodiscard]] std::optional<Rational> power(Rational base, Rational exponent);
[[nodiscard]] std::optional<Rational> floorOf(Rational a);
[[nodiscard]] std::optional<Rational> ceilOf(Rational a);
/// −1, 0 or 1.
[[nodiscard]] int compare(Rational a, Rational b);

}  // namespace taktwerk
