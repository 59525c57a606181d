// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

class QMimeData;

namespace taktwerk {

/// The paths of the files of this computer that are dragged.
[[nodiscard]] QStringList filesIn(const QMimeData& data);
/// Whether a path's ending is that of tables.
[[nodiscard]] bool isTable(const QString& path);

}  // namespace taktwerk
