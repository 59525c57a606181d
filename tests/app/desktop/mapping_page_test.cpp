// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mapping/mapping_page.h"

#include <QCompleter>
#include <QDropEvent>
#include <QFile>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>
#include <QTableWidget>
#include <QTest>
#include <QTreeWidget>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/desktop/main_window.h"
#include "tests/support/places.h"
#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/estimate/run_bar.h"
#include "widgets/mapping/loop_nest_tree.h"
#include "widgets/mapping/mapping_editor.h"
#include "widgets/mapping/memory_bars.h"
#include "widgets/network/network_page.h"
#include "widgets/theme/theme.h"

namespace taktwerk::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class MappingPageTest : public ::testing::Test {
 protected:
  MappingPageTest() {
    window.resize(1500, 950);
    window.show();
    page = window.findChild<MappingPage*>();
  }
  bool settle() {
    return waitFor([this] { return !window.busy() && !window.estimates().outOfDate(); });
  }
  /// Opens, runs and looks at the page, with the mouse.
  void open(const QStringList& paths) {
    window.openFiles(paths);
    ASSERT_TRUE(settle());
    for (QPushButton* button : window.findChildren<QPushButton*>()) {
      if (button->text() == QLatin1String("Run")) QTest::mouseClick(button, Qt::LeftButton);
    }
    ASSERT_TRUE(waitFor([this] { return window.estimates().outcome().estimate != nullptr; }));
    auto* tabs = window.findChild<QTabWidget*>();
    QTabBar* bar = tabs->tabBar();
    for (int i = 0; i < bar->count(); ++i) {
      if (bar->tabText(i) == QLatin1String("Mapping")) {
        QTest::mouseClick(bar, Qt::LeftButton, {}, bar->tabRect(i).center());
      }
    }
    ASSERT_TRUE(page->isVisible());
  }
  bool studied(const QString& layer) {
    return waitFor([this, layer] { return page->study().layer == layer && !window.busy(); });
  }
  void clickLayer(int row) {
    QListWidget& list = page->layers();
    QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.visualItemRect(list.item(row)).center());
  }
  const LayerEstimate& layer(std::size_t index) {
    return window.estimates().outcome().estimate->layers.at(index);
  }

  Theme theme{false};
  MainWindow window{theme, false};
  MappingPage* page = nullptr;
};

TEST_F(MappingPageTest, RanksWhatFitsAndSaysWhyTheRestDoesNot) {
  open({oneMac(), tcResNet8()});
  clickLayer(0);
  ASSERT_TRUE(studied("conv0"));
  const auto& candidates = page->study().candidates;
  ASSERT_GT(candidates.size(), 3U);
  EXPECT_TRUE(candidates.front().fits);
  EXPECT_EQ(*candidates.front().cycles, layer(0).cycles);
  EXPECT_FALSE(candidates.back().fits);
  EXPECT_THAT(candidates.back().reason.toStdString(), HasSubstr("this is conv1d"));
  ASSERT_FALSE(page->study().memories.empty());
  EXPECT_GT(page->study().memories.front().used, 0);
  ASSERT_FALSE(page->study().instructions.empty());
  EXPECT_THAT(page->study().instructions.back().text.toStdString(), HasSubstr("mac"));
  EXPECT_THAT(page->editor().toPlainText().toStdString(), HasSubstr("takes: conv1d"));
  EXPECT_THAT(page->checkText().toStdString(), HasSubstr("no problems"));
}

