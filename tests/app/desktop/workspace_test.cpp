// SPDX-License-Identifier: GPL-3.0-or-later
// What is attached, tuned, searched and set for the estimate is undone and done again.
#include <QLineEdit>
#include <QPushButton>
#include <QSlider>
#include <QStatusBar>

#include "tests/app/desktop/work_fixture.h"
#include "tests/support/places.h"
#include "widgets/workspace/workspace_document.h"

namespace taktwerk::test {
namespace {

using testing::HasSubstr;

class WorkspaceTest : public WorkTest {
 protected:
  [[nodiscard]] History& stack() { return window.history(); }
  [[nodiscard]] LayerChoice choiceOf(const char* layer) {
    const auto found = choices().find(layer);
    return found == choices().end() ? LayerChoice() : found->second;
  }
  /// Gemmini's mappings have tunables.
  void openGemmini() {
    window.openFiles({QString::fromStdString(sourceDirectory() + "/archs/gemmini/gemmini.arch.yaml"),
                      copyOfNetwork("mine.network.yaml")});
    ASSERT_TRUE(settle());
    window.commands().action("view.mapping")->trigger();
    page->setCurrentLayer("conv0");
    ASSERT_TRUE(
        waitFor([this] { return page->study().layer == "conv0" && !page->study().tunables.empty(); }));
    ASSERT_TRUE(settle());
  }
  [[nodiscard]] QSlider* slider(const std::string& name) {
    for (QSlider* each : page->findChildren<QSlider*>()) {
      if (each->accessibleName().toStdString() == name && each->isVisible()) return each;
    }
    return nullptr;
  }
};

TEST_F(WorkspaceTest, AttachingIsUndoneAndDoneAgain) {
  openWork();
  QAction& undo = *window.commands().action("edit.undo");
  QAction& redo = *window.commands().action("edit.redo");
  EXPECT_FALSE(undo.isEnabled());
  QTest::mouseClick(&page->attachButton(), Qt::LeftButton);
  ASSERT_EQ(choiceOf("conv0").mapping, mapping.toStdString());
  EXPECT_EQ(stack().undoText(), "Attach conv1d on one MAC to conv0 (choices)");
  EXPECT_THAT(undo.text().toStdString(), HasSubstr("Attach conv1d on one MAC to conv0 (choices)"));
  page->attachTo({"conv0", "b1.down", "b1.conv1"}, mapping);
  EXPECT_EQ(stack().undoText(), "Attach conv1d on one MAC to 2 layers (choices)") << "one had it";
  undo.trigger();
  EXPECT_EQ(choices().size(), 1U);
  EXPECT_EQ(window.statusBar()->currentMessage(), "Undone: Attach conv1d on one MAC to 2 layers (choices)");
  undo.trigger();
  EXPECT_TRUE(choices().empty());
  EXPECT_FALSE(undo.isEnabled());
  EXPECT_FALSE(window.isWindowModified());
  redo.trigger();
  EXPECT_EQ(choiceOf("conv0").mapping, mapping.toStdString());
  EXPECT_TRUE(window.isWindowModified());
}

TEST_F(WorkspaceTest, ResettingIsUndone) {
  openWork();
  page->attachTo({"conv0", "b1.down"}, mapping);
  page->attach({}, MappingPage::Scope::Layer);
  EXPECT_EQ(choices().size(), 1U);
  EXPECT_EQ(stack().undoText(), "Reset conv0 (choices)");
  page->attach({}, MappingPage::Scope::All);
  EXPECT_EQ(stack().undoText(), "Reset b1.down (choices)");
  stack().undo();
  stack().undo();
  EXPECT_EQ(choices().size(), 2U);
  page->attach({}, MappingPage::Scope::All);
  EXPECT_EQ(stack().undoText(), "Reset 2 layers (choices)");
  const int steps = stack().count();
  page->attach({}, MappingPage::Scope::All);
  EXPECT_EQ(stack().count(), steps) << "nothing to reset is no step";
}

TEST_F(WorkspaceTest, TunablesAreUndoneAndOneDragIsOneStep) {
  openGemmini();
  const std::string name = page->study().tunables.front().name;
  const std::vector<std::int64_t> values = page->study().tunables.front().values;
  const std::int64_t before = page->study().values.at(name);
  QSlider* moved = nullptr;
  ASSERT_TRUE(waitFor([&] { return (moved = slider(name)) != nullptr; }));
  const int was = moved->value();
  ASSERT_GE(was, 2);
  moved->setValue(was - 1);
  moved->setValue(was - 2);
  const std::int64_t chosen = values[static_cast<std::size_t>(was - 2)];
  EXPECT_EQ(choiceOf("conv0").tunables.at(name), chosen);
  EXPECT_EQ(stack().count(), 1);
  EXPECT_EQ(stack().undoText().toStdString(),
            name + " " + std::to_string(before) + " → " + std::to_string(chosen) + " for conv0 (choices)");
  stack().undo();
  EXPECT_TRUE(choices().empty());
  ASSERT_TRUE(waitFor([&] { return slider(name) && slider(name)->value() == was; })) << "the page follows";
  stack().redo();
  EXPECT_EQ(choiceOf("conv0").tunables.at(name), chosen);
}

TEST_F(WorkspaceTest, SearchBestIsOneStepForAllSelectedLayers) {
  openGemmini();
  QListWidget& list = page->layers();
  QStringList names;
  for (int row = 0; row < list.count() && names.size() < 3; ++row) {
    const QString name = list.item(row)->data(Qt::UserRole).toString();
    const auto& layers = window.estimates().network()->layers;
    if (layers[static_cast<std::size_t>(row)].operatorName != "conv1d") continue;
    list.item(row)->setSelected(true);
    names << name;
  }
  ASSERT_EQ(names.size(), 3);
  page->searchButton().click();
  ASSERT_TRUE(waitFor([this] { return !choices().empty(); }));
  EXPECT_EQ(choices().size(), 3U);
  for (const QString& name : names) EXPECT_FALSE(choices().at(name.toStdString()).tunables.empty());
  EXPECT_EQ(stack().undoText(), "Search best for 3 layers (choices)");
  const auto found = choices();
  stack().undo();
  EXPECT_TRUE(choices().empty());
  stack().redo();
  EXPECT_EQ(choices(), found);
}

TEST_F(WorkspaceTest, AParameterIsSetForTheEstimateAloneAndThatIsUndone) {
  openWork();
  window.selection().clear();
  auto* rows = window.findChild<Inspector*>()->findChild<QTreeWidget*>();
  const auto items = rows->findItems("mac_latency", Qt::MatchExactly | Qt::MatchRecursive);
  ASSERT_EQ(items.size(), 1);
  rows->setCurrentItem(items.front());
  auto* line = window.findChild<Inspector*>()->findChild<QLineEdit*>("override");
  ASSERT_TRUE(line);
  ASSERT_FALSE(line->isHidden());
  line->setText("9999");
  QTest::keyClick(line, Qt::Key_Return);
  EXPECT_TRUE(window.estimates().input().parameters.empty());
  EXPECT_THAT(window.findChild<Inspector*>()->detailText().toStdString(), HasSubstr("at most 64"));
  line->setText("5");
  QTest::keyClick(line, Qt::Key_Return);
  ASSERT_EQ(window.estimates().input().parameters.at("arch.mac_latency"), 5);
  EXPECT_EQ(bytes(), original) << "the file keeps its default";
  EXPECT_EQ(stack().undoText(), "mac_latency default → 5 (choices)");
  EXPECT_TRUE(window.workspace().isModified());
  line->setText("7");
  QTest::keyClick(line, Qt::Key_Return);
  EXPECT_EQ(stack().undoText(), "mac_latency 5 → 7 (choices)");
  stack().undo();
  stack().undo();
  EXPECT_TRUE(window.estimates().input().parameters.empty());
  EXPECT_EQ(line->text(), "");
  stack().redo();
  EXPECT_EQ(line->text(), "5");
  line->clear();
  QTest::keyClick(line, Qt::Key_Return);
  EXPECT_TRUE(window.estimates().input().parameters.empty());
  EXPECT_EQ(stack().undoText(), "mac_latency 5 → default (choices)");
}

TEST_F(WorkspaceTest, StepsOfASavedWorkspaceAreUndoneToWhatTheFileHolds) {
  openWork();
  attach("conv0");
  ASSERT_TRUE(window.workspace().save(folder.path("study.taktwerk")).empty());
  EXPECT_FALSE(window.workspace().isModified());
  attach("b1.down");
  EXPECT_TRUE(window.workspace().isModified());
  stack().undo();
  EXPECT_FALSE(window.workspace().isModified());
  stack().undo();
  EXPECT_TRUE(window.workspace().isModified()) << "the file holds it still";
}

}  // namespace
}  // namespace taktwerk::test
