// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>

#include "tests/widgets/fixtures.h"
#include "tests/widgets/wait.h"
#include "widgets/theme/theme.h"
#include "widgets/view/models.h"

namespace taktwerk::test {

/// The models of a window in which one-mac was estimated with TC-ResNet8.
class Estimated : public ::testing::Test {
 protected:
  bool settle() {
    return waitFor([this] { return models.jobs.states().empty() && !models.estimates.isWaiting(); }, 110000);
  }
  void openOnly() {
    models.documents.open(oneMac());
    ASSERT_TRUE(waitFor([this] { return models.document() && models.jobs.states().empty(); }));
    models.estimates.setNetwork(tcResNet8());
    ASSERT_TRUE(settle());
  }
  void estimate() {
    openOnly();
    models.estimates.run();
    ASSERT_TRUE(settle());
    ASSERT_TRUE(result());
  }
  [[nodiscard]] const std::shared_ptr<const NetworkEstimate>& result() const {
    return models.estimates.outcome().estimate;
  }

  Theme theme{false};
  Folder folder;
  Models models{theme, {{}, {}, {}, folder.path("autosave")}};
};

}  // namespace taktwerk::test
