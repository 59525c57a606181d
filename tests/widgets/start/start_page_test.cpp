// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/start/start_page.h"

#include <QAbstractButton>
#include <QTest>

#include <gtest/gtest.h>

#include "tests/support/places.h"
#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/theme/theme.h"

namespace taktwerk::test {
namespace {

const QString examples = QString::fromStdString(taktwerk::sourceDirectory() + "/archs");

TEST(StartPage, DrawsACardForEveryExample) {
  const auto cards = readExamples(examples, QSize(200, 100), 2);
  ASSERT_FALSE(cards.empty());
  for (const ExampleCard& card : cards) {
    EXPECT_FALSE(card.name.isEmpty());
    EXPECT_EQ(card.light.size(), QSize(400, 200));
    EXPECT_NE(card.light, card.dark);
    QImage plain(card.light);
    plain.fill(toQColor(lightPalette().canvas));
    EXPECT_NE(card.light, plain) << "an empty picture";
  }
  EXPECT_TRUE(readExamples("/nowhere", QSize(10, 10), 1).empty());
  EXPECT_TRUE(readExamples({}, QSize(10, 10), 1).empty());
}

TEST(StartPage, OpensTheExampleThatIsClicked) {
  const Theme theme(false);
  JobManager jobs;
  StartPage page(theme, jobs);
  page.resize(1200, 800);
  page.show();
  QString opened;
  QObject context;
  QObject::connect(&page, &StartPage::openRequested, &context, [&](const QString& path) { opened = path; });
  page.setExamplesRoot(examples);
  ASSERT_TRUE(waitFor([&] { return page.cardCount() > 0; }));
  for (QAbstractButton* button : page.findChildren<QAbstractButton*>()) {
    if (button->toolTip().endsWith("one-mac.arch.yaml")) QTest::mouseClick(button, Qt::LeftButton);
  }
  EXPECT_EQ(opened, oneMac());
}

TEST(StartPage, GreysRecentFilesThatAreGone) {
  const Theme theme(false);
  JobManager jobs;
  StartPage page(theme, jobs);
  page.setRecentFiles({oneMac(), "/nowhere/lost.arch.yaml"});
  int enabled = 0;
  int greyed = 0;
  for (const QToolButton* button : page.findChildren<QToolButton*>())
    (button->isEnabled() ? enabled : greyed) += 1;
  EXPECT_EQ(enabled, 1);
  EXPECT_EQ(greyed, 1);
}

}  // namespace
}  // namespace taktwerk::test
