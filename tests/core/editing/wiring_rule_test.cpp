// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/wiring_rule.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/architecture/architecture_file.h"
#include "core/architecture/class_specification.h"
#include "core/editing/edit.h"
#include "core/editing/index_term.h"
#include "tests/core/architecture/documents.h"
#include "tests/support/places.h"
#include "tests/support/random.h"

namespace taktwerk {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

/// Arrays of one and two indices, with rows and columns of loaders; nothing wired but what must be.
std::string grid(const std::string& rows, const std::string& columns) {
  return "format: taktwerk-architecture/1\n"
         "parameters:\n"
         "  rows: {default: " +
         rows +
         ", minimum: 1}\n"
         "  columns: {default: " +
         columns +
         ", minimum: 1}\n"
         "templates:\n"
         "  element:\n"
         "    objects:\n"
         "      stage: {class: ExecuteStage}\n"
         "      alu: {class: FunctionalUnit, operations: [mac]}\n"
         "      regs: {class: RegisterFile, registers: [a, b]}\n"
         "    connections:\n"
         "      - contains: [stage, alu]\n"
         "  loader:\n"
         "    objects:\n"
         "      stage: {class: ExecuteStage}\n"
         "      unit: {class: MemoryAccessUnit, operations: [load]}\n"
         "    connections:\n"
         "      - contains: [stage, unit]\n"
         "objects:\n"
         "  fetch: {class: InstructionFetchStage, issue_buffer_size: 4}\n"
         "  left: {template: loader, size: rows}\n"
         "  top: {template: loader, size: columns}\n"
         "  pe: {template: element, size: [rows, columns]}\n"
         "  pe2: {template: element, size: [rows, columns]}\n"
         "  acc: {class: RegisterFile, registers: [s], size: rows}\n"
         "  dmem: {class: SRAM, read_latency: 1}\n"
         "connections:\n"
         "  - {forward: [fetch, \"pe[r][c].stage\"], for: {r: rows, c: columns}}\n";
}

Architecture parsed(const std::string& text) {
  Result<Architecture> a = parseArchitecture(text, "f");
  EXPECT_TRUE(a) << text;
  return a ? std::move(*a) : Architecture{};
}

std::vector<std::string> sentences(const WiringRules& rules) {
  std::vector<std::string> all;
  for (const WiringRule& rule : rules.possible) all.push_back(rule.sentence);
  return all;
}

std::vector<std::string> between(const std::string& text, const WireEnd& from, const WireEnd& to) {
  return sentences(wiringRules(parsed(text), from, to));
}

TEST(WiringRules, NeighboursInAnArray) {
  EXPECT_THAT(
      between(grid("4", "4"), {"pe", {}, "alu"}, {"pe", {}, "regs"}),
      ElementsAre(
          "each pe.alu writes pe.regs of its right neighbour",
          "each pe.alu writes pe.regs of its left neighbour",
          "each pe.alu writes pe.regs of its lower neighbour",
          "each pe.alu writes pe.regs of its upper neighbour",
          "each pe.alu writes pe.regs of its right neighbour, the last of the row that of the first",
          "each pe.alu writes pe.regs of its left neighbour, the first of the row that of the last",
          "each pe.alu writes pe.regs of its lower neighbour, the last of the column that of the first",
          "each pe.alu writes pe.regs of its upper neighbour, the first of the column that of the last",
          "in each element: alu writes regs"));
}

TEST(WiringRules, LoadersAtTheEdges) {
  const std::string text = grid("4", "4");
  EXPECT_THAT(
      between(text, {"left", {}, "unit"}, {"pe", {}, "regs"}),
      ElementsAre("each left.unit writes pe.regs of the first column in its row",
                  "each left.unit writes pe.regs of the last column in its row",
                  "each left.unit writes every pe.regs of its row", "each left.unit writes every pe.regs"));
  EXPECT_THAT(between(text, {"pe", {}, "alu"}, {"acc", {}, {}}),
              ElementsAre("each pe.alu of the first column writes acc of its row",
                          "each pe.alu of the last column writes acc of its row",
                          "each pe.alu writes acc of its row", "each pe.alu writes every acc"));
  EXPECT_THAT(between(text, {"dmem", {}, {}}, {"top", {}, "unit"}),
              ElementsAre("each top.unit reads dmem", "the first top.unit reads dmem",
                          "the last top.unit reads dmem"));
  EXPECT_THAT(between(text, {"left", {2}, "unit"}, {"dmem", {}, {}}),
              ElementsAre("each left.unit writes dmem", "the first left.unit writes dmem",
                          "the last left.unit writes dmem", "only left[2].unit writes dmem"));
  EXPECT_THAT(between(text, {"left", {}, "unit"}, {"acc", {}, {}}),
              ElementsAre("each left.unit writes acc of the same index", "each left.unit writes every acc"));
}

TEST(WiringRules, OfWholeArraysWhateverBlocksFit) {
  const auto found = between(grid("4", "4"), {"left", {}, {}}, {"pe", {}, {}});
  EXPECT_THAT(found, Contains("each left.stage forwards to pe.stage of the first column in its row"));
  EXPECT_THAT(found, Contains("each left.unit writes pe.regs of the first column in its row"));
  for (const std::string& sentence : found)
    EXPECT_EQ(sentence.find("contains"), std::string::npos) << sentence;
}

TEST(WiringRules, WhatIsThereIsNotOfferedAgainHoweverItIsWritten) {
  const std::string text = grid("4", "4");
  const WireEnd alu{"pe", {}, "alu"}, regs{"pe", {}, "regs"};
  const std::string right = "each pe.alu writes pe.regs of its right neighbour";
  const std::string left = "each pe.alu writes pe.regs of its left neighbour";
  EXPECT_THAT(
      between(text +
                  "  - {writes: [\"pe[a][b - 1].alu\", \"pe[a][b].regs\"], for: {b: {from: 1, to: columns}, "
                  "a: rows}}\n",
              alu, regs),
      AllOf(Not(Contains(right)), Contains(left)));
  // A range that begins later leaves the first column out: another rule.
  EXPECT_THAT(
      between(text +
                  "  - {writes: [\"pe[a][b - 1].alu\", \"pe[a][b].regs\"], for: {a: rows, b: {from: 2, to: "
                  "columns}}}\n",
              alu, regs),
      Contains(right));
}

TEST(WiringRules, TellWhyThereAreNone) {
  const Architecture a = parsed(grid("4", "4"));
  const auto reason = [&](const WireEnd& from, const WireEnd& to) { return wiringRules(a, from, to).reason; };
  EXPECT_THAT(reason({"dmem"}, {"pe", {}, "alu"}), ::testing::HasSubstr("cannot"));
  EXPECT_EQ(reason({"dmem"}, {"dmem"}), "a block cannot be connected to itself");
  EXPECT_EQ(reason({"dmem"}, {"nobody"}), "there is no object \"nobody\"");
  EXPECT_EQ(reason({"pe", {}, "stage"}, {"pe", {}, "alu"}), "pe.alu is in a stage already");
}

TEST(WiringRules, EndsAreNamesTakenApart) {
  const Architecture a = parsed(grid("4", "4"));
  const auto end = wireEndOf(a, "pe[0][12].alu");
  ASSERT_TRUE(end);
  EXPECT_EQ(end->entry, "pe");
  EXPECT_EQ(end->index, (std::vector<std::int64_t>{0, 12}));
  EXPECT_EQ(end->part, "alu");
  EXPECT_EQ(wireEndOf(a, "dmem")->entry, "dmem");
  EXPECT_FALSE(wireEndOf(a, "nobody"));
}

TEST(WiringRules, AvoidNamesOfParameters) {
  const Architecture a =
      parsed(test::with(grid("3", "3"), "parameters:\n", "parameters:\n  r: {default: 1}\n"));
  const WiringRules rules = wiringRules(a, {"fetch"}, {"pe2", {}, "stage"});
  ASSERT_FALSE(rules.possible.empty());
  EXPECT_EQ(rules.possible[0].rule.to.text, "pe2[r2][c].stage");
}

// ---- what the sentences say, taken at their word

using Index = std::vector<std::int64_t>;
struct Sizes {
  std::int64_t rows, columns;
};

Index extentOf(const std::string& name, const Sizes& s) {
  const std::string entry = name.substr(0, name.find('.'));
  if (entry == "pe" || entry == "pe2") return {s.rows, s.columns};
  if (entry == "left" || entry == "acc") return {s.rows};
  if (entry == "top") return {s.columns};
  return {};
}

std::vector<Index> elementsOf(const Index& extent) {
  std::vector<Index> all{{}};
  for (const std::int64_t size : extent) {
    std::vector<Index> longer;
    for (const Index& index : all) {
      for (std::int64_t i = 0; i < size; ++i) {
        longer.push_back(index);
        longer.back().push_back(i);
      }
    }
    all = std::move(longer);
  }
  return all;
}

/// "first"/"last" "row"/"column" (or neither) of an array.
bool isAtEdge(const Index& index, const Index& extent, const std::string& which, const std::string& line) {
  const std::size_t k = line == "column" ? 1 : 0;
  return index[k] == (which == "first" ? 0 : extent[k] - 1);
}

std::string elementName(const std::string& name, const Index& index) {
  const std::size_t dot = std::min(name.find('.'), name.size());
  std::string text = name.substr(0, dot);
  for (const std::int64_t i : index) text += '[' + std::to_string(i) + ']';
  return text + name.substr(dot);
}

using Pairs = std::multiset<std::string>;

/// Every pair of elements that a sentence is true of.
Pairs claimed(const std::string& sentence, const Sizes& sizes) {
  static const std::regex whole(
      "(?:(each|the first|the last) )?([a-z0-9.]+)(?: of the (first|last) (row|column))? "
      "(contains|forwards to|reads|writes) (.*)");
  static const std::regex neighbour(
      "([a-z0-9.]+) of its (right|left|lower|upper|next|previous) neighbour(, the (?:last|first)(?: of the "
      "(?:row|column))? that of the (?:first|last))?");
  static const std::regex same("([a-z0-9.]+) of the same index");
  static const std::regex along(
      "(every )?([a-z0-9.]+)(?: of the (first|last) (row|column) in its | of its )(row|column)");
  static const std::regex plain(
      "(?:(each|every|the first|the last) )?([a-z0-9.]+)(?: of the (first|last) (row|column))?");
  std::smatch s, o;
  Pairs pairs;
  if (!std::regex_match(sentence, s, whole)) return {"not understood: " + sentence};
  const std::string subject = s[2], said = s[6];
  const Index from = extentOf(subject, sizes);
  const bool isNeighbour = std::regex_match(said, o, neighbour);
  const bool isSame = !isNeighbour && std::regex_match(said, o, same);
  const bool isAlong = !isNeighbour && !isSame && std::regex_match(said, o, along);
  if (!isNeighbour && !isSame && !isAlong && !std::regex_match(said, o, plain))
    return {"not understood: " + said};
  const std::string object = isNeighbour || isSame ? o[1] : o[2];
  const Index to = extentOf(object, sizes);
  for (const Index& a : elementsOf(from)) {
    if (s[1] == "the first" && a[0] != 0) continue;
    if (s[1] == "the last" && a[0] != from[0] - 1) continue;
    if (s[3].matched && !isAtEdge(a, from, s[3], s[4])) continue;
    for (const Index& b : elementsOf(to)) {
      bool connected = true;
      if (isNeighbour) {
        const std::string side = o[2];
        const std::size_t k = side == "right" || side == "left" ? 1 : 0;
        const bool forwards = side == "right" || side == "lower" || side == "next";
        Index wanted = a;
        wanted[k] += forwards ? 1 : -1;
        if (o[3].matched) wanted[k] = (wanted[k] + from[k]) % from[k];
        connected = b == wanted;
      } else if (isSame) {
        connected = a == b;
      } else if (isAlong) {
        const bool row = o[5] == "row";
        connected = a[row || a.size() == 1 ? 0 : 1] == b[row || b.size() == 1 ? 0 : 1];
        if (o[3].matched) connected = connected && isAtEdge(b, to, o[3], o[4]);
      } else {
        if (o[1] == "the first") connected = b[0] == 0;
        if (o[1] == "the last") connected = b[0] == to[0] - 1;
        if (o[3].matched) connected = isAtEdge(b, to, o[3], o[4]);
      }
      if (connected) pairs.insert(elementName(subject, a) + ' ' + s[5].str() + ' ' + elementName(object, b));
    }
  }
  return pairs;
}

std::string verbOf(ConnectionKind kind) {
  return kind == ConnectionKind::Forward ? "forwards to" : std::string(toString(kind));
}

TEST(WiringRulesProperty, ConnectWhatTheirSentencesClaimInEverySize) {
  std::set<std::string> seen;
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    test::Random random(seed);
    const Sizes sizes{random.between(1, 5), random.between(1, 5)};
    const std::string before = grid(std::to_string(sizes.rows), std::to_string(sizes.columns));
    const Architecture architecture = parsed(before);
    const std::vector<std::string> entries{"fetch", "left", "top", "pe", "pe2", "acc", "dmem"};
    const WireEnd from{random.pick(entries)}, to{random.pick(entries)};
    for (const WiringRule& candidate : wiringRules(architecture, from, to).possible) {
      seen.insert(candidate.label);
      SCOPED_TRACE("seed " + std::to_string(seed) + ": " + candidate.sentence);
      const Result<std::string> after =
          applyEdit(before, AddRule{candidate.rule, candidate.inTemplate, candidate.sentence});
      ASSERT_TRUE(after) << after.diagnostics.front().message;
      const Architecture made = parsed(*after);
      EXPECT_EQ(test::problems(parseArchitecture(*after, "f").diagnostics).find("A06"), std::string::npos)
          << *after;
      if (!candidate.inTemplate.empty()) {
        EXPECT_EQ(made.templates[0].connections.size() + made.templates[1].connections.size(), 3U) << *after;
        EXPECT_GT(made.connections.size(), architecture.connections.size());
        continue;
      }
      Pairs found;
      for (const Connection& c : made.connections) {
        const auto rule = ruleOf(made, c);
        ASSERT_TRUE(rule);
        if (rule->place + 1 != made.rules.size() || !rule->inTemplate.empty()) continue;
        found.insert(made.objects[c.from.index()].name + ' ' + verbOf(c.kind) + ' ' +
                     made.objects[c.to.index()].name);
      }
      EXPECT_EQ(found, claimed(candidate.sentence, sizes));
      EXPECT_EQ(describeRule(made, made.rules.back()), candidate.label);
      // What is there now is no longer offered, and goes again without a trace.
      EXPECT_THAT(sentences(wiringRules(made, from, to)), Not(Contains(candidate.sentence)));
      const Result<std::string> undone = applyEdit(*after, RemoveConnection{made.rules.size() - 1});
      ASSERT_TRUE(undone);
      EXPECT_EQ(*undone, before);
    }
  }
  EXPECT_GT(seen.size(), 20U);
}

