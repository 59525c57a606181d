// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/rational.h"

#include <cmath>
#include <limits>
#include <numeric>
#include <random>

#include <gtest/gtest.h>

namespace taktwerk {
namespace {

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

Rational fraction(std::int64_t a, std::int64_t b) {
  return *divide(Rational(a), Rational(b));
}

TEST(Rational, IsKeptInLowestTermsWithAPositiveDenominator) {
  EXPECT_EQ(fraction(6, -4).numerator, -3);
  EXPECT_EQ(fraction(6, -4).denominator, 2);
  EXPECT_TRUE(fraction(8, 4).isWhole());
  EXPECT_EQ(fraction(0, -5), Rational(0));
}

TEST(Rational, FloorsTowardsMinusInfinity) {
  EXPECT_EQ(floorDivide(Rational(7), Rational(2)), Rational(3));
  EXPECT_EQ(floorDivide(Rational(-7), Rational(2)), Rational(-4));
  EXPECT_EQ(floorDivide(Rational(7), Rational(-2)), Rational(-4));
  EXPECT_EQ(floorDivide(Rational(-7), Rational(-2)), Rational(3));
  EXPECT_EQ(floorDivide(fraction(7, 3), fraction(1, 2)), Rational(4));
  EXPECT_EQ(floorOf(fraction(-1, 3)), Rational(-1));
  EXPECT_EQ(ceilOf(fraction(-1, 3)), Rational(0));
  EXPECT_EQ(ceilOf(fraction(14, 4)), Rational(4));
  EXPECT_EQ(ceilOf(Rational(least)), Rational(least));
  EXPECT_EQ(floorOf(Rational(most)), Rational(most));
}

TEST(Rational, RemainderHasTheSignOfTheDivisor) {
  EXPECT_EQ(modulo(Rational(7), Rational(3)), Rational(1));
  EXPECT_EQ(modulo(Rational(-7), Rational(3)), Rational(2));
  EXPECT_EQ(modulo(Rational(7), Rational(-3)), Rational(-2));
  EXPECT_EQ(modulo(Rational(-7), Rational(-3)), Rational(-1));
  EXPECT_EQ(modulo(fraction(7, 2), Rational(2)), fraction(3, 2));
  // The quotient does not fit 64 bits, the remainder does.
  EXPECT_EQ(modulo(Rational(most), fraction(1, 2)), Rational(0));
  EXPECT_EQ(modulo(Rational(least), Rational(-1)), Rational(0));
}

TEST(Rational, GivesNothingInsteadOfWrapping) {
  EXPECT_EQ(add(Rational(most), Rational(1)), std::nullopt);
  EXPECT_EQ(subtract(Rational(least), Rational(1)), std::nullopt);
  EXPECT_EQ(subtract(Rational(0), Rational(least)), std::nullopt);
  EXPECT_EQ(multiply(Rational(most), Rational(2)), std::nullopt);
  EXPECT_EQ(divide(Rational(least), Rational(-1)), std::nullopt);
  EXPECT_EQ(floorDivide(Rational(least), Rational(-1)), std::nullopt);
  EXPECT_EQ(add(fraction(1, most), fraction(1, most - 1)), std::nullopt);
  EXPECT_EQ(floorDivide(Rational(most), fraction(1, 2)), std::nullopt);
}

TEST(Rational, DividesByNothing) {
  EXPECT_EQ(divide(Rational(1), Rational(0)), std::nullopt);
  EXPECT_EQ(floorDivide(Rational(1), Rational(0)), std::nullopt);
  EXPECT_EQ(modulo(Rational(1), Rational(0)), std::nullopt);
}

TEST(Rational, PowersAreExactOrNothing) {
  EXPECT_EQ(power(Rational(2), Rational(10)), Rational(1024));
  EXPECT_EQ(power(Rational(2), Rational(62)), Rational(std::int64_t{1} << 62));
  EXPECT_EQ(power(Rational(2), Rational(63)), std::nullopt);
  EXPECT_EQ(power(Rational(-2), Rational(63)), Rational(least));
  EXPECT_EQ(power(fraction(2, 3), Rational(-2)), fraction(9, 4));
  EXPECT_EQ(power(Rational(0), Rational(0)), Rational(1));
  EXPECT_EQ(power(Rational(0), Rational(-1)), std::nullopt);
  EXPECT_EQ(power(Rational(2), fraction(1, 2)), std::nullopt);
}

TEST(Rational, GiantExponentsEndAtOnce) {
  EXPECT_EQ(power(Rational(1), Rational(most)), Rational(1));
  EXPECT_EQ(power(Rational(-1), Rational(most)), Rational(-1));
  EXPECT_EQ(power(Rational(-1), Rational(least)), Rational(1));
  EXPECT_EQ(power(Rational(3), Rational(most)), std::nullopt);
  EXPECT_EQ(power(Rational(3), Rational(least)), std::nullopt);
}

TEST(Rational, ComparesExactly) {
  EXPECT_EQ(compare(fraction(most - 1, most), fraction(most - 2, most - 1)), 1);
  EXPECT_EQ(compare(Rational(least), Rational(most)), -1);
  EXPECT_EQ(compare(fraction(2, 4), fraction(1, 2)), 0);
}

/// Small fractions against plain arithmetic on numerators over a common denominator.
TEST(Rational, AgreesWithArithmeticOverACommonDenominator) {
  constexpr unsigned seed = 20240817;
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  std::uniform_int_distribution<std::int64_t> numerators(-500, 500);
  std::uniform_int_distribution<std::int64_t> denominators(1, 40);
  for (int i = 0; i < 20'000; ++i) {
    const std::int64_t a = numerators(random), b = denominators(random);
    const std::int64_t c = numerators(random), d = denominators(random);
    const Rational x = fraction(a, b), y = fraction(c, d);
    ASSERT_EQ(std::gcd(x.numerator, x.denominator), 1);
    ASSERT_EQ(add(x, y), fraction(a * d + c * b, b * d));
    ASSERT_EQ(subtract(x, y), fraction(a * d - c * b, b * d));
    ASSERT_EQ(multiply(x, y), fraction(a * c, b * d));
    ASSERT_EQ(compare(x, y), a * d < c * b ? -1 : a * d > c * b ? 1 : 0);
    const auto exact = static_cast<double>(a) / static_cast<double>(b);  // far from whole unless whole
    ASSERT_EQ(static_cast<double>(floorOf(x)->numerator), std::floor(exact));
    ASSERT_EQ(static_cast<double>(ceilOf(x)->numerator), std::ceil(exact));
    if (c == 0) continue;
    ASSERT_EQ(divide(x, y), fraction(a * d, b * c));
    // q = floor(x / y) and r = x - y q, with 0 <= r / y < 1.
    const Rational q = *floorDivide(x, y), r = *modulo(x, y);
    ASSERT_EQ(*add(*multiply(y, q), r), x);
    ASSERT_GE(compare(*divide(r, y), Rational(0)), 0);
    ASSERT_LT(compare(*divide(r, y), Rational(1)), 0);
  }
}

}  // namespace
}  // namespace taktwerk
