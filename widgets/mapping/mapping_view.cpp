// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mapping/mapping_page.h"
#include "widgets/session/vary_wish.h"
#include "widgets/view/follow_layer.h"
#include "widgets/view/models.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {

namespace {

class MappingView : public View {
 public:
  explicit MappingView(Models& models)
      : View(new MappingPage(models.theme, models.estimates, models.workspace, models.jobs, models.history)),
        models_(models) {
    auto* page = static_cast<MappingPage*>(widget());
    followLayer(*this, *page, models.session);
    connect(page, &MappingPage::saveRequested, this,
            [&models] { models.session.run(QStringLiteral("file.saveMapping")); });
    connect(page, &MappingPage::varyRequested, this,
            [&models](const QString& tunable, const QVariantList& values) {
              revealWish(models.session, {QStringLiteral("mapping.") + tunable, values});
            });
    connect(&page->documents(), &TextDocuments::edited, this, &View::unsavedChanged);
  }
  [[nodiscard]] bool isWaiting() const override { return static_cast<MappingPage*>(widget())->isWaiting(); }
  [[nodiscard]] std::vector<UnsavedPiece> unsaved() const override {
    auto* page = static_cast<MappingPage*>(widget());
    return piecesOf(page->documents(), page->unsaved());
  }
  bool save(const QString& path) override { return models_.save.mapping(path); }
  [[nodiscard]] bool leavesWithArchitecture() const override { return true; }
  /// With what was only looked at: another architecture has other mappings.
  void drop() override { static_cast<MappingPage*>(widget())->dropAll(); }

 private:
  Models& models_;
};

}  // namespace

ViewSpec mappingView() {
  ViewSpec spec;
  spec.id = QStringLiteral("mapping");
  spec.title = View::tr("Mapping");
  spec.menuText = View::tr("&Mapping");
  spec.keys = QStringLiteral("Ctrl+4");
  spec.help = View::tr("Show how each layer lies on the accelerator, and change it");
  spec.place = ViewPlace::Page;
  spec.make = [](Models& models) { return std::make_unique<MappingView>(models); };
  return spec;
}

}  // namespace taktwerk
