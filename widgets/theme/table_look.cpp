// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/table_look.h"

#include <QHeaderView>
#include <QTableView>

namespace taktwerk {

void setTableLook(QTableView& table, const QString& name) {
  table.setAccessibleName(name);
  table.setSelectionBehavior(QAbstractItemView::SelectRows);
  table.setSelectionMode(QAbstractItemView::SingleSelection);
  table.setShowGrid(false);
  table.setWordWrap(false);
  table.setTabKeyNavigation(false);
  table.setFrameShape(QFrame::NoFrame);
  table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  table.verticalHeader()->hide();
  table.verticalHeader()->setDefaultSectionSize(23);
  table.horizontalHeader()->setHighlightSections(false);
}

}  // namespace taktwerk
