// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/tree_rows.h"

#include <QApplication>
#include <QHash>
#include <QTreeWidget>

namespace taktwerk {

namespace {

constexpr int keyRole = Qt::UserRole + 100;

/// Of each row; what occurs again is numbered.
QStringList keysOf(const std::vector<TreeRow>& rows) {
  QStringList keys;
  QHash<QString, int> seen;
  for (const TreeRow& row : rows) {
    const int before = seen[row.key]++;
    keys << (before == 0 ? row.key : QStringLiteral("%1\n%2").arg(row.key).arg(before));
  }
  return keys;
}

bool holds(const QTreeWidgetItem* item, const QTreeWidgetItem* inner) {
  while (inner && inner != item) inner = inner->parent();
  return inner == item;
}

class Update {
 public:
  explicit Update(QTreeWidget& tree) : tree_(tree), current_(tree.currentItem()) {}

  /// Whether the current row stays.
  bool run(const std::vector<TreeRow>& rows) {
    bring(*tree_.invisibleRootItem(), rows);
    return current_ != nullptr;
  }

 private:
  void bring(QTreeWidgetItem& parent, const std::vector<TreeRow>& rows) {
    const QStringList keys = keysOf(rows);
    const QSet<QString> wanted(keys.begin(), keys.end());
    QHash<QString, QTreeWidgetItem*> known;
    for (int i = parent.childCount() - 1; i >= 0; --i) {
      QTreeWidgetItem* item = parent.child(i);
      const QString key = item->data(0, keyRole).toString();
      if (wanted.contains(key)) {
        known.insert(key, item);
        continue;
      }
      if (current_ && holds(item, current_)) current_ = nullptr;
      delete item;
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const int at = static_cast<int>(i);
      QTreeWidgetItem* item = known.value(keys[at]);
      const bool fresh = item == nullptr;
      if (fresh) {
        item = new QTreeWidgetItem;
        item->setData(0, keyRole, keys[at]);
        parent.insertChild(at, item);
      } else if (parent.child(at) != item) {
        const bool expanded = item->isExpanded();
        parent.insertChild(at, parent.takeChild(parent.indexOfChild(item)));
        item->setExpanded(expanded);
      }
      rows[i].fill(*item);
      bring(*item, rows[i].rows);
      if (fresh && !rows[i].rows.empty()) item->setExpanded(rows[i].expanded);
    }
  }

  QTreeWidget& tree_;
  QTreeWidgetItem* current_;
};

}  // namespace

void updateTree(QTreeWidget& tree, const std::vector<TreeRow>& rows) {
  const auto hasFocus = [&tree] {
    const QWidget* focus = QApplication::focusWidget();
    return focus && (focus == &tree || tree.isAncestorOf(focus));
  };
  const bool had = hasFocus();
  if (!Update(tree).run(rows)) tree.setCurrentItem(nullptr);
  if (had && !hasFocus()) tree.setFocus();
}

}  // namespace taktwerk
