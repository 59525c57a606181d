// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/kind_icon.h"

#include <QPainter>
#include <QPixmap>

#include "widgets/theme/theme.h"

namespace taktwerk {

namespace {

QIcon signIcon(const QColor& fill, const QColor& ink, QFont font, int pixels, const QString& sign) {
  QPixmap pixmap(32, 32);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(fill);
  painter.drawRoundedRect(QRectF(2, 2, 28, 28), 6, 6);
  font.setPixelSize(pixels);
  painter.setFont(font);
  painter.setPen(ink);
  painter.drawText(QRectF(0, 0, 32, 32), Qt::AlignCenter, sign);
  QIcon icon(pixmap);
  icon.addPixmap(pixmap, QIcon::Selected);
  return icon;
}

}  // namespace

QIcon kindIcon(const Theme& theme, BlockKind kind) {
  return signIcon(theme.kind(kind), toQColor(theme.colours().kindText(kind)), theme.font(9, true),
                  kind == BlockKind::Compute ? 15 : 18, QString::fromUtf8(glyphOf(kind).data()));
}

QIcon templateIcon(const Theme& theme) {
  return signIcon(theme.colour(&Palette::mutedText), theme.colour(&Palette::panel), theme.font(9, true), 18,
                  QStringLiteral("T"));
}

}  // namespace taktwerk
