// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/roofline/roofline_page.h"
#include "widgets/view/follow_layer.h"
#include "widgets/view/models.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {

namespace {

class RooflineView : public View {
 public:
  explicit RooflineView(Models& models) : View(new RooflinePage(models.theme, models.estimates)) {
    auto* page = static_cast<RooflinePage*>(widget());
    followLayer(*this, *page, models.session);
    connect(page, &RooflinePage::filled, this, &View::emptinessChanged);
  }
  [[nodiscard]] QString whyEmpty() const override { return static_cast<RooflinePage*>(widget())->whyEmpty(); }
};

}  // namespace

ViewSpec rooflineView() {
  ViewSpec spec;
  spec.id = QStringLiteral("roofline");
  spec.title = View::tr("Roofline");
  spec.menuText = View::tr("&Roofline");
  spec.keys = QStringLiteral("Ctrl+7");
  spec.help = View::tr("Show how near each layer comes to what units and memories allow");
  spec.place = ViewPlace::Page;
  spec.needs = ViewNeeds::Estimate;
  spec.make = [](Models& models) { return std::make_unique<RooflineView>(models); };
  return spec;
}

}  // namespace taktwerk
