// SPDX-License-Identifier: GPL-3.0-or-later
// The dependency graph as the layout helper lays it out.
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <csignal>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/report/folded_graph_files.h"
#include "tests/widgets/estimated.h"
#include "widgets/graph/graph_canvas.h"
#include "widgets/graph/graph_page.h"
#include "widgets/graph/laid_out_canvas.h"
#include "widgets/graph/laid_out_pane.h"
#include "widgets/graph/path_model.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {
ViewSpec graphView();
}

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;

constexpr int byLoops = 2, byBlocks = 3, inTime = 0;

class LaidOutTest : public Estimated {
 protected:
  ViewSpec spec = graphView();
  std::unique_ptr<View> view;
  GraphPage* page = nullptr;

  void SetUp() override { models.places.layoutProgram = layoutProgram(); }
  [[nodiscard]] bool finish() {
    return waitFor([&] { return !page->isWaiting() && models.jobs.states().empty(); });
  }
  void choose(int form) {
    auto* box = formBox();
    box->setCurrentIndex(form);
    Q_EMIT box->activated(form);
  }
  [[nodiscard]] QComboBox* formBox() const {
    for (auto* each : page->findChildren<QComboBox*>()) {
      if (each->accessibleName() == "Form") return each;
    }
    return nullptr;
  }
  void showPage() {
    estimate();
    models.session.setLayer("fc");
    view = spec.make(models);
    page = static_cast<GraphPage*>(view->widget());
    page->resize(1200, 800);
    page->show();
    ASSERT_TRUE(finish());
    ASSERT_TRUE(page->graph());
  }
  void showLaidOut(int form = byLoops) {
    showPage();
    choose(form);
    ASSERT_TRUE(finish());
    ASSERT_TRUE(pane()->shown()) << pane()->message().toStdString();
  }
  /// A program in the helper's place.
  void putInPlace(const QByteArray& script) {
    const QString path = folder.write("helper", "#!/bin/sh\n" + script);
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    models.places.layoutProgram = path;
  }
  [[nodiscard]] LaidOutPane* pane() const { return page->findChild<LaidOutPane*>(); }
  [[nodiscard]] LaidOutCanvas& canvas() const { return pane()->canvas(); }
  [[nodiscard]] const LaidOutGraph& shown() const { return *pane()->shown(); }
  [[nodiscard]] QTableView* list() const { return page->findChild<QTableView*>(); }
  [[nodiscard]] QPushButton* button(const QString& text) const {
    for (auto* each : page->findChildren<QPushButton*>()) {
      if (each->text() == text && each->isVisible()) return each;
    }
    ADD_FAILURE() << text.toStdString();
    return nullptr;
  }
  [[nodiscard]] std::uint32_t boxOf(FoldedKind kind) const {
    for (std::uint32_t b = 0; b < shown().folded.boxes.size(); ++b) {
      if (shown().folded.boxes[b].kind == kind) return b;
    }
    ADD_FAILURE() << toString(kind);
    return 0;
  }
  void click(std::uint32_t box) const {
    canvas().bringIntoSight(box);
    QTest::mouseClick(canvas().viewport(), Qt::LeftButton, {}, canvas().placeOf(box).toPoint());
  }
  void paint() const { EXPECT_FALSE(canvas().grab().isNull()); }
  /// The graph along time can be looked at whatever became of the helper.
  void expectInTimeIsThere() {
    choose(inTime);
    auto* bars = page->findChild<GraphCanvas*>();
    EXPECT_TRUE(bars->isVisible());
    EXPECT_FALSE(bars->grab().isNull());
    EXPECT_GT(bars->painted().bars, 0);
    choose(byLoops);
  }
};

