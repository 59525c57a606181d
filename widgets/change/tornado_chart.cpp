// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/change/tornado_chart.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "widgets/theme/plot_colours.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {
constexpr int rowPixels = 26;
constexpr int headPixels = 34;
constexpr int barPixels = 14;
constexpr int margin = 12;
constexpr int mostLabel = 260;
constexpr int figurePixels = 150;  ///< beside the longest bar
/// The largest saving takes at least this part of its side.
constexpr std::int64_t mostTimesSaving = 4;
}  // namespace

TornadoChart::TornadoChart(const Theme& theme, QWidget* parent) : QAbstractScrollArea(parent), theme_(theme) {
  setFocusPolicy(Qt::StrongFocus);
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setMinimumWidth(320);
  setAccessibleName(tr("What each step would save or cost"));
  connect(&theme_, &Theme::changed, viewport(), qOverload<>(&QWidget::update));
}

void TornadoChart::setBars(std::vector<TornadoBar> bars, const QString& axis, bool faded) {
  bars_ = std::move(bars);
  axis_ = axis;
  faded_ = faded;
  longest_ = 0;
  std::int64_t saving = 0;
  for (const TornadoBar& bar : bars_) {
    longest_ = std::max(longest_, std::abs(bar.change.value_or(0)));
    saving = std::max(saving, -bar.change.value_or(0));
  }
  if (saving > 0 && saving < longest_ / mostTimesSaving) longest_ = saving * mostTimesSaving;
  if (current_ && currentRow() < 0) current_.reset();
  updateScroll();
  viewport()->update();
}

void TornadoChart::setCurrent(std::optional<std::size_t> outcome) {
  current_ = outcome;
  const int row = currentRow();
  if (row >= 0) {
    const double above = top(static_cast<std::size_t>(row)) - headPixels;
    const double below = top(static_cast<std::size_t>(row)) + rowPixels - viewport()->height();
    if (above < 0) verticalScrollBar()->setValue(verticalScrollBar()->value() + static_cast<int>(above));
    if (below > 0) verticalScrollBar()->setValue(verticalScrollBar()->value() + static_cast<int>(below));
    const TornadoBar& bar = bars_[static_cast<std::size_t>(row)];
    setAccessibleDescription(tr("%1: %2").arg(bar.step, bar.figures));
  }
  viewport()->update();
}

TornadoChart::Columns TornadoChart::columns() const {
  int widest = 60;
  for (const TornadoBar& bar : bars_) widest = std::max(widest, fontMetrics().horizontalAdvance(bar.step));
  Columns at;
  const double width = viewport()->width();
  at.labels = std::min<double>({widest + 14.0, mostLabel, width * 0.4});
  at.left = margin + at.labels + margin;
  at.right = std::max(at.left + 2.0, width - margin);
  at.middle = (at.left + at.right) / 2;
  return at;
}

double TornadoChart::top(std::size_t row) const {
  return headPixels + static_cast<double>(row) * rowPixels - verticalScrollBar()->value();
}

int TornadoChart::rowAt(double y) const {
  if (y < headPixels) return -1;
  const int row = static_cast<int>((y - headPixels + verticalScrollBar()->value()) / rowPixels);
  return row < static_cast<int>(bars_.size()) ? row : -1;
}

int TornadoChart::currentRow() const {
  if (!current_) return -1;
  const auto found = std::find_if(bars_.begin(), bars_.end(),
                                  [this](const TornadoBar& b) { return b.outcome == *current_; });
  return found == bars_.end() ? -1 : static_cast<int>(found - bars_.begin());
}

QRectF TornadoChart::barRect(std::size_t row) const {
  const Columns at = columns();
  const std::int64_t change = row < bars_.size() ? bars_[row].change.value_or(0) : 0;
  if (change == 0 || longest_ == 0) return {};
  const double room = std::max(4.0, (at.right - at.left) / 2 - figurePixels);
  const double share = std::min(1.0, std::abs(static_cast<double>(change)) / static_cast<double>(longest_));
  const double length = std::max(1.5, room * share);
  const double y = top(row) + (rowPixels - barPixels) / 2.0;
  return {change < 0 ? at.middle - length : at.middle, y, length, barPixels};
}

bool TornadoChart::isCutOff(std::size_t row) const {
  return row < bars_.size() && std::abs(bars_[row].change.value_or(0)) > longest_;
}

void TornadoChart::paintEvent(QPaintEvent*) {
  QPainter painter(viewport());
  painter.fillRect(viewport()->rect(), theme_.colour(&Palette::canvas));
  const Columns at = columns();
  painter.setClipRect(QRectF(0, headPixels, viewport()->width(), viewport()->height() - headPixels));
  for (std::size_t row = 0; row < bars_.size(); ++row) {
    if (top(row) + rowPixels < headPixels || top(row) > viewport()->height()) continue;
    paintRow(painter, row, at);
  }
  const auto compared = static_cast<std::size_t>(std::count_if(
      bars_.begin(), bars_.end(), [](const TornadoBar& bar) { return bar.change.has_value(); }));
  const double end = std::min<double>(viewport()->height(), top(compared));  // those without come behind
  painter.setPen(QPen(theme_.colour(&Palette::mutedText), 1));
  painter.drawLine(QPointF(at.middle, headPixels), QPointF(at.middle, end));
  painter.setClipping(false);
  const QRectF head(at.left, 0, at.right - at.left, headPixels);
  painter.setFont(theme_.font(9, true));
  painter.setPen(theme_.colour(faded_ ? &Palette::mutedText : &Palette::text));
  painter.drawText(head, Qt::AlignCenter, axis_);
  painter.setFont(theme_.font(9));
  painter.setPen(theme_.colour(&Palette::mutedText));
  painter.drawText(head, Qt::AlignLeft | Qt::AlignVCenter, tr("◂ saves"));
  painter.drawText(head, Qt::AlignRight | Qt::AlignVCenter, tr("costs ▸"));
}

