// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/rational.h"

#include <limits>
#include <numeric>

namespace taktwerk {
namespace {

// Products of two 64-bit numbers fit 127 bits, so every intermediate result below is exact.
__extension__ typedef __int128 Wide;

constexpr Wide smallest = std::numeric_limits<std::int64_t>::min();
constexpr Wide largest = std::numeric_limits<std::int64_t>::max();

Wide greatestCommonDivisor(Wide a, Wide b) {
  // Nearly always both fit 64 bits, where a remainder takes a tenth of the time.
  if (smallest < a && a <= largest && smallest < b && b <= largest)
    return std::gcd(static_cast<std::int64_t>(a), static_cast<std::int64_t>(b));
  while (b != 0) {
    const Wide rest = a % b;
    a = b;
    b = rest;
  }
  return a < 0 ? -a : a;
}

std::optional<Rational> reduced(Wide numerator, Wide denominator) {
  if (denominator == 0) return std::nullopt;
  const Wide divisor = greatestCommonDivisor(numerator, denominator);
  if (divisor > 1) {
    numerator /= divisor;
    denominator /= divisor;
  }
  if (denominator < 0) {
    numerator = -numerator;
    denominator = -denominator;
  }
  if (numerator < smallest || numerator > largest || denominator > largest) return std::nullopt;
  Rational result;
  result.numerator = static_cast<std::int64_t>(numerator);
  result.denominator = static_cast<std::int64_t>(denominator);
  return result;
}

bool areWhole(Rational a, Rational b) {
  return a.isWhole() && b.isWhole();
}

Wide floorOfQuotient(Wide a, Wide b) {
  const Wide quotient = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

}  // namespace

std::optional<Rational> add(Rational a, Rational b) {
  if (areWhole(a, b)) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a.numerator, b.numerator, &sum)) return std::nullopt;
    return Rational(sum);
  }
  return reduced(Wide{a.numerator} * b.denominator + Wide{b.numerator} * a.denominator,
                 Wide{a.denominator} * b.denominator);
}

std::optional<Rational> subtract(Rational a, Rational b) {
  if (areWhole(a, b)) {
    std::int64_t difference = 0;
    if (__builtin_sub_overflow(a.numerator, b.numerator, &difference)) return std::nullopt;
    return Rational(difference);
  }
  return reduced(Wide{a.numerator} * b.denominator - Wide{b.numerator} * a.denominator,
                 Wide{a.denominator} * b.denominator);
}

std::optional<Rational> multiply(Rational a, Rational b) {
  if (areWhole(a, b)) {
    std::int64_t product = 0;
    if (__builtin_mul_overflow(a.numerator, b.numerator, &product)) return std::nullopt;
    return Rational(product);
  }
  return reduced(Wide{a.numerator} * b.numerator, Wide{a.denominator} * b.denominator);
}

std::optional<Rational> divide(Rational a, Rational b) {
  if (areWhole(a, b) && b.numerator > 0 && a.numerator % b.numerator == 0)
    return Rational(a.numerator / b.numerator);
  return reduced(Wide{a.numerator} * b.denominator, Wide{a.denominator} * b.numerator);
}

std::optional<Rational> floorDivide(Rational a, Rational b) {
  if (b.numerator == 0) return std::nullopt;
  if (areWhole(a, b) && b.numerator > 0) {
    const std::int64_t rest = a.numerator % b.numerator;
    return Rational(a.numerator / b.numerator - (rest < 0 ? 1 : 0));
  }
  return reduced(floorOfQuotient(Wide{a.numerator} * b.denominator, Wide{a.denominator} * b.numerator), 1);
}

std::optional<Rational> modulo(Rational a, Rational b) {
  if (b.numerator == 0) return std::nullopt;
  if (areWhole(a, b) && b.numerator > 0) {
    const std::int64_t rest = a.numerator % b.numerator;
    return Rational(rest < 0 ? rest + b.numerator : rest);
  }
  // Over the common denominator the remainder is one of whole numbers, even where a // b does not fit.
  const Wide dividend = Wide{a.numerator} * b.denominator;
  const Wide divisor = Wide{b.numerator} * a.denominator;
  Wide rest = dividend % divisor;
  if (rest != 0 && (rest < 0) != (divisor < 0)) rest += divisor;
  return reduced(rest, Wide{a.denominator} * b.denominator);
}

std::optional<Rational> power(Rational base, Rational exponent) {
  if (!exponent.isWhole()) return std::nullopt;
  auto count = static_cast<std::uint64_t>(exponent.numerator);
  if (exponent.numerator < 0) {
    const std::optional<Rational> inverse = divide(Rational(1), base);
    if (!inverse) return std::nullopt;
    base = *inverse;
    count = 0 - count;
  }
  Rational result(1);
  while (count > 0) {
    if ((count & 1U) != 0) {
      const std::optional<Rational> product = multiply(result, base);
      if (!product) return std::nullopt;
      result = *product;
    }
    count >>= 1U;
    if (count == 0) break;
    const std::optional<Rational> square = multiply(base, base);
    if (!square) return std::nullopt;
    base = *square;
  }
  return result;
}

std::optional<Rational> floorOf(Rational a) {
  if (a.isWhole()) return a;
  return Rational(static_cast<std::int64_t>(floorOfQuotient(a.numerator, a.denominator)));
}

std::optional<Rational> ceilOf(Rational a) {
  if (a.isWhole()) return a;
  return Rational(static_cast<std::int64_t>(-floorOfQuotient(-Wide{a.numerator}, a.denominator)));
}

int compare(Rational a, Rational b) {
  if (areWhole(a, b)) return a.numerator < b.numerator ? -1 : (a.numerator > b.numerator ? 1 : 0);
  const Wide left = Wide{a.numerator} * b.denominator;
  const Wide right = Wide{b.numerator} * a.denominator;
  return left < right ? -1 : (left > right ? 1 : 0);
}

}  // namespace taktwerk
