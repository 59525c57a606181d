// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/view/layer_menu.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QMenu>

#include "widgets/session/session.h"

namespace taktwerk {

void fillLayerMenu(QMenu& menu, Session& session, const QString& layer, const QString& here) {
  if (layer.isEmpty()) return;
  const auto tr = [](const char* text) { return QCoreApplication::translate("LayerMenu", text); };
  const std::pair<const char*, QString> pages[] = {
      {"mapping", tr("Show its &mappings")},  {"network", tr("Show it in the &network")},
      {"kernels", tr("Show its &kernels")},   {"graph", tr("Show its &graph")},
      {"timeline", tr("Show its &timeline")}, {"roofline", tr("Show it under the &roofline")}};
  for (const auto& [page, text] : pages) {
    const QString id = QLatin1String(page);
    if (id == here) continue;
    menu.addAction(text, &session, [&session, layer, id] {
      session.jump([&] {
        session.setLayer(layer);
        session.reveal(id);
      });
    });
  }
  menu.addSeparator();
  menu.addAction(tr("&Copy its name"), &session, [layer] { QGuiApplication::clipboard()->setText(layer); });
}

}  // namespace taktwerk
