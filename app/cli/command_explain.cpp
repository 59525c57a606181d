// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/inputs.h"
#include "app/cli/missing_layers.h"
#include "app/cli/progress_line.h"
#include "core/analysis/remedy.h"
#include "core/report/explanation.h"
#include "core/study/study_estimate.h"

namespace taktwerk::cli {

namespace {

struct ExplainArguments {
  InputArguments inputs;
  std::string layer;
  std::string jobs;
  bool withoutSteps = false;
  bool json = false;
};

/// The explanation of a trace: there are no parameters to step but those of `--set`, so no steps either.
std::variant<Explanation, ExitStatus> explainTrace(const Inputs& inputs, const EstimateOptions& how,
                                                   Progress& progress, const Console& console) {
  const auto result =
      std::make_shared<const NetworkEstimate>(estimateProgram(inputs.machine, *inputs.trace, how, progress));
  if (result->cancelled) return ExitStatus::Cancelled;
  console.report(result->diagnostics);
  if (hasErrors(result->diagnostics)) return ExitStatus::WrongInput;
  return explain(result);
}

std::variant<Explanation, ExitStatus> explainNetwork(const Inputs& inputs, const StudyOptions& options,
                                                     bool steps, Progress& progress, const Console& console) {
  const auto result = estimate(inputs.study, options, *inputs.memory, progress);
  if (result->cancelled) return ExitStatus::Cancelled;
  if (!result->estimate) {
    console.report(result->diagnostics);
    return ExitStatus::WrongInput;
  }
  console.report(result->estimate->diagnostics);
  if (hasErrors(result->estimate->diagnostics)) return ExitStatus::WrongInput;
  console.report(warningsAbout(*result->estimate, *result->network));
  if (!steps) return explain(result->estimate, nullptr, options.layer);
  StudyOptions plain = options;
  plain.how.usage = false;
  Sensitivity sensitivity = sensitivityOf(inputs.study, plain, *inputs.memory, progress);
  Remedies remedies{result->estimate->cycles, {}, sensitivity.outcomes};
  const auto decider = deciderOf(*result->estimate);
  if (decider)
    remedies.own = remediesFor(decider->object, inputs.study, plain, *result, *inputs.memory, progress);
  if (progress.cancelled() || sensitivity.cancelled) return ExitStatus::Cancelled;
  // What is missing from a total makes savings of it no measure.
  Explanation explanation =
      explain(result->estimate, result->estimate->complete ? &remedies : nullptr, options.layer);
  explanation.sensitivity = std::move(sensitivity);
  return explanation;
}

ExitStatus explainCommand(const ExplainArguments& arguments, const Context& context) {
  const Console& console = context.console;
  const auto jobs = jobsArgument(arguments.jobs);
  if (const auto* misuse = std::get_if<Misuse>(&jobs)) return console.misused(misuse->message);
  InputArguments wanted = arguments.inputs;
  wanted.foldTrace = true;
  auto read = readInputs(wanted, console);
  if (const auto* status = std::get_if<ExitStatus>(&read)) return *status;
  const Inputs inputs = std::get<Inputs>(std::move(read));
  if (!arguments.layer.empty()) {
    if (!inputs.network) return console.misused("--layer: a trace has one layer; leave the option out");
    if (const auto misuse = checkLayer(*inputs.network, arguments.layer))
      return console.misused(misuse->message);
  }
  StudyOptions options{{}, arguments.layer};
  options.how.usage = true;
  options.how.jobs = std::get<unsigned>(jobs);
  Progress progress;
  std::variant<Explanation, ExitStatus> explained = ExitStatus::Cancelled;
  {
    const Interruption::Guard guard(context.interruption, progress);
    const ProgressLine line(progress, "explaining", "instructions");
    explained = inputs.trace ? explainTrace(inputs, options.how, progress, console)
                             : explainNetwork(inputs, options, !arguments.withoutSteps, progress, console);
  }
  if (const auto* status = std::get_if<ExitStatus>(&explained)) return *status;
  const Explanation& explanation = std::get<Explanation>(explained);
  if (arguments.json) {
    writeExplanationJson(console.out(), explanation);
  } else {
    writeExplanationText(console.out(), explanation);
  }
  return console.finish();
}

}  // namespace

Command addExplainCommand(CLI::App& program) {
  const auto arguments = std::make_shared<ExplainArguments>();
  CLI::App* const command =
      program.add_subcommand("explain",
                             "Say why a network, a layer or a trace takes as long as it does: what decides, "
                             "causes, utilisation of every "
                             "block, words moved, roofline, what is partly filled, what to change");
  addInputArguments(*command, arguments->inputs, TraceArgument::Instead);
  command
      ->add_option(
          "WORKSPACE", arguments->inputs.workspace,
          "A *.taktwerk: its architecture, network, mappings, parameters and choices; options go before it")
      ->type_name("");
  command->get_option("--arch")->required(false);
  command->add_option("--layer", arguments->layer, "Only this layer")->type_name("NAME");
  command->add_flag("--no-steps", arguments->withoutSteps,
                    "Leave out what the next values of parameters and tunables would change");
  command->add_option("--jobs", arguments->jobs, "Layers and steps estimated at the same time (all cores)")
      ->type_name("N");
  command->add_flag("--json", arguments->json, "JSON instead of tables");
  return {command, [arguments](const Context& context) { return explainCommand(*arguments, context); }};
}

}  // namespace taktwerk::cli
