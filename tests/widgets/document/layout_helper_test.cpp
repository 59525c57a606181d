// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/document/layout_helper.h"

#include <QFileInfo>
#include <QProcess>

#include <gtest/gtest.h>

#include "tests/widgets/fixtures.h"

namespace taktwerk::test {
namespace {

struct Answer {
  int status = -1;
  QByteArray output, errors;
};

Answer runHelper(const QByteArray& input, const QStringList& arguments = {}) {
  QProcess process;
  process.start(layoutProgram(), arguments);
  process.write(input);
  process.closeWriteChannel();
  EXPECT_TRUE(process.waitForFinished(60000));
  EXPECT_EQ(process.exitStatus(), QProcess::NormalExit) << input.left(80).toStdString();
  return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

class LayoutHelper : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(QFileInfo(layoutProgram()).isExecutable()) << layoutProgram().toStdString();
  }
  const LayoutGraph graph{{{100, 60}, {120, 80}, {80, 40}}, {{0, 1}, {0, 2}}};
  Progress progress;
};

TEST_F(LayoutHelper, PlacesBoxesFromLeftToRightWithoutOverlap) {
  const auto corners = layoutByHelper(layoutProgram(), progress, 60000)(graph);
  ASSERT_TRUE(corners);
  ASSERT_EQ(corners->size(), 3U);
  EXPECT_GT((*corners)[1].x, (*corners)[0].x + 100);
  EXPECT_GT((*corners)[2].x, (*corners)[0].x + 100);
  const Rect a{(*corners)[1].x, (*corners)[1].y, 120, 80};
  const Rect b{(*corners)[2].x, (*corners)[2].y, 80, 40};
  EXPECT_FALSE(a.overlaps(b));
}

TEST_F(LayoutHelper, AnswersTheSameEveryTime) {
  const Answer first = runHelper(layoutRequest(graph));
  EXPECT_EQ(first.status, 0);
  EXPECT_EQ(first.output.count("\nnode "), 3);
  EXPECT_EQ(first.output.count("\nedge "), 2);
  EXPECT_EQ(first.output, runHelper(layoutRequest(graph)).output);
}

TEST_F(LayoutHelper, RefusesBadInputWithTheLine) {
  const std::pair<QByteArray, QByteArray> cases[] = {
      {"", "line 1: the input is empty"},
      {"digraph {}\n", "line 1: the first line must be"},
      {"taktwerk-layout/1\n", "line 2: the input stops before"},
      {"taktwerk-layout/1\nend\n", "line 2: a graph has at least one node"},
      {"taktwerk-layout/1\nnode 10\nend\n", "line 2: a node is"},
      {"taktwerk-layout/1\nnode ten 10\nend\n", "line 2: width and height must be numbers"},
      {"taktwerk-layout/1\nnode 1e9 10\nend\n", "line 2: width and height must be between"},
      {"taktwerk-layout/1\nnode nan 10\nend\n", "line 2: width and height must be"},
      {"taktwerk-layout/1\nnode -5 10\nend\n", "line 2: width and height must be between"},
      {"taktwerk-layout/1\nnode 10 10\nedge 0 1\nend\n", "line 3: the ends of an edge must be nodes"},
      {"taktwerk-layout/1\nnode 10 10\nedge 0 -1\nend\n", "line 3: the ends of an edge must be whole"},
      {"taktwerk-layout/1\nfold 1\n", "line 2: a record begins with"},
      {"taktwerk-layout/1\nnode " + QByteArray(100000, '1') + " 1\nend\n", "line 2: a line has at most"},
      {"taktwerk-layout/1\n" + QByteArray("node 10 10\n").repeated(2001) + "end\n",
       "line 2002: more than 2000 nodes"},
      {QByteArray(100000, '\0'), "line 1: a line has at most"}};
  for (const auto& [input, error] : cases) {
    const Answer answer = runHelper(input);
    EXPECT_EQ(answer.status, 1) << error.toStdString();
    EXPECT_TRUE(answer.output.isEmpty());
    EXPECT_TRUE(answer.errors.contains(error)) << answer.errors.toStdString();
  }
  EXPECT_EQ(runHelper("", {"--nonsense"}).status, 2);
  EXPECT_EQ(runHelper("", {"--help"}).status, 0);
}

TEST_F(LayoutHelper, LaysOutLoopsAndRepeatedEdges) {
  EXPECT_EQ(
      runHelper("taktwerk-layout/1\nnode 10 10\nnode 20 20\nedge 0 0\nedge 0 1\nedge 0 1\nedge 1 0\nend\n")
          .status,
      0);
}

TEST(LayoutHelperFallback, GivesNothingWhenTheProgramIsMissingFailsOrIsCancelled) {
  const LayoutGraph graph{{{100, 60}}, {}};
  Progress progress;
  EXPECT_FALSE(layoutByHelper({}, progress));
  EXPECT_FALSE(layoutByHelper("/nowhere/taktwerk-layout", progress));
  EXPECT_EQ(layoutByHelper("/bin/false", progress)(graph), std::nullopt);
  EXPECT_EQ(layoutByHelper("/bin/true", progress)(graph), std::nullopt);
  progress.cancel();
  EXPECT_EQ(layoutByHelper("/bin/cat", progress)(graph), std::nullopt);
}

TEST(LayoutHelperFallback, EndsAProgramThatTakesTooLong) {
  Folder folder;
  const QString sleeper = folder.write("sleeper", "#!/bin/sh\nexec sleep 600\n");
  QFile::setPermissions(sleeper, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
  Progress progress;
  EXPECT_EQ(layoutByHelper(sleeper, progress, 50)(LayoutGraph{{{100, 60}}, {}}), std::nullopt);
}

TEST_F(LayoutHelper, GivesTheWayOfEveryEdge) {
  const LayoutRun run = runLayout(layoutProgram(), graph, progress, 60000);
  ASSERT_EQ(run.outcome, LayoutRun::Outcome::Done);
  ASSERT_EQ(run.laidOut.curves.size(), graph.edges.size());
  for (std::size_t e = 0; e < graph.edges.size(); ++e) {
    const std::vector<Point>& curve = run.laidOut.curves[e];
    ASSERT_GE(curve.size(), 4U);
    EXPECT_EQ(curve.size() % 3, 1U) << "a start, and pieces of three";
    const Point from = run.laidOut.corners[graph.edges[e].from], to = run.laidOut.corners[graph.edges[e].to];
    EXPECT_NEAR(curve.front().x, from.x + graph.boxes[graph.edges[e].from].width, 2);
    EXPECT_NEAR(curve.back().x, to.x, 2);
  }
}

TEST(LayoutRun, SaysHowTheProgramEnded) {
  using Outcome = LayoutRun::Outcome;
  Folder folder;
  Progress progress;
  const LayoutGraph graph{{{100, 60}}, {}};
  const auto runOf = [&](const QByteArray& script) {
    const QString program = folder.write("program", "#!/bin/sh\n" + script);
    QFile::setPermissions(program, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return runLayout(program, graph, progress, 20000);
  };
  EXPECT_EQ(runLayout("/nowhere/program", graph, progress, 1000).outcome, Outcome::Missing);
  const LayoutRun refused = runOf("echo 'line 3: no' >&2; exit 1");
  EXPECT_EQ(refused.outcome, Outcome::Refused);
  EXPECT_EQ(refused.error, "line 3: no");
  EXPECT_EQ(runOf("kill -ABRT $$").outcome, Outcome::Crashed);
  EXPECT_EQ(runOf("echo nonsense").outcome, Outcome::Nonsense);
  EXPECT_EQ(runOf("exec yes taktwerk").outcome, Outcome::Nonsense) << "without an end";
  const QString sleeper = folder.write("sleeper", "#!/bin/sh\nexec sleep 600\n");
  QFile::setPermissions(sleeper, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
  EXPECT_EQ(runLayout(sleeper, graph, progress, 50).outcome, Outcome::TooLong);
  progress.cancel();
  EXPECT_EQ(runLayout(sleeper, graph, progress, 60000).outcome, Outcome::Cancelled);
}

TEST(LayoutHelperFallback, RefusesAnswersThatAreNotOne) {
  const LayoutGraph graph{{{100, 60}, {10, 10}}, {}};
  const LayoutGraph joined{{{100, 60}, {10, 10}}, {{0, 1}}};
  const QByteArray corners = "taktwerk-layout/1\nsize 9 9\nnode 1 2\nnode 3 4\n";
  EXPECT_TRUE(layoutAnswer(corners + "edge 1 1 2 2 3 3 4 4\nend\n", joined));
  EXPECT_TRUE(layoutAnswer(corners + "edge\nend\n", joined)) << "not drawn";
  EXPECT_FALSE(layoutAnswer(layoutRequest(joined), joined)) << "the question is no answer";
  for (const char* edge :
       {"", "edge 1\n", "edge 1 1\n", "edge 1 1 2 2\n", "edge 1 1 2 2 3 3 4 x\n", "edge\nedge\n"}) {
    EXPECT_FALSE(layoutAnswer(corners + edge + "end\n", joined)) << edge;
  }
  EXPECT_TRUE(layoutAnswer("taktwerk-layout/1\nsize 9 9\nnode 1 2\nnode 3 4.5\nend\n", graph));
  for (const char* bad :
       {"", "end\n", "taktwerk-layout/1\nnode 1 2\nend\n", "taktwerk-layout/1\nnode 1 2\nnode 3 4\n",
        "taktwerk-layout/1\nnode 1 2\nnode x 4\nend\n", "taktwerk-layout/1\nnode 1 2\nnode inf 4\nend\n",
        "taktwerk-layout/1\nnode 1 2\nnode nan 4\nend\n", "taktwerk-layout/1\nnode 1 2\nnode 1e300 4\nend\n",
        "taktwerk-layout/2\nnode 1 2\nnode 3 4\nend\n"}) {
    EXPECT_FALSE(layoutAnswer(bad, graph)) << bad;
  }
}

}  // namespace
}  // namespace taktwerk::test
