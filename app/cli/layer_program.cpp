// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/layer_program.h"

#include "app/cli/progress_line.h"

namespace taktwerk::cli {

std::variant<LayerProgram, ExitStatus> layerProgramOf(const Inputs& inputs, const std::string& layer,
                                                      const Context& context) {
  const Console& console = context.console;
  if (const auto misuse = checkLayer(*inputs.network, layer)) return console.misused(misuse->message);
  Progress progress;
  Result<LayerProgram> program;
  {
    const Interruption::Guard guard(context.interruption, progress);
    const ProgressLine line(progress, "choosing the mapping", "instructions");
    program = programOf(inputs.study, layer, *inputs.memory, progress);
  }
  if (progress.cancelled()) return ExitStatus::Cancelled;
  console.report(program.diagnostics);
  if (!program || hasErrors(program.diagnostics)) return ExitStatus::WrongInput;
  return std::move(*program);
}

std::variant<Program, ExitStatus> programOfLayer(const Inputs& inputs, const std::string& layer,
                                                 const Context& context) {
  const auto found = layerProgramOf(inputs, layer, context);
  if (const auto* status = std::get_if<ExitStatus>(&found)) return *status;
  return *std::get<LayerProgram>(found).program;
}

}  // namespace taktwerk::cli
