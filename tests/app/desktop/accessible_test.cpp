// SPDX-License-Identifier: GPL-3.0-or-later
// What a screen reader is told of the window, asked through the interface that it asks.
#include <QAccessible>
#include <QLabel>
#include <QTableView>
#include <QTextDocument>
#include <QTreeWidget>

#include "tests/app/desktop/editor_fixture.h"
#include "widgets/breakdown/breakdown_page.h"
#include "widgets/mapping/layers_panel.h"
#include "widgets/outline/outline_panel.h"
#include "widgets/sweep/sweep_page.h"

namespace taktwerk::test {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

QAccessibleInterface& heard(QObject* object) {
  QAccessibleInterface* found = QAccessible::queryAccessibleInterface(object);
  if (!found) throw std::runtime_error("nothing for a screen reader");
  return *found;
}
std::string name(const QAccessibleInterface& of) {
  return of.text(QAccessible::Name).toStdString();
}
std::string description(const QAccessibleInterface& of) {
  return of.text(QAccessible::Description).toStdString();
}
/// The names of its rows, cells and headings.
std::vector<std::string> cells(const QAccessibleInterface& of) {
  std::vector<std::string> names;
  for (int i = 0; i < of.childCount(); ++i) {
    if (const QAccessibleInterface* child = of.child(i)) names.push_back(name(*child));
  }
  return names;
}

class AccessibleTest : public EditorTest {};

TEST_F(AccessibleTest, TheOutlineIsATreeOfNamedBlocks) {
  openOneMac();
  QTreeWidget& tree = window.findChild<OutlinePanel*>()->tree();
  const QAccessibleInterface& outline = heard(&tree);
  EXPECT_EQ(outline.role(), QAccessible::Tree);
  EXPECT_EQ(name(outline), "Outline");
  const std::vector<std::string> rows = cells(outline);
  for (const ShownObject& object : document().shown->objects) EXPECT_THAT(rows, Contains(object.name));
  const QTreeWidgetItem* alu = tree.findItems("alu", Qt::MatchExactly | Qt::MatchRecursive).front();
  tree.setCurrentItem(const_cast<QTreeWidgetItem*>(alu));
  bool selected = false;
  for (int i = 0; i < outline.childCount(); ++i) {
    const QAccessibleInterface* row = outline.child(i);
    if (row && name(*row) == "alu") selected = row->state().selected;
  }
  EXPECT_TRUE(selected);
}

TEST_F(AccessibleTest, TheLayersAreATableWithHeadingsAndFigures) {
  openOneMac();
  const Cycles total = cyclesNow();
  ASSERT_GT(total, 0);
  QTableView& table = window.findChild<LayersPanel*>()->table();
  QAccessibleInterface& layers = heard(&table);
  EXPECT_EQ(layers.role(), QAccessible::Table);
  EXPECT_EQ(name(layers), "Layers");
  QAccessibleTableInterface* grid = layers.tableInterface();
  ASSERT_TRUE(grid);
  const auto& network = *window.estimates().network();
  ASSERT_EQ(grid->rowCount(), static_cast<int>(network.layers.size()));
  std::vector<std::string> first;
  for (int row = 0; row < grid->rowCount(); ++row) {
    const QAccessibleInterface* cell = grid->cellAt(row, 0);
    ASSERT_TRUE(cell);
    first.push_back(name(*cell));
  }
  for (const Layer& layer : network.layers) EXPECT_THAT(first, Contains(layer.name));
  for (int column = 0; column < grid->columnCount(); ++column) {
    if (!table.isColumnHidden(column)) {
      EXPECT_FALSE(grid->columnDescription(column).isEmpty()) << column;
    }
  }
}

TEST_F(AccessibleTest, TheInspectorTellsNamesAndValues) {
  openOneMac();
  click(grip("alu"));
  auto* rows = window.findChild<Inspector*>()->findChild<QTreeWidget*>();
  const QAccessibleInterface& attributes = heard(rows);
  EXPECT_EQ(attributes.role(), QAccessible::Tree);
  EXPECT_EQ(name(attributes), "Attributes");
  const std::vector<std::string> texts = cells(attributes);
  EXPECT_THAT(texts, Contains("latency"));
  EXPECT_THAT(texts, Contains("1 = mac_latency"));
}

TEST_F(AccessibleTest, TheDiagramTellsWhatIsSelected) {
  openOneMac();
  const QAccessibleInterface& canvas = heard(view);
  EXPECT_EQ(name(canvas), "Block diagram");
  window.selection().clear();
  EXPECT_EQ(description(canvas), "9 blocks, 12 wires");
  click(grip("dmem"));
  EXPECT_EQ(description(canvas), "9 blocks, 12 wires; dmem, SRAM, selected");
  key(Qt::Key_A, Qt::ControlModifier);
  EXPECT_EQ(description(canvas), "9 blocks, 12 wires; 9 selected");
}

TEST_F(AccessibleTest, PlotsTellWhatTheyShow) {
  openOneMac();
  cyclesNow();
  std::size_t plots = 0;
  for (QWidget* widget : window.findChildren<QWidget*>()) {
    if (!widget->inherits("QCustomPlot")) continue;
    // Its own name, or that of what it is the picture of.
    const QWidget* around = widget->parentWidget();
    EXPECT_TRUE(!name(heard(widget)).empty() || (around && !around->accessibleName().isEmpty()))
        << (around ? around->metaObject()->className() : "");
    ++plots;
  }
  EXPECT_GE(plots, 4U);
  QWidget* bars = nullptr;
  for (QWidget* each : window.findChild<BreakdownPage*>()->findChildren<QWidget*>()) {
    if (each->inherits("QCustomPlot")) bars = each;
  }
  ASSERT_TRUE(bars);
  EXPECT_EQ(name(heard(bars)), "Breakdown of cycles by layer");
  EXPECT_THAT(description(heard(bars)), HasSubstr("%")) << "the sentence above it";
}

TEST_F(AccessibleTest, NoLabelHidesItsTextBehindAName) {
  openOneMac();
  cyclesNow();
  const auto* sweep = window.findChild<SweepPage*>();  // has a test of its own
  std::size_t labels = 0;
  for (QLabel* label : window.findChildren<QLabel*>()) {
    if (label->text().isEmpty() || label->accessibleName().isEmpty() || sweep->isAncestorOf(label)) continue;
    ++labels;
    QTextDocument text;
    text.setHtml(label->text());
    const QString plain = Qt::mightBeRichText(label->text()) ? text.toPlainText() : label->text();
    EXPECT_TRUE(label->accessibleName().contains(plain.simplified()))
        << label->accessibleName().toStdString() << " instead of " << plain.toStdString();
  }
  EXPECT_GT(labels, 0U) << "sentences with links have their words as names";
}

TEST_F(AccessibleTest, EverythingThatCanHaveTheKeyboardHasAName) {
  openOneMac();
  for (const char* page : {"view.diagram", "view.source", "view.network", "view.mapping"}) {
    window.commands().action(page)->trigger();
    ASSERT_TRUE(settle());
    for (QWidget* widget : window.findChildren<QWidget*>()) {
      if (!widget->isVisible() || !widget->isEnabled() || !(widget->focusPolicy() & Qt::TabFocus)) continue;
      if (widget->focusProxy() || widget->inherits("QTabBar")) continue;  // whose tabs have names
      const QAccessibleInterface& place = heard(widget);
      EXPECT_FALSE(name(place).empty() && description(place).empty() &&
                   place.text(QAccessible::Value).isEmpty())
          << widget->metaObject()->className() << ' ' << widget->objectName().toStdString() << " in "
          << (widget->parentWidget() ? widget->parentWidget()->metaObject()->className() : "");
    }
  }
}

}  // namespace
}  // namespace taktwerk::test
