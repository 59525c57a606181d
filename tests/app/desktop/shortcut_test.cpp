// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QPushButton>
#include <QSettings>
#include <QTest>
#include <QTreeWidget>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/desktop/settings.h"
#include "tests/app/desktop/editor_fixture.h"
#include "widgets/actions/command_palette.h"
#include "widgets/actions/gestures.h"
#include "widgets/actions/shortcut_editor.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;

class ShortcutTest : public EditorTest {
 protected:
  ShortcutTest() { shortcuts = window.findChild<ShortcutEditor*>(); }
  void search(const char* text) {
    auto* line = shortcuts->findChild<QLineEdit*>();
    line->clear();
    QTest::keyClicks(line, text);
  }
  QPushButton* button(const char* text) {
    for (QPushButton* b : shortcuts->findChildren<QPushButton*>()) {
      if (b->text() == QLatin1String(text)) return b;
    }
    return nullptr;
  }
  void type(Qt::Key which, Qt::KeyboardModifiers keys) {
    auto* edit = shortcuts->findChild<QKeySequenceEdit*>();
    edit->setFocus();
    QTest::keyClick(edit, which, keys);
    // The field waits for a second key.
    EXPECT_TRUE(waitFor([this] { return button("Set key")->isEnabled(); }, 10000));
  }
  QString message() {
    QString text;
    for (const QLabel* label : shortcuts->findChildren<QLabel*>()) text += label->text();
    return text;
  }
  QTreeWidget* list() { return shortcuts->findChild<QTreeWidget*>(); }
  QString keysOf(const char* id) {
    return QKeySequence::listToString(window.commands().action(id)->shortcuts());
  }
  ShortcutEditor* shortcuts;
};

TEST_F(ShortcutTest, ChangesAKeyAndEverythingFollows) {
  openOneMac();
  window.commands().action("help.keys")->trigger();
  ASSERT_TRUE(shortcuts->isVisible());
  EXPECT_EQ(list()->topLevelItemCount(),
            static_cast<int>(window.commands().commands().size() + gestures().size()));
  search("tidy");
  ASSERT_GE(list()->topLevelItemCount(), 1);
  EXPECT_EQ(list()->currentItem()->text(0), "Arrange › Tidy");
  EXPECT_EQ(list()->currentItem()->text(1), "Ctrl+L");
  EXPECT_FALSE(button("Set key")->isEnabled());
  type(Qt::Key_T, Qt::ControlModifier);
  EXPECT_THAT(message().toStdString(), HasSubstr("Ctrl+T is free."));
  QTest::mouseClick(button("Set key"), Qt::LeftButton);
  QAction* tidy = window.commands().action("arrange.tidy");
  EXPECT_EQ(tidy->shortcut(), QKeySequence("Ctrl+T"));
  EXPECT_THAT(tidy->toolTip().toStdString(), HasSubstr("(Ctrl+T)"));
  EXPECT_EQ(list()->currentItem()->text(1), "Ctrl+T");
  auto* palette = window.findChild<CommandPalette*>();
  palette->popUp();
  QTest::keyClicks(palette->findChild<QLineEdit*>(), "tidy");
  EXPECT_EQ(palette->findChild<QTreeWidget*>()->topLevelItem(0)->text(1), "Ctrl+T");
  palette->hide();
  shortcuts->hide();
  // The key works, the old one no more.
  key(Qt::Key_L, Qt::ControlModifier);
  EXPECT_EQ(window.documents().history().count(), 0);
  drag(grip("dmem"), grip("dmem") + QPointF(0, 200));
  key(Qt::Key_T, Qt::ControlModifier);
  EXPECT_THAT(window.documents().history().undoText().toStdString(), HasSubstr("Tidy"));
}

TEST_F(ShortcutTest, TellsConflictsAndTakesTheKeyOver) {
  shortcuts->popUp();
  search("duplicate");
  type(Qt::Key_L, Qt::ControlModifier);
  EXPECT_THAT(message().toStdString(), HasSubstr("Ctrl+L belongs to Arrange › Tidy"));
  QTest::mouseClick(button("Set key"), Qt::LeftButton);
  EXPECT_EQ(keysOf("edit.duplicate"), "Ctrl+L");
  EXPECT_EQ(keysOf("arrange.tidy"), "");
  // Of two keys only the one that is taken goes.
  search("rename");
  type(Qt::Key_Y, Qt::ControlModifier);
  QTest::mouseClick(button("Set key"), Qt::LeftButton);
  EXPECT_EQ(keysOf("edit.redo"), "Ctrl+Shift+Z");
  EXPECT_EQ(window.commands().changedKeys().size(), 4);
  QTest::mouseClick(button("Reset"), Qt::LeftButton);
  EXPECT_EQ(keysOf("edit.rename"), "F2");
  search("duplicate");
  QTest::mouseClick(button("No key"), Qt::LeftButton);
  EXPECT_EQ(keysOf("edit.duplicate"), "");
  QTest::mouseClick(button("Reset all"), Qt::LeftButton);
  EXPECT_TRUE(window.commands().changedKeys().isEmpty());
  EXPECT_EQ(keysOf("edit.duplicate"), "Ctrl+D");
  EXPECT_EQ(keysOf("arrange.tidy"), "Ctrl+L");
  EXPECT_EQ(keysOf("edit.redo"), "Ctrl+Shift+Z; Ctrl+Y");
  search("no such thing");
  EXPECT_EQ(list()->topLevelItemCount(), 0);
  EXPECT_THAT(message().toStdString(), HasSubstr("Nothing matches"));
}

