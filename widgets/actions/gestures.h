// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <vector>

namespace taktwerk {

/// Something the mouse does, and how the keyboard does the same.
struct Gesture {
  QString path;          ///< "Canvas › Move blocks"
  QString mouse;         ///< "drag them"
  QStringList commands;  ///< whose keys do the same
  QString keys;          ///< keys of no command, or another way: "arrow keys"
};

/// In the order in which a list shows them.
[[nodiscard]] std::vector<Gesture> gestures();

}  // namespace taktwerk
