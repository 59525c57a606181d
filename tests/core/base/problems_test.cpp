// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/problems.h"

#include <gtest/gtest.h>

#include "core/base/yaml_reading.h"

namespace taktwerk {
namespace {

TEST(Problems, ComeByPositionOrAsTheyWereFound) {
  const auto some = [] {
    Problems problems("f");
    problems.warning({3, 1}, "T0001", "third");
    problems.error({1, 2}, "T0002", "first");
    problems.error({1, 2}, "T0003", "second");
    return problems;
  };
  const Diagnostics sorted = some().take();
  ASSERT_EQ(sorted.size(), 3U);
  EXPECT_EQ(toString(sorted[0]), "f:1:2: error: first [T0002]");
  EXPECT_EQ(sorted[1].message, "second");
  EXPECT_EQ(some().takeAsFound().front().message, "third");
}

TEST(Problems, AreCountedBeyondTheirLimits) {
  Problems problems("f", {.all = 4, .errors = 2});
  for (std::uint32_t line = 9; line > 0; --line) problems.error({line, 1}, "T0001", "wrong");
  EXPECT_EQ(problems.kept().size(), 2U);
  EXPECT_FALSE(problems.full());
  for (std::uint32_t line = 3; line > 0; --line) problems.warning({line, 1}, "T0002", "odd");
  EXPECT_TRUE(problems.full());
  EXPECT_EQ(problems.count(Severity::Error), 9U);
  EXPECT_EQ(problems.count(Severity::Warning), 3U);
  const Diagnostics all = std::move(problems).take("T0000");
  ASSERT_EQ(all.size(), 5U);
  EXPECT_EQ(toString(all.back()), "f:1:1: warning: 8 more problems are not shown [T0000]");
}

TEST(Problems, SayOfErrorsThatAreNotKeptThatThereAreSome) {
  Problems problems("f", {.all = 1});
  problems.warning({1, 1}, "T0001", "odd");
  problems.error({2, 1}, "T0002", "wrong");
  EXPECT_TRUE(problems.hasErrors());
  EXPECT_EQ(std::move(problems).take("T0000").back().severity, Severity::Error);
}

TEST(Problems, OfOnePlaceAreToldOnceWhereTheyComeFromOneLine) {
  Problems problems("f");
  problems.mergeRepeated();
  for (const char* object : {"a[0]", "a[1]", "a[2]"}) problems.error({1, 1}, "T0001", "wrong", object);
  const Diagnostics all = std::move(problems).take();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].message, "wrong (and the same of 2 more)");
}

TEST(YamlReading, SaysWhatWasFoundInstead) {
  const auto tree = parseYaml("list: [1]\nmap: {a: 1}\nnone:\ntext: \"a b\"\n", "f");
  ASSERT_TRUE(tree);
  Problems problems("f");
  for (const YamlNode::Entry& entry : tree->entries) {
    EXPECT_FALSE(refuse(entry.value, problems, "T0001", entry.key + " must be a number", "it"));
  }
  const Diagnostics all = std::move(problems).take();
  ASSERT_EQ(all.size(), 4U);
  EXPECT_EQ(all[0].message, "list must be a number, found a list");
  EXPECT_EQ(all[1].message, "map must be a number, found a map");
  EXPECT_EQ(all[2].message, "none must be a number, found nothing");
  EXPECT_EQ(all[3].message, "text must be a number, found \"a b\"");
  EXPECT_EQ(all[3].object, "it");
  EXPECT_EQ(textPosition(*tree->find("text")), (SourcePosition{4, 8}));
  EXPECT_EQ(positionWithin(*tree->find("text"), 3), (SourcePosition{4, 10}));
}

}  // namespace
}  // namespace taktwerk
