// SPDX-License-Identifier: GPL-3.0-or-later
// The plots of a sweep, driven as users do: by mouse and keys.
#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QFile>
#include <QImage>
#include <QListWidget>
#include <QPainter>
#include <QSlider>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/widgets/wait.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/sweep/plots/axis_menu.h"
#include "widgets/sweep/plots/column_box.h"
#include "widgets/sweep/plots/effects_plot.h"
#include "widgets/sweep/plots/heat_plot.h"
#include "widgets/sweep/plots/marked_designs.h"
#include "widgets/sweep/plots/parallel_plot.h"
#include "widgets/sweep/plots/plot_export.h"
#include "widgets/sweep/plots/plot_panel.h"
#include "widgets/sweep/plots/scatter_plot.h"
#include "widgets/sweep/results/sweep_results.h"
#include "widgets/theme/theme.h"

namespace taktwerk::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

enum Tab { Scatter, Parallel, Heat, EffectsTab, Marked };

class Plots : public ::testing::Test {
 protected:
  Plots() {
    panel.resize(900, 500);
    panel.show();
    QObject::connect(&panel, &PlotPanel::filterWanted, [this](const QString& text) {
      wanted = text;
      EXPECT_EQ(results.setFilter(text), QString()) << text.toStdString();
    });
    QObject::connect(&panel, &PlotPanel::rowChosen, [this](std::uint32_t row) {
      chosen = row;
      panel.setCurrent(row);
    });
    QObject::connect(&panel, &PlotPanel::rowWanted, [this](std::uint32_t row) { opened = row; });
  }
  static RowTable emptyTable() {
    Figure cycles, area;
    cycles.name = cycles.unit = "cycles";
    area.name = "area";
    return RowTable({{"network", {"small", "large"}}, {"arch.rows", {}}, {"mapping.tile", {}}},
                    {cycles, area});
  }
  /// rows × tiles × networks: cycles fall with the rows, the area grows; tile 3 is none.
  static void fill(RowTable& table, std::int64_t from = 1, std::int64_t to = 8) {
    for (std::int64_t rows = from; rows <= to; ++rows) {
      for (std::int64_t tile = 1; tile <= 3; ++tile) {
        for (std::int64_t network = 0; network < 2; ++network) {
          SweepRow row;
          row.point.number = static_cast<std::int64_t>(table.rows());
          row.point.values = {network, rows, tile == 3 ? std::nullopt : std::optional(tile)};
          const double cycles = 8000.0 * static_cast<double>(1 + network) / static_cast<double>(rows) +
                                static_cast<double>(10 * tile);
          row.figures = {cycles, 100.0 * static_cast<double>(rows) + static_cast<double>(tile)};
          if (rows == 2 && tile == 2 && network == 1) {
            row.state = PointState::Failed;
            row.reason = "a deadlock";
            row.figures = {std::nan(""), std::nan("")};
          }
          table.add(row);
        }
      }
    }
  }
  void show(Tab tab) {
    panel.tabs().setCurrentIndex(tab);
    ASSERT_TRUE(settle());
  }
  bool settle() {
    return waitFor([this] { return jobs.states().empty() && !results.isArranging(); });
  }
  void begin() {
    RowTable table = emptyTable();
    fill(table);
    results.begin(table);
    ASSERT_TRUE(settle());
  }
  static void drag(QWidget& widget, const QPointF& from, const QPointF& to) {
    QTest::mousePress(&widget, Qt::LeftButton, {}, from.toPoint());
    for (int i = 1; i <= 8; ++i) {
      const QPointF at = from + (to - from) * (i / 8.0);
      QMouseEvent move(QEvent::MouseMove, at, widget.mapToGlobal(at), Qt::NoButton, Qt::LeftButton, {});
      QApplication::sendEvent(&widget, &move);
    }
    QTest::mouseRelease(&widget, Qt::LeftButton, {}, to.toPoint());
  }
  static void click(QWidget& widget, const QPointF& at) {
    QTest::mouseClick(&widget, Qt::LeftButton, {}, at.toPoint());
  }
  std::size_t column(const char* name) const { return results.table().find(name).value(); }

  JobManager jobs;
  Theme theme{false};
  SweepResults results{jobs};
  PlotPanel panel{jobs, theme, results};
  QString wanted;
  std::optional<std::uint32_t> chosen, opened;
};

