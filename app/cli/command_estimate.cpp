// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/inputs.h"
#include "app/cli/method_argument.h"
#include "app/cli/missing_layers.h"
#include "app/cli/progress_line.h"
#include "core/estimate/estimate.h"
#include "core/machine/machine.h"
#include "core/report/cost_table.h"
#include "core/report/estimate_json.h"
#include "core/report/estimate_text.h"
#include "core/study/study_estimate.h"

namespace taktwerk::cli {

namespace {

struct EstimateArguments {
  InputArguments inputs;
  std::string layer;
  std::string method{toString(Method::Auto)};
  std::string jobs;
  std::optional<std::string> instructionLimit;
  std::optional<std::string> evaluatedBudget, fullBudget, stateBudget, search;
  std::optional<std::string> batch;
  bool perInstruction = false;
  bool costs = false;
  bool json = false;
};

std::variant<EstimateOptions, Misuse> optionsFrom(const EstimateArguments& arguments) {
  EstimateOptions options;
  const auto method = methodArgument("--method", arguments.method);
  if (const auto* misuse = std::get_if<Misuse>(&method)) return *misuse;
  options.method = std::get<Method>(method);
  const auto jobs = jobsArgument(arguments.jobs);
  if (const auto* misuse = std::get_if<Misuse>(&jobs)) return *misuse;
  options.jobs = std::get<unsigned>(jobs);
  if (arguments.instructionLimit) {
    const auto limit = countArgument("--instruction-limit", *arguments.instructionLimit, 1);
    if (const auto* misuse = std::get_if<Misuse>(&limit)) return *misuse;
    options.perInstructionLimit = std::get<std::int64_t>(limit);
  }
  struct Budget {
    const char* name;
    const std::optional<std::string>& given;
    std::int64_t& value;
    std::int64_t minimum;
  };
  for (const Budget& budget :
       {Budget{"--evaluated-budget", arguments.evaluatedBudget, options.budget.evaluated, 1},
        Budget{"--full-budget", arguments.fullBudget, options.budget.full, 0},
        Budget{"--state-budget", arguments.stateBudget, options.budget.stateWords, 1},
        Budget{"--search", arguments.search, options.search, 1}}) {
    if (!budget.given) continue;
    const auto value = countArgument(budget.name, *budget.given, budget.minimum);
    if (const auto* misuse = std::get_if<Misuse>(&value)) return *misuse;
    budget.value = std::get<std::int64_t>(value);
  }
  if (arguments.perInstruction &&
      (options.method == Method::Published || options.method == Method::Roofline)) {
    return Misuse{"--per-instruction: method " + arguments.method +
                  " times no single instructions; use full or simulate"};
  }
  options.perInstruction = arguments.perInstruction;
  return options;
}

/// What each object costs, and where that is from.
void tellCosts(const NetworkEstimate& result, const Console& console) {
  if (!result.machine->costs) return console.say("--costs: the architecture declares no costs");
  console.out() << '\n';
  writeCostTable(console.out(), result);
}

ExitStatus estimate(const EstimateArguments& arguments, const Context& context) {
  const Console& console = context.console;
  auto options = optionsFrom(arguments);
  if (const auto* misuse = std::get_if<Misuse>(&options)) return console.misused(misuse->message);
  const auto batch = arguments.batch ? countArgument("--batch", *arguments.batch, 1) : std::int64_t{1};
  if (const auto* misuse = std::get_if<Misuse>(&batch)) return console.misused(misuse->message);
  const std::int64_t inferences = std::get<std::int64_t>(batch);
  if (arguments.batch && (!arguments.layer.empty() || !arguments.inputs.trace.empty()))
    return console.misused("--batch counts inferences of a whole network; leave out --layer and --trace");
  InputArguments wanted = arguments.inputs;
  // Methods that look at every instruction need no loops, and tell of each by its own line.
  const Method method = std::get<EstimateOptions>(options).method;
  wanted.foldTrace = !arguments.perInstruction && method != Method::Full && method != Method::Simulate;
  auto read = readInputs(wanted, console);
  if (const auto* status = std::get_if<ExitStatus>(&read)) return *status;
  const Inputs inputs = std::get<Inputs>(std::move(read));
  if (!arguments.layer.empty() && inputs.network) {
    if (const auto misuse = checkLayer(*inputs.network, arguments.layer))
      return console.misused(misuse->message);
  }
  if (!arguments.layer.empty() && inputs.trace && inputs.trace->name != arguments.layer) {
    return console.misused("--layer: the only layer of a trace is named after it, \"" + inputs.trace->name +
                           '"');
  }
  const EstimateOptions& how = std::get<EstimateOptions>(options);

  Progress progress;
  NetworkEstimate result;
  {
    const Interruption::Guard guard(context.interruption, progress);
    const ProgressLine line(progress, "estimating", "instructions");
    if (inputs.trace) {
      result = estimateProgram(inputs.machine, *inputs.trace, how, progress);
    } else {
      const auto study = estimate(inputs.study, {how, arguments.layer}, *inputs.memory, progress);
      if (study->cancelled) return ExitStatus::Cancelled;
      if (!study->estimate) return console.refuse(study->diagnostics);
      result = *study->estimate;
    }
  }
  if (wanted.foldTrace && inputs.trace && !result.cancelled && hasErrors(result.diagnostics)) {
    // What was folded has the lines of first iterations; the trace as it is has its own.
    const auto unfolded = readTraceFor(*inputs.machine, inputs.study.trace, false, console);
    if (!unfolded) return ExitStatus::WrongInput;
    const Interruption::Guard guard(context.interruption, progress);
    result = estimateProgram(inputs.machine, *unfolded, how, progress);
  }
  if (result.cancelled) return ExitStatus::Cancelled;
  for (const Diagnostic& problem : result.diagnostics) {
    if (problem.code == tooManyTimesCode) return console.misused(problem.message + " (--instruction-limit)");
  }
  console.report(result.diagnostics);
  if (hasErrors(result.diagnostics)) return ExitStatus::WrongInput;
  if (inputs.network) console.report(warningsAbout(result, *inputs.network));

  if (arguments.json) {
    writeEstimateJson(console.out(), result, {arguments.perInstruction, inferences});
  } else {
    writeEstimateText(console.out(), result, inferences);
    if (arguments.costs) tellCosts(result, console);
    if (arguments.perInstruction) writeTimesText(console.out(), result);
  }
  return console.finish();
}

}  // namespace

Command addEstimateCommand(CLI::App& program) {
  const auto arguments = std::make_shared<EstimateArguments>();
  CLI::App* const command = program.add_subcommand(
      "estimate", "Estimate the cycles of a network's layers (*.network.yaml, *.onnx, *.csv), or of a trace");
  addInputArguments(*command, arguments->inputs, TraceArgument::Instead);
  command
      ->add_option(
          "WORKSPACE", arguments->inputs.workspace,
          "A *.taktwerk: its architecture, network, mappings, parameters and choices; options go before it")
      ->type_name("");
  command->get_option("--arch")->required(false);
  command->add_option("--layer", arguments->layer, "Only this layer")->type_name("NAME");
  command
      ->add_option(
          "--method", arguments->method,
          "auto (skips what provably repeats, times the rest in full, and approximates between bounds beyond "
          "its budgets), full (the same engine over every instruction), simulate (the reference simulation); "
          "for comparison published (program-order pass with fixed point and fallback) and roofline (what "
          "fetch, units and memories need at least)")
      ->type_name("NAME")
      ->capture_default_str();
  command->add_flag("--per-instruction", arguments->perInstruction, "Also the times of every instruction");
  command
      ->add_option("--instruction-limit", arguments->instructionLimit,
                   "Refuse --per-instruction beyond this many instructions (1000000)")
      ->type_name("N");
  command
      ->add_option(
          "--evaluated-budget", arguments->evaluatedBudget,
          "Instructions of a layer that auto times singly before it holds that nothing repeats (20000000)")
      ->type_name("N");
  command
      ->add_option("--full-budget", arguments->fullBudget,
                   "Layers of up to this many instructions are then timed in full by auto, larger ones are "
                   "approximated (200000000)")
      ->type_name("N");
  command
      ->add_option("--state-budget", arguments->stateBudget,
                   "Numbers of 8 bytes that auto keeps of machine states (67108864)")
      ->type_name("N");
  command
      ->add_option("--search", arguments->search,
                   "Choices of tunables that are timed for each layer and mapping, the best is kept (1: "
                   "defaults)")
      ->type_name("N");
  command
      ->add_option(
          "--batch", arguments->batch,
          "Also what so many inferences take one after another: the first, each further one, all (1)")
      ->type_name("N");
  command->add_option("--jobs", arguments->jobs, "Layers estimated at the same time (all cores)")
      ->type_name("N");
  command->add_flag("--costs", arguments->costs,
                    "Also what each object costs, in area, leakage and energy, and where that is from");
  command->add_flag("--json", arguments->json, "JSON instead of a table");
  return {command, [arguments](const Context& context) { return estimate(*arguments, context); }};
}

}  // namespace taktwerk::cli
