// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/jobs/job_manager.h"

#include <QElapsedTimer>
#include <QStringList>
#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

#include <gtest/gtest.h>

#include "tests/widgets/jobs/until_cancelled.h"
#include "tests/widgets/wait.h"

namespace taktwerk::test {
namespace {

constexpr JobChannel<int> a{"a"}, b{"b"};

/// Whether a job on a channel of whole numbers may be made of these two.
template <class Work, class Deliver>
constexpr bool starts = requires(JobManager& jobs, Work work, Deliver deliver) {
  jobs.start(a, QString(), &jobs, work, deliver);
};
using GivesInt = int (*)(Progress&);
using TakesInt = void (*)(int);
static_assert(starts<GivesInt, TakesInt>);
static_assert(starts<GivesInt, void (*)(const int&)>);
static_assert(!starts<QString (*)(Progress&), TakesInt>, "another type");
static_assert(!starts<double (*)(Progress&), TakesInt>, "one that would become it");
static_assert(!starts<void (*)(Progress&), TakesInt>, "nothing");
static_assert(!starts<int (*)(), TakesInt>, "work that cannot be cancelled");
static_assert(!starts<GivesInt, void (*)(QString)>, "who takes something else");
static_assert(!starts<GivesInt, void (*)()>, "who takes nothing");

struct JobManagerTest : ::testing::Test {
  JobManagerTest() {
    QObject::connect(&jobs, &JobManager::started, &receiver,
                     [this](const QString& channel) { told << "started " + channel; });
    QObject::connect(&jobs, &JobManager::finished, &receiver,
                     [this](const QString& channel) { told << "finished " + channel; });
    QObject::connect(&jobs, &JobManager::failed, &receiver,
                     [this](const QString& message) { told << "failed " + message; });
  }
  bool idle() {
    return waitFor([this] { return jobs.states().empty(); });
  }
  /// What is posted by now has arrived.
  static bool settled() {
    bool later = false;
    QTimer::singleShot(50, [&] { later = true; });
    return waitFor([&] { return later; });
  }

  QStringList told;
  QObject receiver;
  JobManager jobs;
};

TEST_F(JobManagerTest, WorksOnAnotherThreadAndDeliversOnThisOne) {
  const QThread* here = QThread::currentThread();
  const QThread* delivered = nullptr;
  const QThread* worked = here;
  constexpr JobChannel<const QThread*> threads{"threads"};
  jobs.start(
      threads, "work", &receiver, [](Progress&) -> const QThread* { return QThread::currentThread(); },
      [&](const QThread* thread) {
        worked = thread;
        delivered = QThread::currentThread();
        told << "delivered";
      });
  EXPECT_TRUE(jobs.running(threads, &receiver));
  ASSERT_TRUE(waitFor([&] { return delivered != nullptr; }));
  EXPECT_NE(worked, here);
  EXPECT_EQ(delivered, here);
  EXPECT_FALSE(jobs.running(threads, &receiver));
  EXPECT_EQ(told, (QStringList{"started threads", "delivered", "finished threads"}));
}

TEST_F(JobManagerTest, GivesWhatCanOnlyBeMoved) {
  constexpr JobChannel<std::unique_ptr<int>> pointers{"pointers"};
  int taken = 0;
  jobs.start(
      pointers, "work", &receiver, [](Progress&) { return std::make_unique<int>(7); },
      [&](std::unique_ptr<int> number) { taken = *number; });
  ASSERT_TRUE(waitFor([&] { return taken == 7; }));
}

TEST_F(JobManagerTest, StopsAJobAndStillDeliversWhatItHas) {
  int delivered = 0;
  jobs.start(a, "long work", &receiver, untilCancelled(7), [&](int value) { delivered = value; });
  EXPECT_FALSE(jobs.states().front().cancelling);
  EXPECT_FALSE(jobs.state(a, &receiver)->cancelling);
  jobs.cancel(a, &receiver);
  EXPECT_TRUE(jobs.states().front().cancelling);
  EXPECT_TRUE(jobs.state(a, &receiver)->cancelling);
  ASSERT_TRUE(waitFor([&] { return delivered == 7; }));
  EXPECT_TRUE(jobs.states().empty());
  EXPECT_FALSE(jobs.state(a, &receiver));
}

TEST_F(JobManagerTest, DropsWhatASupersededJobDelivers) {
  std::vector<int> delivered;
  const auto take = [&](int value) { delivered.push_back(value); };
  jobs.start(a, "first", &receiver, untilCancelled(1), take);
  jobs.start(
      a, "second", &receiver, [](Progress&) { return 2; }, take);
  ASSERT_TRUE(waitFor([&] { return !delivered.empty(); }));
  ASSERT_TRUE(settled());
  EXPECT_EQ(delivered, std::vector<int>{2});
  EXPECT_EQ(told, (QStringList{"started a", "started a", "finished a"}));
}

TEST_F(JobManagerTest, KeepsChannelsApart) {
  int first = 0;
  int second = 0;
  jobs.start(a, "a", &receiver, untilCancelled(1), [&](int value) { first = value; });
  jobs.start(b, "b", &receiver, untilCancelled(2), [&](int value) { second = value; });
  EXPECT_EQ(jobs.states().size(), 2U);
  jobs.cancel(b, &receiver);
  ASSERT_TRUE(waitFor([&] { return second == 2; }));
  EXPECT_EQ(first, 0);
  EXPECT_TRUE(jobs.running(a, &receiver));
}

TEST_F(JobManagerTest, KeepsReceiversOfOneKindApart) {
  QObject other;
  int first = 0;
  int second = 0;
  jobs.start(a, "first", &receiver, untilCancelled(1), [&](int value) { first = value; });
  jobs.start(a, "second", &other, untilCancelled(2), [&](int value) { second = value; });
  EXPECT_TRUE(jobs.running(a, &receiver));
  EXPECT_EQ(jobs.state(a, &other)->title, "second");
  jobs.cancel(a, &other);
  ASSERT_TRUE(waitFor([&] { return second == 2; }));
  EXPECT_FALSE(jobs.state(a, &receiver)->cancelling);
  jobs.cancel(a, &receiver);
  ASSERT_TRUE(waitFor([&] { return first == 1; }));
}

TEST_F(JobManagerTest, ReportsProgressByPolling) {
  jobs.start(
      a, "half", &receiver,
      [](Progress& progress) {
        progress.total = 200;
        progress.done = 100;
        return untilCancelled(0)(progress);
      },
      [](int) {});
  double fraction = -1;
  QObject::connect(&jobs, &JobManager::progressed, &receiver,
                   [&] { fraction = jobs.state(a, &receiver) ? jobs.state(a, &receiver)->fraction : -1; });
  EXPECT_TRUE(waitFor([&] { return fraction == 0.5; }));
}

class JobManagerRates : public JobManagerTest {
 protected:
  JobManagerRates() {
    QObject::connect(&jobs, &JobManager::progressed, &receiver, [this] { ++looks; });
  }
  /// A job that has done as much as it is told.
  void begin() {
    jobs.start(
        a, "counts", &receiver,
        [this](Progress& progress) {
          progress.total = 1'000'000;
          while (!progress.cancelled()) {
            progress.done = done.load();
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
          }
          return 0;
        },
        [](int) {});
  }
  bool look(int times) {
    return waitFor([this, until = looks + times] { return looks >= until; });
  }
  double rate() { return jobs.state(a, &receiver)->rate; }

