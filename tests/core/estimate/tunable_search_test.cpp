// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/tunable_search.h"

#include <set>
#include <span>
#include <utility>

#include <gtest/gtest.h>

namespace taktwerk {
namespace {

Tunable tunable(const std::string& name, std::int64_t defaultValue, std::vector<std::int64_t> values) {
  return {name, {}, defaultValue, std::move(values)};
}

std::vector<std::int64_t> upTo(std::int64_t last) {
  std::vector<std::int64_t> values;
  for (std::int64_t value = 1; value <= last; ++value) values.push_back(value);
  return values;
}

TunablePoint feasible(Cycles cycles) {
  return {{}, true, cycles, {}};
}

/// Asks `time` about one choice after the other.
template <class Time>
TimeChoices oneByOne(const Time& time) {
  return [time](std::size_t, std::span<TunablePoint> choices) {
    for (TunablePoint& choice : choices) {
      TunableValues values = choice.values;
      choice = time(values);
      choice.values = std::move(values);
    }
  };
}

TEST(SearchTunables, TriesEveryCombinationThatTheBudgetAllowsDefaultsFirst) {
  std::vector<TunableValues> asked;
  const auto points = searchTunables({tunable("a", 2, {1, 2, 3}), tunable("b", 8, {4, 8})}, 6,
                                     oneByOne([&](const TunableValues& at) {
                                       asked.push_back(at);
                                       return feasible(100 * at.at("a") - at.at("b"));
                                     }));
  EXPECT_EQ(asked.front(), (TunableValues{{"a", 2}, {"b", 8}}));
  EXPECT_EQ(asked.size(), 6u);
  EXPECT_EQ(std::set<TunableValues>(asked.begin(), asked.end()).size(), 6u);
  ASSERT_EQ(points.size(), 6u);
  EXPECT_EQ(points.front().values, (TunableValues{{"a", 1}, {"b", 8}}));
  for (std::size_t k = 1; k < points.size(); ++k) EXPECT_LE(points[k - 1].cycles, points[k].cycles);
}

TEST(SearchTunables, MovesOneTunableAfterTheOtherBeyondTheBudget) {
  std::int64_t asked = 0;
  const auto points = searchTunables({tunable("a", 40, upTo(40)), tunable("b", 40, upTo(40))}, 60,
                                     oneByOne([&](const TunableValues& at) {
                                       ++asked;
                                       return feasible(at.at("a") + 3 * at.at("b"));
                                     }));
  EXPECT_LE(asked, 60);
  EXPECT_EQ(asked, std::ssize(points));
  EXPECT_EQ(points.front().values, (TunableValues{{"a", 1}, {"b", 1}}));
}

TEST(SearchTunables, AsksAtMostAsOftenAsTheBudgetSays) {
  for (const std::int64_t budget : {0, 1, 2, 5}) {
    std::int64_t asked = 0;
    (void)searchTunables({tunable("a", 1, upTo(9)), tunable("b", 1, upTo(9))}, budget,
                         oneByOne([&](const TunableValues&) {
                           ++asked;
                           return feasible(1);
                         }));
    EXPECT_LE(asked, std::max<std::int64_t>(1, budget));
    EXPECT_GE(asked, 1);
  }
}

TEST(SearchTunables, AsksTogetherAboutWhatDoesNotDependOnEachOther) {
  std::vector<std::pair<std::size_t, std::size_t>> asked;
  const auto note = [&](std::size_t before, std::span<TunablePoint> choices) {
    asked.emplace_back(before, choices.size());
    for (TunablePoint& choice : choices) choice.feasible = true;
  };
  (void)searchTunables({tunable("a", 1, {1, 2, 3}), tunable("b", 1, {1, 2})}, 6, note);
  EXPECT_EQ(asked, (std::vector<std::pair<std::size_t, std::size_t>>{{0, 6}})) << "all combinations";
  asked.clear();
  (void)searchTunables({tunable("a", 1, {1, 2, 3}), tunable("b", 1, {1, 2})}, 5, note);
  EXPECT_EQ(asked, (std::vector<std::pair<std::size_t, std::size_t>>{{0, 1}, {1, 1}, {2, 1}}))
      << "the defaults, then one tunable after the other";
}

TEST(SearchTunables, NamesTheProblemOfWhatCannotBe) {
  const auto points = searchTunables({tunable("a", 3, {1, 2, 3})}, 8, oneByOne([](const TunableValues& at) {
                                       if (at.at("a") > 1) return TunablePoint{{}, false, 0, "too large"};
                                       return feasible(7);
                                     }));
  ASSERT_EQ(points.size(), 3u);
  EXPECT_EQ(points[0].values.at("a"), 1);
  EXPECT_TRUE(points[0].feasible);
  EXPECT_EQ(points[1].values.at("a"), 3) << "the default was tried first";
  EXPECT_EQ(points[1].problem, "too large");
  EXPECT_FALSE(points[2].feasible);
}

}  // namespace
}  // namespace taktwerk
