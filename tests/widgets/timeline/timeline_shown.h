// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>
#include <algorithm>
#include <memory>
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/places.h"
#include "tests/widgets/estimated.h"
#include "widgets/timeline/timeline_canvas.h"
#include "widgets/timeline/timeline_minimap.h"
#include "widgets/timeline/timeline_page.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {
ViewSpec timelineView();
}

namespace taktwerk::test {

/// The page of the timeline over the models of a window.
class TimelineTest : public Estimated {
 protected:
  ViewSpec spec = timelineView();
  std::unique_ptr<View> view;
  TimelinePage* page = nullptr;

  void show() {
    view = spec.make(models);
    page = static_cast<TimelinePage*>(view->widget());
    page->resize(1200, 800);
    page->show();
  }
  /// Files of the project.
  void estimateOf(const char* architecture, const char* network) {
    models.documents.open(QString::fromStdString(sourceDirectory() + architecture));
    ASSERT_TRUE(waitFor([this] { return models.document() && models.jobs.states().empty(); }));
    models.estimates.setNetwork(QString::fromStdString(sourceDirectory() + network));
    ASSERT_TRUE(settle());
    models.estimates.run();
    ASSERT_TRUE(settle());
    ASSERT_TRUE(result());
  }
  /// Until what is in sight is there.
  [[nodiscard]] bool finish() {
    return waitFor([&] { return !page->isWaiting() && models.jobs.states().empty(); });
  }
  void showLayer(const QString& layer) {
    if (!result()) estimate();
    models.session.setLayer(layer);
    show();
    ASSERT_TRUE(finish());
    ASSERT_EQ(page->message(), "");
    ASSERT_TRUE(page->time());
  }
  /// To where single instructions are drawn.
  void zoomIn(std::int64_t instruction) {
    page->goTo(instruction);
    ASSERT_TRUE(finish());
    ASSERT_TRUE(page->fine());
    paint();
  }
  [[nodiscard]] TimelineCanvas* canvas() const { return page->findChild<TimelineCanvas*>(); }
  [[nodiscard]] TimelineMinimap* minimap() const { return page->findChild<TimelineMinimap*>(); }
  [[nodiscard]] const TimelineLanes& lanes() const { return page->time()->lanes; }
  [[nodiscard]] MachineObjectId object(const std::string& name) const {
    const auto& names = page->time()->program.machine->objectNames;
    const auto found = std::find(names.begin(), names.end(), name);
    EXPECT_NE(found, names.end()) << name;
    return MachineObjectId{static_cast<std::uint32_t>(found - names.begin())};
  }
  template <class Button>
  [[nodiscard]] Button* button(const QString& text) const {
    for (Button* each : page->findChildren<Button*>()) {
      if (each->text() == text) return each;
    }
    ADD_FAILURE() << text.toStdString();
    return nullptr;
  }
  void showRows(int rows) const {
    for (auto* each : page->findChildren<QComboBox*>()) {
      if (each->accessibleName() != "Rows") continue;
      each->setCurrentIndex(rows);
      Q_EMIT each->activated(rows);
    }
  }
  void paint() const { EXPECT_FALSE(canvas()->grab().isNull()); }
};

}  // namespace taktwerk::test
