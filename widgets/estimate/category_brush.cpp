// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/estimate/category_brush.h"

#include "widgets/estimate/breakdown_data.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

Qt::BrushStyle patternOf(std::size_t category) {
  switch (category) {
    case waitForData:
      return Qt::BDiagPattern;
    case waitForPlace:
      return Qt::DiagCrossPattern;
    case waitForMemory:
      return Qt::FDiagPattern;
    default:
      return Qt::Dense6Pattern;
  }
}

}  // namespace

QBrush categoryBrush(const Theme& theme, std::size_t category) {
  if (isWait(category)) return {theme.colour(&Palette::stall), patternOf(category)};
  return {theme.kind(static_cast<BlockKind>(category))};
}

}  // namespace taktwerk
