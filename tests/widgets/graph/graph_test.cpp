// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QToolButton>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/report/graph_words.h"
#include "tests/support/places.h"
#include "tests/widgets/estimated.h"
#include "widgets/graph/graph_canvas.h"
#include "widgets/graph/graph_legend.h"
#include "widgets/graph/graph_page.h"
#include "widgets/graph/path_model.h"
#include "widgets/view/view_frame.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {
ViewSpec graphView();
}

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class GraphTest : public Estimated {
 protected:
  ViewSpec spec = graphView();
  std::unique_ptr<View> view;
  GraphPage* page = nullptr;

  void show() {
    view = spec.make(models);
    page = static_cast<GraphPage*>(view->widget());
    page->resize(1200, 800);
    page->show();
  }
  /// Files of the project.
  void estimateOf(const char* architecture, const char* network) {
    models.documents.open(QString::fromStdString(sourceDirectory() + architecture));
    ASSERT_TRUE(waitFor([this] { return models.document() && models.jobs.states().empty(); }));
    models.estimates.setNetwork(QString::fromStdString(sourceDirectory() + network));
    ASSERT_TRUE(settle());
    models.estimates.run();
    ASSERT_TRUE(settle());
    ASSERT_TRUE(result());
  }
  [[nodiscard]] bool finish() {
    return waitFor([&] { return !page->isWaiting() && models.jobs.states().empty(); });
  }
  void showLayer(const QString& layer) {
    estimate();
    models.session.setLayer(layer);
    show();
    ASSERT_TRUE(finish());
    ASSERT_EQ(page->message(), "");
    ASSERT_TRUE(page->graph());
  }
  [[nodiscard]] GraphCanvas* canvas() const { return page->findChild<GraphCanvas*>(); }
  [[nodiscard]] GraphLegend* legend() const { return page->findChild<GraphLegend*>(); }
  [[nodiscard]] QTableView* list() const { return page->findChild<QTableView*>(); }
  [[nodiscard]] PathModel* path() const { return page->findChild<PathModel*>(); }
  [[nodiscard]] const DependencyGraph& graph() const { return page->graph()->window.graph; }
  template <class Button>
  [[nodiscard]] Button* button(const QString& text) const {
    for (Button* each : page->findChildren<Button*>()) {
      if (each->text() == text) return each;
    }
    return nullptr;
  }
  /// A node of a kind, in the window.
  [[nodiscard]] std::uint32_t nodeOf(NodeKind kind) const {
    for (std::uint32_t n = 0; n < graph().nodes.size(); ++n) {
      const std::int64_t i = graph().nodes[n].instruction;
      const bool inside = i >= page->graph()->window.first && i < page->graph()->window.end;
      if (inside && graph().nodes[n].kind == kind) return n;
    }
    ADD_FAILURE() << "no such node";
    return 0;
  }
  void paint() const { EXPECT_FALSE(canvas()->grab().isNull()); }
  void click(std::uint32_t node) const {
    canvas()->bringIntoSight(node);
    QTest::mouseClick(canvas()->viewport(), Qt::LeftButton, {}, canvas()->placeOf(node).toPoint());
  }
};

