// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/actions/command.h"

#include <QAction>

namespace taktwerk {

Command::Command(CommandSpec spec, QObject* parent)
    : QObject(parent), spec_(std::move(spec)), action_(new QAction(spec_.text, this)) {
  action_->setObjectName(spec_.id);
  action_->setStatusTip(spec_.help);
  for (const QString& key : spec_.keys.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
    defaultKeys_ << QKeySequence(key, QKeySequence::PortableText);
  }
  action_->setShortcuts(defaultKeys_);
  if (isOfCanvas(spec_.id)) action_->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  connect(action_, &QAction::triggered, this, &Command::run);
  refreshTip({});
}

QString Command::path() const {
  QString path = spec_.menu + QStringLiteral(" › ") + spec_.text;
  return path.remove(QLatin1Char('&')).remove(QStringLiteral("…"));
}

void Command::bind(CommandBehaviour behaviour) {
  behaviour_ = std::move(behaviour);
  action_->setCheckable(behaviour_.checked != nullptr);
  refresh();
}

QString Command::whyNot() const {
  return behaviour_.whyNot ? behaviour_.whyNot() : QString();
}

bool Command::run() {
  const QString reason = whyNot();
  if (!reason.isEmpty()) {
    refresh();
    Q_EMIT refused(reason);
    return false;
  }
  const auto run = behaviour_.run;  // it may be bound anew by what it does
  if (run) run();
  refresh();
  return true;
}

void Command::refresh() {
  const QString reason = whyNot();
  action_->setEnabled(reason.isEmpty());
  if (behaviour_.checked) action_->setChecked(behaviour_.checked());
  if (behaviour_.text) action_->setText(behaviour_.text());
  refreshTip(reason);
}

void Command::setKeys(const QList<QKeySequence>& keys) {
  action_->setShortcuts(keys);
  refreshTip(whyNot());
}

void Command::refreshTip(const QString& reason) {
  QString tip = reason.isEmpty() ? spec_.help : reason;
  if (!action_->shortcut().isEmpty()) {
    tip += QStringLiteral("  (%1)").arg(action_->shortcut().toString(QKeySequence::NativeText));
  }
  action_->setToolTip(tip);
}

}  // namespace taktwerk
