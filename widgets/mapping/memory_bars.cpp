// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mapping/memory_bars.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

constexpr int rowHeight = 46, side = 12, barTop = 20, barHeight = 18;

/// Tones of the colour of memories: neighbours differ, and each has its name on it or in its tooltip.
QColor tone(const QColor& colour, const QColor& ground, int number) {
  const int share = number % 3 == 0 ? 75 : number % 3 == 1 ? 50 : 30;
  const auto mixed = [&](int a, int b) { return (a * share + b * (100 - share)) / 100; };
  return {mixed(colour.red(), ground.red()), mixed(colour.green(), ground.green()),
          mixed(colour.blue(), ground.blue())};
}

}  // namespace

MemoryBars::MemoryBars(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
  setAccessibleName(tr("Tensors in their memories"));
  connect(&theme_, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void MemoryBars::setUses(std::vector<MemoryUse> uses) {
  uses_ = std::move(uses);
  updateGeometry();
  update();
}

QSize MemoryBars::sizeHint() const {
  return {220, std::max(1, static_cast<int>(uses_.size())) * rowHeight + 8};
}

QRectF MemoryBars::bar(int row) const {
  return {side, static_cast<double>(row) * rowHeight + barTop, std::max(10.0, width() - 2.0 * side),
          barHeight};
}

std::vector<MemoryBars::Piece> MemoryBars::pieces() const {
  std::vector<Piece> all;
  for (std::size_t row = 0; row < uses_.size(); ++row) {
    const MemoryUse& use = uses_[row];
    const QRectF area = bar(static_cast<int>(row));
    const double whole = static_cast<double>(std::max({use.capacity, use.used, std::int64_t{1}}));
    double x = area.left();
    int number = 0;
    for (const PlacedStorage& storage : use.contents) {
      const double width = std::max(1.5, static_cast<double>(storage.words) / whole * area.width());
      all.push_back({QRectF(x, area.top(), std::min(width, std::max(0.0, area.right() - x)), area.height()),
                     &storage, number++});
      x += width;
    }
  }
  return all;
}

void MemoryBars::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const QColor text = theme_.colour(&Palette::text), muted = theme_.colour(&Palette::mutedText);
  const QFont plain = theme_.font(8), bold = theme_.font(8.5, true);
  for (std::size_t row = 0; row < uses_.size(); ++row) {
    const MemoryUse& use = uses_[row];
    const QRectF area = bar(static_cast<int>(row));
    const QRectF head(area.left(), area.top() - barTop, area.width(), barTop - 3);
    painter.setFont(bold);
    painter.setPen(text);
    painter.drawText(head, Qt::AlignLeft | Qt::AlignBottom, use.memory);
    painter.setFont(plain);
    painter.setPen(muted);
    const QString figures =
        use.capacity > 0
            ? tr("%1 of %2 words, %3 %")
                  .arg(grouped(use.used), grouped(use.capacity))
                  .arg(static_cast<double>(use.used) * 100 / static_cast<double>(use.capacity), 0, 'f', 1)
            : tr("%1 words, no limit").arg(grouped(use.used));
    painter.drawText(head, Qt::AlignRight | Qt::AlignBottom, figures);
    painter.fillRect(area, theme_.colour(&Palette::grid));
  }
  const QColor colour = theme_.kind(BlockKind::OnChipMemory);
  for (const Piece& piece : pieces()) {
    painter.fillRect(piece.rect, tone(colour, theme_.colour(&Palette::canvas), piece.number));
    const QString name = QString::fromStdString(piece.storage->name);
    if (QFontMetricsF(plain).horizontalAdvance(name) + 8 > piece.rect.width()) continue;
    painter.setFont(plain);
    painter.setPen(text);
    painter.drawText(piece.rect, Qt::AlignCenter, name);
  }
}

bool MemoryBars::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  QString text;
  for (const Piece& piece : pieces()) {
    if (!piece.rect.contains(help->pos())) continue;
    const PlacedStorage& s = *piece.storage;
    text = tr("<b>%1</b>%2<br>words %3 to %4, %5 in all")
               .arg(QString::fromStdString(s.name).toHtmlEscaped(), s.buffer ? tr(" (buffer)") : QString(),
                    grouped(s.base), grouped(s.base + s.words - 1), grouped(s.words));
  }
  QToolTip::showText(help->globalPos(), text, this);
  return true;
}

}  // namespace taktwerk