TEST_F(LaidOutTest, ShowsTheFoldedGraphOfTheCore) {
  showLaidOut();
  const LayerGraph& of = *page->graph();
  const GraphFold fold = usualFold(of.window, *of.program.program, FoldBy::Loops);
  const FoldedGraph expected = foldGraph(of.window, *of.program.program, fold);
  ASSERT_EQ(shown().boxes.size(), expected.boxes.size());
  ASSERT_EQ(shown().arrows.size(), expected.edges.size());
  EXPECT_GT(shown().boxes.size(), 1U);
  for (std::size_t b = 0; b < expected.boxes.size(); ++b) {
    EXPECT_EQ(shown().boxes[b].title.toStdString(), boxTitle(of.window, expected.boxes[b]));
    EXPECT_TRUE(shown().bounds.contains(shown().boxes[b].rect));
    for (std::size_t other = 0; other < b; ++other) {
      EXPECT_FALSE(shown().boxes[b].rect.intersects(shown().boxes[other].rect));
    }
  }
  constexpr double near = 24;  // arrows of several kinds stand beside each other
  for (std::size_t e = 0; e < expected.edges.size(); ++e) {
    const QRectF from = shown().boxes[expected.edges[e].from].rect.adjusted(-near, -near, near, near);
    const QRectF to = shown().boxes[expected.edges[e].to].rect.adjusted(-near, -near, near, near);
    EXPECT_TRUE(from.contains(shown().arrows[e].line.front()));
    EXPECT_TRUE(to.contains(shown().arrows[e].line.back()));
  }
  EXPECT_THAT(page->summary().toStdString(),
              HasSubstr("drawn as " + std::to_string(expected.boxes.size()) + " boxes"));
  choose(byBlocks);
  ASSERT_TRUE(finish());
  EXPECT_EQ(shown().fold.by, FoldBy::Blocks);
  EXPECT_EQ(shown().boxes[boxOf(FoldedKind::Block)].kind.has_value(), true);
}

TEST_F(LaidOutTest, BoxesAreOpenedAndClosedOneByOne) {
  showLaidOut();
  const std::size_t before = shown().boxes.size();
  const std::uint32_t box = boxOf(FoldedKind::Instruction);
  const std::string key = shown().folded.boxes[box].key;
  click(box);
  EXPECT_TRUE(button("Open")->isEnabled());
  QTest::keyClick(&canvas(), Qt::Key_Return);
  ASSERT_TRUE(finish());
  EXPECT_GT(shown().boxes.size(), before);
  ASSERT_TRUE(canvas().look().selected) << "what was in the box";
  EXPECT_EQ(shown().folded.boxes[*canvas().look().selected].within, key);
  QTest::keyClick(&canvas(), Qt::Key_Backspace);
  ASSERT_TRUE(finish());
  EXPECT_EQ(shown().boxes.size(), before);
  click(boxOf(FoldedKind::Instruction));
  button("Open")->click();
  ASSERT_TRUE(finish());
  button("Fold all")->click();
  ASSERT_TRUE(finish());
  EXPECT_EQ(shown().boxes.size(), before);
  QTest::mouseDClick(canvas().viewport(), Qt::LeftButton, {},
                     canvas().placeOf(boxOf(FoldedKind::Instruction)).toPoint());
  ASSERT_TRUE(finish());
  EXPECT_GT(shown().boxes.size(), before);
}

TEST_F(LaidOutTest, KeysWalkTheCriticalPathFromBoxToBox) {
  showLaidOut();
  const std::vector<PathStep>& path = page->graph()->path;
  const auto boxOfStep = [&](int row) {
    return shown().folded.boxOf[path[static_cast<std::size_t>(row)].node];
  };
  QTest::keyClick(&canvas(), Qt::Key_Period);
  EXPECT_EQ(list()->currentIndex().row(), 0);
  EXPECT_EQ(canvas().look().selected, boxOfStep(0));
  int boxes = 0;
  for (int row = 0; row != list()->currentIndex().row() || boxes == 0; ++boxes) {
    row = list()->currentIndex().row();
    const auto selected = canvas().look().selected;
    QTest::keyClick(&canvas(), Qt::Key_Period);
    if (list()->currentIndex().row() == row) break;
    EXPECT_NE(canvas().look().selected, selected) << "another box";
    EXPECT_EQ(canvas().look().selected, boxOfStep(list()->currentIndex().row()));
  }
  EXPECT_GT(boxes, 0);
  list()->setCurrentIndex(list()->model()->index(0, 0));
  EXPECT_EQ(canvas().look().selected, boxOfStep(0));
}

TEST_F(LaidOutTest, SelectionTravelsBothWays) {
  showLaidOut(byBlocks);
  const std::uint32_t box = boxOf(FoldedKind::Block);
  click(box);
  EXPECT_THAT(models.session.selection().names(), testing::ElementsAre(shown().folded.boxes[box].name));
  for (const std::string& line : boxInWords(page->graph()->window, shown().folded.boxes[box])) {
    EXPECT_THAT(page->detail().toStdString(), HasSubstr(line));
  }
  models.session.selection().select(SelectionModel::Names{"alu"});
  ASSERT_EQ(canvas().look().marked.size(), shown().boxes.size());
  for (std::size_t b = 0; b < shown().boxes.size(); ++b) {
    if (shown().folded.boxes[b].kind != FoldedKind::Block) continue;
    EXPECT_EQ(canvas().look().marked[b], shown().folded.boxes[b].name == "alu");
  }
  QTest::keyClick(&canvas(), Qt::Key_Escape);
  EXPECT_EQ(canvas().look().selected, std::nullopt);
}

