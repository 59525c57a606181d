// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bounds/approximation.h"

#include <cmath>
#include <iostream>

#include "tests/core/bounds/random_cases.h"

namespace taktwerk::test {
namespace {

TEST(Approximation, BoundsContainTheTruthWhateverTheBudget) {
  int cases = 0, exact = 0;
  double error = 0, width = 0;
  forRandomPrograms(8'000'000, 600, 400,
                    [&](const Machine& machine, const Program& program, Cycles reference) {
                      for (const std::int64_t budget : {0, 1, 10, 60, 250}) {
                        Progress progress;
                        const Approximation found = approximate(machine, program, budget, progress);
                        ASSERT_TRUE(found.timing.ok());
                        ASSERT_LE(found.lower, reference) << "budget " << budget;
                        ASSERT_GE(found.upper, reference) << "budget " << budget;
                        ASSERT_LE(found.lower, found.timing.cycles);
                        ASSERT_GE(found.upper, found.timing.cycles);
                        Cycles sum = 0;
                        for (const auto& [cause, cycles] : found.breakdown) sum += cycles;
                        ASSERT_EQ(sum, found.timing.cycles);
                        if (budget != 60 || reference == 0) continue;
                        ++cases;
                        if (found.exact) {
                          ++exact;
                          ASSERT_EQ(found.timing.cycles, reference);
                          continue;
                        }
                        const auto truth = static_cast<double>(reference);
                        error += std::abs(static_cast<double>(found.timing.cycles) - truth) / truth;
                        width += static_cast<double>(found.upper) / static_cast<double>(found.lower);
                      }
                    });
  ASSERT_GT(cases - exact, 0);
  std::cout << cases << " programs with 60 instructions evaluated: " << exact
            << " exact; of the others the mean error is " << 100 * error / (cases - exact)
            << " %, the bounds are a factor " << width / (cases - exact) << " apart\n";
}

TEST(Approximation, ABudgetAsLongAsTheProgramGivesItsCycles) {
  forRandomPrograms(8'100'000, 100, 200,
                    [&](const Machine& machine, const Program& program, Cycles reference) {
                      Progress progress;
                      const Approximation found = approximate(machine, program, 1'000'000, progress);
                      ASSERT_TRUE(found.exact);
                      ASSERT_EQ(found.timing.cycles, reference);
                      ASSERT_EQ(found.lower, reference);
                      ASSERT_EQ(found.upper, reference);
                      ASSERT_EQ(found.evaluatedInstructions, sizeOf(program).instructions);
                      ASSERT_EQ(found.evaluatedIterations, sizeOf(program).loopIterations);
                    });
}

}  // namespace
}  // namespace taktwerk::test
