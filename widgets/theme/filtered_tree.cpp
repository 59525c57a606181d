// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/filtered_tree.h"

#include <QLineEdit>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace taktwerk {

void layOutFilteredTree(QWidget& panel, QLineEdit& filter, QTreeWidget& tree, const FilteredTreeLook& look) {
  filter.setPlaceholderText(look.placeholder);
  filter.setClearButtonEnabled(true);
  tree.setHeaderHidden(true);
  tree.setUniformRowHeights(true);
  tree.setIndentation(look.indentation);
  tree.setIconSize(QSize(16, 16));
  tree.setAccessibleName(look.name);
  auto* head = new QVBoxLayout;
  head->setContentsMargins(8, 8, 8, 8);
  head->addWidget(&filter);
  auto* all = new QVBoxLayout(&panel);
  all->setContentsMargins(0, 0, 0, 0);
  all->setSpacing(0);
  all->addLayout(head);
  all->addWidget(&tree, 1);
  panel.setFocusProxy(&tree);  // whoever goes to the panel by keys is among its rows
}

}  // namespace taktwerk
