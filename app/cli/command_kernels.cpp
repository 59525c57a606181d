// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/progress_line.h"
#include "core/kernels/trace_kernels.h"
#include "core/report/json_writer.h"
#include "core/report/text_table.h"

namespace taktwerk::cli {

namespace {

struct KernelsArguments {
  std::string trace;
  bool json = false;
};

/// Kernels stand outer before inner, so those inside one follow it.
std::size_t writeJson(JsonWriter& json, const std::vector<Kernel>& kernels, std::size_t at) {
  const Kernel& kernel = kernels[at];
  json.openObject({}, JsonWriter::Layout::Lines)
      .member("start", kernel.start)
      .member("line", kernel.sourceLine)
      .member("length", kernel.length)
      .member("repetitions", kernel.repetitions)
      .member("depth", kernel.depth)
      .openArray("kernels", JsonWriter::Layout::Lines);
  std::size_t next = at + 1;
  while (next < kernels.size() && kernels[next].depth > kernel.depth) next = writeJson(json, kernels, next);
  json.closeArray().closeObject();
  return next;
}

void writeJson(std::ostream& out, const Program& program, const std::vector<Kernel>& kernels) {
  const ProgramSize size = sizeOf(program);
  JsonWriter json(out);
  json.openObject({}, JsonWriter::Layout::Lines)
      .member("trace", program.name)
      .member("instructions", size.instructions)
      .member("loop_iterations", size.loopIterations)
      .member("folded_instructions", program.steps.size())
      .openArray("kernels", JsonWriter::Layout::Lines);
  for (std::size_t at = 0; at < kernels.size();) at = writeJson(json, kernels, at);
  json.closeArray().closeObject();
  out << '\n';
}

void writeText(std::ostream& out, const Program& program, const std::vector<Kernel>& kernels) {
  using Align = TextTable::Align;
  out << printable(program.name) << ": " << groupedDigits(sizeOf(program).instructions) << " instructions, "
      << groupedDigits(static_cast<std::int64_t>(program.steps.size())) << " after folding, "
      << groupedDigits(static_cast<std::int64_t>(kernels.size())) << " loop kernels\n";
  if (kernels.empty()) return;
  TextTable table({{"kernel"},
                   {"line", Align::Right},
                   {"start", Align::Right},
                   {"length", Align::Right},
                   {"repetitions", Align::Right}});
  std::vector<std::int64_t> numbers;
  for (const Kernel& kernel : kernels) {
    numbers.resize(kernel.depth + 1, 0);
    ++numbers.back();
    std::string name;
    for (const std::int64_t number : numbers) name += (name.empty() ? "" : ".") + std::to_string(number);
    table.add({std::string(2 * kernel.depth, ' ') + name, groupedDigits(kernel.sourceLine),
               groupedDigits(kernel.start), groupedDigits(kernel.length), groupedDigits(kernel.repetitions)});
  }
  out << '\n';
  table.write(out);
}

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
  const std::vector<Kernel> found = kernelsOf(*program);
  if (arguments.json) {
    writeJson(console.out(), *program, found);
  } else {
    writeText(console.out(), *program, found);
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
