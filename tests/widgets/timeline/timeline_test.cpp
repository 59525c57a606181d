// SPDX-License-Identifier: GPL-3.0-or-later
#include <QComboBox>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTest>
#include <QToolButton>
#include <QWheelEvent>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/report/timeline_words.h"
#include "tests/support/places.h"
#include "tests/widgets/estimated.h"
#include "widgets/timeline/range_panel.h"
#include "widgets/timeline/timeline_canvas.h"
#include "widgets/timeline/timeline_export.h"
#include "widgets/timeline/timeline_minimap.h"
#include "widgets/timeline/timeline_page.h"
#include "widgets/view/view_frame.h"
#include "widgets/view/view_spec.h"

namespace taktwerk {
ViewSpec timelineView();
}

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class TimelineTest : public Estimated {
 protected:
  ViewSpec spec = timelineView();
  std::unique_ptr<View> view;
  TimelinePage* page = nullptr;

  void show() {
    view = spec.make(models);
    page = static_cast<TimelinePage*>(view->widget());
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
  /// Until what is in sight is there.
  [[nodiscard]] bool finish() {
    return waitFor([&] { return !page->isWaiting() && models.jobs.states().empty(); });
  }
  void showLayer(const QString& layer) {
    if (!result()) estimate();
    models.session.setLayer(layer);
    show();
    ASSERT_TRUE(finish());
    ASSERT_EQ(page->message(), "");
    ASSERT_TRUE(page->time());
  }
  /// To where single instructions are drawn.
  void zoomIn(std::int64_t instruction) {
    page->goTo(instruction);
    ASSERT_TRUE(finish());
    ASSERT_TRUE(page->fine());
    paint();
  }
  [[nodiscard]] TimelineCanvas* canvas() const { return page->findChild<TimelineCanvas*>(); }
  [[nodiscard]] TimelineMinimap* minimap() const { return page->findChild<TimelineMinimap*>(); }
  [[nodiscard]] const TimelineLanes& lanes() const { return page->time()->lanes; }
  [[nodiscard]] MachineObjectId object(const std::string& name) const {
    const auto& names = page->time()->program.machine->objectNames;
    const auto found = std::find(names.begin(), names.end(), name);
    EXPECT_NE(found, names.end()) << name;
    return MachineObjectId{static_cast<std::uint32_t>(found - names.begin())};
  }
  template <class Button>
  [[nodiscard]] Button* button(const QString& text) const {
    for (Button* each : page->findChildren<Button*>()) {
      if (each->text() == text) return each;
    }
    ADD_FAILURE() << text.toStdString();
    return nullptr;
  }
  void showRows(int rows) const {
    for (auto* each : page->findChildren<QComboBox*>()) {
      if (each->accessibleName() != "Rows") continue;
      each->setCurrentIndex(rows);
      Q_EMIT each->activated(rows);
    }
  }
  void paint() const { EXPECT_FALSE(canvas()->grab().isNull()); }
};

TEST_F(TimelineTest, ShowsAllOfALayerAsTheCoreKnowsIt) {
  showLayer("conv0");
  const LayerTime& time = *page->time();
  const LayerEstimate* layer = nullptr;
  for (const LayerEstimate& each : result()->layers) {
    if (each.name == "conv0") layer = &each;
  }
  ASSERT_TRUE(layer);
  EXPECT_EQ(time.timeline.cycles, layer->cycles);
  const TimelineSight sight = canvas()->sight();
  EXPECT_LE(sight.from, 0);
  EXPECT_GE(sight.to, static_cast<double>(layer->cycles));
  paint();
  EXPECT_GT(canvas()->painted().rows, 3);
  EXPECT_GT(canvas()->painted().shades, 0);
  EXPECT_THAT(page->summary().toStdString(), HasSubstr(grouped(layer->cycles).toStdString()));
  // Each share is that of the core.
  const TimelineLane& alu = lanes().lanes[lanes().ofObject[object("alu").index()]];
  const OccupiedShares whole = occupiedIn(time.timeline, 0, time.timeline.cycles, 1);
  double sum = 0;
  for (const auto& [each, places] : time.timeline.tree.blocks[time.timeline.tree.root].occupied) {
    if (each == object("alu")) sum = places;
  }
  EXPECT_GT(sum, 0);
  EXPECT_NEAR(shareOf(alu, whole, 0), sum / static_cast<double>(time.timeline.cycles), 1e-4);
}

TEST_F(TimelineTest, SingleInstructionsAreThoseOfTheCore) {
  showLayer("fc");
  zoomIn(100);
  const TimelineFine& fine = *page->fine();
  const TimelineInstruction* const shown = fine.find(100);
  ASSERT_TRUE(shown);
  Progress progress;
  const auto window =
      graphWindowOf(page->time()->program.machine, *page->time()->program.program, {100, 101}, progress);
  ASSERT_TRUE(window);
  const Timeline expected = timelineOf(*window, *page->time()->program.program);
  ASSERT_EQ(expected.instructions.size(), 1U);
  EXPECT_EQ(shown->begin(), expected.instructions[0].begin());
  EXPECT_EQ(shown->end(), expected.instructions[0].end());
  EXPECT_GT(canvas()->painted().bars, 0);
  EXPECT_EQ(canvas()->look().selected, 100);
  for (const std::string& line : instructionInWords(*shown, *page->time()->program.machine)) {
    EXPECT_THAT(page->detail().toStdString(), HasSubstr(line));
  }
}

TEST_F(TimelineTest, AClickSelectsTheInstructionAndItsBlock) {
  showLayer("fc");
  zoomIn(100);
  const TimelineInstruction* chosen = nullptr;
  std::optional<QPointF> place;
  for (const TimelineInstruction& each : page->fine()->timeline().instructions) {
    for (const TimelineBar& bar : each.bars) {
      if (bar.kind != NodeKind::Unit || each.number == 100) continue;
      const auto at = canvas()->placeOf(each.number, bar.object);
      const bool inSight =
          at && at->x() > TimelineScale::gutter + 5 && at->x() < canvas()->viewport()->width();
      if (!inSight) continue;
      chosen = &each;
      place = at;
    }
  }
  ASSERT_TRUE(chosen && place);
  const std::int64_t number = chosen->number;
  QTest::mouseClick(canvas()->viewport(), Qt::LeftButton, {}, place->toPoint());
  EXPECT_EQ(canvas()->look().selected, number);
  EXPECT_EQ(models.session.selection().names().size(), 1U);
  const auto hit = canvas()->hitAt(*place);
  ASSERT_TRUE(hit && hit->bar);
  EXPECT_EQ(*models.session.selection().names().begin(),
            page->time()->program.machine->objectNames[hit->object.index()]);
  EXPECT_THAT(page->detail().toStdString(), StartsWith(std::to_string(number) + "  "));
  EXPECT_THAT(canvas()->wordsAt(*place).toStdString(), HasSubstr("cycles"));
  QTest::keyClick(canvas(), Qt::Key_Escape);
  EXPECT_EQ(canvas()->look().selected, std::nullopt);
}

TEST_F(TimelineTest, SelectedBlocksAreMarked) {
  showLayer("fc");
  models.session.selection().select(SelectionModel::Names{"alu"});
  const std::vector<bool>& marked = canvas()->look().marked;
  const auto& names = page->time()->program.machine->objectNames;
  ASSERT_EQ(marked.size(), names.size());
  for (std::size_t each = 0; each < names.size(); ++each) {
    EXPECT_EQ(marked[each], names[each] == "alu") << names[each];
  }
  models.session.selection().clear();
  EXPECT_TRUE(canvas()->look().marked.empty());
}

TEST_F(TimelineTest, KeysGoFromInstructionToInstruction) {
  showLayer("conv0");
  zoomIn(100);
  QTest::keyClick(canvas(), Qt::Key_N);
  ASSERT_TRUE(finish());
  EXPECT_EQ(canvas()->look().selected, 101);
  EXPECT_THAT(page->detail().toStdString(), StartsWith("101  "));
  QTest::keyClick(canvas(), Qt::Key_P);
  QTest::keyClick(canvas(), Qt::Key_P);
  ASSERT_TRUE(finish());
  EXPECT_EQ(canvas()->look().selected, 99);
  QTest::keyClick(canvas(), Qt::Key_F);
  EXPECT_GE(canvas()->sight().to, static_cast<double>(page->time()->cycles()));
  QTest::keyClick(canvas(), Qt::Key_Return);
  ASSERT_TRUE(finish());
  EXPECT_TRUE(canvas()->placeOf(99, object("fetch")));
  EXPECT_TRUE(canvas()->look().single);
}

TEST_F(TimelineTest, RowsAreBlocksOrInstructions) {
  showLayer("conv0");
  zoomIn(100);
  EXPECT_EQ(canvas()->look().rows, TimelineRows::Blocks);
  showRows(1);
  ASSERT_TRUE(finish());
  paint();
  EXPECT_EQ(canvas()->look().rows, TimelineRows::Instructions);
  EXPECT_GT(canvas()->painted().rows, 10);
  EXPECT_GT(canvas()->painted().waits, 0);
  QTest::keyClick(canvas(), Qt::Key_F);
  ASSERT_TRUE(finish());
  paint();
  EXPECT_EQ(canvas()->painted().bars, 0) << "from afar loops are steps";
  EXPECT_GT(canvas()->painted().rows, 0);
  EXPECT_THAT(page->summary().toStdString(), HasSubstr("zoom in to 3"));
}

TEST_F(TimelineTest, TheWheelZoomsAtTheCursor) {
  showLayer("conv0");
  const QPointF at(600, 300);
  const double cycle = canvas()->scale().cycleAt(at.x()), before = canvas()->scale().perCycle;
  for (int i = 0; i < 5; ++i) {
    QWheelEvent turn(at, canvas()->viewport()->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, {},
                     Qt::NoScrollPhase, false);
    QApplication::sendEvent(canvas()->viewport(), &turn);
  }
  EXPECT_NEAR(canvas()->scale().perCycle, before * std::pow(1.25, 5), before * 1e-6);
  EXPECT_NEAR(canvas()->scale().cycleAt(at.x()), cycle, 1 / before);
  ASSERT_TRUE(finish());
  paint();
  EXPECT_GT(canvas()->painted().shades, 0);
}

TEST_F(TimelineTest, LoopsAreBlocksWithWhatTheyTake) {
  showLayer("conv0");
  paint();
  EXPECT_GT(canvas()->painted().blocks, 0);
  const QPointF at(TimelineScale::gutter + 200, TimelineScale::axis + 5);
  const auto block = canvas()->blockAt(at);
  ASSERT_TRUE(block);
  EXPECT_EQ(block->depth, 1U);
  EXPECT_THAT(canvas()->wordsAt(at).toStdString(), HasSubstr("cycles"));
  QTest::mouseDClick(canvas()->viewport(), Qt::LeftButton, {}, at.toPoint());
  const TimelineSight sight = canvas()->sight();
  EXPECT_LE(sight.from, static_cast<double>(block->begin));
  EXPECT_GE(sight.to, static_cast<double>(block->end));
}

TEST_F(TimelineTest, TheMinimapMovesWhatIsInSight) {
  showLayer("conv0");
  zoomIn(0);
  const double middle = static_cast<double>(page->time()->cycles()) / 2;
  const double x = TimelineScale::gutter + (minimap()->width() - TimelineScale::gutter - 4) / 2;
  QTest::mouseClick(minimap(), Qt::LeftButton, {}, QPoint(static_cast<int>(x), 8));
  const TimelineSight sight = canvas()->sight();
  const double pixel = static_cast<double>(page->time()->cycles()) / 900;
  EXPECT_NEAR((sight.from + sight.to) / 2, middle, 2 * pixel);
  EXPECT_TRUE(minimap()->frame().contains(QPointF(x, 8)));
  ASSERT_TRUE(finish());
}

TEST_F(TimelineTest, AnArrayIsOneLaneUntilItIsOpened) {
  estimateOf("/archs/systolic-array/systolic-array.arch.yaml", "/resources/networks/mlp.network.yaml");
  show();
  ASSERT_TRUE(finish());
  ASSERT_EQ(page->message(), "");
  const auto array =
      std::find_if(canvas()->look().lanes.begin(), canvas()->look().lanes.end(),
                   [&](std::uint32_t lane) { return lanes().lanes[lane].objects.size() > 20; });
  ASSERT_NE(array, canvas()->look().lanes.end());
  EXPECT_THAT(lanes().lanes[*array].name, HasSubstr("[4×4]"));
  const std::size_t before = canvas()->look().lanes.size();
  const double y =
      canvas()->scale().rowsTop() +
      (static_cast<double>(array - canvas()->look().lanes.begin()) + 0.5) * canvas()->scale().rowHeight;
  QTest::mouseClick(canvas()->viewport(), Qt::LeftButton, {}, QPoint(30, static_cast<int>(y)));
  EXPECT_GT(canvas()->look().lanes.size(), before);
  ASSERT_TRUE(finish());
  paint();
  QTest::mouseClick(canvas()->viewport(), Qt::LeftButton, {}, QPoint(30, static_cast<int>(y)));
  EXPECT_EQ(canvas()->look().lanes.size(), before);
}

TEST_F(TimelineTest, GoesToInstructionsAndCycles) {
  showLayer("fc");
  QLineEdit* place = nullptr;
  for (auto* each : page->findChildren<QLineEdit*>()) {
    if (each->accessibleName() == "Go to") place = each;
  }
  ASSERT_TRUE(place);
  place->setText("250");
  QTest::keyClick(place, Qt::Key_Return);
  ASSERT_TRUE(finish());
  EXPECT_EQ(canvas()->look().selected, 250);
  EXPECT_THAT(page->detail().toStdString(), StartsWith("250  "));
  place->setText("@" + QString::number(page->time()->cycles() / 2));
  QTest::keyClick(place, Qt::Key_Return);
  EXPECT_NEAR(canvas()->sight().from, static_cast<double>(page->time()->cycles()) / 2,
              canvas()->sight().to - canvas()->sight().from);
  QString said;
  QObject::connect(&models.session, &Session::said, [&](const QString& sentence) { said = sentence; });
  place->setText("nowhere");
  QTest::keyClick(place, Qt::Key_Return);
  EXPECT_THAT(said.toStdString(), HasSubstr("neither the number of an instruction"));
  place->setText("999999999999");
  QTest::keyClick(place, Qt::Key_Return);
  EXPECT_THAT(said.toStdString(), HasSubstr("The last instruction is"));
}

TEST_F(TimelineTest, LeadsToTheGraphOfTheInstructionsAbout) {
  showLayer("fc");
  zoomIn(100);
  QString revealed;
  QObject::connect(&models.session, &Session::revealRequested, [&](const QString& id) { revealed = id; });
  button<QPushButton>("Show in graph")->click();
  EXPECT_EQ(revealed, "graph");
  const ProgramWindow window = models.session.window();
  EXPECT_EQ(window.unit, ProgramWindow::Unit::Instructions);
  EXPECT_LT(window.first, 100);
  EXPECT_GT(window.first + window.count, 100);
  view->reveal(QVariant::fromValue<qlonglong>(200));
  ASSERT_TRUE(finish());
  EXPECT_EQ(canvas()->look().selected, 200);
}

TEST_F(TimelineTest, MeasuringTellsWhatTheCoreCounts) {
  showLayer("conv0");
  zoomIn(100);
  const int y = 300;
  const QPoint from(400, y), to(700, y);
  QTest::mousePress(canvas()->viewport(), Qt::LeftButton, Qt::ShiftModifier, from);
  QTest::mouseMove(canvas()->viewport(), to);
  QTest::mouseRelease(canvas()->viewport(), Qt::LeftButton, Qt::ShiftModifier, to);
  ASSERT_TRUE(canvas()->look().measured);
  const auto [begin, end] = *canvas()->look().measured;
  EXPECT_NEAR(static_cast<double>(end - begin), 300 / canvas()->scale().perCycle, 1.01);
  ASSERT_TRUE(finish());
  const auto* panel = page->findChild<RangePanel*>();
  ASSERT_TRUE(panel->isVisible());
  Progress progress;
  const auto range = statisticsOf(page->time()->timeline, lanes(), begin, end, 20'000, progress);
  ASSERT_TRUE(range && range->single);
  EXPECT_THAT(panel->text().toStdString(),
              HasSubstr("Instructions that begin: " + std::to_string(range->instructions)));
  Cycles waited = 0;
  for (const auto& [cause, cycles] : range->waits) waited += cycles;
  EXPECT_GT(waited, 0);
  EXPECT_THAT(panel->text().toStdString(), HasSubstr("together: " + grouped(waited).toStdString()));
  EXPECT_THAT(panel->text().toStdString(), HasSubstr("  alu: "));
  QTest::keyClick(canvas(), Qt::Key_Escape);
  EXPECT_FALSE(canvas()->look().measured);
  EXPECT_FALSE(panel->isVisible());
  EXPECT_EQ(canvas()->look().selected, 100) << "one Escape for each";
  QTest::keyClick(canvas(), Qt::Key_BracketLeft);
  QTest::keyClick(canvas(), Qt::Key_BracketRight);
  ASSERT_TRUE(canvas()->look().measured);
  const TimelineInstruction* const selected = page->fine()->find(100);
  ASSERT_TRUE(selected);
  EXPECT_EQ(*canvas()->look().measured, std::pair(selected->begin(), selected->end()));
  ASSERT_TRUE(finish());
}

TEST_F(TimelineTest, LongRangesAreMeasuredByTheirLoops) {
  showLayer("conv0");
  canvas()->measure(std::pair<Cycles, Cycles>(0, page->time()->cycles()));
  Q_EMIT canvas()->measured();
  ASSERT_TRUE(finish());
  const std::string text = page->findChild<RangePanel*>()->text().toStdString();
  ASSERT_GT(page->time()->timeline.instructions, 20'000);
  EXPECT_THAT(text, HasSubstr("Instructions, about: "));
  EXPECT_THAT(text, HasSubstr("of 20"));
  EXPECT_THAT(text, HasSubstr("  alu: "));
}

TEST_F(TimelineTest, BookmarksLeadBack) {
  showLayer("conv0");
  zoomIn(100);
  QTest::keyClick(canvas(), Qt::Key_B);
  ASSERT_EQ(canvas()->look().bookmarks.size(), 1U);
  EXPECT_EQ(canvas()->look().bookmarks[0].instruction, 100);
  zoomIn(5'000);
  QTest::keyClick(canvas(), Qt::Key_B);
  auto* marks = button<QToolButton>("Bookmarks (2)");
  ASSERT_TRUE(marks);
  Q_EMIT marks->menu()->aboutToShow();
  QAction* first = nullptr;
  for (QAction* each : marks->menu()->actions()) {
    if (each->text().startsWith("Instruction 100")) first = each;
  }
  ASSERT_TRUE(first);
  first->trigger();
  ASSERT_TRUE(finish());
  EXPECT_EQ(canvas()->look().selected, 100);
  EXPECT_TRUE(page->fine()->find(100));
  QTest::keyClick(canvas(), Qt::Key_B);
  EXPECT_EQ(canvas()->look().bookmarks.size(), 1U) << "the same place is marked no more";
  paint();
}

TEST_F(TimelineTest, DependenciesOfTheSelectedOneGrowByAskingOnly) {
  showLayer("conv0");
  zoomIn(1'000);
  const std::vector<TimelineArrow> direct = canvas()->look().arrows;
  ASSERT_FALSE(direct.empty());
  for (const TimelineArrow& each : direct) {
    EXPECT_TRUE(each.from.instruction == 1'000 || each.to.instruction == 1'000);
    EXPECT_LE(each.from.cycle, each.to.cycle);
  }
  EXPECT_GT(canvas()->painted().arrows, 0);
  ASSERT_TRUE(canvas()->hasMoreArrows());
  button<QPushButton>("Show more (M)")->click();
  EXPECT_GT(canvas()->look().arrows.size(), direct.size());
  QTest::keyClick(canvas(), Qt::Key_N);
  ASSERT_TRUE(finish());
  EXPECT_EQ(canvas()->arrowSteps(), 1) << "of another one";
  QTest::keyClick(canvas(), Qt::Key_Escape);
  paint();
  EXPECT_EQ(canvas()->painted().arrows, 0);
}

TEST_F(TimelineTest, WritesInstructionsThatOthersRead) {
  showLayer("conv0");
  zoomIn(100);
  canvas()->measure(std::pair<Cycles, Cycles>(0, 400));
  const InstructionWindow window = instructionsIn(page->time()->timeline, 0, 400);
  const auto write = [&](const char* name) {
    models.ask.timelinePath = [&, name](const QString&) { return folder.path(QLatin1String(name)); };
    page->exportTimeline();
    EXPECT_TRUE(finish());
    QFile file(folder.path(QLatin1String(name)));
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << name;
    return file.readAll();
  };
  const QJsonDocument json = QJsonDocument::fromJson(write("t.json"));
  ASSERT_TRUE(json.isObject());
  std::set<int> seen;
  for (const QJsonValue each : json.object()["traceEvents"].toArray()) {
    if (each.toObject()["ph"] == "X") seen.insert(each.toObject()["args"].toObject()["instruction"].toInt());
  }
  EXPECT_TRUE(seen.contains(static_cast<int>(window.first)));
  EXPECT_TRUE(seen.contains(static_cast<int>(window.end - 1)));
  const QByteArray kanata = write("t.kanata");
  EXPECT_TRUE(kanata.startsWith("Kanata\t0004\n"));
  EXPECT_EQ(kanata.count("\nI\t"), static_cast<qsizetype>(seen.size()));
  EXPECT_TRUE(write("t.svg").left(400).contains("<svg"));
  const QImage picture = QImage::fromData(write("t.png"));
  EXPECT_EQ(picture.size(), canvas()->viewport()->size() * 2);
}

TEST_F(TimelineTest, SaysWhenTooManyInstructionsWouldBeWritten) {
  showLayer("conv0");
  QString said;
  QObject::connect(&models.session, &Session::said, [&](const QString& sentence) { said = sentence; });
  models.ask.timelinePath = [&](const QString&) { return folder.path("all.json"); };
  page->exportTimeline();
  EXPECT_THAT(said.toStdString(), HasSubstr("too many for a file"));
  EXPECT_FALSE(QFile::exists(folder.path("all.json")));
}

TEST_F(TimelineTest, SaysWhyThereIsNothing) {
  show();
  ViewFrame frame(spec, *view, models);
  EXPECT_THAT(frame.emptyText().toStdString(), HasSubstr("Press F5"));
  estimateOf("/archs/gemmini/gemmini.arch.yaml", "/resources/networks/bert-base-layer.network.yaml");
  frame.resize(1200, 800);
  frame.show();
  ASSERT_FALSE(result()->unmapped.empty());
  ASSERT_TRUE(finish());
  ASSERT_EQ(page->message(), "");
  const QString shown = page->time()->layer;
  models.session.setLayer(QString::fromStdString(result()->unmapped[0].name));
  ASSERT_TRUE(finish());
  EXPECT_THAT(page->message().toStdString(), HasSubstr(result()->unmapped[0].reason));
  models.session.setLayer(shown);
  ASSERT_TRUE(finish());
  EXPECT_EQ(page->message(), "") << "and back";
}

TEST_F(TimelineTest, TheLayerIsThatOfTheSessionBothWays) {
  showLayer("fc");
  models.session.setLayer("conv0");
  ASSERT_TRUE(finish());
  EXPECT_EQ(page->time()->layer, "conv0");
  auto* layers = page->findChild<QComboBox*>();
  layers->setCurrentIndex(layers->findData("fc"));
  Q_EMIT layers->activated(layers->currentIndex());
  EXPECT_EQ(models.session.layer(), "fc");
  ASSERT_TRUE(finish());
  EXPECT_EQ(page->time()->layer, "fc");
}

TEST_F(TimelineTest, SaysWhenWhatItShowsIsOutOfDate) {
  showLayer("fc");
  models.estimates.setParameters({{"arch.mac_latency", 5}});
  EXPECT_THAT(page->summary().toStdString(), StartsWith("Out of date."));
  const Cycles before = page->time()->timeline.cycles;
  models.estimates.run();
  ASSERT_TRUE(waitFor([&] { return !models.estimates.running(); }));
  ASSERT_TRUE(finish());
  EXPECT_GT(page->time()->timeline.cycles, before);
}

TEST_F(TimelineTest, CanBeStoppedAndMadeAgain) {
  estimateOf("/archs/systolic-array/systolic-array.arch.yaml", "/resources/networks/alexnet.network.yaml");
  models.session.setLayer("conv2");
  show();
  ASSERT_TRUE(page->isWaiting());
  button<QPushButton>("Stop")->click();
  ASSERT_TRUE(finish());
  EXPECT_EQ(page->message(), "Making the timeline was stopped.");
  button<QPushButton>("Make it")->click();
  ASSERT_TRUE(finish());
  EXPECT_EQ(page->message(), "");
  zoomIn(50'000'000);
  EXPECT_TRUE(page->fine()->find(50'000'000)) << "however far it lies in the program";
}

}  // namespace
}  // namespace taktwerk::test
