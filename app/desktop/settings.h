// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMap>
#include <QStringList>

namespace taktwerk {

/// What is remembered between starts. Read once, kept in memory, written when it changes.
struct Settings {
  bool dark = false;
  QByteArray geometry;
  QMap<QString, QByteArray> layouts;  ///< of docks and toolbars, by page
  unsigned threads = 0;               ///< of jobs, 0: all cores
  QStringList recentFiles;            ///< latest first
  QMap<QString, QString> keys;  ///< of commands whose keys were changed; see `CommandTable::changedKeys`

  static Settings load();
  void save() const;
  void addRecent(const QString& path);
};

}  // namespace taktwerk
