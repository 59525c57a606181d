// SPDX-License-Identifier: GPL-3.0-or-later
// Cliffs and plateaus of results: listed, marked in the plots, and told with their causes.
#include "widgets/sweep/plots/steps_tab.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QCheckBox>
#include <QFile>
#include <QLabel>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>

#include "tests/widgets/sweep/sweep_page_fixture.h"
#include "widgets/sweep/plots/column_box.h"
#include "widgets/sweep/plots/heat_plot.h"
#include "widgets/sweep/plots/marked_bars.h"
#include "widgets/sweep/plots/marked_tab.h"
#include "widgets/sweep/plots/plot_panel.h"
#include "widgets/sweep/plots/scatter_plot.h"
#include "widgets/sweep/plots/step_finder.h"
#include "widgets/sweep/plots/step_marks.h"
#include "widgets/sweep/plots/step_overlays.h"
#include "widgets/sweep/plots/step_plot.h"
#include "widgets/sweep/plots/value_step_model.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using Kind = ValueStep::Kind;

QString matrixUnit() {
  return QFileInfo(oneMac()).dir().filePath("../tpu-like/tpu-like.arch.yaml");
}

class StepsTabTest : public SweepPageTest {
 protected:
  /// Once the space is looked through.
  void run() {
    ASSERT_TRUE(settle());
    SweepPageTest::run();
  }
  void runArray(const std::vector<const char*>& lines) {
    open(matrixUnit());
    for (const char* line : lines) add(line);
    run();
  }
  void look() {
    plots().tabs().setCurrentWidget(&tab());
    ASSERT_TRUE(settle());
  }
  PlotPanel& plots() { return page.resultPanel().plots(); }
  StepsTab& tab() { return plots().steps(); }
  /// The row of the list of the first step of a kind.
  int first(Kind kind) {
    for (int row = 0; row < tab().model().rowCount(); ++row) {
      if (tab().model().stepAt(row)->kind == kind) return row;
    }
    ADD_FAILURE() << "none";
    return 0;
  }
  std::string listed(int row, int column) {
    return tab().model().index(row, column).data().toString().toStdString();
  }
  /// The list is clicked.
  void clickOn(int row) {
    QTableView& list = tab().list();
    list.scrollTo(tab().model().index(row, 0));
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {},
                      list.visualRect(tab().model().index(row, 0)).center());
    ASSERT_TRUE(settle());
  }
};

TEST_F(StepsTabTest, ListsCliffsAndPlateausWithTheirCauses) {
  runArray({"columns = 13:20"});
  look();
  const QAbstractItemModelTester tester(&tab().model(),
                                        QAbstractItemModelTester::FailureReportingMode::Fatal);
  EXPECT_THAT(tab().countText().toStdString(),
              MatchesRegex(".* cliffs and .* plateaus in 1 lines of 8 points.*"));
  ASSERT_GT(tab().finder().steps()->count(Kind::Cliff), 0);
  const int cliff = first(Kind::Cliff);
  EXPECT_THAT(listed(cliff, ValueStepModel::What), HasSubstr("cliff"));
  EXPECT_EQ(listed(cliff, ValueStepModel::Where), "columns 15 → 16")
      << "TC-ResNet8 has layers of 16 channels";
  EXPECT_EQ(listed(cliff, ValueStepModel::Cause), "") << "until it is asked for";
  clickOn(cliff);
  EXPECT_EQ(cell(page.resultPanel().currentRow().value(), "columns"), "16") << "it leads to the point";
  EXPECT_THAT(tab().causeText().toStdString(), HasSubstr("columns 15 → 16: "));
  EXPECT_THAT(tab().causeText().toStdString(), HasSubstr(" times; "));
  EXPECT_THAT(listed(cliff, ValueStepModel::Cause), HasSubstr(" times; "));
  // Read aloud, a text is what it says.
  for (const QLabel* label : tab().findChildren<QLabel*>()) {
    QAccessibleInterface* heard = QAccessible::queryAccessibleInterface(const_cast<QLabel*>(label));
    ASSERT_TRUE(heard);
    EXPECT_EQ(heard->text(QAccessible::Name), QString(label->text()).remove('&'));
  }
  EXPECT_TRUE(tab().causeText().size() > 20);
  // The points of it beside each other.
  auto* compare = tab().findChild<QToolButton*>("compare");
  ASSERT_TRUE(compare);
  QTest::mouseClick(compare, Qt::LeftButton);
  ASSERT_TRUE(settle());
  ASSERT_EQ(plots().markedTab().bars().bars().size(), 2U);
  EXPECT_EQ(cell(plots().markedTab().bars().bars()[0].row, "columns"), "15");
  EXPECT_EQ(cell(plots().markedTab().bars().bars()[1].row, "columns"), "16");
  EXPECT_EQ(plots().currentPlot(), &plots().markedTab().bars());
}