TEST_F(Plots, AScatterPlotIsBrushedAndChoosesAndOpens) {
  begin();
  ScatterPlot& plot = panel.scatter();
  EXPECT_EQ(plot.choice().x, column("area"));
  EXPECT_EQ(plot.choice().y, column("cycles"));
  EXPECT_THAT(plot.countText().toStdString(), HasSubstr("1 without a value here"));
  const QPointF third = plot.placeOf(12).value();
  click(plot, third);
  ASSERT_TRUE(chosen);
  EXPECT_EQ(plot.placeOf(*chosen), third);
  QTest::keyClick(&plot, Qt::Key_Right);
  EXPECT_GE(results.table().number(column("area"), *chosen), results.table().number(column("area"), 12));
  QTest::keyClick(&plot, Qt::Key_Return);
  EXPECT_EQ(opened, chosen);
  EXPECT_THAT(plot.accessibleDescription().toStdString(), HasSubstr("cycles"));

  const QPointF least = plot.placeOf(0).value(), most = plot.placeOf(30).value();
  drag(plot, least + QPointF(-6, 40), most + QPointF(4, -60));
  EXPECT_THAT(wanted.toStdString(), HasSubstr("area <= "));
  EXPECT_THAT(wanted.toStdString(), HasSubstr("cycles >= "));
  EXPECT_LT(results.shown().size(), results.table().rows());
  EXPECT_GT(results.shown().size(), 4U);
  for (const std::uint32_t row : results.shown())
    EXPECT_LE(results.table().number(column("area"), row), results.table().number(column("area"), 35));
  EXPECT_EQ(plot.data().isShown[47], 0) << "rows that are hidden stay in sight, faint";
}

TEST_F(Plots, TheFrontIsFoundOnDemandForAnyObjectives) {
  begin();
  EXPECT_TRUE(panel.scatter().front().empty());
  panel.front().setChecked(true);
  const std::vector<std::uint32_t> front = panel.scatter().front();
  EXPECT_EQ(front.size(), 8U) << "for each number of rows the small network with the first tile";
  for (const std::uint32_t row : front) EXPECT_EQ(results.table().number(column("tile"), row), 1);
  panel.box("Column of the colour")->choose("network");
  panel.box("Column of the size")->choose("rows");
  EXPECT_EQ(panel.scatter().choice().colour, column("network"));
  EXPECT_FALSE(panel.scatter().grab().isNull());
  ASSERT_EQ(results.setFilter("rows <= 4"), QString());
  EXPECT_EQ(panel.scatter().front().size(), 4U) << "of what is shown";
}

TEST_F(Plots, AxesStayWhileResultsComeUntilTheyAreRescaled) {
  RowTable table = emptyTable();
  fill(table, 3, 6);
  results.begin(table);
  ScatterPlot& plot = panel.scatter();
  const QPointF before = plot.placeOf(0).value();
  fill(table, 7, 30);
  results.grow(table);
  EXPECT_TRUE(plot.isOutgrown());
  EXPECT_EQ(plot.placeOf(0).value(), before);
  plot.rescale();
  EXPECT_FALSE(plot.isOutgrown());
  EXPECT_NE(plot.placeOf(0).value(), before);
}

TEST_F(Plots, ParallelCoordinatesAreBrushedMovedAndTurned) {
  begin();
  show(Parallel);
  ParallelPlot& plot = panel.parallel();
  EXPECT_THAT(plot.axes(), ElementsAre("network", "arch.rows", "mapping.tile", "cycles", "area"));
  const QLineF rows = plot.lineOf(1);
  drag(plot, rows.pointAt(0.55), rows.pointAt(0.9));
  EXPECT_EQ(wanted, "rows >= 5 and rows <= 7");
  EXPECT_EQ(results.shown().size(), 18U);
  const QLineF networks = plot.lineOf(0);
  drag(plot, networks.pointAt(0.6), networks.pointAt(0.95));
  EXPECT_EQ(wanted, "rows >= 5 and rows <= 7 and network == \"large\"");
  click(plot, rows.pointAt(0.2));
  EXPECT_EQ(wanted, "network == \"large\"") << "a click takes a brush away";
  // Behind the last axis; and none has a place of its own.
  drag(plot, QPointF(networks.x2(), networks.y2() - 20),
       QPointF(plot.lineOf(4).x2() + 20, networks.y2() - 20));
  EXPECT_THAT(plot.axes(), ElementsAre("arch.rows", "mapping.tile", "cycles", "area", "network"));
  const QLineF tiles = plot.lineOf(1);
  drag(plot, tiles.pointAt(-0.02), tiles.pointAt(-0.1));
  EXPECT_THAT(wanted.toStdString(), HasSubstr("tile == none"));
  EXPECT_EQ(results.shown().size(), 8U);
  plot.turn("arch.rows");
  EXPECT_FALSE(plot.grab().isNull());
  QTest::keyClick(&plot, Qt::Key_Home);
  EXPECT_EQ(chosen, 5U) << "the first that is shown";
}

