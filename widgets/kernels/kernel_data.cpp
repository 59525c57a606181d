// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/kernels/kernel_data.h"

#include <algorithm>

namespace taktwerk {

LayerKernels kernelsOfLayer(const EstimateInput& input, const QString& layer, Progress& progress) {
  LayerKernels kernels;
  kernels.layer = layer;
  const Result<Study> study = studyOf(input);
  kernels.diagnostics = study.diagnostics;
  if (hasErrors(kernels.diagnostics)) return kernels;
  Result<LayerProgram> program = programOf(*study, layer.toStdString(), *input.memory, progress);
  kernels.cancelled = progress.cancelled();
  if (kernels.cancelled) return kernels;
  if (!program || !program->program) {
    kernels.diagnostics = program.diagnostics;
    return kernels;
  }
  kernels.program = std::move(*program);
  progress.total.store(0, std::memory_order_relaxed);  // how much is skipped is not known
  Result<KernelStudy> found = studyKernels(*kernels.program.machine, *kernels.program.program, progress);
  if (!found) {
    kernels.diagnostics = found.diagnostics;
    return kernels;
  }
  kernels.cancelled = found->cancelled;
  if (!kernels.cancelled) kernels.study = std::make_shared<const KernelStudy>(std::move(*found));
  return kernels;
}

KernelBody bodyOfKernel(const LayerKernels& kernels, std::optional<std::size_t> row, Progress& progress) {
  KernelBody result;
  result.row = row;
  Result<BodyStudy> body =
      studyBody(*kernels.program.machine, *kernels.program.program, *kernels.study, row, progress);
  if (body) result.body = std::move(*body);
  result.diagnostics = std::move(body.diagnostics);
  return result;
}

std::optional<std::size_t> heaviestRow(const LayerKernels& kernels) {
  const std::vector<std::uint32_t> nest = heaviestNest(*kernels.program.program);
  if (nest.empty()) return std::nullopt;
  const std::vector<KernelRow>& rows = kernels.study->table.kernels;
  const auto row =
      std::find_if(rows.begin(), rows.end(), [&](const KernelRow& each) { return each.loop == nest.back(); });
  return static_cast<std::size_t>(row - rows.begin());
}

std::vector<MachineObjectId> partsOf(const BodyInstruction& instruction, const Machine& machine) {
  std::vector<MachineObjectId> parts;
  const auto add = [&](std::uint32_t object) {
    const MachineObjectId id{object};
    if (std::find(parts.begin(), parts.end(), id) == parts.end()) parts.push_back(id);
  };
  if (instruction.timed) {
    add(instruction.unit.value);
  } else {
    for (const Unit& unit : machine.units) {
      if (unit.name == instruction.listed.unit) add(unit.object);
    }
  }
  for (const auto* accesses : {&instruction.listed.reads, &instruction.listed.writes}) {
    for (const ListedAccess& access : *accesses) {
      const MemoryId memory = machine.findMemory(access.memory);
      if (memory.valid()) add(machine.memories[memory.index()].object);
    }
  }
  return parts;
}

}  // namespace taktwerk
