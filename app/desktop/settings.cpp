// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/settings.h"

#include <QSettings>

namespace taktwerk {

namespace {

constexpr qsizetype mostRecentFiles = 8;
const QString darkKey = QStringLiteral("window/dark");
const QString geometryKey = QStringLiteral("window/geometry");
const QString layoutsGroup = QStringLiteral("layouts");
const QString threadsKey = QStringLiteral("jobs/threads");
const QString recentKey = QStringLiteral("files/recent");
const QString keysGroup = QStringLiteral("keys");

}  // namespace

Settings Settings::load() {
  const QSettings store;
  Settings settings;
  settings.dark = store.value(darkKey, false).toBool();
  settings.geometry = store.value(geometryKey).toByteArray();
  settings.recentFiles = store.value(recentKey).toStringList().mid(0, mostRecentFiles);
  settings.threads = store.value(threadsKey, 0).toUInt();
  QSettings layouts;
  layouts.beginGroup(layoutsGroup);
  for (const QString& page : layouts.childKeys())
    settings.layouts.insert(page, layouts.value(page).toByteArray());
  QSettings keys;
  keys.beginGroup(keysGroup);
  for (const QString& id : keys.childKeys()) settings.keys.insert(id, keys.value(id).toString());
  return settings;
}

void Settings::save() const {
  QSettings store;
  store.setValue(darkKey, dark);
  store.setValue(geometryKey, geometry);
  store.setValue(threadsKey, threads);
  store.setValue(recentKey, recentFiles);
  store.beginGroup(layoutsGroup);
  for (auto page = layouts.begin(); page != layouts.end(); ++page) store.setValue(page.key(), page.value());
  store.endGroup();
  store.beginGroup(keysGroup);
  store.remove(QString());
  for (auto key = keys.begin(); key != keys.end(); ++key) store.setValue(key.key(), key.value());
  store.endGroup();
}

void Settings::addRecent(const QString& path) {
  recentFiles.removeAll(path);
  recentFiles.prepend(path);
  recentFiles = recentFiles.mid(0, mostRecentFiles);
}

}  // namespace taktwerk