TEST_F(GraphTest, ShowsTheGraphOfTheCore) {
  models.session.setWindow({ProgramWindow::Unit::Iterations, 3, 2});
  showLayer("fc");
  const LayerGraph& shown = *page->graph();
  Progress progress;
  const auto expected =
      graphWindowOf(shown.program.machine, *shown.program.program, shown.chosen.window, progress);
  ASSERT_TRUE(expected);
  ASSERT_EQ(shown.window.end - shown.window.first, 2 * shown.chosen.loopLength);
  ASSERT_EQ(graph().nodes.size(), expected->graph.nodes.size());
  ASSERT_EQ(graph().edges.size(), expected->graph.edges.size());
  EXPECT_EQ(shown.window.title, expected->title);
  for (std::size_t n = 0; n < graph().nodes.size(); ++n) {
    EXPECT_EQ(graph().nodes[n].enter, expected->graph.nodes[n].enter);
    EXPECT_EQ(shown.layout(GraphRows::Instructions).bars[n].leave, expected->graph.nodes[n].leave);
  }
  const std::vector<PathStep> steps = criticalSteps(*expected);
  ASSERT_EQ(path()->rowCount(), static_cast<int>(steps.size()));
  for (int row = 0; row < path()->rowCount(); ++row) {
    const PathStep& step = steps[static_cast<std::size_t>(row)];
    const auto cell = [&](int column) { return path()->index(row, column).data().toString(); };
    EXPECT_EQ(cell(PathModel::Cumulative), grouped(step.cumulative));
    EXPECT_EQ(cell(PathModel::Duration), grouped(step.duration));
    EXPECT_EQ(cell(PathModel::CauseColumn).toStdString(), stepInWords(step.cause, *shown.window.machine));
    EXPECT_EQ(cell(PathModel::Instruction).toStdString(), instructionInWords(shown.window, step.instruction));
  }
  EXPECT_THAT(page->summary().toStdString(), HasSubstr("exactly as they are timed"));
  QAbstractItemModelTester tester(path(), QAbstractItemModelTester::FailureReportingMode::Fatal);
}

TEST_F(GraphTest, ANodeSaysWhatItWaitedForAndSelectsItsBlock) {
  showLayer("fc");
  const std::uint32_t node = nodeOf(NodeKind::Unit);
  click(node);
  EXPECT_EQ(canvas()->look().selected, node);
  const std::string object = page->graph()->window.machine->objectNames[graph().nodes[node].object];
  EXPECT_THAT(models.session.selection().names(), testing::ElementsAre(object));
  const auto words = nodeInWords(page->graph()->window, page->graph()->listed, node);
  for (const std::string& line : words) EXPECT_THAT(page->detail().toStdString(), HasSubstr(line));
  EXPECT_THAT(words[0], HasSubstr("load")) << "the operation with its operands";
  QTest::keyClick(canvas(), Qt::Key_Escape);
  EXPECT_EQ(canvas()->look().selected, std::nullopt);
}

TEST_F(GraphTest, NodesOfSelectedBlocksAreMarked) {
  showLayer("fc");
  models.session.selection().select(SelectionModel::Names{"alu"});
  const std::vector<bool>& marked = canvas()->look().marked;
  const auto& names = page->graph()->window.machine->objectNames;
  ASSERT_EQ(marked.size(), names.size());
  for (std::size_t object = 0; object < names.size(); ++object) {
    EXPECT_EQ(marked[object], names[object] == "alu") << names[object];
  }
  models.session.selection().clear();
  EXPECT_TRUE(canvas()->look().marked.empty());
}

TEST_F(GraphTest, KeysWalkTheCriticalPath) {
  showLayer("fc");
  ASSERT_GT(path()->rowCount(), 2);
  const std::vector<PathStep>& steps = page->graph()->path;
  for (int row = 0; row < 3; ++row) {
    QTest::keyClick(canvas(), Qt::Key_Period);
    EXPECT_EQ(list()->currentIndex().row(), row);
    EXPECT_EQ(canvas()->look().selected, steps[static_cast<std::size_t>(row)].node);
    const QPointF place = canvas()->placeOf(steps[static_cast<std::size_t>(row)].node);
    EXPECT_TRUE(canvas()->viewport()->rect().contains(QPoint(20, static_cast<int>(place.y()))));
  }
  QTest::keyClick(canvas(), Qt::Key_Comma);
  EXPECT_EQ(list()->currentIndex().row(), 1);
  list()->setCurrentIndex(path()->index(path()->rowCount() - 1, 0));
  EXPECT_EQ(canvas()->look().selected, steps.back().node);
  QTest::keyClick(canvas(), Qt::Key_Period);
  EXPECT_EQ(list()->currentIndex().row(), path()->rowCount() - 1) << "there is no next";
}

