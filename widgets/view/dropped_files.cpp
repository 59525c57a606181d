// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/view/dropped_files.h"

#include <QMimeData>
#include <QUrl>

namespace taktwerk {

QStringList filesIn(const QMimeData& data) {
  QStringList paths;
  for (const QUrl& url : data.urls()) {
    if (url.isLocalFile()) paths << url.toLocalFile();
  }
  return paths;
}

bool isTable(const QString& path) {
  return path.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive);
}

}  // namespace taktwerk
