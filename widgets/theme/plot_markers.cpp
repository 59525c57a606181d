// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/plot_markers.h"

#include <qcustomplot.h>

#include "widgets/theme/plot_colours.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

QCPScatterStyle markerOf(const Theme& theme, std::size_t series, bool faint, double size) {
  static constexpr QCPScatterStyle::ScatterShape shapes[] = {
      QCPScatterStyle::ssDisc,    QCPScatterStyle::ssSquare,           QCPScatterStyle::ssTriangle,
      QCPScatterStyle::ssDiamond, QCPScatterStyle::ssTriangleInverted, QCPScatterStyle::ssPlus,
      QCPScatterStyle::ssStar};
  QColor fill = seriesColour(series);
  if (faint) fill.setAlphaF(0.35F);
  return {shapes[series % std::size(shapes)], QPen(theme.dark() ? fill.lighter(150) : fill.darker(160), 1),
          fill, size};
}

QCPScatterStyle ringOf(const Theme& theme) {
  return {QCPScatterStyle::ssCircle, QPen(theme.colour(&Palette::accent), 2), Qt::NoBrush, 13};
}

}  // namespace taktwerk
