// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/jobs/job_manager.h"

#include <QThread>
#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/widgets/wait.h"

namespace taktwerk::test {
namespace {

JobManager::Work untilCancelled(std::function<void()> delivery = {}) {
  return [delivery = std::move(delivery)](Progress& progress) -> JobManager::Delivery {
    while (!progress.cancelled()) QThread::msleep(1);
    return delivery;
  };
}

TEST(JobManager, WorksOnAnotherThreadAndDeliversOnThisOne) {
  JobManager jobs;
  const QThread* here = QThread::currentThread();
  const QThread* worked = here;
  const QThread* delivered = nullptr;
  jobs.start("a", "work", [&](Progress&) -> JobManager::Delivery {
    worked = QThread::currentThread();
    return [&] { delivered = QThread::currentThread(); };
  });
  EXPECT_TRUE(jobs.running("a"));
  ASSERT_TRUE(waitFor([&] { return delivered != nullptr; }));
  EXPECT_NE(worked, here);
  EXPECT_EQ(delivered, here);
  EXPECT_FALSE(jobs.running("a"));
}

TEST(JobManager, StopsAJobAndStillDeliversWhatItHas) {
  JobManager jobs;
  bool delivered = false;
  jobs.start("a", "long work", untilCancelled([&] { delivered = true; }));
  EXPECT_FALSE(jobs.states().front().cancelling);
  jobs.cancel("a");
  EXPECT_TRUE(jobs.states().front().cancelling);
  ASSERT_TRUE(waitFor([&] { return delivered; }));
  EXPECT_TRUE(jobs.states().empty());
}

TEST(JobManager, DropsWhatASupersededJobDelivers) {
  JobManager jobs;
  int first = 0;
  int second = 0;
  jobs.start("a", "first", untilCancelled([&] { ++first; }));
  jobs.start("a", "second", [&](Progress&) -> JobManager::Delivery { return [&] { ++second; }; });
  ASSERT_TRUE(waitFor([&] { return second == 1 && jobs.states().empty(); }));
  QTimer idle;
  bool later = false;
  QTimer::singleShot(50, [&] { later = true; });
  ASSERT_TRUE(waitFor([&] { return later; }));
  EXPECT_EQ(first, 0);
}

TEST(JobManager, KeepsChannelsApart) {
  JobManager jobs;
  bool a = false;
  bool b = false;
  jobs.start("a", "a", untilCancelled([&] { a = true; }));
  jobs.start("b", "b", untilCancelled([&] { b = true; }));
  EXPECT_EQ(jobs.states().size(), 2U);
  jobs.cancel("b");
  ASSERT_TRUE(waitFor([&] { return b; }));
  EXPECT_FALSE(a);
  EXPECT_TRUE(jobs.running("a"));
}

TEST(JobManager, ReportsProgressByPolling) {
  JobManager jobs;
  jobs.start("a", "half", [](Progress& progress) -> JobManager::Delivery {
    progress.total = 200;
    progress.done = 100;
    while (!progress.cancelled()) QThread::msleep(1);
    return {};
  });
  double fraction = -1;
  QObject context;
  QObject::connect(&jobs, &JobManager::progressed, &context,
                   [&] { fraction = jobs.states().empty() ? -1 : jobs.states().front().fraction; });
  EXPECT_TRUE(waitFor([&] { return fraction == 0.5; }));
}

TEST(JobManager, TurnsAnExceptionIntoAMessage) {
  JobManager jobs;
  QString message;
  bool delivered = false;
  QObject context;
  QObject::connect(&jobs, &JobManager::failed, &context, [&](const QString& text) { message = text; });
  jobs.start("a", "throws", [&](Progress& progress) -> JobManager::Delivery {
    if (!progress.cancelled()) throw std::runtime_error("out of paper");
    return [&] { delivered = true; };
  });
  ASSERT_TRUE(waitFor([&] { return !message.isEmpty(); }));
  EXPECT_EQ(message, "out of paper");
  EXPECT_FALSE(delivered);
  EXPECT_FALSE(jobs.running("a"));
}

TEST(JobManager, CancelsAndJoinsEverythingWhenItGoes) {
  std::atomic<int> ended{0};
  bool delivered = false;
  {
    JobManager jobs;
    for (const char* channel : {"a", "b", "a"}) {
      jobs.start(channel, "work", [&](Progress& progress) -> JobManager::Delivery {
        while (!progress.cancelled()) QThread::msleep(1);
        ++ended;
        return [&] { delivered = true; };
      });
    }
  }
  EXPECT_EQ(ended, 3);
  EXPECT_FALSE(delivered);
}

}  // namespace
}  // namespace taktwerk::test
