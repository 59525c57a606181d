// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/breakdown/breakdown_page.h"
#include "widgets/view/follow_layer.h"
#include "widgets/view/models.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {

namespace {

class BreakdownView : public View {
 public:
  explicit BreakdownView(Models& models)
      : View(new BreakdownPage(models.theme, models.estimates, models.session.selection())) {
    auto* page = static_cast<BreakdownPage*>(widget());
    followLayer(*this, *page, models.session);
    connect(page, &BreakdownPage::filled, this, &View::emptinessChanged);
  }
  [[nodiscard]] QString whyEmpty() const override {
    return static_cast<BreakdownPage*>(widget())->whyEmpty();
  }
};

}  // namespace

ViewSpec breakdownView() {
  ViewSpec spec;
  spec.id = QStringLiteral("breakdown");
  spec.title = View::tr("Breakdown");
  spec.help = View::tr("Show where the cycles of each layer go");
  spec.width = 34;
  spec.height = 300;
  spec.needs = ViewNeeds::Estimate;
  spec.make = [](Models& models) { return std::make_unique<BreakdownView>(models); };
  return spec;
}

}  // namespace taktwerk
