// SPDX-License-Identifier: GPL-3.0-or-later
// Results and baselines in the whole window.
#include <QDockWidget>
#include <QTableView>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/desktop/main_window.h"
#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/compare/compare_page.h"
#include "widgets/compare/pin_panel.h"
#include "widgets/compare/results_tab.h"
#include "widgets/estimate/run_bar.h"
#include "widgets/theme/theme.h"

namespace taktwerk::test {
namespace {

using testing::HasSubstr;

class CompareInTheWindow : public testing::Test {
 protected:
  CompareInTheWindow() {
    window.resize(1400, 900);
    window.show();
  }
  bool settle() {
    return waitFor([this] { return !window.busy(); }, 110000);
  }
  int pins() { return window.findChild<PinPanel*>()->table().model()->rowCount(); }
  QString result(const QString& name) {
    return folder.write(
        name, "{\"architecture\": \"A\", \"cycles\": 9, \"layers\": [{\"name\": \"fc\", \"cycles\": 9}]}");
  }
  Theme theme{false};
  MainWindow window{theme, false};
  Folder folder;
};

TEST_F(CompareInTheWindow, FilesOfResultsOpenLikeOthers) {
  window.openFiles({oneMac(), tcResNet8(), result("first.json")});
  ASSERT_TRUE(settle());
  EXPECT_EQ(pins(), 1);
  auto* page = window.findChild<ComparePage*>();
  window.commands().action("view.compare")->trigger();
  ASSERT_TRUE(page->isVisible());
  for (const auto* dock : window.findChildren<QDockWidget*>()) EXPECT_FALSE(dock->isVisible());
}

TEST_F(CompareInTheWindow, TheBaselineStaysWhileRunsFollowEachOther) {
  window.openFiles({oneMac(), tcResNet8()});
  ASSERT_TRUE(settle());
  window.commands().action("analyse.run")->trigger();
  ASSERT_TRUE(settle());
  const Cycles first = window.estimates().outcome().estimate->cycles;
  window.commands().action("analyse.baseline")->trigger();
  for (const std::int64_t latency : {4, 16, 8}) {
    window.estimates().setParameters({{"arch.mac_latency", latency}});  // runs by itself
    ASSERT_TRUE(settle());
    const Cycles now = window.estimates().outcome().estimate->cycles;
    EXPECT_THAT(window.findChild<RunBar*>()->differenceText().toStdString(),
                HasSubstr(differenceText(now, first).toStdString() + " against: "));
  }
  window.commands().action("view.compare")->trigger();
  const auto& compared = window.findChild<ComparePage*>()->results().compared();
  ASSERT_TRUE(compared.difference) << "it was made when it came into sight";
  EXPECT_EQ(compared.difference->cycles.before, first);
  ASSERT_EQ(compared.difference->parameters.size(), 1U);
  EXPECT_EQ(compared.difference->parameters[0].now, 8);
}

}  // namespace
}  // namespace taktwerk::test
