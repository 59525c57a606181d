// SPDX-License-Identifier: GPL-3.0-or-later
#include <QClipboard>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QFile>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QMimeData>
#include <QUrl>

#include "core/report/calibration_report.h"
#include "core/space/vary.h"
#include "tests/widgets/calibrate/calibrate_fixture.h"
#include "widgets/theme/agreement_plot.h"
#include "widgets/view/source_place.h"

namespace taktwerk::test {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST_F(CalibratePageTest, TellsHowToBeginAndWhichColumnsATableNeeds) {
  EXPECT_THAT(whyNot("calibrate.run"), HasSubstr("Open an architecture"));
  open();
  const std::string text = page.results().emptyText().toStdString();
  for (const char* column : {"operator", "cycles", "cycles_min", "arch.NAME"})
    EXPECT_THAT(text, HasSubstr(column));
  EXPECT_THAT(whyNot("calibrate.run"), HasSubstr("Choose a table of measured layers"));
  EXPECT_THAT(whyNot("calibrate.write"), HasSubstr("Compare with a table"));
  EXPECT_THAT(whyNot("calibrate.export"), HasSubstr("Compare with a table"));
  EXPECT_THAT(sentence(), HasSubstr("Choose a table"));
  choose();
  EXPECT_EQ(page.setup().tableText().toStdString(), "6 rows; K, M, N vary");
  EXPECT_THAT(sentence(), HasSubstr("Compare, to see"));
}

TEST_F(CalibratePageTest, ComparesWhatIsOpenWithEveryRow) {
  open();
  choose();
  QStringList jobs;
  QObject context;
  QObject::connect(&models.jobs, &JobManager::started, &context, [&] {
    for (const JobState& job : models.jobs.states()) jobs << job.title;
  });
  run();
  EXPECT_TRUE(jobs.contains("Comparing with layers.csv")) << jobs.join(';').toStdString();
  const CalibrationOutcome& outcome = found();
  ASSERT_TRUE(outcome.compared());
  EXPECT_THAT(
      sentence(),
      AllOf(StartsWith("RedMulE against layers.csv: "),
            HasSubstr(accuracyInWords(accuracyOf(outcome.measurements, outcome.calibration.before)))));
  EXPECT_EQ(page.results().emptyText(), QString());
  const auto& accuracy = page.results().accuracy().lines();
  ASSERT_EQ(accuracy.size(), 2U);
  EXPECT_EQ(accuracy[0].cells.join(' ').toStdString(), "all 6 rows 0.6 % −0.6 % 1.5 %");
  EXPECT_EQ(accuracy[1].cells[1].toStdString(), "± 0.2 %");
  EXPECT_TRUE(page.results().parameters().lines().empty());
  ASSERT_EQ(page.results().rows().rowCount(), 6);
  EXPECT_EQ(cell(0, MeasuredRows::Layer).toStdString(), "matmul K=16 M=24 N=16") << "the worst first";
  EXPECT_EQ(cell(0, MeasuredRows::Measured), "201");
  EXPECT_EQ(cell(0, MeasuredRows::Runs), "200 … 202");
  EXPECT_EQ(cell(0, MeasuredRows::Estimated), "198");
  EXPECT_EQ(cell(0, MeasuredRows::Error).toStdString(), "−1.5 %");
  EXPECT_FALSE(cell(0, MeasuredRows::Cause).isEmpty());
  EXPECT_TRUE(page.results().table().isColumnHidden(MeasuredRows::Half));
  EXPECT_GE(page.results().groups().lines().size(), 9U) << "three dimensions and a cause";
  EXPECT_THAT(whyNot("calibrate.write"), HasSubstr("Nothing was fitted"));
}

TEST_F(CalibratePageTest, TakesTheTextAndTheSettingsThatAreOpen) {
  open();
  choose();
  run();
  const Cycles saved = *found().calibration.before[0].cycles;
  setDefault("x_delay", "8");
  run();
  const Cycles edited = *found().calibration.before[0].cycles;
  EXPECT_GT(edited, saved) << "nothing was saved";
  models.workspace.setParameter("x_delay", 12);
  run();
  EXPECT_GT(*found().calibration.before[0].cycles, edited) << "as the slider says";
}

TEST_F(CalibratePageTest, SortsByItsHeadings) {
  open();
  choose();
  run();
  QTableView& table = page.results().table();
  const auto click = [&](int column) {
    const QHeaderView* header = table.horizontalHeader();
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                      {header->sectionViewportPosition(column) + 8, header->height() / 2});
  };
  click(MeasuredRows::Measured);
  EXPECT_EQ(cell(0, MeasuredRows::Measured).toStdString(), grouped(4169).toStdString());
  EXPECT_EQ(cell(5, MeasuredRows::Measured), "135");
  click(MeasuredRows::Measured);
  EXPECT_EQ(cell(0, MeasuredRows::Measured), "135");
  click(MeasuredRows::Layer);
  EXPECT_EQ(cell(0, MeasuredRows::Layer).toStdString(), "matmul K=16 M=12 N=16");
}

