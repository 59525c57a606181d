// SPDX-License-Identifier: GPL-3.0-or-later
// Every view of the registry by itself, without the window.
#include <QTest>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/desktop/view_registry.h"
#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/theme/theme.h"
#include "widgets/view/models.h"
#include "widgets/view/view_frame.h"
#include "widgets/view/view_host.h"

namespace taktwerk::test {
namespace {

TEST(ViewRegistry, DescribesEveryViewOnce) {
  std::set<QString> ids, keys;
  for (const CommandSpec& command : commandSpecs()) {
    for (const QString& key : command.keys.split(' ', Qt::SkipEmptyParts)) keys.insert(key);
  }
  for (const ViewSpec& spec : viewRegistry()) {
    SCOPED_TRACE(spec.id.toStdString());
    EXPECT_TRUE(ids.insert(spec.id).second);
    EXPECT_FALSE(spec.title.isEmpty());
    EXPECT_EQ(spec.help.isEmpty(), spec.place == ViewPlace::Start) << "its menu entry needs a sentence";
    if (!spec.keys.isEmpty()) {
      EXPECT_TRUE(keys.insert(spec.keys).second);
    }
    ASSERT_TRUE(spec.make);
  }
  for (const ViewSpec& spec : viewRegistry()) {
    for (const QString& page : spec.beside) EXPECT_TRUE(ids.contains(page)) << page.toStdString();
    if (!spec.tabWith.isEmpty()) {
      EXPECT_TRUE(ids.contains(spec.tabWith));
    }
  }
}

class ViewAlone : public testing::TestWithParam<std::string> {
 protected:
  static ViewSpec spec() {
    for (ViewSpec& each : viewRegistry()) {
      if (each.id.toStdString() == GetParam()) return each;
    }
    return {};
  }
  bool settle() {
    return waitFor([this] { return models.jobs.states().empty() && !models.estimates.isWaiting(); }, 110000);
  }

  Theme theme{false};
  Folder folder;
  Models models{theme,
                {{}, {}, {}, folder.path("kept")},
                viewCommands(viewRegistry(), false),
                viewCommands(viewRegistry(), true)};
};

TEST_P(ViewAlone, ShowsADesignItsEstimateAndNothingAgain) {
  const ViewSpec described = spec();
  std::unique_ptr<View> view = described.make(models);
  ViewFrame frame(described, *view, models);
  frame.resize(700, 400);
  frame.show();
  const std::set<std::string> empty{"network",  "layers", "analysis",  "roofline", "kernels", "graph",
                                    "timeline", "change", "breakdown", "problems", "sweep",   "calibrate"};
  EXPECT_EQ(frame.emptyText().isEmpty(), !empty.contains(GetParam())) << frame.emptyText().toStdString();
  models.documents.open(oneMac());
  models.estimates.setNetwork(tcResNet8());
  ASSERT_TRUE(settle());
  models.estimates.setDocument(models.document());
  models.estimates.run();
  ASSERT_TRUE(settle());
  ASSERT_TRUE(models.estimates.outcome().estimate);
  models.session.setLayer("conv0");
  models.session.selection().select(SelectionModel::Names{"alu"});
  ASSERT_TRUE(waitFor([&] { return !view->isWaiting() && models.jobs.states().empty(); }));
  EXPECT_EQ(frame.emptyText().isEmpty(), GetParam() != "problems") << "nothing is wrong with this design";
  EXPECT_FALSE(frame.grab().isNull());
  models.documents.close();
  ASSERT_TRUE(settle());
  EXPECT_FALSE(frame.grab().isNull());
}

TEST_P(ViewAlone, MayGoWhileItsJobsRun) {
  models.documents.open(oneMac());
  models.estimates.setNetwork(tcResNet8());
  ASSERT_TRUE(settle());
  const ViewSpec described = spec();
  for (int i = 0; i < 5; ++i) {
    std::unique_ptr<View> view = described.make(models);
    view->widget()->show();
    models.estimates.run();
    models.session.setLayer(i % 2 == 0 ? "conv0" : "b1.conv1");
    QTest::qWait(2 * i);
    view.reset();
  }
  EXPECT_TRUE(settle());
}

std::vector<std::string> allIds() {
  std::vector<std::string> ids;
  for (const ViewSpec& spec : viewRegistry()) ids.push_back(spec.id.toStdString());
  return ids;
}

INSTANTIATE_TEST_SUITE_P(OfTheRegistry, ViewAlone, testing::ValuesIn(allIds()),
                         [](const auto& view) { return view.param; });

}  // namespace
}  // namespace taktwerk::test
