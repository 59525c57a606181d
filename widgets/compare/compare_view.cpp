// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/compare/compare_page.h"
#include "widgets/compare/results_tab.h"
#include "widgets/view/follow_layer.h"
#include "widgets/view/models.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {

namespace {

class CompareView : public View {
 public:
  explicit CompareView(Models& models) : View(new ComparePage(models)) {
    auto* page = static_cast<ComparePage*>(widget());
    followLayer(*this, *page, models.session);
  }
  [[nodiscard]] bool isWaiting() const override { return static_cast<ComparePage*>(widget())->isWaiting(); }
  /// Paths of results to be opened.
  void reveal(const QVariant& what) override {
    auto* page = static_cast<ComparePage*>(widget());
    page->show(ComparePage::Tab::Results);
    page->openResults(what.toStringList());
  }
};

}  // namespace

ViewSpec compareView() {
  ViewSpec spec;
  spec.id = QStringLiteral("compare");
  spec.title = View::tr("Compare");
  spec.menuText = View::tr("&Compare");
  spec.keys = QStringLiteral("Ctrl+5");
  spec.help = View::tr("Show what differs between two results, and how far methods of timing are off");
  spec.place = ViewPlace::Page;
  spec.alone = true;
  spec.make = [](Models& models) { return std::make_unique<CompareView>(models); };
  return spec;
}

}  // namespace taktwerk
