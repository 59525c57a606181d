// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/marked_bars.h"

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "widgets/estimate/category_brush.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/sweep/plots/plot_axes.h"
#include "widgets/theme/plot_colours.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {
constexpr double margin = 10, swatch = 12, leastRow = 26, mostRow = 46;
}

MarkedBars::MarkedBars(JobManager& jobs, const Theme& theme, QWidget* parent)
    : ResultPlot(jobs, theme, parent) {
  setAccessibleName(tr("Where the cycles of the marked designs go"));
}

void MarkedBars::setBars(std::vector<DesignBar> bars, const std::string& of) {
  std::optional<Part> chosen;
  if (chosen_ && chosen_->bar < bars_.size()) {  // the same part of the same design
    for (std::size_t bar = 0; bar < bars.size(); ++bar) {
      const bool same = bars[bar].row == bars_[chosen_->bar].row && bars[bar].problem.isEmpty();
      if (same && bars[bar].of.parts[chosen_->category] > 0) chosen = Part{bar, chosen_->category};
    }
  }
  bars_ = std::move(bars);
  of_ = of;
  longest_ = 0;
  for (const DesignBar& bar : bars_) longest_ = std::max(longest_, bar.of.total);
  fitHeight();
  choose(chosen);
}

void MarkedBars::setShares(bool shares) {
  shares_ = shares;
  update();
}

std::vector<std::size_t> MarkedBars::categories() const {
  std::vector<std::size_t> found;
  for (std::size_t category = 0; category < categoryCount; ++category) {
    if (std::any_of(bars_.begin(), bars_.end(),
                    [category](const DesignBar& bar) { return bar.of.parts[category] > 0; }))
      found.push_back(category);
  }
  return found;
}

double MarkedBars::legendWidth() const {
  const QFontMetricsF metrics(font());
  double widest = 1;
  for (const std::size_t category : categories())
    widest = std::max(widest, metrics.horizontalAdvance(categoryName(category)));
  return widest + swatch + 22;
}

MarkedBars::Places MarkedBars::placesIn(const QRectF& area) const {
  const QFontMetricsF metrics(font());
  double names = 40, figures = 60;
  for (const DesignBar& bar : bars_) {
    const DesignBar* baseline = comparedWith(bars_, bar);
    names = std::max(names, metrics.horizontalAdvance(bar.name));
    QString text = grouped(bar.of.total);
    if (baseline) text += QStringLiteral("  ") + changeInWords(bar.of.total, baseline->of.total);
    figures = std::max(figures, metrics.horizontalAdvance(text));
  }
  names = std::min(names, area.width() * 0.25);
  figures = std::min(figures, area.width() * 0.3);
  Places places;
  const int kinds = std::max(1, static_cast<int>(categories().size()));
  places.legendColumns = std::clamp(static_cast<int>((area.width() - 2 * margin) / legendWidth()), 1, kinds);
  places.legendRows = (kinds + places.legendColumns - 1) / places.legendColumns;
  const double top = margin + places.legendRows * (metrics.height() + 4) + 6;
  places.bars = QRectF(area.left() + margin + names + 8, area.top() + top,
                       std::max(20.0, area.width() - 2 * margin - names - figures - 20),
                       std::max(20.0, area.height() - top - margin));
  const auto count = static_cast<double>(std::max<std::size_t>(1, bars_.size()));
  places.row = std::clamp(places.bars.height() / count, leastRow, mostRow);
  return places;
}

/// As high as all bars need, so that what is around scrolls.
void MarkedBars::fitHeight() {
  const QFontMetricsF metrics(font());
  const int rows = placesIn(QRectF(0, 0, std::max(width(), minimumWidth()), height())).legendRows;
  const double high = 2 * margin + rows * (metrics.height() + 4) + 6 + leastRow * double(bars_.size());
  setMinimumHeight(std::max(110, static_cast<int>(std::ceil(high))));
}

