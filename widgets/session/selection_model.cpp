// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/session/selection_model.h"

namespace taktwerk {

void SelectionModel::select(Names names, const QObject* origin) {
  if (names == names_ && !connection_) return;
  names_ = std::move(names);
  connection_.reset();
  ++revision_;
  Q_EMIT selectionChanged(origin);
}

void SelectionModel::select(NamedConnection connection, const QObject* origin) {
  if (names_.empty() && connection_ == connection) return;
  names_.clear();
  connection_ = std::move(connection);
  ++revision_;
  Q_EMIT selectionChanged(origin);
}

void SelectionModel::keep(const std::function<bool(const std::string& name)>& object,
                          const std::function<bool(const NamedConnection&)>& connection) {
  const auto gone = [&](const std::string& name) { return !object(name); };
  if (std::erase_if(hovered_, gone) > 0) {
    ++revision_;
    Q_EMIT hoverChanged(nullptr);
  }
  bool changed = std::erase_if(names_, gone) > 0;
  if (connection_ && !connection(*connection_)) {
    connection_.reset();
    changed = true;
  }
  if (!changed) return;
  ++revision_;
  Q_EMIT selectionChanged(nullptr);
}

void SelectionModel::hover(Names names, const QObject* origin) {
  if (names == hovered_) return;
  hovered_ = std::move(names);
  ++revision_;
  Q_EMIT hoverChanged(origin);
}

}  // namespace taktwerk
