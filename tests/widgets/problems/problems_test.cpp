// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractItemModelTester>
#include <QTest>
#include <QTextBlock>

#include <gtest/gtest.h>

#include "widgets/problems/banner.h"
#include "widgets/problems/problem_model.h"
#include "widgets/problems/problems_panel.h"
#include "widgets/problems/source_view.h"
#include "widgets/theme/theme.h"

namespace taktwerk::test {
namespace {

Diagnostics twoProblems() {
  return {{Severity::Error, "x/a.arch.yaml", {4, 20}, "A0412", "latency must be at least 0, found -3", "alu"},
          {Severity::Warning, "x/a.arch.yaml", {2, 1}, "A0500", "regs is never used", "regs"}};
}

TEST(ProblemModel, IsASoundModelOfMessageObjectPlaceAndCode) {
  const Theme theme(false);
  ProblemModel model(theme);
  QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  model.setProblems(twoProblems());
  EXPECT_EQ(model.rowCount(), 2);
  EXPECT_EQ(model.errors(), 1);
  EXPECT_EQ(model.index(0, ProblemModel::Place).data().toString(), "a.arch.yaml:4:20");
  EXPECT_EQ(model.index(1, ProblemModel::Object).data().toString(), "regs");
  EXPECT_EQ(model.index(0, ProblemModel::Code).data().toString(), "A0412");
}

TEST(ProblemsPanel, GoesRoundTheProblems) {
  const Theme theme(false);
  ProblemsPanel panel(theme);
  panel.go(1);  // nothing there, nothing happens
  panel.setProblems(twoProblems());
  QStringList seen;
  QObject context;
  QObject::connect(&panel, &ProblemsPanel::activated, &context,
                   [&](const Diagnostic& d) { seen << QString::fromStdString(d.code); });
  panel.go(1);
  panel.go(1);
  panel.go(1);
  panel.go(-1);
  EXPECT_EQ(seen, (QStringList{"A0412", "A0500", "A0412", "A0500"}));
}

TEST(SourceView, GoesToALineAndColumnCountedInBytes) {
  const Theme theme(false);
  SourceView view(theme);
  view.setSource("a", QStringLiteral("first\nnäme: x\nlast"));
  view.goTo({2, 8});  // the x: ä takes two bytes
  EXPECT_EQ(view.textCursor().blockNumber(), 1);
  EXPECT_EQ(view.textCursor().positionInBlock(), 6);
  view.goTo({99, 99});
  EXPECT_EQ(view.textCursor().blockNumber(), 2);
  view.goTo({0, 0});
  EXPECT_EQ(view.textCursor().blockNumber(), 0);
  EXPECT_TRUE(view.isReadOnly());
}

TEST(SourceView, MarksTheLinesWithProblemsOfItsFileOnly) {
  const Theme theme(false);
  SourceView view(theme);
  view.setSource("x/a.arch.yaml", "1\n2\n3\n4\n5");
  view.show();
  view.setProblems(twoProblems());
  EXPECT_EQ(view.extraSelections().size(), 2);
  view.setSource("x/other.yaml", "1\n2\n3\n4\n5");
  EXPECT_EQ(view.extraSelections().size(), 0);
}

TEST(Banner, StaysUntilDismissedAndOffersWhatToDo) {
  const Theme theme(true);
  QWidget window;
  Banner banner(theme, &window);
  window.show();
  EXPECT_FALSE(banner.isVisible());
  int shown = 0;
  banner.announce(Banner::Kind::Error, "broken", {{"Show problems", [&] { ++shown; }}});
  EXPECT_TRUE(banner.isVisible());
  EXPECT_EQ(banner.text(), "broken");
  banner.findChild<QPushButton*>()->click();
  EXPECT_EQ(shown, 1);
  EXPECT_FALSE(banner.isVisible());
}

TEST(Banner, AnOfferOutlastsNoticesUntilItIsSettled) {
  const Theme theme(true);
  QWidget window;
  Banner banner(theme, &window);
  window.show();
  int looked = 0;
  banner.offer("work", Banner::Kind::Warning, "there is work", {{"Look", [&] { ++looked; }}});
  banner.announce(Banner::Kind::Info, "ready");
  EXPECT_EQ(banner.text(), "ready");
  banner.dismiss();
  EXPECT_EQ(banner.text(), "there is work");
  banner.findChild<QPushButton*>()->click();
  EXPECT_EQ(looked, 1);
  EXPECT_TRUE(banner.isVisible()) << "looking does not settle it";
  banner.settle("work");
  EXPECT_FALSE(banner.isVisible());
}

}  // namespace
}  // namespace taktwerk::test
