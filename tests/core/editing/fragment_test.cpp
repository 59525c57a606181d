// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/editing/fragment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/architecture/documents.h"
#include "tests/core/editing/small_architecture.h"

namespace taktwerk {
namespace {

using ::testing::HasSubstr;

TEST(Fragment, BringsBends) {
  const auto bent = applyEdit(test::smallText, SetBends{0, {{10, 20}}});
  ASSERT_TRUE(bent);
  const auto from = parseArchitecture(*bent, "bent");
  ASSERT_TRUE(from);
  const Connection& c = from->connections[0];
  const std::string fragment = fragmentText(*from, {c.from, c.to}, [](ObjectId) { return CanvasPoint{}; });
  const auto paste = pasteEdits(*from, fragment, {50, 60});
  ASSERT_TRUE(paste);
  const auto both = parseArchitecture(*applyEdits(*bent, paste->edits), "both");
  ASSERT_TRUE(both);
  EXPECT_EQ(both->connections.back().via, (std::vector<CanvasPoint>{{60, 80}}));
}

TEST(Fragment, BringsBoundsAndTheParametersTheyName) {
  const std::string bounds = "{default: 4, minimum: least, maximum: 16, step: 1, values: [4, most]}\n";
  const auto from = parseArchitecture(
      test::with(test::with(test::sound, "{default: 4, minimum: 1, maximum: 16}\n",
                            bounds + "  least: {default: 1}\n  most: {default: 8}\n  unused: {default: 1}\n"),
                 "class: PipelineStage, latency: 1", "class: PipelineStage, latency: rows"),
      "f");
  ASSERT_TRUE(from);
  const std::string fragment =
      fragmentText(*from, {from->find("decode")->id}, [](ObjectId) { return CanvasPoint{}; });
  const std::string empty = "format: taktwerk-architecture/1\nname: e\n";
  const auto paste = pasteEdits(*parseArchitecture(empty, "e"), fragment, {});
  ASSERT_TRUE(paste);
  const std::string text = *applyEdits(empty, paste->edits);
  EXPECT_THAT(text, HasSubstr("rows: " + bounds));
  EXPECT_THAT(text, HasSubstr("least: {default: 1}"));
  EXPECT_THAT(text, HasSubstr("most: {default: 8}"));
  EXPECT_THAT(text, ::testing::Not(HasSubstr("unused")));
}

TEST(Fragment, BringsObjectsConnectionsAndParametersIntoAnotherArchitecture) {
  const Architecture from = test::smallArchitecture();
  const std::string fragment =
      fragmentText(from, {test::idOf(from, "execute"), test::idOf(from, "alu"), test::idOf(from, "regs")},
                   [&](ObjectId o) { return from.objects[o.index()].at.value_or(CanvasPoint{}); });
  EXPECT_THAT(fragment, HasSubstr("contains: [execute, alu]"));
  EXPECT_THAT(fragment, HasSubstr("twice"));
  EXPECT_THAT(fragment, HasSubstr("k:"));
  EXPECT_THAT(fragment, ::testing::Not(HasSubstr("unused")));
  // Into the same: everything gets a new name, also where it is mentioned.
  const auto again = pasteEdits(from, fragment, {50, 60});
  ASSERT_TRUE(again);
  EXPECT_EQ(again->names, (std::vector<std::string>{"execute2", "alu2", "regs2"}));
  const auto both = applyEdits(test::smallText, again->edits);
  ASSERT_TRUE(both);
  const auto read = parseArchitecture(*both, "both");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->find("execute2")->at, (CanvasPoint{450, 60}));
  EXPECT_FALSE(read->find("alu2")->at) << "a unit stands in its stage";
  EXPECT_EQ(read->find("alu2")->find("result_latency")->value.entries.front().key, "regs2");
  EXPECT_EQ(read->connections.size(), from.connections.size() + 2);
  // Into an empty one: names stay and the parameters come along.
  const std::string empty = "format: taktwerk-architecture/1\nname: e\n";
  const auto fresh = pasteEdits(*parseArchitecture(empty, "e"), fragment, {0, 0});
  ASSERT_TRUE(fresh);
  const auto there = parseArchitecture(*applyEdits(empty, fresh->edits), "e");
  ASSERT_TRUE(there);
  EXPECT_EQ(there->parameters.size(), 2U);
  EXPECT_TRUE(there->find("alu"));
  EXPECT_FALSE(pasteEdits(from, "hello", {}));
  EXPECT_FALSE(pasteEdits(from, empty, {}));
}

}  // namespace
}  // namespace taktwerk
