// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/timeline/timeline_minimap.h"

#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <map>

#include "widgets/theme/theme.h"
#include "widgets/timeline/timeline_painter.h"

namespace taktwerk {

namespace {

constexpr int stripHeight = 7, margin = 4;
constexpr std::size_t overviewBins = 1200;

}  // namespace

TimelineMinimap::TimelineMinimap(const Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme), colours_(theme) {
  setAccessibleName(tr("All of the layer"));
  setToolTip(
      tr("All of the layer: how busy each kind of block is. Drag the frame to move what is in sight."));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setCursor(Qt::PointingHandCursor);
  connect(&theme_, &Theme::changed, this, [this] {
    colours_ = TimelineColours(theme_);
    update();
  });
}

QSize TimelineMinimap::sizeHint() const {
  const int strips = std::max<int>(2, static_cast<int>(strips_.size()));
  return {400, strips * stripHeight + 2 * margin};
}

void TimelineMinimap::setTime(std::shared_ptr<const LayerTime> time) {
  time_ = std::move(time);
  strips_.clear();
  updateGeometry();
  update();
}

SliceWish TimelineMinimap::wish() const {
  SliceWish wish;
  wish.end = time_->cycles();
  wish.bins = static_cast<std::size_t>(std::min<Cycles>(wish.end, overviewBins));
  wish.least = wish.end;
  wish.lanes = time_->lanes.outermost;
  return wish;
}

/// Lanes of a kind together, each as much as it has places.
void TimelineMinimap::setSlice(std::shared_ptr<const TimelineSlice> slice) {
  if (!time_ || slice->of != time_) return;
  struct Sum {
    std::vector<double> busy;
    double places = 0;
  };
  std::map<BlockKind, Sum> sums;
  const std::size_t bins = slice->wish.bins;
  for (const std::uint32_t lane : slice->wish.lanes) {
    if (!time_->used[lane]) continue;
    Sum& sum = sums[time_->kinds[lane]];
    sum.busy.resize(bins, 0);
    const auto places = static_cast<double>(time_->lanes.lanes[lane].places);
    sum.places += places;
    for (std::size_t bin = 0; bin < bins; ++bin) {
      sum.busy[bin] += places * std::min(1.0, static_cast<double>(slice->share(lane, bin)));
    }
  }
  strips_.clear();
  for (const auto& [kind, sum] : sums) {
    Strip strip{kind, std::vector<float>(bins)};
    for (std::size_t bin = 0; bin < bins; ++bin) {
      strip.shares[bin] = static_cast<float>(sum.busy[bin] / std::max(1.0, sum.places));
    }
    strips_.push_back(std::move(strip));
  }
  updateGeometry();
  update();
}

void TimelineMinimap::setSight(double from, double to) {
  from_ = from;
  to_ = to;
  update();
}

double TimelineMinimap::perCycle() const {
  const double cycles = time_ ? static_cast<double>(time_->cycles()) : 1.0;
  return (width() - TimelineScale::gutter - margin) / cycles;
}

QRectF TimelineMinimap::frame() const {
  constexpr double least = 5;
  const double x0 = TimelineScale::gutter + from_ * perCycle();
  const double x1 = std::min<double>(width() - 1.0, TimelineScale::gutter + to_ * perCycle());
  const double wider = std::max(0.0, least - (x1 - x0)) / 2;
  return {x0 - wider, 1, x1 - x0 + 2 * wider, height() - 2.0};
}

void TimelineMinimap::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), colours_.panel);
  if (!time_) return;
  const double all = static_cast<double>(time_->cycles()) * perCycle();
  painter.fillRect(QRectF(TimelineScale::gutter, margin - 1, all, height() - 2.0 * margin + 2),
                   colours_.canvas);
  for (std::size_t i = 0; i < strips_.size(); ++i) {
    const std::vector<float>& shares = strips_[i].shares;
    const int y = margin + static_cast<int>(i) * stripHeight;
    const auto xOf = [&](std::size_t bin) {
      return static_cast<int>(TimelineScale::gutter +
                              all * static_cast<double>(bin) / static_cast<double>(shares.size()));
    };
    for (std::size_t bin = 0; bin < shares.size(); ++bin) {
      if (shares[bin] <= 0) continue;
      const int x0 = xOf(bin), x1 = std::max(x0 + 1, xOf(bin + 1));
      painter.fillRect(x0, y, x1 - x0, stripHeight - 1,
                       colours_.shade(strips_[i].kind, static_cast<double>(shares[bin])));
    }
  }
  painter.setFont(colours_.small);
  painter.setPen(colours_.muted);
  painter.drawText(QRectF(10, 0, TimelineScale::gutter - 16, height()), Qt::AlignVCenter | Qt::AlignLeft,
                   tr("All %1 cycles").arg(grouped(time_->cycles())));
  QColor fill = colours_.accent;
  fill.setAlpha(40);
  painter.setPen(QPen(colours_.accent, 1.5));
  painter.setBrush(fill);
  painter.drawRect(frame());
}

void TimelineMinimap::mousePressEvent(QMouseEvent* event) {
  if (!time_ || event->button() != Qt::LeftButton) return;
  const double cycle = (event->position().x() - TimelineScale::gutter) / perCycle();
  dragging_ = true;
  grabbed_ = frame().contains(event->position()) ? cycle - (from_ + to_) / 2 : 0;
  if (!frame().contains(event->position())) Q_EMIT moved(cycle);
}

void TimelineMinimap::mouseMoveEvent(QMouseEvent* event) {
  if (!dragging_ || !time_) return;
  Q_EMIT moved((event->position().x() - TimelineScale::gutter) / perCycle() - grabbed_);
}

void TimelineMinimap::mouseReleaseEvent(QMouseEvent*) {
  dragging_ = false;
}

void TimelineMinimap::wheelEvent(QWheelEvent* event) {
  Q_EMIT zoomed(std::pow(1.25, event->angleDelta().y() / 120.0));
  event->accept();
}

}  // namespace taktwerk
