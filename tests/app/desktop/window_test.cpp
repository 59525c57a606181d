// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDockWidget>
#include <QDropEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QTableWidget>
#include <QTest>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/desktop/main_window.h"
#include "tests/support/places.h"
#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/breakdown/breakdown_page.h"
#include "widgets/diagram/scene/diagram_scene.h"
#include "widgets/estimate/run_bar.h"
#include "widgets/mapping/layer_model.h"
#include "widgets/mapping/layers_panel.h"
#include "widgets/network/network_model.h"
#include "widgets/network/network_page.h"
#include "widgets/problems/banner.h"
#include "widgets/problems/problem_model.h"
#include "widgets/problems/problems_panel.h"
#include "widgets/problems/source_view.h"
#include "widgets/start/start_page.h"
#include "widgets/theme/theme.h"
#include "widgets/view/view_host.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;

class WindowTest : public ::testing::Test {
 protected:
  WindowTest() {
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

TEST_F(WindowTest, StartsWithTheStartPage) {
  EXPECT_TRUE(part<StartPage>()->isVisible());
  EXPECT_FALSE(part<RunBar>()->isVisible());
  EXPECT_FALSE(part<ProblemsPanel>()->isVisible());
  ASSERT_TRUE(settle());
  EXPECT_GT(part<StartPage>()->cardCount(), 0);
}

TEST_F(WindowTest, OpensOneMacRunsTcResNet8AndShowsLayersBreakdownAndTotal) {
  window.openFiles({oneMac(), tcResNet8()});
  ASSERT_TRUE(settle());
  EXPECT_FALSE(part<StartPage>()->isVisible());
  EXPECT_THAT(part<DiagramScene>()->dump().toStdString(), HasSubstr("wire writes alu -> regs"));
  EXPECT_THAT(window.windowTitle().toStdString(), HasSubstr("One MAC"));
  window.commands().action("analyse.run")->trigger();
  ASSERT_TRUE(settle());
  const auto& estimate = window.estimates().outcome().estimate;
  ASSERT_TRUE(estimate);
  EXPECT_EQ(part<RunBar>()->totalText(), QStringLiteral("%1 cycles").arg(grouped(estimate->cycles)));
  EXPECT_EQ(part<LayersPanel>()->model().rows().size(), window.estimates().outcome().network->layers.size());
  EXPECT_EQ(part<BreakdownPage>()->rows().size(), estimate->layers.size());
  EXPECT_TRUE(part<Banner>()->text().isEmpty());
}

TEST_F(WindowTest, ShowsTheProblemsOfABrokenFileAndGoesToTheirPlace) {
  const QString path = folder.write("broken.arch.yaml", R"(format: taktwerk-architecture/1
name: broken
objects:
  decode: {class: PipelineStage, latency: -3}
  alu: {class: Teleporter}
connections: []
)");
  window.openFiles({path});
  ASSERT_TRUE(settle());
  EXPECT_FALSE(part<Banner>()->text().isEmpty());
  const Diagnostics& problems = part<ProblemsPanel>()->model().problems();
  ASSERT_FALSE(problems.empty());
  const auto negative = std::find_if(problems.begin(), problems.end(), [](const Diagnostic& d) {
    return d.object == "decode" && d.position.line == 4;
  });
  ASSERT_NE(negative, problems.end());
  EXPECT_FALSE(window.commands().action("analyse.run")->isEnabled());
  Q_EMIT part<ProblemsPanel>()->activated(*negative);
  EXPECT_EQ(part<SourceView>()->textCursor().blockNumber(), 3);
  EXPECT_TRUE(part<SourceView>()->isVisible());
  EXPECT_EQ(window.selection().objects(), ShownSelection::Objects{ShownId{0}});
}

TEST_F(WindowTest, DoesNotGrowWithTheTextsOfAFile) {
  const QByteArray word(200'000, 'w');
  const QByteArray words = QByteArray("many words ").repeated(20'000);
  const QByteArray format = "format: taktwerk-architecture/1\n";
  const QByteArray object = "\nobjects:\n  a: {class: SRAM, note: " + words + "}\n";
  const QByteArray texts[] = {
      format + "name: " + word + "\ndescription: " + words + object,
      format + "name: " + words + "\ndescription: " + word + object,
      format + "name: x\nobjects:\n  ? " + word + "\n  : {class: " + word + ", note: " + words + "}\n",
      format + "name: x\nobjects:\n  a: {class: SRAM, " + word.left(900) + ": " + word + "}\n",
      "format: " + words + "\n",
      format + words.left(900) + ": [\n",
  };
  for (const bool dark : {false, true}) {
    theme.setDark(dark);
    for (const QByteArray& text : texts) {
      SCOPED_TRACE(text.left(60).toStdString());
      window.openFiles({folder.write("long.arch.yaml", text)});
      ASSERT_TRUE(settle());
      window.selection().select({ShownId{0}});
      QTest::qWait(20);
      EXPECT_EQ(window.size(), QSize(1400, 900));
      EXPECT_LE(window.minimumSizeHint().width(), 1400);
      EXPECT_LE(window.minimumSizeHint().height(), 900);
      EXPECT_EQ(window.grab().size(), QSize(1400, 900) * window.devicePixelRatio());
    }
  }
}

TEST_F(WindowTest, DrawsALargeArrayAsOneBlockAndEstimatesAllOfIt) {
  QFile file(
      QString::fromStdString(taktwerk::sourceDirectory() + "/archs/systolic-array/systolic-array.arch.yaml"));
  ASSERT_TRUE(file.open(QIODevice::ReadOnly));
  const QByteArray text =
      file.readAll().replace("default: 4, minimum: 1, maximum: 128", "default: 64, minimum: 1");
  window.openFiles({folder.write("large.arch.yaml", text)});
  ASSERT_TRUE(settle());
  const auto document = window.documents().document();
  ASSERT_TRUE(document);
  EXPECT_GT(document->architecture->objects.size(), 12'000u);
  EXPECT_LT(document->diagram->blocks.size(), 40u);
  EXPECT_EQ(document->diagram->blocks.size(), document->shown->objects.size());
  EXPECT_THAT(part<DiagramScene>()->dump().toStdString(), HasSubstr("64 × 64 element"));
  const ShownObject* pe = document->shown->find("pe");
  ASSERT_TRUE(pe && document->group(pe->shown));
  EXPECT_EQ(document->group(pe->shown)->objects, 3u * 64 * 64);
}

TEST_F(WindowTest, KeepsWhatIsOpenWhenAFileHasNoSyntax) {
  window.openFiles({oneMac()});
  ASSERT_TRUE(settle());
  const auto before = window.documents().document();
  window.openFiles({folder.write("torn.arch.yaml", "format: [")});
  ASSERT_TRUE(settle());
  EXPECT_EQ(window.documents().document(), before);
  EXPECT_THAT(part<Banner>()->text().toStdString(), HasSubstr("torn.arch.yaml could not be opened"));
  EXPECT_GT(part<ProblemsPanel>()->model().errors(), 0);
}

TEST_F(WindowTest, OpensDroppedFiles) {
  QMimeData data;
  data.setUrls({QUrl::fromLocalFile(oneMac())});
  QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&window, &enter);
  EXPECT_TRUE(enter.isAccepted());
  QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&window, &drop);
  ASSERT_TRUE(settle());
  ASSERT_TRUE(window.documents().document());
}

TEST_F(WindowTest, ImportsAModelThatIsDroppedOnItAndRunsAgainByItself) {
  window.openFiles({oneMac(), tcResNet8()});
  ASSERT_TRUE(settle());
  window.commands().action("analyse.run")->trigger();
  ASSERT_TRUE(settle());
  const Cycles first = window.estimates().outcome().estimate->cycles;
  QMimeData data;
  data.setUrls({QUrl::fromLocalFile(
      QString::fromStdString(taktwerk::sourceDirectory() + "/tests/data/onnx/mlperf_tiny_resnet8.onnx"))});
  QDragEnterEvent enter(QPoint(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&window, &enter);
  QDropEvent drop(QPointF(10, 10), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&window, &drop);
  EXPECT_TRUE(window.estimates().outOfDate());
  ASSERT_TRUE(waitFor([&] { return !window.estimates().outOfDate() && !window.busy(); }));
  EXPECT_EQ(window.estimates().outcome().network->layers.size(), 22U);
  EXPECT_NE(window.estimates().outcome().estimate->cycles, first);
  EXPECT_EQ(part<RunBar>()->differenceText(), "") << "another network is no change of this one";
  EXPECT_EQ(part<NetworkPage>()->model().rowCount(), 22);
}

TEST_F(WindowTest, AnEditOfTheNetworkChangesTheTotalByItself) {
  window.openFiles({oneMac(), tcResNet8()});
  ASSERT_TRUE(settle());
  window.commands().action("analyse.run")->trigger();
  ASSERT_TRUE(settle());
  window.commands().action("view.network")->trigger();
  const Cycles first = window.estimates().outcome().estimate->cycles;
  NetworkPage* page = part<NetworkPage>();
  page->table().selectRow(0);
  QTableWidget& dimensions = page->dimensions();
  const auto k = dimensions.findItems("K", Qt::MatchExactly);
  ASSERT_EQ(k.size(), 1);
  dimensions.setFocus();
  dimensions.setCurrentCell(k.front()->row(), 1);
  QTest::keyClick(&dimensions, Qt::Key_F2);
  QTest::keyClicks(dimensions.findChild<QLineEdit*>(), "24");
  QTest::keyClick(dimensions.findChild<QLineEdit*>(), Qt::Key_Return);
  ASSERT_TRUE(waitFor([&] { return window.estimates().outOfDate(); })) << page->messageText().toStdString();
  ASSERT_TRUE(waitFor([&] { return !window.estimates().outOfDate() && !window.busy(); }));
  const Cycles now = window.estimates().outcome().estimate->cycles;
  EXPECT_GT(now, first);
  EXPECT_EQ(part<RunBar>()->differenceText(), differenceText(now, first));
  QTest::keyClick(&dimensions, Qt::Key_Z, Qt::ControlModifier);
  ASSERT_TRUE(waitFor([&] { return !window.estimates().outOfDate() && !window.busy(); }));
  EXPECT_EQ(window.estimates().outcome().estimate->cycles, first);
}

TEST_F(WindowTest, ChangesItsThemeAlive) {
  window.openFiles({oneMac()});
  ASSERT_TRUE(settle());
  window.commands().action("view.theme")->trigger();
  EXPECT_TRUE(theme.dark());
  const QImage image = window.grab().toImage();
  int light = 0;
  for (int y = 0; y < image.height(); y += 7) {
    for (int x = 0; x < image.width(); x += 7) light += image.pixelColor(x, y).lightness() > 200 ? 1 : 0;
  }
  EXPECT_LT(light, image.width() * image.height() / 49 / 10) << "large light areas are left";
  window.commands().action("view.theme")->trigger();
  EXPECT_FALSE(theme.dark());
}

TEST_F(WindowTest, GoesBackToTheStartPage) {
  window.openFiles({oneMac()});
  ASSERT_TRUE(settle());
  window.commands().action("file.close")->trigger();
  EXPECT_TRUE(part<StartPage>()->isVisible());
  EXPECT_FALSE(window.commands().action("file.reload")->isEnabled());
  window.openFiles({oneMac()});
  ASSERT_TRUE(settle());
  EXPECT_TRUE(waitFor([this] { return part<RunBar>()->isVisible(); }, 5000));
}

TEST_F(WindowTest, ClosesWhileARunIsUnderWay) {
  window.openFiles({oneMac(), tcResNet8()});
  ASSERT_TRUE(settle());
  window.estimates().run();
  window.openFiles({oneMac()});
  window.close();
}

TEST_F(WindowTest, TitlesOfPagesAreNeverCut) {
  window.resize(1280, 800);
  window.openFiles({oneMac()});
  ASSERT_TRUE(settle());
  QTabBar& bar = *part<QTabWidget>()->tabBar();
  EXPECT_EQ(bar.elideMode(), Qt::ElideNone);
  ASSERT_GT(bar.count(), 10);
  constexpr int padding = 2 * 7;  // of the style sheet
  for (const bool longer : {false, true}) {
    for (int tab = 0; longer && tab < bar.count(); ++tab) {  // as with more pages, or in another language
      part<QTabWidget>()->setTabText(tab, bar.tabText(tab) + QStringLiteral(" and more"));
    }
    QCoreApplication::processEvents();
    EXPECT_EQ(window.width(), 1280) << "tabs that have no room scroll";
    for (const ViewSpec& spec : window.views().specs()) {
      if (spec.place != ViewPlace::Page) continue;
      window.commands().action("view." + spec.id)->trigger();
      QCoreApplication::processEvents();
      const int tab = bar.currentIndex();
      SCOPED_TRACE(bar.tabText(tab).toStdString());
      EXPECT_TRUE(bar.rect().contains(bar.tabRect(tab))) << "the page in front has its tab in sight";
      EXPECT_GE(bar.tabRect(tab).width(), bar.fontMetrics().horizontalAdvance(bar.tabText(tab)) + padding);
    }
  }
}

/// By its title, or by the tab that stands for it: the mouse finds it there.
bool canBeReached(MainWindow& window, QDockWidget& dock) {
  if (window.tabifiedDockWidgets(&dock).isEmpty()) {
    return dock.isVisible() && dock.titleBarWidget()->height() > 0;
  }
  for (QTabBar* bar : window.findChildren<QTabBar*>(QString(), Qt::FindDirectChildrenOnly)) {
    for (int i = 0; i < bar->count(); ++i) {
      if (bar->tabText(i) != dock.windowTitle() || !bar->isVisible()) continue;
      const QPoint at = bar->tabRect(i).center();
      if (window.childAt(bar->mapTo(&window, at)) != bar) return false;
      QTest::mouseClick(bar, Qt::LeftButton, {}, at);
      QCoreApplication::processEvents();
      return !dock.visibleRegion().isEmpty();
    }
  }
  return false;
}

TEST_F(WindowTest, EveryPanelCanBeReachedAfterTheLayoutWasRestored) {
  window.openFiles({oneMac()});
  ASSERT_TRUE(settle());
  const QList<QDockWidget*> docks = window.findChildren<QDockWidget*>();
  ASSERT_EQ(docks.size(), 8);
  for (const bool maximised : {false, true}) {
    if (maximised) window.showMaximized();
    for (int restored = 0; restored < 3; ++restored) {
      SCOPED_TRACE(::testing::Message() << (maximised ? "maximised, " : "") << restored << " times before");
      if (restored == 1) {  // as somebody arranged it
        window.tabifyDockWidget(docks[3], docks[0]);
        docks[1]->hide();
        docks[5]->setFloating(true);
      }
      window.commands().action("view.restore")->trigger();
      for (int i = 0; i < 5; ++i) QCoreApplication::processEvents();
      for (QDockWidget* dock : docks) {
        EXPECT_FALSE(dock->isFloating());
        EXPECT_TRUE(canBeReached(window, *dock)) << dock->windowTitle().toStdString();
      }
    }
  }
}

}  // namespace
}  // namespace taktwerk::test
