// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/change_text.h"

#include <cmath>

namespace taktwerk {

QString changeInPercent(double change) {
  const QString sign = change < 0 ? QStringLiteral("−") : QStringLiteral("+");
  return QStringLiteral("%1%2 %").arg(sign).arg(100 * std::abs(change), 0, 'f', 1);
}

}  // namespace taktwerk
