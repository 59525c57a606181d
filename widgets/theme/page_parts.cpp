// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/page_parts.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "widgets/theme/table_look.h"
#include "widgets/theme/theme.h"

namespace taktwerk {

QTableView* makeTable(QAbstractItemModel& model, const QString& name) {
  auto* table = new QTableView;
  table->setModel(&model);
  setTableLook(*table, name);
  table->setTextElideMode(Qt::ElideMiddle);  // what tells names apart is often their end
  table->horizontalHeader()->setMinimumSectionSize(40);
  return table;
}

void fitColumns(QTableView& table, int stretched, int least, int most) {
  for (int column = 0; column < table.model()->columnCount(); ++column) {
    if (column == stretched) continue;
    table.resizeColumnToContents(column);
    const int title = table.horizontalHeader()->sectionSizeHint(column);
    // A row that is marked is bold, and marks come later.
    const int bold = table.columnWidth(column) * 11 / 10 + 4;
    table.setColumnWidth(column, std::clamp(std::max(bold, title), least, most));
  }
  table.horizontalHeader()->setSectionResizeMode(stretched, QHeaderView::Stretch);
}

QPushButton* makeButton(const QString& text, const QString& tip) {
  auto* button = new QPushButton(text);
  button->setToolTip(tip);
  button->setFocusPolicy(Qt::TabFocus);
  return button;
}

QLabel* makeHeading(const Theme& theme, const QString& text) {
  auto* heading = new QLabel(text);
  heading->setFont(theme.font(9, true));
  heading->setContentsMargins(12, 6, 8, 4);
  heading->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  return heading;
}

QWidget* under(QWidget* heading, QWidget* content) {
  auto* part = new QWidget;
  auto* column = new QVBoxLayout(part);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(heading);
  column->addWidget(content, 1);
  return part;
}

}  // namespace taktwerk
