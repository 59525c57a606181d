// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of results: points opened and saved, rows copied, written and read.
#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QFileInfo>

#include "core/store/database.h"
#include "tests/widgets/sweep/sweep_page_fixture.h"
#include "widgets/document/file_kind.h"
#include "widgets/document/mapping_files.h"
#include "widgets/sweep/point_layer_model.h"
#include "widgets/sweep/point_layers.h"
#include "widgets/sweep/point_settings.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;

class SweepPointsTest : public SweepPageTest {
 protected:
  SweepPointsTest() {
    QObject::connect(&models.session, &Session::said, &page, [this](const QString& s) { said << s; });
  }
  static QByteArray bytesOf(const QString& path) {
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    return file.readAll();
  }
  static std::string onDisk(const QString& path) { return bytesOf(path).toStdString(); }
  /// A copy of the architecture, without mappings beside it.
  QString ownArchitecture(const QString& name) { return folder.write(name, bytesOf(oneMac())); }

  QStringList said;
};

TEST_F(SweepPointsTest, OpensAPointAsChoicesThatCanBeUndone) {
  open();
  add("fetch_width = 1,2,4");
  ASSERT_TRUE(settle());
  run();
  choosePoint("2");
  page.openPoint();
  EXPECT_EQ(models.estimates.input().parameters.at("arch.fetch_width"), 4);
  ASSERT_TRUE(settle());
  EXPECT_EQ(std::to_string(models.estimates.outcome().estimate->cycles), cell(rowOf("2"), "cycles"));
  EXPECT_NE(cell(rowOf("0"), "cycles"), cell(rowOf("2"), "cycles"));
  EXPECT_TRUE(page.setup().find("fetch_width")) << "the space stays";
  EXPECT_EQ(models.history.undoText(), "Open point 2 (choices)");
  models.history.undo();
  EXPECT_TRUE(models.estimates.input().parameters.empty());
  models.estimates.run();
  ASSERT_TRUE(settle());
  EXPECT_EQ(std::to_string(models.estimates.outcome().estimate->cycles), cell(rowOf("0"), "cycles"));
  EXPECT_TRUE(page.setup().find("fetch_width")) << "the space was another step";
}

TEST_F(SweepPointsTest, OpensAPointWithTheChoicesThatItsRowWasEstimatedWith) {
  open();
  const std::map<std::string, LayerChoice> choices = {
      {"conv0", {"conv1d on one MAC", {{"channels_at_once", 4}}}}};
  models.workspace.changeLayers({"Choose"}, choices);
  add("fetch_width = 1,2");
  page.setup().setStore(folder.path("kept.sqlite"));
  ASSERT_TRUE(settle());
  run();
  const std::string cycles = cell(rowOf("1"), "cycles");
  const auto open = [&] {
    models.workspace.changeLayers({"Choose nothing"}, {});
    choosePoint("1");
    page.openPoint();
    ASSERT_TRUE(settle());
    EXPECT_EQ(models.estimates.input().choices, choices);
    EXPECT_EQ(std::to_string(models.estimates.outcome().estimate->cycles), cycles);
    EXPECT_EQ(page.resultPanel().messageText(), "");
  };
  open();
  models.history.undo();
  EXPECT_TRUE(models.estimates.input().choices.empty()) << "they are part of the step";
  page.openResults(folder.path("kept.sqlite"));
  ASSERT_TRUE(settle());
  open();
  models.estimates.run();
  models.workspace.changeLayers({"Choose nothing"}, {});
  models.estimates.run();
  ASSERT_TRUE(settle());
  EXPECT_NE(std::to_string(models.estimates.outcome().estimate->cycles), cycles);
}

TEST_F(SweepPointsTest, APointOfFilesThatAreGoneIsNotOpened) {
  const QString own = folder.path("own.network.yaml");
  ASSERT_TRUE(QFile::copy(tcResNet8(), own));
  open(oneMac(), own);
  add("fetch_width = 1,2");
  page.setup().setStore(folder.path("kept.sqlite"));
  ASSERT_TRUE(settle());
  run();
  page.openResults(folder.path("kept.sqlite"));
  ASSERT_TRUE(settle());
  ASSERT_TRUE(QFile::remove(own));
  models.estimates.setNetwork(tcResNet8());
  ASSERT_TRUE(settle());
  choosePoint("1");
  page.openPoint();
  EXPECT_THAT(page.resultPanel().messageText().toStdString(), HasSubstr("own.network.yaml"));
  EXPECT_EQ(models.estimates.input().networkPath, tcResNet8());
  EXPECT_TRUE(models.estimates.input().parameters.empty());
  ASSERT_TRUE(QFile::copy(tcResNet8(), own));
  page.openPoint();
  EXPECT_EQ(page.resultPanel().messageText(), "");
  EXPECT_EQ(models.estimates.input().networkPath, own);
  EXPECT_TRUE(models.estimates.input().mappingPaths.isEmpty()) << "those beside are found by themselves";
  EXPECT_EQ(models.estimates.input().parameters.at("arch.fetch_width"), 2);
}

