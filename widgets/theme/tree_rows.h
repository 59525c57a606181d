// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <functional>
#include <vector>

class QTreeWidget;
class QTreeWidgetItem;

namespace taktwerk {

/// A row that a tree shall show, with the rows below it.
struct TreeRow {
  QString key;  ///< tells it from the rows beside it; a row that stays keeps its key
  std::function<void(QTreeWidgetItem&)> fill;  ///< text, colours, data; the item is in the tree already
  std::vector<TreeRow> rows;
  bool expanded = true;  ///< when it is new: later the user has opened or closed it
};

/// Brings a tree to `rows` in place. The item of a row that stays is the same one before and after, with the
/// editor that is open in it, its selection and whether it is open: what is under the mouse or the text
/// cursor is never made anew. The focus does not leave the tree with an item that goes. The current row, when
/// it goes, is none afterwards.
void updateTree(QTreeWidget& tree, const std::vector<TreeRow>& rows);

}  // namespace taktwerk
