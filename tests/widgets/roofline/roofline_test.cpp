// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QTableView>
#include <QTest>

#include <gmock/gmock.h>
#include <qcustomplot.h>

#include "tests/widgets/estimated.h"
#include "widgets/roofline/point_model.h"
#include "widgets/roofline/roofline_chart.h"
#include "widgets/roofline/roofline_page.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class RooflineView : public Estimated {
 protected:
  void show() {
    estimate();
    page.resize(1000, 500);
    page.show();
    ASSERT_TRUE(waitFor([this] { return page.chart().width() > 200; }));
  }
  RooflinePage page{theme, models.estimates};
};

TEST_F(RooflineView, ShowsWhatCoreFinds) {
  const QAbstractItemModelTester tester(const_cast<PointModel*>(&page.points()));
  show();
  const RooflinePlot expected = rooflinePlotOf(*result());
  ASSERT_EQ(page.plot().levels.size(), expected.levels.size());
  ASSERT_FALSE(expected.levels.empty());
  ASSERT_EQ(page.legend().size(), expected.levels.size());
  EXPECT_TRUE(page.legend().front()->isChecked());
  EXPECT_EQ(page.points().rowCount(), static_cast<int>(expected.levels.front().points.size()));
  EXPECT_EQ(page.chart().drawn().size(), expected.levels.front().points.size());
  const QModelIndex first = page.points().index(0, PointModel::MacsPerCycle);
  EXPECT_DOUBLE_EQ(first.data(PointModel::SortRole).toDouble(),
                   expected.levels.front().points[0].macsPerCycle);
}

TEST_F(RooflineView, ItsLegendFiltersAndSaysSo) {
  show();
  const std::size_t all = page.plot().levels.front().points.size();
  EXPECT_THAT(page.filterText().toStdString(), StartsWith(std::to_string(all) + " of "));
  page.legend().front()->setChecked(false);
  EXPECT_EQ(page.points().rowCount(), 0);
  EXPECT_TRUE(page.chart().drawn().empty());
  EXPECT_THAT(page.filterText().toStdString(), StartsWith("0 of "));
  EXPECT_THAT(page.filterText().toStdString(), HasSubstr("without multiply-accumulates"));
}

TEST_F(RooflineView, PointsRowsAndTheSessionShareTheLayer) {
  show();
  auto* plot = page.findChild<QCustomPlot*>();
  plot->replot();
  QString layer;
  QObject::connect(&page, &RooflinePage::layerSelected, &page, [&](const QString& name) { layer = name; });
  const RooflinePoint& point = page.plot().levels.front().points.front();
  QTest::mouseClick(plot, Qt::LeftButton, {}, page.chart().placeOf(0, 0).toPoint());
  EXPECT_FALSE(layer.isEmpty());
  page.setCurrentLayer(QString::fromStdString(point.layer));
  auto* table = page.findChild<QTableView*>();
  EXPECT_EQ(table->currentIndex().siblingAtColumn(0).data().toString().toStdString(), point.layer);
  table->selectRow(table->model()->rowCount() - 1);
  EXPECT_EQ(layer, table->model()->index(table->model()->rowCount() - 1, 0).data().toString());
}

TEST_F(RooflineView, SaysWhyItIsEmptyAndWhenItIsOutOfDate) {
  EXPECT_THAT(page.whyEmpty().toStdString(), HasSubstr("multiply-accumulates"));
  estimate();
  EXPECT_TRUE(page.whyEmpty().isEmpty());
  models.estimates.setParameters({{"arch.fetch_width", 2}});
  EXPECT_THAT(page.filterText().toStdString(), StartsWith("Out of date"));
}

}  // namespace
}  // namespace taktwerk::test