TEST(WiringRulesProperty, HoldForEveryPairOfEntries) {
  // All shapes there are, whichever sizes the seeds above hit upon.
  const Sizes sizes{3, 2};
  const Architecture architecture = parsed(grid("3", "2"));
  std::size_t count = 0;
  for (const DeclaredObject& a : architecture.declared) {
    for (const DeclaredObject& b : architecture.declared) {
      for (const WiringRule& rule : wiringRules(architecture, {a.object.name}, {b.object.name}).possible) {
        if (!rule.inTemplate.empty()) continue;
        const Architecture made = parsed(*applyEdit(grid("3", "2"), AddRule{rule.rule}));
        EXPECT_EQ(made.connections.size() - architecture.connections.size(),
                  claimed(rule.sentence, sizes).size())
            << rule.sentence;
        ++count;
      }
    }
  }
  EXPECT_GT(count, 100U);
}

// ---- labels of rules that are there

TEST(DescribeRule, OfTheShippedArray) {
  std::ifstream file(taktwerk::sourceDirectory() + "/archs/systolic-array/systolic-array.arch.yaml");
  const Architecture a = parsed({std::istreambuf_iterator<char>(file), {}});
  std::vector<std::string> labels;
  for (const ConnectionRule& rule : a.rules) labels.push_back(describeRule(a, rule));
  EXPECT_THAT(labels, ElementsAre("", "", "fetch to each", "fetch to each", "fetch to each", "fetch to each",
                                  "each from dmem", "first column", "each from dmem", "first row",
                                  "→ right neighbour", "↓ lower neighbour", "last row", "each to dmem"));
  EXPECT_EQ(describeRule(a, a.templates[0].connections[0], "element"), "");
}