TEST_F(CalibratePageTest, TableAndPlotFollowEachOther) {
  open();
  choose();
  run();
  AgreementPlot& plot = page.results().plot();
  ASSERT_EQ(plot.points().size(), 6U);
  EXPECT_EQ(plot.points()[1].x, 201);
  EXPECT_EQ(plot.points()[1].y, 198);
  EXPECT_EQ(plot.points()[1].least, 200);
  EXPECT_EQ(plot.points()[1].most, 202);
  QTest::mouseClick(page.results().table().viewport(), Qt::LeftButton, {}, {10, 8});
  EXPECT_EQ(page.results().currentRow(), 1U);
  EXPECT_THAT(plot.marked(), ElementsAre(1U));
  QTest::qWait(0);  // the plot takes its size
  const QPoint at = plot.placeOf(3);
  QTest::mouseClick(plot.childAt(at), Qt::LeftButton, {}, plot.childAt(at)->mapFrom(&plot, at));
  EXPECT_EQ(page.results().currentRow(), 3U);
  EXPECT_EQ(page.results().table().currentIndex().siblingAtColumn(0).data().toString().toStdString(),
            "matmul K=64 M=48 N=64");
  EXPECT_THAT(plot.marked(), ElementsAre(3U));
  const int place = page.results().rows().placeOf(3);
  QTest::keyClick(&page.results().table(), place > 0 ? Qt::Key_Up : Qt::Key_Down);
  const auto next = page.results().rows().rowAt(place > 0 ? place - 1 : 1);
  EXPECT_EQ(page.results().currentRow(), next);
  EXPECT_THAT(plot.marked(), ElementsAre(*next));
}

TEST_F(CalibratePageTest, FitsAndShowsBothHalvesTogether) {
  open();
  setDefault("x_delay", "8");
  choose();
  fit("x_delay = 1:16");
  EXPECT_EQ(page.setup().messageText(), QString());
  run();
  const CalibrationOutcome& outcome = found();
  ASSERT_TRUE(outcome.fitted());
  const auto& accuracy = page.results().accuracy().lines();
  ASSERT_EQ(accuracy.size(), 3U);
  EXPECT_EQ(accuracy[0].cells[0], "fitted on 3 rows");
  EXPECT_EQ(accuracy[1].cells[0], "judged on 3 others");
  EXPECT_EQ(accuracy[0].cells[1].toStdString(), "4.0 % → 0.3 %");
  EXPECT_EQ(accuracy[1].cells[1].toStdString(), "4.9 % → 0.3 %");
  EXPECT_THAT(sentence(), AllOf(HasSubstr("before fitting"), HasSubstr("Fitted on 3 rows, judged on the 3"),
                                HasSubstr("seed 1")));
  const auto& parameters = page.results().parameters().lines();
  ASSERT_EQ(parameters.size(), 1U);
  EXPECT_EQ(parameters[0].cells.join('|').toStdString(), "x_delay|8|4|4|no other value");
  EXPECT_EQ(parameters[0].tip.toStdString(), fittedInWords(outcome.calibration.parameters[0]));
  EXPECT_FALSE(page.results().table().isColumnHidden(MeasuredRows::Half));
  for (int place = 0; place < 6; ++place) {
    const std::size_t row = *page.results().rows().rowAt(place);
    EXPECT_EQ(cell(place, MeasuredRows::Half), outcome.calibration.fitted[row] ? "fitted on" : "judged on");
    EXPECT_EQ(page.results().plot().points()[row].series, outcome.calibration.fitted[row] ? 0U : 1U);
  }
}