TEST_F(Plots, TheBestOfAllAreKept) {
  begin();
  show(Parallel);
  panel.best().setValue(25);
  EXPECT_THAT(wanted.toStdString(), HasSubstr("cycles <= "));
  EXPECT_EQ(results.shown().size(), 11U) << "of 47 with a figure";
  panel.best().setValue(100);
  EXPECT_EQ(wanted, "");
}

TEST_F(Plots, AHeatMapChoosesTheBestOfACellAndIsBrushed) {
  begin();
  show(Heat);
  HeatPlot& plot = panel.heat();
  panel.box("Cells to the right")->choose("rows");
  panel.box("Cells upwards")->choose("tile");
  ASSERT_EQ(plot.map().xs.size(), 8U);
  ASSERT_EQ(plot.map().ys.size(), 3U) << "none is a value, too";
  click(plot, plot.cellOf(3, 0).center());
  ASSERT_TRUE(chosen);
  EXPECT_EQ(results.table().number(column("rows"), *chosen), 4);
  EXPECT_EQ(results.table().text(column("network"), *chosen), "small");
  drag(plot, plot.cellOf(1, 0).center(), plot.cellOf(4, 1).center());
  EXPECT_EQ(wanted, "rows >= 2 and rows <= 5 and tile >= 1 and tile <= 2");
  EXPECT_EQ(plot.map().xs.size(), 4U);
}

TEST_F(Plots, EffectsSayWhichParameterMattersAndNarrow) {
  begin();
  show(EffectsTab);
  EffectsPlot& plot = panel.effects();
  ASSERT_EQ(plot.effects().main.size(), 3U);
  EXPECT_EQ(plot.effects().main[0].column, column("rows"));
  EXPECT_GT(plot.effects().main[0].share, 0.5);
  EXPECT_THAT(plot.accessibleDescription().toStdString(), HasSubstr("rows: "));
  QTest::keyClick(&plot, Qt::Key_Down);
  EXPECT_EQ(plot.current(), 1U);
  EXPECT_FALSE(plot.grab().isNull());
  // The levels of the second effect, the network, stand at the right.
  click(plot, QPointF(plot.width() * 0.9, plot.height() * 0.5));
  EXPECT_THAT(wanted.toStdString(), HasSubstr("network == \""));
}

TEST_F(Plots, MarkedDesignsStandSideBySideWithTheirChange) {
  begin();
  QAbstractItemModelTester tester(&panel.marked(), QAbstractItemModelTester::FailureReportingMode::Fatal);
  EXPECT_EQ(panel.marked().rowCount(), 0);
  panel.setBaseline(0);
  panel.togglePin(6);
  panel.togglePin(47);
  panel.setCurrent(12);
  EXPECT_EQ(panel.marked().columnCount(), 4);
  EXPECT_EQ(panel.marked().headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), "base: point 0");
  EXPECT_EQ(panel.marked().headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), "A: point 6");
  int cycles = 0;
  while (panel.marked().headerData(cycles, Qt::Vertical, Qt::DisplayRole).toString() != "cycles") ++cycles;
  EXPECT_EQ(panel.marked().index(cycles, 0).data().toString(), "8,010");
  EXPECT_EQ(panel.marked().index(cycles, 1).data().toString(), "4,010  −49.9 %");
  panel.togglePin(6);
  EXPECT_EQ(panel.data().markOf(47), "A");
  panel.setBaseline(47);
  EXPECT_EQ(panel.data().markOf(47), "A, base");
  results.begin(emptyTable());
  EXPECT_EQ(panel.marked().rowCount(), 0) << "marks are of these results alone";
}

