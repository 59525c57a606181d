// SPDX-License-Identifier: GPL-3.0-or-later
// Studies that came with the program, opened from the start page.
#include <QTest>
#include <QToolButton>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/desktop/main_window.h"
#include "tests/support/places.h"
#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/start/start_page.h"
#include "widgets/sweep/space_setup.h"
#include "widgets/sweep/sweep_page.h"
#include "widgets/theme/theme.h"
#include "widgets/view/view_host.h"

namespace taktwerk::test {
namespace {

class StudyWindow : public ::testing::Test {
 protected:
  StudyWindow() {
    window.resize(1400, 900);
    window.show();
  }
  bool settle() {
    return waitFor([this] { return !window.busy(); }, 110000);
  }
  /// Clicks the study whose file has this name.
  void open(const QString& name) {
    ASSERT_TRUE(settle());
    for (const ShippedStudy& study : readStudies(folder)) {
      if (!study.path.endsWith(name)) continue;
      for (QToolButton* button : window.findChild<StartPage*>()->findChildren<QToolButton*>()) {
        if (button->accessibleName() == study.name) QTest::mouseClick(button, Qt::LeftButton);
      }
    }
    ASSERT_TRUE(settle());
  }

  QString folder = QString::fromStdString(taktwerk::sourceDirectory() + "/resources/studies");
  Theme theme{false};
  MainWindow window{theme, false};
};

TEST_F(StudyWindow, IsOpenedWithItsSpaceOnThePageThatSweepsIt) {
  open("/array-shape.taktwerk");
  ASSERT_TRUE(window.documents().document());
  EXPECT_EQ(window.views().frontId(), "sweep");
  auto* sweep = window.findChild<SweepPage*>();
  ASSERT_TRUE(sweep);
  EXPECT_GE(sweep->setup().space().dimensions.size(), 4U);
  EXPECT_TRUE(window.documents().document()->path.isEmpty()) << "the architecture is a copy";
  EXPECT_FALSE(window.isWindowModified()) << "only looked at, it is no loss";
  EXPECT_TRUE(window.commands().action("sweep.run")->isEnabled());
}

TEST_F(StudyWindow, IsSavedElsewhere) {
  QStringList suggested;
  window.ask().workspacePath = [&](const QString& suggestion) {
    suggested << suggestion;
    return QString();
  };
  open("/plasticine-alexnet.taktwerk");
  window.commands().action("file.saveWorkspace")->trigger();
  ASSERT_EQ(suggested.size(), 1);
  EXPECT_FALSE(suggested.front().startsWith(folder)) << suggested.front().toStdString();
}

TEST_F(StudyWindow, LeavesThePageAloneWhenAnotherFileIsOpenedLater) {
  open("/array-shape.taktwerk");
  window.openFiles({oneMac()});
  ASSERT_TRUE(settle());
  EXPECT_NE(window.documents().document()->place(), QString());
  window.commands().action("view.diagram")->trigger();
  window.openFiles({folder + "/plasticine-alexnet.taktwerk"});
  ASSERT_TRUE(settle());
  EXPECT_NE(window.views().frontId(), "sweep") << "opened as a file it is no visit to the sweep";
}

}  // namespace
}  // namespace taktwerk::test
