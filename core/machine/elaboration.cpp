// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/architecture/expand.h"
#include "core/architecture/structural_parameters.h"
#include "core/machine/elaborate.h"
#include "core/machine/elaboration_steps.h"

namespace taktwerk {

struct Elaboration::Known {
  ExpressionCache expressions;
  std::set<std::string, std::less<>> structural;  ///< parameters that decide what there is
  /// By their values: the architecture written out, checked and without an error.
  std::map<std::vector<std::int64_t>, std::shared_ptr<const Architecture>> structures;
  ElaborationCounts counts;
};

Elaboration::Elaboration(std::shared_ptr<const Architecture> architecture)
    : architecture_(std::move(architecture)), known_(std::make_unique<Known>()) {
  known_->structural = structuralParameters(*architecture_);
}

Elaboration::~Elaboration() = default;

ElaborationCounts Elaboration::counts() const {
  ElaborationCounts counts = known_->counts;
  counts.expressions = known_->expressions.parsed();
  return counts;
}

Result<std::shared_ptr<const Machine>> Elaboration::machine(const ParameterValues& overrides) {
  constexpr std::size_t mostStructures = 16;  // large arrays are large
  Problems problems(architecture_->file);
  const ParameterMap parameters =
      resolveParameters(*architecture_, overrides, problems, &known_->expressions);
  // What is wrong is said as it is said without a memory.
  if (problems.hasErrors()) return elaborate(*architecture_, overrides);
  std::vector<std::int64_t> values;
  bool asRead = true;
  for (const Parameter& p : architecture_->parameters) {
    const std::int64_t value = parameters.at(p.name);
    if (!known_->structural.contains(p.name)) continue;
    values.push_back(value);
    asRead = asRead && value == p.defaultValue;
  }
  std::shared_ptr<const Architecture> structure;
  if (const auto found = known_->structures.find(values); found != known_->structures.end()) {
    structure = found->second;
  } else {
    ++known_->counts.structures;
    structure = architecture_;
    bool complete = true;
    if (architecture_->isGenerated() && !asRead) {
      auto expanded = std::make_shared<Architecture>(*architecture_);
      complete = expand(*expanded, parameters, problems);
      structure = std::move(expanded);
    }
    validateFlat(*structure, problems, complete);
    if (problems.hasErrors()) return elaborate(*architecture_, overrides);
    if (known_->structures.size() >= mostStructures) known_->structures.clear();
    known_->structures.emplace(std::move(values), structure);
  }
  ++known_->counts.machines;
  std::shared_ptr<const Machine> machine = machineOf(*structure, parameters, problems, &known_->expressions);
  if (!machine) return elaborate(*architecture_, overrides);
  return {std::move(machine), std::move(problems).take("A0000")};
}

}  // namespace taktwerk