TEST(DescribeRule, OfOtherShapesTheText) {
  const std::string rules =
      "  - {reads: [\"left[2 * i].unit\", dmem], for: {i: {from: 0, to: rows // 2}}}\n"
      "  - {writes: [\"pe[r][c].alu\", \"pe[c][r].regs\"], for: {r: rows, c: columns}, when: r > c}\n"
      "  - {writes: [\"pe[r][c].alu\", \"pe[r][c + 2].regs\"], for: {r: rows, c: columns - 2}}\n"
      "  - {writes: [\"left[i].unit\", dmem], for: {i: {from: 0, to: rows, step: 2}}}\n"
      "  - {writes: [\"left[i].unit\", dmem], for: {i: {from: 0, to: rows, step: 1}}}\n";
  const Architecture a = parsed(grid("4", "4") + rules);
  std::vector<std::string> labels;
  for (const ConnectionRule& rule : a.rules) labels.push_back(describeRule(a, rule));
  EXPECT_THAT(labels,
              ElementsAre("fetch to each", "left[2 * i].unit → dmem, i = 0 … < rows // 2",
                          "pe[r][c].alu → pe[c][r].regs, r = 0 … < rows, c = 0 … < columns, when r > c",
                          "pe[r][c].alu → pe[r][c + 2].regs, r = 0 … < rows, c = 0 … < columns - 2",
                          "left[i].unit → dmem, i = 0 … < rows by 2", "each to dmem"));
}