TEST_F(SweepPointsTest, PathsOfAStoreThatAreNotAbsoluteAreBesideIt) {
  StoredOrigins origins;
  origins.path = toPath(folder.path("results.sqlite")).string();
  origins.studies.push_back(
      {1, {}, {{1, "architecture", "a.arch.yaml"}, {2, "network", "n.network.yaml"}}, {}});
  origins.study = {0};
  RowTable rows({}, {});
  rows.add({});
  folder.write("a.arch.yaml", "x");
  const PointDesign design = storedDesignOf(rows, 0, origins, nullptr);
  EXPECT_EQ(design.files.architecture, folder.path("a.arch.yaml"));
  EXPECT_EQ(design.missing, QStringList{"n.network.yaml"});
}

TEST_F(SweepPointsTest, PointsAreThoseOfTheTextThatWasEstimated) {
  const QString own = ownArchitecture("own.arch.yaml");
  open(own);
  models.estimates.setMappings(mappingsBeside(oneMac()));
  add("fetch_width = 1,2");
  ASSERT_TRUE(settle());
  run();
  const std::string before = models.document()->bytes;
  ASSERT_EQ(models.documents.edit("Set", {SetAttribute{"decode", "latency", yamlScalar("3")}}), QString());
  ASSERT_TRUE(settle());
  EXPECT_EQ(table().rows(), 2U) << "results stay";
  choosePoint("1");
  page.openPoint();
  EXPECT_THAT(said.back().toStdString(), HasSubstr("architecture was changed since"));
  models.ask.architecturePath = [&](const QString&) { return folder.path("two.arch.yaml"); };
  page.savePoint();
  const std::string text = onDisk(folder.path("two.arch.yaml"));
  EXPECT_THAT(text, HasSubstr("fetch_width: {default: 2,"));
  EXPECT_EQ(text.size(), before.size()) << "as it was, but for the values";
  ASSERT_TRUE(settle());
  run();
  choosePoint("1");
  page.openPoint();
  EXPECT_FALSE(said.back().contains("changed since"));
}

TEST_F(SweepPointsTest, SaysThatAnAlternativeWasChangedSinceItWasEstimated) {
  const QString own = ownArchitecture("own.arch.yaml");
  const std::string before = onDisk(own);
  open(own);
  models.estimates.setMappings(mappingsBeside(oneMac()));
  ASSERT_EQ(page.setup().change("Add", withAlternative({}, Dimension::Of::Architecture,
                                                       {oneMac().toStdString()}, {own.toStdString()})),
            "");
  add("fetch_width = 1,2");
  ASSERT_TRUE(settle());
  run();
  page.resultPanel().setFilter("architecture == own");
  ASSERT_EQ(page.results().shown().size(), 2U);
  ASSERT_EQ(models.documents.edit("Set", {SetAttribute{"decode", "latency", yamlScalar("3")}}), QString());
  folder.write("own.arch.yaml", "what others wrote");
  page.resultPanel().table().selectRow(1);
  page.openPoint();
  EXPECT_THAT(said.back().toStdString(), HasSubstr("architecture was changed since"));
  models.ask.architecturePath = [&](const QString&) { return folder.path("two.arch.yaml"); };
  page.savePoint();
  EXPECT_EQ(page.resultPanel().messageText(), "");
  EXPECT_EQ(onDisk(folder.path("two.arch.yaml")).size(), before.size())
      << "what was estimated, but for the values";
}

