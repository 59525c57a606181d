// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of the page by themselves: its table, the list of what is fitted, the plot.
#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include "tests/widgets/calibrate/calibrate_fixture.h"
#include "widgets/theme/agreement_plot.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;

/// Rows measured with 100 cycles each, estimated with these; below 0: no estimate.
std::shared_ptr<const CalibrationOutcome> outcomeOf(const std::vector<int>& cycles) {
  CalibrationOutcome outcome;
  for (std::size_t i = 0; i < cycles.size(); ++i) {
    Measurement& measured = outcome.measurements.rows.emplace_back();
    measured.name = "layer " + std::to_string(i);
    measured.cycles = 100;
    EstimatedRow& row = outcome.calibration.before.emplace_back();
    if (cycles[i] >= 0) row.cycles = cycles[i];
    if (cycles[i] < 0) row.reason = "nothing takes it";
    outcome.calibration.fitted.push_back(false);
  }
  return std::make_shared<const CalibrationOutcome>(std::move(outcome));
}

QStringList column(const MeasuredRows& rows, int column) {
  QStringList cells;
  for (int place = 0; place < rows.rowCount(); ++place) cells << rows.index(place, column).data().toString();
  return cells;
}

TEST(MeasuredRows, TheWorstComeFirstAndThoseWithoutAnEstimateBeforeAll) {
  const Theme theme(false);
  MeasuredRows rows(theme);
  const QAbstractItemModelTester tester(&rows);
  rows.setOutcome(outcomeOf({101, 50, -1, 130}));
  EXPECT_EQ(column(rows, MeasuredRows::Layer), QStringList({"layer 2", "layer 1", "layer 3", "layer 0"}));
  EXPECT_EQ(rows.index(0, MeasuredRows::Cause).data().toString(), "nothing takes it");
  const QPersistentModelIndex third(rows.index(2, 0));
  rows.sort(MeasuredRows::Error, Qt::AscendingOrder);
  EXPECT_EQ(column(rows, MeasuredRows::Layer), QStringList({"layer 0", "layer 3", "layer 1", "layer 2"}));
  EXPECT_EQ(third.row(), 1) << "what is selected stays";
  EXPECT_EQ(rows.placeOf(3), 1);
  EXPECT_EQ(rows.rowAt(1), 3U);
  rows.sort(MeasuredRows::Layer, Qt::DescendingOrder);
  EXPECT_EQ(column(rows, MeasuredRows::Layer).front(), "layer 3");
  rows.setOutcome(nullptr);
  EXPECT_EQ(rows.rowCount(), 0);
  EXPECT_FALSE(rows.rowAt(0));
}

TEST(FitList, TakesRangesAsTheCommandLineDoesAndRefusesOthers) {
  FitList list;
  list.show();
  EXPECT_EQ(list.add("x_delay = 1:16"), QString());
  EXPECT_EQ(list.add("width=8:64:*2"), QString());
  EXPECT_EQ(list.add("arch.x_delay=1:8"), QString()) << "the same parameter";
  ASSERT_EQ(list.dimensions().size(), 2U);
  EXPECT_EQ(sizeOf(list.dimensions()[0].values), 8);
  EXPECT_THAT(list.add("x_delay").toStdString(), HasSubstr("NAME="));
  EXPECT_FALSE(list.add("x_delay=a:b").isEmpty());
  const QSignalSpy told(&list, &FitList::told);
  QTreeWidgetItem* item = list.topLevelItem(1);
  item->setText(1, "64:8");
  EXPECT_EQ(item->text(1), "8:64:*2") << "it was refused";
  EXPECT_FALSE(told.last().first().toString().isEmpty());
  item->setText(1, "4,8");
  EXPECT_TRUE(told.last().first().toString().isEmpty());
  EXPECT_EQ(sizeOf(list.dimensions()[1].values), 2);
  list.setCurrentItem(list.topLevelItem(0));
  QTest::keyClick(&list, Qt::Key_Delete);
  ASSERT_EQ(list.dimensions().size(), 1U);
  EXPECT_EQ(list.dimensions()[0].name, "width");
}

TEST(FitList, ARangeIsTypedWithTheKeyboard) {
  FitList list;
  list.show();
  EXPECT_EQ(list.add("x_delay=1:16"), QString());
  list.setFocus();
  QTest::keyClick(&list, Qt::Key_Return);
  auto* field = list.findChild<QLineEdit*>();
  ASSERT_TRUE(field);
  QTest::keyClicks(field, "2:9");
  QTest::keyClick(field, Qt::Key_Return);
  EXPECT_TRUE(waitFor([&] { return list.topLevelItem(0)->text(1) == "2:9"; }));
}

TEST(RangeToFit, IsRoundWhatThereIsAndLegal) {
  EXPECT_EQ(rangeToFit({60}), "15:240");
  EXPECT_EQ(rangeToFit({0}), "0:16");
  EXPECT_EQ(rangeToFit({3, 2, 8}), "2:8");
  EXPECT_EQ(rangeToFit({64, 16, 128, 16}), "16:128:16");
  EXPECT_EQ(rangeToFit({8, {}, {}, 1, {4, 8, 16}}), "4,8,16");
  EXPECT_EQ(rangeToFit({100, 100, 100}), "100:100");
}

TEST(AgreementPlot, DrawsSomeOfVeryManyPointsAndMarksAnyOfThem) {
  const Theme theme(true);
  AgreementPlot plot(theme, "points");
  plot.resize(400, 300);
  plot.show();
  std::vector<AgreementPlot::Point> points;
  for (int i = 1; i <= 50'000; ++i) points.push_back({1.0 * i, 2.0 * i, static_cast<std::size_t>(i % 2)});
  plot.setPoints(points, {"even", "odd"}, false);
  EXPECT_EQ(plot.points().size(), 50'000U);
  EXPECT_LE(plot.drawn(), AgreementPlot::mostDrawn);
  EXPECT_GT(plot.drawn(), AgreementPlot::mostDrawn / 2);
  plot.setMarked({49'998});
  EXPECT_FALSE(plot.grab().isNull());
  plot.setPoints({{1, 1}}, {"one"}, true);
  EXPECT_TRUE(plot.marked().empty()) << "it is there no more";
  EXPECT_FALSE(plot.grab().isNull());
}

}  // namespace
}  // namespace taktwerk::test
