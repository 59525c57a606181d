// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeWidget>

#include "core/base/yaml_edit.h"

namespace taktwerk {

class TextDocument;
class Theme;

/// The loop nest of a mapping's text as a tree: loops, tiles, nests with their orders, conditions and
/// instructions in their order.
/// Instructions and the extents of loops are edited in place; the change goes into the text.
class LoopNestTree : public QTreeWidget {
  Q_OBJECT
 public:
  explicit LoopNestTree(const Theme& theme, QWidget* parent = nullptr);

  void setDocument(TextDocument* document);

 Q_SIGNALS:
  void lineActivated(int line);
  void editFailed(const QString& message);

 private:
  void rebuild();
  void add(QTreeWidgetItem* parent, const YamlNode& nodes, const YamlPath& path);
  void addOrders(QTreeWidgetItem* nest, const YamlNode& node);
  void edited(QTreeWidgetItem* item, int column);

  const Theme& theme_;
  TextDocument* document_ = nullptr;
  std::vector<YamlPath> paths_;  ///< of what is edited in an item, by its number
  bool building_ = false;
};

}  // namespace taktwerk
