// SPDX-License-Identifier: GPL-3.0-or-later
// What the user marks and takes away: ranges, places, dependencies, files.
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QPushButton>
#include <QTest>
#include <QToolButton>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/widgets/timeline/timeline_shown.h"
#include "widgets/timeline/range_panel.h"
#include "widgets/timeline/timeline_export.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;

using TimelineMarksTest = TimelineTest;

TEST_F(TimelineMarksTest, MeasuringTellsWhatTheCoreCounts) {
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

TEST_F(TimelineMarksTest, LongRangesAreMeasuredByTheirLoops) {
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

TEST_F(TimelineMarksTest, BookmarksLeadBack) {
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

TEST_F(TimelineMarksTest, DependenciesOfTheSelectedOneGrowByAskingOnly) {
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

TEST_F(TimelineMarksTest, WritesInstructionsThatOthersRead) {
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

TEST_F(TimelineMarksTest, AKeptTimelineIsDrawnOverTheNextAndAligned) {
  showLayer("conv0");
  const auto before = page->time();
  button<QToolButton>("Keep")->click();
  ASSERT_TRUE(finish());
  EXPECT_EQ(canvas()->kept().time, before);
  models.estimates.setParameters({{"arch.fetch_width", 2}});
  models.estimates.run();
  ASSERT_TRUE(waitFor([&] { return !models.estimates.running(); }));
  ASSERT_TRUE(finish());
  ASSERT_NE(page->time(), before);
  EXPECT_EQ(canvas()->kept().time, before);
  EXPECT_EQ(canvas()->kept().offset, 0);
  paint();
  EXPECT_GT(canvas()->painted().kept, 0) << "from afar";
  EXPECT_THAT(page->summary().toStdString(),
              HasSubstr(grouped(before->timeline.cycles).toStdString() + " cycles, not moved"));
  page->goTo(300);
  ASSERT_TRUE(finish());
  button<QPushButton>("Align here")->click();
  ASSERT_TRUE(finish());
  const auto begin = [&](const LayerTime& time) {
    Progress progress;
    const auto window = graphWindowOf(time.program.machine, *time.program.program, {300, 301}, progress);
    return timelineOf(*window, *time.program.program).instructions.at(0).begin();
  };
  // The second time it is known exactly where it begins in both.
  button<QPushButton>("Align here")->click();
  ASSERT_TRUE(finish());
  EXPECT_EQ(canvas()->kept().offset, begin(*page->time()) - begin(*before));
  EXPECT_NE(canvas()->kept().offset, 0);
  EXPECT_THAT(page->summary().toStdString(), HasSubstr("moved by −"));
  for (const int rows : {0, 1}) {
    showRows(rows);
    ASSERT_TRUE(finish());
    paint();
    EXPECT_GT(canvas()->painted().kept, 0);
  }
  models.session.setLayer("fc");
  ASSERT_TRUE(finish());
  EXPECT_FALSE(canvas()->kept().time) << "it is of another layer";
  models.session.setLayer("conv0");
  ASSERT_TRUE(finish());
  EXPECT_EQ(canvas()->kept().time, before);
  button<QToolButton>("Keep")->click();
  EXPECT_FALSE(canvas()->kept().time);
}

TEST_F(TimelineMarksTest, SaysWhenTooManyInstructionsWouldBeWritten) {
  showLayer("conv0");
  QString said;
  QObject::connect(&models.session, &Session::said, [&](const QString& sentence) { said = sentence; });
  models.ask.timelinePath = [&](const QString&) { return folder.path("all.json"); };
  page->exportTimeline();
  EXPECT_THAT(said.toStdString(), HasSubstr("too many for a file"));
  EXPECT_FALSE(QFile::exists(folder.path("all.json")));
}

}  // namespace
}  // namespace taktwerk::test