TEST_F(GraphTest, TheListFollowsWhatIsSelectedInThePicture) {
  showLayer("fc");
  const std::vector<PathStep>& steps = page->graph()->path;
  click(steps.back().node);
  ASSERT_TRUE(canvas()->look().selected);
  EXPECT_EQ(list()->currentIndex().row(), path()->rowOf(*canvas()->look().selected));
  QTest::keyClick(list(), Qt::Key_Comma);
  EXPECT_LT(list()->currentIndex().row(), path()->rowCount() - 1);
  std::uint32_t beside = 0;
  while (path()->rowOf(beside) >= 0) ++beside;
  click(beside);
  EXPECT_EQ(canvas()->look().selected, beside);
  EXPECT_FALSE(list()->currentIndex().isValid()) << "it is not on the path";
}

TEST_F(GraphTest, TheLegendHidesWhatItNames) {
  showLayer("fc");
  canvas()->fit();
  paint();
  EXPECT_EQ(canvas()->painted().lines, 0) << "edges of what is selected only";
  EXPECT_GT(canvas()->painted().critical, 0);
  button<QToolButton>("All edges")->click();
  paint();
  const int all = canvas()->painted().lines;
  EXPECT_GT(all, 0);
  EXPECT_EQ(legend()->hiddenText(), "");
  button<QToolButton>("Forward")->click();
  paint();
  const int without = canvas()->painted().lines;
  EXPECT_LT(without, all);
  EXPECT_EQ(legend()->hiddenText(), "Hidden: forward edges");
  for (const char* kind : {"Data", "Structural", "Buffer fill"}) button<QToolButton>(kind)->click();
  paint();
  EXPECT_EQ(canvas()->painted().lines, 0);
  EXPECT_GT(canvas()->painted().critical, 0) << "it has a switch of its own";
  button<QToolButton>("Critical path")->click();
  paint();
  EXPECT_EQ(canvas()->painted().critical, 0);
  EXPECT_THAT(legend()->hiddenText().toStdString(), HasSubstr("critical path"));
}

TEST_F(GraphTest, NeighboursGrowByStepsUpToThreeUnasked) {
  showLayer("fc");
  click(nodeOf(NodeKind::Unit));
  EXPECT_EQ(canvas()->stepsBack(), 1);
  const std::size_t direct = canvas()->look().near.edges.size();
  EXPECT_GT(direct, 0U);
  QTest::keyClick(canvas(), Qt::Key_N);
  EXPECT_EQ(canvas()->stepsAhead(), 2);
  EXPECT_GE(canvas()->look().near.edges.size(), direct);
  for (int i = 0; i < 5; ++i) QTest::keyClick(canvas(), Qt::Key_P);
  EXPECT_EQ(canvas()->stepsBack(), 3);
  const auto* more = button<QPushButton>("Show more neighbours");
  ASSERT_EQ(more->isVisible(), canvas()->look().near.more);
  canvas()->showMore();
  EXPECT_EQ(canvas()->stepsBack(), 4);
}

TEST_F(GraphTest, TheWindowIsThatOfTheSessionBothWays) {
  showLayer("fc");
  models.session.setWindow({ProgramWindow::Unit::Iterations, 5, 1});
  ASSERT_TRUE(finish());
  const std::int64_t length = page->graph()->chosen.loopLength;
  EXPECT_EQ(page->graph()->window.end - page->graph()->window.first, length);
  const QList<QDoubleSpinBox*> boxes = page->findChildren<QDoubleSpinBox*>();
  ASSERT_EQ(boxes.size(), 2);
  EXPECT_EQ(boxes[0]->value(), 5);
  boxes[1]->setValue(3);
  EXPECT_EQ(models.session.window(), (ProgramWindow{ProgramWindow::Unit::Iterations, 5, 3}));
  ASSERT_TRUE(finish());
  EXPECT_EQ(page->graph()->window.end - page->graph()->window.first, 3 * length);
  models.session.setWindow({ProgramWindow::Unit::Instructions, 7, 4});
  ASSERT_TRUE(finish());
  EXPECT_EQ(page->graph()->window.first, 7);
  EXPECT_EQ(page->graph()->window.end, 11);
}

TEST_F(GraphTest, TheLayerIsThatOfTheSessionBothWays) {
  showLayer("fc");
  models.session.setLayer("conv0");
  ASSERT_TRUE(finish());
  EXPECT_EQ(page->graph()->layer, "conv0");
  auto* layers = page->findChild<QComboBox*>();
  layers->setCurrentIndex(layers->findData("fc"));
  Q_EMIT layers->activated(layers->currentIndex());
  EXPECT_EQ(models.session.layer(), "fc");
  ASSERT_TRUE(finish());
  EXPECT_EQ(page->graph()->layer, "fc");
}

