// SPDX-License-Identifier: GPL-3.0-or-later
// Views of results: kept in the workspace under a name, and looked at again.
#include <QCheckBox>
#include <QHeaderView>
#include <QMenu>
#include <QTabWidget>

#include "core/study/saved_view.h"
#include "core/study/workspace.h"
#include "tests/widgets/sweep/sweep_page_fixture.h"
#include "widgets/sweep/plots/column_box.h"
#include "widgets/sweep/plots/parallel_plot.h"
#include "widgets/sweep/plots/plot_panel.h"
#include "widgets/sweep/plots/scatter_plot.h"
#include "widgets/sweep/view_menu.h"

namespace taktwerk::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Views : public SweepPageTest {
 protected:
  void runSmall() {
    open();
    add("fetch_width = 1,2,4");
    add("mac_latency = 1:3");
    ASSERT_TRUE(settle());
    run();
  }
  ResultPanel& panel() { return page.resultPanel(); }
  PlotPanel& plots() { return panel().plots(); }
  ViewMenu& views() { return *page.findChild<ViewMenu*>(); }
  int column(const char* name) { return static_cast<int>(*table().find(name)); }
  void chooseMuch() {
    panel().filter().setText("fetch_width >= 2");
    panel().table().horizontalHeader()->setSortIndicator(column("cycles"), Qt::DescendingOrder);
    panel().table().horizontalHeader()->moveSection(
        panel().table().horizontalHeader()->visualIndex(column("cycles")), 1);
    panel().setColumnShown("utilisation", false);
    plots().box("Column to the right")->choose("mac_latency");
    plots().box("Column of the colour")->choose("fetch_width");
    plots().front().setChecked(true);
    plots().parallel().setAxes(QStringList{"cycles", "arch.mac_latency"});
    plots().parallel().turn("cycles");
    plots().parallel().setLogarithmic("cycles", false);
    plots().tabs().setCurrentIndex(1);
  }
  void chooseOther() {
    panel().filter().setText({});
    panel().table().horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    panel().setColumnShown("utilisation", true);
    plots().tabs().setCurrentIndex(0);
    plots().box("Column to the right")->choose("fetch_width");
    plots().box("Column of the colour")->choose("cycles");
    plots().front().setChecked(false);
    plots().parallel().setAxes(QStringList{"arch.fetch_width", "cycles"});
  }
};

TEST_F(Views, KeepEachTab) {
  runSmall();
  ASSERT_EQ(plots().tabs().count(), static_cast<int>(viewPlots().size()));
  for (int tab = 0; tab < plots().tabs().count(); ++tab) {
    plots().tabs().setCurrentIndex(tab);
    ASSERT_TRUE(settle());
    views().save("tab");
    plots().tabs().setCurrentIndex(tab == 0 ? 1 : 0);
    views().apply("tab");
    ASSERT_TRUE(settle());
    EXPECT_EQ(plots().tabs().currentIndex(), tab);
    views().remove("tab");
  }
}

TEST_F(Views, NeverHideTheNumbersOfPoints) {
  runSmall();
  views().save("none");
  SavedView view = models.workspace.sweep().views.front();
  for (const RowColumn& column : table().columns()) view.hidden.push_back(column.name);
  (void)panel().takeView(view);
  EXPECT_FALSE(panel().table().isColumnHidden(0));
  EXPECT_TRUE(panel().table().isColumnHidden(column("cycles")));
}

TEST_F(Views, PlotsOfAnotherSweepShowNoColumnsOfTheOneBefore) {
  runSmall();
  for (int tab = 0; tab < plots().tabs().count(); ++tab) {
    plots().tabs().setCurrentIndex(tab);
    ASSERT_TRUE(settle());
  }
  plots().tabs().setCurrentIndex(0);
  plots().box("Column of the colour")->choose("utilisation");
  ASSERT_TRUE(settle());
  // More columns, and each plot is looked at only then.
  add("issue_buffer = 8,16");
  ASSERT_TRUE(settle());
  run();
  for (int tab = 0; tab < plots().tabs().count(); ++tab) {
    plots().tabs().setCurrentIndex(tab);
    ASSERT_TRUE(settle());
    if (ResultPlot* plot = plots().currentPlot()) {
      EXPECT_EQ(plot->shared()->table.columns().size(), table().columns().size()) << tab;
    }
  }
}

