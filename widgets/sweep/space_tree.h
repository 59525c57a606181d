// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeWidget>
#include <functional>
#include <optional>
#include <vector>

#include "widgets/sweep/space_edits.h"
#include "widgets/theme/tree_rows.h"

namespace taktwerk {

class Theme;

/// A space as rows under headings: files, what is varied, what follows, what must hold. Texts are edited in
/// place (F2, Return, double click); what is wrong with what is typed is said while it is typed, and refused.
/// Delete takes a row out.
class SpaceTree : public QTreeWidget {
  Q_OBJECT
 public:
  /// Takes an edited space over under the name of a step; returns why it cannot be, or nothing.
  using Editor = std::function<QString(const QString& step, EditedSpace next)>;

  explicit SpaceTree(const Theme& theme, QWidget* parent = nullptr);

  void setSpace(const Space& space);
  void setEditor(Editor editor) { editor_ = std::move(editor); }
  void selectDimension(std::size_t dimension);
  /// Takes the current row out of the space.
  void removeCurrent();
  [[nodiscard]] bool canRemove() const;
  /// What a typed text would come to.
  [[nodiscard]] EditedSpace edited(const QTreeWidgetItem& item, int column, const QString& typed) const;
  /// Takes a typed text over.
  void commit(const QTreeWidgetItem& item, int column, const QString& text);
  /// The row of a dimension, or null.
  [[nodiscard]] QTreeWidgetItem* rowOf(std::size_t dimension) const;

 Q_SIGNALS:
  /// What is wrong with what is typed, or was refused; empty: nothing any more.
  void told(const QString& message);

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  class Delegate;
  /// What a row stands for: its kind, its place among those of its kind, and of a file, among its
  /// alternatives.
  enum class Row { Heading, Dimension, File, Derived, Constraint };
  /// What a row has in a column.
  struct Cell {
    QString text;
    std::optional<QString> edited = {};  ///< what is edited there; none: nothing can be
    QString tip = {};                    ///< empty: the text
    bool muted = false;
  };
  [[nodiscard]] TreeRow heading(const QString& title, std::vector<TreeRow> rows) const;
  [[nodiscard]] TreeRow row(Row kind, std::size_t place, const std::vector<Cell>& cells,
                            std::size_t alternative = 0) const;
  [[nodiscard]] std::vector<TreeRow> fileRows() const;
  [[nodiscard]] std::vector<TreeRow> parameterRows() const;
  [[nodiscard]] std::vector<TreeRow> derivedRows() const;
  [[nodiscard]] std::vector<TreeRow> constraintRows() const;
  [[nodiscard]] static Row kindOf(const QTreeWidgetItem& item);
  [[nodiscard]] static std::size_t placeOf(const QTreeWidgetItem& item);
  [[nodiscard]] QString stepFor(const QTreeWidgetItem& item) const;

  const Theme& theme_;
  Space space_;
  Editor editor_;
};

}  // namespace taktwerk
