// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QString>
#include <QStringList>
#include <functional>

class QListWidget;
class QMenu;

namespace taktwerk {

struct ColumnScale;

/// What can be done with an axis; what is empty cannot.
struct AxisEdits {
  std::function<void()> turn;
  std::function<void(bool)> logarithmic;
  std::function<void()> order;
};

/// Adds "Turn", "Logarithmic" and, of names, "Order of names…".
void fillAxisMenu(QMenu& menu, const ColumnScale& scale, const AxisEdits& edits);

/// The names of an axis in an order of one's own: they are dragged, or moved by the buttons.
class OrderDialog : public QDialog {
  Q_OBJECT
 public:
  /// `names` as they stand now, `usual` as they stand by themselves.
  OrderDialog(const QString& column, const QStringList& names, const QStringList& usual,
              QWidget* parent = nullptr);
  [[nodiscard]] QStringList names() const;
  [[nodiscard]] QListWidget& list() { return *list_; }
  /// Moves the chosen name up (−1) or down (1).
  void move(int by);

 private:
  QListWidget* list_;
};

}  // namespace taktwerk
