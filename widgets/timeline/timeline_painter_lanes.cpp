// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of blocks: how busy they are, and single instructions where those can be seen.
#include <algorithm>
#include <cmath>

#include "widgets/theme/bounded_text.h"
#include "widgets/timeline/timeline_painting.h"

namespace taktwerk {

namespace {

constexpr int waitHeight = 4;

}  // namespace

void TimelinePainting::lanes() {
  const double first = std::max(0.0, std::floor(scale_.top / scale_.rowHeight));
  for (auto i = static_cast<std::size_t>(first); i < look_.lanes.size(); ++i) {
    const double top = scale_.rowsTop() - scale_.top + static_cast<double>(i) * scale_.rowHeight;
    if (top > size_.height()) break;
    lane(look_.lanes[i], top);
    ++painted_.rows;
  }
}

/// Bars where single instructions are known, shades elsewhere.
void TimelinePainting::lane(std::uint32_t lane, double top) {
  painter_.setPen(colours_.grid);
  const double line = std::round(top + scale_.rowHeight) - 0.5;
  painter_.drawLine(QLineF(TimelineScale::gutter, line, size_.width(), line));
  const double end = std::min(to_, static_cast<double>(picture_.time->cycles()));
  const double start = std::max(from_, 0.0);
  if (!look_.single || !picture_.fine) return shade(lane, top, start, end);
  const double from = std::max(start, static_cast<double>(picture_.fine->begin));
  const double to = std::min(to_, static_cast<double>(picture_.fine->end));
  if (from >= to) return shade(lane, top, start, end);
  if (start < from) shade(lane, top, start, from);
  if (to < end) shade(lane, top, to, end);
  if (picture_.time->lanes.lanes[lane].isArray()) {
    steps(lane, top, from, to);
  } else {
    bars(lane, top, from, to);
  }
  waits(lane, top, from, to);
}

/// An array's share as a shade, that of a single block as a height.
void TimelinePainting::stretch(std::uint32_t lane, double top, int x0, int x1, double share) {
  if (share <= 0 || x1 <= x0) return;
  const int height = static_cast<int>(scale_.rowHeight) - 5;
  const int y = static_cast<int>(std::floor(top)) + 2;
  const BlockKind kind = picture_.time->kinds[lane];
  ++painted_.shades;
  if (picture_.time->lanes.lanes[lane].isArray()) {
    painter_.fillRect(x0, y, x1 - x0, height, colours_.shade(kind, share));
    return;
  }
  const int part = std::max(1, static_cast<int>(std::lround(std::min(1.0, share) * height)));
  painter_.fillRect(x0, y + height - part, x1 - x0, part, colours_.kind(kind).solid);
}

void TimelinePainting::shade(std::uint32_t lane, double top, double from, double to) {
  const TimelineSlice* const slice = picture_.slice;
  if (!slice || !slice->has(lane) || from >= to) return;
  const auto begin = static_cast<double>(slice->wish.begin), end = static_cast<double>(slice->wish.end);
  const double width = (end - begin) / static_cast<double>(slice->wish.bins);
  const auto bins = static_cast<std::int64_t>(slice->wish.bins);
  const auto binAt = [&](double cycle) {
    return std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor((cycle - begin) / width)), 0, bins);
  };
  const std::int64_t last = std::min(binAt(to) + 1, bins);
  int x0 = std::max(pixelOf(begin), pixelOf(from));
  // Neighbours that look the same are one stretch.
  const auto lookOf = [&](std::int64_t bin) {
    const double share = std::min(1.0F, slice->share(lane, static_cast<std::size_t>(bin)));
    return share <= 0 ? 0 : 1 + static_cast<int>(share * (TimelineColours::shadeCount - 1));
  };
  for (std::int64_t bin = binAt(from); bin < last;) {
    std::int64_t next = bin + 1;
    double most = static_cast<double>(slice->share(lane, static_cast<std::size_t>(bin)));
    const int look = lookOf(bin);
    while (next < last && lookOf(next) == look) ++next;
    int x1 = std::min(pixelOf(begin + static_cast<double>(next) * width), pixelOf(to));
    while (x1 <= x0 && next < last) {  // several to a pixel: the busiest
      most = std::max(most, static_cast<double>(slice->share(lane, static_cast<std::size_t>(next))));
      ++next;
      x1 = std::min(pixelOf(begin + static_cast<double>(next) * width), pixelOf(to));
    }
    stretch(lane, top, x0, x1, most);
    x0 = std::max(x0, x1);
    bin = next;
  }
}

/// How many of an array work, from step to step.
void TimelinePainting::steps(std::uint32_t lane, double top, double from, double to) {
  const std::vector<BusyStep>& all = picture_.fine->laneSteps[lane];
  const auto places = static_cast<double>(picture_.time->lanes.lanes[lane].places);
  auto at = std::partition_point(
      all.begin(), all.end(), [&](const BusyStep& step) { return static_cast<double>(step.begin) <= from; });
  if (at != all.begin()) --at;
  while (at != all.end() && static_cast<double>(at->begin) < to) {
    std::uint32_t most = at->count;
    const int x0 = pixelOf(std::max(from, static_cast<double>(at->begin)));
    auto next = at + 1;
    while (next != all.end() && pixelOf(static_cast<double>(next->begin)) <= x0) {
      most = std::max(most, next->count);
      ++next;
    }
    const double end = next == all.end() ? to : std::min(to, static_cast<double>(next->begin));
    stretch(lane, top, x0, std::max(x0 + 1, pixelOf(end)), static_cast<double>(most) / places);
    at = next;
  }
}

