// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/architecture/architecture.h"

namespace taktwerk {

/// What a block is for; decides its colour, glyph and the word in its header. `Unknown` is a class this
/// version does not know.
enum class BlockKind : std::uint8_t {
  Control,
  Stage,
  Compute,
  MemoryAccess,
  RegisterFile,
  OnChipMemory,
  OffChipMemory,
  Interconnect,
  Unknown
};
inline constexpr std::size_t blockKindCount = 9;

[[nodiscard]] BlockKind kindOf(ObjectClass objectClass);
/// "Compute", "On-chip memory", …
[[nodiscard]] std::string_view nameOf(BlockKind kind);
/// One or two characters that tell the kind without colour. UTF-8.
[[nodiscard]] std::string_view glyphOf(BlockKind kind);

struct Colour {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
  friend bool operator==(const Colour&, const Colour&) = default;
};
/// "#1c9cc1"
[[nodiscard]] std::string toHex(Colour colour);
/// `share` (0 to 1) of `top` over `bottom`.
[[nodiscard]] Colour mix(Colour top, Colour bottom, double share);

/// A colour of the scale for quantities, dark blue for 0 to yellow for 1: cividis (Nuñez, Anderton and
/// Renslow, PLOS ONE 2018), which reads alike in all kinds of colour vision and as grey.
[[nodiscard]] Colour heatColour(double share);

/// The colours of one theme. Kind colours keep a CIEDE2000 distance of at least 15 (light) and 13 (dark)
/// from each other in normal vision and under protanopia, deuteranopia and tritanopia.
struct Palette {
  bool dark = false;
  Colour canvas, panel, grid, text, mutedText, wire, accent, critical, error, warning, success, info;
  Colour stall;  ///< grey of waiting time in breakdowns, drawn hatched
  Colour kinds[blockKindCount];
  Colour kindTexts[blockKindCount];
  Colour kindBodies[blockKindCount];

  [[nodiscard]] Colour kind(BlockKind k) const { return kinds[static_cast<std::size_t>(k)]; }
  /// Of text on `kind`.
  [[nodiscard]] Colour kindText(BlockKind k) const { return kindTexts[static_cast<std::size_t>(k)]; }
  /// The tinted fill of a block's body.
  [[nodiscard]] Colour kindBody(BlockKind k) const { return kindBodies[static_cast<std::size_t>(k)]; }
};

[[nodiscard]] const Palette& lightPalette();
[[nodiscard]] const Palette& darkPalette();

}  // namespace taktwerk