  std::atomic<std::int64_t> done{0};
  int looks = 0;
};

TEST_F(JobManagerRates, StayWhileAUnitOfWorkTakesLonger) {
  begin();
  EXPECT_EQ(rate(), 0);
  done = 1000;
  ASSERT_TRUE(waitFor([this] { return rate() > 0; }));
  const double before = rate();
  ASSERT_TRUE(look(10));
  EXPECT_EQ(rate(), before);
}

TEST_F(JobManagerRates, AreNotOfTheTimeOfARest) {
  begin();
  done = 1'000'000'000;
  ASSERT_TRUE(waitFor([this] { return rate() > 0; }));
  const double before = rate();
  jobs.setResting(a, &receiver, true);
  done += 1'000'000;  // what was under way
  ASSERT_TRUE(look(30));
  EXPECT_EQ(rate(), before);
  EXPECT_LT(jobs.state(a, &receiver)->secondsLeft, 0);
  QElapsedTimer sinceThen;
  sinceThen.start();
  jobs.setResting(a, &receiver, false);
  done += 1'000'000;
  ASSERT_TRUE(waitFor([&] { return rate() != before; }));
  const double least = 1e6 * 1000.0 / static_cast<double>(sinceThen.elapsed() + 1);
  EXPECT_GE(rate(), std::min(before, least));
}

TEST_F(JobManagerTest, TurnsAnExceptionIntoAMessage) {
  bool delivered = false;
  const auto take = [&](int) { delivered = true; };
  jobs.start(
      a, "throws", &receiver, [](Progress&) -> int { throw std::runtime_error("out of paper"); }, take);
  ASSERT_TRUE(idle());
  jobs.start(
      a, "throws", &receiver, [](Progress&) -> int { throw 1; }, take);
  ASSERT_TRUE(idle());
  EXPECT_EQ(told, (QStringList{"started a", "failed out of paper", "finished a", "started a",
                               "failed unknown exception", "finished a"}));
  EXPECT_FALSE(delivered);
}

TEST(JobManager, CancelsAndJoinsEverythingWhenItGoes) {
  std::atomic<int> ended{0};
  bool delivered = false;
  QObject receiver;
  {
    JobManager jobs;
    for (const auto& channel : {a, b, a}) {
      jobs.start(
          channel, "work", &receiver,
          [&](Progress& progress) {
            const int value = untilCancelled(1)(progress);
            ++ended;
            return value;
          },
          [&](int) { delivered = true; });
    }
  }
  EXPECT_EQ(ended, 3);
  EXPECT_FALSE(delivered);
}

TEST(JobManager, MayGoInsideADelivery) {
  QObject receiver;
  auto jobs = std::make_unique<JobManager>();
  std::atomic<bool> ended = false;
  jobs->start(
      b, "other", &receiver,
      [&](Progress& progress) {
        const int value = untilCancelled(1)(progress);
        ended = true;
        return value;
      },
      [](int) { ADD_FAILURE(); });
  jobs->start(
      a, "last", &receiver, [](Progress&) { return 1; }, [&](int) { jobs.reset(); });
  ASSERT_TRUE(waitFor([&] { return !jobs; }));
  EXPECT_TRUE(ended);
}

}  // namespace
}  // namespace taktwerk::test
