// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "tests/core/engine/explained.h"
#include "tests/support/vector_case.h"

namespace taktwerk::test {
namespace {

class EngineVectors : public testing::TestWithParam<VectorCase> {};

TEST_P(EngineVectors, HaveTheirTimes) {
  EXPECT_EQ(checkVectorCase(GetParam(), timeAndCheckBreakdown), "");
}

INSTANTIATE_TEST_SUITE_P(All, EngineVectors, testing::ValuesIn(loadVectorCases()),
                         [](const auto& parameter) { return parameter.param.testName(); });

}  // namespace
}  // namespace taktwerk::test
