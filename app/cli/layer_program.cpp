// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/layer_program.h"

#include <algorithm>
#include <utility>

#include "app/cli/progress_line.h"
#include "core/estimate/estimate.h"

namespace taktwerk::cli {

namespace {

/// The program of the layer's estimate: the mapping and tunables that `estimate` chooses.
Result<Program> programOf(const LayerEstimate& layer, const Inputs& inputs) {
  const auto& layers = inputs.network->layers;
  const auto first =
      std::find_if(layers.begin(), layers.end(), [&](const Layer& l) { return l.name == layer.name; });
  for (const Mapping& mapping : inputs.mappings) {
    if (mapping.name != layer.mapping) continue;
    const Match matched = match(mapping, *inputs.machine, *inputs.network, first->id);
    if (matched.layers.size() != 1 + layer.fused.size()) continue;
    Result<MappedProgram> mapped =
        mapLayers(mapping, *inputs.machine, *inputs.network, matched.layers, layer.tunables);
    if (!mapped) return std::move(mapped.diagnostics);
    return {std::move(mapped->program), std::move(mapped.diagnostics)};
  }
  return Diagnostic{Severity::Error,
                    inputs.network->file,
                    {1, 1},
                    "E0007",
                    "the mapping \"" + layer.mapping + "\" of layer \"" + layer.name + "\" is not there",
                    layer.name};
}

}  // namespace

std::variant<Program, ExitStatus> programOfLayer(const Inputs& inputs, const std::string& layer,
                                                 const Context& context) {
  const Console& console = context.console;
  if (const auto misuse = checkLayer(*inputs.network, layer)) return console.misused(misuse->message);

  // Where several mappings fit, the estimate decides.
  EstimateOptions options;
  options.layer = layer;
  options.tunables = inputs.overrides.tunables;
  Progress progress;
  NetworkEstimate estimate;
  {
    const Interruption::Guard guard(context.interruption, progress);
    const ProgressLine line(progress, "choosing the mapping", "instructions");
    estimate = estimateNetwork(inputs.machine, *inputs.network, inputs.mappings, options, progress);
  }
  if (estimate.cancelled) return ExitStatus::Cancelled;
  console.report(estimate.diagnostics);
  if (hasErrors(estimate.diagnostics)) return ExitStatus::WrongInput;
  if (estimate.layers.empty()) {
    const std::string reason = estimate.unmapped.empty() ? "" : ": " + estimate.unmapped.front().reason;
    return console.refuse({{Severity::Error,
                            inputs.network->file,
                            {1, 1},
                            "E0005",
                            "no mapping takes layer \"" + layer + '"' + reason,
                            layer}});
  }
  Result<Program> program = programOf(estimate.layers.front(), inputs);
  console.report(program.diagnostics);
  if (!program || hasErrors(program.diagnostics)) return ExitStatus::WrongInput;
  return std::move(*program.value);
}

}  // namespace taktwerk::cli
