// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/session/selection_model.h"

namespace taktwerk {

void SelectionModel::select(const Objects& objects, const QObject* origin) {
  if (objects == objects_ && !connection_.valid()) return;
  objects_ = objects;
  connection_ = {};
  Q_EMIT selectionChanged(origin);
}

void SelectionModel::select(ShownConnectionId connection, const QObject* origin) {
  if (objects_.empty() && connection == connection_) return;
  objects_.clear();
  connection_ = connection;
  Q_EMIT selectionChanged(origin);
}

void SelectionModel::renumber(Objects objects, ShownConnectionId connection) {
  objects_ = std::move(objects);
  connection_ = connection;
  hovered_.clear();
}

void SelectionModel::hover(const Objects& objects) {
  if (objects == hovered_) return;
  hovered_ = objects;
  Q_EMIT hoverChanged();
}

}  // namespace taktwerk
