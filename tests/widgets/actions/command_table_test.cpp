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
    EXPECT_TRUE(ids.insert(spec.id.toStdString()).second) << spec.id.toStdString();
    EXPECT_FALSE(spec.help.isEmpty()) << spec.id.toStdString();
    for (const QString& key : spec.keys.split(' ', Qt::SkipEmptyParts)) {
      EXPECT_FALSE(QKeySequence(key, QKeySequence::PortableText).isEmpty()) << spec.id.toStdString();
      EXPECT_TRUE(keys.insert(key).second) << spec.id.toStdString() << " shares " << key.toStdString();
    }
  }
}

TEST(CommandTable, MakesMenusAndToolbarFromTheList) {
  const Theme theme(false);
  CommandTable commands(theme);
  QMenuBar menuBar;
  QToolBar toolBar;
  commands.fill(menuBar);
  commands.fill(toolBar, false);
  std::size_t inMenus = 0;
  for (const QAction* menu : menuBar.actions()) {
    for (const QAction* action : menu->menu()->actions()) inMenus += action->isSeparator() ? 0 : 1;
  }
  EXPECT_EQ(inMenus, commandSpecs().size());
  EXPECT_TRUE(toolBar.actions().contains(commands.action("file.open")));
  for (const CommandSpec& spec : commandSpecs()) {
    EXPECT_EQ(commands.action(spec.id)->icon().isNull(), spec.icon.isEmpty()) << spec.id.toStdString();
  }
}

TEST(CommandTable, SaysWhyACommandIsDisabled) {
  const Theme theme(false);
  CommandTable commands(theme);
  QString reason = "Nothing is open.";
  int runs = 0;
  commands.bind("view.fit", {[&] { ++runs; }, [&] { return reason; }});
  EXPECT_FALSE(commands.action("view.fit")->isEnabled());
  EXPECT_TRUE(commands.action("view.fit")->toolTip().startsWith("Nothing is open."));
  EXPECT_FALSE(commands.command("view.fit").run());
  EXPECT_EQ(runs, 0);
  reason.clear();
  commands.refresh();
  EXPECT_TRUE(commands.action("view.fit")->isEnabled());
  EXPECT_EQ(commands.command("view.fit").path(), "View › Fit to window");
  commands.action("view.fit")->trigger();
  EXPECT_EQ(runs, 1);
}

TEST(CommandTable, RefusesWhatCannotBeDoneAnyMoreAndSaysWhy) {
  const Theme theme(false);
  CommandTable commands(theme);
  QString reason, said;
  int runs = 0;
  QObject context;
  QObject::connect(&commands, &CommandTable::refused, &context, [&](const QString& why) { said = why; });
  commands.bind("view.fit", {[&] { ++runs; }, [&] { return reason; }});
  reason = "It is gone.";  // and nobody has told the action yet
  EXPECT_TRUE(commands.action("view.fit")->isEnabled());
  commands.action("view.fit")->trigger();
  EXPECT_EQ(runs, 0);
  EXPECT_EQ(said, "It is gone.");
  EXPECT_FALSE(commands.action("view.fit")->isEnabled());
}

TEST(CommandPalette, FindsACommandByPartsOfItsNameAndRunsIt) {
  const Theme theme(false);
  CommandTable commands(theme);
  int fitted = 0;
  commands.bind("view.fit", {[&] { ++fitted; }});
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
  commands.bind("view.fit", {[&] { ++fitted; }, [] { return QString("Nothing is open."); }});
  CommandPalette palette(commands);
  palette.popUp();
  auto* text = palette.findChild<QLineEdit*>();
  QTest::keyClicks(text, "fit wind");
  QTest::keyClick(text, Qt::Key_Return);
  EXPECT_EQ(fitted, 0);
}

}  // namespace
}  // namespace taktwerk::test
