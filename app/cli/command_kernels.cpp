// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/inputs.h"
#include "app/cli/layer_program.h"
#include "app/cli/progress_line.h"
#include "core/analysis/body_study.h"
#include "core/analysis/kernel_study.h"
#include "core/analysis/kernel_table.h"
#include "core/base/quotes.h"
#include "core/kernels/trace_kernels.h"
#include "core/report/kernel_report.h"
#include "core/report/kernel_study_report.h"

namespace taktwerk::cli {

namespace {

struct KernelsArguments {
  InputArguments inputs;
  std::string layer;
  std::string kernel;
  bool json = false;
};

/// A program on a machine, and what it is estimated to take.
struct Estimated {
  std::shared_ptr<const Machine> machine;
  std::shared_ptr<const Program> program;
  LayerEstimate estimate;
};

/// The loops of a trace alone, of which no machine is known.
ExitStatus loopsOfTrace(const KernelsArguments& arguments, const Context& context) {
  const Console& console = context.console;
  const std::string& trace = arguments.inputs.trace;
  Progress progress;
  Result<Program> program;
  {
    const Interruption::Guard guard(context.interruption, progress);
    const ProgressLine line(progress, "reading", "instructions");
    program = readTraceAsLoops(trace, progress);
  }
  if (progress.cancelled()) return ExitStatus::Cancelled;
  if (!program) return console.refuse(program.diagnostics);
  if (program->steps.empty()) {
    console.report({{Severity::Warning, trace, {1, 1}, "T0023", "the trace holds no instructions", {}}});
  }
  const KernelTable table = kernelTableOf(*program);
  if (arguments.json) {
    writeKernelsJson(console.out(), table);
  } else {
    writeKernelsText(console.out(), table);
  }
  return console.finish();
}

std::variant<Estimated, ExitStatus> estimateTrace(Inputs& inputs, const Context& context) {
  Progress progress;
  NetworkEstimate result;
  {
    const Interruption::Guard guard(context.interruption, progress);
    const ProgressLine line(progress, "estimating", "instructions");
    result = estimateProgram(inputs.machine, *inputs.trace, {}, progress);
  }
  if (result.cancelled) return ExitStatus::Cancelled;
  if (hasErrors(result.diagnostics)) return context.console.refuse(result.diagnostics);
  context.console.report(result.diagnostics);
  return Estimated{inputs.machine, std::make_shared<const Program>(std::move(*inputs.trace)),
                   std::move(result.layers.front())};
}

std::variant<Estimated, ExitStatus> estimateLayer(const Inputs& inputs, const std::string& layer,
                                                  const Context& context) {
  auto found = layerProgramOf(inputs, layer, context);
  if (const auto* status = std::get_if<ExitStatus>(&found)) return *status;
  LayerProgram& program = std::get<LayerProgram>(found);
  return Estimated{program.machine, program.program, std::move(program.layer)};
}

/// The loop that is asked for, else the one whose instructions run most; none in a program without loops.
std::variant<std::optional<std::size_t>, Misuse> rowOf(const KernelTable& table, const Program& program,
                                                       const std::string& kernel) {
  const std::vector<std::string> numbers = kernelNumbers(table);
  if (kernel.empty()) {
    const std::vector<std::uint32_t> nest = heaviestNest(program);
    if (nest.empty()) return std::nullopt;
    const auto row = std::find_if(table.kernels.begin(), table.kernels.end(),
                                  [&](const KernelRow& each) { return each.loop == nest.back(); });
    return static_cast<std::size_t>(row - table.kernels.begin());
  }
  const auto found = std::find(numbers.begin(), numbers.end(), kernel);
  if (found != numbers.end()) return static_cast<std::size_t>(found - numbers.begin());
  return Misuse{"--kernel: the program has no kernel " + inQuotes(kernel) +
                (numbers.empty() ? ", and no loops at all" : "; the first is 1, those in it 1.1, 1.2, …")};
}

ExitStatus print(const Estimated& estimated, const KernelsArguments& arguments, const Context& context) {
  const Console& console = context.console;
  const auto row = rowOf(kernelTableOf(*estimated.program), *estimated.program, arguments.kernel);
  if (const auto* misuse = std::get_if<Misuse>(&row)) return console.misused(misuse->message);
  const std::optional<std::size_t> shown = std::get<0>(row);
  Progress progress;
  Result<KernelStudy> study;
  Result<BodyStudy> body;
  {
    const Interruption::Guard guard(context.interruption, progress);
    const ProgressLine line(progress, "looking at loops", "instructions");
    study = studyKernels(*estimated.machine, *estimated.program, progress);
    if (study && !study->cancelled) {
      body = studyBody(*estimated.machine, *estimated.program, *study, shown, progress);
    }
  }
  if (progress.cancelled()) return ExitStatus::Cancelled;
  if (!study) return console.refuse(study.diagnostics);
  if (!body) return console.refuse(body.diagnostics);
  const KernelStudyReport report{*estimated.machine, estimated.estimate, *study, shown, *body};
  if (arguments.json) {
    writeKernelStudyJson(console.out(), report);
  } else {
    writeKernelStudyText(console.out(), report);
  }
  return console.finish();
}

ExitStatus kernels(const KernelsArguments& arguments, const Context& context) {
  const Console& console = context.console;
  InputArguments wanted = arguments.inputs;
  if (wanted.architecture.empty()) {
    if (wanted.trace.empty()) {
      return console.misused("say of what: --trace FILE, or --arch FILE --network FILE --layer NAME");
    }
    if (!arguments.kernel.empty() || !wanted.settings.empty() || !wanted.mappings.empty()) {
      return console.misused(
          "without --arch only the loops of a trace are found, and no other option counts");
    }
    return loopsOfTrace(arguments, context);
  }
  if (!wanted.network.empty() && arguments.layer.empty()) {
    return console.misused("say of which layer: --layer NAME");
  }
  wanted.foldTrace = true;
  auto read = readInputs(wanted, console);
  if (const auto* status = std::get_if<ExitStatus>(&read)) return *status;
  Inputs inputs = std::get<Inputs>(std::move(read));
  if (inputs.trace && !arguments.layer.empty() && inputs.trace->name != arguments.layer) {
    return console.misused("--layer: the only layer of a trace is named after it, " +
                           inQuotes(inputs.trace->name));
  }
  const auto estimated =
      inputs.trace ? estimateTrace(inputs, context) : estimateLayer(inputs, arguments.layer, context);
  if (const auto* status = std::get_if<ExitStatus>(&estimated)) return *status;
  return print(std::get<Estimated>(estimated), arguments, context);
}

}  // namespace

Command addKernelsCommand(CLI::App& program) {
  const auto arguments = std::make_shared<KernelsArguments>();
  CLI::App* const command = program.add_subcommand(
      "kernels",
      "Find the loop kernels of a trace: start, length, repetitions and nesting; with an architecture, of a "
      "trace or of a layer, also when they become steady, what an iteration takes and waits for");
  addInputArguments(*command, arguments->inputs, TraceArgument::Instead);
  command->get_option("--arch")->required(false);
  command->add_option("--layer", arguments->layer, "The layer of the network")->type_name("NAME");
  command
      ->add_option("--kernel", arguments->kernel,
                   "The loop of which an iteration is shown, by its number in the table, such as 1.2; "
                   "without it, the one whose instructions run most")
      ->type_name("NUMBER");
  command->add_flag("--json", arguments->json, "JSON instead of a table");
  return {command, [arguments](const Context& context) { return kernels(*arguments, context); }};
}

}  // namespace taktwerk::cli
