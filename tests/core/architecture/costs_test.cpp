// SPDX-License-Identifier: GPL-3.0-or-later
// What a document says of costs and of the clock.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/architecture/attribute_values.h"
#include "core/architecture/cost_source_names.h"
#include "core/architecture/quantity.h"
#include "tests/core/architecture/documents.h"

namespace taktwerk {
namespace {

using test::problemsOf;
using test::sound;
using test::with;
using testing::HasSubstr;

const std::string source = "costs: {mine: {source: my own, scale: relative}}\n";

/// The sound document with sources of costs and something more said of an object.
std::string sourced(const std::string& object, const std::string& more) {
  const std::string text = with(sound, "objects:\n", source + "objects:\n");
  const std::size_t line = text.find("  " + object + ": {");
  const std::size_t end = text.find('}', line);
  return text.substr(0, end) + ", " + more + text.substr(end);
}

TEST(Costs, ADocumentSaysWhereTheyAreFrom) {
  const std::string text = with(sound, "objects:\n",
                                "costs:\n"
                                "  book:\n"
                                "    source: a book\n"
                                "    technology: 45 nm\n"
                                "    scale: absolute\n"
                                "    note: page 3\n"
                                "  guess: {source: a guess, scale: relative}\n"
                                "objects:\n");
  const auto read = parseArchitecture(text, "f");
  ASSERT_TRUE(read && read.diagnostics.empty()) << test::problems(read.diagnostics);
  ASSERT_EQ(read->costs.size(), 2u);
  EXPECT_EQ(read->costs[0].name, "book");
  EXPECT_EQ(read->costs[0].source, "a book");
  EXPECT_EQ(read->costs[0].technology, "45 nm");
  EXPECT_EQ(read->costs[0].note, "page 3");
  EXPECT_FALSE(read->costs[0].relative);
  EXPECT_TRUE(read->costs[1].relative);
}

TEST(Costs, AreWrittenAsTheyAreRead) {
  std::string text = sourced("alu", "area: 137 + rows / 2, energy: {add: 1 / 10}, cost_source: mine");
  text = with(text, "objects:\n", "clock: 1000 / rows\nobjects:\n");
  const auto first = parseArchitecture(text, "f");
  ASSERT_TRUE(first && first.diagnostics.empty()) << test::problems(first.diagnostics);
  const std::string written = writeArchitecture(*first);
  EXPECT_THAT(written,
              HasSubstr("costs:\n  mine:\n    source: my own\n    scale: relative\nclock: 1000 / rows\n"));
  EXPECT_THAT(written, HasSubstr("area: 137 + rows / 2, energy: {add: 1 / 10}, cost_source: mine"));
  const auto second = parseArchitecture(written, "f");
  ASSERT_TRUE(second && second.diagnostics.empty()) << test::problems(second.diagnostics);
  EXPECT_EQ(writeArchitecture(*second), written);
}

TEST(Costs, NeedASource) {
  const std::string unsourced = problemsOf(with(sound, "latency: 2}", "latency: 2, area: 3}"));
  EXPECT_THAT(unsourced, HasSubstr("warning: area does not count"));
  EXPECT_THAT(unsourced, HasSubstr("[A1004]"));
  EXPECT_THAT(problemsOf(sourced("alu", "area: 3, cost_source: mime")),
              HasSubstr("there is no entry \"mime\" under costs; did you mean \"mine\"? [A1007]"));
}

TEST(Costs, NameTheSourcesOfEach) {
  EXPECT_EQ(problemsOf(sourced("alu", "area: 3, cost_source: [mine]")), "");
  EXPECT_EQ(problemsOf(sourced("alu", "area: 3, cost_source: {area: [mine], energy: mine}")), "");
  EXPECT_THAT(problemsOf(sourced("alu", "area: 3, cost_source: [mine, yours]")),
              HasSubstr("there is no entry \"yours\" under costs [A1007]"));
  EXPECT_THAT(
      problemsOf(sourced("alu", "area: 3, cost_source: {areas: mine}")),
      HasSubstr("\"areas\" is no cost; did you mean \"area\"?; there are area, leakage and energy [A1007]"));
  EXPECT_THAT(problemsOf(sourced("alu", "area: 3, cost_source: {area: {mine: 1}}")), HasSubstr("A1007"));
  const auto names = [](const std::string& text, std::string_view cost) {
    return costSourceNames(*parseYaml("value: " + text + "\n", "f")->find("value"), cost);
  };
  using testing::ElementsAre;
  EXPECT_THAT(names("a", "area"), ElementsAre("a"));
  EXPECT_THAT(names("[a, b]", "energy"), ElementsAre("a", "b"));
  EXPECT_THAT(names("{area: [a, b], energy: c}", "area"), ElementsAre("a", "b"));
  EXPECT_THAT(names("{area: [a, b], energy: c}", "leakage"), testing::IsEmpty());
}

TEST(Costs, SourcesThatAreNotUnderstoodAreRefused) {
  const auto refused = [](const std::string& costs) {
    return problemsOf(with(sound, "objects:\n", "costs: " + costs + "\nobjects:\n"));
  };
  EXPECT_THAT(refused("[a]"), HasSubstr("A1002"));
  EXPECT_THAT(refused("{a: b}"), HasSubstr("A1003"));
  EXPECT_THAT(refused("{a: {scale: absolute}}"), HasSubstr("source of costs \"a\" has no source [A1003]"));
  EXPECT_THAT(refused("{a: {source: b}}"), HasSubstr("source of costs \"a\" has no scale [A1003]"));
  EXPECT_THAT(refused("{a: {source: b, scale: large}}"), HasSubstr("absolute, or relative"));
  EXPECT_THAT(refused("{a: {source: b, scale: absolute, tecnology: c}}"),
              HasSubstr("did you mean \"technology\"? [A1003]"));
  EXPECT_THAT(refused("{1a: {source: b, scale: absolute}}"), HasSubstr("A1003"));
}

TEST(Costs, NeedNotBeWholeButNeverBelowZero) {
  EXPECT_EQ(problemsOf(sourced("alu", "area: 46 / 10, leakage: rows / 3")), "");
  EXPECT_THAT(problemsOf(sourced("alu", "area: 1 - rows")), HasSubstr("area must be at least 0, found"));
  EXPECT_THAT(problemsOf(sourced("alu", "leakage: 2 * rowz")), HasSubstr("A0305"));
  EXPECT_THAT(problemsOf(sourced("alu", "area: words")), HasSubstr("A0305"));
}

TEST(Costs, EnergyIsOfWhatAnObjectDoes) {
  EXPECT_EQ(problemsOf(sourced("alu", "energy: 31 / 10 * k")), "") << "an immediate";
  EXPECT_EQ(problemsOf(sourced("lsu", "energy: {load: 1, store: 2}")), "");
  EXPECT_EQ(problemsOf(sourced("regs", "energy: {read: 1 / 10, write: 2 / 10}")), "");
  EXPECT_EQ(problemsOf(sourced("dmem", "energy: {read: 4 + 3 * words / rows, write: 1}")), "");
  EXPECT_EQ(problemsOf(sourced("fetch", "energy: 1 / 2")), "");
  EXPECT_THAT(problemsOf(sourced("alu", "energy: {mul: 1}")),
              HasSubstr("energy: \"mul\" is nothing that \"alu\" does; there are add [A1005]"));
  EXPECT_THAT(problemsOf(sourced("dmem", "energy: {reed: 1}")), HasSubstr("did you mean \"read\""));
  EXPECT_THAT(problemsOf(sourced("fetch", "energy: {read: 1}")), HasSubstr("A1005"));
  EXPECT_THAT(problemsOf(sourced("decode", "energy: 1")), HasSubstr("A0301"));
}

TEST(Costs, AParameterMisspeltInAnEnergyIsTold) {
  EXPECT_EQ(problemsOf(sourced("alu", "energy: row_ / 10")),
            "12:71: warning: energy: \"row_\" is no parameter and is taken as an immediate; did you mean "
            "\"rows\"? [A0319]");
  EXPECT_THAT(problemsOf(sourced("lsu", "energy: {load: 1, store: 2 * row_}")),
              HasSubstr("energy: \"row_\" is no parameter and is taken as an immediate"));
  EXPECT_EQ(problemsOf(sourced("dmem", "energy: 1 + words")), "");
}

TEST(Costs, EnergyOfAnAccessIsLinearInItsWords) {
  for (const char* wrong : {"ceil(words / 8)", "words * words", "1 / words", "beats", "max(1, words)",
                            "if(words > 4, 1, 2)", "2 - words", "words - 3"}) {
    const std::string quoted = std::string("energy: \"") + wrong + '"';
    EXPECT_THAT(problemsOf(sourced("dmem", quoted)), HasSubstr("A1006")) << wrong;
  }
  const auto linear = [](const std::string& text) {
    return linearInWords(std::get<Expression>(Expression::parse(text)), {{"rows", 4}});
  };
  const auto expect = [&](const std::string& text, Rational each, Rational perWord) {
    const auto found = linear(text);
    ASSERT_TRUE(found) << text;
    EXPECT_EQ(found->each, each) << text;
    EXPECT_EQ(found->perWord, perWord) << text;
  };
  expect("7", 7, 0);
  expect("words", 0, 1);
  expect("3 * (words + 2) - (words + 1)", 5, 2);
  expect("max(rows, 2) * words / ceil(7 / rows) + rows", 4, 2);
  expect("-(-words)", 0, 1);
  EXPECT_FALSE(linear("columns * words"));
}

/// The sound document with a figure of its own and what an object adds to it.
std::string figured(const std::string& figures, const std::string& added) {
  const std::string text = with(sound, "objects:\n", "figures: " + figures + "\nobjects:\n");
  return with(text, "latency: 2}", "latency: 2, figures: " + added + "}");
}

TEST(OwnFigures, AreDeclaredAndWrittenAsTheyAreRead) {
  const std::string text =
      figured("{price: {unit: EUR, description: of the parts}, score: {better: more}, pins: }",
              "{price: 7 / 2 * rows, pins: 4}");
  const auto read = parseArchitecture(text, "f");
  ASSERT_TRUE(read && read.diagnostics.empty()) << test::problems(read.diagnostics);
  ASSERT_EQ(read->figures.size(), 3U);
  EXPECT_EQ(read->figures[0].unit, "EUR");
  EXPECT_EQ(read->figures[0].description, "of the parts");
  EXPECT_FALSE(read->figures[0].moreIsBetter);
  EXPECT_TRUE(read->figures[1].moreIsBetter);
  const std::string written = writeArchitecture(*read);
  const auto again = parseArchitecture(written, "f");
  ASSERT_TRUE(again && again.diagnostics.empty()) << test::problems(again.diagnostics);
  EXPECT_EQ(writeArchitecture(*again), written);
  EXPECT_EQ(again->figures.size(), 3U);
}

TEST(OwnFigures, ThatAreNotUnderstoodAreRefused) {
  const auto refused = [](const std::string& figures) { return problemsOf(figured(figures, "{}")); };
  EXPECT_THAT(refused("[a]"), HasSubstr("A1008"));
  EXPECT_THAT(refused("{a: b}"), HasSubstr("a figure is a map"));
  EXPECT_THAT(refused("{1a: {}}"), HasSubstr("is not the name of a figure"));
  EXPECT_THAT(refused("{a: {better: most}}"), HasSubstr("better of a figure must be less or more"));
  EXPECT_THAT(refused("{a: {units: EUR}}"), HasSubstr("did you mean \"unit\"? [A1008]"));
  EXPECT_THAT(refused("{a: {unit: [EUR]}}"), HasSubstr("unit of a figure must be a text"));
}

TEST(OwnFigures, ObjectsAddToThoseThatThereAre) {
  const auto problems = [](const std::string& added) { return problemsOf(figured("{price: {}}", added)); };
  EXPECT_EQ(problems("{price: 0}"), "");
  EXPECT_THAT(problems("{prize: 3}"),
              HasSubstr("the file declares no figure \"prize\"; did you mean \"price\"?"));
  EXPECT_THAT(problems("3"), HasSubstr("figures of an object must be a map as in {price: 3 / 2}"));
  EXPECT_THAT(problems("{price: 1 - rows}"), HasSubstr("price must be at least 0, found"));
  EXPECT_THAT(problems("{price: 2 * rowz}"), HasSubstr("did you mean \"rows\"?"));
}

TEST(Clock, IsANumberOrAnExpressionAboveZero) {
  const auto clockIn = [](const std::string& clock) {
    return with(sound, "objects:\n", "clock: " + clock + "\nobjects:\n");
  };
  const auto read = parseArchitecture(clockIn("1000 / 3 * rows"), "f");
  ASSERT_TRUE(read && read.diagnostics.empty()) << test::problems(read.diagnostics);
  Problems problems("f");
  const auto clock = clockOf(*read, {{{"rows", 4}}, problems});
  ASSERT_TRUE(clock);
  EXPECT_NEAR(realOf(*clock), 4000.0 / 3, 1e-9);
  EXPECT_EQ(problemsOf(clockIn("rows - 4")), "5:8: error: clock must be above 0 MHz [A1001]");
  EXPECT_EQ(problemsOf(clockIn("100 * rowz")),
            "5:14: error: clock: unknown name \"rowz\"; did you mean \"rows\"? [A1001]");
  EXPECT_THAT(problemsOf(clockIn("[1]")), HasSubstr("A1001"));
  EXPECT_THAT(problemsOf(clockIn("1.5")), HasSubstr("A1001"));
}

}  // namespace
}  // namespace taktwerk
