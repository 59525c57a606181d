// SPDX-License-Identifier: GPL-3.0-or-later
// A design space made, run and looked at in the window.
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStatusBar>
#include <QTableView>
#include <QTableWidget>
#include <QToolButton>

#include "tests/app/desktop/work_fixture.h"
#include "widgets/sweep/result_panel.h"
#include "widgets/sweep/results/sweep_results.h"
#include "widgets/sweep/space_panel.h"
#include "widgets/sweep/space_setup.h"
#include "widgets/sweep/space_tree.h"
#include "widgets/sweep/sweep_page.h"
#include "widgets/sweep/sweep_run.h"
#include "widgets/view/view_host.h"

namespace taktwerk::test {
namespace {

using testing::HasSubstr;
using Answer = Questions::Answer;

class SweepWindow : public WorkTest {
 protected:
  SweepWindow() { sweep = window.findChild<SweepPage*>(); }
  /// "Vary this" of a parameter in the inspector.
  void varyInInspector(const char* parameter) {
    window.commands().action("view.diagram")->trigger();
    window.selection().clear();
    auto* inspector = window.findChild<Inspector*>();
    auto* rows = inspector->findChild<QTreeWidget*>();
    const QList<QTreeWidgetItem*> found =
        rows->findItems(QLatin1String(parameter), Qt::MatchExactly | Qt::MatchRecursive);
    ASSERT_EQ(found.size(), 1);
    rows->setCurrentItem(found.front());
    auto* vary = inspector->findChild<QToolButton*>("vary");
    ASSERT_TRUE(vary->isVisible());
    QTest::mouseClick(vary, Qt::LeftButton);
  }
  void trigger(const char* command) { window.commands().action(QLatin1String(command))->trigger(); }
  [[nodiscard]] QTableView& table() { return sweep->resultPanel().table(); }
  [[nodiscard]] std::size_t rows() { return sweep->results().table().rows(); }
  /// The open architecture in the same folder, but for an operation that takes a cycle more.
  QString slowerArchitecture(const QString& name) {
    std::string text = onDisk(architecture);
    const std::string quick = "mac_latency: {default: 1,";
    const std::size_t at = text.find(quick);
    EXPECT_NE(at, std::string::npos);
    text.replace(at, quick.size(), "mac_latency: {default: 2,");
    return folder.write(name, QByteArray::fromStdString(text));
  }
  [[nodiscard]] double estimatedCycles() {
    const auto& estimate = window.estimates().outcome().estimate;
    return estimate ? static_cast<double>(estimate->cycles) : -1;
  }
  /// Takes a change of the space over.
  void change(EditedSpace next) { ASSERT_EQ(sweep->setup().change("Change", std::move(next)), QString()); }
  void runAll() {
    ASSERT_TRUE(settle());
    trigger("sweep.run");
    ASSERT_TRUE(settle());
    ASSERT_TRUE(sweep->run().totals());
    ASSERT_EQ(sweep->run().totals()->done, sweep->run().totals()->all());
  }
  /// Chooses the first row that a filter lets through, and returns its cycles.
  double choose(const char* filter) {
    sweep->resultPanel().setFilter(filter);
    table().selectRow(0);
    const RowTable& all = sweep->results().table();
    const std::size_t row = sweep->results().shown().at(0);
    return all.number(*all.find("cycles"), row);
  }

