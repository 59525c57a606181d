// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/inputs.h"
#include "app/cli/layer_program.h"
#include "app/cli/progress_line.h"
#include "core/analysis/graph_window.h"
#include "core/base/atomic_file.h"
#include "core/base/whole_number.h"
#include "core/graph/window.h"
#include "core/report/graph_files.h"
#include "core/report/text_table.h"

namespace taktwerk::cli {

namespace {

struct GraphArguments {
  InputArguments inputs;
  std::string layer;
  std::string loop;
  std::string iterations;
  std::string instructions;
  std::string out;
  std::optional<std::string> windowLimit, reachLimit;
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

/// "2:3" as a pair of whole numbers, the first not above the second.
std::variant<std::pair<std::int64_t, std::int64_t>, Misuse> rangeArgument(const std::string& option,
                                                                          const std::string& text) {
  const std::size_t colon = text.find(':');
  const auto from = wholeNumber(text.substr(0, colon));
  const auto to = wholeNumber(colon == std::string::npos ? text : text.substr(colon + 1));
  if (from && to && *from >= 0 && *from <= *to && *to < std::numeric_limits<std::int64_t>::max())
    return std::pair(*from, *to);
  return Misuse{option + " wants FROM:TO, two whole numbers, both included, not \"" + text + '"'};
}

std::variant<InstructionWindow, Misuse> windowFrom(const GraphArguments& arguments, const Program& program) {
  const std::int64_t all = sizeOf(program).instructions;
  if (!arguments.instructions.empty()) {
    if (!arguments.iterations.empty() || !arguments.loop.empty())
      return Misuse{"choose either by --instructions or by --loop and --iterations"};
    const auto range = rangeArgument("--instructions", arguments.instructions);
    if (const auto* misuse = std::get_if<Misuse>(&range)) return *misuse;
    const auto [from, to] = std::get<0>(range);
    if (from >= all) {
      return Misuse{"--instructions: the program has " + groupedDigits(all) + " instructions, from 0"};
    }
    return InstructionWindow{from, std::min(to + 1, all)};
  }
  if (arguments.iterations.empty() && arguments.loop.empty()) return InstructionWindow{0, all};
  std::pair<std::int64_t, std::int64_t> iterations{0, 0};
  if (!arguments.iterations.empty()) {
    const auto range = rangeArgument("--iterations", arguments.iterations);
    if (const auto* misuse = std::get_if<Misuse>(&range)) return *misuse;
    iterations = std::get<0>(range);
  }
  const auto window = windowOfLoop(program, arguments.loop, iterations.first, iterations.second);
  if (const auto* error = std::get_if<WindowError>(&window)) return Misuse{"--iterations: " + error->message};
  return std::get<InstructionWindow>(window);
}

ExitStatus write(const std::string& path, Writer writer, const std::shared_ptr<const Machine>& machine,
                 const Program& program, const InstructionWindow& window, const Context& context) {
  const Console& console = context.console;
  Progress progress;
  progress.total = window.end;
  Result<GraphWindow> graph;
  {
    const Interruption::Guard guard(context.interruption, progress);
    const ProgressLine line(progress, "simulating", "instructions");
    graph = graphWindowOf(machine, program, window, progress);
  }
  if (!graph) return console.refuse(graph.diagnostics);
  if (graph->cancelled) return ExitStatus::Cancelled;
  auto file = AtomicFile::create(path);
  if (!file) return console.refuse(file.diagnostics);
  writer(file->stream(), *graph);
  if (const Diagnostics problems = file->commit(); !problems.empty()) return console.refuse(problems);
  return ExitStatus::Done;
}

ExitStatus graph(const GraphArguments& arguments, const Context& context) {
  const Console& console = context.console;
  std::int64_t windowLimit = 2'000, reachLimit = 500'000;
  for (auto [name, given, value] : {std::tuple{"--window-limit", &arguments.windowLimit, &windowLimit},
                                    std::tuple{"--reach-limit", &arguments.reachLimit, &reachLimit}}) {
    if (!*given) continue;
    const auto count = countArgument(name, **given, 1);
    if (const auto* misuse = std::get_if<Misuse>(&count)) return console.misused(misuse->message);
    *value = std::get<std::int64_t>(count);
  }
  const auto writer = writerFor(arguments.out);
  if (const auto* misuse = std::get_if<Misuse>(&writer)) return console.misused(misuse->message);
  if (!arguments.inputs.network.empty() && arguments.layer.empty()) {
    return console.misused("say of which layer: --layer NAME");
  }
  auto read = readInputs(arguments.inputs, console);
  if (const auto* status = std::get_if<ExitStatus>(&read)) return *status;
  Inputs inputs = std::get<Inputs>(std::move(read));
  Program program;
  if (inputs.trace) {
    program = std::move(*inputs.trace);
  } else {
    auto chosen = programOfLayer(inputs, arguments.layer, context);
    if (const auto* status = std::get_if<ExitStatus>(&chosen)) return *status;
    program = std::get<Program>(std::move(chosen));
  }
  const auto chosen = windowFrom(arguments, program);
  if (const auto* misuse = std::get_if<Misuse>(&chosen)) return console.misused(misuse->message);
  const InstructionWindow window = std::get<InstructionWindow>(chosen);
  const std::int64_t instructions = window.end - window.first;
  if (instructions > windowLimit) {
    return console.misused(
        "the window has " + groupedDigits(instructions) + " instructions, more than " +
        groupedDigits(windowLimit) +
        "; choose fewer with --iterations FROM:TO (and --loop) or --instructions FROM:TO, or "
        "allow that many with --window-limit " +
        std::to_string(instructions));
  }
  if (window.end > reachLimit) {
    return console.misused(
        "the window ends at instruction " + groupedDigits(window.end) +
        ", and all before are timed one by one; choose an earlier window with --iterations or "
        "--instructions, or allow that many with --reach-limit " +
        std::to_string(window.end));
  }

  return write(arguments.out, std::get<Writer>(writer), inputs.machine, program, window, context);
}

}  // namespace

Command addGraphCommand(CLI::App& program) {
  const auto arguments = std::make_shared<GraphArguments>();
  CLI::App* const command = program.add_subcommand(
      "graph", "Write the dependency graph of a window: what waits for what, and the critical path");
  addInputArguments(*command, arguments->inputs, TraceArgument::Instead);
  command->add_option("--layer", arguments->layer, "The layer, of a network")->type_name("NAME");
  command
      ->add_option(
          "--loop", arguments->loop,
          "The loop whose iterations are meant, by the variables of the loops around it: oc/ox/k is the "
          "loop k in the first iteration of ox and oc, oc=2/ox/k in the third of oc; without it, the "
          "first loop that has none inside")
      ->type_name("PATH");
  command->add_option("--iterations", arguments->iterations, "Iterations of that loop, from 0, both included")
      ->type_name("FROM:TO");
  command
      ->add_option("--instructions", arguments->instructions,
                   "Instructions by their number, from 0, both included, instead of iterations")
      ->type_name("FROM:TO");
  command->add_option("--out", arguments->out, "Where the graph goes, a .dot, .svg or .json")
      ->required()
      ->type_name("FILE");
  command
      ->add_option("--window-limit", arguments->windowLimit,
                   "Refuse windows of more instructions than this (2000)")
      ->type_name("N");
  command
      ->add_option(
          "--reach-limit", arguments->reachLimit,
          "Refuse windows that end beyond this many instructions, as all before are simulated (500000)")
      ->type_name("N");
  return {command, [arguments](const Context& context) { return graph(*arguments, context); }};
}

}  // namespace taktwerk::cli