TEST_F(Plots, NamesStandInAnOrderOfOnesOwn) {
  begin();
  show(Parallel);
  ParallelPlot& lines = panel.parallel();
  panel.setOrder("network", {"large", "small"});
  const QLineF networks = lines.lineOf(0);
  drag(lines, networks.pointAt(0.1), networks.pointAt(0.4));
  EXPECT_EQ(wanted, "network == \"large\"") << "which is the lower one now";
  ASSERT_EQ(results.setFilter(""), QString());
  show(Heat);
  panel.box("Cells to the right")->choose("network");
  panel.box("Cells upwards")->choose("rows");
  EXPECT_THAT(panel.heat().map().xs, ElementsAre(1, 0));
  show(Scatter);
  panel.box("Column to the right")->choose("network");
  const auto xOf = [&](std::uint32_t row) { return panel.scatter().placeOf(row).value().x(); };
  EXPECT_LT(xOf(1), xOf(0)) << "large before small";
  panel.setOrder("network", {});
  EXPECT_GT(xOf(1), xOf(0));
  OrderDialog dialog("network", {"small", "large", "huge"}, {"huge", "large", "small"});
  dialog.list().setCurrentRow(2);
  dialog.move(-1);
  dialog.move(-1);
  dialog.move(-1);
  EXPECT_THAT(dialog.names(), ElementsAre("huge", "small", "large"));
}

TEST_F(Plots, TheLegendCountsDesignsInTheSamePlace) {
  RowTable table = emptyTable();
  for (std::int64_t i = 0; i < 30; ++i) {
    SweepRow row;
    row.point.number = i;
    row.point.values = {0, i % 3, i % 3};
    row.figures = {100.0 + static_cast<double>(i % 3), 10.0 + static_cast<double>(i % 3)};
    if (i < 4) {
      row.complete = false;
      row.missingLayers = 1;
    }
    table.add(row);
  }
  results.begin(table);
  show(Scatter);
  EXPECT_EQ(panel.scatter().legendText(),
            "30 points, 3 marks; up to 10 in one place · hollow: 4 with layers missing");
  show(Parallel);
  EXPECT_EQ(panel.parallel().legendText(), "30 designs, 3 lines; up to 10 in one place");
  ASSERT_EQ(results.setFilter("rows == 1"), QString());
  ASSERT_TRUE(settle());
  EXPECT_EQ(panel.parallel().legendText(), "10 designs, all in one place · faint: 20 hidden by the filter");
}

TEST_F(Plots, CellsAreOfTheTwoParametersThatMatterUntilTheUserChooses) {
  std::vector<SweepRow> rows;
  for (std::int64_t i = 0; i < 64; ++i) {
    SweepRow& row = rows.emplace_back();
    row.point.number = i;
    row.point.values = {i % 2, i / 2 % 4, i / 8 % 8};
    const auto network = static_cast<double>(i % 2), count = static_cast<double>(i / 2 % 4),
               tile = static_cast<double>(i / 8 % 8);
    row.figures = {1000 + 100 * tile + 10 * count + network, 50 + 20 * count + network};
  }
  // Of the first that come it would be the network and the rows.
  RowTable table = emptyTable();
  for (std::size_t row = 0; row < 8; ++row) table.add(rows[row]);
  results.begin(table);
  show(Heat);
  EXPECT_EQ(panel.box("Cells to the right")->name(), "arch.rows");
  for (std::size_t row = 8; row < rows.size(); ++row) table.add(rows[row]);
  results.grow(table);
  ASSERT_TRUE(settle());
  EXPECT_EQ(panel.box("Cells to the right")->name(), "mapping.tile");
  EXPECT_EQ(panel.box("Cells upwards")->name(), "arch.rows");
  panel.box("Figure of the cells")->choose("area");
  ASSERT_TRUE(settle());
  EXPECT_EQ(panel.box("Cells to the right")->name(), "arch.rows") << "of the figure that is shown";
  EXPECT_EQ(panel.box("Cells upwards")->name(), "network");
  panel.box("Cells to the right")->choose("network");
  show(Scatter);
  show(Heat);
  EXPECT_EQ(panel.box("Cells to the right")->name(), "network") << "what was chosen stays";
}

