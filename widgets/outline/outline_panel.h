// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QWidget>
#include <map>
#include <memory>

#include "core/drawing/palette.h"
#include "widgets/session/shown_selection.h"
#include "widgets/theme/tree_rows.h"

class QLineEdit;
class QTreeWidget;
class QTreeWidgetItem;

namespace taktwerk {

class Theme;
struct Block;
struct Document;

/// The architecture as a tree: the instructions' path with contained units, then register files, then
/// memories. A filter keeps what it matches.
class OutlinePanel : public QWidget {
  Q_OBJECT
 public:
  OutlinePanel(const Theme& theme, SelectionModel& selection, QWidget* parent = nullptr);
  void setDocument(std::shared_ptr<const Document> document);
  void focusFilter();
  /// Selects the next block that the filter finds, or the one before; round the ends.
  void stepThrough(int by);
  /// Whether a filter is typed to go through what it finds.
  [[nodiscard]] bool searches() const;
  [[nodiscard]] bool eventFilter(QObject* watched, QEvent* event) override;
  [[nodiscard]] QTreeWidget& tree() { return *tree_; }
  /// The name of the block that a row is about; empty for headings.
  [[nodiscard]] QString nameAt(const QModelIndex& index) const;
  /// The tree as indented text: tests' oracle.
  [[nodiscard]] QString dump() const;

 Q_SIGNALS:
  void searched();   ///< there is something else to go through, or nothing
  void activated();  ///< the user wants to see what he selected

 private:
  void rebuild();
  [[nodiscard]] TreeRow rowOf(const Block& block, bool expanded);
  void filter(const QString& text);
  void takeSelection(const QObject* origin);
  void giveSelection();

  const Theme& theme_;
  ShownSelection selection_;
  std::shared_ptr<const Document> document_;
  QLineEdit* filter_;
  QTreeWidget* tree_;
  std::vector<QTreeWidgetItem*> items_;  ///< by object
  std::map<BlockKind, QIcon> icons_;
  bool following_ = false;
};

}  // namespace taktwerk
