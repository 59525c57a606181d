// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include "tests/support/architecture_sketch.h"
#include "tests/support/program_sketch.h"

namespace taktwerk::test {

/// A random case: what is timed on what.
struct RandomCase {
  ArchitectureSketch architecture;
  ProgramSketch program;
};

/// Takes parts away from a case for which `fails` is true as long as it stays true: instructions, loops,
/// trips, registers and ranges, then attributes, connections and objects. Tries at most `budget` smaller
/// cases.
[[nodiscard]] RandomCase shrink(RandomCase failing, const std::function<bool(const RandomCase&)>& fails,
                                int budget = 3000);

}  // namespace taktwerk::test
