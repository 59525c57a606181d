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

TEST(StartPage, OffersTheStudiesThatCameWithTheProgram) {
  const QString folder = QString::fromStdString(taktwerk::sourceDirectory() + "/resources/studies");
  const auto studies = readStudies(folder);
  ASSERT_EQ(studies.size(), 5U);
  EXPECT_TRUE(readStudies("/nowhere").empty());
  EXPECT_TRUE(readStudies({}).empty());

  const Theme theme(false);
  JobManager jobs;
  StartPage page(theme, jobs);
  page.resize(1200, 800);
  page.show();
  QStringList opened;
  QObject context;
  QObject::connect(&page, &StartPage::studyRequested, &context, [&](const QString& path) { opened << path; });
  page.setStudiesFolder(folder);
  const auto buttons = [&] { return page.findChildren<QToolButton*>(); };
  ASSERT_TRUE(waitFor([&] { return buttons().size() == 5; }));
  for (std::size_t i = 0; i < studies.size(); ++i) {
    QToolButton* button = buttons()[static_cast<int>(i)];
    EXPECT_EQ(button->accessibleName(), studies[i].name);
    EXPECT_FALSE(button->accessibleDescription().isEmpty());
    EXPECT_LE(button->sizeHint().width(), 330) << "it is cut off";
    QTest::mouseClick(button, Qt::LeftButton);
    EXPECT_EQ(opened.last(), studies[i].path);
  }
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
