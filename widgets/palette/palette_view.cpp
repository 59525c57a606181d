// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/palette/palette_panel.h"
#include "widgets/view/models.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {

namespace {

class PaletteView : public View {
 public:
  explicit PaletteView(Models& models) : View(new PalettePanel(models.theme)) {
    auto* panel = static_cast<PalettePanel*>(widget());
    panel->setLibrary(models.library);
    const auto take = [panel, &models] { panel->setDocument(models.document()); };
    connect(&models.documents, &DocumentController::documentChanged, panel, take);
    connect(panel, &PalettePanel::placeRequested, this, [&models](const Placeable& what) {
      models.session.reveal(QStringLiteral("diagram"), QVariant::fromValue(what));
    });
    connect(panel, &PalettePanel::addRequested, this, [&models](const Placeable& what) {
      models.session.reveal(QStringLiteral("diagram"), QVariant::fromValue(PlaceAtOnce{what}));
    });
    take();
  }
};

}  // namespace

ViewSpec paletteView() {
  ViewSpec spec;
  spec.id = QStringLiteral("palette");
  spec.title = View::tr("Palette");
  spec.help = View::tr("Show what can be put on the canvas");
  spec.place = ViewPlace::Left;
  spec.beside = {QStringLiteral("diagram")};
  spec.width = 220;
  spec.height = 250;
  spec.make = [](Models& models) { return std::make_unique<PaletteView>(models); };
  return spec;
}

}  // namespace taktwerk