TEST_F(GraphTest, LongWindowsAreCutUntilAllIsAskedFor) {
  models.session.setWindow({ProgramWindow::Unit::Instructions, 0, 700});
  showLayer("fc");
  EXPECT_EQ(page->graph()->window.end, shownUnasked);
  EXPECT_THAT(page->summary().toStdString(), HasSubstr("; the first 500 of 700"));
  auto* all = button<QPushButton>("Show all 700");
  ASSERT_TRUE(all && all->isVisible());
  all->click();
  ASSERT_TRUE(finish());
  EXPECT_EQ(page->graph()->window.end, 700);
  EXPECT_FALSE(all->isVisible());
}

TEST_F(GraphTest, SearchSelectsOneMatchAfterTheOther) {
  showLayer("fc");
  auto* search = page->findChild<QLineEdit*>(QString(), Qt::FindDirectChildrenOnly);
  for (auto* each : page->findChildren<QLineEdit*>()) {
    if (each->accessibleName() == "Find in the graph") search = each;
  }
  ASSERT_TRUE(search);
  search->setText("alu");
  QTest::keyClick(search, Qt::Key_Return);
  const auto first = canvas()->look().selected;
  ASSERT_TRUE(first);
  const auto& names = page->graph()->window.machine->objectNames;
  EXPECT_EQ(names[graph().nodes[*first].object], "alu");
  QTest::keyClick(search, Qt::Key_Return);
  EXPECT_NE(canvas()->look().selected, first);
  EXPECT_FALSE(canvas()->look().found.empty());
  search->clear();
  EXPECT_TRUE(canvas()->look().found.empty());
}

TEST_F(GraphTest, RowsAreInstructionsOrBlocks) {
  showLayer("fc");
  EXPECT_EQ(canvas()->rows(), GraphRows::Instructions);
  for (auto* each : page->findChildren<QComboBox*>()) {
    if (each->accessibleName() != "Form") continue;
    each->setCurrentIndex(1);
    Q_EMIT each->activated(1);
  }
  EXPECT_EQ(canvas()->rows(), GraphRows::Objects);
  const std::uint32_t node = nodeOf(NodeKind::Unit);
  click(node);
  EXPECT_EQ(canvas()->look().selected, node);
}

TEST_F(GraphTest, TheWheelZoomsAtTheCursor) {
  showLayer("fc");
  const QPointF at(500, 200);
  const double cycle = canvas()->scale().cycleAt(at.x());
  const double before = canvas()->scale().perCycle;
  canvas()->zoomBy(1.5, 1, at);
  EXPECT_GT(canvas()->scale().perCycle, before);
  EXPECT_NEAR(canvas()->scale().cycleAt(at.x()), cycle, 2 / before);
  QTest::keyClick(canvas(), Qt::Key_F);
  const GraphInTime& layout = page->graph()->layout(GraphRows::Instructions);
  EXPECT_GE(canvas()->scale().xOf(static_cast<double>(layout.from)), GraphScale::gutter - 1);
  EXPECT_LE(canvas()->scale().xOf(static_cast<double>(layout.to)), canvas()->viewport()->width() + 1);
}

TEST_F(GraphTest, WritesWhatIsShown) {
  showLayer("fc");
  for (const char* name : {"g.svg", "g.pdf", "g.dot"}) {
    models.ask.graphPath = [&](const QString&) { return folder.path(QLatin1String(name)); };
    page->exportPicture();
    ASSERT_TRUE(finish());
    QFile file(folder.path(QLatin1String(name)));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly)) << name;
    const QByteArray bytes = file.readAll();
    EXPECT_GT(bytes.size(), 500) << name;
    const QByteArray begin = bytes.left(300);
    EXPECT_TRUE(begin.contains("<svg") || begin.startsWith("%PDF") || begin.contains("digraph")) << name;
  }
  models.ask.graphPath = [](const QString&) { return QString(); };
  page->exportPicture();
}

