// SPDX-License-Identifier: GPL-3.0-or-later
// The page Compare, the pins and the baseline that all views refer to.
#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QLabel>
#include <QTableView>
#include <QTest>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/compare/compare_page.h"
#include "widgets/compare/difference_model.h"
#include "widgets/compare/method_plot.h"
#include "widgets/compare/methods_tab.h"
#include "widgets/compare/pin_model.h"
#include "widgets/compare/pin_panel.h"
#include "widgets/compare/results_tab.h"
#include "widgets/compare/sides_model.h"
#include "widgets/estimate/run_bar.h"
#include "widgets/mapping/layer_model.h"
#include "widgets/mapping/layers_panel.h"
#include "widgets/theme/plot_colours.h"
#include "widgets/theme/theme.h"
#include "widgets/view/models.h"

namespace taktwerk::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class ComparePageTest : public testing::Test {
 protected:
  ComparePageTest() {
    page.resize(1200, 700);
    page.show();
  }
  bool settle() {
    return waitFor([this] { return models.jobs.states().empty(); }, 110000);
  }
  void open() {
    models.documents.open(oneMac());
    ASSERT_TRUE(settle());
    models.estimates.setNetwork(tcResNet8());
    ASSERT_TRUE(settle());
  }
  void run(std::int64_t latency) {
    models.estimates.setParameters({{"arch.mac_latency", latency}});
    ASSERT_TRUE(settle());
    models.estimates.run();
    ASSERT_TRUE(settle());
    ASSERT_TRUE(models.estimates.outcome().estimate);
  }
  Cycles total() const { return models.estimates.outcome().estimate->cycles; }
  void trigger(const char* command) const { models.commands.action(QLatin1String(command))->trigger(); }
  ResultsTab& results() { return page.results(); }
  /// What a row of the layers shows.
  QStringList rowOf(const QString& layer) {
    const auto& model = *results().layers().model();
    for (int row = 0; row < model.rowCount(); ++row) {
      if (model.index(row, 0).data().toString() != layer) continue;
      QStringList cells;
      for (int column = 0; column < model.columnCount(); ++column) {
        cells << model.index(row, column).data().toString();
      }
      return cells;
    }
    return {};
  }

  Theme theme{false};
  Models models{theme, {}};
  RunBar bar{theme, models.session, models.estimates, models.jobs, models.commands};
  ComparePage page{models};
  Folder folder;
};

TEST_F(ComparePageTest, SaysWhatToDoWhileThereIsNothingToCompare) {
  EXPECT_THAT(results().whyNone().toStdString(), HasSubstr("Run an estimate (F5) and pin it"));
  EXPECT_FALSE(models.commands.action("analyse.pin")->isEnabled());
  EXPECT_THAT(models.commands.action("analyse.pin")->toolTip().toStdString(),
              HasSubstr("run an estimate first"));
  EXPECT_FALSE(models.commands.action("analyse.clearBaseline")->isEnabled());
  EXPECT_THAT(page.methods().whyEmpty().toStdString(), HasSubstr("Open an architecture"));
  open();
  run(1);
  EXPECT_THAT(results().whyNone().toStdString(), HasSubstr("There is one result so far"));
}

TEST_F(ComparePageTest, ShowsWhatDiffersFromTheRunBefore) {
  open();
  run(1);
  const Cycles before = total();
  run(16);
  const auto& difference = results().compared().difference;
  ASSERT_TRUE(difference) << results().whyNone().toStdString();
  EXPECT_EQ(difference->cycles.before, before);
  EXPECT_EQ(difference->cycles.now, total());
  EXPECT_THAT(results().summaryText().toStdString(),
              HasSubstr(changeColour(theme, false).name().toStdString()));
  const std::size_t all = difference->layers.size(), some = differingLayers(*difference);
  ASSERT_LT(some, all) << "something has to be the same";
  EXPECT_EQ(results().layers().model()->rowCount(), static_cast<int>(some));
  EXPECT_EQ(results().filterText(), QStringLiteral("showing %1 of %2: only what differs").arg(some).arg(all));
  page.findChild<QCheckBox*>()->setChecked(false);
  EXPECT_EQ(results().layers().model()->rowCount(), static_cast<int>(all));
  EXPECT_EQ(results().filterText(), QStringLiteral("showing all %1 layers").arg(all));
  const LayerChange& first = difference->layers.front();
  const QStringList row = rowOf(QString::fromStdString(first.layer));
  ASSERT_EQ(row.size(), DifferenceModel::ColumnCount);
  EXPECT_EQ(row[DifferenceModel::Before], grouped(*first.cycles.before));
  EXPECT_EQ(row[DifferenceModel::Now], grouped(*first.cycles.now));
  EXPECT_EQ(row[DifferenceModel::Change], "+" + grouped(*first.cycles.absolute()));
}

