// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <sstream>

#include <gtest/gtest.h>

#include "core/reference/simulation.h"
#include "tests/support/random_property.h"

namespace taktwerk::test {

/// Calls `check` with random loop programs and the reference simulation's cycles of those that come to an
/// end. Stops at the first failure, which it describes.
inline void forRandomPrograms(
    std::uint64_t firstSeed, int count, std::int64_t instructions,
    const std::function<void(const Machine&, const Program&, Cycles reference)>& check) {
  RandomOptions options;
  options.program.loops = true;
  options.program.maximumInstructions = instructions;
  for (int i = 0; i < propertyCount(count); ++i) {
    const std::uint64_t seed = firstSeed + static_cast<std::uint64_t>(i);
    const RandomCase one = randomCase(seed, options);
    const auto machine = one.architecture.machine();
    const auto program = machine ? one.program.program(*machine) : std::nullopt;
    if (!program) continue;
    Progress progress;
    const Timing reference = simulate(*machine, *program, {}, progress);
    if (!reference.ok()) continue;
    check(*machine, *program, reference.cycles);
    if (testing::Test::HasFailure()) {
      std::ostringstream text;
      text << "seed " << seed << ", reference " << reference.cycles << " cycles\n"
           << one.architecture.text() << one.program.text();
      FAIL() << text.str();
    }
  }
}

}  // namespace taktwerk::test
