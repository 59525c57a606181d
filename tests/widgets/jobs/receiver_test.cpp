// SPDX-License-Identifier: GPL-3.0-or-later
// Receivers that go away while something is done for them.
#include <QCoreApplication>
#include <QPointer>
#include <QStringList>
#include <atomic>
#include <functional>
#include <memory>
#include <stdexcept>

#include <gtest/gtest.h>

#include "tests/widgets/jobs/until_cancelled.h"
#include "tests/widgets/wait.h"
#include "widgets/jobs/job_manager.h"

namespace taktwerk::test {
namespace {

constexpr JobChannel<int> a{"a"}, b{"b"};

struct Counts {
  std::atomic<int> made{0}, alive{0};
  [[nodiscard]] bool allGone(int of) const { return made == of && alive == 0; }
};

/// What a job gives, counted as long as it is there.
class Counted {
 public:
  explicit Counted(Counts& counts) : counts_(&counts) {
    ++counts_->alive;
    ++counts_->made;
  }
  Counted(const Counted& other) : counts_(other.counts_) { ++counts_->alive; }
  Counted& operator=(const Counted&) = delete;
  ~Counted() { --counts_->alive; }

 private:
  Counts* counts_;
};
constexpr JobChannel<Counted> counted{"counted"};

/// A view as small as can be: what is delivered to it changes it.
class View : public QObject {
 public:
  void take(int value) { taken += value; }
  int taken = 0;
};

struct Receivers : ::testing::Test {
  /// What was posted has arrived, and nobody waits for a job.
  [[nodiscard]] bool settled() const {
    bool later = false;
    QTimer::singleShot(50, [&] { later = true; });
    return waitFor([&] { return later && jobs.states().empty(); });
  }
  void startEndless(View* view, const JobChannel<int>& channel = a) {
    jobs.start(channel, "work", view, untilCancelled(1), [view](int value) { view->take(value); });
  }
  /// Returns, without any event in between, when the job is done and its delivery on its way.
  void startAndQueue(View* view, const std::function<void()>& deliver = {}) {
    std::atomic<bool> done = false;
    jobs.start(
        a, "work", view,
        [&done](Progress&) {
          done = true;
          return 1;
        },
        [this, view, deliver](int value) {
          if (deliver) return deliver();
          ++deliveries;
          view->take(value);
        });
    while (!done) QThread::msleep(1);
    QThread::msleep(5);
  }

