// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/session/vary_wish.h"
#include "widgets/sweep/result_panel.h"
#include "widgets/sweep/results/sweep_results.h"
#include "widgets/sweep/space_panel.h"
#include "widgets/sweep/space_setup.h"
#include "widgets/sweep/sweep_page.h"
#include "widgets/sweep/sweep_run.h"
#include "widgets/view/models.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {

namespace {

class SweepView : public View {
 public:
  explicit SweepView(Models& models) : View(new SweepPage(models)) {
    connect(&page().run(), &SweepRun::changed, this, &View::titleChanged);
  }
  [[nodiscard]] QString title() const override {
    const SweepRun& run = page().run();
    if (!run.isRunning() || !run.total() || run.total()->atMost == 0) return {};
    return tr("Sweep (%1 %)").arg(100 * run.done() / run.total()->atMost);
  }
  [[nodiscard]] bool isWaiting() const override {
    return page().run().isRunning() || page().setup().isLooking() || page().results().isArranging();
  }
  [[nodiscard]] QStringList losses() const override { return page().losses(); }
  /// A `VaryWish`.
  void reveal(const QVariant& what) override {
    const VaryWish wish = VaryWish::from(what);
    if (wish.name.isEmpty()) return;
    std::vector<std::int64_t> values;
    for (const QVariant& value : wish.values) values.push_back(value.toLongLong());
    page().spacePanel().vary(wish.name, values);
  }

 private:
  [[nodiscard]] SweepPage& page() const { return *static_cast<SweepPage*>(widget()); }
};

}  // namespace

ViewSpec sweepView() {
  ViewSpec spec;
  spec.id = QStringLiteral("sweep");
  spec.title = View::tr("Sweep");
  spec.menuText = View::tr("S&weep");
  spec.help = View::tr("Vary parameters, estimate every design, and compare the results");
  spec.place = ViewPlace::Page;
  spec.needs = ViewNeeds::Architecture;
  spec.alone = true;
  spec.make = [](Models& models) { return std::make_unique<SweepView>(models); };
  return spec;
}

}  // namespace taktwerk
