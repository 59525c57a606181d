// SPDX-License-Identifier: GPL-3.0-or-later
// What is where on the canvas.
#include <algorithm>
#include <cmath>

#include "core/report/timeline_words.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/timeline/timeline_canvas.h"

namespace taktwerk {

namespace {

constexpr double nearPixels = 2;

const PlacedBar* nearest(const std::vector<PlacedBar>& row, double cycle, double reach) {
  auto at = std::partition_point(row.begin(), row.end(), [&](const PlacedBar& bar) {
    return static_cast<double>(bar.end) + reach <= cycle;
  });
  const PlacedBar* best = nullptr;
  double least = reach;
  for (; at != row.end() && static_cast<double>(at->begin) - reach <= cycle; ++at) {
    const double off =
        std::max({0.0, static_cast<double>(at->begin) - cycle, cycle - static_cast<double>(at->end)});
    if (best && off >= least) continue;
    best = &*at;
    least = off;
  }
  return best;
}

}  // namespace

std::optional<std::uint32_t> TimelineCanvas::laneAt(double y) const {
  if (!time_ || look_.rows != TimelineRows::Blocks || y < scale_.rowsTop()) return std::nullopt;
  const auto row = static_cast<std::size_t>((y - scale_.rowsTop() + scale_.top) / scale_.rowHeight);
  return row < look_.lanes.size() ? std::optional(look_.lanes[row]) : std::nullopt;
}

std::optional<TimelineBlock> TimelineCanvas::blockAt(const QPointF& position) const {
  const double y = position.y() - TimelineScale::axis;
  if (!slice_ || y < 0 || position.x() < TimelineScale::gutter) return std::nullopt;
  const double cycle = scale_.cycleAt(position.x());
  const auto row = static_cast<std::uint32_t>(y / TimelineScale::loopRow);
  const bool steps = look_.rows == TimelineRows::Instructions && !(look_.single && fine_);
  std::optional<TimelineBlock> found;
  if (row >= scale_.loopRows && !steps) return found;
  for (const TimelineBlock& block : slice_->blocks) {
    if (row < scale_.loopRows && block.depth != row + 1) continue;
    const bool inside = static_cast<double>(block.begin) <= cycle && cycle < static_cast<double>(block.end);
    if (inside && (!found || block.depth >= found->depth)) found = block;
  }
  return found;
}

std::optional<TimelineHit> TimelineCanvas::hitAt(const QPointF& position) const {
  const bool inside = position.x() >= TimelineScale::gutter && position.y() >= scale_.rowsTop();
  if (!time_ || !fine_ || !look_.single || !inside) return std::nullopt;
  const double cycle = scale_.cycleAt(position.x()), reach = nearPixels / scale_.perCycle;
  const auto& all = fine_->timeline().instructions;
  const auto hitOf = [&](const PlacedBar& placed) {
    const TimelineInstruction& of = all[placed.instruction];
    return TimelineHit{of.number, of.bars[placed.bar].object, of.bars[placed.bar]};
  };
  if (look_.rows == TimelineRows::Blocks) {
    const auto lane = laneAt(position.y());
    if (!lane || time_->lanes.lanes[*lane].isArray()) return std::nullopt;
    const ObjectBars& in = fine_->bars[time_->lanes.lanes[*lane].objects.front().index()];
    const double y = position.y() - scale_.rowsTop() + scale_.top;
    const double within = y - std::floor(y / scale_.rowHeight) * scale_.rowHeight;
    if (within >= scale_.rowHeight - 6) {
      for (const PlacedBar& wait : in.waits) {
        if (static_cast<double>(wait.begin) <= cycle && cycle < static_cast<double>(wait.end))
          return hitOf(wait);
      }
    }
    if (in.rows.empty()) return std::nullopt;
    const double each = (scale_.rowHeight - 8) / static_cast<double>(in.rows.size());
    const auto row = static_cast<std::size_t>(
        std::clamp((within - 2) / each, 0.0, static_cast<double>(in.rows.size() - 1)));
    const PlacedBar* const bar = nearest(in.rows[row], cycle, reach);
    return bar ? std::optional(hitOf(*bar)) : std::nullopt;
  }
  const double row = static_cast<double>(fine_->firstAt(scale_.left)) +
                     std::floor((position.y() - scale_.rowsTop() + scale_.top) / scale_.rowHeight);
  if (row < 0 || row >= static_cast<double>(all.size())) return std::nullopt;
  const TimelineInstruction& of = all[static_cast<std::size_t>(row)];
  TimelineHit hit{of.number, {}, std::nullopt};
  for (const TimelineBar& bar : of.bars) {  // what is drawn over others stands behind them
    const Cycles begin = bar.wait ? bar.begin - bar.wait->cycles : bar.begin;
    const bool here = static_cast<double>(begin) - reach <= cycle &&
                      cycle < static_cast<double>(std::max(bar.end, bar.begin + 1)) + reach;
    if (here && bar.kind != NodeKind::Compute) hit = {of.number, bar.object, bar};
  }
  return hit;
}

QString TimelineCanvas::wordsAt(const QPointF& position) const {
  if (!time_) return {};
  const Machine& machine = *time_->program.machine;
  if (const auto hit = hitAt(position)) {
    const TimelineInstruction* const of = fine_->find(hit->instruction);
    QString words = shortened(instructionInWords(*of, machine).front());
    if (hit->bar) words += QLatin1Char('\n') + shortened(barInWords(*hit->bar, machine));
    return words;
  }
  if (const auto block = blockAt(position)) {
    QString words = blockInWords(*time_, *block);
    words += tr("\nCycles %1 to %2, instructions %3 to %4")
                 .arg(grouped(block->begin), grouped(block->end), grouped(block->first),
                      grouped(block->first + std::max<std::int64_t>(1, block->instructions) - 1));
    if (block->repeats) words += tr("\nProven to repeat");
    return words;
  }
  const auto lane = laneAt(position.y());
  if (!lane) return {};
  const TimelineLane& shown = time_->lanes.lanes[*lane];
  QString words = shortened(shown.name);
  if (shown.isArray())
    words += tr("\n%1 blocks; click the name to open it").arg(grouped(std::ssize(shown.objects)));
  if (!time_->timeline.occupiedKnown)
    return words + tr("\nHow busy it is, is not known: a cache is accessed");
  if (!slice_ || !slice_->has(*lane) || position.x() < TimelineScale::gutter) return words;
  const auto length = static_cast<double>(slice_->wish.end - slice_->wish.begin);
  const double each = length / static_cast<double>(slice_->wish.bins);
  const double bin = (scale_.cycleAt(position.x()) - static_cast<double>(slice_->wish.begin)) / each;
  if (bin < 0 || bin >= static_cast<double>(slice_->wish.bins)) return words;
  const double share = static_cast<double>(slice_->share(*lane, static_cast<std::size_t>(bin)));
  return words + tr("\nBusy %1 % about cycle %2")
                     .arg(QString::number(share * 100, 'f', share < 0.1 ? 1 : 0),
                          grouped(static_cast<Cycles>(scale_.cycleAt(position.x()))));
}

std::optional<QPointF> TimelineCanvas::placeOf(std::int64_t instruction, MachineObjectId object) const {
  if (!fine_ || !look_.single) return std::nullopt;
  const auto& all = fine_->timeline().instructions;
  const TimelineInstruction* const of = fine_->find(instruction);
  if (!of) return std::nullopt;
  if (look_.rows == TimelineRows::Instructions) {
    const auto place =
        static_cast<double>(of - all.data()) - static_cast<double>(fine_->firstAt(scale_.left));
    for (const TimelineBar& bar : of->bars) {
      if (bar.object != object) continue;
      const double middle = static_cast<double>(bar.begin + std::max(bar.end, bar.begin + 1)) / 2;
      return QPointF(scale_.xOf(middle), scale_.rowsTop() - scale_.top + (place + 0.75) * scale_.rowHeight);
    }
    return std::nullopt;
  }
  const std::uint32_t lane = time_->lanes.shownFor(object, look_.open);
  const auto at = std::find(look_.lanes.begin(), look_.lanes.end(), lane);
  if (at == look_.lanes.end()) return std::nullopt;
  const double top =
      scale_.rowsTop() - scale_.top + static_cast<double>(at - look_.lanes.begin()) * scale_.rowHeight;
  const auto& rows = fine_->bars[object.index()].rows;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (const PlacedBar& bar : rows[row]) {
      if (all[bar.instruction].number == instruction)
        return barRect(scale_, top, bar, row, rows.size()).center();
    }
  }
  return std::nullopt;
}

}  // namespace taktwerk
