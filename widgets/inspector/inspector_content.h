// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <vector>

#include "core/architecture/architecture.h"
#include "core/base/diagnostic.h"

namespace taktwerk {

/// One line of the inspector.
struct InspectorRow {
  QString name;
  QString value;
  QString unit;
  QString description;     ///< with the default, for the box below and the tooltip
  bool isDefault = false;  ///< the file does not say; the value is the class's default
  bool wrong = false;      ///< not an attribute of the class, or missing though required
  ObjectId object;         ///< what the row leads to, if anything
};

struct InspectorSection {
  QString title;
  std::vector<InspectorRow> rows;
};

/// What the inspector shows: plain data made from the document, without widgets.
struct InspectorContent {
  QString title;
  QString subtitle;  ///< class, or kind of connection
  QString description;
  QString note;
  std::vector<Diagnostic> problems;
  std::vector<InspectorSection> sections;
};

[[nodiscard]] InspectorContent contentOf(const Architecture& architecture, const Diagnostics& problems);
[[nodiscard]] InspectorContent contentOf(const Architecture& architecture, const Diagnostics& problems,
                                         ObjectId object);
[[nodiscard]] InspectorContent contentOf(const Architecture& architecture, const Diagnostics& problems,
                                         ConnectionId connection);

/// An attribute's value as written; of an expression over parameters first its value with their defaults:
/// "16 = 2 * rows".
[[nodiscard]] QString attributeText(const Architecture& architecture, const Attribute& attribute);

}  // namespace taktwerk
