// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <qcustomplot.h>

#include "tests/support/places.h"
#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/breakdown/breakdown_page.h"
#include "widgets/estimate/breakdown_data.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/session/selection_model.h"
#include "widgets/theme/theme.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;

/// A machine of these objects, to give causes names.
std::shared_ptr<const Machine> machineOf(std::vector<std::string> objects) {
  auto machine = std::make_shared<Machine>();
  machine->objectNames = std::move(objects);
  return machine;
}

Cause busy(std::uint32_t object) {
  return {WaitCause::Busy, {object}};
}

NetworkEstimate twoLayers() {
  NetworkEstimate estimate;
  estimate.machine = machineOf({"alu", "dmem", "lsu"});
  LayerEstimate a;
  a.name = "a";
  a.cycles = 100;
  a.breakdown = {{busy(0), 40},
                 {busy(1), 10},
                 {{WaitCause::Data, {0}}, 30},
                 {{WaitCause::Structural, {1}}, 15},
                 {{WaitCause::Fetch, {}}, 5}};
  LayerEstimate b;
  b.name = "b";
  b.cycles = 300;
  b.breakdown = {{busy(2), 300}};
  estimate.layers = {a, b};
  estimate.cycles = 400;
  return estimate;
}

std::vector<BreakdownRow> rowsOf(const NetworkEstimate& estimate, const Document& document,
                                 BreakdownOrder order = BreakdownOrder::Network) {
  return breakdownOf(estimate, ObjectTable(*estimate.machine, *document.architecture), document, order);
}

TEST(Breakdown, WhatIsInAClosedArrayCountsForIt) {
  const auto folder = QString::fromStdString(taktwerk::sourceDirectory() + "/archs/systolic-array/");
  const Document document = openDocument(folder + "systolic-array.arch.yaml", {});
  ASSERT_TRUE(document.architecture);
  ASSERT_LT(document.shown->objects.size(), document.architecture->objects.size()) << "nothing is folded";
  NetworkEstimate estimate;
  estimate.machine = machineOf({"pe[3][2].alu", "left[1].unit", "nobody"});
  LayerEstimate& layer = estimate.layers.emplace_back();
  layer.breakdown = {{busy(0), 5}, {busy(1), 3}, {busy(2), 1}};
  const auto rows = rowsOf(estimate, document);
  ASSERT_EQ(rows.size(), 1U);
  ASSERT_EQ(rows[0].items.size(), 3U);
  EXPECT_EQ(rows[0].items[0].object, document.shown->find("pe")->shown);
  EXPECT_EQ(rows[0].items[0].category, static_cast<std::size_t>(kindOf(ObjectClass::FunctionalUnit)));
  EXPECT_EQ(rows[0].items[1].category, static_cast<std::size_t>(kindOf(ObjectClass::MemoryAccessUnit)));
  EXPECT_FALSE(rows[0].items[2].object.valid());
  EXPECT_EQ(rows[0].items[2].category, static_cast<std::size_t>(BlockKind::Unknown));
}

TEST(Breakdown, SortsTimeByTheKindsOfObjectsAndAddsUp) {
  const auto document = oneMacDocument();
  const auto rows = rowsOf(twoLayers(), *document);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].parts[static_cast<std::size_t>(BlockKind::Compute)], 40);
  EXPECT_EQ(rows[0].parts[static_cast<std::size_t>(BlockKind::OnChipMemory)], 10);
  EXPECT_EQ(rows[0].parts[waitForData], 30);
  EXPECT_EQ(rows[0].parts[waitForPlace], 15);
  EXPECT_EQ(rows[0].parts[waitForInstructions], 5);
  EXPECT_EQ(rows[0].total, 100);
  EXPECT_EQ(std::accumulate(rows[0].parts.begin(), rows[0].parts.end(), Cycles{0}), 100);
  EXPECT_EQ(rows[0].items.front().label, "alu busy");
  EXPECT_EQ(rows[0].items.front().object, document->shown->find("alu")->shown);
  EXPECT_EQ(rows[1].parts[static_cast<std::size_t>(BlockKind::MemoryAccess)], 300);
}

