// SPDX-License-Identifier: GPL-3.0-or-later
// Sliders held by the mouse, and what is under the text cursor, while everything round them changes.
#include <QComboBox>
#include <QListWidget>
#include <QSlider>
#include <QStyle>
#include <QStyleOptionSlider>
#include <QTabWidget>
#include <QTableView>
#include <QTableWidget>

#include "core/editing/new_block.h"
#include "tests/app/desktop/editor_fixture.h"
#include "tests/app/desktop/hold.h"
#include "tests/support/places.h"
#include "widgets/mapping/layers_panel.h"
#include "widgets/mapping/mapping_page.h"
#include "widgets/mapping/tunable_panel.h"
#include "widgets/network/network_page.h"
#include "widgets/outline/outline_panel.h"
#include "widgets/palette/palette_panel.h"
#include "widgets/problems/problems_panel.h"

namespace taktwerk::test {
namespace {

QPoint handleOf(const QSlider& slider) {
  QStyleOptionSlider option;
  option.initFrom(&slider);
  option.orientation = slider.orientation();
  option.minimum = slider.minimum();
  option.maximum = slider.maximum();
  option.sliderPosition = slider.sliderPosition();
  option.sliderValue = slider.value();
  return slider.style()
      ->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, &slider)
      .center();
}

class SlidersTest : public EditorTest {
 protected:
  void SetUp() override { openOneMac(); }
  QTreeWidget& rows() { return *window.findChild<Inspector*>()->findChild<QTreeWidget*>(); }
  QTreeWidgetItem* row(const char* name) {
    const auto items = rows().findItems(name, Qt::MatchExactly | Qt::MatchRecursive);
    EXPECT_EQ(items.size(), 1) << name;
    return items.empty() ? nullptr : items.front();
  }
  QSlider& slider() { return *window.findChild<Inspector*>()->findChild<QSlider*>(); }
  std::int64_t parameter(const char* name) {
    for (const Parameter& p : document().architecture->parameters) {
      if (p.name == name) return p.defaultValue;
    }
    ADD_FAILURE() << "no parameter " << name;
    return 0;
  }
  void choose(const char* name) {
    rows().setCurrentItem(row(name));
    QCoreApplication::processEvents();
    ASSERT_TRUE(slider().isVisible());
  }
  [[nodiscard]] int steps() { return window.documents().history().index(); }
};

TEST_F(SlidersTest, AParametersSliderIsHeldThroughAWholeDragWhichIsOneStep) {
  cyclesNow();
  choose("mac_latency");
  QSlider* held = &slider();
  std::vector<std::int64_t> seen{parameter("mac_latency")};
  {
    Hold hold(*held, handleOf(*held));
    for (int i = 0; i < 12; ++i) {
      hold.moveBy(12);
      ASSERT_EQ(&slider(), held);
      ASSERT_TRUE(held->isVisible() && held->isSliderDown()) << "after move " << i;
      EXPECT_EQ(parameter("mac_latency"), held->value());
      EXPECT_EQ(row("mac_latency")->text(1).toInt(), held->value());
      seen.push_back(held->value());
      if (i == 6) QTest::qWait(1100);  // a hand that rests is still the same drag
    }
    hold.release();
  }
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
  EXPECT_GT(seen.back(), seen[6]);
  EXPECT_GT(seen[6], seen.front());
  EXPECT_EQ(steps(), 1);
  EXPECT_TRUE(held->isVisible());
  EXPECT_EQ(QApplication::focusWidget(), held) << "the keyboard goes on where the mouse was";
  QTest::keyClick(held, Qt::Key_Z, Qt::ControlModifier);
  EXPECT_EQ(bytes(), original);
  EXPECT_EQ(held->value(), seen.front());
}

TEST_F(SlidersTest, TwoDragsAreTwoSteps) {
  choose("mac_latency");
  for (int drag = 1; drag <= 2; ++drag) {
    Hold hold(slider(), handleOf(slider()));
    for (int i = 0; i < 4; ++i) hold.moveBy(15);
    hold.release();
    EXPECT_EQ(steps(), drag);
  }
}

TEST_F(SlidersTest, TheEstimateFollowsWhileTheSliderMoves) {
  cyclesNow();
  choose("mac_latency");
  int outcomes = 0;
  QObject context;
  QObject::connect(&window.estimates(), &EstimateController::outcomeChanged, &context, [&] { ++outcomes; });
  Hold hold(slider(), handleOf(slider()));
  int moves = 0;
  // Moves follow each other faster than any pause; the figures come all the same.
  EXPECT_TRUE(waitFor([&] {
    hold.moveBy(++moves % 40 < 20 ? 5 : -5);
    return outcomes >= 2;
  }));
  EXPECT_TRUE(slider().isSliderDown());
}

TEST_F(SlidersTest, StepsByKeysLeaveTheFocusWithTheSlider) {
  choose("mac_latency");
  slider().setFocus();
  const std::int64_t before = parameter("mac_latency");
  for (int i = 0; i < 3; ++i) QTest::keyClick(&slider(), Qt::Key_Right);
  EXPECT_EQ(QApplication::focusWidget(), &slider());
  EXPECT_EQ(parameter("mac_latency"), before + 3);
}

TEST_F(SlidersTest, ATypedValueStaysWhileTheDocumentChangesRoundIt) {
  click(grip("alu"));
  QTreeWidgetItem* item = row("latency");
  rows().editItem(item, 1);
  auto* line = rows().viewport()->findChild<QLineEdit*>();
  ASSERT_TRUE(line);
  QTest::keyClicks(line, "7");
  QPointer<QLineEdit> typing = line;
  // Another row of the same block, and a block more.
  ASSERT_EQ(window.documents().edit("Note", {SetAttribute{"alu", "note", yamlScalar("a note", true)}}),
            QString());
  ASSERT_EQ(window.documents().edit("Add", {AddObject{"more", newObject(ObjectClass::Sram)}}), QString());
  QCoreApplication::processEvents();
  QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  ASSERT_TRUE(typing);
  EXPECT_TRUE(typing->isVisible());
  EXPECT_EQ(typing->text(), "7");
  EXPECT_EQ(QApplication::focusWidget(), typing);
  EXPECT_EQ(row("latency"), item);
}

TEST_F(SlidersTest, AValueThatWasBeingTypedGoesToTheBlockItWasTypedFor) {
  click(grip("alu"));
  rows().editItem(row("latency"), 1);
  auto* line = rows().viewport()->findChild<QLineEdit*>();
  ASSERT_TRUE(line);
  QTest::keyClicks(line, "7");
  const QString lsu = [&] {
    click(grip("lsu"));
    return row("latency")->text(1);
  }();
  ASSERT_TRUE(waitFor([&] { return steps() == 1; }));
  EXPECT_THAT(window.documents().history().undoText().toStdString(), ::testing::HasSubstr("alu"));
  EXPECT_EQ(row("latency")->text(1), lsu);
  window.selection().select({block("alu").object});
  EXPECT_EQ(row("latency")->text(1), "7");
}

TEST_F(SlidersTest, PanelsKeepTheirRowsAndTheCurrentOneWhenSomethingElseChanges) {
  cyclesNow();
  auto* outline = window.findChild<OutlinePanel*>()->findChild<QTreeWidget*>();
  auto* layers = window.findChild<LayersPanel*>()->findChild<QTableView*>();
  auto* palette = window.findChild<PalettePanel*>()->tree();
  const auto find = [](QTreeWidget* tree, const char* name) {
    return tree->findItems(name, Qt::MatchExactly | Qt::MatchRecursive).value(0);
  };
  QTreeWidgetItem* dmem = find(outline, "dmem");
  QTreeWidgetItem* sram = find(palette, "SRAM");
  ASSERT_TRUE(dmem && sram);
  find(outline, "execute")->setExpanded(false);
  layers->setCurrentIndex(layers->model()->index(3, 0));
  ASSERT_EQ(window.documents().edit("Add", {AddObject{"more", newObject(ObjectClass::Sram)}}), QString());
  ASSERT_EQ(window.documents().edit("Set", {SetParameter{"mac_latency", "default", yamlScalar("2")}}),
            QString());
  cyclesNow();
  EXPECT_EQ(find(outline, "dmem"), dmem);
  EXPECT_TRUE(find(outline, "more"));
  EXPECT_FALSE(find(outline, "execute")->isExpanded()) << "as the user left it";
  EXPECT_EQ(find(palette, "SRAM"), sram);
  EXPECT_EQ(layers->currentIndex().row(), 3);
  EXPECT_TRUE(layers->selectionModel()->isRowSelected(3));
}

TEST_F(SlidersTest, TheNetworksTablesKeepTheirPlaceAfterAnEdit) {
  auto& page = *window.findChild<NetworkPage*>();
  window.commands().action("view.network")->trigger();
  ASSERT_TRUE(settle());
  page.table().selectRow(2);
  const int k = [&] {
    for (int i = 0; i < page.dimensions().rowCount(); ++i) {
      if (page.dimensions().item(i, 1)->flags() & Qt::ItemIsEditable) return i;
    }
    return -1;
  }();
  ASSERT_GE(k, 0);
  QTableWidgetItem* item = page.dimensions().item(k, 1);
  page.dimensions().setCurrentCell(k, 1);
  item->setText(QString::number(item->text().toInt() + 1));
  ASSERT_TRUE(waitFor([&] { return page.document().steps() > 0; }));
  EXPECT_EQ(page.dimensions().item(k, 1), item);
  EXPECT_EQ(page.dimensions().currentItem(), item);
  EXPECT_EQ(page.table().currentIndex().row(), 2);
}

/// A tunable's slider on the mapping page.
class TunablesTest : public SlidersTest {
 protected:
  void SetUp() override {
    window.openFiles(
        {QString::fromStdString(taktwerk::sourceDirectory() + "/archs/gemmini/gemmini.arch.yaml"),
         tcResNet8()});
    ASSERT_TRUE(settle());
    window.commands().action("analyse.run")->trigger();
    ASSERT_TRUE(settle());
    window.commands().action("view.mapping")->trigger();
    page = window.findChild<MappingPage*>();
  }
  /// One with several values, or null.
  QSlider* tunable() {
    for (QSlider* each : window.findChild<TunablePanel*>()->findChildren<QSlider*>()) {
      if (each->isVisible() && each->maximum() > 0) return each;
    }
    return nullptr;
  }
  /// Goes to the first layer whose mapping leaves a choice of several values.
  bool goToTunables() {
    for (int i = 0; i < page->layers().count(); ++i) {
      page->layers().setCurrentRow(i);
      const QString name = page->layers().item(i)->data(Qt::UserRole).toString();
      if (!waitFor([&] { return page->study().layer == name && !window.busy(); })) return false;
      QCoreApplication::processEvents();  // layouts show what was put into them later
      if (tunable()) return true;
    }
    return false;
  }
  MappingPage* page = nullptr;
};

TEST_F(TunablesTest, ATunablesSliderIsHeldWhileStudiesAndEstimatesComeIn) {
  ASSERT_TRUE(goToTunables());
  QPointer<QSlider> held = tunable();
  const int before = held->value();
  const bool up = before == held->minimum();
  const std::string layer = page->study().layer.toStdString();
  {
    Hold hold(*held, handleOf(*held));
    for (int i = 0; i < 6; ++i) {
      hold.moveBy(up ? held->width() / 6 : -held->width() / 6);
      QTest::qWait(300);  // long enough for a study
      ASSERT_TRUE(held);
      ASSERT_TRUE(held->isVisible() && held->isSliderDown()) << "after move " << i;
    }
    EXPECT_EQ(held->value(), up ? held->maximum() : held->minimum());
  }
  ASSERT_TRUE(settle());
  ASSERT_TRUE(held);
  EXPECT_EQ(tunable(), held);
  EXPECT_EQ(held->value(), up ? held->maximum() : held->minimum());
  EXPECT_TRUE(window.estimates().input().choices.contains(layer));
}

TEST(TunablePanel, KeepsTheRowsOfTunablesThatStay) {
  TunablePanel panel;
  panel.show();
  const Tunable a{"a", "", 1, {1, 2, 4}}, b{"b", "", 1, {1, 3}}, c{"c", "", 5, {5, 6}};
  panel.setTunables({a, b}, {{"a", 2}, {"b", 1}});
  const QList<QSlider*> first = panel.findChildren<QSlider*>();
  ASSERT_EQ(first.size(), 2);
  EXPECT_EQ(first[0]->value(), 1);
  panel.setTunables({c, b, a}, {{"a", 4}, {"b", 3}, {"c", 5}});
  EXPECT_EQ(first[0]->value(), 2);
  EXPECT_EQ(first[1]->value(), 1);
  EXPECT_EQ(panel.findChildren<QSlider*>().size(), 3);
  panel.setTunables({b}, {{"b", 1}});
  QApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  EXPECT_EQ(panel.findChildren<QSlider*>(), QList<QSlider*>{first[1]});
}

}  // namespace
}  // namespace taktwerk::test
