// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/view/questions.h"

#include <QApplication>
#include <QFileDialog>
#include <QLineEdit>
#include <QTimer>

#include <gtest/gtest.h>

#include "tests/widgets/fixtures.h"

namespace taktwerk::test {
namespace {

/// Answers the dialog that comes up next: another filter if one is named, then a name.
void answerNext(const QString& name, const QString& filter = {}) {
  QTimer::singleShot(0, [name, filter] {
    auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
    ASSERT_TRUE(dialog);
    if (!filter.isEmpty()) {
      dialog->selectNameFilter(filter);
      Q_EMIT dialog->filterSelected(filter);  // as choosing it in the box does
    }
    auto* field = dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
    ASSERT_TRUE(field);
    field->setText(name);
    QMetaObject::invokeMethod(dialog, "accept");
  });
}

TEST(Questions, ANameWithoutAnEndingGetsTheOneOfTheFilter) {
  QWidget window;
  Folder folder;
  const Questions ask = dialogsOver(&window);
  answerNext("mine");
  EXPECT_EQ(ask.tablePath(folder.path("results.csv")), folder.path("mine.csv"));
  answerNext("mine", "JSON (*.json)");
  EXPECT_EQ(ask.tablePath(folder.path("results.csv")), folder.path("mine.json"));
  answerNext("other");
  EXPECT_EQ(ask.architecturePath(folder.path("a.arch.yaml")), folder.path("other.arch.yaml"));
  answerNext("space");
  EXPECT_EQ(ask.spacePath(folder.path("a.space.yaml")), folder.path("space.space.yaml"));
  answerNext("kept");
  EXPECT_EQ(ask.storePath(folder.path("results.sqlite")), folder.path("kept.sqlite"));
  answerNext("as.it.is");
  EXPECT_EQ(ask.storePath(folder.path("results.sqlite")), folder.path("as.it.is"));
}

TEST(Questions, ProposesAName) {
  QWidget window;
  Folder folder;
  const Questions ask = dialogsOver(&window);
  QTimer::singleShot(0, [] {
    auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
    ASSERT_TRUE(dialog);
    EXPECT_EQ(dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->text(), "a.arch.yaml");
    dialog->reject();
  });
  EXPECT_EQ(ask.architecturePath(folder.path("a.arch.yaml")), QString()) << "the user changed their mind";
}

}  // namespace
}  // namespace taktwerk::test
