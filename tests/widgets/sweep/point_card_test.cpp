// SPDX-License-Identifier: GPL-3.0-or-later
// The card of a point: its diagram, what limits it, its values; in the panel and where the mouse rests.
#include <QDir>
#include <QFileInfo>
#include <QTest>

#include "core/analysis/bottleneck.h"
#include "core/report/bottleneck_sentence.h"
#include "tests/widgets/sweep/sweep_page_fixture.h"
#include "widgets/sweep/card_view.h"
#include "widgets/sweep/design_panel.h"
#include "widgets/sweep/hover_card.h"
#include "widgets/sweep/plots/column_box.h"
#include "widgets/sweep/plots/plot_panel.h"
#include "widgets/sweep/plots/scatter_plot.h"
#include "widgets/sweep/point_cards.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class PointCardTest : public SweepPageTest {
 protected:
  CardView& card() { return page.resultPanel().design().card(); }
  [[nodiscard]] std::string words() { return card().words().toStdString(); }
  bool hasCard(const std::string& point) {
    const auto row = static_cast<std::uint32_t>(rowOf(point));
    return waitFor([&] { return page.resultPanel().cards().find(row) != nullptr; });
  }
  void runWidths() {
    open();
    add("fetch_width = 1,2,4");
    ASSERT_TRUE(settle());
    run();
  }
};

TEST_F(PointCardTest, ShowsTheDesignOfAPointWithWhatLimitsIt) {
  runWidths();
  EXPECT_THAT(words(), HasSubstr("Choose a point"));
  choosePoint("2");
  EXPECT_THAT(words(), HasSubstr("Point 2: ✓ done"));
  EXPECT_THAT(words(), HasSubstr("fetch_width 4"));
  ASSERT_TRUE(hasCard("2"));
  const QRectF limiting = card().diagram().limitingPlace();
  EXPECT_GT(limiting.width(), 2);
  EXPECT_TRUE(QRectF(card().diagram().rect()).contains(limiting));
  page.openPoint();
  ASSERT_TRUE(settle());
  const auto& estimate = *models.estimates.outcome().estimate;
  EXPECT_THAT(words(), HasSubstr(plainText(bottleneckSentence(*deciderOf(estimate), estimate.network))));
  EXPECT_EQ(card().accessibleDescription().toStdString(), words()) << "and is heard";
}

TEST_F(PointCardTest, SaysHowADesignDiffersFromTheBaseline) {
  runWidths();
  PlotPanel& plots = page.resultPanel().plots();
  plots.setBaseline(rowOf("0"));
  choosePoint("2");
  EXPECT_THAT(words(), HasSubstr("fetch_width 4 (base 1)"));
  const double before = std::stod(cell(rowOf("0"), "cycles")), now = std::stod(cell(rowOf("2"), "cycles"));
  const QString change = QStringLiteral("(−%1 %)").arg(100 * (1 - now / before), 0, 'f', 1);
  EXPECT_THAT(words(), HasSubstr(change.toStdString()));
  choosePoint("0");
  EXPECT_THAT(words(), HasSubstr("Point 0 (base)"));
  EXPECT_THAT(words(), Not(HasSubstr("%)")));
  plots.togglePin(rowOf("0"));
  EXPECT_THAT(words(), HasSubstr("Point 0 (A, base)"));
}

TEST_F(PointCardTest, OfAPointThatCannotBeSaysWhy) {
  open();
  add("mac_latency = 0,1");
  ASSERT_TRUE(settle());
  run();
  choosePoint("0");
  ASSERT_TRUE(hasCard("0"));
  EXPECT_THAT(words(), HasSubstr("Point 0: ⊘ infeasible"));
  EXPECT_THAT(words(), HasSubstr("must be at least 1"));
  EXPECT_TRUE(card().diagram().limitingPlace().isNull());
}

TEST_F(PointCardTest, DrawsArraysAsLargeAsThePointHasThem) {
  open(QFileInfo(oneMac()).dir().filePath("../systolic-array/systolic-array.arch.yaml"));
  add("rows = 2,3");
  page.setup().setStore(folder.path("kept.sqlite"));
  ASSERT_TRUE(settle());
  run();
  const auto extents = [&](const std::string& point) {
    choosePoint(point);
    EXPECT_TRUE(hasCard(point));
    const auto found = page.resultPanel().cards().find(static_cast<std::uint32_t>(rowOf(point)));
    std::vector<std::int64_t> all;
    for (const Block& block : found->diagram->blocks) {
      // Rows and columns; ports of memories are arrays, too, of one dimension.
      if (block.group && block.group->array && block.group->extents.size() == 2) all = block.group->extents;
    }
    return all;
  };
  ASSERT_FALSE(extents("0").empty());
  EXPECT_EQ(extents("0").front(), 2);
  EXPECT_EQ(extents("1").front(), 3);
  EXPECT_THAT(words(), HasSubstr(" decides "));
  // Of a file of results the texts of then count, whatever is open.
  page.openResults(folder.path("kept.sqlite"));
  ASSERT_TRUE(settle());
  EXPECT_EQ(extents("1").front(), 3);
  EXPECT_THAT(words(), HasSubstr(" decides "));
}

TEST_F(PointCardTest, IsShownWhereTheMouseRestsAndGoesWithIt) {
  runWidths();
  ScatterPlot& plot = page.resultPanel().plots().scatter();
  page.resultPanel().plots().box("Column to the right")->choose("fetch_width");
  ASSERT_TRUE(settle());
  HoverCard& hover = page.resultPanel().hoverCard();
  const auto row = static_cast<std::uint32_t>(rowOf("1"));
  const QPointF at = plot.placeOf(row).value();
  const auto moveTo = [&](const QPointF& pixel) {
    QMouseEvent move(QEvent::MouseMove, pixel, plot.mapToGlobal(pixel), Qt::NoButton, Qt::NoButton, {});
    QApplication::sendEvent(&plot, &move);
  };
  moveTo(at);
  ASSERT_TRUE(waitFor([&] { return hover.row() == row; }));
  EXPECT_TRUE(hover.isVisible());
  ASSERT_TRUE(hasCard("1"));
  EXPECT_THAT(hover.words().toStdString(), HasSubstr(" decides "));
  moveTo(at + QPointF(2, 1));
  EXPECT_TRUE(hover.isVisible()) << "a hand trembles";
  moveTo(at + QPointF(60, 40));
  EXPECT_FALSE(hover.isVisible());
  // By keys: Space for the chosen one.
  choosePoint("2");
  QTest::keyClick(&plot, Qt::Key_Space);
  EXPECT_TRUE(hover.isVisible());
  EXPECT_EQ(hover.row(), static_cast<std::uint32_t>(rowOf("2")));
  QTest::keyClick(&plot, Qt::Key_Escape);
  EXPECT_FALSE(hover.isVisible());
}

TEST_F(PointCardTest, WhoLooksElsewhereStopsWhatIsBeingMade) {
  runWidths();
  PointCards& cards = page.resultPanel().cards();
  QObject who;
  const auto stop = QObject::connect(&models.jobs, &JobManager::started, [&] { cards.leave(who); });
  cards.want(who, 1);
  ASSERT_TRUE(settle());
  EXPECT_EQ(cards.find(1), nullptr) << "half a card is none";
  QObject::disconnect(stop);
  cards.want(who, 1);
  ASSERT_TRUE(settle());
  EXPECT_NE(cards.find(1), nullptr);
  cards.forget();
  EXPECT_EQ(cards.find(1), nullptr);
}

}  // namespace
}  // namespace taktwerk::test