TEST_F(CalibratePageTest, WritesWhatItFoundAsOneStepThatCanBeUndone) {
  open();
  setDefault("x_delay", "8");
  choose();
  fit("x_delay=1:16");
  run();
  ASSERT_EQ(whyNot("calibrate.write"), "");
  const std::string before = models.document()->bytes;
  const int steps = models.history.count();
  models.commands.action("calibrate.write")->trigger();
  EXPECT_EQ(models.history.count(), steps + 1);
  EXPECT_EQ(models.history.undoText().toStdString(), "Write fitted x_delay");
  EXPECT_EQ(parameter("x_delay").defaultValue, 4);
  EXPECT_THAT(
      parameter("x_delay").source,
      StartsWith(
          "calibrated on layers.csv: fitted on 6 rows; on 3 of them alone it is 0.3 % off in the mean"));
  EXPECT_THAT(whyNot("calibrate.write"), HasSubstr("out of date")) << "it is written";
  EXPECT_THAT(sentence(), StartsWith("Out of date"));
  models.history.undo();
  EXPECT_EQ(models.document()->bytes, before);
  EXPECT_EQ(whyNot("calibrate.write"), "") << "it is of this text again";
  EXPECT_THAT(sentence(), StartsWith("RedMulE"));
}

TEST_F(CalibratePageTest, WhatIsSetForTheEstimateDoesNotHideWhatWasWritten) {
  open();
  models.workspace.setParameter("x_delay", 8);
  models.workspace.setParameter("start_cycles", 3);
  choose();
  fit("arch.x_delay=1:16");
  run();
  ASSERT_EQ(found().calibration.parameters.front().before, 8);
  const std::int64_t value = found().calibration.parameters.front().value;
  page.write();
  EXPECT_EQ(parameter("x_delay").defaultValue, value);
  EXPECT_THAT(parameter("x_delay").source, EndsWith(", with start_cycles = 3"));
  const auto parameters = models.workspace.choices().parameters;
  EXPECT_FALSE(parameters.contains("arch.x_delay"));
  EXPECT_TRUE(parameters.contains("arch.start_cycles")) << "that was not fitted";
}

TEST_F(CalibratePageTest, DoesNotWriteWhatTheLayersDoNotDetermine) {
  open();
  choose();
  fit("fifo_rows=16,32");
  run();
  ASSERT_EQ(page.results().parameters().lines().size(), 1U);
  EXPECT_THAT(page.results().parameters().lines()[0].cells[4].toStdString(),
              HasSubstr("not determined by these layers"));
  EXPECT_THAT(whyNot("calibrate.write"), HasSubstr("No parameter of the architecture is determined"));
  const std::string before = models.document()->bytes;
  page.write();
  EXPECT_EQ(models.document()->bytes, before);
}

TEST_F(CalibratePageTest, IsOutOfDateOnceTheDesignIsAnother) {
  open();
  choose();
  run();
  EXPECT_FALSE(page.run().outOfDate());
  models.estimates.setNetwork(tcResNet8());
  ASSERT_TRUE(settle());
  EXPECT_FALSE(page.run().outOfDate()) << "the network that is open is of no account";
  setDefault("x_delay", "8");
  EXPECT_TRUE(page.run().outOfDate());
  EXPECT_THAT(sentence(), StartsWith("Out of date: run again. RedMulE"));
  models.history.undo();
  EXPECT_FALSE(page.run().outOfDate());
  models.workspace.setParameter("x_delay", 9);
  EXPECT_TRUE(page.run().outOfDate());
  models.workspace.setParameter("x_delay", std::nullopt);
  EXPECT_FALSE(page.run().outOfDate());
  choose(redmuleLayers, "other.csv");
  EXPECT_TRUE(page.run().outOfDate()) << "another table";
}

TEST_F(CalibratePageTest, ARunThatTheDesignWasChangedUnderIsOutOfDate) {
  open();
  choose();
  page.setup().start();
  setDefault("x_delay", "8");
  ASSERT_TRUE(settle());
  ASSERT_TRUE(page.run().outcome());
  EXPECT_TRUE(page.run().outOfDate());
}

TEST_F(CalibratePageTest, CanBeStopped) {
  open();
  choose();
  fit("x_delay=1:100000");
  page.setup().start();
  EXPECT_TRUE(page.run().running());
  EXPECT_EQ(whyNot("calibrate.run"), "Rows are being compared already.");
  models.commands.action("calibrate.stop")->trigger();
  ASSERT_TRUE(settle());
  EXPECT_FALSE(page.run().outcome());
  EXPECT_THAT(sentence(), StartsWith("Stopped"));
  EXPECT_THAT(whyNot("calibrate.stop"), HasSubstr("No rows are being compared"));
  page.setup().start();
  ASSERT_EQ(models.jobs.states().size(), 1U);
  models.jobs.cancel(models.jobs.states().front().id);  // as the list of jobs does
  ASSERT_TRUE(settle());
  EXPECT_FALSE(page.run().outcome());
}

