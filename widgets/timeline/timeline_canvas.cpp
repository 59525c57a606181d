// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/timeline/timeline_canvas.h"

#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <cmath>
#include <utility>

#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

constexpr double widestCycle = 64, blockRow = 26, instructionRow = 15;
constexpr std::uint32_t mostLoopRows = 6;

}  // namespace

TimelineCanvas::TimelineCanvas(const Theme& theme, QWidget* parent)
    : QAbstractScrollArea(parent), theme_(theme), colours_(theme) {
  setAccessibleName(tr("Timeline"));
  setFocusPolicy(Qt::StrongFocus);
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  viewport()->setMouseTracking(true);
  scale_.rowHeight = blockRow;
  connect(&theme_, &Theme::changed, this, [this] {
    colours_ = TimelineColours(theme_);
    viewport()->update();
  });
}

void TimelineCanvas::setTime(std::shared_ptr<const LayerTime> time, bool same) {
  time_ = std::move(time);
  slice_.reset();
  fine_.reset();
  pending_.reset();
  measuredFrom_.reset();
  look_.marked.clear();
  look_.arrows.clear();
  if (!same) {
    look_.selected.reset();
    look_.open.clear();
    look_.measured.reset();
    clearBookmarks();
    scale_.top = 0;
    placed_ = false;
  }
  if (!time_) return viewport()->update();
  scale_.loopRows = std::min(time_->loopDepth, mostLoopRows);
  arrangeRows();
  if (!placed_) fit();
  arrange();
}

void TimelineCanvas::setSlice(std::shared_ptr<const TimelineSlice> slice) {
  slice_ = std::move(slice);
  viewport()->update();
}

void TimelineCanvas::setFine(std::shared_ptr<const TimelineFine> fine) {
  fine_ = fine && fine->made && fine->of == time_ ? std::move(fine) : nullptr;
  takePending();
  findArrows();
  arrange();
}

void TimelineCanvas::setRows(TimelineRows rows) {
  if (rows == look_.rows) return;
  look_.rows = rows;
  scale_.rowHeight = rows == TimelineRows::Blocks ? blockRow : instructionRow;
  scale_.top = 0;
  bringRowIntoSight();
  arrange();
}

void TimelineCanvas::setIdleShown(bool shown) {
  idle_ = shown;
  arrangeRows();
  arrange();
}

void TimelineCanvas::setMarked(std::vector<bool> objects) {
  look_.marked = std::move(objects);
  viewport()->update();
}

void TimelineCanvas::select(std::optional<std::int64_t> instruction) {
  look_.selected = instruction;
  steps_ = 1;
  findArrows();
}

void TimelineCanvas::setOpen(std::uint32_t lane, bool open) {
  if (open) {
    look_.open.insert(lane);
  } else {
    look_.open.erase(lane);
  }
  arrangeRows();
  arrange();
}

void TimelineCanvas::arrangeRows() {
  look_.lanes.clear();
  if (!time_) return;
  look_.lanes = shownLanes(time_->lanes, look_.open, idle_ ? std::vector<bool>() : time_->used);
  if (look_.lanes.empty()) look_.lanes = shownLanes(time_->lanes, look_.open, {});
}

double TimelineCanvas::width() const {
  return std::max(1.0, viewport()->width() - TimelineScale::gutter);
}

double TimelineCanvas::rowsHeight() const {
  if (look_.rows == TimelineRows::Blocks) return static_cast<double>(look_.lanes.size()) * scale_.rowHeight;
  if (!look_.single || !fine_) return 0;
  const auto end = std::partition_point(fine_->begins.begin(), fine_->begins.end(), [this](Cycles begin) {
    return static_cast<double>(begin) < scale_.cycleAt(viewport()->width());
  });
  const auto count =
      static_cast<double>(end - fine_->begins.begin()) - static_cast<double>(fine_->firstAt(scale_.left));
  return std::max(0.0, count) * scale_.rowHeight;
}

/// Keeps what is in sight within the layer, tells the scroll bar and those who fetch.
void TimelineCanvas::arrange() {
  if (!time_) return;
  const auto cycles = static_cast<double>(time_->cycles());
  const double lowest = std::min(widestCycle, width() / (cycles * 1.02));
  scale_.perCycle = std::clamp(scale_.perCycle, lowest, widestCycle);
  const double seen = width() / scale_.perCycle;
  scale_.left = std::clamp(scale_.left, 0.0, std::max(0.0, cycles - seen * 0.9));
  const auto from = static_cast<Cycles>(std::floor(scale_.left));
  const auto to = static_cast<Cycles>(std::ceil(scale_.left + seen));
  const InstructionWindow window = instructionsIn(time_->timeline, from, std::max(from + 1, to));
  look_.single = window.end > window.first && window.end - window.first <= singleAtMost;
  const double height = std::max(1.0, viewport()->height() - scale_.rowsTop());
  const double deepest = std::max(0.0, rowsHeight() + 8 - height);
  scale_.top = std::clamp(scale_.top, 0.0, deepest);
  arranging_ = true;
  verticalScrollBar()->setRange(0, static_cast<int>(std::min(deepest, 1e9)));
  verticalScrollBar()->setPageStep(static_cast<int>(height));
  verticalScrollBar()->setSingleStep(static_cast<int>(scale_.rowHeight));
  verticalScrollBar()->setValue(static_cast<int>(scale_.top));
  arranging_ = false;
  viewport()->update();
  Q_EMIT sightChanged();
}

