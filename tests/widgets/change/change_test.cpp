// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/places.h"
#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/change/change_page.h"
#include "widgets/change/step_model.h"
#include "widgets/change/step_run.h"
#include "widgets/change/tornado_chart.h"
#include "widgets/theme/theme.h"
#include "widgets/view/models.h"

namespace taktwerk::test {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class Change : public ::testing::Test {
 protected:
  Change() { page.resize(1200, 600); }
  bool settle() {
    return waitFor([this] { return models.jobs.states().empty() && !models.estimates.isWaiting(); }, 110000);
  }
  void open(const QString& architecture = oneMac(), const QString& network = tcResNet8()) {
    models.documents.open(architecture);
    ASSERT_TRUE(waitFor([this] { return models.document() && models.jobs.states().empty(); }));
    models.estimates.setNetwork(network);
    ASSERT_TRUE(settle());
    models.estimates.run();
    ASSERT_TRUE(settle());
    ASSERT_TRUE(models.estimates.outcome().estimate);
  }
  void run() {
    page.start();
    ASSERT_TRUE(settle());
    ASSERT_FALSE(page.run().running());
  }
  const StepOutcome& outcome(const std::string& words) {
    for (const StepOutcome& each : page.run().outcomes()) {
      if (inWords(each.step) == words) return each;
    }
    ADD_FAILURE() << "no step " << words;
    static const StepOutcome none;
    return none;
  }
  QString parameterDefault(const std::string& name) {
    for (const Parameter& p : models.document()->architecture->parameters) {
      if (p.name == name) return QString::number(p.defaultValue);
    }
    return {};
  }

