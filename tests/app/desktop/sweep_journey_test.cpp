// SPDX-License-Identifier: GPL-3.0-or-later
// A sweep from two sliders to files, by mouse and keys alone; and one whose window is killed.
#include <QApplication>
#include <QComboBox>
#include <QImage>
#include <QLineEdit>
#include <QProcess>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QTreeWidget>
#include <cmath>
#include <thread>

#include "core/store/result_store.h"
#include "core/sweep/row_ranges.h"
#include "tests/app/desktop/work_fixture.h"
#include "widgets/actions/command_palette.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/sweep/plots/column_box.h"
#include "widgets/sweep/plots/marked_bars.h"
#include "widgets/sweep/plots/marked_tab.h"
#include "widgets/sweep/plots/plot_panel.h"
#include "widgets/sweep/plots/scatter_plot.h"
#include "widgets/sweep/result_panel.h"
#include "widgets/sweep/results/sweep_results.h"
#include "widgets/sweep/space_panel.h"
#include "widgets/sweep/space_setup.h"
#include "widgets/sweep/space_tree.h"
#include "widgets/sweep/sweep_page.h"
#include "widgets/sweep/sweep_run.h"
#include "widgets/view/view_host.h"

namespace taktwerk::test {

/// What a child of the test below does: a window that is killed while it sweeps.
int sweepUntilKilled(const QString& architecture, const QString& store);

namespace {

using testing::HasSubstr;
using testing::StartsWith;

/// Of a space whose points take long enough for a process to be killed among them.
constexpr const char* manyPoints[] = {"mac_latency = 1:64", "fetch_width = 1:4", "channels_at_once = 1:7"};
constexpr std::int64_t manyCount = std::int64_t{64} * 4 * 7;

/// A key where the keyboard is.
void pressIn(QWidget& window, Qt::Key key, Qt::KeyboardModifiers with = {}) {
  QApplication::setActiveWindow(&window);
  QWidget* focus = QApplication::focusWidget();
  QTest::keyClick(focus && focus->window() == &window ? focus : &window, key, with);
}

/// Types lines into the field below a space.
void typeSpace(SweepPage& sweep, std::initializer_list<const char*> lines) {
  auto* field = sweep.spacePanel().findChild<QLineEdit*>();
  for (const char* line : lines) {
    QTest::keyClicks(field, QLatin1String(line));
    QTest::keyClick(field, Qt::Key_Return);
  }
}

class SweepJourney : public WorkTest {
 protected:
  SweepJourney() { sweep = window.findChild<SweepPage*>(); }

  /// A command as it is found by its name.
  void command(const char* id) {
    const QString path = window.commands().command(QLatin1String(id)).path();
    pressIn(window, Qt::Key_K, Qt::ControlModifier);
    auto* palette = window.findChild<CommandPalette*>();
    ASSERT_TRUE(palette && palette->isVisible()) << id;
    auto* line = palette->findChild<QLineEdit*>();
    line->setText(path);  // whose words are divided by what no key has
    ASSERT_EQ(palette->findChild<QTreeWidget*>()->currentItem()->text(0), path);
    QTest::keyClick(line, Qt::Key_Return);
    ASSERT_FALSE(palette->isVisible())
        << id << ": " << window.commands().command(QLatin1String(id)).whyNot().toStdString();
  }
  void varySlider(const char* tunable) {
    QToolButton* vary = nullptr;
    ASSERT_TRUE(waitFor([&] {  // layouts show what was put into them later
      for (QToolButton* each : page->findChildren<QToolButton*>()) {
        const bool wanted = each->accessibleName() == QLatin1String("Vary ") + QLatin1String(tunable) +
                                                          QLatin1String(" in the design space");
        if (wanted && each->isVisible()) vary = each;
      }
      return vary != nullptr;
    }));
    QTest::mouseClick(vary, Qt::LeftButton);
    EXPECT_EQ(window.views().frontId(), "sweep");
  }
  void clickTab(const char* title) {
    QTabBar& bar = *plots().tabs().tabBar();
    for (int tab = 0; tab < bar.count(); ++tab) {
      if (bar.tabText(tab) == QLatin1String(title))
        QTest::mouseClick(&bar, Qt::LeftButton, {}, bar.tabRect(tab).center());
    }
    ASSERT_EQ(plots().tabs().tabText(plots().tabs().currentIndex()), QLatin1String(title));
    ASSERT_TRUE(settle());
  }
  /// A column is chosen in a box by the keyboard.
  void chooseColumn(const char* box, const char* column) {
    ColumnBox* choice = plots().box(QLatin1String(box));
    ASSERT_TRUE(choice);
    choice->setFocus();
    QTest::keyClick(choice, Qt::Key_Home);
    for (int i = 0; i < choice->count() && choice->currentText() != QLatin1String(column); ++i)
      QTest::keyClick(choice, Qt::Key_Down);
    ASSERT_EQ(choice->currentText(), QLatin1String(column));
  }
  void clickRow(int place) {
    table().scrollTo(table().model()->index(place, 0));
    QTest::mouseClick(table().viewport(), Qt::LeftButton, {},
                      table().visualRect(table().model()->index(place, 0)).center());
  }
  void drag(QWidget& widget, const QPointF& from, const QPointF& to) {
    QTest::mousePress(&widget, Qt::LeftButton, {}, from.toPoint());
    for (int i = 1; i <= 8; ++i) {
      const QPointF at = from + (to - from) * (i / 8.0);
      QMouseEvent move(QEvent::MouseMove, at, widget.mapToGlobal(at), Qt::NoButton, Qt::LeftButton, {});
      QApplication::sendEvent(&widget, &move);
    }
    QTest::mouseRelease(&widget, Qt::LeftButton, {}, to.toPoint());
  }
  QTableView& table() { return sweep->resultPanel().table(); }
  PlotPanel& plots() { return sweep->resultPanel().plots(); }
  const RowTable& all() { return sweep->results().table(); }
  double figure(const char* column, std::size_t row) { return all().number(*all().find(column), row); }
  QByteArray exported(const char* id, const char* name) {
    const QString path = folder.path(name);
    window.ask().tablePath = window.ask().plotPath = [path](const QString&) { return QString(path); };
    command(id);
    EXPECT_TRUE(settle());
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
  }