void TimelinePainting::bars(std::uint32_t lane, double top, double from, double to) {
  const MachineObjectId object = picture_.time->lanes.lanes[lane].objects.front();
  const std::size_t rows = picture_.fine->bars[object.index()].rows.size();
  for (std::size_t row = 0; row < rows; ++row) barRow(lane, top, row, from, to);
}

void TimelinePainting::barRow(std::uint32_t lane, double top, std::size_t row, double from, double to) {
  const MachineObjectId object = picture_.time->lanes.lanes[lane].objects.front();
  const ObjectBars& in = picture_.fine->bars[object.index()];
  const std::vector<PlacedBar>& all = in.rows[row];
  const TimelineColours::Kind& kind = colours_.kind(picture_.time->kinds[lane]);
  const auto& instructions = picture_.fine->timeline().instructions;
  auto at = std::partition_point(all.begin(), all.end(),
                                 [&](const PlacedBar& bar) { return static_cast<double>(bar.end) <= from; });
  while (at != all.end() && static_cast<double>(at->begin) < to) {
    const QRectF exact = barRect(scale_, top, *at, row, in.rows.size());
    // A bar that ends within its first pixel is one with those that follow in it.
    const double pixelEnd = static_cast<double>(at->begin) + 1 / scale_.perCycle;
    auto next = at + 1;
    if (static_cast<double>(at->end) < pixelEnd) {
      next = std::partition_point(
          next, all.end(), [&](const PlacedBar& bar) { return static_cast<double>(bar.end) < pixelEnd; });
    }
    const QRect rect = exact.toAlignedRect();
    const TimelineInstruction& of = instructions[at->instruction];
    const TimelineBar& bar = of.bars[at->bar];
    const bool selected = look_.selected && of.number == *look_.selected;
    const bool holds = bar.kind == NodeKind::Stage || bar.kind == NodeKind::Buffer;
    const bool fine = exact.width() >= 3 && exact.height() >= 4;
    painter_.fillRect(rect, kind.solid);
    if (holds && fine) painter_.fillRect(rect.adjusted(1, 1, -1, -1), kind.body);
    if (!holds && fine) painter_.fillRect(QRect(rect.left(), rect.top(), 1, rect.height()), colours_.canvas);
    if (selected) {
      painter_.setPen(QPen(colours_.accent, 2));
      painter_.setBrush(Qt::NoBrush);
      painter_.drawRect(QRectF(rect).adjusted(0, 0, 0, 0));
    }
    ++painted_.bars;
    if (next == at + 1 && exact.width() >= 26) {
      const QString words =
          QStringLiteral("%1 %2").arg(of.number).arg(QString::fromStdString(of.operation.operation));
      text(exact, words, holds ? kind.bodyText : kind.solidText);
    }
    at = next;
  }
}

/// Below the bars: somebody could be in here, but for another.
void TimelinePainting::waits(std::uint32_t lane, double top, double from, double to) {
  const auto& instructions = picture_.fine->timeline().instructions;
  const int y = static_cast<int>(std::floor(top + scale_.rowHeight)) - waitHeight - 2;
  for (const MachineObjectId object : picture_.time->lanes.lanes[lane].counted) {
    int covered = 0;
    for (const PlacedBar& wait : picture_.fine->bars[object.index()].waits) {
      if (static_cast<double>(wait.begin) >= to) break;
      if (static_cast<double>(wait.end) <= from) continue;
      const int x0 = std::max(covered, pixelOf(static_cast<double>(wait.begin)));
      const int x1 =
          std::max(pixelOf(static_cast<double>(wait.begin)) + 1, pixelOf(static_cast<double>(wait.end)));
      if (x1 <= x0) continue;
      const auto& cause = instructions[wait.instruction].bars[wait.bar].wait;
      painter_.fillRect(QRect(x0, y, x1 - x0, waitHeight), colours_.wait(cause->cause));
      covered = x1;
      ++painted_.waits;
    }
  }
}

void TimelinePainting::laneName(std::uint32_t lane, double top) {
  const TimelineLane& shown = picture_.time->lanes.lanes[lane];
  const double indent = 10 + 12 * shown.depth;
  const double middle = top + scale_.rowHeight / 2;
  if (shown.isArray()) {
    painter_.setRenderHint(QPainter::Antialiasing, true);
    painter_.setPen(Qt::NoPen);
    painter_.setBrush(colours_.muted);
    const double x = indent + 3;
    if (look_.open.contains(lane)) {
      painter_.drawPolygon(QPolygonF{{{x - 4, middle - 2}, {x + 4, middle - 2}, {x, middle + 3}}});
    } else {
      painter_.drawPolygon(QPolygonF{{{x - 2, middle - 4}, {x - 2, middle + 4}, {x + 3, middle}}});
    }
    painter_.setRenderHint(QPainter::Antialiasing, false);
  }
  const bool marked = std::any_of(shown.objects.begin(), shown.objects.end(), [&](MachineObjectId each) {
    return each.index() < look_.marked.size() && look_.marked[each.index()];
  });
  painter_.fillRect(QRectF(indent + 11, middle - 4, 8, 8), colours_.kind(picture_.time->kinds[lane]).solid);
  painter_.setFont(marked ? colours_.strong : colours_.label);
  painter_.setPen(marked ? colours_.accent : colours_.text);
  const QString name = QString::fromStdString(shown.name);
  const auto fits = static_cast<qsizetype>((TimelineScale::gutter - indent - 24) / 6.4);
  painter_.drawText(QPointF(indent + 24, middle + 4),
                    shortened((marked ? QStringLiteral("● ") : QString()) + name, fits));
}

}  // namespace taktwerk
