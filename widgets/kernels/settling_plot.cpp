// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/kernels/settling_plot.h"

#include <QKeyEvent>
#include <QToolTip>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include <qcustomplot.h>

#include "widgets/estimate/estimate_controller.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

/// About three ticks at round whole numbers.
QSharedPointer<QCPAxisTicker> wholeTicks(double highest) {
  auto ticker = QSharedPointer<QCPAxisTickerFixed>::create();
  const double raw = std::max(highest / 3, 1.0);
  const double power = std::pow(10, std::floor(std::log10(raw)));
  ticker->setTickStep(power * (raw / power > 5 ? 10 : raw / power > 2 ? 5 : raw / power > 1 ? 2 : 1));
  return ticker;
}

}  // namespace

SettlingPlot::SettlingPlot(const Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme), plot_(new QCustomPlot) {
  plot_->setMinimumHeight(90);
  plot_->setAccessibleName(tr("Cycles of each iteration"));
  plot_->setMouseTracking(true);
  plot_->setFocusPolicy(Qt::NoFocus);
  plot_->installEventFilter(this);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(plot_);
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Cycles of each iteration; the arrow keys choose iterations"));
  connect(&theme_, &Theme::changed, this, &SettlingPlot::rebuild);
  rebuild();
}

void SettlingPlot::setSettling(const Settling& settling, std::int64_t iterations) {
  settling_ = settling;
  iterations_ = iterations;
  dragged_.reset();
  rebuild();
}

void SettlingPlot::setRange(std::optional<IterationRange> range) {
  range_ = range;
  showRange();
}

void SettlingPlot::setOutOfDate(bool outOfDate) {
  if (outOfDate == outOfDate_) return;
  outOfDate_ = outOfDate;
  rebuild();
}

void SettlingPlot::rebuild() {
  plot_->clearPlottables();
  plot_->clearItems();
  shown_ = nullptr;
  theme_.apply(*plot_);
  QVector<double> keys, values;
  for (const SettlingPiece& piece : settling_.pieces) {
    if (piece.periods > 0) continue;
    keys << piece.place + 0.5;
    values << static_cast<double>(piece.cycles);
  }
  QColor colour = theme_.kind(BlockKind::Compute);
  if (outOfDate_) colour.setAlphaF(0.35F);
  auto* bars = new QCPBars(plot_->xAxis, plot_->yAxis);
  bars->setData(keys, values, true);
  bars->setBrush(colour);
  bars->setPen(Qt::NoPen);
  bars->setAntialiased(false);
  bars->setWidth(keys.size() > 100 ? 1.0 : 0.8);
  const double highest = static_cast<double>(std::max<Cycles>(settling_.highest, 1));
  plot_->xAxis->setRange(-0.2, std::max(settling_.width, 1.0) + 0.2);
  plot_->yAxis->setRange(0, highest * 1.15);
  plot_->xAxis->setLabel(settling_.notShown > 0
                             ? tr("iteration (and %1 more)").arg(grouped(settling_.notShown))
                             : tr("iteration"));
  plot_->yAxis->setLabel(tr("cycles"));
  plot_->yAxis->setNumberFormat(QStringLiteral("f"));
  plot_->yAxis->setNumberPrecision(0);
  plot_->yAxis->setTicker(wholeTicks(highest));
  plot_->xAxis->grid()->setVisible(false);
  plot_->xAxis->setSubTicks(false);
  plot_->yAxis->setSubTicks(false);
  addTicks();
  addBands();
  showRange();
}

/// Numbers of iterations that stand apart; the axis leaps where iterations are skipped.
void SettlingPlot::addTicks() {
  auto ticker = QSharedPointer<QCPAxisTickerText>::create();
  const double least = std::max(settling_.width / 16, 1.0);
  double free = -1;
  for (const SettlingPiece& piece : settling_.pieces) {
    if (piece.periods > 0 || piece.place < free) continue;
    ticker->addTick(piece.place + 0.5, grouped(piece.iteration));
    free = piece.place + least;
  }
  plot_->xAxis->setTicker(ticker);
  plot_->xAxis->setTickLength(0, 3);
}

