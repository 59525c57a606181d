// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/diagram/tools/quick_add.h"

#include <QLineEdit>
#include <QListWidget>

#include "widgets/theme/theme.h"

namespace taktwerk {

QuickAdd::QuickAdd(const Theme& theme, QWidget* parent)
    : FilterBox(tr("Block to add"), {340, 320}, parent), theme_(theme) {
  setObjectName(QStringLiteral("quickAdd"));
  field().setPlaceholderText(tr("Add a block: type a part of its name"));
  list().setIconSize(QSize(16, 16));
}

void QuickAdd::popUp(std::vector<Placeable> choices, QPoint globalPosition) {
  choices_ = std::move(choices);
  openAt(globalPosition);
}

int QuickAdd::fill(const QString& text) {
  shown_ = matching(choices_, text);
  for (const Placeable& what : shown_) {
    auto* item = new QListWidgetItem(iconOf(theme_, what), what.title, &list());
    item->setToolTip(what.description);
  }
  return static_cast<int>(shown_.size());
}

void QuickAdd::take(int row) {
  const Placeable what = shown_[static_cast<std::size_t>(row)];
  Q_EMIT chosen(what);
}

}  // namespace taktwerk
