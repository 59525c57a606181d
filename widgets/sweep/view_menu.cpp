// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/view_menu.h"

#include <QMenu>
#include <algorithm>
#include <utility>
#include <vector>

#include "core/study/saved_view.h"
#include "widgets/sweep/result_panel.h"
#include "widgets/theme/bounded_text.h"
#include "widgets/view/models.h"

namespace taktwerk {

namespace {

std::vector<SavedView>::iterator placeOf(std::vector<SavedView>& views, const QString& name) {
  const std::string wanted = name.toStdString();
  return std::find_if(views.begin(), views.end(), [&](const SavedView& each) { return each.name == wanted; });
}

/// As menus show it: a letter after "&" would be a key.
QString titleOf(const QString& name) {
  return shortened(name, 60).replace(QLatin1Char('&'), QLatin1String("&&"));
}

}  // namespace

ViewMenu::ViewMenu(Models& models, ResultPanel& panel, QWidget* parent)
    : QToolButton(parent), models_(models), panel_(panel) {
  setText(tr("Views"));
  setToolTip(
      tr("Keep the filter, the columns, the order and the axes of every plot under a name in the workspace, "
         "and look at results so again"));
  setAccessibleName(tr("Views of the results"));
  setPopupMode(QToolButton::InstantPopup);
  setMenu(new QMenu(this));
  connect(menu(), &QMenu::aboutToShow, this, &ViewMenu::fill);
}

QStringList ViewMenu::names() const {
  QStringList names;
  for (const SavedView& view : models_.workspace.sweep().views) names << QString::fromStdString(view.name);
  return names;
}

std::optional<SavedView> ViewMenu::find(const QString& name) const {
  for (const SavedView& view : models_.workspace.sweep().views) {
    if (view.name == name.toStdString()) return view;
  }
  return std::nullopt;
}

void ViewMenu::fill() {
  menu()->clear();
  qDeleteAll(menu()->findChildren<QMenu*>(Qt::FindDirectChildrenOnly));  // those of names are not its actions
  const QStringList all = names();
  for (const QString& name : all)
    connect(menu()->addAction(titleOf(name)), &QAction::triggered, this, [this, name] { apply(name); });
  if (!all.isEmpty()) menu()->addSeparator();
  QAction* saves = menu()->addAction(tr("&Save view as…"));
  saves->setEnabled(models_.document() != nullptr);
  connect(saves, &QAction::triggered, this, &ViewMenu::askForName);
  if (all.isEmpty()) return;
  QMenu* renames = menu()->addMenu(tr("&Rename"));
  QMenu* deletes = menu()->addMenu(tr("&Delete"));
  for (const QString& name : all) {
    connect(renames->addAction(titleOf(name)), &QAction::triggered, this, [this, name] {
      const QString to = models_.ask.viewName ? models_.ask.viewName(name) : QString();
      if (!to.isEmpty()) panel_.tell(rename(name, to));
    });
    connect(deletes->addAction(titleOf(name)), &QAction::triggered, this, [this, name] { remove(name); });
  }
}

void ViewMenu::askForName() {
  const QString name = models_.ask.viewName ? models_.ask.viewName({}) : QString();
  if (!name.isEmpty()) save(name);
}

void ViewMenu::save(const QString& name) {
  WorkspaceSweep sweep = models_.workspace.sweep();
  SavedView view = panel_.currentView();
  view.name = name.toStdString();
  const auto place = placeOf(sweep.views, name);
  const bool there = place != sweep.views.end();
  if (there) {
    *place = std::move(view);
  } else {
    sweep.views.push_back(std::move(view));
  }
  const QString step = there ? tr("Replace view %1") : tr("Save view %1");
  models_.workspace.changeSweep({step.arg(shortened(name, 60))}, sweep);
  models_.session.say(there ? tr("The view “%1” is what is looked at now. Undo brings back what it was.")
                                  .arg(shortened(name, 60))
                            : tr("Saved the view “%1”; the workspace keeps it.").arg(shortened(name, 60)));
}

void ViewMenu::apply(const QString& name) {
  const auto view = find(name);
  if (!view) return;
  const QString missing = panel_.takeView(*view);
  panel_.tell(missing);
  if (missing.isEmpty()) models_.session.say(tr("View “%1”").arg(shortened(name, 60)));
}

QString ViewMenu::rename(const QString& from, const QString& to) {
  WorkspaceSweep sweep = models_.workspace.sweep();
  const auto place = placeOf(sweep.views, from);
  if (place == sweep.views.end() || to.isEmpty() || from == to) return {};
  if (placeOf(sweep.views, to) != sweep.views.end())
    return tr("There is a view “%1” already.").arg(shortened(to, 60));
  place->name = to.toStdString();
  models_.workspace.changeSweep({tr("Rename view %1").arg(shortened(from, 60))}, sweep);
  return {};
}

void ViewMenu::remove(const QString& name) {
  WorkspaceSweep sweep = models_.workspace.sweep();
  const auto place = placeOf(sweep.views, name);
  if (place == sweep.views.end()) return;
  sweep.views.erase(place);
  models_.workspace.changeSweep({tr("Delete view %1").arg(shortened(name, 60))}, sweep);
  models_.session.say(tr("Deleted the view “%1”. Undo brings it back.").arg(shortened(name, 60)));
}

}  // namespace taktwerk
