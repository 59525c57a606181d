// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/analysis/analysis_page.h"
#include "widgets/view/models.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {

namespace {

class AnalysisView : public View {
 public:
  explicit AnalysisView(Models& models) : View(new AnalysisPage(models)) {
    connect(page(), &AnalysisPage::filled, this, &View::emptinessChanged);
  }
  [[nodiscard]] QString whyEmpty() const override { return page()->whyEmpty(); }
  [[nodiscard]] bool isWaiting() const override { return page()->isWaiting(); }

 private:
  [[nodiscard]] AnalysisPage* page() const { return static_cast<AnalysisPage*>(widget()); }
};

}  // namespace

ViewSpec analysisView() {
  ViewSpec spec;
  spec.id = QStringLiteral("analysis");
  spec.title = View::tr("Analysis");
  spec.menuText = View::tr("&Analysis");
  spec.keys = QStringLiteral("Ctrl+6");
  spec.help = View::tr("Show why it takes as long as it does: causes, what every block did, what would help");
  spec.place = ViewPlace::Page;
  spec.needs = ViewNeeds::Estimate;
  spec.make = [](Models& models) { return std::make_unique<AnalysisView>(models); };
  return spec;
}

}  // namespace taktwerk