TEST_F(SweepPointsTest, SaysThatNetworkOrMappingsWereChangedSinceAPointWasEstimated) {
  const QString network = folder.path("own.network.yaml");
  ASSERT_TRUE(QFile::copy(tcResNet8(), network));
  const QString mapping = folder.write("own.mapping.yaml", bytesOf(mappingsBeside(oneMac()).front()));
  open(oneMac(), network);
  models.estimates.addMapping(mapping);
  add("fetch_width = 1,2");
  ASSERT_TRUE(settle());
  run();
  const auto open = [&] {
    choosePoint("1");
    said.clear();
    page.openPoint();
    ASSERT_TRUE(settle());
  };
  open();
  EXPECT_EQ(said.filter("Changed since"), QStringList());
  models.estimates.setText(network, std::make_shared<const std::string>(onDisk(network) + "# seen\n"));
  ASSERT_TRUE(settle());
  open();
  EXPECT_EQ(said.filter("Changed since"), QStringList{"Changed since point 1 was estimated: the network."});
  folder.write("own.mapping.yaml", bytesOf(mapping) + "# seen\n");
  open();
  EXPECT_EQ(said.filter("Changed since"),
            QStringList{"Changed since point 1 was estimated: the network and the mappings."});
  EXPECT_THAT(page.resultPanel().messageText().toStdString(), HasSubstr("the network and the mappings"));
}

TEST_F(SweepPointsTest, PointsOfAStoreAreThoseOfTheTextsThatItHad) {
  const QString own = ownArchitecture("own.arch.yaml"), store = folder.path("kept.sqlite");
  const std::string before = onDisk(own);
  open(own);
  models.estimates.setMappings(mappingsBeside(oneMac()));
  add("fetch_width = 1,2");
  page.setup().setStore(store);
  ASSERT_TRUE(settle());
  run();
  page.openResults(store);
  ASSERT_TRUE(settle());
  ASSERT_EQ(models.documents.edit("Set", {SetAttribute{"decode", "latency", yamlScalar("3")}}), QString());
  folder.write("own.arch.yaml", "what others wrote");
  ASSERT_TRUE(QFile::remove(store)) << "it is not asked again";
  choosePoint("1");
  models.ask.architecturePath = [&](const QString&) { return folder.path("two.arch.yaml"); };
  page.savePoint();
  EXPECT_EQ(page.resultPanel().messageText(), "");
  EXPECT_EQ(onDisk(folder.path("two.arch.yaml")).size(), before.size());
  page.openPoint();
  EXPECT_THAT(said.back().toStdString(), HasSubstr("architecture was changed since"));
}

TEST_F(SweepPointsTest, ATextThatTheStoreHasLostIsNotWrittenAsWhatItIsNow) {
  const QString own = ownArchitecture("own.arch.yaml"), store = folder.path("kept.sqlite");
  open(own);
  models.estimates.setMappings(mappingsBeside(oneMac()));
  add("fetch_width = 1,2");
  page.setup().setStore(store);
  ASSERT_TRUE(settle());
  run();
  {
    Database database;
    ASSERT_TRUE(database.open(toPath(store).string()));
    ASSERT_TRUE(database.execute("UPDATE inputs SET text = 'another' WHERE kind = 'architecture'"));
  }
  page.openResults(store);
  ASSERT_TRUE(settle());
  choosePoint("1");
  models.ask.architecturePath = [&](const QString&) { return folder.path("two.arch.yaml"); };
  page.savePoint();
  EXPECT_THAT(page.resultPanel().messageText().toStdString(),
              HasSubstr("own.arch.yaml in the store has changed"));
  EXPECT_FALSE(QFileInfo::exists(folder.path("two.arch.yaml")));
  page.openPoint();
  EXPECT_THAT(page.resultPanel().messageText().toStdString(), HasSubstr("cannot be said"));
  EXPECT_EQ(models.estimates.input().parameters.at("arch.fetch_width"), 2);
}

TEST_F(SweepPointsTest, SavesAPointAsAnArchitecture) {
  open();
  add("fetch_width = 1,2,4");
  ASSERT_TRUE(settle());
  run();
  choosePoint("1");
  const QString path = folder.path("two.arch.yaml");
  models.ask.architecturePath = [&](const QString&) { return folder.path("two.arch.yaml"); };
  page.savePoint();
  const std::string cycles = cell(rowOf("1"), "cycles");
  EXPECT_EQ(models.document()->path, oneMac()) << "it is written, not opened";
  models.documents.open(path);
  ASSERT_TRUE(settle());
  ASSERT_EQ(models.document()->path, path);
  const auto& parameters = models.document()->architecture->parameters;
  const auto width = std::find_if(parameters.begin(), parameters.end(),
                                  [](const Parameter& each) { return each.name == "fetch_width"; });
  ASSERT_NE(width, parameters.end());
  EXPECT_EQ(width->defaultValue, 2);
  models.estimates.setMappings(mappingsBeside(oneMac()));
  models.estimates.run();
  ASSERT_TRUE(settle());
  ASSERT_TRUE(models.estimates.outcome().estimate);
  EXPECT_EQ(std::to_string(models.estimates.outcome().estimate->cycles), cycles);
}

