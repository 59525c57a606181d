// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>
#include <QTableView>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/sweep/result_panel.h"
#include "widgets/sweep/results/sweep_results.h"
#include "widgets/sweep/space_panel.h"
#include "widgets/sweep/space_setup.h"
#include "widgets/sweep/space_tree.h"
#include "widgets/sweep/sweep_page.h"
#include "widgets/sweep/sweep_run.h"
#include "widgets/theme/theme.h"
#include "widgets/view/models.h"

namespace taktwerk::test {

/// The page by itself, driven by its parts.
class SweepPageTest : public ::testing::Test {
 protected:
  SweepPageTest() {
    page.resize(1200, 700);
    page.show();
  }
  bool settle() {
    return waitFor(
        [this] {
          return models.jobs.states().empty() && !models.estimates.isWaiting() && !page.setup().isLooking() &&
                 !page.run().isRunning();
        },
        110000);
  }
  void open(const QString& architecture = oneMac(), const QString& network = tcResNet8()) {
    models.documents.open(architecture);
    ASSERT_TRUE(waitFor([this] { return models.document() && models.jobs.states().empty(); }));
    models.estimates.setNetwork(network);
    ASSERT_TRUE(settle());
  }
  void add(const char* line) {
    auto* field = page.spacePanel().findChild<QLineEdit*>();
    field->setText(QLatin1String(line));
    page.spacePanel().addLine();
    EXPECT_EQ(field->text(), QString()) << page.spacePanel().messageText().toStdString();
  }
  void run() {
    ASSERT_EQ(page.setup().whyNotRunnable(), QString());
    page.start();
    ASSERT_TRUE(settle());
  }
  /// Why F6 does nothing; nothing when it would.
  [[nodiscard]] std::string whyNoRun() const {
    return models.commands.command("sweep.run").whyNot().toStdString();
  }
  const RowTable& table() { return page.results().table(); }
  std::string cell(std::size_t row, const char* column) { return table().text(*table().find(column), row); }
  /// The place of the row of a point.
  std::size_t rowOf(const std::string& point) {
    for (std::size_t row = 0; row < table().rows(); ++row) {
      if (table().text(0, row) == point) return row;
    }
    ADD_FAILURE() << "no point " << point;
    return 0;
  }
  void choosePoint(const std::string& point) {
    const auto& shown = page.results().shown();
    const auto row = static_cast<std::uint32_t>(rowOf(point));
    const auto place = std::find(shown.begin(), shown.end(), row) - shown.begin();
    page.resultPanel().table().selectRow(static_cast<int>(place));
  }

  Theme theme{false};
  Folder folder;
  Models models{theme, {{}, {}, {}, folder.path("autosave")}};
  SweepPage page{models};
};

}  // namespace taktwerk::test
