// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeWidget>
#include <vector>

#include "core/space/space.h"
#include "core/space/suggest.h"

namespace taktwerk {

/// The parameters that are fitted, each with its range, as `--vary` has them: `1:16`, `8:64:*2`, `4,8,16`.
/// Ranges are edited in place (F2, Return, a double click, typing); what is no range is refused and told, so
/// that the list holds none. Delete takes a parameter out.
class FitList : public QTreeWidget {
  Q_OBJECT
 public:
  explicit FitList(QWidget* parent = nullptr);

  /// Adds `NAME=RANGE`, in the place of a range that the parameter has. Returns what is wrong, or nothing.
  [[nodiscard]] QString add(const QString& text);
  [[nodiscard]] bool has(const QString& wanted) const;
  void removeCurrent();
  [[nodiscard]] std::vector<Dimension> dimensions() const;

 Q_SIGNALS:
  /// What is wrong with what was typed; empty: nothing any more.
  void told(const QString& message);
  void changed();

 protected:
  using QTreeWidget::edit;
  bool edit(const QModelIndex& index, EditTrigger trigger, QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  /// Says what to do while there is nothing.
  void paintEvent(QPaintEvent* event) override;

 private:
  void take(QTreeWidgetItem* item);
  [[nodiscard]] QTreeWidgetItem* find(const QString& wanted) const;
  void set(QTreeWidgetItem& item, const QString& text);

  bool setting_ = false;  ///< by the program
};

/// A range to begin with for a parameter that is fitted, as `--vary` has it: the legal values where these
/// are a list, else from a quarter of what it is now to four times that, as far as that is legal.
[[nodiscard]] QString rangeToFit(const KnownRange& known);

}  // namespace taktwerk