QRectF MarkedBars::partIn(const Places& places, const Part& part) const {
  const DesignBar& bar = bars_[part.bar];
  const Cycles whole = shares_ ? bar.of.total : longest_;
  if (whole <= 0 || bar.of.parts[part.category] <= 0) return {};
  Cycles before = 0;
  for (std::size_t category = 0; category < part.category; ++category) before += bar.of.parts[category];
  const double scale = places.bars.width() / static_cast<double>(whole);
  return {places.bars.left() + scale * static_cast<double>(before),
          places.bars.top() + places.row * static_cast<double>(part.bar) + 3,
          scale * static_cast<double>(bar.of.parts[part.category]), places.row - 6};
}

QRectF MarkedBars::partOf(std::size_t bar, std::size_t category) const {
  return bar < bars_.size() ? partIn(placesIn(QRectF(rect())), {bar, category}) : QRectF();
}

void MarkedBars::paintLegend(QPainter& painter, const Places& places, const QRectF& area) const {
  const QFontMetricsF metrics(font());
  const std::vector<std::size_t> shown = categories();
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const std::size_t line = i / static_cast<std::size_t>(places.legendColumns);
    const auto column = static_cast<double>(i % static_cast<std::size_t>(places.legendColumns));
    const auto row = static_cast<double>(line);
    const double left = area.left() + margin + column * legendWidth();
    const double top = area.top() + margin + row * (metrics.height() + 4);
    const QRectF box(left, top + (metrics.height() - 10) / 2, swatch, 10);
    painter.fillRect(box, categoryBrush(theme(), shown[i]));
    if (isWait(shown[i])) {
      painter.setPen(theme().colour(&Palette::stall));
      painter.drawRect(box);
    }
    painter.setPen(theme().colour(&Palette::text));
    painter.drawText(QPointF(left + swatch + 6, top + metrics.ascent()), categoryName(shown[i]));
  }
}

void MarkedBars::paintBar(QPainter& painter, const Places& places, const QRectF& area,
                          std::size_t bar) const {
  const QFontMetricsF metrics(font());
  const DesignBar& design = bars_[bar];
  const QRectF line(area.left() + margin, places.bars.top() + places.row * static_cast<double>(bar),
                    area.width() - 2 * margin, places.row);
  const double names = places.bars.left() - line.left() - 8;
  painter.setPen(theme().colour(&Palette::text));
  painter.drawText(QRectF(line.left(), line.top(), names, line.height()), Qt::AlignRight | Qt::AlignVCenter,
                   metrics.elidedText(design.name, Qt::ElideRight, names));
  const QRectF room(places.bars.left(), line.top(), line.right() - places.bars.left(), line.height());
  if (!design.problem.isEmpty()) {
    painter.setPen(theme().colour(&Palette::mutedText));
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(design.problem, Qt::ElideRight, room.width()));
    return;
  }
  for (std::size_t category = 0; category < categoryCount; ++category) {
    const QRectF part = partIn(places, {bar, category});
    if (part.isEmpty()) continue;
    const bool wait = isWait(category);
    painter.fillRect(part, categoryBrush(theme(), category));
    painter.setPen(QPen(theme().colour(wait ? &Palette::stall : &Palette::canvas), 1));
    painter.drawRect(part);
    const double share = 100 * static_cast<double>(design.of.parts[category]) /
                         static_cast<double>(std::max<Cycles>(1, design.of.total));
    const QString text = QStringLiteral("%1 %").arg(share, 0, 'f', 0);
    if (wait || part.width() < metrics.horizontalAdvance(text) + 8) continue;
    painter.setPen(toQColor(theme().colours().kindText(static_cast<BlockKind>(category))));
    painter.drawText(part, Qt::AlignCenter, text);
  }
  QString figures = grouped(design.of.total);
  const double left = places.bars.right() + 8;
  painter.setPen(theme().colour(&Palette::text));
  painter.drawText(QRectF(left, line.top(), line.right() - left, line.height()),
                   Qt::AlignLeft | Qt::AlignVCenter, figures);
  const DesignBar* baseline = comparedWith(bars_, design);
  if (!baseline) return;
  const QString change = changeInWords(design.of.total, baseline->of.total);
  painter.setPen(changeColour(theme(), design.of.total < baseline->of.total));
  painter.drawText(QRectF(left, line.top(), line.right() - left, line.height()),
                   Qt::AlignRight | Qt::AlignVCenter, change);
}

