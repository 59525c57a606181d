// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "tests/core/mapping/mapping_support.h"

namespace taktwerk {
namespace {

const std::string tiled = denseMapping(R"M(tunables:
  tile: {default: "min(4, K)", values: [2, 4, "K"], description: outputs at once}
  depth: {default: 1, minimum: 1, maximum: C, step: 2}
values:
  tiles: ceil(K / tile)
requires:
  - {condition: tiles <= 4, reason: at most four tiles}
program:
  - tile: k
    in: K
    by: tile
    do:
      - nop with n = k.length, d = depth, t = tiles
)M");

TEST(Tunables, HaveDefaultsAndLegalValuesOfTheLayer) {
  const Network network = denseNetwork();
  const auto machine = smallMachine();
  const Mapping mapping = valueOf(parseMapping(tiled, "m.yaml"));
  const std::vector<LayerId> layers{LayerId{0}};
  const auto tunables = valueOf(tunablesOf(mapping, *machine, network, layers));
  ASSERT_EQ(tunables.size(), 2u);
  EXPECT_EQ(tunables[0].name, "tile");
  EXPECT_EQ(tunables[0].description, "outputs at once");
  EXPECT_EQ(tunables[0].defaultValue, 4);
  EXPECT_EQ(tunables[0].values, (std::vector<std::int64_t>{2, 4, 7}));
  EXPECT_EQ(tunables[1].values, (std::vector<std::int64_t>{1, 3, 5}));
}

TEST(Tunables, ChangeTheProgram) {
  const auto machine = smallMachine();
  const auto mapped = mapFirst(tiled, denseNetwork(), *machine, {{"tile", 2}, {"depth", 5}});
  ASSERT_TRUE(mapped) << text(mapped.diagnostics);
  EXPECT_EQ(mapped->tunables, (std::map<std::string, std::int64_t>{{"tile", 2}, {"depth", 5}}));
  EXPECT_EQ(
      unrolled(mapped->program, *machine),
      (std::vector<std::string>{"nop d=5 n=2 t=4", "nop d=5 n=2 t=4", "nop d=5 n=2 t=4", "nop d=5 n=1 t=4"}));
}

TEST(Tunables, RefuseIllegalValuesAndUnknownNames) {
  const auto machine = smallMachine();
  const auto illegal = mapFirst(tiled, denseNetwork(), *machine, {{"tile", 3}});
  ASSERT_FALSE(illegal);
  EXPECT_NE(text(illegal.diagnostics).find("tile is 3, legal values here are 2, 4, 7"), std::string::npos)
      << text(illegal.diagnostics);
  const auto unknown = mapFirst(tiled, denseNetwork(), *machine, {{"tiel", 2}});
  ASSERT_FALSE(unknown);
  EXPECT_NE(text(unknown.diagnostics).find("no tunable \"tiel\"; did you mean \"tile\"?"), std::string::npos);
}

}  // namespace
}  // namespace taktwerk
