// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QLineEdit;
class QTreeWidget;
class QWidget;

namespace taktwerk {

/// How a panel with a tree and a filter above it looks.
struct FilteredTreeLook {
  QString name;         ///< for those who cannot see the tree
  QString placeholder;  ///< of the empty filter
  int indentation = 10;
};

/// Lays a panel out as a filter above a tree of blocks that fills it; the panel owns both.
void layOutFilteredTree(QWidget& panel, QLineEdit& filter, QTreeWidget& tree, const FilteredTreeLook& look);

}  // namespace taktwerk
