// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDockWidget>
#include <QLabel>
#include <QTableView>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/desktop/editor_fixture.h"
#include "widgets/problems/problem_model.h"
#include "widgets/problems/problems_panel.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST_F(EditorTest, AWarningIsApprovedWithANoteAndFollowsItsObject) {
  openOneMac();
  for (int i = 0; i < 4; ++i) key(Qt::Key_Minus);
  add("SRAM", "spare", {0, 400});
  auto* panel = window.findChild<ProblemsPanel*>();
  const ProblemModel& model = panel->model();
  ASSERT_EQ(model.open(), 1) << "nobody uses it";
  ASSERT_EQ(model.problems().front().severity, Severity::Warning);
  const auto dump = [&] { return window.findChild<DiagramScene*>()->dump().toStdString(); };
  EXPECT_THAT(dump(), HasSubstr("warning"));
  const std::string before = bytes();
  QAction* approve = window.commands().action("analyse.approve");
  EXPECT_FALSE(approve->isEnabled()) << "none is chosen";
  auto* table = panel->findChild<QTableView*>();
  table->setCurrentIndex(model.index(0, 0));
  ASSERT_TRUE(approve->isEnabled());
  QString asked;
  window.ask().note = [&](const QString& warning) -> std::optional<QString> {
    asked = warning;
    return std::nullopt;
  };
  approve->trigger();
  EXPECT_EQ(bytes(), before) << "the user changed their mind";
  EXPECT_FALSE(asked.isEmpty());
  window.ask().note = [](const QString&) { return std::optional<QString>("for the host"); };
  approve->trigger();
  const std::string code = model.problems().front().code;
  EXPECT_THAT(bytes(), HasSubstr("approved:\n  - {code: " + code + ", object: spare, note: for the host}"));
  EXPECT_EQ(model.open(), 0);
  ASSERT_EQ(model.rowCount(), 1);
  EXPECT_THAT(model.index(0, 0).data().toString().toStdString(), HasSubstr("for the host"));
  EXPECT_EQ(model.index(0, 0).data(Qt::ForegroundRole).value<QColor>(), theme.colour(&Palette::mutedText));
  EXPECT_THAT(dump(), Not(HasSubstr("warning")));
  EXPECT_FALSE(approve->isEnabled());
  for (const QDockWidget* dock : window.findChildren<QDockWidget*>()) {
    if (dock->objectName() != "problems") continue;
    EXPECT_EQ(dock->windowTitle(), "Problems");
  }
  // Its name changes, and it goes.
  window.selection().select(ShownSelection::Objects{block("spare").object});
  key(Qt::Key_F2);
  auto* box = view->findChild<QLineEdit*>("nameBox");
  ASSERT_TRUE(box);
  QTest::keyClick(box, Qt::Key_A, Qt::ControlModifier);
  QTest::keyClicks(box, "extra");
  QTest::keyClick(box, Qt::Key_Return);
  EXPECT_THAT(bytes(), HasSubstr("object: extra, note: for the host"));
  EXPECT_EQ(model.open(), 0);
  key(Qt::Key_Delete);
  ASSERT_FALSE(has("extra"));
  ASSERT_EQ(model.rowCount(), 1);
  EXPECT_EQ(model.open(), 0) << "an approval of nothing is no problem";
  EXPECT_THAT(model.index(0, 0).data().toString().toStdString(), HasSubstr("there is no such warning"));
  // Withdrawn by the menu of the list.
  window.documents().history().undo();
  table->setCurrentIndex(model.index(0, 0));
  for (QAction* action : table->actions()) {
    if (action->text() == "Withdraw approval") action->trigger();
  }
  EXPECT_EQ(model.open(), 1);
  EXPECT_THAT(bytes(), Not(HasSubstr("approved")));
  window.documents().history().setIndex(0);
  EXPECT_EQ(bytes(), original);
}

}  // namespace
}  // namespace taktwerk::test
