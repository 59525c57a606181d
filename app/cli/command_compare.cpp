// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "app/cli/command.h"
#include "app/cli/compared_sides.h"
#include "app/cli/progress_line.h"
#include "core/analysis/difference.h"
#include "core/analysis/method_comparison.h"
#include "core/report/difference_report.h"
#include "core/report/method_report.h"

namespace taktwerk::cli {

namespace {

struct CompareArguments {
  ComparedArguments sides;
  bool methods = false;
  std::string measured;
  std::optional<std::string> simulateLimit;
  bool all = false;
  bool json = false;
};

ExitStatus compareResults(const CompareArguments& arguments, const Context& context) {
  auto found = comparedSides(arguments.sides, context);
  if (const auto* status = std::get_if<ExitStatus>(&found)) return *status;
  const ComparedSides& sides = std::get<ComparedSides>(found);
  const ResultDifference difference = differenceOf(sides.before, sides.now);
  const auto sources = sourceDifferences(sides.before, sides.now);
  const Console& console = context.console;
  if (arguments.json) {
    writeDifferenceJson(console.out(), difference, sources);
  } else {
    writeDifferenceText(console.out(), difference, {arguments.all});
    writeSourcesText(console.out(), sources);
  }
  return console.finish();
}

/// One warning for each measured layer that was not timed, at its place in the table.
Diagnostics warningsAbout(const MethodComparison& comparison, const std::string& file) {
  Diagnostics warnings;
  for (const MeasuredLayer& layer : comparison.unmatched) {
    warnings.push_back({Severity::Warning, file, layer.position, "R0012",
                        "no layer \"" + layer.layer + "\" was timed; a fused layer has the name of its first",
                        layer.layer});
  }
  return warnings;
}

ExitStatus compareMethods(const CompareArguments& arguments, const Context& context) {
  const Console& console = context.console;
  if (!arguments.sides.results.empty() || arguments.sides.hasAgainst()) {
    return console.misused("--methods times one study; leave out results and --against-… options");
  }
  if (!arguments.sides.hasStudy()) return console.misused("--methods needs --arch and --network");
  MethodOptions options;
  const auto jobs = jobsArgument(arguments.sides.jobs);
  if (const auto* misuse = std::get_if<Misuse>(&jobs)) return console.misused(misuse->message);
  options.how.jobs = std::get<unsigned>(jobs);
  if (arguments.simulateLimit) {
    const auto limit = countArgument("--simulate-limit", *arguments.simulateLimit, 0);
    if (const auto* misuse = std::get_if<Misuse>(&limit)) return console.misused(misuse->message);
    options.simulateLimit = std::get<std::int64_t>(limit);
  }
  // Both are read before anything is refused, so that all problems are seen at once.
  bool wrong = false;
  if (!arguments.measured.empty()) {
    auto measured = readMeasuredCycles(arguments.measured);
    console.report(measured.diagnostics);
    wrong = !measured;
    if (measured) options.measured = std::make_shared<const MeasuredCycles>(std::move(*measured));
  }
  auto read = readInputs(arguments.sides.study, console);
  if (const auto* status = std::get_if<ExitStatus>(&read)) return *status;
  if (wrong) return ExitStatus::WrongInput;
  const Inputs inputs = std::get<Inputs>(std::move(read));
  Progress progress;
  MethodComparison comparison;
  {
    const Interruption::Guard guard(context.interruption, progress);
    const ProgressLine line(progress, "timing by all methods", "instructions");
    comparison = taktwerk::compareMethods(inputs.study, options, *inputs.memory, progress);
  }
  if (comparison.cancelled) return ExitStatus::Cancelled;
  if (hasErrors(comparison.diagnostics)) return console.refuse(comparison.diagnostics);
  console.report(warningsAbout(comparison, arguments.measured));
  if (arguments.json) {
    writeMethodsJson(console.out(), comparison);
  } else {
    writeMethodsText(console.out(), comparison);
  }
  return console.finish();
}

ExitStatus compare(const CompareArguments& arguments, const Context& context) {
  if (arguments.methods) return compareMethods(arguments, context);
  if (!arguments.measured.empty() || arguments.simulateLimit) {
    return context.console.misused("--measured and --simulate-limit go with --methods");
  }
  return compareResults(arguments, context);
}

void addAgainstArguments(CLI::App& command, ComparedArguments& arguments) {
  command
      .add_option("--against-arch", arguments.against.architecture, "Another architecture to compare with")
      ->type_name("FILE");
  command.add_option("--against-network", arguments.against.network, "Another network to compare with")
      ->type_name("FILE");
  command
      .add_option("--against-mapping", arguments.against.mappings,
                  "Another mapping to compare with; may be repeated")
      ->type_name("FILE")
      ->allow_extra_args(false);
  command
      .add_option("--against-set", arguments.against.settings,
                  "A parameter's value to compare with; may be repeated. Values of --set hold there too, but "
                  "for those of what another --against-… option replaces")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  command
      .add_option("--method", arguments.method,
                  "How layers are timed: auto, full, simulate, published or roofline")
      ->type_name("NAME")
      ->capture_default_str();
  command.add_option("--against-method", arguments.againstMethod, "Another method to compare with")
      ->type_name("NAME");
}

}  // namespace

Command addCompareCommand(CLI::App& program) {
  const auto arguments = std::make_shared<CompareArguments>();
  CLI::App* const command = program.add_subcommand("compare",
                                                   "Show what differs between two results: files of estimate "
                                                   "--json, or estimates of two studies; or, with "
                                                   "--methods, the methods of timing side by side");
  command
      ->add_option(
          "RESULT", arguments->sides.results,
          "Results of estimate --json: what was before, and what is now; with --arch what was before")
      ->type_name("FILE");
  addInputArguments(*command, arguments->sides.study, TraceArgument::No);
  command->get_option("--arch")->required(false);
  command->get_option("--network")->required(false);
  addAgainstArguments(*command, arguments->sides);
  command->add_flag(
      "--methods", arguments->methods,
      "The methods auto, published, roofline, regression (fitted on half of the layers, judged on "
      "the other half) and simulate of one study side by side");
  command
      ->add_option(
          "--measured", arguments->measured,
          "With --methods: measured cycles to judge them by, a table with the headings layer and cycles")
      ->type_name("FILE");
  command
      ->add_option("--simulate-limit", arguments->simulateLimit,
                   "With --methods: layers of up to this many instructions are simulated (100000)")
      ->type_name("N");
  command->add_option("--jobs", arguments->sides.jobs, "Layers estimated at the same time (all cores)")
      ->type_name("N");
  command->add_flag("--all", arguments->all, "Also layers and causes that are the same");
  command->add_flag("--json", arguments->json, "JSON instead of tables");
  return {command, [arguments](const Context& context) { return compare(*arguments, context); }};
}

}  // namespace taktwerk::cli