TEST_F(ShortcutTest, GesturesOfTheMouseStandBesideTheKeysThatDoTheSame) {
  shortcuts->popUp();
  for (const Gesture& gesture : gestures()) {
    shortcuts->findChild<QLineEdit*>()->setText(gesture.path);
    const auto rows = list()->findItems(gesture.path + ": " + gesture.mouse, Qt::MatchExactly);
    ASSERT_EQ(rows.size(), 1) << gesture.path.toStdString();
    const QTreeWidgetItem* row = rows.front();
    EXPECT_FALSE(row->text(1).isEmpty()) << gesture.path.toStdString() << " has no keys";
    for (const QString& id : gesture.commands) EXPECT_TRUE(window.commands().find(id)) << id.toStdString();
  }
  search("from a port or a handle");
  EXPECT_EQ(list()->currentItem()->text(1), "Shift+W");
  EXPECT_THAT(message().toStdString(), HasSubstr("by keys: Shift+W"));
  EXPECT_FALSE(button("No key")->isEnabled());
  // Keys that were changed are changed there, too.
  window.commands().setKeys("insert.connect", {QKeySequence("Ctrl+9")});
  EXPECT_EQ(list()->currentItem()->text(1), "Ctrl+9");
}

/// What desktops take before a program hears of it: GNOME, KDE, Xfce and openbox as they come.
bool isOfTheDesktop(QKeyCombination key) {
  const auto with = key.keyboardModifiers();
  const bool alt = with & Qt::AltModifier, control = with & Qt::ControlModifier,
             shift = with & Qt::ShiftModifier;
  const bool function = key.key() >= Qt::Key_F1 && key.key() <= Qt::Key_F12;
  const bool arrow = key.key() >= Qt::Key_Left && key.key() <= Qt::Key_Down;
  if (with & Qt::MetaModifier || key.key() == Qt::Key_Print) return true;
  if (alt && control) return true;                 // workspaces, the terminal, the screen's lock
  if (alt && function) return true;                // menus and windows
  if (alt && shift && arrow) return true;          // a window to another workspace
  if (control && !shift && function) return true;  // workspaces
  for (const Qt::Key taken : {Qt::Key_Tab, Qt::Key_Backtab, Qt::Key_Space, Qt::Key_Escape, Qt::Key_Insert,
                              Qt::Key_Delete, Qt::Key_QuoteLeft}) {
    if (alt && key.key() == taken) return true;
  }
  return control && key.key() == Qt::Key_Escape;
}

TEST_F(ShortcutTest, NoKeyIsOneThatDesktopsTake) {
  std::size_t seen = 0;
  for (const Command* command : window.commands().commands()) {
    for (const QKeySequence& keys : command->defaultKeys()) {
      for (int i = 0; i < keys.count(); ++i) {
        ++seen;
        EXPECT_FALSE(isOfTheDesktop(keys[static_cast<uint>(i)]))
            << command->id().toStdString() << ": " << keys.toString().toStdString();
      }
    }
  }
  EXPECT_GT(seen, 60U);
  for (const char* taken :
       {"Alt+F4", "Ctrl+Alt+Left", "Meta+L", "Alt+Tab", "Alt+Space", "Alt+Shift+Left", "Ctrl+F2"}) {
    EXPECT_TRUE(isOfTheDesktop(QKeySequence(taken)[0])) << taken;
  }
}

TEST_F(ShortcutTest, KeysAreKeptInTheSettings) {
  Folder home;
  QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, home.path({}));
  Settings settings;
  settings.keys = {{"arrange.tidy", "Ctrl+T; Ctrl+Shift+T"}, {"edit.copy", ""}, {"no.such", "Ctrl+9"}};
  settings.save();
  Settings again = Settings::load();
  EXPECT_EQ(again.keys, settings.keys);
  CommandTable commands(theme);
  commands.applyKeys(again.keys);
  EXPECT_EQ(commands.action("arrange.tidy")->shortcuts().size(), 2);
  EXPECT_TRUE(commands.action("edit.copy")->shortcuts().isEmpty());
  EXPECT_EQ(commands.changedKeys().size(), 2);
  again.keys.clear();
  again.save();
  EXPECT_TRUE(Settings::load().keys.isEmpty());
}

}  // namespace
}  // namespace taktwerk::test
