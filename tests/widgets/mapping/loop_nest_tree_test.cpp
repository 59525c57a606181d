// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/mapping/loop_nest_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/widgets/wait.h"
#include "widgets/document/history.h"
#include "widgets/document/text_document.h"
#include "widgets/theme/theme.h"

namespace taktwerk::test {
namespace {

/// A line an item, indented: "what | value".
void dump(const QTreeWidgetItem& item, int depth, QStringList& lines) {
  lines << QString(qsizetype{2} * depth, QLatin1Char(' ')) + item.text(0) + QStringLiteral(" | ") +
               item.text(1);
  for (int i = 0; i < item.childCount(); ++i) dump(*item.child(i), depth + 1, lines);
}

TEST(LoopNestTree, ShowsTheLoopsOfANestItsOrdersAndItsBody) {
  const Theme theme(false);
  History history;
  TextDocument document(history, HistoryPlace::Kind::Mapping);
  document.load("a", R"(program:
  - loops: [{tile: n, in: N, by: wide}, {for: m, in: 4}]
    orders: [[n, m], [m, n]]
    order: swap
    do:
      - mac acc <- left[m], right[n]
)",
                true);
  LoopNestTree tree(theme);
  tree.setDocument(&document);
  ASSERT_EQ(tree.topLevelItemCount(), 1);
  QStringList lines;
  dump(*tree.topLevelItem(0), 0, lines);
  EXPECT_EQ(lines.join(QLatin1Char('\n')).toStdString(),
            "nest, by | swap\n  order 0 | n, m\n  order 1 | m, n\n  tile n | N\n  for m | 4\n"
            "  mac | mac acc <- left[m], right[n]");
  // The extents are edited as those of other loops.
  QTreeWidgetItem* loop = tree.topLevelItem(0)->child(3);
  ASSERT_EQ(loop->text(0), "for m");
  loop->setText(1, "8");
  ASSERT_TRUE(waitFor([&] { return document.text().find("{for: m, in: 8}") != std::string::npos; }));
  tree.topLevelItem(0)->setText(1, "turn");
  ASSERT_TRUE(waitFor([&] { return document.text().find("order: turn") != std::string::npos; }));
}

}  // namespace
}  // namespace taktwerk::test