TEST_F(SweepPointsTest, ExportsWhatIsShownAndAll) {
  open();
  add("fetch_width = 1,2,4");
  ASSERT_TRUE(settle());
  run();
  page.resultPanel().setFilter("fetch_width > 1");
  models.ask.tablePath = [this](const QString&) { return folder.path("r.csv"); };
  page.exportRows(false);
  ASSERT_TRUE(settle());
  QFile file(folder.path("r.csv"));
  ASSERT_TRUE(file.open(QIODevice::ReadOnly));
  EXPECT_EQ(file.readAll().count('\n'), 3);
  models.ask.tablePath = [this](const QString&) { return folder.path("r.json"); };
  page.exportRows(true);
  ASSERT_TRUE(settle());
  QFile json(folder.path("r.json"));
  ASSERT_TRUE(json.open(QIODevice::ReadOnly));
  EXPECT_EQ(json.readAll().count("\"point\""), 3);
}

TEST_F(SweepPointsTest, JsonHasTheHeadingsOfTheCommandLine) {
  open();
  add("fetch_width = 1,2");
  page.setup().setStore(folder.path("kept.sqlite"));
  ASSERT_TRUE(settle());
  run();
  models.ask.tablePath = [this](const QString&) { return folder.path("r.json"); };
  const auto exported = [this](bool all) {
    page.exportRows(all);
    EXPECT_TRUE(settle());
    QFile file(folder.path("r.json"));
    EXPECT_TRUE(file.open(QIODevice::ReadOnly));
    return file.readAll();
  };
  const QByteArray ofRun = exported(true);
  const std::string head = "{\n  \"architecture\": \"" + models.document()->architecture->name +
                           "\",\n  \"network\": \"" + tcResNet8().toStdString() +
                           "\",\n  \"columns\": [\"arch.fetch_width\"],\n  \"rows\": [\n";
  EXPECT_THAT(ofRun.toStdString(), testing::StartsWith(head));
  page.resultPanel().setFilter("fetch_width > 1");
  const QByteArray shown = exported(false);
  EXPECT_THAT(shown.toStdString(), testing::StartsWith(head));
  EXPECT_EQ(shown.count("\"point\""), 1);
  page.resultPanel().setFilter("");
  page.openResults(folder.path("kept.sqlite"));
  ASSERT_TRUE(settle());
  EXPECT_THAT(exported(true).toStdString(), testing::StartsWith(head)) << "of a store, too";
}

TEST_F(SweepPointsTest, CopiesTheChosenRowsInTheOrderInWhichTheyAreShown) {
  open();
  add("fetch_width = 1,2,4");
  ASSERT_TRUE(settle());
  run();
  const int point = 0;
  page.resultPanel().table().sortByColumn(point, Qt::DescendingOrder);
  page.resultPanel().table().selectAll();
  QApplication::clipboard()->setText("before");
  models.commands.command("sweep.copy").run();
  ASSERT_TRUE(settle());
  const QStringList lines = QApplication::clipboard()->text().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
  ASSERT_EQ(lines.size(), 4);
  EXPECT_TRUE(lines[0].startsWith("point,"));
  EXPECT_TRUE(lines[1].startsWith("2,4,"));
  EXPECT_TRUE(lines[3].startsWith("0,1,"));
}

TEST_F(SweepPointsTest, AnExportThatIsStoppedSaysSo) {
  RowTable many({{"arch.rows", {}}}, {});
  SweepRow row;
  for (int i = 0; i < 300'000; ++i) {
    row.point.number = i;
    row.point.values = {i};
    many.add(row);
  }
  page.results().begin(many);
  models.ask.tablePath = [this](const QString&) { return folder.path("r.csv"); };
  page.exportRows(true);
  const std::vector<JobState> jobs = models.jobs.states();  // plots are drawn beside it
  const auto exports =
      std::find_if(jobs.begin(), jobs.end(), [](const JobState& job) { return job.unit == "rows"; });
  ASSERT_NE(exports, jobs.end());
  models.jobs.cancel(exports->id);
  ASSERT_TRUE(settle());
  ASSERT_FALSE(said.isEmpty());
  EXPECT_EQ(said.back().startsWith("Wrote"), QFileInfo::exists(folder.path("r.csv")));
}

