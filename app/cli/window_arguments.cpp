// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/window_arguments.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "app/cli/layer_program.h"
#include "app/cli/progress_line.h"
#include "core/base/quotes.h"
#include "core/base/whole_number.h"
#include "core/report/text_table.h"

namespace taktwerk::cli {

namespace {

/// "2:3" as a pair of whole numbers, the first not above the second.
std::variant<std::pair<std::int64_t, std::int64_t>, Misuse> rangeArgument(const std::string& option,
                                                                          const std::string& text) {
  const std::size_t colon = text.find(':');
  const auto from = wholeNumber(text.substr(0, colon));
  const auto to = wholeNumber(colon == std::string::npos ? text : text.substr(colon + 1));
  if (from && to && *from >= 0 && *from <= *to) return std::pair(*from, *to);
  return Misuse{option + " wants FROM:TO, two whole numbers, both included, not " + inQuotes(text)};
}

std::variant<InstructionWindow, Misuse> windowFrom(const WindowArguments& arguments, const Program& program) {
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
    return InstructionWindow{from, std::min(to, all - 1) + 1};
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

}  // namespace

void addWindowArguments(CLI::App& command, WindowArguments& arguments, std::int64_t windowLimit) {
  addInputArguments(command, arguments.inputs, TraceArgument::Instead);
  command.add_option("--layer", arguments.layer, "The layer, of a network")->type_name("NAME");
  command
      .add_option(
          "--loop", arguments.loop,
          "The loop whose iterations are meant, by the variables of the loops around it: oc/ox/k is the "
          "loop k in the first iteration of ox and oc, oc=2/ox/k in the third of oc; without it, the "
          "first loop that has none inside")
      ->type_name("PATH");
  command.add_option("--iterations", arguments.iterations, "Iterations of that loop, from 0, both included")
      ->type_name("FROM:TO");
  command
      .add_option("--instructions", arguments.instructions,
                  "Instructions by their number, from 0, both included, instead of iterations")
      ->type_name("FROM:TO");
  command
      .add_option("--window-limit", arguments.windowLimit,
                  "Refuse windows of more instructions than this (" + std::to_string(windowLimit) + ")")
      ->type_name("N");
  command
      .add_option(
          "--reach-limit", arguments.reachLimit,
          "Refuse windows that more instructions than this have to be timed for, as what lies before them "
          "is not found to repeat (500000)")
      ->type_name("N");
}

std::variant<ChosenWindow, ExitStatus> readWindow(const WindowArguments& arguments, std::int64_t windowLimit,
                                                  const Context& context) {
  const Console& console = context.console;
  ChosenWindow chosen;
  for (auto [name, given, value] :
       {std::tuple{"--window-limit", &arguments.windowLimit, &windowLimit},
        std::tuple{"--reach-limit", &arguments.reachLimit, &chosen.reach.instructions}}) {
    if (!*given) continue;
    const auto count = countArgument(name, **given, 1);
    if (const auto* misuse = std::get_if<Misuse>(&count)) return console.misused(misuse->message);
    *value = std::get<std::int64_t>(count);
  }
  if (!arguments.inputs.network.empty() && arguments.layer.empty()) {
    return console.misused("say of which layer: --layer NAME");
  }
  InputArguments wanted = arguments.inputs;
  wanted.foldTrace = true;  // what repeats in a trace need not be run through either
  auto read = readInputs(wanted, console);
  if (const auto* status = std::get_if<ExitStatus>(&read)) return *status;
  Inputs inputs = std::get<Inputs>(std::move(read));
  chosen.machine = inputs.machine;
  if (inputs.trace) {
    chosen.program = std::move(*inputs.trace);
    chosen.trace = inputs.study.trace;
  } else {
    auto program = programOfLayer(inputs, arguments.layer, context);
    if (const auto* status = std::get_if<ExitStatus>(&program)) return *status;
    chosen.program = std::get<Program>(std::move(program));
  }
  const auto window = windowFrom(arguments, chosen.program);
  if (const auto* misuse = std::get_if<Misuse>(&window)) return console.misused(misuse->message);
  chosen.window = std::get<InstructionWindow>(window);
  const std::int64_t instructions = chosen.window.end - chosen.window.first;
  if (instructions > windowLimit) {
    return console.misused(
        "the window has " + groupedDigits(instructions) + " instructions, more than " +
        groupedDigits(windowLimit) +
        "; choose fewer with --iterations FROM:TO (and --loop) or --instructions FROM:TO, or "
        "allow that many with --window-limit " +
        std::to_string(instructions));
  }
  return chosen;
}

std::variant<GraphWindow, ExitStatus> graphOf(const ChosenWindow& chosen, const Context& context) {
  const Console& console = context.console;
  const auto simulate = [&](const Program& program) {
    Progress progress;
    const Interruption::Guard guard(context.interruption, progress);
    const ProgressLine line(progress, "simulating", "instructions");
    return graphWindowOf(chosen.machine, program, chosen.window, progress, chosen.reach);
  };
  Result<GraphWindow> graph = simulate(chosen.program);
  if (!graph && graph.diagnostics.size() == 1 && isBeyondReach(graph.diagnostics[0])) {
    return console.misused(
        graph.diagnostics[0].message +
        "; choose an earlier window with --iterations or --instructions, or allow that many "
        "with --reach-limit N");
  }
  if (!graph && !chosen.trace.empty()) {
    // What was folded has the lines of first iterations; the trace as it is has its own.
    const auto unfolded = readTraceFor(*chosen.machine, chosen.trace, false, console);
    if (!unfolded) return ExitStatus::WrongInput;
    graph = simulate(*unfolded);
  }
  if (!graph) return console.refuse(graph.diagnostics);
  if (graph->cancelled) return ExitStatus::Cancelled;
  return std::move(*graph);
}

}  // namespace taktwerk::cli