  int deliveries = 0;
  JobManager jobs;
};

TEST_F(Receivers, JobsAreCancelledAtOnceWhenTheirReceiverGoes) {
  auto view = std::make_unique<View>();
  startEndless(view.get());
  startEndless(view.get(), b);
  View other;
  startEndless(&other);
  EXPECT_EQ(jobs.states().size(), 3U);
  view.reset();
  EXPECT_EQ(jobs.states().size(), 1U);
  EXPECT_TRUE(jobs.running(a, &other));
  EXPECT_FALSE(jobs.state(a, &other)->cancelling);
  // The work of the first two ends by being cancelled, and by nothing else.
  int finished = 0;
  QObject context;
  QObject::connect(&jobs, &JobManager::finished, &context, [&] { ++finished; });
  EXPECT_TRUE(waitFor([&] { return finished == 2; }));
  EXPECT_EQ(other.taken, 0);
}

TEST_F(Receivers, NoEventIsNeededToCancelTheJobsOfAReceiverThatGoes) {
  auto view = std::make_unique<View>();
  std::atomic<bool> noticed = false;
  jobs.start(
      a, "work", view.get(),
      [&noticed](Progress& progress) {
        for (int tries = 0; tries < 10'000 && !progress.cancelled(); ++tries) QThread::msleep(1);
        noticed = progress.cancelled();
        return 1;
      },
      [](int) {});
  view.reset();
  // The manager's clock does not run meanwhile.
  for (int tries = 0; tries < 10'000 && !noticed; ++tries) QThread::msleep(1);
  EXPECT_TRUE(noticed);
  EXPECT_TRUE(settled());
}

TEST_F(Receivers, NothingArrivesThatWasQueuedWhenTheReceiverWent) {
  auto view = std::make_unique<View>();
  startAndQueue(view.get());
  view.reset();
  EXPECT_TRUE(jobs.states().empty());
  ASSERT_TRUE(settled());
  EXPECT_EQ(deliveries, 0);
}

TEST_F(Receivers, AReceiverThatCutItsConnectionsGetsNothingEither) {
  auto view = std::make_unique<View>();
  startAndQueue(view.get());
  startEndless(view.get(), b);
  view->disconnect();
  view.reset();
  EXPECT_TRUE(jobs.states().empty());
  int finished = 0;
  QObject context;
  QObject::connect(&jobs, &JobManager::finished, &context, [&] { ++finished; });
  EXPECT_TRUE(waitFor([&] { return finished == 2; }));
  EXPECT_EQ(deliveries, 0);
}

TEST_F(Receivers, AReceiverMayGoInsideItsOwnDelivery) {
  QPointer<View> view = new View;
  QStringList finished;
  QObject context;
  QObject::connect(&jobs, &JobManager::finished, &context,
                   [&](const QString& channel) { finished << channel; });
  startEndless(view, b);
  jobs.start(
      a, "last", view, [](Progress&) { return 1; }, [view](int) { delete view; });
  ASSERT_TRUE(waitFor([&] { return finished.size() == 2; }));
  EXPECT_EQ(finished, (QStringList{"a", "b"}));
  EXPECT_FALSE(view);
}

TEST_F(Receivers, OneMayGoInsideTheDeliveryOfAnother) {
  auto first = std::make_unique<View>();
  View second;
  startAndQueue(&second, [&] { first.reset(); });
  startAndQueue(first.get());
  ASSERT_TRUE(settled());
  EXPECT_FALSE(first);
  EXPECT_EQ(deliveries, 0);
}

TEST_F(Receivers, AReceiverMayGoInsideEverySignalOfTheManager) {
  for (const char* signal : {"started", "progressed", "finished", "failed", "cancelled"}) {
    SCOPED_TRACE(signal);
    QPointer<View> view = new View;
    QObject context;
    const QString name = signal;
    const auto go = [view] { delete view; };
    if (name == "started") QObject::connect(&jobs, &JobManager::started, &context, go);
    if (name == "progressed" || name == "cancelled")
      QObject::connect(&jobs, &JobManager::progressed, &context, go);
    if (name == "finished") QObject::connect(&jobs, &JobManager::finished, &context, go);
    if (name == "failed") QObject::connect(&jobs, &JobManager::failed, &context, go);
    startEndless(view, b);
    if (view) {
      jobs.start(
          a, "work", view,
          [throws = name == "failed"](Progress&) {
            if (throws) throw std::runtime_error("out of paper");
            return 1;
          },
          [](int) {});
    }
    if (name == "cancelled") jobs.cancel(b, view);
    EXPECT_TRUE(waitFor([&] { return !view && jobs.states().empty(); }));
    EXPECT_TRUE(settled());
  }
}

TEST_F(Receivers, AnExceptionForOneThatIsGoneIsNotTold) {
  bool told = false;
  QObject context;
  QObject::connect(&jobs, &JobManager::failed, &context, [&] { told = true; });
  auto view = std::make_unique<View>();
  jobs.start(
      a, "throws", view.get(),
      [](Progress& progress) -> int {
        untilCancelled(1)(progress);
        throw std::runtime_error("out of paper");
      },
      [](int) {});
  view.reset();
  ASSERT_TRUE(settled());
  EXPECT_FALSE(told);
}

TEST_F(Receivers, WhatIsDroppedIsDestroyed) {
  Counts counts;
  auto view = std::make_unique<View>();
  for (const char* title : {"superseded", "abandoned"}) {
    jobs.start(
        counted, title, view.get(),
        [&counts](Progress& progress) {
          untilCancelled(1)(progress);
          return Counted(counts);
        },
        [](const Counted&) { ADD_FAILURE(); });
  }
  view.reset();
  EXPECT_TRUE(waitFor([&] { return counts.allGone(2); }));
}

TEST_F(Receivers, WhatNobodyTookGoesWithTheManagerAlsoAfterItsReceiver) {
  Counts counts;
  {
    JobManager going;
    auto view = std::make_unique<View>();
    for (int i = 0; i < 3; ++i) {
      going.start(
          counted, "work", view.get(),
          [&counts](Progress& progress) {
            untilCancelled(1)(progress);
            return Counted(counts);
          },
          [](const Counted&) { ADD_FAILURE(); });
    }
    view.reset();
  }
  EXPECT_TRUE(counts.allGone(3));
}

/// At the beginning of the job, in its midst, and when what it gives is on its way.
TEST_F(Receivers, AThousandViewsAreClosedWhileTheirJobsRun) {
  Counts counts;
  for (int i = 0; i < 1000; ++i) {
    auto view = std::make_unique<View>();
    View* raw = view.get();
    jobs.start(
        counted, "work", raw,
        [&counts, turns = i % 7](Progress& progress) {
          for (int turn = 0; turn < turns && !progress.cancelled(); ++turn) QThread::usleep(100);
          return Counted(counts);
        },
        [raw](const Counted&) { raw->take(1); });
    if (i % 3 == 1) QCoreApplication::processEvents();
    if (i % 3 == 2) QThread::usleep(200);
    view.reset();
    EXPECT_TRUE(jobs.states().empty());
  }
  EXPECT_TRUE(waitFor([&] { return counts.allGone(1000); }));
}

}  // namespace
}  // namespace taktwerk::test
