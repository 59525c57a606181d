// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QStringList>

class QWidget;

namespace taktwerk::test {

/// What a user would find cut off, overlapping or hard to read in a window that is shown, one line each. Text
/// has the room it asks for, letters at least 9 pixels and a contrast (WCAG 2) of at least 4.5 in `picture`,
/// which is of this window; what stands beside each other is apart; legends of plots are whole.
[[nodiscard]] QStringList lookFaults(const QWidget& window, const QImage& picture);

/// Texts of lists, trees and tables that stand elsewhere when their row is selected, one line each.
[[nodiscard]] QStringList rowsThatShift(const QWidget& window);

}  // namespace taktwerk::test
