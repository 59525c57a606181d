// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/drawing/palette.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <iterator>

namespace taktwerk {

namespace {

constexpr Colour rgb(std::uint32_t value) {
  return {static_cast<std::uint8_t>(value >> 16), static_cast<std::uint8_t>(value >> 8),
          static_cast<std::uint8_t>(value)};
}

struct KindRow {
  std::string_view name;
  std::string_view glyph;
  std::uint32_t light, lightText, dark, darkText;
};

constexpr std::uint32_t white = 0xFFFFFF;
constexpr std::uint32_t ink = 0x1B1F24;
constexpr std::uint32_t night = 0x14171A;

constexpr std::array<KindRow, blockKindCount> kindRows{{
    {"Fetch / control", "F", 0x6B717C, white, 0xDADEE5, night},
    {"Pipeline stage", "❯", 0x9335C9, white, 0xDAADFD, night},
    {"Compute", "×+", 0xDA7907, ink, 0xD29B70, night},
    {"Memory access", "⇄", 0x377E5A, white, 0x95F6C1, night},
    {"Register file", "R", 0x760E3C, white, 0xC4607F, night},
    {"On-chip memory", "S", 0x1C9CC1, ink, 0x5D98AE, night},
    {"Off-chip memory", "D", 0x341081, white, 0x836CEC, night},
    {"Interconnect", "✛", 0x4D4300, white, 0x948316, night},
    {"Unknown class", "?", 0xB3261E, white, 0xF2918A, night},
}};

Palette makePalette(bool dark) {
  Palette p;
  p.dark = dark;
  p.canvas = rgb(dark ? 0x1E2227 : 0xFFFFFF);
  p.panel = rgb(dark ? 0x23272D : 0xF6F7F9);
  p.grid = rgb(dark ? 0x2A2F36 : 0xE7EAEE);
  p.text = rgb(dark ? 0xE6E9EE : 0x1B1F24);
  p.mutedText = rgb(dark ? 0xA3ACB8 : 0x57606A);
  p.wire = rgb(dark ? 0x9AA4B1 : 0x5B6470);
  p.accent = rgb(dark ? 0x6CB2FF : 0x0B63CE);
  p.critical = rgb(dark ? 0xFF9E57 : 0xC2410C);
  p.error = rgb(dark ? 0xF2918A : 0xB3261E);
  p.warning = rgb(dark ? 0xE8B14B : 0x8A5A00);
  p.success = rgb(dark ? 0x6BD08F : 0x1E7B45);
  p.info = rgb(dark ? 0x8AB8FF : 0x1257A6);
  p.stall = rgb(dark ? 0x7B8490 : 0xA9B0B9);
  const Colour bodyGround = rgb(dark ? 0x2A2F36 : 0xFFFFFF);
  for (std::size_t i = 0; i < blockKindCount; ++i) {
    const KindRow& row = kindRows[i];
    p.kinds[i] = rgb(dark ? row.dark : row.light);
    p.kindTexts[i] = rgb(dark ? row.darkText : row.lightText);
    p.kindBodies[i] = mix(p.kinds[i], bodyGround, dark ? 0.16 : 0.12);
  }
  return p;
}

}  // namespace

BlockKind kindOf(ObjectClass objectClass) {
  switch (objectClass) {
    case ObjectClass::InstructionFetchStage:
      return BlockKind::Control;
    case ObjectClass::PipelineStage:
    case ObjectClass::ExecuteStage:
      return BlockKind::Stage;
    case ObjectClass::FunctionalUnit:
      return BlockKind::Compute;
    case ObjectClass::InstructionMemoryAccessUnit:
    case ObjectClass::MemoryAccessUnit:
      return BlockKind::MemoryAccess;
    case ObjectClass::RegisterFile:
      return BlockKind::RegisterFile;
    case ObjectClass::Sram:
    case ObjectClass::Memory:
    case ObjectClass::SetAssociativeCache:
      return BlockKind::OnChipMemory;
    case ObjectClass::Dram:
      return BlockKind::OffChipMemory;
    case ObjectClass::Unknown:
      break;
  }
  return BlockKind::Unknown;
}

std::string_view nameOf(BlockKind kind) {
  return kindRows[static_cast<std::size_t>(kind)].name;
}
std::string_view glyphOf(BlockKind kind) {
  return kindRows[static_cast<std::size_t>(kind)].glyph;
}

std::string toHex(Colour colour) {
  char text[8];
  std::snprintf(text, sizeof text, "#%02x%02x%02x", colour.red, colour.green, colour.blue);
  return text;
}

Colour mix(Colour top, Colour bottom, double share) {
  const auto channel = [share](std::uint8_t a, std::uint8_t b) {
    return static_cast<std::uint8_t>(std::lround(a * share + b * (1 - share)));
  };
  return {channel(top.red, bottom.red), channel(top.green, bottom.green), channel(top.blue, bottom.blue)};
}

const Palette& lightPalette() {
  static const Palette palette = makePalette(false);
  return palette;
}

const Palette& darkPalette() {
  static const Palette palette = makePalette(true);
  return palette;
}

Colour heatColour(double share) {
  static constexpr Colour stops[] = {
      {0x00, 0x20, 0x4D}, {0x00, 0x33, 0x6F}, {0x39, 0x48, 0x6B}, {0x57, 0x5C, 0x6D}, {0x70, 0x71, 0x73},
      {0x8A, 0x87, 0x79}, {0xA6, 0x9D, 0x75}, {0xC4, 0xB5, 0x6C}, {0xE4, 0xCF, 0x5B}, {0xFF, 0xEA, 0x46}};
  constexpr auto last = std::size(stops) - 1;
  const double at = std::clamp(share, 0.0, 1.0) * static_cast<double>(last);
  const auto below = std::min(static_cast<std::size_t>(at), last - 1);
  return mix(stops[below + 1], stops[below], at - static_cast<double>(below));
}

}  // namespace taktwerk
