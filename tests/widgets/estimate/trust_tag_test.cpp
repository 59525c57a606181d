// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/estimate/trust_tag.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/report/trust_text.h"
#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/actions/command_table.h"
#include "widgets/estimate/estimate_controller.h"
#include "widgets/estimate/run_bar.h"
#include "widgets/jobs/job_manager.h"
#include "widgets/mapping/layer_model.h"
#include "widgets/mapping/layers_panel.h"
#include "widgets/session/session.h"
#include "widgets/theme/theme.h"

namespace taktwerk::test {
namespace {

using ::testing::HasSubstr;

TrustPopup* openPopup() {
  return qobject_cast<TrustPopup*>(QApplication::activePopupWidget());
}

bool closesWith(int key) {
  TrustPopup* popup = openPopup();
  if (popup == nullptr) return false;
  QTest::keyClick(popup, static_cast<Qt::Key>(key));
  QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  return QApplication::activePopupWidget() == nullptr;
}

TEST(TrustTag, OpensItsReasonsWithMouseAndKeysAndClosesThem) {
  const Theme theme(false);
  QWidget window;
  TrustTag tag(theme, &window);
  EXPECT_TRUE(tag.isHidden());
  tag.say("proven to repeat", &Palette::success, "Method: steady state.");
  EXPECT_FALSE(tag.isHidden());
  window.show();
  EXPECT_EQ(tag.text(), "proven to repeat");
  EXPECT_THAT(tag.accessibleDescription().toStdString(), HasSubstr("steady state"));
  EXPECT_NE(tag.focusPolicy() & Qt::TabFocus, 0);
  QTest::mouseClick(&tag, Qt::LeftButton);
  ASSERT_TRUE(openPopup());
  EXPECT_EQ(openPopup()->sentences(), "Method: steady state.");
  EXPECT_TRUE(closesWith(Qt::Key_Escape));
  for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Space}) {
    QTest::keyClick(&tag, key);
    ASSERT_TRUE(openPopup());
    EXPECT_TRUE(closesWith(key));
  }
  tag.say("", &Palette::success, "");
  EXPECT_TRUE(tag.isHidden());
  EXPECT_EQ(tag.open(), nullptr);
}

TEST(TrustTag, CutsLongWordsAndKeepsThemWhole) {
  const Theme theme(false);
  TrustTag tag(theme);
  const QString words = QString(200, QLatin1Char('w'));
  tag.say(words, &Palette::warning, {});
  EXPECT_LT(tag.text().size(), words.size());
  EXPECT_EQ(tag.words(), words);
  EXPECT_EQ(tag.toolTip(), words);
}

class Trusted : public ::testing::Test {
 protected:
  bool settle() {
    return waitFor([this] { return jobs.states().empty(); }, 110000);
  }
  void estimate() {
    estimates.setDocument(oneMacDocument());
    estimates.setNetwork(tcResNet8());
    ASSERT_TRUE(settle());
    estimates.run();
    ASSERT_TRUE(settle());
    ASSERT_TRUE(estimates.outcome().estimate);
  }
  Theme theme{false};
  JobManager jobs;
  CommandTable commands{theme};
  EstimateController estimates{jobs};
};

TEST_F(Trusted, TheTotalHasItsReasonsAndTheValidation) {
  Session session;
  RunBar bar(theme, session, estimates, jobs, commands);
  estimate();
  auto* tag = bar.findChild<TrustTag*>();
  ASSERT_TRUE(tag);
  const Trust trust = trustIn(*estimates.outcome().estimate);
  EXPECT_EQ(tag->words().toStdString(), trust.label);
  EXPECT_EQ(tag->explanation().toStdString(), trust.explanation);
  EXPECT_THAT(tag->explanation().toStdString(), HasSubstr("No validation is declared"));
  estimates.setParameters({{"arch.mac_latency", 5}});
  EXPECT_EQ(tag->words(), "out of date");
  EXPECT_THAT(tag->explanation().toStdString(), HasSubstr("Something has changed"));
}

TEST_F(Trusted, ALayerTellsItsReasonsWhereItsStandingIsClicked) {
  Session session;
  LayersPanel panel(theme, session, estimates);
  panel.resize(1200, 400);
  panel.show();
  estimate();
  auto* table = panel.findChild<QTableView*>();
  ASSERT_TRUE(table);
  EXPECT_FALSE(table->isColumnHidden(LayerModel::Standing));
  const auto click = [&](int column) {
    const QModelIndex index = table->model()->index(0, column);
    table->scrollTo(index);
    EXPECT_TRUE(waitFor([&] { return table->indexAt(table->visualRect(index).center()) == index; }));
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(index).center());
  };
  click(LayerModel::CycleCount);
  EXPECT_FALSE(openPopup());
  click(LayerModel::Standing);
  ASSERT_TRUE(openPopup());
  EXPECT_EQ(openPopup()->sentences().toStdString(),
            trustIn(estimates.outcome().estimate->layers.front()).explanation);
  EXPECT_TRUE(closesWith(Qt::Key_Escape));
  table->setCurrentIndex(table->model()->index(1, LayerModel::Standing));
  QTest::keyClick(table, Qt::Key_Return);
  EXPECT_TRUE(closesWith(Qt::Key_Escape));
}

}  // namespace
}  // namespace taktwerk::test
