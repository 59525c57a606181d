// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mapping/fitting.h"

#include <algorithm>
#include <random>
#include <tuple>

#include "tests/core/mapping/mapping_support.h"

namespace taktwerk {
namespace {

/// `dmem` has 600 and 400 words; a buffer lies in one of the two.
std::string tiledMapping(const std::string& tunables, const std::string& shape,
                         const std::string& requirements = {}) {
  return denseMapping(requirements + "tunables:\n" + tunables + "buffers:\n  tile: {memory: dmem, shape: [" +
                      shape + "]}\nprogram:\n  - nop with n = 1\n");
}

std::int64_t valueIn(const TunableChoice& choice, const std::string& name) {
  return choice.at(name);
}

/// The order as it is documented, by sorting all combinations of two tunables.
std::vector<TunableChoice> sortedChoices(const Tunable& a, const Tunable& b) {
  std::vector<TunableChoice> all;
  for (const std::int64_t x : a.values) {
    for (const std::int64_t y : b.values) all.push_back({{a.name, x}, {b.name, y}});
  }
  const auto key = [&](const TunableChoice& choice) {
    const std::int64_t x = valueIn(choice, a.name), y = valueIn(choice, b.name);
    const bool above = x > a.defaultValue || y > b.defaultValue;
    return std::tuple(above, -std::max<std::int64_t>(1, x) * std::max<std::int64_t>(1, y), -x, -y);
  };
  std::sort(all.begin(), all.end(), [&](const auto& x, const auto& y) { return key(x) < key(y); });
  return all;
}

std::vector<TunableChoice> choicesToTry(const std::vector<Tunable>& tunables) {
  std::vector<TunableChoice> choices;
  tryChoices(tunables, [&](TunableChoice&& choice) {
    choices.push_back(std::move(choice));
    return true;
  });
  return choices;
}

TEST(TryChoices, BeginWithWhatIsNotAboveTheDefaultsAndTakeLargeProductsFirst) {
  std::mt19937_64 random(11);
  const auto below = [&](std::int64_t n) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(n));
  };
  for (int round = 0; round < 200; ++round) {
    std::vector<Tunable> tunables{{"a", {}, 0, {}}, {"b", {}, 0, {}}};
    for (Tunable& tunable : tunables) {
      std::int64_t value = below(3) - 1;
      for (std::int64_t count = 1 + below(6); count > 0; --count) {
        tunable.values.push_back(value);
        value += 1 + below(5);
      }
      tunable.defaultValue = tunable.values[static_cast<std::size_t>(below(std::ssize(tunable.values)))];
      std::shuffle(tunable.values.begin(), tunable.values.end(), random);
    }
    EXPECT_EQ(choicesToTry(tunables), sortedChoices(tunables[0], tunables[1])) << round;
  }
}

TEST(TryChoices, AreLimitedHoweverManyThereAre) {
  std::vector<Tunable> tunables;
  for (const char* name : {"a", "b", "c", "d", "e"}) {
    Tunable tunable{name, {}, 4000, {}};
    for (std::int64_t value = 1; value <= 4096; ++value) tunable.values.push_back(value);
    tunables.push_back(std::move(tunable));
  }
  const auto choices = choicesToTry(tunables);
  ASSERT_EQ(choices.size(), mostChoicesTried);
  EXPECT_EQ(choices.front(),
            (TunableChoice{{"a", 4000}, {"b", 4000}, {"c", 4000}, {"d", 4000}, {"e", 4000}}));
  EXPECT_EQ(choices[1], (TunableChoice{{"a", 4000}, {"b", 4000}, {"c", 4000}, {"d", 4000}, {"e", 3999}}));
}

TEST(TryChoices, AreMadeNoFurtherThanTheyAreWanted) {
  int asked = 0;
  tryChoices({{"a", {}, 4, {1, 2, 4, 8}}, {"b", {}, 2, {1, 2, 4}}},
             [&](const TunableChoice&) { return ++asked < 3; });
  EXPECT_EQ(asked, 3);
}

