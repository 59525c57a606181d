// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QTreeView>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/report/kernel_words.h"
#include "tests/support/places.h"
#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/kernels/body_model.h"
#include "widgets/kernels/kernel_model.h"
#include "widgets/kernels/kernels_page.h"
#include "widgets/kernels/settling_plot.h"
#include "widgets/theme/theme.h"
#include "widgets/view/models.h"
#include "widgets/view/view_frame.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {
ViewSpec kernelsView();
}

namespace taktwerk::test {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

QString shipped(const char* architecture) {
  return QString::fromStdString(taktwerk::sourceDirectory()) +
         QStringLiteral("/archs/%1/%1.arch.yaml").arg(QLatin1String(architecture));
}

class KernelsTest : public ::testing::Test {
 protected:
  Folder folder;
  Theme theme{false};
  Models models{theme, {{}, {}, {}, folder.path("kept")}};
  ViewSpec spec = kernelsView();
  std::unique_ptr<View> view;
  KernelsPage* page = nullptr;

  void open(const QStringList& files) {
    models.opener.open(files);
    ASSERT_TRUE(waitFor([&] { return models.document() && models.jobs.states().empty(); }));
  }
  void estimate() {
    models.estimates.run();
    ASSERT_TRUE(waitFor([&] { return !models.estimates.running(); }));
  }
  void show() {
    view = spec.make(models);
    page = static_cast<KernelsPage*>(view->widget());
    page->resize(900, 600);
    page->show();
  }
  [[nodiscard]] bool settle() const {
    return waitFor([&] { return !page->isWaiting() && models.jobs.states().empty(); });
  }
  void showLayer(const char* architecture, const QString& layer) {
    open({shipped(architecture), tcResNet8()});
    estimate();
    models.session.setLayer(layer);
    show();
    ASSERT_TRUE(settle());
    ASSERT_EQ(page->message(), "");
  }
  [[nodiscard]] QTreeView* tree() const { return page->findChild<QTreeView*>(); }
  [[nodiscard]] QTableView* body() const { return page->findChild<QTableView*>(); }
  [[nodiscard]] BodyModel* instructions() const { return page->findChild<BodyModel*>(); }
  [[nodiscard]] SettlingPlot* plot() const { return page->findChild<SettlingPlot*>(); }
  [[nodiscard]] KernelModel* loops() const { return page->findChild<KernelModel*>(); }
  void choose(std::optional<std::size_t> row) const {
    tree()->setCurrentIndex(loops()->indexOf(row));
    ASSERT_TRUE(settle());
  }
};

TEST_F(KernelsTest, ShowsWhatTheCoreFindsOut) {
  showLayer("systolic-array", "conv0");
  Progress progress;
  const LayerKernels expected = kernelsOfLayer(models.estimates.input(), "conv0", progress);
  ASSERT_TRUE(expected.study);
  EXPECT_EQ(page->kernels().layer, "conv0");
  const KernelTable& table = expected.study->table;
  ASSERT_EQ(page->kernels().study->table.kernels.size(), table.kernels.size());
  const KernelModel& model = *loops();
  ASSERT_EQ(model.rowCount(), 1);
  EXPECT_EQ(model.index(0, KernelModel::Loop).data(), "conv0");
  EXPECT_EQ(model.index(0, KernelModel::Standing).data(), "exact");
  for (std::size_t i = 0; i < table.kernels.size(); ++i) {
    const QModelIndex loop = model.indexOf(i);
    const KernelFinding& finding = expected.study->findings[i];
    EXPECT_EQ(KernelModel::rowOf(loop), i);
    EXPECT_THAT(loop.data().toString().toStdString(), HasSubstr(table.kernels[i].variable));
    EXPECT_EQ(loop.siblingAtColumn(KernelModel::Trips).data().toString(), grouped(table.kernels[i].trips));
    EXPECT_EQ(loop.siblingAtColumn(KernelModel::Executions).data().toString(),
              grouped(table.kernels[i].executions));
    EXPECT_EQ(loop.siblingAtColumn(KernelModel::Evaluated).data().toString(),
              grouped(finding.evaluatedBodies));
    const engine::SteadyStretch* steady = finding.steady();
    EXPECT_EQ(loop.siblingAtColumn(KernelModel::PeriodCycles).data().toString(),
              steady ? grouped(steady->periodCycles) : QString());
    EXPECT_EQ(loop.siblingAtColumn(KernelModel::SteadyAfter).data().toString(),
              steady ? grouped(steady->first) : QString());
    EXPECT_EQ(loop.siblingAtColumn(KernelModel::Standing).data().toString(), toString(finding.standing));
    // Loops stand below the loop around.
    int depth = 0;
    for (QModelIndex above = loop.parent(); above.parent().isValid(); above = above.parent()) ++depth;
    EXPECT_EQ(depth, static_cast<int>(table.kernels[i].depth));
  }
  EXPECT_THAT(page->groundText().toStdString(), HasSubstr("Exact: 13 of"));
  QAbstractItemModelTester tester(loops(), QAbstractItemModelTester::FailureReportingMode::Fatal);
  QAbstractItemModelTester bodyTester(instructions(), QAbstractItemModelTester::FailureReportingMode::Fatal);
}

TEST_F(KernelsTest, ShowsTheSettlingAndTheBodyOfTheLoopThatIsChosen) {
  showLayer("one-mac", "fc");
  ASSERT_EQ(page->kernels().study->findings.size(), 2U);
  EXPECT_EQ(KernelModel::rowOf(tree()->currentIndex()), 1U) << "the loop that runs most";
  EXPECT_EQ(plot()->settling().pieces, settlingOf(page->kernels().study->findings[1].first).pieces);
  EXPECT_EQ(plot()->settling().pieces.back().periods, 46);
  Progress progress;
  const KernelBody expected = bodyOfKernel(page->kernels(), 1, progress);
  ASSERT_EQ(instructions()->rowCount(), 3);
  for (int i = 0; i < 3; ++i) {
    const BodyInstruction& each = expected.body.instructions[static_cast<std::size_t>(i)];
    const auto cell = [&](int column) { return instructions()->index(i, column).data().toString(); };
    EXPECT_EQ(cell(BodyModel::Operation).toStdString(), each.listed.operation);
    EXPECT_EQ(cell(BodyModel::Starts), grouped(each.starts));
    EXPECT_EQ(cell(BodyModel::Waited), grouped(each.waited));
    EXPECT_EQ(cell(BodyModel::WaitsFor).toStdString(), waitsInWords(each, *page->kernels().program.machine));
  }
  EXPECT_EQ(instructions()->index(0, BodyModel::Reads).data(), "dmem[48 + 48·k + c]");
  EXPECT_EQ(instructions()->index(2, BodyModel::Unit).data(), "alu");
  choose(0);
  EXPECT_EQ(plot()->settling().pieces.back().periods, 10);
  choose(std::nullopt);
  EXPECT_TRUE(plot()->settling().pieces.empty());
}

TEST_F(KernelsTest, TheLayerIsThatOfTheSessionBothWays) {
  showLayer("one-mac", "fc");
  models.session.setLayer("conv0");
  ASSERT_TRUE(settle());
  EXPECT_EQ(page->kernels().layer, "conv0");
  auto* layers = page->findChild<QComboBox*>();
  EXPECT_EQ(layers->currentData(), "conv0");
  layers->setCurrentIndex(layers->findData("fc"));
  Q_EMIT layers->activated(layers->currentIndex());
  EXPECT_EQ(models.session.layer(), "fc");
  ASSERT_TRUE(settle());
  EXPECT_EQ(page->kernels().layer, "fc");
}

TEST_F(KernelsTest, SelectionTravelsBothWays) {
  showLayer("one-mac", "fc");
  body()->setCurrentIndex(instructions()->index(0, 0));
  EXPECT_THAT(models.session.selection().names(), testing::UnorderedElementsAre("lsu", "dmem"));
  EXPECT_EQ(instructions()->marked(), (std::set<int>{0, 1})) << "both loads use them";
  models.session.selection().select(SelectionModel::Names{"alu"});
  EXPECT_EQ(instructions()->marked(), std::set<int>{2});
  EXPECT_THAT(instructions()->index(2, 0).data().toString().toStdString(), HasSubstr("●"));
  models.session.selection().clear();
  EXPECT_TRUE(instructions()->marked().empty());
}

TEST_F(KernelsTest, IterationsAreThoseOfTheSessionBothWays) {
  showLayer("one-mac", "fc");
  models.session.setWindow({ProgramWindow::Unit::Iterations, 5, 3});
  EXPECT_EQ(plot()->range(), (IterationRange{5, 3}));
  QTest::keyClick(plot(), Qt::Key_Right);
  EXPECT_EQ(models.session.window().first, 6);
  QTest::keyClick(plot(), Qt::Key_Right, Qt::ShiftModifier);
  EXPECT_EQ(models.session.window().count, 4);
  QTest::keyClick(plot(), Qt::Key_Left);
  EXPECT_EQ(models.session.window().first, 5);
  models.session.setWindow({ProgramWindow::Unit::Instructions, 5, 3});
  EXPECT_EQ(plot()->range(), std::nullopt);
}

TEST_F(KernelsTest, SaysWhenWhatItShowsIsOutOfDate) {
  showLayer("one-mac", "fc");
  models.estimates.setParameters({{"arch.mac_latency", 5}});
  EXPECT_THAT(page->groundText().toStdString(), testing::StartsWith("Out of date."));
  EXPECT_NE(loops()->index(0, 0).data(Qt::ForegroundRole), QVariant());
  const Cycles before = page->kernels().study->cycles;
  estimate();
  ASSERT_TRUE(settle());
  EXPECT_THAT(page->groundText().toStdString(), testing::StartsWith("Exact"));
  EXPECT_NE(page->kernels().study->cycles, before);
}

TEST_F(KernelsTest, SaysWhyThereIsNothing) {
  show();
  ViewFrame frame(spec, *view, models);
  EXPECT_THAT(frame.emptyText().toStdString(), HasSubstr("Press F5"));
  open({shipped("tpu-like"), tcResNet8()});
  estimate();
  const auto& unmapped = models.estimates.outcome().estimate->unmapped;
  EXPECT_EQ(frame.emptyText(), "");
  models.session.setLayer("conv0");
  frame.show();
  ASSERT_TRUE(settle());
  EXPECT_TRUE(page->kernels().study->findings.empty());
  EXPECT_EQ(instructions()->rowCount(), 4) << "what stands in no loop";
  if (!unmapped.empty()) {
    models.session.setLayer(QString::fromStdString(unmapped[0].name));
    EXPECT_THAT(page->message().toStdString(), HasSubstr(unmapped[0].reason));
  }
  open({shipped("output-stationary-array"), tcResNet8()});
  estimate();
  EXPECT_THAT(frame.emptyText().toStdString(), HasSubstr("no layer could be timed"));
}

TEST_F(KernelsTest, LooksOnlyWhenItIsSeenAndCanBeStopped) {
  open({shipped("one-mac"), tcResNet8()});
  estimate();
  view = spec.make(models);
  page = static_cast<KernelsPage*>(view->widget());
  EXPECT_FALSE(page->isWaiting());
  page->show();
  EXPECT_TRUE(page->isWaiting());
  auto* stop = page->findChild<QPushButton*>();
  ASSERT_TRUE(stop->isVisible());
  stop->click();
  ASSERT_TRUE(settle());
  if (!page->kernels().study) {  // it may have been done before
    EXPECT_THAT(page->message().toStdString(), HasSubstr("stopped"));
    EXPECT_EQ(stop->text(), "Look again");
    stop->click();
    ASSERT_TRUE(settle());
  }
  EXPECT_TRUE(page->kernels().study);
}

TEST_F(KernelsTest, OfATraceAreTheLoopsFoundInIt) {
  QByteArray trace;
  for (int i = 0; i < 50; ++i) {
    trace += QStringLiteral(
                 "{\"operation\": \"load\", \"writes\": [\"regs.r1\"], \"memory_reads\": "
                 "[{\"memory\": \"dmem\", \"address\": %1}]}\n")
                 .arg(i)
                 .toUtf8();
    trace += "{\"operation\": \"mac\", \"reads\": [\"regs.r0\", \"regs.r1\"], \"writes\": [\"regs.r0\"]}\n";
  }
  open({shipped("one-mac"), folder.write("dots.trace.jsonl", trace)});
  estimate();
  show();
  ASSERT_TRUE(settle());
  EXPECT_EQ(page->kernels().layer, "dots");
  ASSERT_EQ(page->kernels().study->table.kernels.size(), 1U);
  EXPECT_EQ(page->kernels().study->table.kernels[0].trips, 50);
  EXPECT_EQ(loops()->indexOf(0).data(), "1") << "a loop that was found has no variable";
  EXPECT_EQ(instructions()->rowCount(), 2);
}

TEST(SettlingPlot, ChoosesIterationsByDragging) {
  const Theme theme(false);
  SettlingPlot plot(theme);
  plot.resize(600, 200);
  plot.show();
  engine::LoopExecution execution;
  execution.iterations = execution.run = 10;
  for (std::int64_t i = 0; i < 10; ++i) execution.first.push_back({i, 4});
  plot.setSettling(settlingOf(execution), 10);
  std::vector<IterationRange> chosen;
  QObject context;
  QObject::connect(&plot, &SettlingPlot::rangeChosen, &context, [&](qint64 first, qint64 count) {
    chosen.push_back({first, count});
  });
  QWidget* canvas = plot.findChild<QWidget*>();
  QApplication::processEvents();
  QTest::mousePress(canvas, Qt::LeftButton, {}, {canvas->width() - 40, 60});
  QTest::mouseMove(canvas, {canvas->width() / 2, 60});
  QTest::mouseRelease(canvas, Qt::LeftButton, {}, {canvas->width() / 2, 60});
  ASSERT_FALSE(chosen.empty());
  EXPECT_EQ(chosen.front(), (IterationRange{9, 1}));
  EXPECT_GT(chosen.back().count, 3);
  EXPECT_EQ(chosen.back().first + chosen.back().count, 10);
  EXPECT_EQ(plot.range(), chosen.back());
  // Silently from elsewhere.
  const std::size_t before = chosen.size();
  plot.setRange(IterationRange{2, 2});
  EXPECT_EQ(chosen.size(), before);
}

}  // namespace
}  // namespace taktwerk::test
