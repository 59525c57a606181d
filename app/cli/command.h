// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

#include <CLI/CLI.hpp>

#include "app/cli/console.h"
#include "app/cli/interruption.h"

namespace taktwerk::cli {

/// What a command has besides its own arguments.
struct Context {
  const Console& console;
  Interruption& interruption;
};

/// A command as `main` sees it: how it is spelt (`app`, which holds its options) and what it does once the
/// command line is read. One `command_*.cpp` each; a new command is a new file, a line here and one in
/// `main.cpp`.
struct Command {
  CLI::App* app;
  std::function<ExitStatus(const Context&)> run;
};

[[nodiscard]] Command addCalibrateCommand(CLI::App& program);
[[nodiscard]] Command addCheckCommand(CLI::App& program);
[[nodiscard]] Command addEstimateCommand(CLI::App& program);
[[nodiscard]] Command addExplainCommand(CLI::App& program);
[[nodiscard]] Command addCompareCommand(CLI::App& program);
[[nodiscard]] Command addDumpCommand(CLI::App& program);
[[nodiscard]] Command addGraphCommand(CLI::App& program);
[[nodiscard]] Command addImportCommand(CLI::App& program);
[[nodiscard]] Command addKernelsCommand(CLI::App& program);
[[nodiscard]] Command addMergeCommand(CLI::App& program);
[[nodiscard]] Command addSweepCommand(CLI::App& program);
[[nodiscard]] Command addTimelineCommand(CLI::App& program);

}  // namespace taktwerk::cli
