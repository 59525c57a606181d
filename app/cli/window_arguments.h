// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include <CLI/CLI.hpp>

#include "app/cli/command.h"
#include "app/cli/console.h"
#include "app/cli/inputs.h"
#include "core/analysis/graph_window.h"
#include "core/graph/window.h"
#include "core/machine/machine.h"
#include "core/program/program.h"

namespace taktwerk::cli {

/// The arguments by which commands are told a window of a program: some iterations of a loop, or some
/// instructions.
struct WindowArguments {
  InputArguments inputs;
  std::string layer;
  std::string loop;
  std::string iterations;
  std::string instructions;
  std::optional<std::string> windowLimit, reachLimit;
};

/// Adds those of inputs, `--layer`, `--loop`, `--iterations`, `--instructions`, `--window-limit` and
/// `--reach-limit`.
void addWindowArguments(CLI::App& command, WindowArguments& arguments, std::int64_t windowLimit);

/// A window as it was asked for.
struct ChosenWindow {
  std::shared_ptr<const Machine> machine;
  Program program;    ///< of a trace with the loops that are in it
  std::string trace;  ///< its file; empty of a layer
  InstructionWindow window;
  GraphReach reach;
};

/// Reads what the arguments name. Windows of more instructions than the limit, `windowLimit` if none is
/// given, are refused; problems are reported and end in a status.
[[nodiscard]] std::variant<ChosenWindow, ExitStatus> readWindow(const WindowArguments& arguments,
                                                                std::int64_t windowLimit,
                                                                const Context& context);

/// Its graph, with the progress on the terminal; problems are reported and end in a status.
[[nodiscard]] std::variant<GraphWindow, ExitStatus> graphOf(const ChosenWindow& chosen,
                                                            const Context& context);

}  // namespace taktwerk::cli
