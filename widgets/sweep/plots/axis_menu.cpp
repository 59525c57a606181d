// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/sweep/plots/axis_menu.h"

#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "core/sweep/column_scale.h"

namespace taktwerk {

void fillAxisMenu(QMenu& menu, const ColumnScale& scale, const AxisEdits& edits) {
  if (edits.turn) {
    QAction* turn = menu.addAction(OrderDialog::tr("Turn"));
    turn->setCheckable(true);
    turn->setChecked(scale.inverted);
    QObject::connect(turn, &QAction::triggered, turn, edits.turn);
  }
  if (edits.logarithmic) {
    const bool noLogarithm = !scale.isPositive && !scale.words;
    QAction* logarithmic =
        menu.addAction(noLogarithm ? OrderDialog::tr("Logarithmic (some values are 0 or less)")
                                   : OrderDialog::tr("Logarithmic"));
    logarithmic->setCheckable(true);
    logarithmic->setChecked(scale.logarithmic);
    logarithmic->setEnabled(scale.isPositive && !scale.words);
    QObject::connect(logarithmic, &QAction::toggled, logarithmic, edits.logarithmic);
  }
  if (!edits.order || !scale.words) return;
  QAction* order = menu.addAction(OrderDialog::tr("Order of names…"));
  QObject::connect(order, &QAction::triggered, order, edits.order);
}

OrderDialog::OrderDialog(const QString& column, const QStringList& names, const QStringList& usual,
                         QWidget* parent)
    : QDialog(parent), list_(new QListWidget) {
  setWindowTitle(tr("Order of %1").arg(column));
  auto* label = new QLabel(tr("Drag names, or move the chosen one:"));
  label->setBuddy(list_);
  list_->addItems(names);
  list_->setDragDropMode(QAbstractItemView::InternalMove);
  list_->setAccessibleName(tr("Names of %1 in their order").arg(column));
  list_->setCurrentRow(0);
  auto* up = new QPushButton(tr("Move &up"));
  auto* down = new QPushButton(tr("Move &down"));
  auto* again = new QPushButton(tr("As &by itself"));
  connect(up, &QPushButton::clicked, this, [this] { move(-1); });
  connect(down, &QPushButton::clicked, this, [this] { move(1); });
  connect(again, &QPushButton::clicked, this, [this, usual] {
    list_->clear();
    list_->addItems(usual);
    list_->setCurrentRow(0);
  });
  auto* moves = new QVBoxLayout;
  for (QPushButton* each : {up, down, again}) {
    each->setAutoDefault(false);
    moves->addWidget(each);
  }
  moves->addStretch(1);
  auto* middle = new QHBoxLayout;
  middle->addWidget(list_, 1);
  middle->addLayout(moves);
  auto* box = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
  connect(box, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
  auto* column_ = new QVBoxLayout(this);
  column_->addWidget(label);
  column_->addLayout(middle, 1);
  column_->addWidget(box);
  resize(380, 320);
}

QStringList OrderDialog::names() const {
  QStringList names;
  for (int row = 0; row < list_->count(); ++row) names << list_->item(row)->text();
  return names;
}

void OrderDialog::move(int by) {
  const int from = list_->currentRow(), to = std::clamp(from + by, 0, list_->count() - 1);
  if (from < 0 || from == to) return;
  list_->insertItem(to, list_->takeItem(from));
  list_->setCurrentRow(to);
}

}  // namespace taktwerk