TEST_F(Views, BringBackAllThatWasLookedAt) {
  runSmall();
  chooseMuch();
  ASSERT_TRUE(settle());
  views().save("my & view");
  const SavedView saved = models.workspace.sweep().views.front();
  EXPECT_EQ(saved.filter, "fetch_width >= 2");
  EXPECT_EQ(saved.sort, "cycles");
  EXPECT_THAT(saved.hidden, ElementsAre("utilisation"));
  EXPECT_EQ(saved.axes, (std::vector<ViewAxis>{{"cycles", true, false}, {"arch.mac_latency", false, {}}}));
  chooseOther();
  ASSERT_TRUE(settle());
  EXPECT_NE(panel().currentView().filter, saved.filter);
  views().apply("my & view");
  ASSERT_TRUE(settle());
  SavedView now = panel().currentView();
  now.name = saved.name;
  EXPECT_EQ(now, saved);
  EXPECT_EQ(page.results().shown().size(), 6U);
  EXPECT_EQ(plots().tabs().currentIndex(), 1);
  EXPECT_TRUE(panel().table().isColumnHidden(column("utilisation")));
  EXPECT_EQ(panel().table().horizontalHeader()->visualIndex(column("cycles")), 1);
  EXPECT_EQ(panel().messageText(), "");
  // It is in the file of the workspace, and that is what is read of it.
  const auto kept = parseWorkspace(models.workspace.text(), "w.taktwerk");
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->sweep.views, models.workspace.sweep().views);
}

TEST_F(Views, NameColumnsThatOtherResultsLackAndApplyTheRest) {
  runSmall();
  chooseMuch();
  views().save("wide");
  ASSERT_TRUE(settle());
  WorkspaceSweep sweep = models.workspace.sweep();
  sweep.views.front().colour = "arch.gone";
  sweep.views.front().columns.insert(sweep.views.front().columns.begin(), "figure.gone");
  models.workspace.changeSweep({"Change"}, sweep);
  chooseOther();
  views().apply("wide");
  EXPECT_THAT(panel().messageText().toStdString(), HasSubstr("no figure.gone and no arch.gone"));
  EXPECT_EQ(panel().filter().text(), "fetch_width >= 2");
  EXPECT_EQ(plots().box("Column to the right")->name(), "arch.mac_latency");
  EXPECT_EQ(plots().box("Column of the colour")->name(), "cycles") << "what was chosen stays";
}

TEST_F(Views, AreRenamedDeletedAndReplacedWithNothingLost) {
  runSmall();
  views().save("one");
  panel().filter().setText("fetch_width == 1");
  views().save("two");
  EXPECT_THAT(views().names(), ElementsAre("one", "two"));
  EXPECT_THAT(views().rename("one", "two").toStdString(), HasSubstr("already"));
  EXPECT_EQ(views().rename("one", "first"), "");
  views().remove("two");
  EXPECT_THAT(views().names(), ElementsAre("first"));
  models.history.undo();
  EXPECT_THAT(views().names(), ElementsAre("first", "two"));
  views().save("first");
  EXPECT_EQ(models.workspace.sweep().views.front().filter, "fetch_width == 1");
  models.history.undo();
  EXPECT_EQ(models.workspace.sweep().views.front().filter, "");
  EXPECT_TRUE(models.workspace.isModified());
}

TEST_F(Views, TheMenuOffersThemByName) {
  runSmall();
  models.ask.viewName = [](const QString&) { return QStringLiteral("asked"); };
  const auto texts = [&] {
    Q_EMIT views().menu()->aboutToShow();
    QStringList all;
    for (const QAction* action : views().menu()->actions()) {
      if (!action->isSeparator()) all << action->text();
    }
    return all;
  };
  EXPECT_THAT(texts(), ElementsAre("&Save view as…"));
  views().menu()->actions().front()->trigger();
  EXPECT_THAT(texts(), ElementsAre("asked", "&Save view as…", "&Rename", "&Delete"));
  for (int time = 0; time < 3; ++time) texts();
  EXPECT_EQ(views().menu()->findChildren<QMenu*>().size(), 2) << "those of before are gone";
  panel().filter().setText("fetch_width == 1");
  views().menu()->actions().front()->trigger();
  EXPECT_EQ(panel().filter().text(), "") << "the view had none";
}

}  // namespace
}  // namespace taktwerk::test
