// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTabWidget>

#include <gtest/gtest.h>

#include "tests/app/desktop/editor_fixture.h"
#include "widgets/session/navigation_history.h"

namespace taktwerk::test {
namespace {

ShownPlace at(const char* object, double x = 0) {
  return {"diagram", {object}, {x, 0, 1}};
}

TEST(NavigationHistory, GoesBackForwardAndOnFromThere) {
  NavigationHistory history;
  EXPECT_FALSE(history.canGoBack());
  EXPECT_FALSE(history.canGoForward());
  EXPECT_FALSE(history.back(at("a")));
  history.visit(at("a"));
  EXPECT_FALSE(history.canGoBack()) << "it is shown already";
  history.visit(at("b"));
  history.visit(at("c"));
  EXPECT_EQ(history.back(at("c", 20))->objects.front(), "b");
  EXPECT_EQ(history.back(at("b"))->objects.front(), "a");
  EXPECT_FALSE(history.canGoBack());
  EXPECT_EQ(history.forward(at("a"))->objects.front(), "b");
  EXPECT_EQ(history.forward(at("b"))->at.x, 20) << "as it was left";
  EXPECT_FALSE(history.canGoForward());
  history.back(at("c"));
  history.visit(at("d"));
  EXPECT_FALSE(history.canGoForward()) << "another way from here";
  EXPECT_EQ(history.back(at("d"))->objects.front(), "b");
  history.clear();
  EXPECT_FALSE(history.canGoBack() || history.canGoForward());
}

TEST(NavigationHistory, TakesPlacesNearByForOne) {
  NavigationHistory history;
  history.visit(at("a"));
  history.visit(at("a", 100));
  EXPECT_FALSE(history.canGoBack());
  history.visit(at("a", 900));
  EXPECT_TRUE(history.canGoBack());
  history.update(at("z", 5));  // something else: no news of this place
  EXPECT_EQ(history.back(at("z", 5))->at.x, 100);
  EXPECT_EQ(history.forward(at("a", 100))->at.x, 900);
}

TEST(NavigationHistory, IsBounded) {
  NavigationHistory history;
  for (int i = 0; i < 500; ++i) history.visit(at("a", 1000.0 * i));
  std::size_t steps = 0;
  ShownPlace now = at("a", 499'000);
  while (const auto before = history.back(now)) {
    now = *before;
    ++steps;
  }
  EXPECT_EQ(steps, NavigationHistory::most - 1);
  EXPECT_EQ(now.at.x, 400'000);
}

class PlacesTest : public EditorTest {};

TEST_F(PlacesTest, AltLeftAndRightGoBackAndForward) {
  QAction* back = window.commands().action("view.back");
  QAction* forward = window.commands().action("view.forward");
  EXPECT_TRUE(back->toolTip().startsWith("Open an architecture first."));
  openOneMac();
  EXPECT_FALSE(back->isEnabled());
  EXPECT_TRUE(back->toolTip().startsWith("There is no place to go back to."));
  auto* tabs = window.findChild<QTabWidget*>();
  const auto selected = [&] {
    return window.selection().objects().empty()
               ? std::string()
               : document().shown->objects[window.selection().objects().begin()->index()].name;
  };
  click(grip("fetch"));
  click(grip("dmem"));
  window.commands().action("view.network")->trigger();
  ASSERT_EQ(tabs->currentIndex(), 2);
  const auto alt = [&](Qt::Key which) {
    QApplication::setActiveWindow(&window);
    QTest::keyClick(&window, which, Qt::AltModifier);
  };
  alt(Qt::Key_Left);
  EXPECT_EQ(tabs->currentIndex(), 0);
  EXPECT_EQ(selected(), "dmem");
  alt(Qt::Key_Left);
  EXPECT_EQ(selected(), "fetch");
  alt(Qt::Key_Left);
  EXPECT_EQ(selected(), "") << "as it was opened";
  EXPECT_FALSE(back->isEnabled());
  alt(Qt::Key_Right);
  alt(Qt::Key_Right);
  EXPECT_EQ(selected(), "dmem");
  EXPECT_TRUE(forward->isEnabled());
  // Another way from here.
  click(grip("regs"));
  EXPECT_FALSE(forward->isEnabled());
  EXPECT_TRUE(forward->toolTip().startsWith("There is no place to go forward to."));
  // Areas: a fit is a place, and back shows what was in view.
  for (int i = 0; i < 8; ++i) key(Qt::Key_Plus);
  const double zoom = view->zoom();
  const QPointF middle = view->middle();
  key(Qt::Key_F);
  EXPECT_LT(view->zoom(), zoom / 2);
  alt(Qt::Key_Left);
  EXPECT_NEAR(view->zoom(), zoom, 1e-9);
  EXPECT_LT((view->middle() - middle).manhattanLength(), 4);
  key(Qt::Key_F);
  // Edits make no places, and a place outlives them.
  click(grip("dmem"));
  key(Qt::Key_Right);
  alt(Qt::Key_Left);
  EXPECT_EQ(selected(), "regs");
  window.commands().action("file.close")->trigger();
  EXPECT_FALSE(back->isEnabled());
}

}  // namespace
}  // namespace taktwerk::test