/// With mouse and keyboard only: import a network, write a mapping for a layer, attach it, see the total
/// change.
TEST_F(MappingPageTest, ANewMappingIsWrittenAttachedAndChangesTheTotal) {
  open({oneMac(),
        QString::fromStdString(taktwerk::sourceDirectory() + "/tests/data/onnx/mlperf_tiny_resnet8.onnx")});
  const Cycles before = window.estimates().outcome().estimate->cycles;
  clickLayer(0);
  ASSERT_TRUE(studied("conv2d_1"));
  QTest::mouseClick(&page->newButton(), Qt::LeftButton);
  ASSERT_TRUE(
      waitFor([this] { return page->study().shown == QLatin1String("conv2d, new 1") && !window.busy(); }));
  MappingEditor& editor = page->editor();
  QTest::keyClick(&editor, Qt::Key_End, Qt::ControlModifier);
  QTest::keyClicks(&editor, "  - mac regs.r0 <- regs.r0, regs.r1, regs.r");
  EXPECT_THAT(page->checkText().toStdString(), HasSubstr("conv2d-new-1.mapping.yaml"));
  QTest::keyClicks(&editor, "2");
  EXPECT_THAT(page->document()->text(), HasSubstr("\n  - mac regs.r0 <- regs.r0, regs.r1, regs.r2"));
  ASSERT_TRUE(settle());
  QTest::mouseClick(&page->attachButton(), Qt::LeftButton);
  ASSERT_TRUE(waitFor([&] { return window.estimates().outcome().estimate->cycles != before; }));
  ASSERT_TRUE(settle());
  EXPECT_EQ(layer(0).mapping, "conv2d, new 1");
  EXPECT_GT(window.estimates().outcome().estimate->cycles, before);
  EXPECT_EQ(window.estimates().input().choices.at("conv2d_1").mapping, "conv2d, new 1");
  EXPECT_FALSE(window.findChild<RunBar*>()->differenceText().isEmpty());
  // Undoing what was typed brings the figures back: text, program and total are one.
  editor.setFocus();
  while (window.history().canUndo()) {
    const int steps = window.history().index();
    QTest::keyClick(&editor, Qt::Key_Z, Qt::ControlModifier);
    ASSERT_LT(window.history().index(), steps);
  }
  ASSERT_TRUE(waitFor([&] { return window.estimates().outcome().estimate->cycles == before; }));
}

TEST_F(MappingPageTest, MistakesAreNamedWhileTypingAndTheFiguresStay) {
  open({oneMac(), tcResNet8()});
  clickLayer(0);
  ASSERT_TRUE(studied("conv0"));
  const Cycles before = window.estimates().outcome().estimate->cycles;
  QTest::keyClick(&page->editor(), Qt::Key_End, Qt::ControlModifier);
  QTest::keyClicks(&page->editor(), "tensers: {}");
  EXPECT_THAT(page->checkText().toStdString(), HasSubstr("tensers"));
  ASSERT_TRUE(settle());
  EXPECT_EQ(window.estimates().outcome().estimate->cycles, before);
  QTest::keyClick(&page->editor(), Qt::Key_Z, Qt::ControlModifier);
  EXPECT_THAT(page->checkText().toStdString(), HasSubstr("no problems"));
}

