// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/session/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/widgets/fixtures.h"
#include "widgets/session/shown_selection.h"

namespace taktwerk::test {
namespace {

using testing::ElementsAre;
using Names = SelectionModel::Names;

class ShownSelectionTest : public testing::Test {
 protected:
  ShownId id(const char* name) const { return document->shown->find(name)->shown; }

  SelectionModel model;
  std::shared_ptr<const Document> document = oneMacDocument();
  ShownSelection selection{model, [this] { return document ? document->shown : nullptr; }};
};

TEST_F(ShownSelectionTest, TranslatesNamesToTheIdsOfTheDrawingAndBack) {
  selection.select(ShownSelection::Objects{id("alu"), id("regs")});
  EXPECT_THAT(model.names(), ElementsAre("alu", "regs"));
  model.select(Names{"lsu", "of another design"});
  EXPECT_EQ(selection.objects(), ShownSelection::Objects{id("lsu")});
  selection.hover(ShownSelection::Objects{id("alu")});
  EXPECT_THAT(model.hovered(), ElementsAre("alu"));
}

TEST_F(ShownSelectionTest, MeansTheSameInAnotherDocument) {
  model.select(Names{"alu"});
  document = documentOf(
      "format: taktwerk-architecture/1\nname: other\nobjects:\n"
      "  spare: {class: PipelineStage, latency: 1}\n  alu: {class: PipelineStage, latency: 1}\nconnections: "
      "[]\n");
  ASSERT_EQ(selection.objects().size(), 1U);
  EXPECT_EQ(*selection.objects().begin(), id("alu"));
  document = nullptr;
  EXPECT_TRUE(selection.objects().empty());
  EXPECT_THAT(model.names(), ElementsAre("alu")) << "nothing was forgotten";
}

TEST_F(ShownSelectionTest, KnowsAConnectionByItsEnds) {
  const auto& connections = document->shown->connections;
  for (std::uint32_t i = 0; i < connections.size(); ++i) {
    selection.select(ShownConnectionId{i});
    EXPECT_EQ(selection.connection(), ShownConnectionId{i});
    ASSERT_TRUE(model.connection());
    EXPECT_EQ(model.connection()->kind, connections[i].kind);
    EXPECT_TRUE(selection.objects().empty());
  }
}

TEST_F(ShownSelectionTest, ForgetsWhatIsGone) {
  int told = 0;
  QObject context;
  QObject::connect(&model, &SelectionModel::selectionChanged, &context, [&] { ++told; });
  model.select(Names{"alu", "gone"});
  selection.keepShown();
  EXPECT_THAT(model.names(), ElementsAre("alu"));
  EXPECT_EQ(told, 2);
  selection.keepShown();
  EXPECT_EQ(told, 2) << "there was nothing to forget";
}

TEST(Session, TellsWhoChangedTheLayerAndNothingTwice) {
  Session session;
  const QObject* origin = nullptr;
  int told = 0;
  QObject context, view;
  QObject::connect(&session, &Session::layerChanged, &context, [&](const QObject* who) {
    origin = who;
    ++told;
  });
  session.setLayer("conv0", &view);
  session.setLayer("conv0");
  EXPECT_EQ(told, 1);
  EXPECT_EQ(origin, &view);
}

TEST(Session, KeepsTheWindowOfAProgramSensible) {
  Session session;
  session.setWindow({ProgramWindow::Unit::Instructions, -5, 0});
  EXPECT_EQ(session.window(), (ProgramWindow{ProgramWindow::Unit::Instructions, 0, 1}));
}

TEST(Session, PinsResultsInTheirOrder) {
  Session session;
  session.pin({"one", nullptr});
  session.pin({"two", nullptr});
  session.unpin(0);
  session.unpin(7);
  ASSERT_EQ(session.pins().size(), 1U);
  EXPECT_EQ(session.pins()[0].title, "two");
}

TEST(Session, TakesAJumpWithinAJumpForOne) {
  Session session;
  int begun = 0, ended = 0;
  QObject context;
  QObject::connect(&session, &Session::aboutToJump, &context, [&] { ++begun; });
  QObject::connect(&session, &Session::jumped, &context, [&] { ++ended; });
  session.jump([&] { session.jump([] {}); });
  EXPECT_EQ(begun, 1);
  EXPECT_EQ(ended, 1);
}

}  // namespace
}  // namespace taktwerk::test
