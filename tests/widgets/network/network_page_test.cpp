// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/network/network_page.h"

#include <QAbstractItemModelTester>
#include <QFile>
#include <QLineEdit>
#include <QTableView>
#include <QTableWidget>
#include <QTest>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/places.h"
#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/network/network_graph_view.h"
#include "widgets/network/network_model.h"
#include "widgets/theme/theme.h"

namespace taktwerk::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* smallNetwork = R"(format: taktwerk-network/1
name: small  # the name
parameters: {batch: 2}
tensors:
  x: {shape: [batch, 3, 8, 8], role: input}   # a picture
  w: {shape: [4, 3, 3, 3], role: weight}
  c: {shape: [batch, 4, 6, 6]}
  r: {shape: [batch, 4, 6, 6]}
  v: {shape: [5, 144], role: weight}
  y: {shape: [batch, 5], role: output}
layers:
  - name: conv  # the first
    operator: conv2d
    dimensions: {N: batch, C: 3, K: 4, H: 8, W: 8, R: 3, S: 3}
    inputs: [x, w]
    output: c
  - {name: act, operator: relu, inputs: [c], output: r}
  - {name: fc, operator: dense, dimensions: {N: batch, C: 144, K: 5}, inputs: [r, v], output: y}
)";

class NetworkPageTest : public ::testing::Test {
 protected:
  void open(const QString& path) {
    estimates.setNetwork(path);
    ASSERT_TRUE(waitFor([this] { return jobs.states().empty(); }));
  }
  int rowOf(const QString& dimension) {
    for (int row = 0; row < page.dimensions().rowCount(); ++row) {
      if (page.dimensions().item(row, 0)->text() == dimension) return row;
    }
    ADD_FAILURE() << "no dimension " << dimension.toStdString();
    return 0;
  }
  void set(const QString& dimension, const QString& value) {
    page.dimensions().item(rowOf(dimension), 1)->setText(value);
    QCoreApplication::processEvents();
  }
  QString cell(int row, int column) { return page.model().index(row, column).data().toString(); }

  Theme theme{false};
  JobManager jobs;
  EstimateController estimates{jobs};
  History history;
  NetworkPage page{theme, estimates, history};
  Folder folder;
};

TEST_F(NetworkPageTest, ShowsLayersTotalsAndGraph) {
  const QAbstractItemModelTester tester(page.table().model());
  open(folder.write("small.network.yaml", smallNetwork));
  EXPECT_EQ(page.model().rowCount(), 3);
  EXPECT_EQ(cell(0, NetworkModel::Dimensions), "N 2  C 3  K 4  H 8  W 8  R 3  S 3");
  EXPECT_EQ(cell(2, NetworkModel::Output), "2 × 5");
  EXPECT_THAT(page.totalsText().toStdString(), HasSubstr("3 layers"));
  EXPECT_THAT(page.graph().dump().toStdString(), HasSubstr("conv -> act\nact -> fc"));
}

TEST_F(NetworkPageTest, AnEditChangesTheTextWhereSomethingChangedAndCanBeUndone) {
  open(folder.write("small.network.yaml", smallNetwork));
  page.table().selectRow(0);
  set("K", "6");
  const std::string& text = page.document().text();
  EXPECT_THAT(text, HasSubstr("dimensions: {N: batch, C: 3, K: 6, H: 8, W: 8, R: 3, S: 3}"));
  EXPECT_THAT(text, HasSubstr("w: {shape: [6, 3, 3, 3], role: weight}"));
  EXPECT_THAT(text, HasSubstr("c: {shape: [batch, 6, 6, 6]}"));
  EXPECT_THAT(text, HasSubstr("C: 216, K: 5"));
  EXPECT_THAT(text, HasSubstr("# a picture"));
  EXPECT_THAT(text, HasSubstr("- name: conv  # the first"));
  ASSERT_TRUE(estimates.network());
  EXPECT_EQ(estimates.network()->layers[0].macs, 2 * 6 * 36 * 27);
  EXPECT_EQ(history.count(), 1);
  EXPECT_EQ(history.undoText(), "Change K of conv (small.network.yaml)");
  history.undo();
  EXPECT_EQ(text, smallNetwork);
  EXPECT_EQ(estimates.network()->layers[0].macs, 2 * 4 * 36 * 27);
}

TEST_F(NetworkPageTest, ParametersAreEditedToo) {
  open(folder.write("small.network.yaml", smallNetwork));
  set("batch", "7");
  EXPECT_THAT(page.document().text(), HasSubstr("parameters: {batch: 7}"));
  EXPECT_EQ(cell(2, NetworkModel::Output), "7 × 5");
}

TEST_F(NetworkPageTest, WhatIsWrongIsSaidWhileTypingAndChangesNothing) {
  open(folder.write("small.network.yaml", smallNetwork));
  page.resize(900, 700);
  page.show();
  page.table().selectRow(0);
  QTableWidget& table = page.dimensions();
  const int row = rowOf("R");
  table.setCurrentCell(row, 1);
  table.editItem(table.item(row, 1));
  auto* line = table.findChild<QLineEdit*>();
  ASSERT_TRUE(line);
  line->selectAll();
  QTest::keyClicks(line, "9");
  EXPECT_THAT(page.messageText().toStdString(), HasSubstr("the window does not fit the padded input"));
  QTest::keyClick(line, Qt::Key_Backspace);
  QTest::keyClicks(line, "2");
  EXPECT_EQ(page.messageText(), "");
  QTest::keyClick(line, Qt::Key_Escape);
  EXPECT_EQ(page.document().text(), smallNetwork);
  set("R", "1e3");
  EXPECT_THAT(page.messageText().toStdString(), HasSubstr("not a whole number"));
  EXPECT_EQ(page.document().text(), smallNetwork);
}

TEST_F(NetworkPageTest, ImportsOnnxAndSavesItAsANetwork) {
  open(QString::fromStdString(taktwerk::sourceDirectory() + "/tests/data/onnx/mlperf_tiny_resnet8.onnx"));
  EXPECT_EQ(page.model().rowCount(), 22);
  EXPECT_TRUE(page.document().modified());
  page.table().selectRow(0);
  set("batch", "4");
  const QString path = folder.path("r8.network.yaml");
  ASSERT_TRUE(page.saveAs(path));
  ASSERT_TRUE(waitFor([this] { return jobs.states().empty(); }));
  EXPECT_FALSE(page.document().modified());
  EXPECT_EQ(estimates.input().networkPath, path);
  QFile file(path);
  ASSERT_TRUE(file.open(QIODevice::ReadOnly));
  EXPECT_THAT(file.readAll().toStdString(), HasSubstr("batch: {default: 4, minimum: 1}"));
  EXPECT_EQ(estimates.network()->macs(), 4 * 12501632);
}

TEST_F(NetworkPageTest, UnmappedLayersSayWhy) {
  const QByteArray foreign =
      "format: taktwerk-network/1\nname: n\ntensors:\n  x: {shape: [1, 8], role: input}\n"
      "  y: {shape: [1, 8], role: output}\nlayers:\n"
      "  - {name: warp, operator: GridWarp, foreign: true, inputs: [x], output: y}\n";
  open(folder.write("n.network.yaml", foreign));
  EXPECT_THAT(cell(0, NetworkModel::Status).toStdString(), HasSubstr("not mapped"));
}

}  // namespace
}  // namespace taktwerk::test
