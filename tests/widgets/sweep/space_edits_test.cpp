// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/space_edits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/space/space_writer.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;

/// The text of the space behind its format, or why it cannot be.
std::string textOf(const EditedSpace& edited) {
  if (const auto* refusal = std::get_if<SpaceRefusal>(&edited)) return "refused: " + refusal->message;
  const std::string text = writeSpace(std::get<Space>(edited));
  return text.substr(text.find('\n') + 1);
}

Space spaceWith(const std::vector<std::string>& lines) {
  Space space;
  for (const std::string& line : lines) {
    EditedSpace edited = withLine(space, line);
    if (auto* refusal = std::get_if<SpaceRefusal>(&edited)) {
      ADD_FAILURE() << line << ": " << refusal->message;
      return space;
    }
    space = std::get<Space>(std::move(edited));
  }
  return space;
}

TEST(SpaceEdits, ALineIsWhatItLooksLike) {
  const Space space = spaceWith({"rows = 1:8", "arch.depth=4, 8 ,16", "tile = 1:64:*2 when rows > 4",
                                 "columns = 2 * rows", "rows * columns <= 256: it has 256", "rows != 6"});
  EXPECT_EQ(
      textOf(space),
      "vary:\n  rows: {from: 1, to: 8}\n  arch.depth: [4, 8, 16]\n  tile:\n    from: 1\n    to: 64\n    "
      "factor: "
      "2\n    when: rows > 4\nderived:\n  columns: 2 * rows\nconstraints:\n  - condition: rows * columns <= "
      "256\n    reason: it has 256\n  - \"rows != 6\"\n");
}

TEST(SpaceEdits, SaysWhatIsWrong) {
  EXPECT_THAT(textOf(withLine({}, "")), HasSubstr("refused: write a parameter"));
  EXPECT_THAT(textOf(withLine({}, "rows = 8:1")), HasSubstr("refused: rows: "));
  EXPECT_THAT(textOf(withLine({}, "rows = 1,1")), HasSubstr("1 is there twice"));
  const Space space = spaceWith({"rows = 1:8"});
  EXPECT_THAT(textOf(withLine(space, "rows = 1:4")), HasSubstr("refused: "));
  EXPECT_THAT(textOf(withLine(space, "rows *")), HasSubstr("refused: column 7"));
  EXPECT_THAT(textOf(withValues(space, 0, "x")), HasSubstr("refused: "));
  EXPECT_THAT(textOf(withName(space, 0, "a b")), HasSubstr("refused: "));
}

TEST(SpaceEdits, ChangesOneThing) {
  const Space space = spaceWith({"rows = 1:8", "columns = rows", "rows > 1"});
  EXPECT_THAT(textOf(withValues(space, 0, "2,4 when columns > 2")), HasSubstr("refused"))
      << "columns follows from rows";
  EXPECT_THAT(textOf(withValues(space, 0, "2,4")), HasSubstr("rows: [2, 4]"));
  EXPECT_THAT(textOf(withName(space, 0, "arch.rows")), HasSubstr("arch.rows: {from: 1, to: 8}"));
  EXPECT_THAT(textOf(withDerived(space, 0, "columns", "rows + 1")), HasSubstr("columns: rows + 1"));
  EXPECT_THAT(textOf(withConstraint(space, 0, "rows > 2", "because")), HasSubstr("reason: because"));
}

TEST(SpaceEdits, FilesStandInFrontAndHaveNamesOfTheirOwn) {
  Space space = spaceWith({"rows = 1:8"});
  space = std::get<Space>(
      withAlternative(space, Dimension::Of::Network, {"/n/b.network.yaml"}, {"/n/a.network.yaml"}));
  space = std::get<Space>(
      withAlternative(space, Dimension::Of::Network, {"/m/b.network.yaml"}, {"/n/a.network.yaml"}));
  space = std::get<Space>(withAlternative(space, Dimension::Of::Architecture, {"/c.arch.yaml"}, {}));
  ASSERT_EQ(space.dimensions.size(), 3U);
  EXPECT_EQ(space.dimensions[0].of, Dimension::Of::Architecture);
  ASSERT_EQ(space.dimensions[1].alternatives.size(), 3U);
  EXPECT_EQ(space.dimensions[1].alternatives[0].name, "a");
  EXPECT_EQ(space.dimensions[1].alternatives[2].name, "b 2");
}

}  // namespace
}  // namespace taktwerk::test
