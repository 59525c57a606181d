// SPDX-License-Identifier: GPL-3.0-or-later
// Pages that are closed while a job studies a layer for them: 50, or as many as TAKTWERK_CLOSINGS says.
#include <QTimer>
#include <cstdio>
#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/document/document_controller.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/mapping/mapping_page.h"
#include "widgets/theme/theme.h"
#include "widgets/workspace/workspace_document.h"

namespace taktwerk::test {
namespace {

/// What pages look at. A new one has studied nothing yet, so that its studies take their time.
struct Desk {
  explicit Desk(JobManager& jobs)
      : documents(jobs, history, {}), estimates(jobs), workspace(documents, estimates, history) {
    estimates.setDocument(oneMacDocument());
    estimates.setNetwork(tcResNet8());
  }
  History history;
  DocumentController documents;
  EstimateController estimates;
  WorkspaceDocument workspace;
};

struct Closing : ::testing::Test {
  void clear() {
    desk = std::make_unique<Desk>(jobs);
    ASSERT_TRUE(waitFor([this] { return jobs.states().empty(); }));
    ASSERT_TRUE(desk->estimates.network());
  }
  std::unique_ptr<MappingPage> open() {
    auto page = std::make_unique<MappingPage>(theme, desk->estimates, desk->workspace, jobs, desk->history);
    page->resize(900, 600);
    page->show();
    return page;
  }
  /// Closes the page; whether a job of its own ran until then and does no more.
  [[nodiscard]] bool closeWhileItStudies(std::unique_ptr<MappingPage> page) const {
    const std::size_t before = jobs.states().size();
    page.reset();
    return jobs.states().size() + 1 == before;
  }

  Theme theme{false};
  JobManager jobs;
  std::unique_ptr<Desk> desk;
};

TEST_F(Closing, PagesAreClosedWhileTheyStudyALayer) {
  const int closings =
      qEnvironmentVariableIsSet("TAKTWERK_CLOSINGS") ? qEnvironmentVariableIntValue("TAKTWERK_CLOSINGS") : 50;
  constexpr std::size_t atOnce = 10;
  int closed = 0;
  int late = 0;
  while (closed < closings) {
    clear();
    std::vector<std::unique_ptr<MappingPage>> pages;
    while (pages.size() < atOnce) pages.push_back(open());
    std::vector<bool> begun(atOnce);
    std::size_t gone = 0;
    QObject context;
    // Each at the first event after its job began or a little later, from the loop of events as users do it.
    QObject::connect(&jobs, &JobManager::started, &context, [&] {
      for (std::size_t i = 0; i < atOnce; ++i) {
        if (!pages[i] || begun[i] || pages[i]->isWaiting()) continue;
        begun[i] = true;
        QTimer::singleShot(static_cast<int>(i % 3), &context, [&, i] {
          ++(closeWhileItStudies(std::move(pages[i])) ? closed : late);
          ++gone;
        });
      }
    });
    ASSERT_TRUE(waitFor([&] { return gone == atOnce; }));
  }
  std::printf("%d pages were closed while they studied, %d just after\n", closed, late);
}

TEST_F(Closing, OneOfTwoPagesIsClosedAndTheOtherGetsItsLayer) {
  clear();
  auto first = open();
  auto second = open();
  ASSERT_TRUE(waitFor([&] { return jobs.states().size() == 2 || !second->study().layer.isEmpty(); }));
  first.reset();
  ASSERT_TRUE(waitFor([&] { return !second->study().layer.isEmpty(); }));
  EXPECT_FALSE(second->study().candidates.empty());
}

}  // namespace
}  // namespace taktwerk::test