TEST(Breakdown, TellsWaitsApart) {
  const auto document = oneMacDocument();
  NetworkEstimate estimate;
  estimate.machine = machineOf({"alu", "dmem"});
  LayerEstimate& layer = estimate.layers.emplace_back();
  layer.breakdown = {{{WaitCause::Data, {0}, WaitDetail::RegisterRaw}, 7},
                     {{WaitCause::Structural, {0}, WaitDetail::Place}, 5},
                     {{WaitCause::Structural, {1}, WaitDetail::Slot}, 3},
                     {{WaitCause::Structural, {1}, WaitDetail::Port}, 2},
                     {{WaitCause::Fetch, {}}, 1}};
  const auto rows = rowsOf(estimate, *document);
  EXPECT_EQ(rows[0].parts[waitForData], 7);
  EXPECT_EQ(rows[0].parts[waitForPlace], 5);
  EXPECT_EQ(rows[0].parts[waitForMemory], 5);
  EXPECT_EQ(rows[0].parts[waitForInstructions], 1);
}

TEST(Breakdown, OrdersLayers) {
  const auto document = oneMacDocument();
  const auto longest = rowsOf(twoLayers(), *document, BreakdownOrder::Longest);
  EXPECT_EQ(longest.front().layer, "b");
  const auto named = rowsOf(twoLayers(), *document, BreakdownOrder::Name);
  EXPECT_EQ(named.front().layer, "a");
}

TEST(Breakdown, NamesTheBottleneck) {
  const auto document = oneMacDocument();
  EXPECT_THAT(bottleneckSentence(rowsOf(twoLayers(), *document)).toStdString(),
              HasSubstr("lsu busy 75 % of the time, alu busy 10 %"));
  EXPECT_TRUE(bottleneckSentence({}).isEmpty());
}

class BreakdownPageTest : public ::testing::Test {
 protected:
  BreakdownPageTest() {
    estimates.setDocument(oneMacDocument());
    estimates.setNetwork(tcResNet8());
    page.resize(900, 400);
    page.show();
    EXPECT_TRUE(waitFor([this] { return jobs.states().empty(); }));
    estimates.run();
    EXPECT_TRUE(waitFor([this] { return jobs.states().empty(); }, 110000));
  }
  Theme theme{false};
  JobManager jobs;
  SelectionModel selection;
  EstimateController estimates{jobs};
  BreakdownPage page{theme, estimates, selection};
};

TEST_F(BreakdownPageTest, DrawsABarForEveryTimedLayerAndAccountsForEveryCycle) {
  const auto& estimate = estimates.outcome().estimate;
  ASSERT_TRUE(estimate);
  ASSERT_EQ(page.rows().size(), estimate->layers.size());
  for (std::size_t i = 0; i < page.rows().size(); ++i) {
    EXPECT_EQ(page.rows()[i].total, estimate->layers[i].cycles) << estimate->layers[i].name;
  }
  auto* plot = page.findChild<QCustomPlot*>();
  ASSERT_TRUE(plot);
  ASSERT_GT(plot->plottableCount(), 0);
  double drawn = 0;
  double wanted = 0;
  for (int i = 0; i < plot->plottableCount(); ++i) {
    const auto* bars = qobject_cast<QCPBars*>(plot->plottable(i));
    ASSERT_TRUE(bars);
    for (const QCPBarsData& bar : *bars->data()) drawn += bar.value;
  }
  for (const BreakdownRow& row : page.rows()) wanted += static_cast<double>(row.total);
  EXPECT_DOUBLE_EQ(drawn, wanted);
}

TEST_F(BreakdownPageTest, ShowsTheBlocksUnderTheCursorAndSelectsThemWithAClick) {
  auto* plot = page.findChild<QCustomPlot*>();
  ASSERT_TRUE(waitFor([&] { return plot->axisRect()->width() > 100; }));
  plot->replot();
  const QPoint first(static_cast<int>(plot->xAxis->coordToPixel(1)) + 1,
                     static_cast<int>(plot->yAxis->coordToPixel(0)));
  QTest::mouseMove(plot, first);
  EXPECT_TRUE(waitFor([&] { return !selection.hovered().empty(); }, 5000));
  QString layer;
  QObject context;
  QObject::connect(&page, &BreakdownPage::layerSelected, &context,
                   [&](const QString& name) { layer = name; });
  QTest::mouseClick(plot, Qt::LeftButton, {}, first);
  EXPECT_EQ(layer, page.rows().front().layer);
  EXPECT_FALSE(selection.names().empty());
}

}  // namespace
}  // namespace taktwerk::test
