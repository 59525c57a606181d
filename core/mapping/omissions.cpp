// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mapping/omissions.h"

#include <algorithm>

#include "core/base/quotes.h"
#include "core/mapping/evaluator.h"
#include "core/network/operators.h"

namespace taktwerk {
namespace {

/// What a program's instructions touch, whatever its conditions and loops come to.
struct Mentioned {
  bool instructions = false, loads = false, stores = false;
  bool loadsAnywhere = false, storesAnywhere = false;  ///< by address, in a memory itself
  std::vector<bool> loaded, stored;                    ///< by storage
  std::vector<std::string> operations;
};

void look(const ProgramNodes& nodes, Mentioned& found);

void look(const InstructionNode& node, Mentioned& found) {
  found.instructions = true;
  found.operations.push_back(node.operation);
  for (const MemoryReference& load : node.loads) {
    found.loads = true;
    if (load.storage)
      found.loaded[*load.storage] = true;
    else
      found.loadsAnywhere = true;
  }
  for (const MemoryReference& store : node.stores) {
    found.stores = true;
    if (store.storage)
      found.stored[*store.storage] = true;
    else
      found.storesAnywhere = true;
  }
}

void look(const LoopNode& node, Mentioned& found) {
  for (const ProgramNodes& stage : node.stages) look(stage, found);
}

void look(const SpatialNode& node, Mentioned& found) {
  look(node.body, found);
}

void look(const WhenNode& node, Mentioned& found) {
  look(node.body, found);
  look(node.otherwise, found);
}

void look(const LetNode& /*node*/, Mentioned& /*found*/) {}

void look(const ProgramNodes& nodes, Mentioned& found) {
  for (const ProgramNode& node : nodes) {
    std::visit([&](const auto& content) { look(content, found); }, node.content);
  }
}

Mentioned mentionedIn(const MappingDocument& document) {
  Mentioned found;
  found.loaded.resize(document.storages.size());
  found.stored.resize(document.storages.size());
  look(document.program, found);
  return found;
}

/// `condition: 0 == 1`: the mapping is there to say why nothing takes its operators.
bool refusesEverything(const MappingDocument& document) {
  return std::any_of(document.requirements.begin(), document.requirements.end(),
                     [](const Requirement& requirement) {
                       const auto& nodes = requirement.condition.nodes;
                       if (std::any_of(nodes.begin(), nodes.end(), [](const CompiledExpression::Node& node) {
                             return node.op == Expression::Operator::Variable;
                           })) {
                         return false;
                       }
                       std::vector<SlotValue> none;
                       bool holds = true;
                       const LoopLevels noLoops;
                       Evaluator evaluator(none, noLoops, [](SourcePosition, const std::string&) {});
                       return evaluator.condition(requirement.condition, holds) == Outcome::Done && !holds;
                     });
}

std::string operatorsOf(const ChainStep& step) {
  std::string names;
  for (const std::string& name : step.operators) names += (names.empty() ? "" : " or ") + name;
  return names;
}

bool isResult(const StorageDeclaration& storage) {
  return (storage.operand && storage.operand->name == "output") ||
         (storage.holds && storage.holds->name == "output");
}

/// Whether it may share words with what stands at an address given by hand.
bool mayLieWithin(const MappingDocument& document, const StorageDeclaration& storage) {
  return std::any_of(document.storages.begin(), document.storages.end(), [&](const auto& other) {
    return &other != &storage && other.memory == storage.memory && (other.base || storage.base);
  });
}

bool standsForSomething(const MappingDocument& document, const Mentioned& found) {
  return std::any_of(document.standsFor.begin(), document.standsFor.end(), [&](const StandsFor& each) {
    return std::find(found.operations.begin(), found.operations.end(), each.operation) !=
           found.operations.end();
  });
}

/// Operands and the result, where instructions access memories.
void checkAccesses(const MappingDocument& document, const Mentioned& found, Diagnostics& problems) {
  const auto add = [&](SourcePosition position, const char* code, std::string message) {
    problems.push_back({Severity::Error, document.file, position, code, std::move(message), document.name});
  };
  bool placed = false, written = found.storesAnywhere;
  const StorageDeclaration* result = nullptr;
  for (std::size_t i = 0; i < document.storages.size(); ++i) {
    const StorageDeclaration& storage = document.storages[i];
    if (isResult(storage)) {
      placed = true;
      result = &storage;
      written = written || found.stored[i] || mayLieWithin(document, storage);
      continue;
    }
    if (!(storage.operand || storage.holds) || found.loaded[i] || found.loadsAnywhere) continue;
    if (mayLieWithin(document, storage)) continue;
    add(storage.position, "M0404",
        "no instruction reads " + inQuotes(storage.name) +
            ", an operand of the layer; load it, or leave it out");
  }
  if (placed && !written) {
    add(result->position, "M0403",
        "no instruction writes " + inQuotes(result->name) + ", the result of the layer; store it");
  }
}

}  // namespace

bool changesShapesOnly(const MappingDocument& document) {
  return std::all_of(document.steps.begin(), document.steps.end(), [](const ChainStep& step) {
    return std::all_of(step.operators.begin(), step.operators.end(), [](const std::string& name) {
      const OperatorSpecification* specification = findOperator(name);
      return specification != nullptr && specification->rule == ShapeRule::Resize;
    });
  });
}

Diagnostics omissionsOf(const MappingDocument& document) {
  if (refusesEverything(document) || document.steps.empty()) return {};
  const Mentioned found = mentionedIn(document);
  Diagnostics problems;
  const auto only = [&](const char* code, std::string message) {
    problems.push_back(
        {Severity::Error, document.file, document.programPosition, code, std::move(message), document.name});
    return problems;
  };
  const std::string taken = operatorsOf(document.steps.front());
  if (!found.instructions) {
    if (changesShapesOnly(document)) return {};
    return only("M0401", "the mapping is unfinished: its program has no instruction, so nothing computes " +
                             taken + "; write what reads the operands and stores the output");
  }
  if (!found.stores && standsForSomething(document, found)) return {};
  if (!found.stores) {
    return only("M0402",
                "the mapping is unfinished: no instruction writes a memory, so the result of " + taken +
                    " is never stored; store it, or say what instructions without accesses stand for: "
                    "stands_for: {operation: {products: C * K, results: K}}");
  }
  checkAccesses(document, found, problems);
  return problems;
}

Diagnostics undecidedOf(const MappingDocument& document) {
  if (refusesEverything(document) || !document.omissions.empty()) return {};
  const Mentioned found = mentionedIn(document);
  const auto warn = [&](const char* code, std::string message) {
    return Diagnostics{{Severity::Warning, document.file, document.programPosition, code, std::move(message),
                        document.name}};
  };
  if (!found.instructions) {
    if (document.inPlace) return {};
    return warn("M0411",
                "the program has no instruction; say result: in place where another shape is the same words");
  }
  const bool placed = std::any_of(document.storages.begin(), document.storages.end(), isResult);
  const bool counted = std::any_of(document.standsFor.begin(), document.standsFor.end(),
                                   [](const StandsFor& each) { return each.results.has_value(); });
  if (placed || counted || !found.stores) return {};
  return warn("M0412",
              "nothing says where the result lies, so whether all of it is written cannot be decided; put "
              "output among the tensors, or say holds: output of a buffer");
}

}  // namespace taktwerk
