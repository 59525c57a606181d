// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/analysis/share_bars.h"

#include <QPainter>
#include <algorithm>

#include "widgets/theme/theme.h"

namespace taktwerk {

ShareBars::ShareBars(const Theme& theme, int role, QObject* parent, int secondRole)
    : QStyledItemDelegate(parent), theme_(theme), role_(role), secondRole_(secondRole) {}

void ShareBars::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  QStyledItemDelegate::paint(painter, option, index);
  const QRectF all = QRectF(option.rect).adjusted(4, 5, -4, -5);
  const auto barOf = [&](double from, double share) {
    QRectF bar = all;
    bar.setLeft(all.left() + all.width() * std::clamp(from, 0.0, 1.0));
    bar.setWidth(share > 0 ? std::max(1.0, all.width() * std::min(share, 1 - std::clamp(from, 0.0, 1.0)))
                           : 0);
    return bar;
  };
  const double share = index.data(role_).toDouble();
  if (secondRole_ < 0) {
    QColor colour = theme_.colour(&Palette::accent);
    colour.setAlphaF(0.28F);
    painter->fillRect(barOf(0, share), colour);
    return;
  }
  painter->fillRect(all, theme_.colour(&Palette::grid));
  painter->fillRect(barOf(0, share), theme_.colour(&Palette::accent));
  painter->fillRect(barOf(share, index.data(secondRole_).toDouble()),
                    QBrush(theme_.colour(&Palette::stall), Qt::BDiagPattern));
}

}  // namespace taktwerk
