// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeWidgetItem>

#include "widgets/inspector/inspector_content.h"

namespace taktwerk {

/// What the items of the inspector know of their rows, in the first column.
enum InspectorRole {
  DescriptionRole = Qt::UserRole,
  ObjectRole,
  FieldRole,
  KeyRole,
  SourceRole,
  ChoicesRole
};

[[nodiscard]] inline InspectorRow::Field fieldOf(const QTreeWidgetItem& item) {
  return static_cast<InspectorRow::Field>(item.data(0, FieldRole).toInt());
}
[[nodiscard]] inline QString rowName(const QTreeWidgetItem& item) {
  return item.data(0, KeyRole).toString();
}

}  // namespace taktwerk
