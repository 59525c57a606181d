// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/palette_places.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include "widgets/theme/bounded_text.h"
#include "widgets/view/models.h"
#include "widgets/view/view_host.h"

namespace taktwerk {

namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("PalettePlaces", text);
}

void addLayers(std::vector<PaletteEntry>& entries, Models& models, ViewHost& views) {
  const auto network = models.estimates.network();
  if (!network) return;
  for (const Layer& layer : network->layers) {
    const QString name = QString::fromStdString(layer.name);
    entries.push_back(
        {tr("Layer › %1").arg(shortened(name)), {}, {}, whyNothingOpen(models), [&models, &views, name] {
           models.session.jump([&] { models.session.setLayer(name); });
           views.show(QStringLiteral("layers"));
         }});
  }
}

void addBlocks(std::vector<PaletteEntry>& entries, Models& models, ViewHost& views) {
  if (!models.document()) return;
  for (const ShownObject& object : models.document()->shown->objects) {
    const QString kind = shortened(QString::fromStdString(object.className), 40);
    entries.push_back({tr("Block › %1").arg(shortened(QString::fromStdString(object.name))),
                       kind,
                       kind,
                       {},
                       [&models, &views, name = object.name] {
                         models.session.selection().select({name});
                         models.session.reveal(QStringLiteral("diagram"));
                         views.show(QStringLiteral("diagram"));
                       }});
  }
}

void addFiles(std::vector<PaletteEntry>& entries, Models& models) {
  for (const QString& path : models.session.recentFiles()) {
    const QFileInfo file(path);
    const QString folder = QDir::toNativeSeparators(file.path());
    entries.push_back({tr("Open › %1").arg(shortened(file.fileName())), folder, shortened(folder, 40),
                       file.isFile() ? QString() : tr("The file is not there any more."),
                       [&models, path] { models.open.files({path}); }});
  }
  for (const QString& path : models.places.networks) {
    const QFileInfo file(path);
    entries.push_back(
        {tr("Network › %1").arg(shortened(file.fileName())), {}, {}, whyNothingOpen(models), [&models, path] {
           models.estimates.setNetwork(path);
         }});
  }
}

}  // namespace

std::vector<PaletteEntry> panelEntries(const Models& models, ViewHost& views) {
  std::vector<PaletteEntry> entries;
  for (const ViewSpec& spec : views.specs()) {
    if (!spec.isPanel()) continue;
    entries.push_back(
        {tr("Go to › %1").arg(spec.title), spec.help, {}, whyNothingOpen(models), [&views, id = spec.id] {
           views.show(id);
         }});
  }
  return entries;
}

std::vector<PaletteEntry> placeEntries(Models& models, ViewHost& views) {
  std::vector<PaletteEntry> entries;
  addLayers(entries, models, views);
  addBlocks(entries, models, views);
  addFiles(entries, models);
  return entries;
}

}  // namespace taktwerk