TEST(MapLayers, StopsWhenAskedWithNeitherAProgramNorAnError) {
  const Mapping mapping =
      valueOf(parseMapping(tiledMapping("  tile_k: {default: 8, values: [4, 8, 16]}\n", "tile_k * 50"), "f"));
  const Network network = denseNetwork();
  const auto machine = smallMachine();
  const std::vector<LayerId> layers = match(mapping, *machine, network, LayerId{0}).layers;
  Progress progress;
  EXPECT_TRUE(mapLayers(mapping, *machine, network, layers, {}, &progress));
  progress.cancel();
  const auto mapped = mapLayers(mapping, *machine, network, layers, {}, &progress);
  EXPECT_FALSE(mapped);
  EXPECT_TRUE(mapped.diagnostics.empty());
}

TEST(Fitting, DefaultsThatFitStay) {
  const auto mapped = mapFirst(tiledMapping("  tile_k: {default: 8, values: [4, 8, 16]}\n", "tile_k * 50"),
                               denseNetwork(), *smallMachine());
  ASSERT_TRUE(mapped) << text(mapped.diagnostics);
  EXPECT_EQ(mapped->tunables, (TunableChoice{{"tile_k", 8}}));
  EXPECT_TRUE(mapped->adapted.empty());
}

TEST(Fitting, TheLargestThatFitsIsTakenAndNamed) {
  const auto mapped = mapFirst(tiledMapping("  tile_k: {default: 16, values: [1, 2, 4, 8, 16]}\n"
                                            "  tile_c: {default: 2, values: [1, 2, 4]}\n"
                                            "  other: {default: 3, values: [3]}\n",
                                            "tile_k * tile_c * 40"),
                               denseNetwork(), *smallMachine());
  ASSERT_TRUE(mapped) << text(mapped.diagnostics);
  // Products above 15 do not fit; of those of 8, the larger tile_c goes first.
  EXPECT_EQ(mapped->tunables, (TunableChoice{{"other", 3}, {"tile_c", 2}, {"tile_k", 4}}));
  EXPECT_EQ(mapped->adapted, (TunableChoice{{"tile_k", 4}}));
}

TEST(Fitting, ValuesThatAreGivenStay) {
  const std::string mapping = tiledMapping(
      "  tile_k: {default: 16, values: [1, 2, 4, 8, 16]}\n"
      "  tile_c: {default: 2, values: [1, 2, 4]}\n",
      "tile_k * tile_c * 40");
  const auto mapped = mapFirst(mapping, denseNetwork(), *smallMachine(), {{"tile_c", 4}});
  ASSERT_TRUE(mapped) << text(mapped.diagnostics);
  EXPECT_EQ(mapped->tunables, (TunableChoice{{"tile_c", 4}, {"tile_k", 2}}));
  EXPECT_EQ(mapped->adapted, (TunableChoice{{"tile_k", 2}}));
  const auto all = mapFirst(mapping, denseNetwork(), *smallMachine(), {{"tile_c", 4}, {"tile_k", 16}});
  ASSERT_FALSE(all);
  EXPECT_EQ(all.diagnostics.front().code, "M0214");
}

TEST(Fitting, LargerThanTheDefaultIsTriedLast) {
  const auto mapped = mapFirst(tiledMapping("  parts: {default: 1, values: [1, 2, 4, 8]}\n", "3000 // parts"),
                               denseNetwork(), *smallMachine());
  ASSERT_TRUE(mapped) << text(mapped.diagnostics);
  EXPECT_EQ(mapped->adapted, (TunableChoice{{"parts", 8}}));
}

TEST(Fitting, WhereNothingFitsBothFiguresTheCountAndTheNearestMissAreTold) {
  const auto mapped = mapFirst(tiledMapping("  tile_k: {default: 8, values: [2, 4, 8]}\n"
                                            "  tile_c: {default: 2, values: [1, 2]}\n",
                                            "tile_k * tile_c * 600"),
                               denseNetwork(), *smallMachine());
  ASSERT_FALSE(mapped);
  ASSERT_EQ(mapped.diagnostics.size(), 1U);
  EXPECT_EQ(mapped.diagnostics.front().code, "M0215");
  EXPECT_TRUE(isMisfit(mapped.diagnostics.front()));
  EXPECT_EQ(mapped.diagnostics.front().message,
            "buffer \"tile\" needs 9600 words, but memory \"dmem\" holds 1000 words, 0 of them taken by what "
            "stands before it; none of the 6 choices of tile_c and tile_k tried fits, the nearest (tile_c 1, "
            "tile_k 2) needs 200 words more than there are");
}

