// SPDX-License-Identifier: GPL-3.0-or-later
// What every view of results has in common: one filter, all rows, and nothing that is left out without a
// word.
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QContextMenuEvent>
#include <QMenu>
#include <QTabWidget>
#include <QTest>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/widgets/wait.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/sweep/plots/column_box.h"
#include "widgets/sweep/plots/effects_plot.h"
#include "widgets/sweep/plots/heat_plot.h"
#include "widgets/sweep/plots/parallel_plot.h"
#include "widgets/sweep/plots/plot_panel.h"
#include "widgets/sweep/plots/scatter_plot.h"
#include "widgets/sweep/plots/step_finder.h"
#include "widgets/sweep/plots/steps_tab.h"
#include "widgets/sweep/result_model.h"
#include "widgets/sweep/results/sweep_results.h"
#include "widgets/theme/theme.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;

class WholeResults : public ::testing::Test {
 protected:
  WholeResults() {
    panel.resize(900, 500);
    panel.show();
  }
  /// arch.rows (500) × mapping.tile (200): cycles, of which every tenth is 0, and an area.
  void begin(std::int64_t rows, std::int64_t tiles) {
    Figure cycles, area;
    cycles.name = cycles.unit = "cycles";
    area.name = "area";
    RowTable table({{"arch.rows", {}}, {"mapping.tile", {}}}, {cycles, area});
    for (std::int64_t r = 1; r <= rows; ++r) {
      for (std::int64_t t = 1; t <= tiles; ++t) {
        SweepRow row;
        row.point.number = static_cast<std::int64_t>(table.rows());
        row.point.values = {r, t};
        row.figures = {r % 10 == 0 ? 0.0 : 1e6 / static_cast<double>(r + t), static_cast<double>(r * t)};
        table.add(row);
      }
    }
    results.begin(table);
    ASSERT_TRUE(settle());
  }
  bool settle() {
    return waitFor([this] { return jobs.states().empty() && !results.isArranging(); }, 60000);
  }
  void show(int tab) {
    panel.tabs().setCurrentIndex(tab);
    ASSERT_TRUE(settle());
  }
  /// Of how many designs each view tells that it shows.
  void expectEverywhere(std::size_t rows, std::int64_t tiles) {
    EXPECT_EQ(static_cast<std::size_t>(model.rowCount()), rows);
    for (int tab = 0; tab < panel.tabs().count(); ++tab) {
      show(tab);
      EXPECT_EQ(panel.data().shown.size(), rows) << tab;
    }
    show(2);
    panel.box("Cells to the right")->choose("rows");
    panel.box("Cells upwards")->choose("tile");
    std::int64_t inCells = 0;
    for (const HeatCell& cell : panel.heat().map().cells) inCells += cell.rows;
    EXPECT_EQ(inCells, static_cast<std::int64_t>(rows));
    EXPECT_EQ(panel.heat().map().ys.size(), static_cast<std::size_t>(tiles));
    EXPECT_EQ(panel.effects().effects().rows, static_cast<std::int64_t>(rows));
    show(5);
    panel.steps().parameter().choose("rows");
    ASSERT_TRUE(settle());
    ASSERT_TRUE(panel.steps().finder().steps());
    const ValueSteps& steps = *panel.steps().finder().steps();
    EXPECT_EQ(steps.lines(), tiles);
    EXPECT_EQ(steps.points + steps.alone + steps.withoutFigure, static_cast<std::int64_t>(rows));
  }

  JobManager jobs;
  Theme theme{false};
  SweepResults results{jobs};
  ResultModel model{theme, results};
  PlotPanel panel{jobs, theme, results};
};

TEST_F(WholeResults, OfAHundredThousandEveryViewShowsAllAndOneFilterHoldsForAll) {
  begin(400, 250);
  expectEverywhere(100'000, 250);
  ASSERT_EQ(results.setFilter("tile <= 50 and rows > 100"), QString());
  ASSERT_TRUE(settle());
  expectEverywhere(15'000, 50);
}

TEST_F(WholeResults, WhatHasNoLogarithmSaysSo) {
  begin(20, 3);
  show(1);
  ParallelPlot& plot = panel.parallel();
  const auto entryOf = [&](std::size_t axis) {
    QString text;
    bool enabled = false;
    const QPoint middle = plot.lineOf(axis).pointAt(0.5).toPoint();
    QContextMenuEvent menuWanted(QContextMenuEvent::Mouse, middle, plot.mapToGlobal(middle));
    QApplication::sendEvent(&plot, &menuWanted);
    for (QMenu* menu : plot.findChildren<QMenu*>()) {
      for (const QAction* action : menu->actions()) {
        if (!action->text().startsWith(QLatin1String("Logarithmic"))) continue;
        text = action->text();
        enabled = action->isEnabled();
      }
      menu->close();
      delete menu;
    }
    return std::pair(text.toStdString(), enabled);
  };
  std::size_t cycles = 0;
  while (plot.axes().at(static_cast<qsizetype>(cycles)) != "cycles") ++cycles;
  EXPECT_EQ(entryOf(cycles), std::pair(std::string("Logarithmic (some values are 0 or less)"), false));
  EXPECT_EQ(entryOf(0), std::pair(std::string("Logarithmic"), true));
  plot.setLogarithmic("cycles", true);
  EXPECT_FALSE(plot.grab().isNull()) << "it stays as it is";
}

TEST_F(WholeResults, ThereIsALetterForEachPinAndNoMore) {
  begin(10, 3);
  for (std::size_t row = 0; row < PlotPanel::mostPins; ++row) {
    EXPECT_TRUE(panel.canPin(row));
    panel.togglePin(row);
  }
  EXPECT_EQ(panel.data().markOf(25), "Z");
  EXPECT_FALSE(panel.canPin(26));
  EXPECT_TRUE(panel.canPin(3)) << "to let it go";
  panel.togglePin(3);
  EXPECT_TRUE(panel.canPin(26));
}

}  // namespace
}  // namespace taktwerk::test
