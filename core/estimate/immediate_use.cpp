// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/estimate/immediate_use.h"

#include <limits>
#include <map>
#include <string>
#include <utility>

#include "core/bounds/demand.h"

namespace taktwerk {

std::vector<ImmediateUse> immediatesOf(const Machine& machine, const Program& program, std::size_t most) {
  const std::vector<std::int64_t> executions = executionsOf(program);
  std::map<std::pair<OperationId, std::string>, std::map<std::int64_t, std::int64_t>> byName;
  for (std::size_t step = 0; step < program.steps.size(); ++step) {
    if (executions[step] == 0) continue;
    const InstructionTemplate& instruction = program.templates[program.steps[step].instruction];
    for (const auto& [name, value] : instruction.immediates) {
      auto& values = byName[{instruction.operation, name}];
      if (values.size() > most) continue;
      std::int64_t& count = values[value];
      if (__builtin_add_overflow(count, executions[step], &count))
        count = std::numeric_limits<std::int64_t>::max();
    }
  }
  std::vector<ImmediateUse> uses;
  for (auto& [key, values] : byName) {
    if (values.size() > most) continue;
    uses.push_back({machine.operations[key.first.index()], key.second, std::move(values)});
  }
  return uses;
}

}  // namespace taktwerk