  Theme theme{false};
  Folder folder;
  Models models{theme, {{}, {}, {}, folder.path("autosave")}};
  ChangePage page{models};
};

TEST_F(Change, SaysWhatToDoWhileThereIsNothing) {
  EXPECT_THAT(page.sentence().toStdString(), HasSubstr("Open an architecture first"));
  page.start();
  EXPECT_FALSE(page.run().running());
  open();
  EXPECT_THAT(page.sentence().toStdString(), HasSubstr("Press Start"));
  EXPECT_THAT(page.whyNotApplicable().toStdString(), HasSubstr("Choose a step"));
}

TEST_F(Change, BeginsWhenItIsFirstLookedAtAndFindsWhatIsAskedFor) {
  open();
  page.show();
  EXPECT_TRUE(page.run().running() || page.run().begun());
  page.lookFor(QStringLiteral("arch.fetch_width"));
  ASSERT_TRUE(settle());
  ASSERT_TRUE(waitFor([this] { return page.chosen().has_value(); }));
  EXPECT_EQ(inWords(*page.chosen()), "arch.fetch_width 1 → 2");
  const std::size_t steps = page.run().outcomes().size();
  page.hide();
  page.show();
  EXPECT_FALSE(page.run().running()) << "once is enough";
  EXPECT_EQ(page.run().outcomes().size(), steps);
}

TEST_F(Change, ShowsWhatCoreFinds) {
  open();
  run();
  Progress progress;
  StudyMemory memory;
  const Sensitivity expected = sensitivityOf(*studyOf(models.estimates.input()), {}, memory, progress);
  ASSERT_EQ(page.run().outcomes().size(), expected.outcomes.size());
  EXPECT_EQ(page.run().present(), models.estimates.outcome().estimate->cycles);
  for (std::size_t k = 0; k < expected.outcomes.size(); ++k) {
    EXPECT_EQ(page.run().outcomes()[k].step, expected.outcomes[k].step);
    EXPECT_EQ(page.run().outcomes()[k].cycles, expected.outcomes[k].cycles);
  }
  ASSERT_EQ(page.model().rowCount(), static_cast<int>(expected.outcomes.size()));
  ASSERT_EQ(page.chart().bars().size(), expected.outcomes.size());
  std::int64_t before = INT64_MAX;
  for (const TornadoBar& bar : page.chart().bars()) {
    const StepOutcome& each = expected.outcomes[bar.outcome];
    if (!bar.change) continue;
    EXPECT_EQ(*bar.change, *each.cycles - *expected.cycles);
    EXPECT_LE(std::abs(*bar.change), before);  // the largest on top
    before = std::abs(*bar.change);
    EXPECT_TRUE(bar.figures.contains(*bar.change < 0   ? QStringLiteral("−")
                                     : *bar.change > 0 ? QStringLiteral("+")
                                                       : QStringLiteral("no change")));
  }
  EXPECT_THAT(page.sentence().toStdString(), AllOf(HasSubstr("saves most"), HasSubstr("steps estimated")));
}

TornadoBar bar(std::optional<std::int64_t> change, std::size_t outcome) {
  return {QStringLiteral("p 1 → 2"), QStringLiteral("figures"), change, false, outcome};
}

TEST(TornadoChart, BarsStandOnTheSideOfTheirSignAndAreAsLongAsTheirEffect) {
  const Theme theme(false);
  TornadoChart chart(theme);
  chart.resize(900, 400);
  chart.setBars({bar(-400, 0), bar(200, 1), bar(-100, 2), bar(0, 3), bar({}, 4)}, "1 000 cycles now", false);
  const QRectF most = chart.barRect(0), cost = chart.barRect(1), less = chart.barRect(2);
  EXPECT_NEAR(most.right(), cost.left(), 0.01);
  EXPECT_NEAR(less.right(), most.right(), 0.01);
  EXPECT_NEAR(cost.width() / most.width(), 0.5, 0.01);
  EXPECT_NEAR(less.width() / most.width(), 0.25, 0.01);
  EXPECT_LT(most.top(), cost.top());
  EXPECT_TRUE(chart.barRect(3).isEmpty());
  EXPECT_TRUE(chart.barRect(4).isEmpty());
  EXPECT_TRUE(chart.barRect(5).isEmpty());
  for (std::size_t row = 0; row < 5; ++row) EXPECT_FALSE(chart.isCutOff(row));
}

TEST(TornadoChart, CutsOffWhatWouldHideTheSavings) {
  const Theme theme(true);
  TornadoChart chart(theme);
  chart.resize(900, 400);
  chart.setBars({bar(100000, 0), bar(300, 1), bar(-100, 2)}, "", false);
  EXPECT_TRUE(chart.isCutOff(0));
  EXPECT_FALSE(chart.isCutOff(1));
  EXPECT_NEAR(chart.barRect(2).width() / chart.barRect(0).width(), 0.25, 0.01);
  EXPECT_NEAR(chart.barRect(1).width() / chart.barRect(0).width(), 0.75, 0.01);
  chart.setBars({bar(100000, 0), bar(300, 1)}, "", false);  // nothing saves: as long as they are
  EXPECT_FALSE(chart.isCutOff(0));
  chart.setBars({}, "", false);
  EXPECT_FALSE(chart.current());
}

TEST(PercentText, HasASignAndDigitsThatTellSomething) {
  EXPECT_EQ(percentText(-24, 1000), "−2.4 %");
  EXPECT_EQ(percentText(2760, 1000), "+276 %");
  EXPECT_EQ(percentText(-4, 100000), "−0.004 %");
  EXPECT_EQ(percentText(0, 1000), "0.0 %");
  EXPECT_EQ(percentText(5, 0), "");
}

TEST_F(Change, AStepThatCannotBeIsShownWithItsReason) {
  // A file that does not say what issue buffers need, with its mappings beside it.
  QFile shipped(oneMac());
  ASSERT_TRUE(shipped.open(QIODevice::ReadOnly));
  QByteArray text = shipped.readAll();
  ASSERT_TRUE(text.contains("minimum: fetch_width, "));
  ASSERT_TRUE(QDir().mkpath(folder.path("mappings")));
  const QDir mappings(QFileInfo(oneMac()).dir().filePath("mappings"));
  for (const QString& name : mappings.entryList(QDir::Files)) {
    QFile::copy(mappings.filePath(name), folder.path("mappings/" + name));
  }
  open(folder.write("loose.arch.yaml", text.replace("minimum: fetch_width, ", "")));
  models.workspace.setParameter("issue_buffer", 1);  // more are then fetched at once than have a place
  models.estimates.run();
  ASSERT_TRUE(settle());
  run();
  const StepOutcome& wide = outcome("arch.fetch_width 1 → 2");
  ASSERT_FALSE(wide.cycles);
  page.choose(wide.step);
  EXPECT_THAT(page.whyNotApplicable().toStdString(), HasSubstr(wide.reason));
  bool shown = false;
  for (const TornadoBar& bar : page.chart().bars()) {
    if (bar.outcome >= page.run().outcomes().size() || page.run().outcomes()[bar.outcome].step != wide.step)
      continue;
    shown = true;
    EXPECT_FALSE(bar.change);
    EXPECT_THAT(bar.figures.toStdString(), HasSubstr(wide.reason));
  }
  EXPECT_TRUE(shown);
}

TEST_F(Change, ChoosingAStepSelectsItsBlocksAndSelectedBlocksMarkTheirSteps) {
  open();
  run();
  const Step mac = outcome("arch.mac_latency 1 → 2").step;
  page.choose(mac);
  EXPECT_EQ(models.session.selection().names(), (SelectionModel::Names{"alu"}));
  EXPECT_TRUE(page.model().marked(mac));
  models.session.selection().select(SelectionModel::Names{"dmem"});
  EXPECT_FALSE(page.model().marked(mac));
  EXPECT_TRUE(page.model().marked(outcome("arch.memory_latency 1 → 2").step));
  bool marked = false;
  for (const TornadoBar& bar : page.chart().bars())
    marked = marked || (bar.marked && bar.step.contains("memory_latency"));
  EXPECT_TRUE(marked);
  models.session.selection().clear();
  EXPECT_FALSE(page.model().marked(outcome("arch.memory_latency 1 → 2").step));
}

TEST_F(Change, TakesAParameterOfTheArchitectureAsOneStepOfTheFile) {
  open();
  run();
  const StepOutcome step = outcome("arch.mac_latency 1 → 2");
  page.choose(step.step);
  EXPECT_TRUE(page.whyNotApplicable().isEmpty());
  page.apply();
  EXPECT_EQ(parameterDefault("mac_latency"), "2");
  EXPECT_THAT(page.sentence().toStdString(), HasSubstr("Out of date"));
  ASSERT_TRUE(settle());
  EXPECT_EQ(models.estimates.outcome().estimate->cycles, *step.cycles);
  models.history.undo();
  EXPECT_EQ(parameterDefault("mac_latency"), "1");
  EXPECT_FALSE(models.history.canUndo());
  ASSERT_TRUE(settle());
}

TEST_F(Change, TakesParametersOfNetworksAndTunablesAsStepsOfTheWorkspace) {
  const QString gemmini = QString::fromStdString(sourceDirectory() + "/archs/gemmini/gemmini.arch.yaml");
  open(gemmini);
  for (const char* words : {"network.batch 1 → 2", "mapping.tile_columns 4 → 2"}) {
    run();
    const StepOutcome step = outcome(words);
    ASSERT_TRUE(step.cycles) << words;
    page.choose(step.step);
    page.apply();
    EXPECT_EQ(models.workspace.choices().parameters.at(settingName(step.step)), 2);
    ASSERT_TRUE(settle());
    ASSERT_TRUE(models.estimates.outcome().estimate);
    EXPECT_EQ(models.estimates.outcome().estimate->cycles, *step.cycles) << words;
    models.history.undo();
    EXPECT_TRUE(models.workspace.choices().parameters.empty());
    ASSERT_TRUE(settle());
    models.estimates.run();
    ASSERT_TRUE(settle());
  }
}

TEST_F(Change, TakesATunableThatWasChosenForALayerThere) {
  const QString gemmini = QString::fromStdString(sourceDirectory() + "/archs/gemmini/gemmini.arch.yaml");
  open(gemmini);
  models.workspace.changeLayers({"choose"}, {{"conv0", {"", {{"tile_columns", 1}}}}});
  models.estimates.run();
  ASSERT_TRUE(settle());
  run();
  const StepOutcome step = outcome("mapping.tile_columns 1 → 2 for conv0");
  page.choose(step.step);
  page.apply();
  EXPECT_EQ(models.workspace.choices().layers.at("conv0").tunables.at("tile_columns"), 2);
  ASSERT_TRUE(settle());
  EXPECT_EQ(models.estimates.outcome().estimate->cycles, *step.cycles);
}

TEST_F(Change, TakesNoStepOfAnotherDesign) {
  open();
  run();
  page.choose(outcome("arch.mac_latency 1 → 2").step);
  EXPECT_TRUE(page.whyNotApplicable().isEmpty());
  open(oneMac(), QString(tcResNet8()).replace("tc-resnet8", "mlp"));
  EXPECT_THAT(page.whyNotApplicable().toStdString(), HasSubstr("another design"));
  page.apply();
  EXPECT_EQ(parameterDefault("mac_latency"), "1");
}

TEST_F(Change, LooksAtOneLayerWhenAskedTo) {
  open();
  auto* scope = page.findChild<QComboBox*>();
  EXPECT_EQ(scope->count(), 1);  // no layer yet
  models.session.setLayer("conv0");
  ASSERT_EQ(scope->count(), 2);
  EXPECT_EQ(scope->currentIndex(), 0);
  scope->setCurrentIndex(1);
  run();
  EXPECT_EQ(page.run().present(), models.estimates.outcome().estimate->layers.front().cycles);
  EXPECT_THAT(page.sentence().toStdString(), Not(HasSubstr("Out of date")));
  models.session.setLayer("fc");
  EXPECT_THAT(page.sentence().toStdString(), HasSubstr("Out of date"));
}

TEST_F(Change, BeginsAgainByItselfOnlyOnRequest) {
  open();
  run();
  models.estimates.setParameters({{"arch.mac_latency", 3}});
  EXPECT_THAT(page.sentence().toStdString(), HasSubstr("Out of date"));
  models.estimates.run();
  ASSERT_TRUE(settle());
  EXPECT_THAT(page.sentence().toStdString(), HasSubstr("Out of date"));
  page.findChild<QToolButton*>()->setChecked(true);
  models.estimates.run();
  ASSERT_TRUE(settle());
  EXPECT_THAT(page.sentence().toStdString(), Not(HasSubstr("Out of date")));
  EXPECT_EQ(page.run().present(), models.estimates.outcome().estimate->cycles);
}

TEST_F(Change, StopsAndKeepsWhatWasFound) {
  open(QString::fromStdString(sourceDirectory() + "/archs/gemmini/gemmini.arch.yaml"),
       QString(tcResNet8()).replace("tc-resnet8", "mobilenet-v2"));
  page.start();
  EXPECT_TRUE(page.run().running());
  ASSERT_TRUE(waitFor([this] { return !page.run().outcomes().empty() || !page.run().running(); }, 110000));
  for (QPushButton* button : page.findChildren<QPushButton*>()) {
    if (button->text() == "Stop") button->click();
  }
  ASSERT_TRUE(settle());
  EXPECT_FALSE(page.run().running());
  if (page.run().stopped()) {
    EXPECT_LT(page.run().outcomes().size(), page.run().steps());
    EXPECT_THAT(page.sentence().toStdString(), HasSubstr("Stopped"));
  }
}

TEST_F(Change, TheChartIsReachedWithTheKeyboard) {
  open();
  run();
  page.show();
  auto* chart = page.findChild<TornadoChart*>();
  EXPECT_NE(chart->focusPolicy() & Qt::TabFocus, 0);
  QTest::keyClick(chart, Qt::Key_Home);
  ASSERT_TRUE(page.chosen());
  EXPECT_EQ(*page.chosen(), page.run().outcomes()[chart->bars()[0].outcome].step);
  QTest::keyClick(chart, Qt::Key_Down);
  EXPECT_EQ(*page.chosen(), page.run().outcomes()[chart->bars()[1].outcome].step);
  const auto* table = page.findChild<QTableView*>();
  EXPECT_TRUE(table->currentIndex().data().toString().endsWith(stepText(*page.chosen())));
  QTest::keyClick(chart, Qt::Key_End);
  EXPECT_EQ(chart->current(), chart->bars().back().outcome);
}

TEST_F(Change, TheTableIsASoundModelWhileOutcomesCome) {
  auto* model = page.findChild<StepModel*>();
  QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  open();
  run();
  run();
  EXPECT_GT(model->rowCount(), 0);
  const int last = model->rowCount() - 1;
  EXPECT_EQ(model->index(last, StepModel::Change).data(StepModel::SortRole).toInt(), last);
}

TEST_F(Change, AnIncompleteTotalIsSaid) {
  open(oneMac(), tcResNet8());
  models.workspace.changeLayers({"choose"}, {{"conv0", {"no such mapping", {}}}});
  models.estimates.run();
  ASSERT_TRUE(settle());
  run();
  EXPECT_THAT(page.sentence().toStdString(),
              HasSubstr("The total now is incomplete: 1 layer missing: conv0"));
}

}  // namespace
}  // namespace taktwerk::test