TEST_F(CalibratePageTest, AnotherArchitectureForgetsWhatWasFound) {
  open();
  choose();
  fit("x_delay=1:4");
  run();
  ASSERT_TRUE(page.run().outcome());
  page.setup().start();
  open(oneMac());
  ASSERT_TRUE(settle());
  EXPECT_FALSE(page.run().outcome());
  EXPECT_TRUE(page.setup().fitted().dimensions().empty());
  EXPECT_FALSE(page.results().emptyText().isEmpty());
  models.documents.close();
  EXPECT_THAT(whyNot("calibrate.run"), HasSubstr("Open an architecture"));
}

TEST_F(CalibratePageTest, SaysWhatIsWrongWithATableAndWhere) {
  open();
  choose("operator,M,K,N,cycles\nmatmul,12,16,16,135\nmatmul,12,x,16,135\nmatmull,1,1,1,9\n", "bad.csv");
  QListWidget& problems = page.results().problems();
  ASSERT_EQ(problems.count(), 2);
  EXPECT_THAT(problems.item(0)->text().toStdString(), StartsWith("✕ bad.csv, line 3, column 11: "));
  EXPECT_THAT(problems.item(1)->text().toStdString(), HasSubstr("did you mean \"matmul\""));
  EXPECT_FALSE(problems.isHidden());
  EXPECT_THAT(page.setup().tableText().toStdString(), HasSubstr("cannot be read"));
  SourcePlace shown;
  QObject context;
  QObject::connect(&models.session, &Session::revealRequested, &context,
                   [&](const QString& view, const QVariant& what) {
                     if (view == "source") shown = what.value<SourcePlace>();
                   });
  problems.setCurrentRow(0);
  QTest::keyClick(&problems, Qt::Key_Return);
  EXPECT_EQ(shown.path, folder.path("bad.csv"));
  EXPECT_EQ(shown.position, (SourcePosition{3, 11}));
  run();
  EXPECT_FALSE(found().compared());
  EXPECT_EQ(problems.count(), 2);
  EXPECT_THAT(sentence(), HasSubstr("Nothing was compared"));
  choose(redmuleLayers, "bad.csv");
  EXPECT_EQ(problems.count(), 0) << "it was mended";
  choose("operator,M,K,N,cycles,colour\nmatmul,12,16,16,135,red\n", "bad.csv");
  ASSERT_EQ(problems.count(), 1);
  EXPECT_THAT(problems.item(0)->text().toStdString(), StartsWith("⚠ bad.csv, line 1, column 23"));
  run();
  EXPECT_TRUE(found().compared());
  EXPECT_EQ(problems.count(), 1) << "the column is passed over";
  choose();
  EXPECT_EQ(problems.count(), 0) << "of another table";
}

TEST_F(CalibratePageTest, SaysWhatIsWrongWithFilesThatAreNoTables) {
  open();
  choose(QByteArray("\0\xff\x01PNG\r\n\n\0", 10), "picture.csv");
  EXPECT_GE(page.results().problems().count(), 1);
  choose(QByteArray(5 << 20, 'x'), "huge.csv");
  ASSERT_EQ(page.results().problems().count(), 1);
  choose("", "empty.csv");
  EXPECT_GE(page.results().problems().count(), 1);
  choose();
  EXPECT_EQ(page.results().problems().count(), 0);
  ASSERT_TRUE(QFile::remove(folder.path("layers.csv")));
  run();
  ASSERT_EQ(page.results().problems().count(), 1) << "it went away";
  EXPECT_FALSE(found().compared());
  QByteArray wrong = "operator,M,K,N,cycles\n";
  for (int i = 0; i < 500; ++i) wrong += "matmul,1,1,1," + QByteArray::number(-i) + '\n';
  choose(wrong + "matmul,1,1,1,-7\n", "wrong.csv");
  EXPECT_EQ(page.results().problems().count(), static_cast<int>(CalibrationProblems::most) + 1);
  EXPECT_EQ(page.results().problems().item(CalibrationProblems::most)->text(), "and 400 more");
  EXPECT_THAT(page.results().problems().item(7)->text().toStdString(), EndsWith(", and at another place"));
}