TEST_F(SweepPointsTest, KeepsResultsInAFileAndReadsThemThere) {
  open();
  add("fetch_width = 1,2,4");
  const QString store = folder.path("kept.sqlite");
  page.setup().setStore(store);
  ASSERT_TRUE(settle());
  run();
  EXPECT_EQ(page.run().totals()->known, 0);
  EXPECT_TRUE(QFileInfo::exists(store));
  run();
  EXPECT_EQ(page.run().totals()->known, 3);
  const std::string cycles = cell(rowOf("2"), "cycles");
  page.openResults(store);
  ASSERT_TRUE(settle());
  ASSERT_EQ(table().rows(), 3U);
  EXPECT_EQ(cell(rowOf("2"), "cycles"), cycles);
  EXPECT_EQ(cell(rowOf("2"), "fetch_width"), "4");
  choosePoint("2");
  page.openPoint();
  EXPECT_EQ(models.estimates.input().parameters.at("arch.fetch_width"), 4);
  models.history.undo();
  ASSERT_TRUE(settle());
  QFile damaged(store);
  ASSERT_TRUE(damaged.open(QIODevice::WriteOnly));
  damaged.write("no store at all");
  damaged.close();
  run();
  EXPECT_THAT(page.resultPanel().messageText().toStdString(), HasSubstr("store"));
}

TEST_F(SweepPointsTest, ARunTakesThePlaceOfResultsThatAreBeingRead) {
  open();
  add("fetch_width = 1,2,4");
  const QString store = folder.path("kept.sqlite");
  page.setup().setStore(store);
  ASSERT_TRUE(settle());
  run();
  page.setup().setStore({});
  page.spacePanel().tree().selectDimension(0);
  page.spacePanel().tree().removeCurrent();
  add("mac_latency = 1,2");
  ASSERT_TRUE(settle());
  ASSERT_EQ(whyNoRun(), "");
  page.openResults(store);
  models.commands.command("sweep.run").run();
  ASSERT_TRUE(settle());
  EXPECT_EQ(table().rows(), 2U);
  EXPECT_TRUE(table().find("mac_latency"));
  EXPECT_FALSE(table().find("fetch_width"));
  page.openResults(store);
  ASSERT_TRUE(settle());
  EXPECT_EQ(table().rows(), 3U);
  EXPECT_EQ(whyNoRun(), "");
}

TEST_F(SweepPointsTest, ShowsTheLayersOfAPointThatIsKept) {
  const QString store = folder.path("kept.sqlite");
  PointLayers& layers = page.resultPanel().layers();
  EXPECT_THAT(layers.text().toStdString(), HasSubstr("Choose a point"));
  open();
  add("mac_latency = 0,1,2");
  ASSERT_TRUE(settle());
  run();
  choosePoint("1");
  EXPECT_THAT(layers.text().toStdString(), HasSubstr("kept when results are kept in a file"));
  page.setup().setStore(store);
  ASSERT_TRUE(settle());
  run();
  choosePoint("1");
  EXPECT_THAT(layers.text().toStdString(), HasSubstr("kept in kept.sqlite"));
  page.openResults(store);
  ASSERT_TRUE(settle());
  EXPECT_THAT(layers.text().toStdString(), HasSubstr("Choose a point"));
  choosePoint("2");
  ASSERT_TRUE(settle());
  EXPECT_EQ(layers.text(), "Layers of point 2");
  page.openPoint();
  ASSERT_TRUE(settle());
  const NetworkEstimate& estimate = *models.estimates.outcome().estimate;
  const std::vector<SweepLayer> shown = layers.model().layers();
  ASSERT_EQ(shown.size(), estimate.layers.size());
  for (std::size_t i = 0; i < shown.size(); ++i) {
    EXPECT_EQ(shown[i].name, estimate.layers[i].name);
    EXPECT_EQ(shown[i].cycles, estimate.layers[i].cycles);
  }
  const int row = static_cast<int>(shown.size()) - 1;
  const auto cellText = [&](int column) {
    return layers.model().index(row, column).data().toString().toStdString();
  };
  EXPECT_EQ(cellText(PointLayerModel::Cycles), grouped(shown.back().cycles).toStdString());
  EXPECT_EQ(cellText(PointLayerModel::How), shown.back().exact ? "exact" : "estimated");
  choosePoint("1");
  choosePoint("0");  // while those of the other are being read
  EXPECT_THAT(layers.text().toStdString(), HasSubstr("Point 0 has no layers"));
  ASSERT_TRUE(settle());
  EXPECT_THAT(layers.text().toStdString(), HasSubstr("Point 0 has no layers"));
  EXPECT_TRUE(layers.model().layers().empty()) << "what was read before comes too late";
}

}  // namespace
}  // namespace taktwerk::test
