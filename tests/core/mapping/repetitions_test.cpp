// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "core/mapping/fitting.h"
#include "tests/core/mapping/mapping_support.h"

namespace taktwerk {
namespace {

/// What the values of a mapping come to in the first layer, K = 7 and C = 5: `n` and `m` of its instruction.
std::string instruction(const std::string& declarations, const std::string& n, const std::string& m = "0",
                        const std::map<std::string, std::int64_t>& tunables = {}) {
  const auto machine = smallMachine();
  const auto mapped =
      mapFirst(denseMapping(declarations + "program:\n  - nop with n = " + n + ", m = " + m + "\n"),
               denseNetwork(), *machine, tunables);
  return mapped ? unrolled(mapped->program, *machine).front() : text(mapped.diagnostics);
}

const std::string square = R"M(values:
  side:
    begin: {length: 1}
    while: (side.length + 1) ^ 2 <= 32
    next: {length: side.length + 1}
)M";

TEST(Repetitions, GoOnWhileTheirConditionHolds) {
  EXPECT_EQ(instruction(square, "side.length"), "nop m=0 n=5");
}

TEST(Repetitions, ThatNeedNoRoundStayAsTheyBegin) {
  EXPECT_EQ(instruction("values:\n  x: {begin: {a: K}, while: x.a > 7, next: {a: 0}}\n", "x.a"),
            "nop m=0 n=7");
}

TEST(Repetitions, ChangeAllValuesAtOnce) {
  const std::string fibonacci = R"M(values:
  pair: {begin: {a: 0, b: 1}, while: pair.b < 50, next: {a: pair.b, b: pair.a + pair.b}}
)M";
  EXPECT_EQ(instruction(fibonacci, "pair.a", "pair.b"), "nop m=55 n=34");
}

TEST(Repetitions, ComputeTheirHelpersBeforeEachTest) {
  const std::string shrinking = R"M(values:
  most: 10
  tile:
    begin: {rows: K, columns: C}
    let: {words: tile.rows * tile.columns, twice: 2 * tile.words}
    while: tile.words > most
    next:
      rows: if(tile.rows >= tile.columns, tile.rows - 1, tile.rows)
      columns: if(tile.rows >= tile.columns, tile.columns, tile.columns - 1)
  after: tile.rows + tile.twice
)M";
  // 7 x 5, 6 x 5, 5 x 5, 4 x 5, 4 x 4, 3 x 4, 3 x 3
  EXPECT_EQ(instruction(shrinking, "tile.rows", "tile.columns"), "nop m=3 n=3");
  EXPECT_EQ(instruction(shrinking, "tile.words", "after"), "nop m=21 n=9");
}

TEST(Repetitions, BeginWithWhatAnotherOneFound) {
  const std::string two = R"M(values:
  low: {begin: {a: K}, while: low.a > 3, next: {a: low.a - 2}}
  up: {begin: {a: low.a}, while: up.a % 4 > 0, next: {a: up.a + 1}}
)M";
  EXPECT_EQ(instruction(two, "low.a", "up.a"), "nop m=4 n=3");
}

TEST(Repetitions, ThatNeverEndAreAnErrorOfTheLayer) {
  const std::string endless =
      instruction("values:\n  x: {begin: {a: 1}, let: {b: 2}, while: x.a > 0, next: {a: x.a + 1}}\n", "x.b");
  EXPECT_NE(endless.find("the value \"x\" cannot be computed: its condition still holds after 100000 rounds"),
            std::string::npos)
      << endless;
}

TEST(Repetitions, ThatCannotBeComputedSayWhere) {
  const std::string text = instruction(
      "values:\n  x: {begin: {a: 3}, while: x.a >= 0, next: {a: x.a - 3 + 0 * (6 // x.a)}}\n", "x.a");
  EXPECT_NE(text.find("the value \"x\" cannot be computed"), std::string::npos) << text;
  EXPECT_NE(text.find("m.yaml:7:"), std::string::npos) << text;
}

TEST(Repetitions, OnTunablesLeaveTheChoiceOpen) {
  const std::string text = R"M(tunables:
  most: {default: 20, values: [5, 10, 20]}
values:
  tile: {begin: {rows: K}, while: tile.rows * C > most, next: {rows: tile.rows - 1}}
requires:
  - {condition: tile.rows < 3, reason: less than three rows}
)M";
  EXPECT_EQ(instruction(text, "tile.rows", "most"), "nop m=10 n=2")
      << "the largest choice that the condition allows";
}

std::string problems(const std::string& values) {
  return text(
      parseMapping(denseMapping("values:\n  x: " + values + "\nprogram: []\nresult: in place\n"), "m.yaml")
          .diagnostics);
}

TEST(Repetitions, SayWhatIsWrongWithThem) {
  EXPECT_NE(problems("{begin: {a: 1}, while: x.a < 3, next: {b: 2}}").find("it has no \"b\""),
            std::string::npos);
  EXPECT_NE(problems("{begin: {a: 1}, while: x.a < 3}").find("needs \"next\""), std::string::npos);
  EXPECT_NE(problems("{begin: {}, while: 0, next: {}}").find("next changes some of them"), std::string::npos);
  EXPECT_NE(problems("{begin: {a: 1, 2b: 1}, while: 0, next: {a: 1}}").find("a letter or underscore"),
            std::string::npos);
  EXPECT_NE(problems("{begin: {a: 1}, let: {a: 2}, while: 0, next: {a: 1}}").find("already in use"),
            std::string::npos);
  EXPECT_NE(problems("{begin: {a: 1}, until: 0, while: 0, next: {a: 1}}").find("until"), std::string::npos);
}

}  // namespace
}  // namespace taktwerk
