// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/kernels/kernels_page.h"
#include "widgets/view/follow_layer.h"
#include "widgets/view/models.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {

namespace {

class KernelsView : public View {
 public:
  explicit KernelsView(Models& models) : View(new KernelsPage(models)), models_(models) {
    auto* page = static_cast<KernelsPage*>(widget());
    followLayer(*this, *page, models.session);
    connect(page, &KernelsPage::emptinessChanged, this, &View::emptinessChanged);
  }
  [[nodiscard]] QString whyEmpty() const override { return static_cast<KernelsPage*>(widget())->whyEmpty(); }
  [[nodiscard]] bool isWaiting() const override { return static_cast<KernelsPage*>(widget())->isWaiting(); }
  /// A layer, by its name.
  void reveal(const QVariant& what) override {
    if (const QString layer = what.toString(); !layer.isEmpty()) models_.session.setLayer(layer);
  }

 private:
  Models& models_;
};

}  // namespace

ViewSpec kernelsView() {
  ViewSpec spec;
  spec.id = QStringLiteral("kernels");
  spec.title = View::tr("Kernels");
  spec.menuText = View::tr("&Kernels");
  spec.keys = QStringLiteral("Ctrl+8");
  spec.help = View::tr("Show the loops of a layer, how they settle, and what their instructions wait for");
  spec.place = ViewPlace::Page;
  spec.needs = ViewNeeds::Estimate;
  spec.make = [](Models& models) { return std::make_unique<KernelsView>(models); };
  return spec;
}

}  // namespace taktwerk
