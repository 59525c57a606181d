// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/feasibility.h"

#include <algorithm>
#include <functional>

#include <gtest/gtest.h>

#include "tests/core/architecture/documents.h"
#include "tests/support/property_seed.h"
#include "tests/support/random.h"

namespace taktwerk {
namespace {

using test::problemsOf;
using test::sound;
using test::with;

/// The sound architecture with other parameters, and lines behind them.
std::string document(const std::string& parameters, const std::string& behind = {}) {
  return with(sound, "  rows: {default: 4, minimum: 1, maximum: 16}\n", parameters + behind);
}

Architecture read(const std::string& parameters, const std::string& behind = {}) {
  Result<Architecture> architecture = parseArchitecture(document(parameters, behind), "f");
  EXPECT_EQ(test::problems(architecture.diagnostics), "");
  return *architecture;
}

std::string problemsAt(const Architecture& architecture, const ParameterMap& point) {
  Problems problems("f");
  static_cast<void>(resolveParameters(architecture, point, problems));
  return test::problems(std::move(problems).take());
}

ParameterBounds boundsAt(const Architecture& architecture, const std::string& name,
                         const ParameterMap& point) {
  for (const Parameter& p : architecture.parameters) {
    if (p.name != name) continue;
    const auto bounds = boundsOf(p, point);
    if (const auto* known = std::get_if<ParameterBounds>(&bounds)) return *known;
    ADD_FAILURE() << std::get<Infeasibility>(bounds).reason;
  }
  return {};
}

TEST(Feasibility, BoundsFollowOtherParameters) {
  const Architecture a = read(
      "  width: {default: 2, minimum: 1, maximum: 16}\n"
      "  buffer: {default: 4 * width, minimum: width, maximum: 64}\n");
  EXPECT_EQ(a.parameters[1].minimum->value, 2);
  EXPECT_EQ(boundsAt(a, "buffer", {{"width", 8}, {"buffer", 9}}), (ParameterBounds{8, 64, {}, {}}));
  EXPECT_EQ(problemsAt(a, {{"width", 8}}), "");
  EXPECT_EQ(problemsAt(a, {{"width", 8}, {"buffer", 8}}), "");
  EXPECT_EQ(problemsAt(a, {{"width", 8}, {"buffer", 7}}),
            "5:41: error: infeasible: parameter \"buffer\" must be at least 8 (width) and at most 64, is 7 "
            "[A0117]");
  EXPECT_EQ(problemsAt(a, {{"buffer", 65}}),
            "5:57: error: infeasible: parameter \"buffer\" must be at least 2 (width) and at most 64, is 65 "
            "[A0117]");
}

TEST(Feasibility, AFractionBoundsTheWholeNumbersThatItDoes) {
  const Architecture a = read(
      "  n: {default: 8, minimum: -9, maximum: 9}\n"
      "  m: {default: 1, minimum: -n / 3, maximum: n / 3}\n");
  EXPECT_EQ(boundsAt(a, "m", {{"n", 7}}), (ParameterBounds{-2, 2, {}, {}}));
  EXPECT_EQ(boundsAt(a, "m", {{"n", -7}}), (ParameterBounds{3, -3, {}, {}}));
}

TEST(Feasibility, StepsAndValuesAreBoundsToo) {
  const Architecture a = read(
      "  lanes: {default: 8, minimum: 2, maximum: 64, step: 2}\n"
      "  port: {default: 8, values: [1, lanes // 2, lanes]}\n"
      "  burst: {default: 16, step: lanes}\n");
  EXPECT_EQ(boundsAt(a, "port", {{"lanes", 6}}), (ParameterBounds{{}, {}, {}, {1, 3, 6}}));
  EXPECT_EQ(
      problemsAt(a, {{"lanes", 9}}),
      "4:54: error: infeasible: parameter \"lanes\" must be at least 2 and at most 64, in steps of 2, is 9 "
      "[A0117]");
  EXPECT_EQ(problemsAt(a, {{"port", 5}}),
            "5:31: error: infeasible: parameter \"port\" must be one of 1, 4, 8, is 5 [A0117]");
  EXPECT_EQ(problemsAt(a, {{"burst", 20}}),
            "6:30: error: infeasible: parameter \"burst\" must be in steps of 8 (lanes), is 20 [A0117]");
  EXPECT_EQ(problemsAt(a, {{"lanes", 4}, {"port", 2}, {"burst", 12}}), "");
}

TEST(Feasibility, AConstraintNamesBothFiguresAndTheReason) {
  const Architecture a = read(
      "  rows: {default: 4, minimum: 1, maximum: 1024}\n  columns: {default: 4, minimum: 1, maximum: 1024}\n",
      "constraints:\n"
      "  - {condition: rows * columns <= 4096, reason: \"as many multipliers as fit: 4096\"}\n"
      "  - condition: rows % 2 == 0 or rows == 1\n");
  EXPECT_EQ(problemsAt(a, {{"rows", 64}, {"columns", 64}}), "");
  EXPECT_EQ(
      problemsAt(a, {{"rows", 64}, {"columns", 65}}),
      "7:17: error: infeasible: rows * columns <= 4096 does not hold, 4160 against 4096 (rows 64, columns "
      "65): as many multipliers as fit: 4096 [A0117]");
  EXPECT_EQ(problemsAt(a, {{"rows", 3}}),
            "8:16: error: infeasible: rows % 2 == 0 or rows == 1 does not hold (rows 3) [A0117]");
}

TEST(Feasibility, TheFirstViolationIsTold) {
  const Architecture a = read("  a: {default: 1, maximum: 2}\n  b: {default: 1, maximum: 2}\n",
                              "constraints: [{condition: a <= b}]\n");
  EXPECT_EQ(infeasibility(a, {{"a", 2}, {"b", 2}}), std::nullopt);
  EXPECT_EQ(infeasibility(a, {{"a", 3}, {"b", 4}})->reason, "parameter \"a\" must be at most 2, is 3");
  EXPECT_EQ(infeasibility(a, {{"a", 2}, {"b", 1}})->reason, "a <= b does not hold, 2 against 1 (a 2, b 1)");
}

TEST(Feasibility, WhatCannotBeComputedIsInfeasible) {
  const Architecture a = read("  n: {default: 1}\n  m: {default: 5, minimum: 4 // n}\n",
                              "constraints: [{condition: m // n <= 9}]\n");
  EXPECT_EQ(problemsAt(a, {{"n", 0}}),
            "5:30: error: infeasible: minimum of parameter \"m\": division by 0 [A0117]");
  EXPECT_EQ(problemsAt(a, {{"n", 4611686018427387904}, {"m", 5}}), "");
}

TEST(Feasibility, InWordsAsAreShown) {
  EXPECT_EQ(inWords(ParameterBounds{1, 64, {}, {}}), "1 … 64");
  EXPECT_EQ(inWords(ParameterBounds{1, {}, {}, {}}), "1 …");
  EXPECT_EQ(inWords(ParameterBounds{{}, 64, 2, {}}), "… 64 in steps of 2");
  EXPECT_EQ(inWords(ParameterBounds{1, 64, {}, {1, 4}}), "1, 4");
  EXPECT_EQ(inWords(ParameterBounds{}), "");
}

TEST(RangeRules, BoundsThatAreWrongAreProblemsAtTheirColumn) {
  EXPECT_EQ(problemsOf(document("  a: {default: 1, minimum: 1 + * 2}\n")),
            "4:32: error: minimum of parameter \"a\": unexpected \"*\" where a value is expected [A0109]");
  EXPECT_EQ(problemsOf(document("  rows: {default: 3}\n  a: {default: 1, maximum: row}\n")),
            "5:28: error: maximum of parameter \"a\": there is no parameter \"row\"; did you mean \"rows\"? "
            "[A0110]");
  EXPECT_EQ(problemsOf(document("  a: {default: 1, maximum: 1 / 0}\n")),
            "4:30: error: maximum of parameter \"a\": division by 0 [A0109]");
  EXPECT_EQ(problemsOf(document("  a: {default: 1, step: 0}\n")),
            "4:25: error: step of parameter \"a\" must be at least 1, is 0 [A0109]");
  EXPECT_EQ(problemsOf(document("  a: {default: 1, step: 3 / 2}\n")),
            "4:25: error: step of parameter \"a\" must be a whole number [A0109]");
  EXPECT_EQ(
      problemsOf(document("  a: {default: 1, values: 1}\n")),
      "4:27: error: values of parameter \"a\" must be a list of 1 to 1000 numbers or expressions as in [1, "
      "2, 4], found \"1\" [A0105]");
  EXPECT_EQ(problemsOf(document("  a: {default: 1, values: [1, [2]]}\n")),
            "4:31: error: a value of parameter \"a\" must be a whole number or an expression, found a list "
            "[A0105]");
  EXPECT_EQ(problemsOf(document("  a: {default: 3, values: [1, 2]}\n")),
            "4:16: error: parameter \"a\" must be one of 1, 2, is 3 [A0108]");
}

TEST(RangeRules, ADefaultThatIsWrongHidesNoBoundsButThoseThatRestOnIt) {
  EXPECT_EQ(problemsOf(document("  a: {default: 1 // 0, minimum: 1}\n  b: {default: a + 1}\n"
                                "  c: {default: 5, maximum: 3}\n  d: {default: 5, maximum: b}\n"
                                "  e: {default: 5, maximum: 1 // 0}\n")),
            "4:18: error: default of parameter \"a\": division by 0 [A0109]\n"
            "6:16: error: parameter \"c\" must be at most 3, is 5 [A0108]\n"
            "8:30: error: maximum of parameter \"e\": division by 0 [A0109]");
}

TEST(RangeRules, CirclesOfBoundsAreNamedInFull) {
  EXPECT_EQ(
      problemsOf(document("  a: {default: 1, minimum: b}\n  b: {default: 1, minimum: c}\n"
                          "  c: {default: 1, maximum: a}\n")),
      "4:3: error: the bounds of parameters depend on each other in a circle: a -> b -> c -> a [A0111]");
  EXPECT_EQ(problemsOf(document("  a: {default: 1, maximum: a}\n")),
            "4:3: error: the bounds of parameters depend on each other in a circle: a -> a [A0111]");
}

TEST(RangeRules, ConstraintsThatAreWrongAreProblems) {
  const std::string rows = "  rows: {default: 3}\n";
  const auto problem = [&](const std::string& constraints) {
    return problemsOf(document(rows, "constraints: " + constraints + "\n"));
  };
  EXPECT_EQ(
      problem("7"),
      "5:14: error: constraints must be a list of at most 1000 as in [{condition: rows <= columns, reason: "
      "why}], found \"7\" [A0114]");
  EXPECT_EQ(
      problem("[rows]"),
      "5:15: error: a constraint is a map as in {condition: rows <= columns, reason: why}, found \"rows\" "
      "[A0114]");
  EXPECT_EQ(
      problem("[{condition: [rows]}]"),
      "5:27: error: condition of a constraint must be an expression over parameters, found a list [A0114]");
  EXPECT_EQ(problem("[{reason: why}]"), "5:15: error: a constraint has no condition [A0114]");
  EXPECT_EQ(problem("[{conditon: rows}]"),
            "5:16: error: unknown key \"conditon\" of a constraint; did you mean \"condition\"? [A0114]");
  EXPECT_EQ(problem("[{condition: rows <}]"),
            "5:33: error: condition of a constraint: the expression ends where a value is expected [A0115]");
  EXPECT_EQ(problem("[{condition: row < 4}]"),
            "5:27: error: condition of a constraint: there is no parameter \"row\"; did you mean \"rows\"? "
            "[A0115]");
  EXPECT_EQ(problem("[{condition: rows < 2, reason: so}]"),
            "5:27: error: the defaults break a constraint: rows < 2 does not hold, 3 against 2 (rows 3): so "
            "[A0116]");
}

TEST(RangeRules, TemplatesHaveBoundsOverTheirParameters) {
  const std::string text = with(
      with(sound, "objects:\n",
           "templates:\n"
           "  element:\n"
           "    parameters: {depth: {default: 2, minimum: least, maximum: rows}, least: {default: 1}}\n"
           "    objects: {x: {class: ExecuteStage}, y: {class: FunctionalUnit, operations: [add]}}\n"
           "    connections: [{contains: [x, y]}]\n"
           "objects:\n"
           "  pe: {template: element, depth: 3}\n"),
      "  - forward: [decode, execute]\n", "  - forward: [decode, execute]\n  - forward: [decode, pe.x]\n");
  EXPECT_EQ(problemsOf(text), "");
  EXPECT_EQ(
      problemsOf(with(text, "depth: 3", "depth: 5")),
      "11:34: error: parameter \"depth\" must be at least 1 (least) and at most 4 (rows), is 5 [A0108]");
  EXPECT_EQ(
      problemsOf(with(text, "depth: 3", "depth: 3, least: 4")),
      "11:34: error: parameter \"depth\" must be at least 4 (least) and at most 4 (rows), is 3 [A0108]");
}

/// What a bound says, worked out without the code under test.
struct RandomBound {
  std::string text;
  std::function<double(std::int64_t, std::int64_t)> value;
};
RandomBound randomBound(test::Random& random) {
  const std::int64_t k = random.between(1, 5);
  const std::string number = std::to_string(k);
  const auto real = [](auto x) { return static_cast<double>(x); };
  return random.pick(std::vector<RandomBound>{
      {number, [=](auto, auto) { return real(k); }},
      {"a", [=](auto a, auto) { return real(a); }},
      {"a + " + number + " * b", [=](auto a, auto b) { return real(a + k * b); }},
      {"a * b / " + number, [=](auto a, auto b) { return real(a * b) / real(k); }},
      {"min(a, b - " + number + ")", [=](auto a, auto b) { return real(std::min(a, b - k)); }},
      {"if(a < b, a, " + number + ")", [=](auto a, auto b) { return real(a < b ? a : k); }}});
}

TEST(Feasibility, AllowsWhatTheBoundsAllowAndNothingElse) {
  for (std::uint32_t i = 0; i < 200; ++i) {
    const std::uint32_t seed = test::propertySeed() + i;
    SCOPED_TRACE(test::seedTrace(seed));
    test::Random random(seed);
    const RandomBound low = randomBound(random), high = randomBound(random);
    const std::int64_t step = random.between(1, 3);
    Result<Architecture> a =
        parseArchitecture(document("  a: {default: 1}\n  b: {default: 1}\n  x: {default: 1, minimum: \"" +
                                       low.text + "\", maximum: \"" + high.text +
                                       "\"}\n  y: {default: 0, step: " + std::to_string(step) + "}\n",
                                   "constraints: [{condition: \"x != " + high.text + "\"}]\n"),
                          "f");
    ASSERT_TRUE(a);
    for (int n = 0; n < 20; ++n) {
      const std::int64_t av = random.between(-6, 6), bv = random.between(-6, 6), y = random.between(-6, 6);
      for (std::int64_t x = -40; x <= 40; ++x) {
        const double value = static_cast<double>(x);
        const bool expected = value >= low.value(av, bv) && value <= high.value(av, bv) && y % step == 0 &&
                              value != high.value(av, bv);
        EXPECT_EQ(!infeasibility(*a, {{"a", av}, {"b", bv}, {"x", x}, {"y", y}}), expected)
            << low.text << " to " << high.text << " at " << av << ", " << bv << ", " << x << ", " << y;
      }
    }
  }
}

}  // namespace
}  // namespace taktwerk
