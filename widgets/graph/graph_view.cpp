// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/graph/graph_page.h"
#include "widgets/view/follow_layer.h"
#include "widgets/view/models.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {

namespace {

class GraphView : public View {
 public:
  explicit GraphView(Models& models) : View(new GraphPage(models)), models_(models) {
    followLayer(*this, page(), models.session);
    connect(&page(), &GraphPage::emptinessChanged, this, &View::emptinessChanged);
    connect(&page(), &GraphPage::formChanged, this, &View::hintChanged);
  }
  [[nodiscard]] QString whyEmpty() const override { return page().whyEmpty(); }
  [[nodiscard]] bool isWaiting() const override { return page().isWaiting(); }
  [[nodiscard]] QString hint() const override {
    return page().isLaidOut() ? tr("Wheel zooms, drag moves, F fits · Enter opens a box, Backspace closes · "
                                   "P, N more neighbours · "
                                   ". and , along the critical path")
                              : tr("Wheel zooms, drag moves, F fits · P, N more neighbours · . and , along "
                                   "the critical path");
  }
  /// A layer, by its name.
  void reveal(const QVariant& what) override {
    if (const QString layer = what.toString(); !layer.isEmpty()) models_.session.setLayer(layer);
  }

 private:
  [[nodiscard]] GraphPage& page() const { return *static_cast<GraphPage*>(widget()); }

  Models& models_;
};

}  // namespace

ViewSpec graphView() {
  ViewSpec spec;
  spec.id = QStringLiteral("graph");
  spec.title = View::tr("Graph");
  spec.menuText = View::tr("&Graph");
  spec.help = View::tr("Show which instruction waited for what, along time, and the critical path");
  spec.place = ViewPlace::Page;
  spec.alone = true;
  spec.needs = ViewNeeds::Estimate;
  spec.make = [](Models& models) { return std::make_unique<GraphView>(models); };
  return spec;
}

}  // namespace taktwerk
