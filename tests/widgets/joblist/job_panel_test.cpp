// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/joblist/job_panel.h"

#include <QAbstractItemModelTester>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>
#include <QThread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/widgets/wait.h"
#include "widgets/joblist/job_model.h"
#include "widgets/jobs/job_manager.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;

constexpr JobChannel<int> counting{"counting", "points"};
constexpr JobChannel<int> waiting{"waiting"};

class JobPanelTest : public ::testing::Test {
 protected:
  /// Works until it is stopped, and gives how often it was asked to stop.
  void startCounting() {
    jobs.start(
        counting, QStringLiteral("Count"), &receiver,
        [](Progress& progress) {
          progress.total = 1024;
          progress.done = 412;
          while (!progress.cancelled()) QThread::msleep(5);
          return 1;
        },
        [this](int) { ++stopped; });
  }
  QString cell(int row, int column) { return model().index(row, column).data().toString(); }
  const JobModel& model() { return panel.model(); }

  JobManager jobs;
  QObject receiver;
  JobPanel panel{jobs};
  int stopped = 0;
};

TEST_F(JobPanelTest, ListsWhatRunsAndStopsIt) {
  QAbstractItemModelTester tester(const_cast<JobModel*>(&model()));
  auto* stop = panel.findChild<QPushButton*>();
  EXPECT_FALSE(stop->isEnabled());
  startCounting();
  ASSERT_TRUE(waitFor([this] { return model().rowCount() == 1 && !cell(0, JobModel::Done).isEmpty(); }));
  EXPECT_EQ(cell(0, JobModel::Title), "Count");
  EXPECT_EQ(cell(0, JobModel::Done),
            QStringLiteral("412 of 1") + QChar(0x202F) + QStringLiteral("024 points"));
  jobs.start(
      waiting, QStringLiteral("Wait"), &receiver,
      [](Progress& progress) {
        while (!progress.cancelled()) QThread::msleep(5);
        return 2;
      },
      [this](int) { ++stopped; });
  ASSERT_EQ(model().rowCount(), 2);
  EXPECT_EQ(cell(1, JobModel::Done), "") << "its total is not known";
  EXPECT_FALSE(stop->isEnabled()) << "which of the two?";
  jobs.cancel(model().jobs()[0].id);
  EXPECT_THAT(cell(0, JobModel::Title).toStdString(), HasSubstr("stopping")) << "at once";
  ASSERT_TRUE(waitFor([this] { return stopped == 1; }));
  ASSERT_EQ(model().rowCount(), 1);
  EXPECT_EQ(cell(0, JobModel::Title), "Wait");
  EXPECT_TRUE(stop->isEnabled());
  stop->click();
  ASSERT_TRUE(waitFor([this] { return stopped == 2; }));
  EXPECT_EQ(model().rowCount(), 0);
}

TEST_F(JobPanelTest, SetsTheThreadsOfJobs) {
  auto* threads = panel.findChild<QSpinBox*>();
  EXPECT_EQ(jobs.threads(), 0U);
  EXPECT_THAT(threads->text().toStdString(), HasSubstr("all"));
  threads->setValue(1);
  EXPECT_EQ(jobs.threads(), 1U);
  jobs.setThreads(2);
  EXPECT_EQ(threads->value(), 2);
  std::vector<unsigned> told;
  QObject::connect(&jobs, &JobManager::threadsChanged, &receiver, [&] { told.push_back(jobs.threads()); });
  threads->setMaximum(64);
  threads->selectAll();
  QTest::keyClicks(threads, "12");
  QTest::keyClick(threads, Qt::Key_Return);
  EXPECT_EQ(told, std::vector<unsigned>{12}) << "not 1 on the way";
}

TEST(JobWords, SayHowFarAJobIs) {
  JobState job;
  EXPECT_EQ(doneText(job), "");
  job.fraction = 0.384;
  EXPECT_EQ(doneText(job), "38 %");
  job.secondsLeft = 130;
  EXPECT_EQ(leftText(job), "2:10 left");
  job.secondsLeft = 7.2;
  EXPECT_EQ(leftText(job), "8 s left");
}

}  // namespace
}  // namespace taktwerk::test
