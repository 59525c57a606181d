// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/effects_plot.h"

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "core/sweep/column_scale.h"
#include "core/sweep/row_ranges.h"
#include "widgets/sweep/plots/plot_axes.h"
#include "widgets/theme/plot_colours.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

constexpr std::size_t mostPairs = 6;
constexpr double nameShare = 0.4;  ///< of a bar's line

QString percent(double share) {
  return QStringLiteral("%1 %").arg(100 * share, 0, 'f', share < 0.0995 ? 1 : 0);
}

}  // namespace

EffectsPlot::EffectsPlot(JobManager& jobs, const Theme& theme, QWidget* parent)
    : ResultPlot(jobs, theme, parent) {
  setAccessibleName(tr("Which parameter matters"));
}

void EffectsPlot::setEffects(std::size_t figure, Effects effects) {
  figure_ = figure;
  effects_ = std::move(effects);
  setCurrent(std::min(current_, effects_.main.empty() ? 0 : effects_.main.size() - 1));
}

void EffectsPlot::setCurrent(std::size_t effect) {
  current_ = effect;
  if (effect < effects_.main.size()) {
    const MainEffect& main = effects_.main[effect];
    setAccessibleDescription(tr("%1: %2 of the variance")
                                 .arg(columnTitle(data().table.columns()[main.column]), percent(main.share)));
  }
  update();
}

void EffectsPlot::dataChanged() {
  // Columns of another table mean something else; its effects come later.
  for (const MainEffect& effect : effects_.main) {
    if (effect.column >= data().table.columns().size()) effects_ = Effects();
  }
  if (figure_ >= data().table.columns().size() || data().table.rows() == 0) effects_ = Effects();
}

double EffectsPlot::rowPixels() const {
  return QFontMetricsF(font()).height() + 10;
}

QRectF EffectsPlot::barsIn(const QRectF& area) const {
  return {area.left() + 12, area.top() + 12 + rowPixels(), area.width() * 0.46,
          area.height() - 24 - rowPixels()};
}

QRectF EffectsPlot::levelsIn(const QRectF& area) const {
  const QRectF bars = barsIn(area);
  return {bars.right() + 86, bars.top() + 10, area.right() - bars.right() - 106,
          bars.height() - rowPixels() - 24};
}

void EffectsPlot::paintBar(QPainter& painter, const QRectF& box, const QString& name, double share,
                           bool current) const {
  const QFontMetricsF metrics(font());
  const double names = box.width() * nameShare, room = box.width() - names - 60;
  painter.setPen(theme().colour(current ? &Palette::accent : &Palette::text));
  painter.drawText(QRectF(box.left(), box.top(), names - 8, box.height()), Qt::AlignRight | Qt::AlignVCenter,
                   metrics.elidedText(name, Qt::ElideMiddle, names - 8));
  const QRectF bar(box.left() + names, box.top() + 5, std::max(1.5, room * share), box.height() - 10);
  painter.fillRect(bar, current ? theme().colour(&Palette::accent) : seriesColour(0));
  painter.setPen(theme().colour(&Palette::text));
  painter.drawText(QRectF(bar.right() + 6, box.top(), 60, box.height()), Qt::AlignLeft | Qt::AlignVCenter,
                   percent(share));
}

QString EffectsPlot::levelText(const EffectLevel& level) const {
  const std::size_t column = effects_.main[current_].column;
  QString first = QString::fromStdString(axisLabel(data().table, column, level.first));
  if (level.first == level.last || std::isnan(level.first)) return first;
  return QStringLiteral("%1…%2").arg(first,
                                     QString::fromStdString(axisLabel(data().table, column, level.last)));
}

/// The mean of each level with the range of its designs.
void EffectsPlot::paintLevels(QPainter& painter, const QRectF& area) const {
  const MainEffect& effect = effects_.main[current_];
  const QFontMetricsF metrics(font());
  const QRectF box = levelsIn(area);
  if (box.width() < 60 || box.height() < 60) return;
  ColumnScale scale;
  scale.column = figure_;
  scale.least = effect.levels.front().least;
  scale.most = effect.levels.front().most;
  for (const EffectLevel& level : effect.levels) {
    if (level.rows == 0) continue;
    scale.least = std::min(scale.least, level.least);
    scale.most = std::max(scale.most, level.most);
  }
  scale.isPositive = scale.least > 0;
  scale.logarithmic = effects_.logarithmic && scale.isPositive && scale.most > 5 * scale.least;
  const auto y = [&](double value) { return box.bottom() - scale.placeOf(value) * box.height(); };
  for (const AxisTick& tick :
       ticksOf(data().table, scale, static_cast<std::size_t>(std::max(2.0, box.height() / 36)))) {
    const double at = box.bottom() - tick.place * box.height();
    painter.setPen(theme().colour(&Palette::grid));
    painter.drawLine(QPointF(box.left(), at), QPointF(box.right(), at));
    painter.setPen(theme().colour(&Palette::mutedText));
    painter.drawText(QRectF(box.left() - 76, at - metrics.height() / 2, 70, metrics.height()),
                     Qt::AlignRight | Qt::AlignVCenter, QString::fromStdString(tick.label));
  }
  const double step = box.width() / static_cast<double>(effect.levels.size());
  QPolygonF means;
  for (std::size_t i = 0; i < effect.levels.size(); ++i) {
    const EffectLevel& level = effect.levels[i];
    const double x = box.left() + step * (static_cast<double>(i) + 0.5);
    if (level.rows > 0) {
      painter.setPen(QPen(theme().colour(&Palette::mutedText), 1.5));
      painter.drawLine(QPointF(x, y(level.least)), QPointF(x, y(level.most)));
      means << QPointF(x, y(level.mean));
    }
    painter.setPen(theme().colour(&Palette::mutedText));
    painter.drawText(QRectF(x - step / 2, box.bottom() + 6, step, metrics.height()), Qt::AlignHCenter,
                     metrics.elidedText(levelText(level), Qt::ElideMiddle, step - 2));
  }
  painter.setPen(QPen(seriesColour(0), 2));
  painter.drawPolyline(means);
  painter.setBrush(seriesColour(0));
  for (const QPointF& mean : means) painter.drawEllipse(mean, 4, 4);
  painter.setBrush(Qt::NoBrush);
  const auto& columns = data().table.columns();
  painter.setPen(theme().colour(&Palette::text));
  painter.drawText(QRectF(box.left(), box.bottom() + metrics.height() + 8, box.width(), metrics.height()),
                   Qt::AlignHCenter, columnTitle(columns[effect.column]));
  painter.drawText(
      QRectF(box.left() - 70, box.top() - rowPixels(), box.width() + 70, metrics.height()), Qt::AlignLeft,
      tr("%1: mean%2, least and most")
          .arg(columnTitleWithUnit(columns[figure_]), effects_.logarithmic ? tr(" (geometric)") : QString()));
}

