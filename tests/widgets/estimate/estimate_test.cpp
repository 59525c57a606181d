// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/actions/command_table.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/estimate/run_bar.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/mapping/layer_model.h"
#include "widgets/session/session.h"
#include "widgets/theme/theme.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;

class EstimateTest : public ::testing::Test {
 protected:
  bool settle() {
    return waitFor([this] { return jobs.states().empty(); }, 110000);
  }

  Theme theme{false};
  JobManager jobs;
  CommandTable commands{theme};
  EstimateController estimates{jobs};
  Session session;
  RunBar bar{theme, session, estimates, jobs, commands};
  std::shared_ptr<const Document> document = oneMacDocument();
  Folder folder;
};

TEST_F(EstimateTest, SaysWhyItCannotRun) {
  EXPECT_THAT(estimates.whyNotRunnable().toStdString(), HasSubstr("Open an architecture"));
  EXPECT_FALSE(commands.action("analyse.run")->isEnabled());
  EXPECT_THAT(commands.action("analyse.run")->toolTip().toStdString(), HasSubstr("Open an architecture"));
  estimates.setDocument(document);
  EXPECT_THAT(estimates.whyNotRunnable().toStdString(), HasSubstr("Choose a network"));
  estimates.setNetwork(folder.write("bad.network.yaml", "format: taktwerk-network/1\nname: 3\n"));
  ASSERT_TRUE(settle());
  EXPECT_THAT(estimates.whyNotRunnable().toStdString(), HasSubstr("network has errors"));
  EXPECT_TRUE(hasErrors(estimates.problems()));
  estimates.run();
  EXPECT_FALSE(estimates.running());
}

TEST_F(EstimateTest, RunsTcResNet8AndShowsTheTotalTheEngineGives) {
  estimates.setDocument(document);
  estimates.setNetwork(tcResNet8());
  ASSERT_TRUE(settle());
  EXPECT_TRUE(commands.action("analyse.run")->isEnabled());
  commands.action("analyse.run")->trigger();
  EXPECT_TRUE(estimates.running());
  EXPECT_TRUE(commands.action("analyse.stop")->isEnabled());
  ASSERT_TRUE(settle());
  const auto& estimate = estimates.outcome().estimate;
  ASSERT_TRUE(estimate) << (estimates.problems().empty() ? "" : toString(estimates.problems().front()));
  EXPECT_GT(estimate->cycles, 0);
  EXPECT_FALSE(estimates.outOfDate());

  Progress progress;
  const EstimateOutcome again = runEstimate(estimates.input(), progress);
  ASSERT_TRUE(again.estimate);
  EXPECT_EQ(again.estimate->cycles, estimate->cycles);
  EXPECT_EQ(bar.totalText(), QStringLiteral("%1 cycles").arg(grouped(estimate->cycles)));
  EXPECT_EQ(bar.standingText(), standingText(*estimate));
}

TEST_F(EstimateTest, SaysThatAResultIsOutOfDate) {
  estimates.setDocument(document);
  estimates.setNetwork(tcResNet8());
  ASSERT_TRUE(settle());
  estimates.run();
  ASSERT_TRUE(settle());
  ASSERT_TRUE(estimates.outcome().estimate);
  estimates.setParameters({{"arch.mac_latency", 5}});
  EXPECT_TRUE(estimates.outOfDate());
  EXPECT_EQ(bar.standingText(), "out of date");
  ASSERT_TRUE(settle());
  const Cycles before = estimates.outcome().estimate->cycles;
  estimates.run();
  ASSERT_TRUE(settle());
  EXPECT_FALSE(estimates.outOfDate());
  EXPECT_GE(estimates.outcome().estimate->cycles, before);
  EXPECT_EQ(estimates.outcome().estimate->parameters.at("arch.mac_latency"), 5);
}

