// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTableView>

#include "widgets/actions/item_menu.h"
#include "widgets/network/network_model.h"
#include "widgets/network/network_page.h"
#include "widgets/session/vary_wish.h"
#include "widgets/view/follow_layer.h"
#include "widgets/view/layer_menu.h"
#include "widgets/view/models.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {

namespace {

class NetworkView : public View {
 public:
  explicit NetworkView(Models& models)
      : View(new NetworkPage(models.theme, models.estimates, models.history)), models_(models) {
    auto* page = static_cast<NetworkPage*>(widget());
    connect(page, &NetworkPage::filled, this, &View::emptinessChanged);
    followLayer(*this, *page, models.session);
    connect(page, &NetworkPage::importRequested, this,
            [&models] { models.session.run(QStringLiteral("file.openNetwork")); });
    connect(page, &NetworkPage::saveRequested, this,
            [&models] { models.session.run(QStringLiteral("file.saveNetwork")); });
    connect(page, &NetworkPage::varyRequested, this, [&models](const QString& parameter) {
      revealWish(models.session, {QStringLiteral("network.") + parameter});
    });
    new ItemMenu(page->table(), [&models](QMenu& menu, const QModelIndex& index) {
      const QString layer = index.siblingAtColumn(NetworkModel::Name).data().toString();
      fillLayerMenu(menu, models.session, layer, QStringLiteral("network"));
    });
    connect(&page->documents(), &TextDocuments::edited, this, &View::unsavedChanged);
  }
  [[nodiscard]] QString whyEmpty() const override { return static_cast<NetworkPage*>(widget())->whyEmpty(); }
  [[nodiscard]] std::vector<UnsavedPiece> unsaved() const override {
    auto* page = static_cast<NetworkPage*>(widget());
    return piecesOf(page->documents(), page->unsaved());
  }
  bool save(const QString& path) override { return models_.save.network(path); }
  void drop() override {
    auto* page = static_cast<NetworkPage*>(widget());
    for (const QString& path : page->unsaved()) page->drop(path);
  }

 private:
  Models& models_;
};

}  // namespace

ViewSpec networkView() {
  ViewSpec spec;
  spec.id = QStringLiteral("network");
  spec.title = View::tr("Network");
  spec.menuText = View::tr("&Network");
  spec.keys = QStringLiteral("Ctrl+3");
  spec.help = View::tr("Show the layers of the network as table and graph");
  spec.place = ViewPlace::Page;
  spec.make = [](Models& models) { return std::make_unique<NetworkView>(models); };
  return spec;
}

}  // namespace taktwerk
