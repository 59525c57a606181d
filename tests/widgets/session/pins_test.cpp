// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "widgets/session/session.h"

namespace taktwerk::test {
namespace {

class Pins : public testing::Test {
 protected:
  Pins() {
    QObject::connect(&session, &Session::pinsChanged, &context, [this] { ++changes; });
    QObject::connect(&session, &Session::baselineChanged, &context, [this] { ++baselines; });
  }
  void pin(const QString& title) { session.pin({title, std::make_shared<const StoredResult>()}); }
  QString title(std::size_t place) const { return session.pins()[place].title; }

  Session session;
  QObject context;
  int changes = 0, baselines = 0;
};

TEST_F(Pins, HaveTitlesOfTheirOwn) {
  pin("a");
  pin("a");
  pin("a");
  EXPECT_EQ(title(1), "a (2)");
  EXPECT_EQ(title(2), "a (3)");
  session.renamePin(2, "  b ");
  EXPECT_EQ(title(2), "b");
  session.renamePin(2, "a");
  EXPECT_EQ(title(2), "a (3)");
  session.renamePin(2, " ");
  EXPECT_EQ(title(2), "a (3)") << "an empty title is none";
  EXPECT_EQ(changes, 5);
}

TEST_F(Pins, TheBaselineStaysTheSameOne) {
  pin("a");
  pin("b");
  pin("c");
  EXPECT_FALSE(session.baseline());
  session.setBaseline(1);
  session.setBaseline(1);
  EXPECT_EQ(baselines, 1);
  ASSERT_TRUE(session.baseline());
  session.unpin(0);
  ASSERT_TRUE(session.baseline());
  EXPECT_EQ(session.baseline()->title, "b") << "its place is another one now";
  EXPECT_EQ(baselines, 1);
  session.renamePin(0, "base");
  EXPECT_EQ(baselines, 2) << "its title is shown elsewhere";
  session.unpin(0);
  EXPECT_FALSE(session.baseline());
  EXPECT_EQ(baselines, 3);
  session.setBaseline(7);
  EXPECT_FALSE(session.baseline()) << "there is no such pin";
}

}  // namespace
}  // namespace taktwerk::test
