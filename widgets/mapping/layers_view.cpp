// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTableView>

#include "widgets/actions/item_menu.h"
#include "widgets/mapping/layers_panel.h"
#include "widgets/view/follow_layer.h"
#include "widgets/view/layer_menu.h"
#include "widgets/view/models.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {

namespace {

class LayersView : public View {
 public:
  explicit LayersView(Models& models)
      : View(new LayersPanel(models.theme, models.session, models.estimates)) {
    auto* panel = static_cast<LayersPanel*>(widget());
    followLayer(*this, *panel, models.session);
    new ItemMenu(panel->table(), [panel, &models](QMenu& menu, const QModelIndex& index) {
      fillLayerMenu(menu, models.session, panel->layerAt(index));
    });
    connect(panel, &LayersPanel::filled, this, &View::emptinessChanged);
  }
  [[nodiscard]] QString whyEmpty() const override { return static_cast<LayersPanel*>(widget())->whyEmpty(); }
};

}  // namespace

ViewSpec layersView() {
  ViewSpec spec;
  spec.id = QStringLiteral("layers");
  spec.title = View::tr("Layers");
  spec.help = View::tr("Show the layers with their mappings and cycles");
  spec.width = 66;
  spec.height = 300;
  for (const char* page : {"diagram", "source", "analysis", "roofline", "kernels", "change"}) {
    spec.beside << QString::fromLatin1(page);
  }
  spec.make = [](Models& models) { return std::make_unique<LayersView>(models); };
  return spec;
}

}  // namespace taktwerk
