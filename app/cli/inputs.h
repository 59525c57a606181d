// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/cli/console.h"
#include "core/machine/machine.h"
#include "core/network/network.h"
#include "core/program/program.h"
#include "core/study/study.h"
#include "core/study/study_memory.h"

namespace taktwerk::cli {

/// What is wrong with an argument, in words for the user.
struct Misuse {
  std::string message;
};

/// The arguments by which most commands are told what to work on.
struct InputArguments {
  std::string workspace;  ///< instead of, or beneath, what follows
  std::string architecture;
  std::string network;
  std::string trace;
  std::vector<std::string> mappings;
  std::vector<std::string> settings;
  bool foldTrace = false;  ///< find the loops of a trace while reading it
};

/// Adds `--arch`, `--network`, `--mapping` and `--set`, and `--trace` where a command takes traces.
enum class TraceArgument : bool { No, Instead };
void addInputArguments(CLI::App& command, InputArguments& arguments, TraceArgument trace);

/// The files that `--mapping` names, those of a folder by their names; or what is wrong with one.
[[nodiscard]] std::variant<std::vector<std::string>, Misuse> mappingsArgument(
    const std::vector<std::string>& texts);

/// A whole number of at least `minimum` from the command line, or what is wrong with it.
[[nodiscard]] std::variant<std::int64_t, Misuse> countArgument(const std::string& option,
                                                               const std::string& text, std::int64_t minimum);

/// The threads that `--jobs` asks for, 0 for all, also where nothing is said.
[[nodiscard]] std::variant<unsigned, Misuse> jobsArgument(const std::string& text);

/// The settings in texts of `--set`, or what is wrong with one.
[[nodiscard]] std::variant<std::vector<Setting>, Misuse> settingsIn(const std::vector<std::string>& texts);

/// What a command works on, read and elaborated with the values set.
struct Inputs {
  Study study;
  std::shared_ptr<StudyMemory> memory = std::make_shared<StudyMemory>();
  std::shared_ptr<const Machine> machine;
  std::shared_ptr<const Network> network;  ///< this or `trace`
  std::optional<Program> trace;
};

/// Reads everything the arguments name; problems are reported and end in a status.
[[nodiscard]] std::variant<Inputs, ExitStatus> readInputs(const InputArguments& arguments,
                                                          const Console& console);

/// Reads a trace as it is, or with the loops that are in it; problems are reported and give nothing.
[[nodiscard]] std::optional<Program> readTraceFor(const Machine& machine, const std::string& file, bool fold,
                                                  const Console& console);

/// `name` if the network has a layer of that name, else what to say about it.
[[nodiscard]] std::optional<Misuse> checkLayer(const Network& network, const std::string& name);

}  // namespace taktwerk::cli
