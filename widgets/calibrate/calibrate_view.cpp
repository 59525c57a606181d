// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/calibrate/calibrate_page.h"
#include "widgets/calibrate/calibration_run.h"
#include "widgets/view/models.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {

namespace {

class CalibrateView : public View {
 public:
  explicit CalibrateView(Models& models) : View(new CalibratePage(models)) {}
  [[nodiscard]] bool isWaiting() const override { return page().isWaiting(); }
  /// The path of a table of measured layers, or nothing.
  void reveal(const QVariant& what) override {
    if (!what.toString().isEmpty()) page().run().chooseTable(what.toString());
  }

 private:
  [[nodiscard]] CalibratePage& page() const { return *static_cast<CalibratePage*>(widget()); }
};

}  // namespace

ViewSpec calibrateView() {
  ViewSpec spec;
  spec.id = QStringLiteral("calibrate");
  spec.title = View::tr("Calibrate");
  spec.menuText = View::tr("Ca&librate");
  spec.keys = QStringLiteral("F9");
  spec.help = View::tr("Hold the architecture against measured layers, and fit parameters to half of them");
  spec.place = ViewPlace::Page;
  spec.needs = ViewNeeds::Architecture;
  spec.alone = true;
  spec.make = [](Models& models) { return std::make_unique<CalibrateView>(models); };
  return spec;
}

}  // namespace taktwerk
