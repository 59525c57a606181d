// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <ostream>
#include <streambuf>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/cli/command.h"
#include "app/cli/inputs.h"
#include "app/cli/layer_program.h"
#include "app/cli/progress_line.h"
#include "core/architecture/architecture_file.h"
#include "core/architecture/expand.h"
#include "core/base/atomic_file.h"
#include "core/estimate/estimate.h"
#include "core/program/trace_file.h"
#include "core/report/text_table.h"

namespace taktwerk::cli {

namespace {

struct DumpArguments {
  InputArguments inputs;
  std::string layer;
  std::string architectureFile;
  std::string traceFile;
  std::optional<std::string> instructionLimit;
};

bool sameFile(const std::string& a, const std::string& b) {
  std::error_code error;
  return a == b || std::filesystem::equivalent(a, b, error) ||
         std::filesystem::weakly_canonical(a, error) == std::filesystem::weakly_canonical(b, error);
}

/// What to say when an output would replace an input or the other output.
std::optional<Misuse> checkTargets(const DumpArguments& arguments) {
  if (sameFile(arguments.architectureFile, arguments.traceFile)) {
    return Misuse{"--out-arch and --out-trace name the same file"};
  }
  std::vector<std::string> inputs = arguments.inputs.mappings;
  inputs.push_back(arguments.inputs.architecture);
  inputs.push_back(arguments.inputs.network);
  for (const std::string& input : inputs) {
    if (sameFile(arguments.architectureFile, input))
      return Misuse{"--out-arch would replace the input " + input};
    if (sameFile(arguments.traceFile, input)) return Misuse{"--out-trace would replace the input " + input};
  }
  return std::nullopt;
}

/// Passes bytes on until the computation is cancelled, then ends the writing with an exception, which the
/// stream lets through; counts lines as progress.
class CancellableBuffer : public std::streambuf {
 public:
  struct Cancelled {};
  CancellableBuffer(std::streambuf& target, Progress& progress) : target_(target), progress_(progress) {}

 protected:
  int_type overflow(int_type byte) override {
    const char one = traits_type::to_char_type(byte);
    return xsputn(&one, 1) == 1 ? byte : traits_type::eof();
  }
  std::streamsize xsputn(const char* text, std::streamsize size) override {
    if (progress_.cancelled()) throw Cancelled{};
    progress_.done += std::count(text, text + size, '\n');
    return target_.sputn(text, size);
  }

 private:
  std::streambuf& target_;
  Progress& progress_;
};

/// The architecture with the values of this run as its parameters' defaults, in plain numbers, and with its
/// arrays written out. What it declares of its validation goes where values are others.
Architecture withValues(Architecture architecture, const Machine& machine) {
  for (Parameter& parameter : architecture.parameters) {
    parameter.defaultValue = machine.parameters.find(parameter.name)->second;
    parameter.expression.clear();
  }
  if (!machine.changedParameters.empty()) architecture.validation.clear();  // is of other values
  Problems none(architecture.file);  // the machine was made of the same
  expand(architecture, machine.parameters, none);
  architecture.templates.clear();
  architecture.declared.clear();
  architecture.rules.clear();
  return architecture;
}

ExitStatus write(const DumpArguments& arguments, const Inputs& inputs, const Program& program,
                 const Context& context) {
  const Console& console = context.console;
  auto architectureFile = AtomicFile::create(arguments.architectureFile);
  if (!architectureFile) return console.refuse(architectureFile.diagnostics);
  auto traceFile = AtomicFile::create(arguments.traceFile);
  if (!traceFile) return console.refuse(traceFile.diagnostics);

  architectureFile->stream() << writeArchitecture(withValues(*inputs.study.architecture, *inputs.machine));
  Progress progress;
  progress.total = sizeOf(program).instructions;
  {
    const Interruption::Guard guard(context.interruption, progress);
    const ProgressLine line(progress, "writing", "instructions");
    CancellableBuffer buffer(*traceFile->stream().rdbuf(), progress);
    std::ostream output(&buffer);
    output.exceptions(std::ios::badbit);
    try {
      writeTrace(output, program, *inputs.machine);
    } catch (const CancellableBuffer::Cancelled&) {
      return ExitStatus::Cancelled;
    } catch (const std::ios::failure&) {
      traceFile->stream().setstate(std::ios::badbit);  // commit says why
    }
  }
  if (const Diagnostics problems = traceFile->commit(); !problems.empty()) return console.refuse(problems);
  if (const Diagnostics problems = architectureFile->commit(); !problems.empty())
    return console.refuse(problems);
  return ExitStatus::Done;
}

ExitStatus dump(const DumpArguments& arguments, const Context& context) {
  const Console& console = context.console;
  std::int64_t limit = 1'000'000;
  if (arguments.instructionLimit) {
    const auto given = countArgument("--instruction-limit", *arguments.instructionLimit, 1);
    if (const auto* misuse = std::get_if<Misuse>(&given)) return console.misused(misuse->message);
    limit = std::get<std::int64_t>(given);
  }
  if (const auto misuse = checkTargets(arguments)) return console.misused(misuse->message);
  auto read = readInputs(arguments.inputs, console);
  if (const auto* status = std::get_if<ExitStatus>(&read)) return *status;
  const Inputs inputs = std::get<Inputs>(std::move(read));
  auto chosen = programOfLayer(inputs, arguments.layer, context);
  if (const auto* status = std::get_if<ExitStatus>(&chosen)) return *status;
  const Program program = std::get<Program>(std::move(chosen));
  const std::int64_t instructions = sizeOf(program).instructions;
  if (instructions > limit) {
    return console.misused("layer " + arguments.layer + " has " + groupedDigits(instructions) +
                           " instructions, more than " + groupedDigits(limit) +
                           "; allow that many with --instruction-limit " + std::to_string(instructions));
  }
  return write(arguments, inputs, program, context);
}

}  // namespace

Command addDumpCommand(CLI::App& program) {
  const auto arguments = std::make_shared<DumpArguments>();
  CLI::App* const command = program.add_subcommand(
      "dump", "Write the flat architecture and the unrolled trace of one layer, for other programs");
  addInputArguments(*command, arguments->inputs, TraceArgument::No);
  command->add_option("--layer", arguments->layer, "The layer")->required()->type_name("NAME");
  command->add_option("--out-arch", arguments->architectureFile, "Where the architecture goes, a *.arch.yaml")
      ->required()
      ->type_name("FILE");
  command->add_option("--out-trace", arguments->traceFile, "Where the trace goes, a *.trace.jsonl")
      ->required()
      ->type_name("FILE");
  command
      ->add_option("--instruction-limit", arguments->instructionLimit,
                   "Refuse layers of more instructions than this (1000000)")
      ->type_name("N");
  return {command, [arguments](const Context& context) { return dump(*arguments, context); }};
}

}  // namespace taktwerk::cli
