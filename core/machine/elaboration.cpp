// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <list>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/architecture/expand.h"
#include "core/architecture/structural_parameters.h"
#include "core/machine/elaborate.h"
#include "core/machine/elaboration_steps.h"

namespace taktwerk {

struct Elaboration::Known {
  /// An architecture written out, checked and without an error.
  struct Structure {
    std::vector<std::int64_t> values;  ///< of the structural parameters
    std::shared_ptr<const Architecture> architecture;
  };

  ExpressionCache expressions;
  std::set<std::string, std::less<>> structural;  ///< parameters that decide what there is
  std::list<Structure> structures;                ///< the one used last first
  std::size_t objects = 0;                        ///< in all of them
  ElaborationCounts counts;

  void keep(Structure structure);
};

/// Forgets as many old ones as are needed, which never are many at a time: freeing takes time, too.
void Elaboration::Known::keep(Structure structure) {
  constexpr std::size_t mostStructures = 16, mostObjectsKept = 200'000;
  objects += structure.architecture->objects.size();
  structures.push_front(std::move(structure));
  while (structures.size() > 1 && (structures.size() > mostStructures || objects > mostObjectsKept)) {
    objects -= structures.back().architecture->objects.size();
    structures.pop_back();
  }
}

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

/// The architecture written out with these values; null where something is wrong with it, or, without a
/// problem, where `progress` asks to stop.
std::shared_ptr<const Architecture> Elaboration::structureOf(const ParameterMap& parameters,
                                                             Problems& problems, const Progress* progress) {
  Known& known = *known_;
  std::vector<std::int64_t> values;
  values.reserve(known.structural.size());
  bool asRead = true;
  for (const Parameter& p : architecture_->parameters) {
    if (!known.structural.contains(p.name)) continue;
    values.push_back(parameters.at(p.name));
    asRead = asRead && values.back() == p.defaultValue;
  }
  const auto found = std::find_if(known.structures.begin(), known.structures.end(),
                                  [&](const Known::Structure& each) { return each.values == values; });
  if (found != known.structures.end()) {
    known.structures.splice(known.structures.begin(), known.structures, found);
    return found->architecture;
  }
  ++known.counts.structures;
  std::shared_ptr<const Architecture> structure = architecture_;
  bool complete = true;
  if (architecture_->isGenerated() && !asRead) {
    auto expanded = std::make_shared<Architecture>(*architecture_);
    complete = expand(*expanded, parameters, problems);
    structure = std::move(expanded);
  }
  if (progress != nullptr && progress->cancelled()) return nullptr;
  validateFlat(*structure, problems, complete);
  if (problems.hasErrors()) return nullptr;
  known.keep({std::move(values), structure});
  return structure;
}

Result<std::shared_ptr<const Machine>> Elaboration::machine(const ParameterValues& overrides,
                                                            const Progress* progress) {
  Problems problems(architecture_->file);
  const ParameterMap parameters =
      resolveParameters(*architecture_, overrides, problems, &known_->expressions);
  // What is wrong is said as it is said without a memory.
  if (problems.hasErrors()) return elaborate(*architecture_, overrides);
  const auto structure = structureOf(parameters, problems, progress);
  if (problems.hasErrors()) return elaborate(*architecture_, overrides);
  if (!structure) return {};
  if (progress != nullptr && progress->cancelled()) return {};
  ++known_->counts.machines;
  std::shared_ptr<const Machine> machine = machineOf(*structure, parameters, problems, &known_->expressions);
  if (!machine) return elaborate(*architecture_, overrides);
  return {std::move(machine), std::move(problems).take("A0000")};
}

}  // namespace taktwerk