TEST_F(Plots, AreWrittenAsPicturesAndDocuments) {
  begin();
  const QTemporaryDir folder;
  for (const Tab tab : {Scatter, Parallel, Heat, EffectsTab}) {
    show(tab);
    for (const char* ending : {".svg", ".png", ".pdf"}) {
      const QString path = folder.filePath(QString::number(tab) + QLatin1String(ending));
      EXPECT_TRUE(exportPlot(*panel.currentPlot(), path).empty());
      QFile file(path);
      ASSERT_TRUE(file.open(QIODevice::ReadOnly));
      const QByteArray bytes = file.readAll();
      EXPECT_GT(bytes.size(), 1500) << path.toStdString();
      if (path.endsWith(QLatin1String(".png"))) {
        EXPECT_EQ(QImage(path).size(), panel.currentPlot()->size() * 2);
      }
      if (path.endsWith(QLatin1String(".pdf"))) {
        EXPECT_TRUE(bytes.startsWith("%PDF"));
      }
    }
  }
  EXPECT_FALSE(exportPlot(*panel.currentPlot(), folder.filePath("no/plot.svg")).empty());
}

TEST_F(Plots, ShowNothingWithoutResultsAndInEitherTheme) {
  for (const bool dark : {false, true}) {
    theme.setDark(dark);
    for (const Tab tab : {Scatter, Parallel, Heat, EffectsTab, Marked}) {
      show(tab);
      EXPECT_FALSE(panel.grab().isNull());
    }
  }
  RowTable table = emptyTable();
  SweepRow only;
  only.point.values = {0, 4, 1};
  only.figures = {1000, 50};
  table.add(only);
  results.begin(table);
  for (const Tab tab : {Scatter, Parallel, Heat, EffectsTab, Marked}) {
    show(tab);
    EXPECT_FALSE(panel.grab().isNull());
    if (ResultPlot* plot = panel.currentPlot()) {
      drag(*plot, QPointF(30, 30), QPointF(200, 200));
      QTest::keyClick(plot, Qt::Key_End);
    }
  }
}

TEST_F(Plots, OfOtherResultsAreThoseOfNoneBefore) {
  const auto tableWith = [](int middle) {
    RowTable table = emptyTable();
    for (const int rows : {1, middle, 9}) {
      SweepRow row;
      row.point.number = static_cast<std::int64_t>(table.rows());
      row.point.values = {rows % 2, rows, rows};
      row.figures = {100.0 + rows, 10.0 + rows};
      table.add(row);
    }
    return table;
  };
  for (const Tab tab : {Scatter, Parallel, Heat, EffectsTab}) {
    results.begin(tableWith(3));
    show(tab);
    const QImage before = panel.currentPlot()->grab().toImage();
    results.begin(tableWith(7));  // as many rows, with the same least and most
    ASSERT_TRUE(settle());
    EXPECT_NE(panel.currentPlot()->grab().toImage(), before) << tab;
  }
  // What a job finds of results that have gone is not shown with those that came.
  RowTable many = emptyTable();
  fill(many, 1, 4000);
  results.begin(many);
  results.begin(RowTable());
  ASSERT_TRUE(settle());
  EXPECT_TRUE(panel.effects().effects().main.empty());
  EXPECT_FALSE(panel.effects().grab().isNull());
  results.begin(tableWith(3));
  show(Scatter);
  RowTable other = emptyTable();
  fill(other, 100, 200);
  results.begin(other);
  EXPECT_FALSE(panel.scatter().isOutgrown()) << "it did not grow, it is another";
}

/// Every row that is hidden by the filter is drawn before those that are shown, however many there are.
TEST_F(Plots, OfManyResultsShowThemAll) {
  RowTable table = emptyTable();
  for (std::int64_t i = 0; i < 100'000; ++i) {
    SweepRow row;
    row.point.number = i;
    row.point.values = {i % 2, i % 311, i % 7};
    row.figures = {1000.0 + static_cast<double>(i * 7919 % 100'003),
                   10.0 + static_cast<double>(i * 104'729 % 99'991)};
    table.add(row);
  }
  results.begin(table);
  ASSERT_TRUE(settle());
  for (const Tab tab : {Scatter, Parallel, Heat, EffectsTab}) {
    show(tab);
    const QImage all = panel.currentPlot()->grab().toImage();
    ASSERT_EQ(results.setFilter("rows <= 100"), QString());
    ASSERT_TRUE(settle());
    EXPECT_NE(panel.currentPlot()->grab().toImage(), all) << tab;
    ASSERT_EQ(results.setFilter(""), QString());
    ASSERT_TRUE(settle());
    EXPECT_EQ(panel.data().shown.size(), 100'000U);
  }
}

}  // namespace
}  // namespace taktwerk::test