  SweepPage* sweep = nullptr;
};

TEST_F(SweepJourney, FromTwoSlidersToFiles) {
  openWork();
  varySlider("channels_at_once");
  command("view.mapping");
  varySlider("positions_at_once");
  ASSERT_EQ(sweep->setup().space().dimensions.size(), 2U);
  ASSERT_TRUE(settle());
  const std::int64_t points =
      sweep->setup().space().dimensions[0].size() * sweep->setup().space().dimensions[1].size();
  pressIn(window, Qt::Key_F6);
  EXPECT_TRUE(sweep->run().isRunning());
  ASSERT_TRUE(settle());
  ASSERT_EQ(static_cast<std::int64_t>(all().rows()), points);
  EXPECT_EQ(sweep->run().totals()->all(), points);
  const std::string everything = "showing all " + std::to_string(points);
  EXPECT_EQ(sweep->resultPanel().shownText().toStdString(), everything);

  // Brushed: the filter says so, and holds for the table and for every plot.
  clickTab("Scatter");
  chooseColumn("Column to the right", "mapping.channels_at_once");
  chooseColumn("Column upwards", "cycles");
  ScatterPlot& scatter = plots().scatter();
  std::optional<QRectF> around;
  for (std::uint32_t row = 0; row < all().rows(); ++row) {
    const double channels = figure("channels_at_once", row);
    const auto at = scatter.placeOf(row);
    if (!at || channels < 2 || channels > 4) continue;
    const QRectF point(*at - QPointF(5, 5), QSizeF(10, 10));
    around = around ? around->united(point) : point;
  }
  ASSERT_TRUE(around);
  drag(scatter, around->topLeft(), around->bottomRight());
  ASSERT_TRUE(settle());
  const std::string filter = sweep->resultPanel().filter().text().toStdString();
  const RowRange channels = rangeIn(filter, all(), *all().find("channels_at_once"));
  EXPECT_EQ(channels.least, 2) << filter;
  EXPECT_EQ(channels.most, 4) << filter;
  std::int64_t within = 0;
  for (std::uint32_t row = 0; row < all().rows(); ++row) {
    const double value = figure("channels_at_once", row);
    within += value >= 2 && value <= 4 && !std::isnan(figure("cycles", row));
  }
  EXPECT_EQ(sweep->resultPanel().shownText().toStdString(),
            "showing " + std::to_string(within) + " of " + std::to_string(points));
  EXPECT_EQ(table().model()->rowCount(), within);
  EXPECT_EQ(static_cast<std::int64_t>(plots().data().shown.size()), within);
  const QByteArray shown = exported("sweep.exportShown", "shown.csv");
  EXPECT_EQ(shown.count('\n'), within + 1);

  // A baseline and a pin, side by side.
  clickRow(0);
  command("sweep.baseline");
  clickRow(static_cast<int>(within) - 1);
  command("sweep.pin");
  const auto pinned = *sweep->resultPanel().currentRow();
  clickTab("Marked");
  const auto& bars = plots().markedTab().bars().bars();
  ASSERT_EQ(bars.size(), 2U);
  EXPECT_EQ(bars[1].row, pinned);
  for (const DesignBar& bar : bars) EXPECT_EQ(static_cast<double>(bar.of.total), figure("cycles", bar.row));
  EXPECT_THAT(exported("sweep.exportPlot", "bars.svg").toStdString(), HasSubstr("<svg"));
  EXPECT_THAT(exported("sweep.exportPlot", "bars.pdf").toStdString(), StartsWith("%PDF"));
  (void)exported("sweep.exportPlot", "bars.png");
  EXPECT_EQ(QImage(folder.path("bars.png")).size(), plots().markedTab().bars().size() * 2);
  EXPECT_THAT(exported("sweep.exportPlot", "bars.csv").toStdString(), StartsWith("point,mark,layer,"));

  // Cleared with the button beside it, and all of it written.
  QToolButton* clear = nullptr;
  for (QToolButton* each : sweep->resultPanel().findChildren<QToolButton*>()) {
    if (each->text() == QLatin1String("Clear")) clear = each;
  }
  ASSERT_TRUE(clear && clear->isVisible());
  QTest::mouseClick(clear, Qt::LeftButton);
  EXPECT_EQ(sweep->resultPanel().shownText().toStdString(), everything);
  EXPECT_EQ(exported("sweep.exportAll", "all.csv").count('\n'), points + 1);
  EXPECT_EQ(exported("sweep.exportAll", "all.json").count("\"point\":"), points);

  // The pinned point is opened with Return, and its estimate is what the table says.
  const double cycles = figure("cycles", pinned), wanted = figure("channels_at_once", pinned);
  const auto& order = sweep->results().shown();
  clickRow(static_cast<int>(std::find(order.begin(), order.end(), pinned) - order.begin()));
  QTest::keyClick(&table(), Qt::Key_Return);
  EXPECT_EQ(window.views().frontId(), "diagram");
  ASSERT_TRUE(settle());
  EXPECT_EQ(window.estimates().input().parameters.at("mapping.channels_at_once"), wanted);
  ASSERT_TRUE(window.estimates().outcome().estimate);
  EXPECT_EQ(static_cast<double>(window.estimates().outcome().estimate->cycles), cycles);
}

TEST_F(SweepJourney, WhatAKilledWindowKeptIsNotEstimatedAgain) {
  openWork();
  const QString store = folder.path("kept.sqlite");
  const auto kept = [&store] {
    const auto summary = readStoreSummary(toPath(store).string());
    return summary ? summary->rows : 0;
  };
  QProcess child;
  child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
  child.start(QCoreApplication::applicationFilePath(), {"--sweep-until-killed", architecture, store});
  ASSERT_TRUE(child.waitForStarted());
  ASSERT_TRUE(waitFor([&] { return kept() > 0 || child.state() == QProcess::NotRunning; }, 110000));
  child.kill();
  ASSERT_TRUE(child.waitForFinished());
  ASSERT_EQ(child.exitStatus(), QProcess::CrashExit) << "it did not end by itself";
  const std::int64_t before = kept();
  ASSERT_GT(before, 0);

  command("view.sweep");
  typeSpace(*sweep, {manyPoints[0], manyPoints[1], manyPoints[2]});
  ASSERT_EQ(sweep->setup().space().dimensions.size(), 3U);
  window.ask().storePath = [&store](const QString&) { return QString(store); };
  QToolButton* keepIn = nullptr;
  for (QToolButton* each : sweep->spacePanel().findChildren<QToolButton*>()) {
    if (each->text() == QStringLiteral("Keep in…")) keepIn = each;
  }
  ASSERT_TRUE(keepIn);
  QTest::mouseClick(keepIn, Qt::LeftButton);
  ASSERT_EQ(sweep->setup().store(), store);
  ASSERT_TRUE(settle());
  pressIn(window, Qt::Key_F6);
  ASSERT_TRUE(settle());
  ASSERT_TRUE(sweep->run().totals());
  EXPECT_EQ(sweep->run().totals()->known, before) << "and the others are new";
  EXPECT_EQ(sweep->run().totals()->done, manyCount);
  EXPECT_EQ(static_cast<std::int64_t>(all().rows()), manyCount);
  EXPECT_EQ(sweep->resultPanel().messageText(), "");
  EXPECT_EQ(kept(), manyCount);
  EXPECT_EQ(exported("sweep.exportAll", "all.csv").count('\n'), manyCount + 1);
}

}  // namespace

int sweepUntilKilled(const QString& architecture, const QString& store) {
  Theme theme(false);
  MainWindow window(theme, false);
  window.show();
  window.models().jobs.setThreads(1);
  const auto settle = [&] { return waitFor([&] { return !window.busy(); }, 60000); };
  window.openFiles({architecture, QFileInfo(architecture).dir().filePath("mine.network.yaml")});
  auto* sweep = window.findChild<SweepPage*>();
  if (!settle() || !window.documents().document()) return 1;
  window.commands().action("view.sweep")->trigger();
  typeSpace(*sweep, {manyPoints[0], manyPoints[1], manyPoints[2]});
  sweep->setup().setStore(store);
  if (!settle() || !sweep->setup().whyNotRunnable().isEmpty()) return 1;
  pressIn(window, Qt::Key_F6);
  (void)waitFor([] { return false; }, 600000);
  return 1;
}

}  // namespace taktwerk::test
