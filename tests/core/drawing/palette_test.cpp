// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/drawing/palette.h"

#include <cmath>
#include <set>

#include <gtest/gtest.h>

namespace taktwerk::test {
namespace {

/// WCAG 2.1, "relative luminance" and "contrast ratio".
double luminance(Colour c) {
  const auto channel = [](std::uint8_t value) {
    const double s = value / 255.0;
    return s <= 0.03928 ? s / 12.92 : std::pow((s + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * channel(c.red) + 0.7152 * channel(c.green) + 0.0722 * channel(c.blue);
}

double contrast(Colour a, Colour b) {
  const double x = luminance(a);
  const double y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

class PaletteTest : public ::testing::TestWithParam<bool> {
 protected:
  const Palette& palette = GetParam() ? darkPalette() : lightPalette();
};

TEST_P(PaletteTest, HasReadableTextEverywhere) {
  EXPECT_GE(contrast(palette.text, palette.canvas), 7);
  EXPECT_GE(contrast(palette.text, palette.panel), 7);
  EXPECT_GE(contrast(palette.mutedText, palette.canvas), 4.5);
  EXPECT_GE(contrast(palette.mutedText, palette.panel), 4.5);
  for (std::size_t i = 0; i < blockKindCount; ++i) {
    EXPECT_GE(contrast(palette.kindTexts[i], palette.kinds[i]), 4.5) << nameOf(static_cast<BlockKind>(i));
    EXPECT_GE(contrast(palette.text, palette.kindBodies[i]), 7) << nameOf(static_cast<BlockKind>(i));
  }
}

TEST_P(PaletteTest, ShowsBordersWiresAndMessagesOnTheCanvas) {
  for (const Colour colour :
       {palette.wire, palette.accent, palette.error, palette.warning, palette.success}) {
    EXPECT_GE(contrast(colour, palette.canvas), 3) << toHex(colour);
  }
  for (std::size_t i = 0; i < blockKindCount; ++i) EXPECT_GE(contrast(palette.kinds[i], palette.canvas), 2.9);
}

INSTANTIATE_TEST_SUITE_P(Themes, PaletteTest, ::testing::Values(false, true),
                         [](const auto& theme) { return theme.param ? "Dark" : "Light"; });

TEST(Palette, TellsKindsApartWithoutColour) {
  std::set<std::string_view> glyphs, names;
  for (std::size_t i = 0; i < blockKindCount; ++i) {
    glyphs.insert(glyphOf(static_cast<BlockKind>(i)));
    names.insert(nameOf(static_cast<BlockKind>(i)));
  }
  EXPECT_EQ(glyphs.size(), blockKindCount);
  EXPECT_EQ(names.size(), blockKindCount);
}

TEST(Palette, MixesAndPrintsColours) {
  EXPECT_EQ(toHex(mix({255, 0, 16}, {0, 0, 0}, 0.5)), "#800008");
  EXPECT_EQ(mix({1, 2, 3}, {9, 9, 9}, 1), (Colour{1, 2, 3}));
}

}  // namespace
}  // namespace taktwerk::test