  SweepPage* sweep = nullptr;
};

TEST_F(SweepWindow, VariesRunsFiltersAndOpensAPoint) {
  openWork();
  varyInInspector("fetch_width");
  EXPECT_EQ(window.views().frontId(), "sweep");
  varyInInspector("mac_latency");
  ASSERT_EQ(sweep->setup().space().dimensions.size(), 2U);
  ASSERT_TRUE(settle());
  EXPECT_THAT(sweep->spacePanel().outlookText().toStdString(), HasSubstr("points"));
  trigger("sweep.run");
  EXPECT_TRUE(sweep->run().isRunning());
  ASSERT_TRUE(settle());
  const auto points = static_cast<std::size_t>(sweep->setup().space().dimensions[0].size() *
                                               sweep->setup().space().dimensions[1].size());
  ASSERT_EQ(rows(), points);
  trigger("sweep.filter");
  auto& filter = sweep->resultPanel().filter();
  EXPECT_TRUE(filter.hasFocus());
  QTest::keyClicks(&filter, "fetch_width == 2");
  EXPECT_THAT(sweep->resultPanel().shownText().toStdString(),
              testing::MatchesRegex("showing . of " + std::to_string(points)));
  table().setFocus();
  table().selectRow(0);
  QTest::keyClick(&table(), Qt::Key_Return);
  EXPECT_EQ(window.views().frontId(), "diagram");
  EXPECT_EQ(window.estimates().input().parameters.at("arch.fetch_width"), 2);
  EXPECT_THAT(window.history().undoText().toStdString(), HasSubstr("Open point"));
  ASSERT_TRUE(settle());
  trigger("edit.undo");
  EXPECT_TRUE(window.estimates().input().parameters.empty());
}

TEST_F(SweepWindow, TunablesAndParametersOfNetworksAreVariedWhereTheyAre) {
  openWork();
  QToolButton* vary = nullptr;
  ASSERT_TRUE(waitFor([&] {  // layouts show what was put into them later
    for (QToolButton* each : page->findChildren<QToolButton*>()) {
      const bool wanted =
          each->accessibleName() == QLatin1String("Vary channels_at_once in the design space");
      if (wanted && each->isVisible()) vary = each;
    }
    return vary != nullptr;
  }));
  QTest::mouseClick(vary, Qt::LeftButton);
  EXPECT_EQ(window.views().frontId(), "sweep");
  const auto tile = sweep->setup().find("mapping.channels_at_once");
  ASSERT_TRUE(tile);
  EXPECT_EQ(sweep->spacePanel().tree().rowOf(*tile)->text(1), "1,2,3,4,5,6,7")
      << "what is legal for the layer";
  trigger("view.network");
  QTableWidget& dimensions = network->dimensions();
  const auto buttons = network->findChildren<QToolButton*>();
  const auto here = std::find_if(buttons.begin(), buttons.end(), [](const QToolButton* each) {
    return each->text() == QLatin1String("Vary this");
  });
  ASSERT_NE(here, buttons.end());
  for (QTableWidgetItem* item : dimensions.findItems("batch", Qt::MatchExactly)) {
    dimensions.setCurrentItem(item);
    if ((*here)->isEnabled()) break;  // the parameter, not a dimension that it sets
  }
  QTest::mouseClick(*here, Qt::LeftButton);
  EXPECT_EQ(window.views().frontId(), "sweep");
  const auto parameter = sweep->setup().find("network.batch");
  ASSERT_TRUE(parameter);
  EXPECT_EQ(sweep->spacePanel().tree().rowOf(*parameter)->text(1), "1,2,4");
}

TEST_F(SweepWindow, OpensAPointOfAnotherArchitectureWhenTheUserMayLeave) {
  openWork();
  const QString other = slowerArchitecture("other.arch.yaml");
  trigger("view.sweep");
  change(
      withAlternative({}, Dimension::Of::Architecture, {other.toStdString()}, {architecture.toStdString()}));
  change(withLine(sweep->setup().space(), "fetch_width = 1,2"));
  runAll();
  ASSERT_EQ(rows(), 4U);
  const double ours = choose("architecture == copy and fetch_width == 2");
  const double cycles = choose("architecture == other and fetch_width == 2");
  ASSERT_NE(ours, cycles);
  answer = Answer::Cancel;
  trigger("sweep.openPoint");
  ASSERT_TRUE(settle());
  EXPECT_EQ(asked.size(), 1) << "the space is in no workspace";
  EXPECT_EQ(document().path, architecture);
  answer = Answer::Discard;
  window.openFiles({other});
  ASSERT_TRUE(settle());
  EXPECT_TRUE(window.estimates().input().parameters.empty()) << "the user stayed: nothing waits";
  window.openFiles({architecture});
  ASSERT_TRUE(settle());
  change(withLine({}, "mac_latency = 1,2"));
  trigger("sweep.openPoint");
  ASSERT_TRUE(settle());
  EXPECT_EQ(document().path, other);
  EXPECT_EQ(window.views().frontId(), "diagram");
  EXPECT_EQ(window.estimates().input().parameters.at("arch.fetch_width"), 2);
  EXPECT_EQ(window.estimates().input().networkPath, networkPath);
  EXPECT_EQ(estimatedCycles(), cycles);
  EXPECT_TRUE(sweep->setup().find("mac_latency")) << "the space stays";
  EXPECT_TRUE(window.workspace().isModified()) << "and is in no file";
}

TEST_F(SweepWindow, RowsOpenTheFilesThatTheyAreOf) {
  openWork();
  const QString other = slowerArchitecture("other.arch.yaml");
  trigger("view.sweep");
  change(withLine({}, "fetch_width = 1,2"));
  runAll();
  const double cycles = choose("fetch_width == 2");
  answer = Answer::Discard;
  window.openFiles({other, tcResNet8()});
  ASSERT_TRUE(settle());
  ASSERT_EQ(document().path, other);
  trigger("sweep.openPoint");
  ASSERT_TRUE(settle());
  EXPECT_EQ(document().path, architecture) << "not the values of one on the other";
  EXPECT_EQ(window.estimates().input().networkPath, networkPath);
  EXPECT_EQ(estimatedCycles(), cycles);
}

TEST_F(SweepWindow, OpensAPointWithItsChoicesAndAddedMappingsAndSaysWhatWasChangedSince) {
  openWork();
  std::string text = onDisk(folder.path("mappings/conv1d.mapping.yaml"));
  text.replace(text.find(mapping.toStdString()), static_cast<std::size_t>(mapping.size()), "our own");
  const QString added = folder.write("own.mapping.yaml", QByteArray::fromStdString(text));
  const std::map<std::string, LayerChoice> ours = {{"conv0", {"our own", {{"channels_at_once", 4}}}}};
  window.estimates().addMapping(added);
  window.workspace().changeLayers({"Choose"}, ours);
  trigger("view.sweep");
  change(withLine({}, "fetch_width = 1,2"));
  runAll();
  const double cycles = choose("fetch_width == 2");
  answer = Answer::Discard;
  const auto leave = [&] {
    window.openFiles({slowerArchitecture("other.arch.yaml")});
    ASSERT_TRUE(settle());
    ASSERT_TRUE(choices().empty());
    ASSERT_TRUE(window.estimates().input().addedMappings.isEmpty());
  };
  QStringList said;
  QObject::connect(&window.models().session, &Session::said, sweep, [&said](const QString& s) { said << s; });
  const auto open = [&] {
    said.clear();
    trigger("sweep.openPoint");
    ASSERT_TRUE(settle());
    ASSERT_EQ(document().path, architecture);
    EXPECT_EQ(choices(), ours);
    EXPECT_EQ(window.estimates().input().addedMappings, QStringList{added});
  };
  leave();
  open();
  EXPECT_EQ(estimatedCycles(), cycles);
  EXPECT_EQ(said.filter("hanged since"), QStringList());
  leave();
  folder.write("copy.arch.yaml", QByteArray::fromStdString(onDisk(architecture) + "# later\n"));
  folder.write("own.mapping.yaml", QByteArray::fromStdString(text + "# later\n"));
  open();
  ASSERT_EQ(said.filter("hanged since").size(), 2);
  EXPECT_THAT(said.filter("hanged since")[0].toStdString(), HasSubstr("The architecture was changed since"));
  EXPECT_THAT(said.filter("hanged since")[1].toStdString(), HasSubstr(": the mappings."));
}

TEST_F(SweepWindow, APointThatCannotBeOpenedChangesNothing) {
  openWork();
  trigger("view.sweep");
  change(withLine({}, "fetch_width = 1,2"));
  runAll();
  (void)choose("fetch_width == 2");
  answer = Answer::Discard;
  const QString other = slowerArchitecture("other.arch.yaml"), third = slowerArchitecture("third.arch.yaml");
  window.openFiles({other, tcResNet8()});
  ASSERT_TRUE(settle());
  folder.write("copy.arch.yaml", "format: [");
  trigger("sweep.openPoint");
  ASSERT_TRUE(settle());
  EXPECT_EQ(document().path, other);
  EXPECT_EQ(window.estimates().input().networkPath, tcResNet8());
  EXPECT_TRUE(window.estimates().input().parameters.empty());
  window.openFiles({third});
  ASSERT_TRUE(settle());
  EXPECT_TRUE(window.estimates().input().parameters.empty());
}

TEST_F(SweepWindow, SaysWhatUndoDoesNotTakeBack) {
  openWork();
  const QString other = copyOfNetwork("other.network.yaml");
  trigger("view.sweep");
  change(withAlternative({}, Dimension::Of::Network, {other.toStdString()}, {networkPath.toStdString()}));
  change(withLine(sweep->setup().space(), "fetch_width = 1,2"));
  runAll();
  QString said;
  QObject::connect(&window.models().session, &Session::said, sweep, [&said](const QString& s) { said = s; });
  (void)choose("network == mine and fetch_width == 2");
  trigger("sweep.openPoint");
  EXPECT_THAT(said.toStdString(), testing::EndsWith("Undo takes them back."));
  ASSERT_TRUE(settle());
  (void)choose("network == other and fetch_width == 1");
  trigger("sweep.openPoint");
  EXPECT_THAT(said.toStdString(), testing::EndsWith("Undo takes them back; the network of the point stays."));
  ASSERT_TRUE(settle());
  trigger("edit.undo");
  EXPECT_EQ(window.estimates().input().parameters.at("arch.fetch_width"), 2);
  EXPECT_EQ(window.estimates().input().networkPath, other);
}

TEST_F(SweepWindow, ClosingAsksBeforeResultsThatAreInNoFileGo) {
  openWork();
  trigger("view.sweep");
  change(withLine({}, "fetch_width = 1,2"));
  runAll();
  answer = Answer::Discard;  // the space
  QStringList lost;
  window.ask().lose = [&](const QStringList& losses) {
    lost << losses;
    return false;
  };
  EXPECT_FALSE(window.close());
  ASSERT_EQ(lost.size(), 1);
  EXPECT_THAT(lost.takeFirst().toStdString(), HasSubstr("results of a sweep of 2 points"));
  window.ask().tablePath = [this](const QString&) { return folder.path("all.csv"); };
  trigger("sweep.exportAll");
  ASSERT_TRUE(settle());
  EXPECT_TRUE(window.close());
  EXPECT_TRUE(lost.isEmpty()) << "they are in a file by now";
}

TEST_F(SweepWindow, ClosingAsksWhereTheFileOfResultsWasTakenAway) {
  openWork();
  trigger("view.sweep");
  const QString store = folder.path("kept.sqlite");
  change(withLine({}, "fetch_width = 1:8"));
  sweep->setup().setStore(store);
  ASSERT_TRUE(settle());
  trigger("sweep.run");
  sweep->run().pause();  // however quick points are, it is not over
  ASSERT_TRUE(
      waitFor([&] { return sweep->run().texts() && sweep->run().state() == SweepRun::State::Paused; }));
  ASSERT_TRUE(QFile::remove(store));
  sweep->run().goOn();
  ASSERT_TRUE(settle());
  answer = Answer::Discard;  // the space
  QStringList lost;
  window.ask().lose = [&](const QStringList& losses) {
    lost << losses;
    return false;
  };
  EXPECT_FALSE(window.close());
  ASSERT_EQ(lost.size(), 1);
  EXPECT_THAT(lost.front().toStdString(), HasSubstr("Not all results"));
}

TEST_F(SweepWindow, OpeningResultsAsksBeforeOthersThatAreInNoFileGo) {
  openWork();
  trigger("view.sweep");
  change(withLine({}, "fetch_width = 1,2"));
  const QString store = folder.path("kept.sqlite");
  sweep->setup().setStore(store);
  runAll();
  sweep->setup().setStore({});
  change(withLine({}, "fetch_width = 1,2,4"));
  runAll();
  window.ask().storeToOpen = [this] { return folder.path("kept.sqlite"); };
  QStringList lost;
  bool mayGo = false;
  window.ask().replace = [&](const QStringList& losses) {
    lost << losses;
    return mayGo;
  };
  for (const bool may : {false, true}) {
    mayGo = may;
    trigger("sweep.openResults");
    ASSERT_TRUE(settle());
    EXPECT_EQ(rows(), may ? 2U : 3U);
  }
  ASSERT_EQ(lost.size(), 2);
  EXPECT_THAT(lost.front().toStdString(), HasSubstr("results of a sweep of 3 points"));
}

TEST_F(SweepWindow, ClosingAsksBeforeItStopsASweep) {
  openWork();
  trigger("view.sweep");
  answer = Answer::Discard;  // the space
  QStringList lost;
  bool mayGo = false;
  window.ask().lose = [&](const QStringList& losses) {
    lost << losses;
    return mayGo;
  };
  change(withLine({}, "fetch_width = 1,2,3,4"));
  change(withLine(sweep->setup().space(), "mac_latency = 1:64"));
  sweep->setup().setStore(folder.path("kept.sqlite"));
  ASSERT_TRUE(settle());
  trigger("sweep.run");
  ASSERT_EQ(sweep->run().state(), SweepRun::State::Running);
  sweep->run().pause();  // however quick points are, it is not over
  EXPECT_FALSE(window.close());
  ASSERT_EQ(lost.size(), 1);
  EXPECT_THAT(lost.takeFirst().toStdString(), HasSubstr("stays in kept.sqlite"));
  EXPECT_TRUE(sweep->run().isRunning());
  mayGo = true;
  EXPECT_TRUE(window.close());
  EXPECT_EQ(lost.size(), 1);
}

TEST_F(SweepWindow, PausesAndStops) {
  openWork();
  window.commands().action("view.sweep")->trigger();
  sweep->spacePanel().vary("arch.mac_latency", {});
  auto& tree = sweep->spacePanel().tree();
  tree.commit(*tree.rowOf(0), 1, "1:64");
  sweep->spacePanel().vary("arch.fetch_width", {1, 2, 3, 4});
  ASSERT_TRUE(settle());
  trigger("sweep.run");
  ASSERT_EQ(sweep->run().state(), SweepRun::State::Running);
  trigger("sweep.pause");  // at once: however quick points are, it is not over
  ASSERT_TRUE(waitFor([this] { return sweep->run().state() == SweepRun::State::Paused; }));
  const auto* status = window.statusBar()->findChild<QLabel*>("jobs");
  ASSERT_TRUE(waitFor([status] { return status->text().contains("Sweep"); }));
  EXPECT_THAT(sweep->resultPanel().progressText().toStdString(), HasSubstr("paused"));
  trigger("sweep.pause");
  EXPECT_EQ(sweep->run().state(), SweepRun::State::Running);
  // From the list of jobs.
  const std::vector<JobState> jobs = window.models().jobs.states();
  ASSERT_EQ(jobs.size(), 1U);
  window.models().jobs.cancel(jobs.front().id);
  EXPECT_EQ(sweep->run().state(), SweepRun::State::Stopping);
  ASSERT_TRUE(settle());
  EXPECT_TRUE(sweep->run().totals()->stopped);
  EXPECT_LT(rows(), 256U);
}

TEST_F(SweepWindow, TheWorkspaceKeepsTheSpace) {
  openWork();
  sweep->spacePanel().vary("arch.fetch_width", {1, 2, 4});
  sweep->setup().setSample("random:2", 7);
  sweep->setup().setStore(folder.path("kept.sqlite"));
  EXPECT_TRUE(window.isWindowModified());
  trigger("file.saveWorkspace");
  EXPECT_FALSE(window.isWindowModified());
  const std::string text = onDisk(folder.path("study.taktwerk"));
  EXPECT_THAT(text, HasSubstr("arch.fetch_width: [1, 2, 4]"));
  EXPECT_THAT(text, HasSubstr("store: kept.sqlite"));
  EXPECT_THAT(text, HasSubstr("sample: \"random:2\""));
  window.openFiles({architecture});
  ASSERT_TRUE(settle());
  EXPECT_TRUE(sweep->setup().isEmpty()) << "another architecture has its own";
  window.openFiles({folder.path("study.taktwerk")});
  ASSERT_TRUE(settle());
  ASSERT_EQ(sweep->setup().space().dimensions.size(), 1U);
  EXPECT_EQ(sweep->setup().choice().wanted, 2);
  EXPECT_EQ(sweep->setup().choice().seed, 7U);
  EXPECT_EQ(sweep->setup().store(), folder.path("kept.sqlite"));
  EXPECT_FALSE(window.isWindowModified());
}

TEST_F(SweepWindow, ASpaceThatCannotBeReadIsKeptAndSaysWhere) {
  openWork();
  sweep->spacePanel().vary("arch.fetch_width", {1, 2, 4});
  trigger("file.saveWorkspace");
  const QString path = folder.path("study.taktwerk");
  std::string text = onDisk(path);
  const std::string good = "arch.fetch_width: [1, 2, 4]";
  ASSERT_THAT(text, HasSubstr(good));
  text.replace(text.find(good), good.size(), "arch.fetch_width: [1, 1]");
  folder.write("study.taktwerk", QByteArray::fromStdString(text));
  window.openFiles({path});
  ASSERT_TRUE(settle());
  trigger("view.sweep");
  EXPECT_TRUE(sweep->setup().isEmpty());
  EXPECT_THAT(sweep->spacePanel().hintText().toStdString(),
              testing::ContainsRegex("cannot be read: line [0-9]+, column [0-9]+: .*twice"));
  EXPECT_THAT(window.commands().command("sweep.run").whyNot().toStdString(), HasSubstr("cannot be read"));
  sweep->spacePanel().vary("arch.mac_latency", {1, 2});
  EXPECT_THAT(sweep->spacePanel().messageText().toStdString(), HasSubstr("begin another one first"));
  EXPECT_FALSE(window.workspace().isModified());
  sweep->setup().setSample("random:2", 7);
  trigger("file.saveWorkspace");
  EXPECT_THAT(onDisk(path), HasSubstr("arch.fetch_width: [1, 1]"));
  auto* anew = sweep->spacePanel().findChild<QToolButton*>("anew");
  ASSERT_TRUE(anew->isVisible());
  QTest::mouseClick(anew, Qt::LeftButton);
  EXPECT_FALSE(anew->isVisible());
  sweep->spacePanel().vary("arch.mac_latency", {1, 2});
  EXPECT_TRUE(sweep->setup().find("arch.mac_latency"));
  EXPECT_EQ(sweep->spacePanel().messageText(), "");
}

}  // namespace
}  // namespace taktwerk::test
