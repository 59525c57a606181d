// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mapping/fixed_part.h"

#include <algorithm>

namespace taktwerk {

namespace {

class Names {
 public:
  [[nodiscard]] bool visit(const SpatialNode& node) {
    for (const CompiledExpression* each : {&node.from, &node.to, &node.step}) use(*each);
    inside_.push_back(node.variable);
    return visit(node.body);
  }

  [[nodiscard]] std::vector<SlotIndex> fromOutside() {
    std::sort(used_.begin(), used_.end());
    used_.erase(std::unique(used_.begin(), used_.end()), used_.end());
    std::erase_if(used_, [&](SlotIndex slot) {
      return std::find(inside_.begin(), inside_.end(), slot) != inside_.end();
    });
    return std::move(used_);
  }

 private:
  bool visit(const ProgramNodes& nodes) {
    return std::all_of(nodes.begin(), nodes.end(), [&](const ProgramNode& node) { return visit(node); });
  }

  bool visit(const ProgramNode& node) {
    if (const auto* instruction = std::get_if<InstructionNode>(&node.content)) return visit(*instruction);
    if (const auto* each = std::get_if<SpatialNode>(&node.content)) return visit(*each);
    if (const auto* when = std::get_if<WhenNode>(&node.content)) {
      use(when->condition);
      return visit(when->body) && visit(when->otherwise);
    }
    return false;  // a loop; values named inside are rare here and not worth their rules
  }

  bool visit(const InstructionNode& node) {
    if (!node.loads.empty() || !node.stores.empty()) return false;
    for (const auto* references : {&node.reads, &node.writes}) {
      for (const RegisterReference& reference : *references) {
        use(reference.name);
        if (!reference.range) continue;
        use(reference.range->count);
        inside_.push_back(reference.range->variable);
      }
    }
    for (const auto& [name, expression] : node.immediates) use(expression);
    if (node.unit) use(*node.unit);
    if (node.guard) use(*node.guard);
    return true;
  }

  void use(const NamePattern& pattern) {
    for (const CompiledExpression& hole : pattern.holes) use(hole);
  }
  void use(const CompiledExpression& expression) {
    for (const CompiledExpression::Node& node : expression.nodes) {
      if (node.op == Expression::Operator::Variable) used_.push_back(node.slot);
    }
  }

  std::vector<SlotIndex> used_, inside_;
};

}  // namespace

std::optional<std::vector<SlotIndex>> namesOfFixedPart(const SpatialNode& node) {
  Names names;
  if (!names.visit(node)) return std::nullopt;
  return names.fromOutside();
}

}  // namespace taktwerk