void SettlingPlot::addBands() {
  const QColor hatch = theme_.colour(&Palette::stall);
  for (const SettlingPiece& piece : settling_.pieces) {
    if (piece.periods == 0) continue;
    auto* band = new QCPItemRect(plot_);
    const double mean = static_cast<double>(piece.cycles) / static_cast<double>(piece.count);
    band->topLeft->setCoords(piece.place, mean);
    band->bottomRight->setCoords(piece.place + piece.width, 0);
    band->setBrush(QBrush(hatch, Qt::BDiagPattern));
    band->setPen(QPen(hatch, 1));
    band->setSelectable(false);
    if (piece.width < settling_.width / 8) continue;  // hovering tells
    auto* label = new QCPItemText(plot_);
    label->position->setCoords(piece.place + piece.width / 2, plot_->yAxis->range().upper * 0.96);
    label->setPositionAlignment(Qt::AlignTop | Qt::AlignHCenter);
    label->setText(piece.periods == 1 ? tr("repeats: 1 period")
                                      : tr("repeats: %1 periods").arg(grouped(piece.periods)));
    label->setFont(theme_.font(8));
    label->setColor(theme_.colour(&Palette::text));
    label->setBrush(theme_.colour(&Palette::canvas));
    label->setPadding(QMargins(4, 1, 4, 1));
    label->setSelectable(false);
  }
}

void SettlingPlot::showRange() {
  setAccessibleDescription(range_ ? tr("Iterations %1 to %2 of %3 are chosen")
                                        .arg(range_->first)
                                        .arg(range_->first + range_->count - 1)
                                        .arg(iterations_)
                                  : tr("%1 iterations, none chosen").arg(iterations_));
  if (shown_) plot_->removeItem(shown_);
  shown_ = nullptr;
  if (range_ && range_->first < iterations_ && !settling_.pieces.empty()) {
    const double from = settling_.placeOf(range_->first);
    const double to = std::max(settling_.placeOf(range_->first + range_->count), from);
    const QColor accent = theme_.colour(&Palette::accent);
    QColor fill = accent;
    fill.setAlphaF(0.18F);
    shown_ = new QCPItemRect(plot_);
    shown_->topLeft->setCoords(from, plot_->yAxis->range().upper);
    shown_->bottomRight->setCoords(to, 0);
    shown_->setBrush(fill);
    shown_->setPen(QPen(accent, 1.5));
    shown_->setSelectable(false);
  }
  plot_->replot(QCustomPlot::rpQueuedReplot);
}

void SettlingPlot::choose(std::int64_t first, std::int64_t count) {
  first = std::clamp<std::int64_t>(first, 0, std::max<std::int64_t>(0, iterations_ - 1));
  count = std::clamp<std::int64_t>(count, 1, std::max<std::int64_t>(1, iterations_ - first));
  if (range_ == IterationRange{first, count}) return;
  setRange(IterationRange{first, count});
  Q_EMIT rangeChosen(first, count);
}

void SettlingPlot::drag(const QPoint& position, bool begins) {
  const auto at = settling_.iterationAt(plot_->xAxis->pixelToCoord(position.x()));
  if (!at) return;
  if (begins) dragged_ = at;
  choose(std::min(*dragged_, *at), std::abs(*at - *dragged_) + 1);
}

QString SettlingPlot::describe(std::int64_t iteration) const {
  for (const SettlingPiece& piece : settling_.pieces) {
    if (iteration >= piece.iteration + piece.count) continue;
    if (piece.periods == 0)
      return tr("iteration %1: %2 cycles").arg(grouped(iteration), grouped(piece.cycles));
    return tr("iterations %1 to %2: %3 periods that repeat, %4 cycles in all")
        .arg(grouped(piece.iteration), grouped(piece.iteration + piece.count - 1), grouped(piece.periods),
             grouped(piece.cycles));
  }
  return {};
}

void SettlingPlot::hover(const QPoint& position) {
  if (!plot_->axisRect()->rect().contains(position)) return QToolTip::hideText();
  const auto at = settling_.iterationAt(plot_->xAxis->pixelToCoord(position.x()));
  if (at) QToolTip::showText(plot_->mapToGlobal(position), describe(*at), plot_);
}

bool SettlingPlot::eventFilter(QObject* watched, QEvent* event) {
  const auto* mouse = static_cast<QMouseEvent*>(event);
  switch (event->type()) {
    case QEvent::MouseButtonPress:
      if (mouse->button() != Qt::LeftButton) break;
      setFocus(Qt::MouseFocusReason);
      drag(mouse->pos(), true);
      return true;
    case QEvent::MouseMove:
      if (dragged_) {
        drag(mouse->pos(), false);
      } else {
        hover(mouse->pos());
      }
      return true;
    case QEvent::MouseButtonRelease:
      dragged_.reset();
      return true;
    default:
      break;
  }
  return QWidget::eventFilter(watched, event);
}

void SettlingPlot::keyPressEvent(QKeyEvent* event) {
  const int step = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
  if (step == 0 || iterations_ == 0) return QWidget::keyPressEvent(event);
  if (!range_) return choose(0, 1);
  if (event->modifiers().testFlag(Qt::ShiftModifier)) {
    choose(range_->first, range_->count + step);
  } else {
    choose(range_->first + step, range_->count);
  }
}

}  // namespace taktwerk
