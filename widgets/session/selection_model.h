// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <set>

#include "core/folding/folded_view.h"

namespace taktwerk {

/// What the user points at, shared by all views: the selected objects or connection, and the objects hovered
/// over in another view. Whoever changes it names itself, so that it can leave its own echo alone.
class SelectionModel : public QObject {
  Q_OBJECT
 public:
  using Objects = std::set<ShownId>;
  using QObject::QObject;

  [[nodiscard]] const Objects& objects() const { return objects_; }
  [[nodiscard]] const Objects& hovered() const { return hovered_; }
  /// One selected connection, or none.
  [[nodiscard]] ShownConnectionId connection() const { return connection_; }

  void select(const Objects& objects, const QObject* origin = nullptr);
  void select(ShownConnectionId connection, const QObject* origin = nullptr);
  /// The same objects and connection under the ids that another document gives them. Nobody is told: whoever
  /// shows the document is about to get the other one, and looks here then.
  void renumber(Objects objects, ShownConnectionId connection);
  /// Tells what is selected, for those who do not show the document.
  void tell() { Q_EMIT selectionChanged(nullptr); }
  void hover(const Objects& objects);
  void clear() { select(Objects{}); }

 Q_SIGNALS:
  void selectionChanged(const QObject* origin);
  void hoverChanged();

 private:
  Objects objects_;
  Objects hovered_;
  ShownConnectionId connection_;
};

}  // namespace taktwerk