void TornadoChart::paintRow(QPainter& painter, std::size_t row, const Columns& at) const {
  const TornadoBar& bar = bars_[row];
  const QRectF line(0, top(row), viewport()->width(), rowPixels);
  const bool chosen = current_ == bar.outcome;
  if (chosen) {
    painter.fillRect(line, toQColor(mix(theme_.colours().accent, theme_.colours().canvas, 0.18)));
    painter.setPen(QPen(theme_.colour(&Palette::accent), hasFocus() ? 2 : 1));
    painter.drawLine(line.topLeft() + QPointF(1, 2), line.bottomLeft() + QPointF(1, -2));
  }
  const bool muted = faded_ || !bar.change;
  painter.setFont(theme_.font(9, bar.marked));
  painter.setPen(theme_.colour(muted ? &Palette::mutedText : &Palette::text));
  const QString label = (bar.marked ? QStringLiteral("● ") : QString()) + bar.step;
  const QFontMetrics metrics(painter.font());
  painter.drawText(QRectF(margin, line.top(), at.labels, rowPixels), Qt::AlignVCenter | Qt::AlignRight,
                   metrics.elidedText(label, Qt::ElideMiddle, static_cast<int>(at.labels)));
  if (!bar.change) {  // the reason stands in the place of the bar
    const double from = at.left + margin;
    painter.drawText(QRectF(from, line.top(), at.right - from, rowPixels), Qt::AlignVCenter,
                     metrics.elidedText(bar.figures, Qt::ElideRight, static_cast<int>(at.right - from)));
    return;
  }
  const QRectF rect = barRect(row);
  const bool better = *bar.change < 0;
  if (!rect.isEmpty()) {
    QColor colour = seriesColour(better ? 0 : 1);
    if (faded_) colour.setAlphaF(0.4F);
    painter.fillRect(rect, colour);
    if (isCutOff(row)) {  // a gap that says so
      painter.setPen(QPen(theme_.colour(&Palette::canvas), 3));
      const double x = better ? rect.left() + 12 : rect.right() - 12;
      painter.drawLine(QPointF(x - 3, rect.bottom() + 1), QPointF(x + 3, rect.top() - 1));
      painter.setPen(theme_.colour(muted ? &Palette::mutedText : &Palette::text));
    }
  }
  if (*bar.change != 0 && !faded_) painter.setPen(changeColour(theme_, better));
  const double gap = 6;
  const QRectF text = better ? QRectF(at.left, line.top(), rect.left() - gap - at.left, rowPixels)
                             : QRectF((rect.isEmpty() ? at.middle : rect.right()) + gap, line.top(),
                                      at.right - at.middle, rowPixels);
  painter.drawText(text, Qt::AlignVCenter | (better ? Qt::AlignRight : Qt::AlignLeft), bar.figures);
}

void TornadoChart::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  updateScroll();
}

void TornadoChart::updateScroll() {
  const int room = std::max(rowPixels, viewport()->height() - headPixels);
  verticalScrollBar()->setRange(0, std::max(0, static_cast<int>(bars_.size()) * rowPixels - room));
  verticalScrollBar()->setPageStep(room);
  verticalScrollBar()->setSingleStep(rowPixels);
}

void TornadoChart::choose(int row) {
  if (bars_.empty()) return;
  row = std::clamp(row, 0, static_cast<int>(bars_.size()) - 1);
  const std::size_t outcome = bars_[static_cast<std::size_t>(row)].outcome;
  setCurrent(outcome);
  Q_EMIT chosen(outcome);
}

void TornadoChart::mousePressEvent(QMouseEvent* event) {
  const int row = rowAt(event->position().y());
  if (row >= 0) choose(row);
}

void TornadoChart::keyPressEvent(QKeyEvent* event) {
  const int row = currentRow();
  const int page = std::max(1, verticalScrollBar()->pageStep() / rowPixels);
  switch (event->key()) {
    case Qt::Key_Down:
      return choose(row + 1);
    case Qt::Key_Up:
      return choose(row < 0 ? 0 : row - 1);
    case Qt::Key_PageDown:
      return choose(row + page);
    case Qt::Key_PageUp:
      return choose(row - page);
    case Qt::Key_Home:
      return choose(0);
    case Qt::Key_End:
      return choose(static_cast<int>(bars_.size()) - 1);
    default:
      QAbstractScrollArea::keyPressEvent(event);
  }
}

bool TornadoChart::viewportEvent(QEvent* event) {
  if (event->type() == QEvent::ToolTip) {
    const auto* help = static_cast<QHelpEvent*>(event);
    const int row = rowAt(help->pos().y());
    if (row < 0) {
      QToolTip::hideText();
    } else {
      const TornadoBar& bar = bars_[static_cast<std::size_t>(row)];
      QToolTip::showText(help->globalPos(), tr("%1: %2").arg(bar.step, bar.figures), this);
    }
    return true;
  }
  return QAbstractScrollArea::viewportEvent(event);
}

}  // namespace taktwerk
