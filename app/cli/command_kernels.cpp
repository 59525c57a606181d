// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>
#include <string>

#include "app/cli/command.h"
#include "app/cli/progress_line.h"
#include "core/analysis/kernel_table.h"
#include "core/kernels/trace_kernels.h"
#include "core/report/kernel_report.h"

namespace taktwerk::cli {

namespace {

struct KernelsArguments {
  std::string trace;
  bool json = false;
};

ExitStatus kernels(const KernelsArguments& arguments, const Context& context) {
  const Console& console = context.console;
  Progress progress;
  Result<Program> program;
  {
    const Interruption::Guard guard(context.interruption, progress);
    const ProgressLine line(progress, "reading", "instructions");
    program = readTraceAsLoops(arguments.trace, progress);
  }
  if (progress.cancelled()) return ExitStatus::Cancelled;
  if (!program) return console.refuse(program.diagnostics);
  if (program->steps.empty()) {
    console.report(
        {{Severity::Warning, arguments.trace, {1, 1}, "T0023", "the trace holds no instructions", {}}});
  }
  const KernelTable table = kernelTableOf(*program);
  if (arguments.json) {
    writeKernelsJson(console.out(), table);
  } else {
    writeKernelsText(console.out(), table);
  }
  return console.finish();
}

}  // namespace

Command addKernelsCommand(CLI::App& program) {
  const auto arguments = std::make_shared<KernelsArguments>();
  CLI::App* const command = program.add_subcommand(
      "kernels", "Find the loop kernels of a trace: start, length, repetitions and nesting");
  command->add_option("--trace", arguments->trace, "The trace, a *.trace.jsonl")
      ->required()
      ->type_name("FILE");
  command->add_flag("--json", arguments->json, "JSON instead of a table");
  return {command, [arguments](const Context& context) { return kernels(*arguments, context); }};
}

}  // namespace taktwerk::cli