TimelineSight TimelineCanvas::sight() const {
  return {scale_.left, scale_.left + width() / scale_.perCycle, scale_.perCycle, look_.lanes, look_.single};
}

void TimelineCanvas::fit() {
  if (!time_) return;
  showCycles(0, static_cast<double>(time_->cycles()) * 1.02);
  placed_ = isVisible();
}

void TimelineCanvas::showCycles(double from, double to) {
  scale_.perCycle = width() / std::max(1.0, to - from);
  scale_.left = from;
  arrange();
}

void TimelineCanvas::zoomBy(double factor, const QPointF& at) {
  if (!time_) return;
  const double x = std::max(at.x(), TimelineScale::gutter);
  const double cycle = scale_.cycleAt(x);
  const double lowest = std::min(widestCycle, width() / (static_cast<double>(time_->cycles()) * 1.02));
  scale_.perCycle = std::clamp(scale_.perCycle * factor, lowest, widestCycle);
  scale_.left = cycle - (x - TimelineScale::gutter) / scale_.perCycle;
  arrange();
}

void TimelineCanvas::panBy(double pixels) {
  scale_.left += pixels / scale_.perCycle;
  arrange();
}

void TimelineCanvas::goTo(std::int64_t instruction) {
  if (!time_ || time_->timeline.known <= 0) return;
  instruction = std::clamp<std::int64_t>(instruction, 0, time_->timeline.known - 1);
  const auto cycle = static_cast<double>(cycleOf(time_->timeline, instruction));
  select(instruction);
  pending_ = instruction;
  if (!look_.single || cycle < scale_.left || cycle > scale_.left + width() / scale_.perCycle) {
    double seen = look_.single ? width() / scale_.perCycle : 4096;
    for (; seen > 16; seen /= 2) {
      const auto from = static_cast<Cycles>(std::max(0.0, cycle - seen / 3));
      const InstructionWindow window =
          instructionsIn(time_->timeline, from, from + static_cast<Cycles>(seen));
      if (window.end - window.first <= singleAtMost / 4) break;
    }
    showCycles(std::max(0.0, cycle - seen / 3), std::max(0.0, cycle - seen / 3) + seen);
  }
  takePending();
  Q_EMIT selected(instruction, -1);
}

/// What is selected was read: when it was, is known exactly now.
void TimelineCanvas::takePending() {
  if (!pending_ || !fine_) return;
  const TimelineInstruction* const found = fine_->find(*pending_);
  if (!found) return;
  pending_.reset();
  const double x = scale_.xOf(static_cast<double>(found->begin()));
  const double end = scale_.xOf(static_cast<double>(found->end()));
  if (x < TimelineScale::gutter || std::min(end, x + width() / 2) > viewport()->width()) {
    scale_.left = static_cast<double>(found->begin()) - width() / 3 / scale_.perCycle;
    arrange();
  }
  bringRowIntoSight();
  qint64 object = -1;
  for (const TimelineBar& bar : found->bars) {
    if (bar.kind == NodeKind::Unit) object = static_cast<qint64>(bar.object.index());
  }
  Q_EMIT selected(found->number, object);
}

void TimelineCanvas::bringRowIntoSight() {
  if (look_.rows != TimelineRows::Instructions || !fine_ || !look_.selected) return;
  const TimelineInstruction* const found = fine_->find(*look_.selected);
  if (!found) return;
  const auto place = static_cast<double>(found - fine_->timeline().instructions.data());
  const double y = (place - static_cast<double>(fine_->firstAt(scale_.left))) * scale_.rowHeight;
  const double height = std::max(1.0, viewport()->height() - scale_.rowsTop());
  if (y < scale_.top || y + scale_.rowHeight > scale_.top + height) scale_.top = y - height / 3;
  arrange();
}

/// From instruction to instruction, without the mouse.
void TimelineCanvas::step(int direction) {
  if (!time_) return;
  if (look_.selected) return goTo(*look_.selected + direction);
  const auto middle = static_cast<Cycles>(scale_.left + width() / scale_.perCycle / 2);
  goTo(instructionAt(time_->timeline, middle));
}

void TimelineCanvas::scrollContentsBy(int, int) {
  if (arranging_) return;
  scale_.top = verticalScrollBar()->value();
  viewport()->update();
}

void TimelineCanvas::resizeEvent(QResizeEvent*) {
  if (time_ && !placed_) fit();
  arrange();
}

QString TimelineCanvas::title() const {
  if (!time_) return {};
  return tr("%1 running %2").arg(QString::fromStdString(time_->program.machine->name), time_->layer);
}

TimelinePicture TimelineCanvas::picture() const {
  return {time_.get(), slice_.get(), fine_.get()};
}

void TimelineCanvas::paintEvent(QPaintEvent*) {
  QPainter painter(viewport());
  if (!time_) return painter.fillRect(viewport()->rect(), colours_.canvas);
  painted_ = paintTimeline(painter, viewport()->size(), picture(), scale_, look_, colours_);
  if (!hasFocus()) return;
  painter.setPen(QPen(colours_.accent, 1, Qt::DotLine));
  painter.setBrush(Qt::NoBrush);
  painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
}

void TimelineCanvas::paintOn(QPainter& painter, const QRectF& page) const {
  if (!time_) return;
  const QSizeF size = viewport()->size();
  painter.translate(page.topLeft());
  painter.scale(page.width() / size.width(), page.height() / size.height());
  paintTimeline(painter, size, picture(), scale_, look_, colours_);
}

}  // namespace taktwerk