TEST_F(StepsTabTest, PlateausAreSaidToBeDecidedBySomethingElse) {
  open();
  add("issue_buffer = 4,8,16,32");
  run();
  look();
  ASSERT_EQ(tab().model().rowCount(), 1);
  EXPECT_EQ(listed(0, ValueStepModel::Where), "issue_buffer 4…32");
  EXPECT_EQ(listed(0, ValueStepModel::Change), "4 points");
  tab().plot().setFocus();
  QTest::keyClick(&tab().plot(), Qt::Key_Right);
  ASSERT_TRUE(settle());
  EXPECT_THAT(tab().causeText().toStdString(), HasSubstr("from one end to the other"));
  EXPECT_EQ(tab().list().currentIndex().row(), 0);
}

TEST_F(StepsTabTest, AreMarkedInScatterAndHeatMapOnDemand) {
  runArray({"columns = 14:18", "rows = 16,64"});
  plots().tabs().setCurrentIndex(0);
  plots().box("Column to the right")->choose("columns");
  plots().box("Column upwards")->choose("cycles");
  const QImage without = plots().scatter().grab().toImage();
  EXPECT_FALSE(plots().overlays().ofScatter().steps());
  QTest::mouseClick(&plots().overlays().inScatter(), Qt::LeftButton, {}, QPoint(8, 8));
  ASSERT_TRUE(plots().overlays().inScatter().isChecked());
  ASSERT_TRUE(settle());
  ASSERT_TRUE(plots().overlays().ofScatter().steps());
  EXPECT_EQ(plots().overlays().ofScatter().steps()->lines(), 2);
  EXPECT_NE(plots().scatter().grab().toImage(), without);
  plots().box("Column to the right")->choose("cycles");
  ASSERT_TRUE(settle());
  EXPECT_FALSE(plots().overlays().ofScatter().steps()) << "cycles are no parameter";

  plots().tabs().setCurrentIndex(2);
  plots().box("Cells to the right")->choose("columns");
  plots().box("Cells upwards")->choose("rows");
  ASSERT_TRUE(settle());
  HeatPlot& heat = plots().heat();
  const QImage plain = heat.grab().toImage();
  QTest::mouseClick(&plots().overlays().inHeat(), Qt::LeftButton, {}, QPoint(8, 8));
  ASSERT_TRUE(settle());
  const auto& steps = plots().overlays().alongX().steps();
  ASSERT_TRUE(steps);
  ASSERT_GT(steps->count(Kind::Cliff), 0);
  EXPECT_EQ(markedCliffs({plots().data().table, heat.map(), heat.x(), heat.y()}, *steps),
            steps->count(Kind::Cliff));
  EXPECT_NE(heat.grab().toImage(), plain);
}

TEST_F(StepsTabTest, OfTheRowsThatTheFilterLetsThroughAndOfOtherResultsNone) {
  runArray({"columns = 14:18", "rows = 16,64"});
  look();
  tab().parameter().choose("columns");
  ASSERT_TRUE(settle());
  EXPECT_EQ(tab().finder().steps()->lines(), 2);
  page.resultPanel().setFilter("rows == 64");
  ASSERT_TRUE(settle());
  EXPECT_EQ(tab().finder().steps()->lines(), 1);
  EXPECT_EQ(tab().finder().steps()->points, 5);
  models.ask.plotPath = [&](const QString&) { return folder.path("steps.csv"); };
  models.commands.action("sweep.exportPlot")->trigger();
  QFile file(folder.path("steps.csv"));
  ASSERT_TRUE(file.open(QIODevice::ReadOnly));
  const std::string csv = file.readAll().toStdString();
  EXPECT_THAT(csv, HasSubstr("step,parameter,from_point,to_point,from,to,figure,before,after,points\n"));
  EXPECT_THAT(csv, HasSubstr("cliff,arch.columns,"));
  page.setup().replace("Begin anew", {});
  add("run_ahead = 2,4");
  run();
  ASSERT_TRUE(settle());
  EXPECT_EQ(tab().finder().steps()->count(Kind::Cliff), 0);
  EXPECT_EQ(tab().causeText().toStdString().find("columns"), std::string::npos);
}

TEST_F(StepsTabTest, TheChosenStepStaysWhileItsLineGrows) {
  ValueStepModel model;
  ValueSteps before, after;
  ValueStep step;
  step.from = 3, step.to = 4, step.change = -0.5;
  before.steps = {step};
  ValueStep other = step;
  other.line = 1, other.explained = 0.1;
  ValueStep none = step;
  none.to = 5;
  after.steps = {none, other};
  model.setSteps(std::make_shared<PlotData>(), std::make_shared<ValueSteps>(after), {});
  EXPECT_EQ(model.rowOf(step), 1) << "what explains it is another now";
  none.kind = Kind::Plateau;
  EXPECT_EQ(model.rowOf(none), -1);
}

TEST_F(StepsTabTest, DerivedParametersNeedNotBeEqual) {
  runArray({"columns = 14:17", "fifo_tiles = 2,4", "rows = columns * fifo_tiles"});
  look();
  tab().parameter().choose("columns");
  ASSERT_TRUE(settle());
  EXPECT_EQ(tab().finder().steps()->lines(), 2) << "of either width, though the rows differ";
  EXPECT_EQ(tab().finder().steps()->points, 8);
}

}  // namespace
}  // namespace taktwerk::test