TEST_F(MappingPageTest, ADroppedMappingIsAttachedToTheLayerUnderIt) {
  open({oneMac(), tcResNet8()});
  clickLayer(0);
  ASSERT_TRUE(studied("conv0"));
  QListWidget& list = page->layers();
  QMimeData data;
  data.setData("application/x-taktwerk-mapping", "some mapping");
  const QPointF at = list.visualItemRect(list.item(2)).center();
  QDragEnterEvent enter(at.toPoint(), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(list.viewport(), &enter);
  EXPECT_TRUE(enter.isAccepted());
  QDropEvent drop(at, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(list.viewport(), &drop);
  const std::string name = window.estimates().network()->layers[2].name;
  ASSERT_TRUE(window.estimates().input().choices.contains(name));
  EXPECT_EQ(window.estimates().input().choices.at(name).mapping, "some mapping");
  ASSERT_TRUE(settle());
  ASSERT_EQ(window.estimates().outcome().estimate->unmapped.size(), 1U);
  EXPECT_THAT(window.estimates().outcome().estimate->unmapped[0].reason, HasSubstr("not among the mappings"));
  page->attach({}, MappingPage::Scope::All);
  EXPECT_TRUE(window.estimates().input().choices.empty());
}

TEST_F(MappingPageTest, AFirstMappingIsUnfinishedAndNeverCounted) {
  open({oneMac(), tcResNet8()});
  window.estimates().setMappings({QString(oneMac()).replace("one-mac.arch", "mappings/relu.mapping")});
  ASSERT_TRUE(settle());
  clickLayer(0);
  ASSERT_TRUE(studied("conv0"));
  ASSERT_TRUE(page->study().shown.isEmpty());
  const auto unmapped = window.estimates().outcome().estimate->unmapped.size();
  QTest::mouseClick(&page->newButton(), Qt::LeftButton);
  ASSERT_TRUE(settle());
  ASSERT_TRUE(
      waitFor([this] { return page->study().shown == QLatin1String("conv1d, new 1") && !window.busy(); }));
  const auto& estimate = *window.estimates().outcome().estimate;
  EXPECT_FALSE(estimate.complete);
  ASSERT_EQ(estimate.unmapped.size(), unmapped);
  EXPECT_EQ(estimate.unmapped.front().name, "conv0");
  EXPECT_THAT(estimate.unmapped.front().reason, HasSubstr("conv1d, new 1: the mapping is unfinished"));
  EXPECT_THAT(page->document()->text(), HasSubstr("# Unfinished"));
  EXPECT_THAT(page->checkText().toStdString(), HasSubstr("the mapping is unfinished"));
  EXPECT_THAT(page->iterationText().toStdString(), HasSubstr("the mapping is unfinished"));
  EXPECT_THAT(page->titleText().toStdString(), HasSubstr("0 mappings fit"));
  EXPECT_FALSE(page->study().candidates.front().fits);
  EXPECT_THAT(page->layers().item(0)->text().toStdString(), HasSubstr("not mapped"));
  EXPECT_THAT(page->layers().item(0)->toolTip().toStdString(), HasSubstr("unfinished"));
}

TEST_F(MappingPageTest, WhatIsMissingIsSaidWhileAMappingLeavesPartOfItsLayerOut) {
  open({oneMac(), tcResNet8()});
  clickLayer(0);
  ASSERT_TRUE(studied("conv0"));
  std::string half = page->document()->text();
  half.replace(half.find("in: Q"), 5, "in: Q // 2");
  page->document()->change(half, QStringLiteral("half"));
  ASSERT_TRUE(settle());
  ASSERT_TRUE(waitFor([this] { return !page->study().diagnostics.empty() && !window.busy(); }));
  EXPECT_THAT(page->checkText().toStdString(),
              HasSubstr("writes 784 of 1584 elements of \"output\", the result"));
  EXPECT_FALSE(window.estimates().outcome().estimate->complete);
  ASSERT_FALSE(page->study().instructions.empty()) << "it can still be looked at";
}

TEST_F(MappingPageTest, AMappingThatIsRenamedStaysInView) {
  open({oneMac(), tcResNet8()});
  clickLayer(0);
  ASSERT_TRUE(studied("conv0"));
  // Looked at by hand, so that it is the one wanted.
  int other = -1;
  for (int row = 0; row < page->candidates().rowCount(); ++row) {
    if (page->candidates().item(row, 0)->text() == QLatin1String("relu on one MAC")) other = row;
  }
  ASSERT_GE(other, 0);
  page->candidates().setCurrentCell(other, 0);
  ASSERT_TRUE(
      waitFor([this] { return page->study().shown == QLatin1String("relu on one MAC") && !window.busy(); }));
  page->candidates().setCurrentCell(0, 0);
  ASSERT_TRUE(waitFor(
      [this] { return page->study().shown == QLatin1String("conv1d on one MAC") && !window.busy(); }));
  std::string renamed = page->document()->text();
  renamed.replace(renamed.find("conv1d on one MAC"), 17, "my convolution");
  page->document()->change(renamed, QStringLiteral("rename"));
  ASSERT_TRUE(
      waitFor([this] { return page->study().shown == QLatin1String("my convolution") && !window.busy(); }));
  EXPECT_FALSE(page->study().memories.empty());
  EXPECT_GT(page->instructions().count(), 0);
  EXPECT_TRUE(page->iterationText().startsWith("One iteration of ")) << page->iterationText().toStdString();
}

TEST_F(MappingPageTest, AnAttachedMappingThatIsThereNoMoreDoesNotEmptyTheTabs) {
  open({oneMac(), tcResNet8()});
  clickLayer(0);
  ASSERT_TRUE(studied("conv0"));
  window.estimates().setChoices({{"conv0", {"gone", {}}}});
  ASSERT_TRUE(settle());
  ASSERT_TRUE(waitFor([this] { return !window.busy(); }));
  EXPECT_THAT(page->titleText().toStdString(), HasSubstr("1 mapping fits"));
  EXPECT_EQ(page->study().shown, "conv1d on one MAC");
  EXPECT_FALSE(page->memories().uses().empty());
  EXPECT_GT(page->instructions().count(), 0);
  EXPECT_THAT(page->iterationText().toStdString(), Not(HasSubstr("does not take")));
}

TEST_F(MappingPageTest, WhatIsAboutAnotherLayerGoesBeforeTheNextOneIsKnown) {
  open({oneMac(), tcResNet8()});
  clickLayer(0);
  ASSERT_TRUE(studied("conv0"));
  EXPECT_TRUE(page->attachButton().isEnabled());
  clickLayer(1);
  EXPECT_EQ(page->titleText(), QStringLiteral("conv0.relu: looking …"));
  EXPECT_EQ(page->candidates().rowCount(), 0);
  EXPECT_EQ(page->instructions().count(), 0);
  EXPECT_TRUE(page->memories().uses().empty());
  EXPECT_FALSE(page->attachButton().isEnabled()) << "it would attach the mapping of the layer before";
  ASSERT_TRUE(studied("conv0.relu"));
  EXPECT_GT(page->instructions().count(), 0);
  EXPECT_TRUE(page->attachButton().isEnabled());
}

TEST_F(MappingPageTest, TheTreeIsTheSameDocument) {
  open({oneMac(), tcResNet8()});
  clickLayer(0);
  ASSERT_TRUE(studied("conv0"));
  LoopNestTree& tree = page->tree();
  const auto loops = tree.findItems("for ", Qt::MatchStartsWith | Qt::MatchRecursive);
  ASSERT_FALSE(loops.isEmpty());
  const std::string before = page->document()->text();
  loops.front()->setText(1, "1");
  ASSERT_TRUE(waitFor([&] { return page->document()->text() != before; }));
  EXPECT_EQ(page->editor().toPlainText().toStdString(), page->document()->text());
  EXPECT_EQ(window.history().count(), 1);
  window.history().undo();
  EXPECT_EQ(page->document()->text(), before);
  EXPECT_EQ(page->editor().toPlainText().toStdString(), before);
}

TEST_F(MappingPageTest, NamesAreCompleted) {
  open({oneMac(), tcResNet8()});
  clickLayer(0);
  ASSERT_TRUE(studied("conv0"));
  MappingEditor& editor = page->editor();
  QTest::keyClick(&editor, Qt::Key_End, Qt::ControlModifier);
  QTest::keyClicks(&editor, "regs.r");
  EXPECT_EQ(editor.completer().currentCompletion(), "regs.r0");
}

TEST_F(MappingPageTest, ClosingAsksAboutNetworksAndMappingsThatWereEdited) {
  Folder folder;
  QFile original(tcResNet8());
  ASSERT_TRUE(original.open(QIODevice::ReadOnly));
  const QString path = folder.write("mine.network.yaml", original.readAll());
  open({oneMac(), path});
  auto* network = window.findChild<NetworkPage*>();
  network->document().change(network->document().text() + "# seen\n", QStringLiteral("note"));
  QStringList asked;
  Questions::Answer answer = Questions::Answer::Cancel;
  window.ask().unsaved = [&](const QString& question) {
    asked << question;
    return answer;
  };
  EXPECT_FALSE(window.close());
  ASSERT_EQ(asked.size(), 1);
  EXPECT_THAT(asked.front().toStdString(), HasSubstr("mine.network.yaml"));

  clickLayer(0);
  ASSERT_TRUE(studied("conv0"));
  page->document()->change(page->document()->text() + "# and this\n", QStringLiteral("note"));
  EXPECT_FALSE(window.close());
  EXPECT_THAT(asked.back().toStdString(), HasSubstr("mine.network.yaml and "));
  window.history().undo();

  answer = Questions::Answer::Save;
  EXPECT_TRUE(window.close());
  QFile saved(path);
  ASSERT_TRUE(saved.open(QIODevice::ReadOnly));
  EXPECT_TRUE(saved.readAll().endsWith("# seen\n"));
  EXPECT_TRUE(window.close()) << "nothing is left to ask about";
  EXPECT_EQ(asked.size(), 3);
}

}  // namespace
}  // namespace taktwerk::test
