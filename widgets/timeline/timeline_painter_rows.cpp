// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of instructions, and from afar the loops as steps down to the right.
#include <algorithm>
#include <cmath>

#include "widgets/theme/bounded_text.h"
#include "widgets/timeline/timeline_painting.h"

namespace taktwerk {

void TimelinePainting::instructions() {
  const TimelineFine& fine = *picture_.fine;
  const auto& all = fine.timeline().instructions;
  const double first = static_cast<double>(fine.firstAt(from_)) + scale_.top / scale_.rowHeight;
  for (auto i = static_cast<std::size_t>(std::max(0.0, std::floor(first))); i < all.size(); ++i) {
    const double top = scale_.rowsTop() + (static_cast<double>(i) - first) * scale_.rowHeight;
    if (top > size_.height()) break;
    instruction(all[i], top);
    ++painted_.rows;
  }
}

/// Where it is held as a frame over the whole height, what works for it solid in the lower half, waits
/// hatched over what holds it meanwhile.
void TimelinePainting::instruction(const TimelineInstruction& instruction, double top) {
  const bool fine = scale_.rowHeight >= 7;
  const double height = std::max(1.0, scale_.rowHeight - (fine ? 2 : 0));
  const bool selected = look_.selected && instruction.number == *look_.selected;
  if (selected) {
    painter_.fillRect(QRectF(TimelineScale::gutter, top, rowsArea_.width(), scale_.rowHeight),
                      colours_.measured);
  }
  const auto rectOf = [&](Cycles begin, Cycles end, double share) {
    const double x0 = scale_.xOf(static_cast<double>(begin));
    const double width = std::max(1.0, static_cast<double>(end - begin) * scale_.perCycle);
    const double part = std::max(1.0, height * share);
    return QRectF(x0, top + height - part, width, part);
  };
  const auto isSeen = [&](const QRectF& rect) {
    return rect.right() >= TimelineScale::gutter && rect.left() <= size_.width();
  };
  const auto holds = [](const TimelineBar& bar) {
    return bar.kind == NodeKind::Fetch || bar.kind == NodeKind::Buffer || bar.kind == NodeKind::Stage;
  };
  const auto colourOf = [&](const TimelineBar& bar) -> const TimelineColours::Kind& {
    const std::uint32_t lane = picture_.time->lanes.ofObject[bar.object.index()];
    return colours_.kind(lane == TimelineLanes::none ? BlockKind::Unknown : picture_.time->kinds[lane]);
  };
  const auto label = [&](const QRectF& rect, const TimelineBar& bar, const QColor& colour) {
    if (rect.width() < 30 || rect.height() < 11) return;
    text(rect, QString::fromStdString(picture_.time->program.machine->objectNames[bar.object.index()]),
         colour);
  };
  for (const TimelineBar& bar : instruction.bars) {
    if (!holds(bar)) continue;
    const QRectF rect = rectOf(bar.begin, bar.end, 1);
    if (!isSeen(rect)) continue;
    ++painted_.bars;
    const TimelineColours::Kind& kind = colourOf(bar);
    painter_.fillRect(rect, kind.solid);
    if (fine && rect.width() >= 3) painter_.fillRect(rect.adjusted(1, 1, -1, -1), kind.body);
    label(rect, bar, kind.bodyText);
  }
  for (const TimelineBar& bar : instruction.bars) {
    if (!bar.wait) continue;
    const QRectF rect = rectOf(bar.begin - bar.wait->cycles, bar.begin, 1);
    if (!isSeen(rect)) continue;
    ++painted_.waits;
    painter_.fillRect(fine ? rect.adjusted(0, 1, 0, -1) : rect, colours_.wait(bar.wait->cause));
  }
  for (const TimelineBar& bar : instruction.bars) {
    if (holds(bar) || bar.kind == NodeKind::Compute) continue;
    const QRectF rect =
        rectOf(bar.begin, std::max(bar.end, bar.begin + 1), bar.kind == NodeKind::Unit ? 0.78 : 0.3);
    if (!isSeen(rect)) continue;
    ++painted_.bars;
    const TimelineColours::Kind& kind = colourOf(bar);
    painter_.fillRect(rect, kind.solid);
    label(rect, bar, kind.solidText);
  }
}

void TimelinePainting::instructionName(const TimelineInstruction& instruction, double top) {
  const bool selected = look_.selected && instruction.number == *look_.selected;
  painter_.setFont(selected ? colours_.strong : colours_.label);
  painter_.setPen(selected ? colours_.accent : colours_.text);
  const QString words = QStringLiteral("%1  %2")
                            .arg(instruction.number)
                            .arg(QString::fromStdString(instruction.operation.operation));
  painter_.drawText(QPointF(10, top + std::max(11.0, scale_.rowHeight / 2 + 4)), shortened(words, 25));
}

/// Loops from the left upper corner to the right lower one, as far as they are in sight.
void TimelinePainting::staircase() {
  const TimelineSlice* const slice = picture_.slice;
  if (!slice) return;
  const LayerTimeline& timeline = picture_.time->timeline;
  const auto first =
      static_cast<double>(instructionAt(timeline, static_cast<Cycles>(std::max(0.0, std::floor(from_)))));
  const InstructionWindow window =
      instructionsIn(timeline, static_cast<Cycles>(std::max(0.0, std::floor(from_))),
                     static_cast<Cycles>(std::ceil(std::max(1.0, to_))));
  const double last = std::max(first + 1, static_cast<double>(window.end));
  const auto yOf = [&](double instruction) {
    return rowsArea_.top() + (instruction - first) / (last - first) * rowsArea_.height();
  };
  for (const TimelineBlock& block : slice->blocks) {
    const int x0 = pixelOf(static_cast<double>(block.begin)), x1 = pixelOf(static_cast<double>(block.end));
    if (x1 < TimelineScale::gutter || x0 > size_.width()) continue;
    const auto begin = static_cast<double>(block.first);
    const double y0 = std::max(rowsArea_.top() - 2, yOf(begin));
    const double y1 = std::min(rowsArea_.bottom() + 2, yOf(begin + static_cast<double>(block.instructions)));
    if (y1 < y0) continue;
    const QRect rect(x0, static_cast<int>(y0), std::max(1, x1 - x0), std::max(1, static_cast<int>(y1 - y0)));
    const bool even = (block.depth + static_cast<std::uint64_t>(block.iteration)) % 2 == 0;
    painter_.fillRect(rect, colours_.border);
    if (rect.width() > 2 && rect.height() > 2) {
      painter_.fillRect(rect.adjusted(1, 1, -1, -1), even ? colours_.bandEven : colours_.band);
    }
    ++painted_.rows;
    const bool named = block.depth > 0 && rect.height() >= 14 && rect.width() >= 90;
    if (named)
      text(QRectF(rect.left(), rect.top(), rect.width(), 14), blockInWords(*picture_.time, block),
           colours_.text);
  }
}

}  // namespace taktwerk
