// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/program/trace_file.h"
#include "core/reference/simulation.h"
#include "tests/support/machine_from_text.h"

namespace taktwerk::test {

struct TraceRun {
  Timing timing;
  std::vector<InstructionTimes> times;  ///< by index
};

/// Simulates a trace given as text; the trace must be right.
inline TraceRun runTrace(const Machine& machine, const std::string& trace) {
  std::istringstream input(trace);
  const auto program = readTrace(input, "test.trace.jsonl", machine);
  if (!program) throw std::runtime_error(toString(program.diagnostics.front()));
  TraceRun run;
  Progress progress;
  run.timing = simulate(
      machine, *program, [&](const InstructionTimes& one) { run.times.push_back(one); }, progress);
  std::sort(run.times.begin(), run.times.end(),
            [](const InstructionTimes& a, const InstructionTimes& b) { return a.index < b.index; });
  return run;
}

}  // namespace taktwerk::test
