// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mapping/mapping_lists.h"

#include <QMimeData>

namespace taktwerk {

namespace {
const QString mime = QStringLiteral("application/x-taktwerk-mapping");
}

LayerList::LayerList(Attach attach) : attach_(std::move(attach)) {
  setAcceptDrops(true);
  setSelectionMode(QAbstractItemView::ExtendedSelection);
  setFrameShape(QFrame::NoFrame);
  setUniformItemSizes(true);
}

void LayerList::dropEvent(QDropEvent* event) {
  const QListWidgetItem* under = itemAt(event->position().toPoint());
  if (!under || !event->mimeData()->hasFormat(mime)) return;
  QStringList names{under->data(nameRole).toString()};
  if (under->isSelected()) {
    names.clear();
    for (const QListWidgetItem* item : selectedItems()) names << item->data(nameRole).toString();
  }
  event->acceptProposedAction();
  attach_(names, QString::fromUtf8(event->mimeData()->data(mime)));
}

void LayerList::take(QDragMoveEvent* event) {
  if (event->mimeData()->hasFormat(mime)) event->acceptProposedAction();
}

CandidateTable::CandidateTable() : QTableWidget(0, 3) {
  setDragEnabled(true);
  setDragDropMode(QAbstractItemView::DragOnly);
}

QMimeData* CandidateTable::mimeData(const QList<QTableWidgetItem*>& items) const {
  auto* dragged = new QMimeData;
  if (!items.isEmpty()) dragged->setData(mime, items.front()->data(nameRole).toString().toUtf8());
  return dragged;
}

}  // namespace taktwerk
