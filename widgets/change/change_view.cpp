// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/change/change_page.h"
#include "widgets/change/step_run.h"
#include "widgets/view/models.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {

namespace {

class ChangeView : public View {
 public:
  explicit ChangeView(Models& models) : View(new ChangePage(models)) {}
  [[nodiscard]] bool isWaiting() const override {
    return static_cast<const ChangePage*>(widget())->run().running();
  }
  /// A setting whose step is looked for, "arch.rows", and the layer that it is of, if it is of one.
  void reveal(const QVariant& what) override {
    const QStringList setting = what.toStringList();
    if (setting.isEmpty()) return;
    static_cast<ChangePage*>(widget())->lookFor(setting.front(), setting.value(1));
  }
};

}  // namespace

ViewSpec changeView() {
  ViewSpec spec;
  spec.id = QStringLiteral("change");
  spec.title = View::tr("What to change");
  spec.menuText = View::tr("What to &change");
  spec.keys = QStringLiteral("Ctrl+9");
  spec.help = View::tr("Show what every parameter and tunable would save with its next value up and down");
  spec.place = ViewPlace::Page;
  spec.needs = ViewNeeds::Estimate;
  spec.make = [](Models& models) { return std::make_unique<ChangeView>(models); };
  return spec;
}

}  // namespace taktwerk
