// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/calibration/fit.h"

#include <cmath>
#include <limits>
#include <random>

#include <gtest/gtest.h>

namespace taktwerk {
namespace {

bool never() {
  return false;
}

double square(double value) {
  return value * value;
}

TEST(Fits, FindTheBottomOfABowl) {
  std::mt19937 random(7);  // NOLINT: the same cases everywhere
  for (int i = 0; i < 200; ++i) {
    const std::vector<std::int64_t> sizes{1 + static_cast<std::int64_t>(random() % 1000),
                                          1 + static_cast<std::int64_t>(random() % 30)};
    const FitPoint bottom{static_cast<std::int64_t>(random()) % sizes[0],
                          static_cast<std::int64_t>(random()) % sizes[1]};
    Fit fit(
        sizes,
        [&](const FitPoint& p) {
          return square(static_cast<double>(p[0] - bottom[0])) +
                 3 * square(static_cast<double>(p[1] - bottom[1]));
        },
        never);
    EXPECT_EQ(fit.minimise({0, 0}), bottom) << i;
    EXPECT_LT(fit.points(), 400U);
  }
}

TEST(Fits, FollowAValleyThatLiesAcross) {
  Fit fit(
      {500, 500},
      [](const FitPoint& p) {
        const auto a = static_cast<double>(p[0]), b = static_cast<double>(p[1]);
        return square(a + b - 400) + 0.05 * square(a - b - 100);
      },
      never);
  const FitPoint found = fit.minimise({10, 10});
  EXPECT_NEAR(static_cast<double>(found[0]), 250, 3);
  EXPECT_NEAR(static_cast<double>(found[1]), 150, 3);
}

TEST(Fits, ABandIsWhatTheOthersCanMakeUpFor) {
  // Only the sum is determined: each alone may be anything from which the other can make it up.
  Fit fit(
      {100, 100}, [](const FitPoint& p) { return square(static_cast<double>(p[0] + p[1] - 60)); }, never);
  const FitPoint best = fit.minimise({30, 30});
  EXPECT_EQ(best, (FitPoint{30, 30}));
  EXPECT_EQ(fit.bandOf(0, best, 0.5), (std::pair<std::int64_t, std::int64_t>(0, 60)));
}

TEST(Fits, ABandEndsWhereTheLossRises) {
  Fit fit(
      {200}, [](const FitPoint& p) { return square(static_cast<double>(p[0]) - 80); }, never);
  EXPECT_EQ(fit.bandOf(0, {80}, 100.5), (std::pair<std::int64_t, std::int64_t>(70, 90)));
  EXPECT_EQ(fit.bandOf(0, {80}, 0), (std::pair<std::int64_t, std::int64_t>(80, 80)));
  EXPECT_EQ(fit.bandOf(0, {80}, 1e9), (std::pair<std::int64_t, std::int64_t>(0, 199)));
}

TEST(Fits, KeepTheStartWhereNothingIsBetter) {
  Fit fit(
      {50, 50}, [](const FitPoint&) { return 1.0; }, never);
  EXPECT_EQ(fit.minimise({17, 4}), (FitPoint{17, 4}));
}

TEST(Fits, GoAroundPointsThatCannotBe) {
  Fit fit(
      {100},
      [](const FitPoint& p) {
        return p[0] < 40 ? std::numeric_limits<double>::infinity() : square(static_cast<double>(p[0]) - 45);
      },
      never);
  EXPECT_EQ(fit.minimise({0}), FitPoint{45});
}

TEST(Fits, EndWhenTheyAreStopped) {
  int asked = 0;
  Fit fit(
      {1'000'000, 1'000'000}, [&](const FitPoint& p) { return ++asked, static_cast<double>(p[0] + p[1]); },
      [&] { return asked >= 10; });
  static_cast<void>(fit.minimise({999'999, 999'999}));
  EXPECT_LE(asked, 10);
}

}  // namespace
}  // namespace taktwerk
