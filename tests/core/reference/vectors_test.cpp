// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "core/reference/simulation.h"
#include "tests/support/vector_case.h"

namespace taktwerk::test {
namespace {

class ReferenceVectors : public testing::TestWithParam<VectorCase> {};

TEST_P(ReferenceVectors, HaveTheirTimes) {
  EXPECT_EQ(checkVectorCase(GetParam(), simulate), "");
}

INSTANTIATE_TEST_SUITE_P(All, ReferenceVectors, testing::ValuesIn(loadVectorCases()),
                         [](const auto& parameter) { return parameter.param.testName(); });

}  // namespace
}  // namespace taktwerk::test