TEST_F(ComparePageTest, TheBaselineHoldsInAllViews) {
  LayersPanel layers(theme, models.session, models.estimates);
  open();
  run(1);
  const Cycles first = total();
  trigger("analyse.baseline");
  ASSERT_TRUE(models.session.baseline());
  EXPECT_EQ(models.session.baseline()->title, "One MAC accelerator, TC-ResNet8, mac_latency 1");
  EXPECT_FALSE(models.commands.action("analyse.pin")->isEnabled()) << "it is pinned already";
  run(4);
  run(16);
  EXPECT_THAT(bar.differenceText().toStdString(),
              StartsWith(differenceText(total(), first).toStdString() + " against: "));
  EXPECT_EQ(results().compared().difference->cycles.before, first);
  const LayerRow& row = layers.model().rows().front();
  EXPECT_EQ(row.reference, models.session.baseline()->result->layers.front().cycles);
  EXPECT_EQ(layers.model().index(0, LayerModel::Change).data().toString(),
            differenceText(row.cycles, *row.reference));
  EXPECT_THAT(
      layers.model().headerData(LayerModel::Change, Qt::Horizontal, Qt::ToolTipRole).toString().toStdString(),
      HasSubstr("mac_latency 1"));
  trigger("analyse.clearBaseline");
  EXPECT_FALSE(models.session.baseline());
  EXPECT_THAT(bar.differenceText().toStdString(), Not(HasSubstr("against")));
  EXPECT_NE(results().compared().difference->cycles.before, first) << "the run before was another one";
}

TEST_F(ComparePageTest, APinKeepsWhatItWasMadeOf) {
  open();
  run(1);
  trigger("analyse.baseline");
  const std::string text = models.document()->bytes;
  std::string changed = text;
  const std::size_t at = changed.find("write_latency: memory_latency");
  ASSERT_NE(at, std::string::npos);
  changed.replace(at, 29, "write_latency: 7");
  const QString path = folder.write("changed.arch.yaml", QByteArray::fromStdString(changed));
  models.documents.open(path);
  ASSERT_TRUE(settle());
  QStringList mappings;
  for (const StoredSource& source : models.session.pins()[0].result->sources) {
    if (source.kind == StoredSource::Kind::Mapping) mappings << QString::fromStdString(source.path);
  }
  ASSERT_FALSE(mappings.isEmpty());
  models.estimates.setMappings(mappings);
  run(2);
  ASSERT_TRUE(results().compared().difference);
  const auto& parameters = results().compared().difference->parameters;
  ASSERT_EQ(parameters.size(), 1U);
  EXPECT_EQ(parameters[0].name, "arch.mac_latency");
  const auto& sources = results().compared().sources;
  ASSERT_EQ(sources.size(), 1U);
  EXPECT_EQ(sources[0].lines.removed, 1U);
  EXPECT_EQ(sources[0].lines.added, 1U);
}

TEST_F(ComparePageTest, TheSelectedLayerTravelsBothWays) {
  open();
  run(1);
  run(16);
  QString selected;
  QObject context;
  QObject::connect(&page, &ComparePage::layerSelected, &context,
                   [&](const QString& name) { selected = name; });
  QTableView& table = results().layers();
  table.setCurrentIndex(table.model()->index(2, 0));
  EXPECT_EQ(selected, table.model()->index(2, 0).data().toString());
  const auto& layers = results().compared().difference->layers;
  const auto named = [&](const QString& name) {
    return std::find_if(layers.begin(), layers.end(),
                        [&](const LayerChange& each) { return QString::fromStdString(each.layer) == name; });
  };
  EXPECT_EQ(results().causes().rows().size(), named(selected)->causes.size());
  EXPECT_EQ(results().causes().rows().front().now, named(selected)->causes.front().now);
  selected.clear();
  page.setCurrentLayer("fc");
  EXPECT_TRUE(selected.isEmpty()) << "what is set from elsewhere is not told again";
  EXPECT_EQ(table.currentIndex().siblingAtColumn(0).data().toString(), "fc");
  EXPECT_EQ(results().causes().rows().size(), named("fc")->causes.size());
}