TEST_F(LaidOutTest, WhatIsSelectedStaysWhenTheFormChanges) {
  showLaidOut();
  click(boxOf(FoldedKind::Instruction));
  const auto node = page->findChild<GraphCanvas*>()->look().selected;
  ASSERT_TRUE(node);
  choose(inTime);
  EXPECT_EQ(page->findChild<GraphCanvas*>()->look().selected, node);
  choose(byBlocks);
  ASSERT_TRUE(finish());
  EXPECT_EQ(canvas().look().selected, shown().folded.boxOf[*node]);
}

TEST_F(LaidOutTest, TheLegendHidesWhatItNames) {
  showLaidOut();
  canvas().fit();
  paint();
  const LaidOutPainted all = canvas().painted();
  EXPECT_EQ(all.boxes, static_cast<int>(shown().boxes.size()));
  EXPECT_GT(all.arrows, 0);
  EXPECT_GT(all.critical, 0);
  for (auto* each : page->findChildren<QToolButton*>()) {
    if (each->text() == "Critical path") each->click();
  }
  paint();
  EXPECT_EQ(canvas().painted().critical, 0);
  EXPECT_EQ(canvas().painted().arrows, all.arrows + all.critical) << "as any other";
  for (auto* each : page->findChildren<QToolButton*>()) {
    for (const char* kind : {"Forward", "Data", "Structural", "Buffer fill"}) {
      if (each->text() == QLatin1String(kind)) each->click();
    }
  }
  paint();
  EXPECT_EQ(canvas().painted().arrows, 0);
}

TEST_F(LaidOutTest, ShowsLessWhereItIsSmall) {
  showLaidOut();
  canvas().fit();
  paint();
  const int all = canvas().painted().boxes;
  EXPECT_EQ(canvas().painted().texts, all);
  EXPECT_GT(canvas().painted().carried, 0) << "the loop carries something";
  for (const double zoom : {0.38, 0.11}) {
    canvas().zoomBy(zoom / canvas().sight().zoom, QPointF(300, 300));
    EXPECT_NEAR(canvas().sight().zoom, zoom, 0.001);
    paint();
    EXPECT_EQ(canvas().painted().texts, 0);
    EXPECT_EQ(canvas().painted().boxes, all);
  }
}

TEST_F(LaidOutTest, NeighboursGrowByStepsUpToThreeUnasked) {
  showLaidOut();
  click(boxOf(FoldedKind::Instruction));
  const std::size_t direct = canvas().look().near.edges.size();
  EXPECT_GT(direct, 0U);
  for (int i = 0; i < 5; ++i) QTest::keyClick(&canvas(), Qt::Key_N);
  EXPECT_EQ(canvas().stepsAhead(), 3);
  EXPECT_GE(canvas().look().near.edges.size(), direct);
  for (auto* each : page->findChildren<QPushButton*>()) {
    if (each->text() == "Show more neighbours") {
      EXPECT_EQ(each->isVisible(), canvas().hasMore());
    }
  }
  canvas().showMore();
  EXPECT_EQ(canvas().stepsAhead(), 4);
}

TEST_F(LaidOutTest, SearchGoesFromBoxToBox) {
  showLaidOut(byBlocks);
  page->search("alu");
  ASSERT_TRUE(canvas().look().selected);
  EXPECT_EQ(shown().folded.boxes[*canvas().look().selected].name, "alu");
  ASSERT_FALSE(canvas().look().found.empty());
  EXPECT_TRUE(canvas().look().found[*canvas().look().selected]);
  page->search({});
  EXPECT_TRUE(canvas().look().found.empty());
}

TEST_F(LaidOutTest, ManyBoxesAreLaidOutOnlyWhenAskedFor) {
  models.session.setWindow({ProgramWindow::Unit::Instructions, 0, 100});
  showLaidOut();
  button("Open all")->click();
  ASSERT_TRUE(finish());
  ASSERT_THAT(pane()->note().toStdString(), HasSubstr("more than 500 are not laid out unasked"));
  const std::size_t before = shown().boxes.size();
  EXPECT_LE(before, boxesUnasked) << "what was there stays";
  QPushButton* all = nullptr;
  for (auto* each : page->findChildren<QPushButton*>()) {
    if (each->text().startsWith("Lay out all ")) all = each;
  }
  ASSERT_TRUE(all && all->isVisible());
  all->click();
  ASSERT_TRUE(finish());
  EXPECT_GT(shown().boxes.size(), boxesUnasked);
  EXPECT_EQ(shown().boxes.size(), page->graph()->window.graph.nodes.size()) << "each node is a box";
  EXPECT_EQ(pane()->note(), "");
}