TEST(Fitting, AConditionOnTunablesLeavesTheChoiceOpen) {
  const std::string requirements =
      "requires:\n"
      "  - {condition: twice <= 8, reason: at most eight at once}\n"
      "  - {condition: bits(weight) <= 8, reason: weights have at most 8 bit}\n";
  const auto with = [&](const std::string& values) {
    return mapFirst(denseMapping(requirements + "tunables:\n  tile_k: {default: 8, values: " + values +
                                 "}\nvalues:\n  twice: 2 * tile_k\nprogram:\n  - nop with n = tile_k\n"),
                    denseNetwork(), *smallMachine());
  };
  const auto mapped = with("[2, 4, 8]");
  ASSERT_TRUE(mapped) << text(mapped.diagnostics);
  EXPECT_EQ(mapped->adapted, (TunableChoice{{"tile_k", 4}}));
  const auto none = with("[5, 8]");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.diagnostics.front().message,
            "at most eight at once; none of the 2 choices of tile_k tried fits");
}

TEST(Fitting, AnotherConditionIsTheReasonBeforeOneOnTunables) {
  const auto mapped = mapFirst(denseMapping("requires:\n"
                                            "  - {condition: tile_k <= 4, reason: at most four at once}\n"
                                            "  - {condition: bits(weight) > 8, reason: wide weights only}\n"
                                            "tunables:\n  tile_k: {default: 8, values: [4, 8]}\n"
                                            "program:\n  - nop with n = tile_k\n"),
                               denseNetwork(), *smallMachine());
  ASSERT_FALSE(mapped);
  EXPECT_EQ(mapped.diagnostics.front().message, "wide weights only");
}

TEST(Fitting, WhatKeepsAnEqualChainIsNotLookedForAgain) {
  const Mapping mapping = valueOf(parseMapping(
      denseMapping(
          "requires:\n  - {condition: K <= 7, reason: at most seven}\nprogram:\n  - nop with n = K\n"),
      "m.yaml"));
  const Network network = denseNetwork();
  int asked = 0;
  const auto matched = [&](const KnownConditions& known) {
    return match(mapping, *smallMachine(), network, LayerId{0}, known);
  };
  const Match found = matched([&](std::span<const LayerId> chain, const std::function<std::string()>& find) {
    ++asked;
    EXPECT_EQ(chain.size(), 1U);
    return find();
  });
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(found.layers.size(), 1U);
  const Match refused = matched(
      [](std::span<const LayerId>, const std::function<std::string()>&) { return std::string("as before"); });
  EXPECT_TRUE(refused.layers.empty());
  EXPECT_EQ(refused.reason, "as before");
}

TEST(Fitting, ADefaultThatIsNotLegalHereGivesWay) {
  const std::string mapping = denseMapping(
      "tunables:\n  tile_k: {default: 16, minimum: 1, maximum: K}\nprogram:\n  - nop with n = tile_k\n");
  const auto mapped = mapFirst(mapping, denseNetwork(), *smallMachine());
  ASSERT_TRUE(mapped) << text(mapped.diagnostics);
  EXPECT_EQ(mapped->adapted, (TunableChoice{{"tile_k", 7}}));
  const auto tunables = valueOf(tunablesOf(valueOf(parseMapping(mapping, "m.yaml")), *smallMachine(),
                                           denseNetwork(), std::vector<LayerId>{LayerId{0}}));
  ASSERT_EQ(tunables.size(), 1U);
  EXPECT_EQ(tunables.front().defaultValue, 7);
}

TEST(Fitting, OtherErrorsAreNoMisfits) {
  const auto mapped = mapFirst(tiledMapping("  tile_k: {default: 0, values: [0, 1]}\n", "600 // tile_k"),
                               denseNetwork(), *smallMachine());
  ASSERT_FALSE(mapped);
  EXPECT_EQ(mapped.diagnostics.front().code, "M0201");
  EXPECT_FALSE(isMisfit(mapped.diagnostics.front()));
}

}  // namespace
}  // namespace taktwerk
