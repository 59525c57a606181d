// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/view/view_host.h"

#include <QDockWidget>
#include <QLabel>
#include <QListWidget>
#include <QMainWindow>
#include <QTabWidget>
#include <QTest>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/theme/theme.h"
#include "widgets/view/docks.h"
#include "widgets/view/models.h"
#include "widgets/view/navigator.h"
#include "widgets/view/view_frame.h"

namespace taktwerk {

ViewSpec slowestLayersView();

namespace test {
namespace {

/// A view that says what it is told to.
class Plain : public View {
 public:
  Plain() : View(new QLabel("text")) {}
  [[nodiscard]] QString title() const override { return name; }
  [[nodiscard]] QString whyEmpty() const override { return reason; }
  void reveal(const QVariant& what) override { revealed = what; }
  QString name, reason;
  QVariant revealed;
};

ViewSpec plain(const QString& id, ViewPlace place, const QStringList& beside = {}, const QString& with = {}) {
  ViewSpec spec;
  spec.id = spec.title = id;
  spec.help = "Shows " + id;
  spec.place = place;
  spec.beside = beside;
  spec.tabWith = with;
  spec.make = [](Models&) { return std::make_unique<Plain>(); };
  return spec;
}

std::vector<ViewSpec> specs() {
  return {plain("start", ViewPlace::Start),
          plain("one", ViewPlace::Page),
          plain("two", ViewPlace::Page),
          plain("left", ViewPlace::Left, {"one"}),
          plain("below", ViewPlace::Bottom),
          plain("tab", ViewPlace::Bottom, {}, "below"),
          slowestLayersView()};
}

class ViewHostTest : public testing::Test {
 protected:
  ViewHostTest() {
    window.setCentralWidget(views.centre());
    window.resize(1000, 700);
    window.show();
  }
  void open() {
    models.documents.open(oneMac());
    EXPECT_TRUE(waitFor([this] { return models.document() && models.jobs.states().empty(); }));
    views.setOpen(true);
  }
  Plain& view(const char* id) { return *static_cast<Plain*>(views.find(id)); }
  bool shown(const char* id) { return views.docks().isShown(id); }
  void run(const char* command) const { models.commands.action(command)->trigger(); }

  Theme theme{false};
  Folder folder;
  Models models{
      theme, {{}, {}, {}, folder.path("kept")}, viewCommands(specs(), false), viewCommands(specs(), true)};
  QMainWindow window;
  ViewHost views{window, models, specs()};
};

TEST_F(ViewHostTest, HasTheStartPageAndNoPanelsWhileNothingIsOpen) {
  EXPECT_EQ(views.frontId(), "start");
  EXPECT_FALSE(shown("left") || shown("below"));
  EXPECT_FALSE(models.commands.action("view.two")->isEnabled());
  open();
  EXPECT_EQ(views.frontId(), "one");
  EXPECT_TRUE(shown("left") && shown("below") && shown("tab"));
}

TEST_F(ViewHostTest, PanelsFollowThePageInFront) {
  open();
  run("view.two");
  EXPECT_EQ(views.frontId(), "two");
  EXPECT_FALSE(shown("left"));
  EXPECT_TRUE(shown("below"));
  run("view.one");
  EXPECT_TRUE(shown("left"));
}

TEST_F(ViewHostTest, EachPageRemembersWhatTheUserMadeOfItsPanels) {
  open();
  run("view.below");  // hides it
  EXPECT_FALSE(shown("below"));
  EXPECT_FALSE(models.commands.action("view.below")->isChecked());
  run("view.two");
  EXPECT_TRUE(shown("below")) << "that was the other page";
  run("view.left");
  EXPECT_TRUE(shown("left")) << "though it does not belong here";
  run("view.one");
  EXPECT_FALSE(shown("below"));
  run("view.two");
  EXPECT_TRUE(shown("left"));
  views.docks().restoreDefault();
  EXPECT_FALSE(shown("left"));
}

TEST_F(ViewHostTest, LayoutsAreTakenUpAgain) {
  open();
  run("view.below");
  const Docks::Layouts kept = views.docks().layouts();
  views.docks().restoreDefault();
  ASSERT_TRUE(shown("below"));
  views.setOpen(false);
  EXPECT_FALSE(shown("left"));
  views.docks().setLayouts(kept);
  views.setOpen(true);
  EXPECT_FALSE(shown("below"));
  EXPECT_TRUE(shown("left"));
}

TEST_F(ViewHostTest, TabsAndDocksAreTitledAsTheirViewsSay) {
  open();
  view("two").name = "two.yaml";
  Q_EMIT view("two").titleChanged();
  EXPECT_EQ(window.findChild<QTabWidget*>()->tabText(1), "two.yaml");
  view("below").name = "below (3)";
  Q_EMIT view("below").titleChanged();
  EXPECT_EQ(views.docks().find("below")->windowTitle(), "below (3)");
}

TEST_F(ViewHostTest, APlaceSaysWhyThereIsNothingToSee) {
  open();
  auto* frame = qobject_cast<ViewFrame*>(views.docks().find("below")->widget());
  EXPECT_EQ(frame->emptyText(), "");
  view("below").reason = "All is well.";
  Q_EMIT view("below").emptinessChanged();
  EXPECT_EQ(frame->emptyText(), "All is well.");
  auto* slowest = qobject_cast<ViewFrame*>(views.docks().find("slowest")->widget());
  EXPECT_THAT(slowest->emptyText().toStdString(), testing::HasSubstr("Press F5"));
}

TEST_F(ViewHostTest, RevealsWhatIsAskedForInFront) {
  open();
  models.session.reveal("two", 7);
  EXPECT_EQ(views.frontId(), "two");
  EXPECT_EQ(view("two").revealed.toInt(), 7);
  models.session.reveal("nowhere", 7);
  EXPECT_EQ(views.frontId(), "two");
}

TEST_F(ViewHostTest, GoesBackAndForwardAmongPages) {
  Navigator navigator(models, views);
  open();
  run("view.two");
  EXPECT_TRUE(models.commands.action("view.back")->isEnabled());
  run("view.back");
  EXPECT_EQ(views.frontId(), "one");
  run("view.forward");
  EXPECT_EQ(views.frontId(), "two");
}

TEST_F(ViewHostTest, ASmallViewOfOneSpecShowsTheEstimateAndLeadsTheOthers) {
  open();
  models.estimates.setNetwork(tcResNet8());
  ASSERT_TRUE(waitFor([this] { return models.jobs.states().empty(); }));
  models.estimates.run();
  ASSERT_TRUE(waitFor([this] { return models.jobs.states().empty(); }, 110000));
  auto* list = views.docks().find("slowest")->widget()->findChild<QListWidget*>();
  ASSERT_GT(list->count(), 5);
  const auto& layers = models.estimates.outcome().estimate->layers;
  const auto slowest = std::max_element(layers.begin(), layers.end(),
                                        [](const auto& a, const auto& b) { return a.cycles < b.cycles; });
  QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, list->visualItemRect(list->item(0)).center());
  EXPECT_EQ(models.session.layer().toStdString(), slowest->name);
}

}  // namespace
}  // namespace test
}  // namespace taktwerk