TEST_F(LaidOutTest, MoreBoxesThanCanBeLaidOutAreRefused) {
  models.session.setWindow({ProgramWindow::Unit::Instructions, 0, 500});
  showLaidOut();
  const std::size_t before = shown().boxes.size();
  button("Open all")->click();
  ASSERT_TRUE(finish());
  EXPECT_THAT(pane()->note().toStdString(), HasSubstr("can be laid out. Choose a shorter window"));
  EXPECT_EQ(shown().boxes.size(), before);
}

TEST_F(LaidOutTest, WritesAllThatIsLaidOut) {
  showLaidOut();
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
    if (begin.contains("digraph")) {
      EXPECT_EQ(bytes.count(" -> "), static_cast<qsizetype>(shown().folded.edges.size()));
    }
  }
}

TEST_F(LaidOutTest, DrawsPlainlyAndSaysWhatBecameOfAHelperThatDoesNotWork) {
  const std::pair<QByteArray, const char*> helpers[] = {
      {"exit 3", "refused the graph"},
      {"echo 'no room' >&2; exit 1", "refused the graph: no room"},
      {"kill -SEGV $$", "came to an unexpected end"},
      {"cat > /dev/null; echo nonsense", "gave no layout of this graph"},
      {"cat > /dev/null; printf 'taktwerk-layout/1\\nsize 1 1\\nnode 1e300 nan\\nend\\n'",
       "gave no layout of this graph"},
      {"exec cat", "gave no layout of this graph"}};
  showPage();
  models.places.layoutProgram = folder.path("not there");
  choose(byLoops);
  ASSERT_TRUE(finish());
  EXPECT_THAT(pane()->note().toStdString(), HasSubstr("is not there or does not start"));
  expectInTimeIsThere();
  for (const auto& [script, words] : helpers) {
    putInPlace(script);
    button("Try again")->click();
    ASSERT_TRUE(finish());
    EXPECT_THAT(pane()->note().toStdString(), HasSubstr(words)) << script.toStdString();
    ASSERT_TRUE(pane()->shown());
    paint();
    EXPECT_GT(canvas().painted().boxes, 1);
    expectInTimeIsThere();
  }
  models.places.layoutProgram = layoutProgram();
  button("Try again")->click();
  ASSERT_TRUE(finish());
  EXPECT_TRUE(pane()->shown());
  EXPECT_EQ(pane()->note(), "");
}

TEST_F(LaidOutTest, SurvivesThatTheHelperIsKilledAndEndsOneThatIsStopped) {
  showPage();
  const QString idFile = folder.path("id");
  putInPlace("echo $$ > '" + idFile.toUtf8() + ".new'; mv '" + idFile.toUtf8() + ".new' '" + idFile.toUtf8() +
             "'; exec sleep 600\n");
  const auto idOf = [&] {
    QFile file(idFile);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    return static_cast<pid_t>(file.readAll().trimmed().toLongLong());
  };
  choose(byLoops);
  ASSERT_TRUE(waitFor([&] { return QFile::exists(idFile); }));
  EXPECT_TRUE(pane()->isWaiting());
  const pid_t stopped = idOf();
  ASSERT_GT(stopped, 0);
  button("Stop")->click();
  ASSERT_TRUE(finish());
  EXPECT_THAT(pane()->message().toStdString(), HasSubstr("Laying out was stopped."));
  EXPECT_THAT(pane()->message().toStdString(), HasSubstr("along time is there all the same"));
  EXPECT_NE(::kill(stopped, 0), 0) << "it runs no more";
  expectInTimeIsThere();

  QFile::remove(idFile);
  button("Lay it out")->click();
  ASSERT_TRUE(waitFor([&] { return QFile::exists(idFile); }));
  ASSERT_GT(idOf(), 0);
  ::kill(idOf(), SIGKILL);
  ASSERT_TRUE(finish());
  EXPECT_THAT(pane()->note().toStdString(), HasSubstr("came to an unexpected end"));
  expectInTimeIsThere();
  models.places.layoutProgram = layoutProgram();
  button("Try again")->click();
  ASSERT_TRUE(finish());
  EXPECT_TRUE(pane()->shown());
  EXPECT_EQ(pane()->note(), "");
}

}  // namespace
}  // namespace taktwerk::test
