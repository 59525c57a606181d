// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/timeline/timeline_page.h"
#include "widgets/view/follow_layer.h"
#include "widgets/view/models.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {

namespace {

class TimelineView : public View {
 public:
  explicit TimelineView(Models& models) : View(new TimelinePage(models)), models_(models) {
    followLayer(*this, page(), models.session);
    connect(&page(), &TimelinePage::emptinessChanged, this, &View::emptinessChanged);
  }
  [[nodiscard]] QString whyEmpty() const override { return page().whyEmpty(); }
  [[nodiscard]] bool isWaiting() const override { return page().isWaiting(); }
  [[nodiscard]] QString hint() const override {
    return tr(
        "Wheel zooms, drag moves, F shows all · N, P next and previous instruction · Enter shows the "
        "selected one");
  }
  /// A layer, by its name; or an instruction of the layer that is looked at, by its number.
  void reveal(const QVariant& what) override {
    if (what.typeId() == QMetaType::LongLong) return page().goTo(what.toLongLong());
    if (const QString layer = what.toString(); !layer.isEmpty()) models_.session.setLayer(layer);
  }

 private:
  [[nodiscard]] TimelinePage& page() const { return *static_cast<TimelinePage*>(widget()); }

  Models& models_;
};

}  // namespace

ViewSpec timelineView() {
  ViewSpec spec;
  spec.id = QStringLiteral("timeline");
  spec.title = View::tr("Timeline");
  spec.menuText = View::tr("&Timeline");
  spec.keys = QStringLiteral("F7");
  spec.help =
      View::tr("Show a layer in time, all of it and down to single cycles, and what instructions waited for");
  spec.place = ViewPlace::Page;
  spec.alone = true;
  spec.needs = ViewNeeds::Estimate;
  spec.make = [](Models& models) { return std::make_unique<TimelineView>(models); };
  return spec;
}

}  // namespace taktwerk
