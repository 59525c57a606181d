// SPDX-License-Identifier: GPL-3.0-or-later
// A trace in place of a network, as the user opens it.
#include <QComboBox>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/desktop/main_window.h"
#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/breakdown/breakdown_page.h"
#include "widgets/estimate/run_bar.h"
#include "widgets/kernels/kernels_page.h"
#include "widgets/mapping/layer_model.h"
#include "widgets/mapping/layers_panel.h"
#include "widgets/problems/banner.h"
#include "widgets/problems/problem_model.h"
#include "widgets/problems/problems_panel.h"
#include "widgets/theme/theme.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;

const QByteArray load =
    R"({"operation": "load", "writes": ["regs.r1"], "memory_reads": [{"memory": "dmem", "address": 4}]})"
    "\n";

class TraceTest : public ::testing::Test {
 protected:
  TraceTest() {
    window.resize(1400, 900);
    window.show();
  }
  bool settle() {
    return waitFor([this] { return !window.busy(); }, 110000);
  }
  template <class T>
  T* part() {
    T* found = window.findChild<T*>();
    EXPECT_TRUE(found);
    return found;
  }

  Theme theme{false};
  MainWindow window{theme, false};
  Folder folder;
};

TEST_F(TraceTest, SaysThatItNeedsAnArchitectureAndWaitsForIt) {
  window.openFiles({folder.write("loads.trace.jsonl", load.repeated(30))});
  ASSERT_TRUE(settle());
  EXPECT_TRUE(part<Banner>()->isVisible());
  EXPECT_THAT(part<Banner>()->text().toStdString(), HasSubstr("open the architecture"));
  window.openFiles({oneMac()});
  ASSERT_TRUE(settle());
  EXPECT_FALSE(part<Banner>()->text().contains(QStringLiteral("open the architecture")));
  window.commands().action("analyse.run")->trigger();
  ASSERT_TRUE(settle());
  const auto& estimate = window.estimates().outcome().estimate;
  ASSERT_TRUE(estimate);
  EXPECT_EQ(part<RunBar>()->totalText(), QStringLiteral("%1 cycles").arg(grouped(estimate->cycles)));
  EXPECT_EQ(part<RunBar>()->findChild<QComboBox*>()->currentText(), "loads");
  ASSERT_EQ(part<LayersPanel>()->model().rows().size(), 1U);
  EXPECT_EQ(part<LayersPanel>()->model().rows()[0].name, "loads");
  EXPECT_EQ(part<LayersPanel>()->model().rows()[0].instructions, 30);
  ASSERT_EQ(part<BreakdownPage>()->rows().size(), 1U);
  EXPECT_EQ(part<BreakdownPage>()->rows()[0].layer, "loads");
  window.commands().action("view.kernels")->trigger();
  ASSERT_TRUE(settle());
  EXPECT_EQ(part<KernelsPage>()->kernels().layer, "loads");
}

TEST_F(TraceTest, WithWrongInstructionsIsInProblemsWithItsLine) {
  const QString trace = folder.write("wrong.trace.jsonl", load + "{\"operation\": \"lod\"}\n");
  window.openFiles({oneMac(), trace});
  ASSERT_TRUE(settle());
  window.commands().action("analyse.run")->trigger();
  ASSERT_TRUE(settle());
  EXPECT_FALSE(window.estimates().outcome().estimate);
  const Diagnostics& problems = part<ProblemsPanel>()->model().problems();
  EXPECT_TRUE(std::any_of(problems.begin(), problems.end(), [&](const Diagnostic& d) {
    return d.file == trace.toStdString() && d.position.line == 2;
  }));
}

}  // namespace
}  // namespace taktwerk::test