TEST(RuleEdits, ChangeARuleInItsPlace) {
  const std::string before =
      grid("4", "4") + "  # the one that goes\n  - reads: [\"left[0].unit\", dmem]   # first\n";
  const Architecture a = parsed(before);
  const WiringRules rules = wiringRules(a, {"dmem"}, {"left", {}, "unit"});
  ASSERT_FALSE(rules.possible.empty());
  const SetRule edit{1, rules.possible.front().rule, {}, rules.possible.front().sentence};
  EXPECT_EQ(describe(edit), "Change connection 2 to each left.unit reads dmem");
  const std::string after = *applyEdit(before, edit);
  EXPECT_THAT(after, ::testing::HasSubstr("  # the one that goes\n  - "));
  EXPECT_EQ(describeRule(parsed(after), parsed(after).rules[1]), "each from dmem");
}

TEST(RuleEdits, InTemplatesWithAndWithoutConnections) {
  const std::string before =
      test::with(grid("2", "2"), "    connections:\n      - contains: [stage, alu]\n", "");
  const Architecture a = parsed(before);
  const WiringRules rules = wiringRules(a, {"pe", {}, "stage"}, {"pe", {}, "alu"});
  ASSERT_FALSE(rules.possible.empty());
  const WiringRule& inside = rules.possible.back();
  EXPECT_EQ(inside.sentence, "in each element: stage contains alu");
  const std::string after = *applyEdit(before, AddRule{inside.rule, inside.inTemplate, inside.sentence});
  EXPECT_EQ(after, grid("2", "2"));
  EXPECT_EQ(parsed(*applyEdit(after, RemoveConnection{0, "element"})).templates[0].connections.size(), 0U);
  const auto refused = applyEdit(after, RemoveConnection{7, "element"});
  EXPECT_FALSE(refused);
  EXPECT_FALSE(applyEdit(after, AddRule{inside.rule, "nobody"}));
}

TEST(IndexTerm, AddsAndPrints) {
  const auto text = [](std::string_view term, std::int64_t plus) { return toString(indexTerm(term) + plus); };
  EXPECT_EQ(text("columns", -1), "columns - 1");
  EXPECT_EQ(text("columns - 1", 1), "columns");
  EXPECT_EQ(text("a - 2 + 1", -3), "a - 4");
  EXPECT_EQ(text("4", -1), "3");
  EXPECT_EQ(text("2 * (a - 1)", -1), "2*(a-1) - 1");
  EXPECT_EQ(text("a < b", -1), "(a<b) - 1");
  EXPECT_EQ(text("a - b", 0), "a-b");
  EXPECT_EQ(withoutBlanks("not  a and b"), "not a and b");
}

}  // namespace
}  // namespace taktwerk