TEST_F(GraphTest, SaysWhyThereIsNothing) {
  show();
  ViewFrame frame(spec, *view, models);
  EXPECT_THAT(frame.emptyText().toStdString(), HasSubstr("Press F5"));
  estimate();
  models.session.setWindow({ProgramWindow::Unit::Iterations, 1'000'000'000, 1});
  frame.resize(1200, 800);
  frame.show();
  ASSERT_TRUE(finish());
  EXPECT_THAT(page->message().toStdString(), HasSubstr("the loop that runs most has iterations 0 to"));
  models.session.setWindow({ProgramWindow::Unit::Instructions, 1'000'000'000'000, 10});
  ASSERT_TRUE(finish());
  EXPECT_THAT(page->message().toStdString(), HasSubstr("the program has instructions 0 to"));
  models.session.setWindow({ProgramWindow::Unit::Iterations, 0, 2});
  ASSERT_TRUE(finish());
  EXPECT_EQ(page->message(), "");
}

TEST_F(GraphTest, SaysWhyALayerHasNoProgram) {
  estimateOf("/archs/gemmini/gemmini.arch.yaml", "/resources/networks/bert-base-layer.network.yaml");
  ASSERT_FALSE(result()->unmapped.empty());
  show();
  ASSERT_TRUE(finish());
  ASSERT_EQ(page->message(), "");
  const QString shown = page->graph()->layer;
  models.session.setLayer(QString::fromStdString(result()->unmapped[0].name));
  ASSERT_TRUE(finish());
  EXPECT_THAT(page->message().toStdString(), HasSubstr(result()->unmapped[0].reason));
  models.session.setLayer(shown);
  ASSERT_TRUE(finish());
  EXPECT_EQ(page->message(), "") << "and back";
}

TEST_F(GraphTest, TheHeaviestLayerIsShownWhenNoneIsChosen) {
  estimate();
  show();
  ASSERT_TRUE(finish());
  ASSERT_TRUE(page->graph());
  Cycles most = 0;
  for (const LayerEstimate& layer : result()->layers) most = std::max(most, layer.cycles);
  for (const LayerEstimate& layer : result()->layers) {
    if (layer.name == page->graph()->layer.toStdString()) {
      EXPECT_EQ(layer.cycles, most);
    }
  }
  EXPECT_THAT(page->summary().toStdString(), HasSubstr("the layer that takes most cycles"));
}

TEST_F(GraphTest, SaysWhenWhatItShowsIsOutOfDate) {
  showLayer("fc");
  models.estimates.setParameters({{"arch.mac_latency", 5}});
  EXPECT_THAT(page->summary().toStdString(), StartsWith("Out of date."));
  models.session.setWindow({ProgramWindow::Unit::Iterations, 4, 1});
  EXPECT_THAT(page->message().toStdString(), HasSubstr("Press F5"));
  models.session.setWindow(page->graph()->asked);
  EXPECT_EQ(page->message(), "") << "what was there is shown again";
  models.session.setWindow({ProgramWindow::Unit::Iterations, 4, 1});
  models.estimates.run();
  ASSERT_TRUE(waitFor([&] { return !models.estimates.running(); }));
  ASSERT_TRUE(finish());
  EXPECT_THAT(page->summary().toStdString(), StartsWith("Instructions"));
}

TEST_F(GraphTest, CanBeStoppedAndMadeAgain) {
  estimateOf("/archs/systolic-array/systolic-array.arch.yaml", "/resources/networks/alexnet.network.yaml");
  models.session.setLayer("conv2");
  models.session.setWindow({ProgramWindow::Unit::Instructions, 50'000'000, 500});
  show();
  ASSERT_TRUE(page->isWaiting());
  button<QPushButton>("Stop")->click();
  ASSERT_TRUE(finish());
  EXPECT_EQ(page->message(), "Making the graph was stopped.");
  button<QPushButton>("Make it")->click();
  ASSERT_TRUE(finish());
  EXPECT_EQ(page->message(), "");
  EXPECT_EQ(page->graph()->window.first, 50'000'000) << "however far it lies in the program";
}

}  // namespace
}  // namespace taktwerk::test