void MarkedBars::paintOn(QPainter& painter, const QRectF& area) const {
  painter.setFont(font());
  painter.fillRect(area, theme().colour(&Palette::canvas));
  if (bars_.empty()) {
    return paintInstead(painter, theme(), area,
                        tr("Set a baseline and pin points: where their cycles go stands here side by side."));
  }
  const Places places = placesIn(area);
  paintLegend(painter, places, area);
  for (std::size_t bar = 0; bar < bars_.size(); ++bar) paintBar(painter, places, area, bar);
  if (!chosen_) return;
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(theme().colour(&Palette::accent), 2));
  painter.drawRect(partIn(places, *chosen_).adjusted(-1, -1, 1, 1));
}

std::optional<std::string> MarkedBars::table() const {
  std::vector<std::string> points;
  points.reserve(bars_.size());
  for (const DesignBar& bar : bars_)
    points.push_back(bar.row < data().table.rows() ? data().table.text(0, bar.row) : std::string());
  return barsAsCsv(bars_, points, of_);
}

std::optional<MarkedBars::Part> MarkedBars::partAt(const QPointF& pixel) const {
  const Places places = placesIn(QRectF(rect()));
  for (std::size_t bar = 0; bar < bars_.size(); ++bar) {
    for (std::size_t category = 0; category < categoryCount; ++category) {
      if (partIn(places, {bar, category}).contains(pixel)) return Part{bar, category};
    }
  }
  return std::nullopt;
}

QString MarkedBars::chosenText() const {
  return chosen_ ? segmentInWords(bars_, chosen_->bar, chosen_->category) : QString();
}

void MarkedBars::choose(const std::optional<Part>& part) {
  chosen_ = part;
  setAccessibleDescription(chosenText());
  update();
  Q_EMIT partChosen();
}

void MarkedBars::keyPressEvent(QKeyEvent* event) {
  const int key = event->key();
  const bool across =
      key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Home || key == Qt::Key_End;
  if (!across && key != Qt::Key_Up && key != Qt::Key_Down) return event->ignore();
  std::vector<std::size_t> there;  // bars with parts
  for (std::size_t bar = 0; bar < bars_.size(); ++bar) {
    if (bars_[bar].of.total > 0) there.push_back(bar);
  }
  if (there.empty()) return;
  const auto partsOf = [this](std::size_t bar) {
    std::vector<std::size_t> parts;
    for (std::size_t category = 0; category < categoryCount; ++category) {
      if (bars_[bar].of.parts[category] > 0) parts.push_back(category);
    }
    return parts;
  };
  if (!chosen_) return choose(Part{there.front(), partsOf(there.front()).front()});
  const auto moved = [](const std::vector<std::size_t>& among, std::size_t from, int by) {
    const auto place = std::lower_bound(among.begin(), among.end(), from) - among.begin();
    const auto last = static_cast<std::ptrdiff_t>(among.size()) - 1;
    return among[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(place + by, 0, last))];
  };
  Part next = *chosen_;
  if (across) {
    const std::vector<std::size_t> parts = partsOf(next.bar);
    if (key == Qt::Key_Home) next.category = parts.front();
    if (key == Qt::Key_End) next.category = parts.back();
    if (key == Qt::Key_Left) next.category = moved(parts, next.category, -1);
    if (key == Qt::Key_Right) next.category = moved(parts, next.category, 1);
  } else {
    next.bar = moved(there, next.bar, key == Qt::Key_Up ? -1 : 1);
    next.category = moved(partsOf(next.bar), next.category, 0);
  }
  choose(next);
}

void MarkedBars::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) choose(partAt(event->position()));
}

void MarkedBars::mouseMoveEvent(QMouseEvent* event) {
  const auto part = partAt(event->position());
  QToolTip::showText(event->globalPosition().toPoint(),
                     part ? segmentInWords(bars_, part->bar, part->category) : QString(), this);
}

void MarkedBars::resizeEvent(QResizeEvent* event) {
  ResultPlot::resizeEvent(event);
  fitHeight();
}

}  // namespace taktwerk