void EffectsPlot::paintOn(QPainter& painter, const QRectF& area) const {
  painter.setFont(font());
  painter.setRenderHint(QPainter::Antialiasing);
  painter.fillRect(area, theme().colour(&Palette::canvas));
  if (effects_.main.empty()) {
    return paintInstead(
        painter, theme(), area,
        tr("Which parameter matters stands here, as soon as there are results in which one differs."));
  }
  const auto& columns = data().table.columns();
  const QRectF bars = barsIn(area);
  painter.setPen(theme().colour(&Palette::text));
  painter.drawText(QRectF(bars.left(), area.top() + 8, area.width() - 24, rowPixels()),
                   Qt::AlignLeft | Qt::AlignVCenter,
                   tr("Share of the variance of %1%2 in %3 designs")
                       .arg(effects_.logarithmic ? tr("log ") : QString(), columnTitle(columns[figure_]))
                       .arg(effects_.rows));
  double top = bars.top();
  for (std::size_t i = 0; i < effects_.main.size(); ++i, top += rowPixels()) {
    if (top + rowPixels() > area.bottom()) return paintLevels(painter, area);
    paintBar(painter, QRectF(bars.left(), top, bars.width(), rowPixels()),
             columnTitle(columns[effects_.main[i].column]), effects_.main[i].share, i == current_);
  }
  painter.setPen(theme().colour(&Palette::mutedText));
  if (!effects_.pairs.empty()) {
    painter.drawText(QRectF(bars.left(), top, bars.width(), rowPixels()), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("Together, beyond what each does"));
    top += rowPixels();
  }
  for (std::size_t i = 0; i < std::min(mostPairs, effects_.pairs.size()); ++i, top += rowPixels()) {
    if (top + rowPixels() > area.bottom()) break;
    const Interaction& pair = effects_.pairs[i];
    paintBar(painter, QRectF(bars.left(), top, bars.width(), rowPixels()),
             columnTitle(columns[pair.first]) + QStringLiteral(" × ") + columnTitle(columns[pair.second]),
             pair.share, false);
  }
  paintLevels(painter, area);
}

void EffectsPlot::keyPressEvent(QKeyEvent* event) {
  const bool down = event->key() == Qt::Key_Down, up = event->key() == Qt::Key_Up;
  if ((!down && !up) || effects_.main.empty()) return ResultPlot::keyPressEvent(event);
  if (down) setCurrent(std::min(current_ + 1, effects_.main.size() - 1));
  if (up && current_ > 0) setCurrent(current_ - 1);
}

void EffectsPlot::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || effects_.main.empty()) return;
  const QRectF area(rect()), bars = barsIn(area), levels = levelsIn(area);
  const QPointF at = event->position();
  if (bars.contains(at)) {
    const auto place = static_cast<std::size_t>((at.y() - bars.top()) / rowPixels());
    if (place < effects_.main.size()) setCurrent(place);
    return;
  }
  if (levels.adjusted(0, 0, 0, rowPixels()).contains(at)) narrowTo(at.x());
}

/// The value at this place becomes a condition of the filter.
void EffectsPlot::narrowTo(double x) {
  const QRectF levels = levelsIn(QRectF(rect()));
  const MainEffect& effect = effects_.main[current_];
  const auto place = static_cast<std::size_t>((x - levels.left()) / levels.width() *
                                              static_cast<double>(effect.levels.size()));
  if (place >= effect.levels.size()) return;
  const EffectLevel& level = effect.levels[place];
  const RowColumn& column = data().table.columns()[effect.column];
  RowRange range;
  if (std::isnan(level.first)) {
    range.none = true;
  } else if (column.isWord()) {
    range.words.push_back(column.words[static_cast<std::size_t>(level.first)]);
  } else {
    range.least = level.first;
    range.most = level.last;
  }
  const std::string text = withRange(data().filter, data().table, effect.column, range);
  Q_EMIT filterWanted(QString::fromStdString(text));
}

}  // namespace taktwerk
