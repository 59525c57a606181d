// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/cli/command.h"
#include "core/base/diagnostic.h"
#include "core/base/quotes.h"

namespace taktwerk::cli {

namespace {

/// What is wrong with a command line that CLI11 refused: its own words, but first what it took for missing
/// and was only misspelt.
std::string whatIsWrong(const CLI::App& program, const CLI::ParseError& error,
                        const std::vector<std::string>& words) {
  std::vector<std::string> names;
  for (const CLI::App* command : program.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  const std::vector<CLI::App*> chosen = program.get_subcommands();
  if (chosen.empty() && !words.empty()) {
    if (words[0].rfind('-', 0) != 0)
      return "there is no command " + inQuotes(words[0]) + didYouMean(words[0], names);
    return "there is no option " + inQuotes(words[0]) + didYouMean(words[0], {"--help", "--version"});
  }
  for (const CLI::App* command : chosen) {
    std::vector<std::string> options;
    for (const CLI::Option* option : command->get_options()) options.push_back(option->get_name());
    for (const std::string& rest : command->remaining()) {
      if (rest.rfind('-', 0) != 0 || rest == "--") continue;
      const std::string name = rest.substr(0, rest.find('='));
      return command->get_name() + " has no option " + inQuotes(name) + didYouMean(name, options);
    }
  }
  return error.what();
}

/// The name of an option that was given without a word, as a variable of a shell does that is not set; empty:
/// there is none.
std::string givenEmpty(const CLI::App& command) {
  for (const CLI::Option* option : command.get_options()) {
    const std::vector<std::string>& words = option->results();
    if (std::find(words.begin(), words.end(), std::string()) != words.end()) return option->get_name();
  }
  return {};
}

ExitStatus run(int argc, char** argv) {
  Interruption interruption;
  const Console console(std::cout, std::cerr);
  const Context context{console, interruption};

  CLI::App program("Taktwerk on the command line: the cycles of deep neural networks on accelerators.",
                   "taktwerk-cli");
  program.require_subcommand(1);
  program.set_version_flag("--version", "taktwerk-cli " TAKTWERK_VERSION);
  program.footer(
      "Exit status: 0 done; 1 the input is wrong; 2 the command line is wrong; 130 cancelled.\n"
      "taktwerk-cli COMMAND --help tells about one command.");
  const std::vector<Command> commands = {
      addCheckCommand(program),    addEstimateCommand(program), addExplainCommand(program),
      addCompareCommand(program),  addDumpCommand(program),     addGraphCommand(program),
      addTimelineCommand(program), addKernelsCommand(program),  addImportCommand(program),
      addSweepCommand(program),    addMergeCommand(program),    addCalibrateCommand(program)};
  try {
    program.parse(argc, argv);
  } catch (const CLI::Success& asked) {
    program.exit(asked, std::cout, std::cerr);  // help or version
    return console.finish();
  } catch (const CLI::ParseError& error) {
    const std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
    return console.misused(whatIsWrong(program, error, words) + " (see --help)");
  }
  for (const Command& command : commands) {
    if (!command.app->parsed()) continue;
    const std::string empty = givenEmpty(*command.app);
    if (!empty.empty()) return console.misused(empty + " is given an empty word (see --help)");
    return command.run(context);
  }
  return ExitStatus::WrongCommandLine;
}

}  // namespace

}  // namespace taktwerk::cli

int main(int argc, char** argv) {
  // What users do wrong comes as diagnostics; an exception is a bug or a failing machine.
  try {
    return static_cast<int>(taktwerk::cli::run(argc, argv));
  } catch (const std::exception& failure) {
    std::cerr << "taktwerk-cli: error: " << failure.what() << std::endl;
    return static_cast<int>(taktwerk::cli::ExitStatus::WrongInput);
  }
}
