// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "core/study/study_memory.h"
#include "core/sweep/objective.h"
#include "core/sweep/run_sweep.h"
#include "tests/core/sweep/shipped_sweep.h"

namespace taktwerk::test {

/// A sweep of a shipped architecture, running TC-ResNet8, that looks for these.
inline Sweep shippedSweep(const std::string& architecture, Space space,
                          const std::vector<std::string>& objectives, StudyMemory& memory) {
  auto sweep = bindSpace(std::move(space), shippedFiles(architecture, "tc-resnet8"), memory);
  for (const Diagnostic& problem : sweep.diagnostics) ADD_FAILURE() << toString(problem);
  for (const std::string& text : objectives) {
    sweep->objectives.push_back(std::get<Objective>(parseObjective(text, sweep->figures)));
  }
  return std::move(*sweep);
}

/// Of a machine with one unit.
inline Sweep oneMacSweep(Space space, const std::vector<std::string>& objectives, StudyMemory& memory) {
  return shippedSweep("one-mac", std::move(space), objectives, memory);
}

inline SweepOptions oneLayer(unsigned jobs) {
  SweepOptions options;
  options.jobs = jobs;
  options.study.how.jobs = 1;
  options.study.keep = false;
  options.study.layer = "conv0";
  return options;
}

}  // namespace taktwerk::test
