// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/tree_rows.h"

#include <QApplication>
#include <QLineEdit>
#include <QTest>
#include <QTreeWidget>
#include <QTreeWidgetItemIterator>
#include <random>

#include <gtest/gtest.h>

namespace taktwerk::test {
namespace {

TreeRow rowOf(const QString& name, std::vector<TreeRow> rows = {}) {
  return {name, [name](QTreeWidgetItem& item) { item.setText(0, name); }, std::move(rows)};
}

QString dump(const std::vector<TreeRow>& rows, int depth = 0) {
  QString text;
  for (const TreeRow& row : rows) text += QString(depth, ' ') + row.key + '\n' + dump(row.rows, depth + 1);
  return text;
}

QString dump(QTreeWidget& tree) {
  QString text;
  for (QTreeWidgetItemIterator it(&tree); *it; ++it) {
    int depth = 0;
    for (const QTreeWidgetItem* up = (*it)->parent(); up; up = up->parent()) ++depth;
    text += QString(depth, ' ') + (*it)->text(0) + '\n';
  }
  return text;
}

/// Up to five of seven names, some twice, in any order.
std::vector<TreeRow> randomRows(std::mt19937& random, int depth) {
  std::vector<TreeRow> rows;
  const auto count = random() % 6;
  for (auto i = count; i > 0; --i) {
    const QString name(QChar('a' + static_cast<int>(random() % 7)));
    rows.push_back(rowOf(name, depth > 0 ? randomRows(random, depth - 1) : std::vector<TreeRow>{}));
  }
  return rows;
}

TEST(TreeRows, ShowsAnyRowsAfterAnyOthers) {
  for (const unsigned seed : {1U, 2U, 3U}) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    QTreeWidget tree;
    for (int i = 0; i < 200; ++i) {
      const std::vector<TreeRow> rows = randomRows(random, 2);
      updateTree(tree, rows);
      ASSERT_EQ(dump(tree), dump(rows));
    }
  }
}

TEST(TreeRows, KeepsTheItemsOfRowsThatStayWithWhatTheUserDidToThem) {
  QTreeWidget tree;
  updateTree(tree, {rowOf("a", {rowOf("x"), rowOf("y")}), rowOf("b", {rowOf("z")})});
  QTreeWidgetItem* a = tree.topLevelItem(0);
  QTreeWidgetItem* y = a->child(1);
  QTreeWidgetItem* b = tree.topLevelItem(1);
  EXPECT_TRUE(a->isExpanded());
  b->setExpanded(false);
  tree.setCurrentItem(y);
  updateTree(tree, {rowOf("c"), rowOf("b", {rowOf("z")}), rowOf("a", {rowOf("y"), rowOf("w")})});
  EXPECT_EQ(tree.topLevelItem(1), b);
  EXPECT_EQ(tree.topLevelItem(2), a);
  EXPECT_EQ(a->child(0), y);
  EXPECT_FALSE(b->isExpanded());
  EXPECT_TRUE(a->isExpanded());
  EXPECT_EQ(tree.currentItem(), y);
  updateTree(tree, {rowOf("b"), rowOf("a")});
  EXPECT_EQ(tree.currentItem(), nullptr) << "no other row is taken for the one that went";
}

TEST(TreeRows, KeepsAnOpenEditorAndTheFocusInTheTree) {
  QWidget window;
  auto* tree = new QTreeWidget(&window);
  auto* other = new QLineEdit(&window);
  window.show();
  QApplication::setActiveWindow(&window);
  const auto editable = [](const QString& name) {
    TreeRow row = rowOf(name);
    row.fill = [name](QTreeWidgetItem& item) {
      item.setText(0, name);
      item.setFlags(item.flags() | Qt::ItemIsEditable);
    };
    return row;
  };
  updateTree(*tree, {editable("a"), editable("b")});
  tree->editItem(tree->topLevelItem(1));
  QPointer<QLineEdit> editor = tree->viewport()->findChild<QLineEdit*>();
  ASSERT_TRUE(editor);
  QTest::keyClicks(editor, "typed");
  updateTree(*tree, {editable("c"), editable("b"), editable("d")});
  ASSERT_TRUE(editor);
  EXPECT_EQ(QApplication::focusWidget(), editor);
  updateTree(*tree, {editable("c")});
  EXPECT_EQ(QApplication::focusWidget(), tree);
  EXPECT_FALSE(other->hasFocus());
}

}  // namespace
}  // namespace taktwerk::test
