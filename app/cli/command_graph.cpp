// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "app/cli/command.h"
#include "app/cli/window_arguments.h"
#include "core/base/atomic_file.h"
#include "core/report/graph_files.h"

namespace taktwerk::cli {

namespace {

constexpr std::int64_t windowLimit = 2'000;

struct GraphArguments {
  WindowArguments window;
  std::string out;
};

using Writer = void (*)(std::ostream&, const GraphWindow&);

std::variant<Writer, Misuse> writerFor(const std::string& file) {
  const std::string ending = std::filesystem::path(file).extension().string();
  if (ending == ".json") return writeGraphJson;
  if (ending == ".dot") return writeGraphDot;
  if (ending == ".svg") return writeGraphSvg;
  return Misuse{"--out: the file's ending says what is written; it must be .dot, .svg or .json, not \"" +
                ending + '"'};
}

ExitStatus graph(const GraphArguments& arguments, const Context& context) {
  const Console& console = context.console;
  const auto writer = writerFor(arguments.out);
  if (const auto* misuse = std::get_if<Misuse>(&writer)) return console.misused(misuse->message);
  const auto chosen = readWindow(arguments.window, windowLimit, context);
  if (const auto* status = std::get_if<ExitStatus>(&chosen)) return *status;
  const auto graph = graphOf(std::get<ChosenWindow>(chosen), context);
  if (const auto* status = std::get_if<ExitStatus>(&graph)) return *status;
  auto file = AtomicFile::create(arguments.out);
  if (!file) return console.refuse(file.diagnostics);
  std::get<Writer>(writer)(file->stream(), std::get<GraphWindow>(graph));
  if (const Diagnostics problems = file->commit(); !problems.empty()) return console.refuse(problems);
  return ExitStatus::Done;
}

}  // namespace

Command addGraphCommand(CLI::App& program) {
  const auto arguments = std::make_shared<GraphArguments>();
  CLI::App* const command = program.add_subcommand(
      "graph", "Write the dependency graph of a window: what waits for what, and the critical path");
  addWindowArguments(*command, arguments->window, windowLimit);
  command->add_option("--out", arguments->out, "Where the graph goes, a .dot, .svg or .json")
      ->required()
      ->type_name("FILE");
  return {command, [arguments](const Context& context) { return graph(*arguments, context); }};
}

}  // namespace taktwerk::cli