TEST_F(ComparePageTest, FilesOfResultsArePinnedAndWrittenAgain) {
  open();
  run(3);
  trigger("analyse.pin");
  QString file = folder.path("saved.json");
  models.ask.resultPath = [&](const QString&) { return file; };
  Q_EMIT results().pins().saveRequested(0);
  models.ask.resultsToOpen = [&] { return QStringList{file}; };
  Q_EMIT results().pins().openRequested();
  ASSERT_TRUE(waitFor([&] { return models.session.pins().size() == 2; }));
  EXPECT_EQ(models.session.pins()[1].title, "saved");
  EXPECT_EQ(models.session.pins()[1].result->cycles, total());
  models.session.setBaseline(1);
  ASSERT_TRUE(results().compared().difference);
  EXPECT_FALSE(results().compared().difference->differs());
  EXPECT_THAT(results().filterText().toStdString(), HasSubstr("no layer of"));
  EXPECT_FALSE(results().compared().sourcesKnown) << "a file of a result holds no texts";
  results().compareWith({models.session.pins()[0].result});
  EXPECT_EQ(results().compared().nowTitle, models.session.pins()[0].title);
  models.session.unpin(0);
  EXPECT_EQ(results().compared().nowTitle, "the present result") << "what was chosen is gone";
}

TEST_F(ComparePageTest, SaysWhatIsWrongWithAFile) {
  const QString bad = folder.write("bad.json", "{\"layers\": [\n{\"name\": 3}]}");
  const QString lacking =
      folder.write("lacking.json", "{\"cycles\": NaN, \"layers\": [{\"name\": \"fc\", \"cycles\": -1}]}");
  page.openResults({bad});
  page.openResults({lacking});  // while the first is read
  ASSERT_TRUE(waitFor([&] { return models.session.pins().size() == 1; }));
  const auto shown = [&] {
    for (const QLabel* label : results().findChildren<QLabel*>()) {
      if (label->text().contains(".json, line")) return label->text().toStdString();
    }
    return std::string();
  };
  EXPECT_THAT(shown(), HasSubstr("lacking.json, line 1, column 12: cycles is NaN"));
  models.session.setBaseline(0);
  open();
  run(1);
  EXPECT_EQ(bar.differenceText().toStdString().rfind("total missing against: lacking", 0), 0U);
  const QStringList row = rowOf("fc");
  ASSERT_FALSE(row.isEmpty());
  EXPECT_EQ(row[DifferenceModel::Before], "missing");
  EXPECT_EQ(row[DifferenceModel::Change], "");
  EXPECT_EQ(rowOf("conv0")[DifferenceModel::Before], "no such layer");
}

TEST_F(ComparePageTest, PinsAreRenamedAndTakenOutInTheirList) {
  open();
  run(1);
  trigger("analyse.pin");
  QTableView& table = results().pins().table();
  const QAbstractItemModelTester tester(table.model());
  ASSERT_EQ(table.model()->rowCount(), 1);
  EXPECT_TRUE(table.model()->setData(table.model()->index(0, PinModel::Title), "fast", Qt::EditRole));
  EXPECT_EQ(models.session.pins()[0].title, "fast");
  EXPECT_EQ(table.model()->index(0, PinModel::CycleCount).data().toString(), grouped(total()));
  EXPECT_EQ(table.model()->index(0, PinModel::Standing).data().toString(), "baseline, present");
  table.setFocus();
  table.selectRow(0);
  QTest::keyClick(&table, Qt::Key_Delete);
  EXPECT_TRUE(models.session.pins().empty());
}

