// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diagram/scene/block_text.h"

#include <QFontMetricsF>
#include <algorithm>
#include <cmath>

#include "widgets/diagram/scene/block_painter.h"
#include "widgets/theme/bounded_text.h"

namespace taktwerk {

namespace {

constexpr double titlePixels = 12, detailPixels = 10.5;  // at 100 %
constexpr double lineHeight = 15;                        // at 100 %, as blocks are sized for
constexpr double lineGap = 2;                            // pixels of the screen between small lines at least
constexpr qsizetype fewestLetters = 4;                   // of a cut name, below which it says nothing

double fontPixels(double pixels, double scale) {
  return std::max(smallestTextPixels, std::floor(pixels * scale));
}

/// Cut to `room`; nothing where hardly a letter would be left.
QString cut(const QString& text, const QFontMetricsF& metrics, double room) {
  if (metrics.horizontalAdvance(text) <= room) return text;
  QString shorter = metrics.elidedText(text, Qt::ElideRight, room);
  return shorter.size() > fewestLetters ? shorter : QString();
}

/// Where the lines of text end: above what a stage contains and the cells of an array.
double textBottom(const Block& block) {
  const double lines = headerHeight + lineHeight * (1 + static_cast<double>(block.details.size()));
  const bool plain = block.children.empty() && !(block.group && block.group->array);
  return plain ? block.rect.height : std::min(block.rect.height, lines + 3);
}

/// In the header where that is high enough, else over the middle.
void addTitle(std::vector<BlockText>& texts, const Block& block, const BlockMarks& marks, double scale) {
  const QString title = shortened(block.title);
  const double width = block.rect.width * scale, header = headerHeight * scale;
  BlockText text{BlockText::Role::Title, {}, 0, 0, fontPixels(titlePixels, scale), true, false};
  const QFontMetricsF metrics(blockFont(text.pixels, true));
  if (header < text.pixels + 1) {
    text.floating = true;
    text.text = cut(title, metrics, width - 4);
    const double height = std::min(block.rect.height, textBottom(block)) * scale;
    if (text.text.isEmpty() || height < text.pixels + 3) return;
    text.x = (width - metrics.horizontalAdvance(text.text)) / 2;
    text.baseline = height / 2 + metrics.capHeight() / 2;
    texts.push_back(text);
    return;
  }
  const QString glyph = QString::fromUtf8(glyphOf(block.kind).data());
  const double taken = (marks.badge ? std::max(22 * scale, 16.0) : 0) + (block.pinned ? 16 * scale : 0) +
                       (block.group ? 16 * scale : 0);
  text.baseline = header / 2 + metrics.capHeight() / 2;
  text.x = 16 * scale + metrics.horizontalAdvance(glyph);
  double room = width - text.x - 8 * scale - taken;
  if (metrics.horizontalAdvance(title) <= room || scale >= 1) {
    texts.push_back({BlockText::Role::Glyph, glyph, 9 * scale, text.baseline, text.pixels, true, false});
  } else {  // the name before the sign
    text.x = 6 * scale;
    room = width - text.x - 4 * scale - taken;
  }
  text.text = cut(title, metrics, room);
  if (!text.text.isEmpty()) texts.push_back(text);
}

}  // namespace

QFont blockFont(double pixels, bool bold) {
  QFont font(QStringLiteral("DejaVu Sans"));
  font.setPixelSize(static_cast<int>(pixels));
  font.setBold(bold);
  return font;
}

std::vector<BlockText> textsOf(const Block& block, const BlockMarks& marks, double scale) {
  std::vector<BlockText> texts;
  if (scale < flatBelow) return texts;
  addTitle(texts, block, marks, scale);
  const double header = headerHeight * scale;
  if (texts.empty() || texts.back().floating) return texts;
  const double pixels = fontPixels(detailPixels, scale);
  const double pitch = std::max(lineHeight * scale, pixels + lineGap);
  const double height = block.rect.height * scale;
  const double bottom = std::min(textBottom(block) * scale, height - std::max(2.0, marks.below));
  const QFontMetricsF metrics(blockFont(pixels, false));
  const double room = block.rect.width * scale - 18 * scale;
  double baseline = header;
  const auto line = [&](BlockText::Role role, const std::string& words) {
    baseline += pitch;
    if (baseline + metrics.descent() > bottom + 1) return;
    // A note's sign stands at the lower right.
    const bool besideNote = block.hasNote && baseline > height - 18 * scale;
    const QString text = cut(shortened(words), metrics, room - (besideNote ? 14 * scale : 0));
    if (!text.isEmpty()) texts.push_back({role, text, 11 * scale, baseline, pixels, false, false});
  };
  line(BlockText::Role::ClassName, block.className);
  for (const std::string& detail : block.details) line(BlockText::Role::Detail, detail);
  return texts;
}

}  // namespace taktwerk