TEST_F(CalibratePageTest, SaysWhatCannotBeFitted) {
  open();
  choose();
  fit("x_delay=16:1");
  EXPECT_FALSE(page.setup().messageText().isEmpty());
  EXPECT_TRUE(page.setup().fitted().dimensions().empty());
  fit("x_delays=1:16");
  run();
  ASSERT_EQ(page.results().problems().count(), 1);
  EXPECT_THAT(page.results().problems().item(0)->text().toStdString(), HasSubstr("x_delay"));
  EXPECT_FALSE(found().compared());
}

TEST_F(CalibratePageTest, TheOperatorOfATableWithoutThatColumnIsChosen) {
  open();
  choose("M,K,N,cycles\n24,16,16,201\n12,16,16,135\n");
  EXPECT_THAT(page.results().problems().item(0)->text().toStdString(),
              HasSubstr("nothing says the operator"));
  auto* box = page.findChild<QComboBox*>();
  box->setCurrentIndex(box->findData("matmul"));
  ASSERT_TRUE(settle());
  EXPECT_EQ(page.results().problems().count(), 0);
  EXPECT_EQ(page.setup().tableText().toStdString(), "2 rows; M varies");
  run();
  EXPECT_TRUE(found().compared());
}

TEST_F(CalibratePageTest, ATableThatIsDroppedIsChosen) {
  open();
  const auto drop = [this](const QString& path) {
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter({5, 5}, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(&page, &enter);
    if (!enter.isAccepted()) return false;
    QDropEvent event(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(&page, &event);
    return event.isAccepted();
  };
  EXPECT_FALSE(drop(folder.write("a.network.yaml", "x"))) << "the window's";
  EXPECT_TRUE(drop(folder.write("dropped.CSV", redmuleLayers)));
  ASSERT_TRUE(settle());
  EXPECT_EQ(page.run().table().rows, 6U);
}

TEST_F(CalibratePageTest, WritesAndCopiesTheComparison) {
  open();
  setDefault("x_delay", "8");
  choose();
  fit("x_delay=1:16");
  run();
  const auto written = [&](const QString& name) {
    models.ask.comparisonPath = [&](const QString& proposed) {
      EXPECT_EQ(proposed, "layers-compared.txt");
      return folder.path(name);
    };
    models.commands.action("calibrate.export")->trigger();
    EXPECT_TRUE(settle());
    QFile file(folder.path(name));
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    return file.readAll().toStdString();
  };
  const std::string text = written("found.txt");
  EXPECT_THAT(text, AllOf(HasSubstr("\nfitted on "), HasSubstr("\njudged on "), HasSubstr("x_delay"),
                          HasSubstr("matmul K=64 M=48 N=64")));
  EXPECT_THAT(written("found.json"), AllOf(StartsWith("{"), HasSubstr("\"half\": \"judged\"")));
  models.commands.action("calibrate.copy")->trigger();
  ASSERT_TRUE(settle());
  QStringList lines = QApplication::clipboard()->text().split('\n', Qt::SkipEmptyParts);
  ASSERT_EQ(lines.size(), 7);
  EXPECT_EQ(lines[0].toStdString(),
            "layer\tmeasured\tleast\tmost\testimated\terror %\tmost of the time\thalf");
  EXPECT_EQ(lines[1].section('\t', 0, 0), cell(0, MeasuredRows::Layer)) << "in the order of the table";
  page.results().table().selectRow(2);
  models.commands.action("calibrate.copy")->trigger();
  ASSERT_TRUE(settle());
  lines = QApplication::clipboard()->text().split('\n', Qt::SkipEmptyParts);
  ASSERT_EQ(lines.size(), 2);
  EXPECT_EQ(lines[1].section('\t', 0, 0), cell(2, MeasuredRows::Layer));
  models.ask.comparisonPath = [this](const QString&) { return folder.path("no/such/folder/x.txt"); };
  models.commands.action("calibrate.export")->trigger();
  EXPECT_TRUE(settle());
  bool told = false;
  for (const QLabel* label : page.results().findChildren<QLabel*>())
    told = told || (!label->isHidden() && label->text().startsWith("✕ "));
  EXPECT_TRUE(told);
}

TEST_F(CalibratePageTest, MayGoWhileItRuns) {
  auto other = std::make_unique<CalibratePage>(models);
  open();
  other->run().chooseTable(folder.write("layers.csv", redmuleLayers));
  ASSERT_TRUE(settle());
  other->run().start({std::get<Dimension>(parseVary("x_delay=1:100000"))}, 1);
  other.reset();
  EXPECT_TRUE(settle());
}

}  // namespace
}  // namespace taktwerk::test
