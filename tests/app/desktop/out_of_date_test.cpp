// SPDX-License-Identifier: GPL-3.0-or-later
// No view shows figures, texts or problems that something has changed since without saying so.
#include <QDockWidget>
#include <QEvent>
#include <QTest>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/desktop/main_window.h"
#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/actions/command_table.h"
#include "widgets/breakdown/breakdown_page.h"
#include "widgets/diagram/scene/diagram_scene.h"
#include "widgets/diagram/scene/diagram_view.h"
#include "widgets/diagram/scene/minimap.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/estimate/run_bar.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/mapping/layer_model.h"
#include "widgets/mapping/layers_panel.h"
#include "widgets/mapping/mapping_page.h"
#include "widgets/network/network_model.h"
#include "widgets/network/network_page.h"
#include "widgets/problems/source_view.h"
#include "widgets/session/selection_model.h"
#include "widgets/session/session.h"
#include "widgets/theme/theme.h"

namespace taktwerk::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class OutOfDate : public ::testing::Test {
 protected:
  void estimate() {
    estimates.setDocument(oneMacDocument());
    estimates.setNetwork(tcResNet8());
    ASSERT_TRUE(settle());
    estimates.run();
    ASSERT_TRUE(settle());
    ASSERT_TRUE(estimates.outcome().estimate);
  }
  bool settle() {
    return waitFor([this] { return jobs.states().empty(); });
  }
  Theme theme{false};
  JobManager jobs;
  CommandTable commands{theme};
  SelectionModel selection;
  EstimateController estimates{jobs};
};

TEST_F(OutOfDate, TheTableOfLayersSaysIt) {
  Session session;
  LayersPanel panel(theme, session, estimates);
  estimate();
  const auto standings = [&] {
    QStringList all;
    for (const LayerRow& row : panel.model().rows()) all << row.standing;
    all.removeDuplicates();
    return all;
  };
  EXPECT_FALSE(standings().contains("out of date"));
  panel.setCurrentLayer(panel.model().rows()[3].name);
  estimates.setParameters({{"arch.mac_latency", 5}});
  EXPECT_EQ(standings(), QStringList{"out of date"});
  const QModelIndex cycles = panel.model().index(0, LayerModel::CycleCount);
  EXPECT_EQ(qvariant_cast<QBrush>(cycles.data(Qt::ForegroundRole)).color(),
            theme.colour(&Palette::mutedText));
  ASSERT_TRUE(settle());
  estimates.run();
  ASSERT_TRUE(settle());
  EXPECT_FALSE(standings().contains("out of date"));
}

TEST_F(OutOfDate, TheBreakdownSaysIt) {
  BreakdownPage page(theme, estimates, selection);
  estimate();
  EXPECT_THAT(page.sentenceText().toStdString(), Not(HasSubstr("ut of date")));
  estimates.setChoices({{"conv0", {"conv1d on one MAC", {}}}});
  EXPECT_TRUE(page.sentenceText().startsWith("Out of date. "));
  estimates.run();
  ASSERT_TRUE(settle());
  EXPECT_THAT(page.sentenceText().toStdString(), Not(HasSubstr("ut of date")));
}

TEST_F(OutOfDate, TheNetworkSaysItOfItsMappings) {
  History history;
  NetworkPage page(theme, estimates, history);
  estimate();
  const auto* model = page.findChild<NetworkModel*>();
  ASSERT_TRUE(model);
  const auto status = [&] { return model->index(0, NetworkModel::Status).data().toString(); };
  EXPECT_EQ(status(), "conv1d on one MAC");
  estimates.setParameters({{"arch.mac_latency", 5}});
  ASSERT_TRUE(settle());
  EXPECT_EQ(status(), "out of date: conv1d on one MAC");
  estimates.run();
  ASSERT_TRUE(settle());
  EXPECT_EQ(status(), "conv1d on one MAC");
}

TEST_F(OutOfDate, ANetworkWhoseTextHasErrorsSaysThatWhatIsShownIsFromBefore) {
  Folder folder;
  QFile original(tcResNet8());
  ASSERT_TRUE(original.open(QIODevice::ReadOnly));
  History history;
  NetworkPage page(theme, estimates, history);
  estimates.setNetwork(folder.write("n.network.yaml", original.readAll()));
  ASSERT_TRUE(settle());
  page.document().change(page.document().text() + "# mine\n", QStringLiteral("note"));
  const QString before = page.totalsText();
  page.document().change(page.document().text() + "nonsense: 1\n", QStringLiteral("typing"));
  EXPECT_THAT(page.totalsText().toStdString(), HasSubstr("Out of date"));
  history.undo();
  EXPECT_EQ(page.totalsText(), before);
}

