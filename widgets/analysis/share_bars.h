// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace taktwerk {

class Theme;

/// A bar behind the text of a cell, as long as a share of 0 to 1 that the model gives for a role; or two, one
/// after the other, of which the second is hatched, as waiting is everywhere.
class ShareBars : public QStyledItemDelegate {
  Q_OBJECT
 public:
  ShareBars(const Theme& theme, int role, QObject* parent, int secondRole = -1);
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

 private:
  const Theme& theme_;
  int role_, secondRole_;
};

}  // namespace taktwerk
