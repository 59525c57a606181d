// SPDX-License-Identifier: GPL-3.0-or-later
// What menus, dialogs and the parts of the window do.
#include <QAbstractButton>
#include <QApplication>
#include <QContextMenuEvent>
#include <QDialog>
#include <QDockWidget>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QTableView>
#include <QTest>
#include <QTimer>

#include "tests/app/desktop/fuzz/window_fuzzer.h"
#include "widgets/diagram/scene/diagram_view.h"
#include "widgets/document/document_controller.h"
#include "widgets/problems/problems_panel.h"

namespace taktwerk::test {

void WindowFuzzer::choose(QMenu& menu) {
  QList<QAction*> actions = menu.actions();
  actions.removeIf([](const QAction* action) {
    return action->isSeparator() || !action->isEnabled() || !action->isVisible() ||
           action->objectName() == QLatin1String("file.quit");
  });
  if (actions.isEmpty() || random_.chance(15)) {
    menu.close();
    return;
  }
  QAction* action = actions[static_cast<qsizetype>(random_.below(static_cast<std::size_t>(actions.size())))];
  const QPointer<QMenu> itself = &menu;
  if (QMenu* below = action->menu()) {
    below->popup(menu.mapToGlobal(QPoint(30, 30)));
    choose(*below);
    if (itself) itself->close();
    return;
  }
  menu.setActiveAction(action);
  QTest::keyClick(&menu, Qt::Key_Return);
  if (itself) itself->close();
}

void WindowFuzzer::menu() {
  QList<QAction*> menus = window_->menuBar()->actions();
  QMenu* one = menus[static_cast<qsizetype>(random_.below(static_cast<std::size_t>(menus.size())))]->menu();
  one->popup(window_->mapToGlobal(QPoint(40, 30)));
  choose(*one);
}

void WindowFuzzer::contextMenu() {
  if (random_.chance(60)) {
    showCanvas();
    auto* view = window_->findChild<DiagramView*>();
    QTest::mouseClick(view->viewport(), Qt::RightButton, {}, canvasPoint());
    for (auto* menu : view->findChildren<QMenu*>(QStringLiteral("contextMenu"))) {
      if (!menu->isVisible()) continue;
      if (random_.chance(10)) trigger("edit.undo");  // under the open menu
      return choose(*menu);
    }
    return;
  }
  QWidget* target = window_->findChild<ProblemsPanel*>()->findChild<QTableView*>();
  if (random_.chance(60)) {
    QList<QWidget*> widgets = window_->findChildren<QWidget*>();
    widgets.removeIf([](const QWidget* w) { return !w->isVisible() || w->window()->isModal(); });
    target = widgets[static_cast<qsizetype>(random_.below(static_cast<std::size_t>(widgets.size())))];
  }
  const QPoint middle = target->rect().center();
  QTest::mouseClick(target, Qt::LeftButton, {}, middle);
  // Some menus keep their caller until something is chosen.
  QTimer::singleShot(0, window_.get(), [this] {
    if (auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget())) choose(*menu);
  });
  QContextMenuEvent event(QContextMenuEvent::Mouse, middle, target->mapToGlobal(middle));
  QApplication::sendEvent(target, &event);
  QApplication::processEvents();
}

void WindowFuzzer::dialog() {
  if (hasDocument() && random_.chance(70)) {
    ShownSelection::Objects some;
    const auto count = window_->documents().document()->shown->objects.size();
    for (std::int64_t i = random_.between(1, 3); i > 0 && count > 0; --i) {
      some.insert(ShownId{static_cast<std::uint32_t>(random_.below(count))});
    }
    window_->selection().select(some);
  }
  if (random_.chance(20)) trigger("analyse.nextProblem");
  trigger(
      random_.pick({"help.palette", "help.keys", "help.about", "file.open", "file.saveAs",
                    "file.saveWorkspace", "file.saveNetwork", "file.export", "file.print", "arrange.template",
                    "arrange.array", "analyse.approve", "insert.quickAdd", "edit.rename"}));
}

void WindowFuzzer::finishPopups() {
  for (int i = 0; i < 4; ++i) {
    QWidget* popup = QApplication::activePopupWidget();
    if (!popup) break;
    if (auto* menu = qobject_cast<QMenu*>(popup)) {
      choose(*menu);
    } else if (auto* line = popup->findChild<QLineEdit*>(); line && random_.chance(70)) {
      QTest::keyClicks(line, random_.pick({"s", "re", "fun", "undo", "page", "theme", "zzz"}));
      QTest::keyClick(line, random_.chance(70) ? Qt::Key_Return : Qt::Key_Escape);
    } else {
      popup->close();
    }
  }
  if (QWidget* popup = QApplication::activePopupWidget()) popup->close();
  std::vector<QPointer<QDialog>> dialogs;
  for (QWidget* other : QApplication::topLevelWidgets()) {
    if (auto* dialog = qobject_cast<QDialog*>(other)) dialogs.emplace_back(dialog);
  }
  for (const QPointer<QDialog>& dialog : dialogs) {
    if (!dialog || !dialog->isVisible()) continue;
    QList<QAbstractButton*> buttons = dialog->findChildren<QAbstractButton*>();
    buttons.removeIf([](const QAbstractButton* b) { return !b->isVisible() || !b->isEnabled(); });
    if (!buttons.isEmpty() && random_.chance(50)) {
      buttons[static_cast<qsizetype>(random_.below(static_cast<std::size_t>(buttons.size())))]->click();
    }
    if (dialog) dialog->close();
  }
}

void WindowFuzzer::dock() {
  const QList<QDockWidget*> docks = window_->findChildren<QDockWidget*>();
  QDockWidget* dock = docks[static_cast<qsizetype>(random_.below(static_cast<std::size_t>(docks.size())))];
  switch (random_.below(4)) {
    case 0:
      return dock->setFloating(!dock->isFloating());
    case 1:
      return dock->raise();
    case 2:
      if (random_.chance(30)) trigger("view.restore");
      [[fallthrough]];
    default:
      return dock->toggleViewAction()->trigger();
  }
}

void WindowFuzzer::page() {
  trigger(random_.pick(
      {"view.diagram", "view.source", "view.network", "view.mapping", "view.back", "view.forward"}));
}

void WindowFuzzer::history() {
  const char* command = random_.pick({"edit.undo", "edit.redo"});
  for (std::int64_t i = random_.between(1, 6); i > 0; --i) trigger(command);
}

void WindowFuzzer::resize() {
  window_->resize(static_cast<int>(random_.between(500, 1500)), static_cast<int>(random_.between(380, 950)));
}

}  // namespace taktwerk::test
