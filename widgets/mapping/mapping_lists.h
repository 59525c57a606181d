// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDropEvent>
#include <QListWidget>
#include <QTableWidget>
#include <functional>

namespace taktwerk {

/// Where the rows of both lists have their names, which are no words for people.
inline constexpr int nameRole = Qt::UserRole;

/// Layers to which a mapping can be dragged: to the one under the mouse, or to all that are selected with it.
class LayerList : public QListWidget {
 public:
  using Attach = std::function<void(const QStringList& layers, const QString& mapping)>;
  explicit LayerList(Attach attach);

 protected:
  void dragEnterEvent(QDragEnterEvent* event) override { take(event); }
  void dragMoveEvent(QDragMoveEvent* event) override { take(event); }
  void dropEvent(QDropEvent* event) override;

 private:
  static void take(QDragMoveEvent* event);
  Attach attach_;
};

/// Mappings that can be dragged.
class CandidateTable : public QTableWidget {
 public:
  CandidateTable();

 protected:
  [[nodiscard]] QMimeData* mimeData(const QList<QTableWidgetItem*>& items) const override;
  [[nodiscard]] Qt::DropActions supportedDropActions() const override { return Qt::CopyAction; }
};

}  // namespace taktwerk
