// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/drawing/block_diagram.h"
#include "core/drawing/wire_shape.h"
#include "core/folding/fold.h"
#include "tests/core/drawing/diagram_checks.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string hostile = R"(format: taktwerk-architecture/1
name: "<script>&\"'"
objects:
  a: {class: PipelineStage}
  b: {class: ExecuteStage}
connections:
  - forward: [a, b]
)";

TEST(Svg, IsSelfContainedAndRepeatsItself) {
  const BlockDiagram diagram = drawBlockDiagram(unfolded(architectureOf(hostile)));
  const std::string svg = toSvg(diagram, lightPalette());
  EXPECT_EQ(svg, toSvg(diagram, lightPalette()));
  EXPECT_NE(svg, toSvg(diagram, darkPalette()));
  EXPECT_THAT(svg, ::testing::StartsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\""));
  EXPECT_THAT(svg, ::testing::EndsWith("</svg>\n"));
  EXPECT_THAT(svg, HasSubstr(">a</text>"));
  EXPECT_THAT(svg, HasSubstr(toHex(lightPalette().kind(BlockKind::Stage))));
}

TEST(Svg, EscapesWhatTheFileSays) {
  const std::string svg = toSvg(drawBlockDiagram(unfolded(architectureOf(hostile))), lightPalette());
  EXPECT_THAT(svg, HasSubstr("&lt;script&gt;&amp;&quot;"));
  EXPECT_THAT(svg, Not(HasSubstr("<script>")));
}

TEST(WireShape, LaysDashesOfJoinedWiresOnTopOfEachOther) {
  Wire a;
  a.kind = ConnectionKind::Reads;
  a.points = {{0, 0}, {100, 0}};
  Wire b = a;
  b.points = {{37, 0}, {100, 0}};
  const WireStyle style = styleOf(ConnectionKind::Reads);
  const double period = style.dash + style.gap;
  const double first = shapeOf(a).pieces[0].dashOffset;
  const double second = shapeOf(b).pieces[0].dashOffset;
  EXPECT_DOUBLE_EQ(std::fmod(37 - (second - first), period), 0);
}

TEST(WireShape, EndsWithAnArrowOutsideThePort) {
  Wire wire;
  wire.kind = ConnectionKind::Forward;
  wire.points = {{0, 0}, {0, 50}, {80, 50}};
  const WireShape shape = shapeOf(wire);
  EXPECT_EQ(shape.arrow[0], (Point{80 - portSize / 2, 50}));
  EXPECT_LT(shape.arrow[1].x, shape.arrow[0].x);
  EXPECT_TRUE(styleOf(ConnectionKind::Forward).filledArrow);
  EXPECT_FALSE(styleOf(ConnectionKind::Writes).filledArrow);
  EXPECT_GT(styleOf(ConnectionKind::Reads).dash, 0);
  EXPECT_EQ(styleOf(ConnectionKind::Writes).dash, 0);
}

}  // namespace
}  // namespace taktwerk::test
