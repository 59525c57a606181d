// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/actions/command_table.h"

#include <QAction>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QTest>
#include <QToolBar>
#include <QTreeWidget>
#include <set>

#include <gtest/gtest.h>

#include "widgets/actions/command_palette.h"
#include "widgets/theme/theme.h"

namespace taktwerk::test {
namespace {

TEST(CommandTable, HasNoTwoCommandsWithTheSameNameOrKeys) {
  std::set<std::string> ids;
  std::set<QString> keys;
  for (const CommandSpec& spec : commandSpecs()) {
    EXPECT_TRUE(ids.insert(spec.id).second) << spec.id;
    EXPECT_NE(spec.help[0], '\0') << spec.id;
    for (const QString& key : QString(spec.keys).split(' ', Qt::SkipEmptyParts)) {
      EXPECT_FALSE(QKeySequence(key, QKeySequence::PortableText).isEmpty()) << spec.id;
      EXPECT_TRUE(keys.insert(key).second) << spec.id << " shares " << key.toStdString();
    }
  }
}

TEST(CommandTable, MakesMenusAndToolbarFromTheList) {
  const Theme theme(false);
  CommandTable commands(theme);
  QMenuBar menuBar;
  QToolBar toolBar;
  commands.fill(menuBar);
  commands.fill(toolBar);
  std::size_t inMenus = 0;
  for (const QAction* menu : menuBar.actions()) {
    for (const QAction* action : menu->menu()->actions()) inMenus += action->isSeparator() ? 0 : 1;
  }
  EXPECT_EQ(inMenus, commandSpecs().size());
  EXPECT_TRUE(toolBar.actions().contains(commands.action("file.open")));
  for (const CommandSpec& spec : commandSpecs()) {
    EXPECT_EQ(commands.action(spec.id)->icon().isNull(), spec.icon[0] == '\0') << spec.id;
  }
}

TEST(CommandTable, SaysWhyACommandIsDisabled) {
  const Theme theme(false);
  CommandTable commands(theme);
  commands.setDisabledReason("view.fit", "Nothing is open.");
  EXPECT_FALSE(commands.action("view.fit")->isEnabled());
  EXPECT_TRUE(commands.action("view.fit")->toolTip().startsWith("Nothing is open."));
  commands.setDisabledReason("view.fit", {});
  EXPECT_TRUE(commands.action("view.fit")->isEnabled());
  EXPECT_EQ(commands.pathOf(commands.action("view.fit")), "View › Fit to window");
}

TEST(CommandPalette, FindsACommandByPartsOfItsNameAndRunsIt) {
  const Theme theme(false);
  CommandTable commands(theme);
  int fitted = 0;
  commands.onTriggered("view.fit", [&] { ++fitted; });
  QWidget window;
  window.resize(800, 600);
  CommandPalette palette(commands, &window);
  palette.popUp();
  auto* text = palette.findChild<QLineEdit*>();
  QTest::keyClicks(text, "fit wind");
  EXPECT_EQ(palette.findChild<QTreeWidget*>()->topLevelItemCount(), 1);
  QTest::keyClick(text, Qt::Key_Return);
  EXPECT_EQ(fitted, 1);
  EXPECT_FALSE(palette.isVisible());
}

TEST(CommandPalette, DoesNotRunDisabledCommands) {
  const Theme theme(false);
  CommandTable commands(theme);
  int fitted = 0;
  commands.onTriggered("view.fit", [&] { ++fitted; });
  commands.setDisabledReason("view.fit", "Nothing is open.");
  CommandPalette palette(commands);
  palette.popUp();
  auto* text = palette.findChild<QLineEdit*>();
  QTest::keyClicks(text, "fit wind");
  QTest::keyClick(text, Qt::Key_Return);
  EXPECT_EQ(fitted, 0);
}

}  // namespace
}  // namespace taktwerk::test
