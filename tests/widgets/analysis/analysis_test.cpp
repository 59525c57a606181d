// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QLabel>
#include <QTableView>
#include <QTest>
#include <QToolButton>
#include <QTreeView>

#include <gmock/gmock.h>

#include "tests/widgets/estimated.h"
#include "widgets/analysis/analysis_page.h"
#include "widgets/analysis/block_model.h"
#include "widgets/analysis/cause_model.h"
#include "widgets/analysis/list_models.h"
#include "widgets/estimate/sentence_label.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class Analysis : public Estimated {
 protected:
  void show() {
    page.resize(1100, 500);
    page.show();
    ASSERT_TRUE(settle());
  }
  AnalysisPage page{models};
};

TEST_F(Analysis, ShowsWhatCoreFinds) {
  const QAbstractItemModelTester causes(const_cast<CauseModel*>(&page.causes()));
  const QAbstractItemModelTester blocks(const_cast<BlockModel*>(&page.blocks()));
  const QAbstractItemModelTester moved(const_cast<MovedModel*>(&page.moved()));
  const QAbstractItemModelTester filling(const_cast<FillingModel*>(&page.filling()));
  estimate();
  const CauseTable table = totalOf(*result());
  ASSERT_EQ(page.causes().rowCount(), static_cast<int>(table.causes.size()));
  Cycles sum = 0;
  for (int row = 0; row < page.causes().rowCount(); ++row) {
    const CauseShare& cause = page.causes().causeOf(page.causes().index(row, 0));
    EXPECT_EQ(cause.cycles, table.causes[static_cast<std::size_t>(row)].cycles);
    EXPECT_EQ(page.causes().rowCount(page.causes().index(row, 0)), static_cast<int>(cause.details.size()));
    sum += cause.cycles;
  }
  EXPECT_EQ(sum, result()->cycles);
  const UtilisationTable used = utilisationOf(*result());
  ASSERT_EQ(page.blocks().rowCount(), static_cast<int>(used.blocks.size()));
  ASSERT_GT(used.blocks.size(), 3U);
  EXPECT_EQ(page.blocks().table().blocks.front().busy, used.blocks.front().busy);
  EXPECT_EQ(page.moved().rows().size(), trafficOf(*result()).size());
}

TEST_F(Analysis, NamesWhatDecidesAndThenWhatWouldHelp) {
  estimate();
  EXPECT_THAT(page.sentenceText().toStdString(),
              StartsWith("Fetching instructions decides 67 % of TC-ResNet8"));
  show();
  EXPECT_TRUE(waitFor([this] { return page.sentenceText().contains(QStringLiteral("would save")); }, 60000));
  EXPECT_THAT(page.sentenceText().toStdString(), HasSubstr("fetch_width 1 → 2 would save 33 %"));
  QString asked;
  QVariant what;
  QObject::connect(&models.session, &Session::revealRequested, &page,
                   [&](const QString& view, const QVariant& v) {
                     asked = view;
                     what = v;
                   });
  Q_EMIT page.findChild<SentenceLabel*>()->linkActivated(QStringLiteral("step:arch.fetch_width"));
  EXPECT_EQ(asked, "change");
  EXPECT_EQ(what.toStringList(), QStringList({"arch.fetch_width", ""})) << "of all layers";
  Q_EMIT page.findChild<SentenceLabel*>()->linkActivated(QStringLiteral("layer:conv0"));
  EXPECT_EQ(models.session.layer(), "conv0");
}

TEST_F(Analysis, FollowsTheLayerOfTheSessionAndSaysSo) {
  estimate();
  EXPECT_EQ(page.filterText(), "All layers");
  models.session.setLayer(QStringLiteral("conv0"));
  EXPECT_EQ(page.filterText(), "Layer conv0");
  const auto& layers = result()->layers;
  const auto conv0 =
      std::find_if(layers.begin(), layers.end(), [](const auto& l) { return l.name == "conv0"; });
  EXPECT_EQ(page.causes().table().cycles, conv0->cycles);
  EXPECT_EQ(page.blocks().table().cycles, conv0->cycles);
  show();
  for (QToolButton* button : page.findChildren<QToolButton*>()) {
    if (button->text() == QLatin1String("Show all layers")) button->click();
  }
  EXPECT_TRUE(models.session.layer().isEmpty());
  EXPECT_EQ(page.causes().table().cycles, result()->cycles);
  models.session.setLayer(QStringLiteral("no such layer"));
  EXPECT_EQ(page.causes().table().cycles, result()->cycles) << "what was not timed filters nothing";
}

TEST_F(Analysis, SelectsBlocksHereAndElsewhere) {
  estimate();
  show();
  auto* tree = page.findChild<QTreeView*>();
  QModelIndex alu;
  for (int row = 0; row < page.causes().rowCount(); ++row) {
    const QModelIndex index = page.causes().index(row, 0);
    if (page.causes().causeOf(index).cause.object == "alu") alu = index;
  }
  for (QTableView* table : page.findChildren<QTableView*>()) {
    if (table->accessibleName() != QLatin1String("What every block did of the time")) continue;
    for (int row = 0; row < table->model()->rowCount(); ++row) {
      if (table->model()->index(row, 0).data().toString() == QLatin1String("lsu")) table->selectRow(row);
    }
    EXPECT_EQ(models.session.selection().names(), (SelectionModel::Names{"lsu"}));
    models.session.selection().select(SelectionModel::Names{"alu"});
    EXPECT_EQ(table->currentIndex().siblingAtColumn(0).data().toString(), "alu");
  }
  if (alu.isValid()) {
    EXPECT_EQ(tree->currentIndex(), alu);
    models.session.selection().clear();
    tree->setCurrentIndex(alu);
    EXPECT_EQ(models.session.selection().names(), (SelectionModel::Names{"alu"}));
  }
}

TEST_F(Analysis, OfATraceNamesWhatDecidesAndWhatWouldHelp) {
  openOnly();
  const QByteArray line = R"({"operation": "add", "reads": ["regs.r1"], "writes": ["regs.r1"]})"
                          "\n";
  models.estimates.setTrace(folder.write(QStringLiteral("adds.trace.jsonl"), line.repeated(40)));
  models.estimates.run();
  ASSERT_TRUE(settle());
  ASSERT_TRUE(result());
  models.session.setLayer(QStringLiteral("adds"));
  show();
  EXPECT_THAT(page.sentenceText().toStdString(), HasSubstr("fetch_width 1 → 2 would save"));
  EXPECT_EQ(page.blocks().table().cycles, result()->cycles);
}

TEST_F(Analysis, SaysWhenItIsOutOfDateAndWhyItIsEmpty) {
  EXPECT_FALSE(page.whyEmpty().isEmpty());
  estimate();
  EXPECT_TRUE(page.whyEmpty().isEmpty());
  models.estimates.setParameters({{"arch.fetch_width", 2}});
  EXPECT_THAT(page.sentenceText().toStdString(), StartsWith("Out of date. "));
}

}  // namespace
}  // namespace taktwerk::test
