// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/report/cause_text.h"

#include <gtest/gtest.h>

#include "tests/core/report/sample_estimate.h"

namespace taktwerk {
namespace {

TEST(CauseText, NamesKindAndObject) {
  const Machine machine = sampleMachine();
  EXPECT_EQ(causeKey({WaitCause::Busy, {0}}, machine), "busy:alu");
  EXPECT_EQ(causeKey({WaitCause::Data, {0}}, machine), "wait:data:alu");
  EXPECT_EQ(causeKey({WaitCause::Structural, {1}}, machine), "wait:structural:dmem");
  EXPECT_EQ(causeKey({WaitCause::Fetch, {}}, machine), "wait:fetch");
  EXPECT_EQ(causeInWords({WaitCause::Busy, {0}}, machine), "alu busy");
  EXPECT_EQ(causeInWords({WaitCause::Data, {0}}, machine), "waiting for data (alu)");
  EXPECT_EQ(causeInWords({WaitCause::Structural, {1}}, machine), "waiting for dmem to be free");
  EXPECT_EQ(causeInWords({WaitCause::Fetch, {}}, machine), "waiting for instructions");
}

}  // namespace
}  // namespace taktwerk