TEST_F(OutOfDate, ARunThatFoundOnlyProblemsIsOutOfDateOnceTheyMayBeSolved) {
  Folder folder;
  Session session;
  RunBar bar(theme, session, estimates, jobs, commands);
  estimates.setLive(true);
  estimates.setDocument(oneMacDocument());
  estimates.setNetwork(tcResNet8());
  const QString path = folder.write("m.mapping.yaml", "format: taktwerk-mapping/1\nnonsense: 1\n");
  estimates.setMappings({path});
  ASSERT_TRUE(settle());
  estimates.run();
  ASSERT_TRUE(settle());
  ASSERT_TRUE(hasErrors(estimates.problems()));
  estimates.setMappings({});
  EXPECT_TRUE(estimates.outOfDate());
  EXPECT_EQ(bar.standingText(), "out of date");
  ASSERT_TRUE(waitFor([&] { return estimates.outcome().estimate && jobs.states().empty(); }));
  EXPECT_FALSE(hasErrors(estimates.problems()));
  EXPECT_EQ(bar.standingText(), "proven to repeat");
}

/// Counts how often a widget is drawn.
class PaintCounter : public QObject {
 public:
  int count = 0;

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override {
    if (event->type() == QEvent::Paint) ++count;
    return QObject::eventFilter(watched, event);
  }
};

TEST_F(OutOfDate, TheMinimapIsDrawnAnewWhenABlockHasMovedWithinTheDiagram) {
  DiagramScene scene(theme, selection);
  DiagramView view(scene, theme);
  const auto document = oneMacDocument();
  scene.setDocument(document);
  view.resize(400, 300);
  view.show();
  view.zoomTo100();
  auto* minimap = view.findChild<Minimap*>();
  ASSERT_TRUE(waitFor([&] { return minimap->isVisible(); }));
  QTest::qWait(50);
  PaintCounter counter;
  minimap->installEventFilter(&counter);
  auto moved = std::make_shared<Document>(*document);
  auto diagram = std::make_shared<BlockDiagram>(*document->diagram);
  for (Block& block : diagram->blocks) {
    const bool inside = block.rect.x > 60 && block.rect.y > 60;
    if (inside) block.rect.x -= 5;
  }
  moved->diagram = diagram;
  scene.setDocument(moved);
  EXPECT_TRUE(waitFor([&] { return counter.count > 0; }, 5000));
}

TEST(OutOfDateWindow, TheTextOfAMappingFollowsWhatIsTypedElsewhereAndBlocksShowNoOldShares) {
  Theme theme(false);
  MainWindow window(theme, false);
  window.resize(1400, 900);
  window.show();
  window.openFiles({oneMac(), tcResNet8()});
  ASSERT_TRUE(waitFor([&] { return !window.busy(); }));
  window.estimates().run();
  ASSERT_TRUE(waitFor([&] { return window.estimates().outcome().estimate && !window.busy(); }));
  auto* scene = window.findChild<DiagramScene*>();
  const auto shares = [&] {
    double sum = 0;
    for (std::uint32_t i = 0; i < scene->diagram()->blocks.size(); ++i) sum += scene->stateOf(i).share;
    return sum;
  };
  EXPECT_GT(shares(), 0);

  const auto mapping = [](const char* name) {
    return "format: taktwerk-mapping/1\nname: " + std::string(name) + "\ntakes: conv1d\nprogram: []\n";
  };
  Folder folder;
  const QString path = folder.write("mine.mapping.yaml", QByteArray::fromStdString(mapping("on disk")));
  window.estimates().addMapping(path);
  window.estimates().setText(path, std::make_shared<const std::string>(mapping("typed")));
  EXPECT_EQ(shares(), 0) << "they are of the run before";
  ASSERT_TRUE(waitFor([&] { return !window.estimates().outOfDate() && !window.busy(); }));
  EXPECT_GT(shares(), 0);

  auto* source = window.findChild<SourceView*>();
  window.commands().action(QStringLiteral("analyse.nextProblem"))->trigger();
  ASSERT_TRUE(waitFor([&] { return source->path() == path && source->isVisible() && !window.busy(); }));
  EXPECT_EQ(source->toPlainText().toStdString(), mapping("typed"));
  window.estimates().setText(path, std::make_shared<const std::string>(mapping("typed on")));
  EXPECT_EQ(source->toPlainText().toStdString(), mapping("typed on"));
}

}  // namespace
}  // namespace taktwerk::test