TEST_F(EstimateTest, UsesTheMappingChosenForALayer) {
  estimates.setDocument(document);
  estimates.setNetwork(tcResNet8());
  ASSERT_TRUE(settle());
  ASSERT_TRUE(estimates.network());
  const std::string first = estimates.network()->layers.front().name;
  estimates.setChoices({{first, {"no such mapping", {}}}});
  estimates.run();
  ASSERT_TRUE(settle());
  ASSERT_TRUE(estimates.outcome().estimate);
  ASSERT_EQ(estimates.outcome().estimate->unmapped.size(), 1U);
  EXPECT_EQ(estimates.outcome().estimate->unmapped.front().name, first);
  EXPECT_THAT(estimates.outcome().estimate->unmapped.front().reason, HasSubstr("no such mapping"));
  EXPECT_TRUE(bar.standingText().startsWith("at least "));
}

TEST_F(EstimateTest, StopsWhenAskedAndIsReadyAgain) {
  estimates.setDocument(document);
  estimates.setNetwork(QString(tcResNet8()).replace("tc-resnet8", "alexnet"));
  ASSERT_TRUE(settle());
  ASSERT_TRUE(estimates.whyNotRunnable().isEmpty()) << estimates.whyNotRunnable().toStdString();
  // The run may be over before it is stopped; then it was another try.
  for (int tries = 0; tries < 1000 && !estimates.outcome().cancelled; ++tries) {
    estimates.run();
    commands.action("analyse.stop")->trigger();
    ASSERT_TRUE(settle());
    EXPECT_FALSE(estimates.running());
  }
  EXPECT_TRUE(estimates.outcome().cancelled);
  EXPECT_FALSE(estimates.outcome().estimate);
  EXPECT_EQ(bar.standingText(), "cancelled");
  EXPECT_TRUE(commands.action("analyse.run")->isEnabled());
}

TEST_F(EstimateTest, ReportsBrokenMappingsAsProblems) {
  estimates.setDocument(document);
  estimates.setNetwork(tcResNet8());
  estimates.setMappings({folder.write("bad.mapping.yaml", "format: taktwerk-mapping/1\nnonsense: 1\n")});
  ASSERT_TRUE(settle());
  estimates.run();
  ASSERT_TRUE(settle());
  EXPECT_FALSE(estimates.outcome().estimate);
  EXPECT_THAT(bar.standingText().toStdString(), HasSubstr("see Problems"));
  ASSERT_TRUE(hasErrors(estimates.problems()));
  EXPECT_THAT(estimates.problems().front().file, HasSubstr("bad.mapping.yaml"));
}

TEST(Standing, IsSaidInWords) {
  NetworkEstimate estimate;
  estimate.cycles = 1234567;
  EXPECT_EQ(standingText(estimate), "no result");
  estimate.layers.resize(1);
  estimate.layers[0].method = "full";
  EXPECT_EQ(standingText(estimate), "exact");
  estimate.layers[0].method = "steady state";
  EXPECT_EQ(standingText(estimate), "proven to repeat");
  estimate.exact = estimate.layers[0].exact = false;
  EXPECT_EQ(standingText(estimate), "estimated");
  estimate.complete = false;
  estimate.unmapped.resize(3);
  EXPECT_EQ(standingText(estimate),
            QStringLiteral("at least %1 cycles, 3 layers missing").arg(grouped(1234567)));
  estimate.unmapped.resize(1);
  EXPECT_TRUE(standingText(estimate).endsWith("1 layer missing"));
  estimate.layers.resize(2);
  estimate.layers[1].guessed = true;
  EXPECT_TRUE(standingText(estimate).endsWith("1 layer missing, 1 layer of guessed size"));
  estimate.unmapped.clear();
  EXPECT_TRUE(standingText(estimate).endsWith("cycles, 1 layer of guessed size"));
  EXPECT_EQ(grouped(1234567).remove(QChar(0x202F)), "1234567");
  EXPECT_EQ(grouped(-1234).size(), 6);
  EXPECT_EQ(grouped(999), "999");
}

}  // namespace
}  // namespace taktwerk::test
