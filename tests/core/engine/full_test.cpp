// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "tests/core/engine/explained.h"
#include "tests/support/random_property.h"

namespace taktwerk::test {
namespace {

// Every class of object, caches and DRAM too, against the reference simulation, to the cycle. A failure
// prints its seed and the smallest case found.
TEST(FullEngine, AgreesWithTheReferenceOnRandomMachinesAndTraces) {
  checkAgainstReference(1, 3000, timeAndCheckBreakdown);
}

TEST(FullEngine, AgreesWithTheReferenceOnRandomLoopPrograms) {
  RandomOptions options;
  options.program.loops = true;
  checkAgainstReference(1'000'000, 1000, timeAndCheckBreakdown, options);
}

}  // namespace
}  // namespace taktwerk::test