TEST_F(ComparePageTest, MethodsStreamInAndCanBeStopped) {
  open();
  MethodsTab& methods = page.methods();
  page.show(ComparePage::Tab::Methods);
  methods.setSimulateLimit(6000);
  std::size_t columns = 0, seen = 0;
  methods.run();
  EXPECT_TRUE(methods.running());
  ASSERT_TRUE(waitFor([&] {
    const std::size_t now = methods.comparison() ? methods.comparison()->columns.size() : 0;
    if (now != columns) ++seen;
    columns = now;
    return !methods.running();
  }));
  EXPECT_EQ(columns, 5U);
  const MethodComparison& comparison = *methods.comparison();
  const auto& model = *methods.table().model();
  EXPECT_EQ(model.rowCount(), static_cast<int>(comparison.layers.size()) + 1);
  EXPECT_EQ(model.columnCount(), 6);
  EXPECT_THAT(model.headerData(2, Qt::Horizontal).toString().toStdString(), StartsWith("published\n"));
  EXPECT_EQ(model.headerData(1, Qt::Horizontal).toString(), "auto\nreference");
  EXPECT_THAT(
      model.index(0, 1).data().toString().toStdString(),
      StartsWith(grouped(static_cast<std::int64_t>(*comparison.columns[0].figures[0].cycles)).toStdString()));
  EXPECT_EQ(model.index(model.rowCount() - 1, 1).data().toString(), "the reference");
  EXPECT_THAT(model.index(model.rowCount() - 1, 5).data().toString().toStdString(), StartsWith("0.0 % of "));
  EXPECT_EQ(methods.plot().points().size(), methodPoints(comparison).size());
  EXPECT_FALSE(methods.outOfDate());
  models.estimates.setParameters({{"arch.mac_latency", 9}});
  EXPECT_TRUE(methods.outOfDate());
  EXPECT_THAT(methods.standingText().toStdString(), HasSubstr("out of date"));
  ASSERT_TRUE(settle());
  methods.run();
  methods.cancel();
  ASSERT_TRUE(waitFor([&] { return !methods.running(); }));
  EXPECT_THAT(methods.standingText().toStdString(), HasSubstr("cancelled"));
}

TEST_F(ComparePageTest, MeasuredCyclesBecomeTheReference) {
  open();
  MethodsTab& methods = page.methods();
  methods.openMeasured(folder.write("m.csv", "cycles,layer\n1720000,conv0\n7,gone\n"));
  ASSERT_TRUE(settle());
  methods.setSimulateLimit(0);
  methods.run();
  ASSERT_TRUE(waitFor([&] { return !methods.running(); }));
  ASSERT_TRUE(methods.comparison());
  EXPECT_EQ(methods.comparison()->reference, ComparedMethod::Measured);
  EXPECT_THAT(methods.standingText().toStdString(), HasSubstr("measured cycles"));
  std::string notes;
  for (const QLabel* label : methods.findChildren<QLabel*>()) notes += label->text().toStdString() + '\n';
  EXPECT_THAT(notes, HasSubstr("no layer \"gone\" was timed"));
  QString told;
  QObject context;
  QObject::connect(&methods, &MethodsTab::failed, &context, [&](const QString&, const Diagnostics& problems) {
    told = problems.empty() ? QString() : QString::fromStdString(problems.front().message);
  });
  methods.openMeasured(folder.write("bad.csv", "layer\nconv0\n"));
  ASSERT_TRUE(settle());
  EXPECT_THAT(told.toStdString(), HasSubstr("there is no heading \"cycles\""));
}

TEST_F(ComparePageTest, ClosingWhileMethodsRunHarmsNothing) {
  open();
  {
    ComparePage other(models);
    other.methods().run();
  }
  EXPECT_TRUE(settle());
}

TEST(DifferenceRows, MissingIsAWordAndNeverNull) {
  const Theme theme(false);
  SidesModel model(theme, "Cause", "missing", true);
  const QAbstractItemModelTester tester(&model);
  model.setRows({{"a", std::nullopt, 5}, {"b", 0, 5}, {"c", 10, 5}});
  const auto text = [&](int row, int column) { return model.index(row, column).data().toString(); };
  EXPECT_EQ(text(0, SidesModel::Before), "missing");
  EXPECT_EQ(text(0, SidesModel::Change), "");
  EXPECT_EQ(text(1, SidesModel::Change), "+5");
  EXPECT_EQ(text(1, SidesModel::Percent), "") << "there was nothing to be part of";
  EXPECT_EQ(text(2, SidesModel::Percent), "−50 %");
  EXPECT_EQ(model.index(2, SidesModel::Change).data(Qt::ForegroundRole).value<QBrush>().color(),
            changeColour(theme, true));
}

}  // namespace
}  // namespace taktwerk::test
