// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mapping/compiled_expression.h"

namespace taktwerk {

CompiledExpression compile(const PlacedExpression& source,
                           const std::function<SlotIndex(const std::string& name)>& slotOf) {
  CompiledExpression result;
  result.text = source.expression.text();
  result.position = source.position;
  std::vector<SlotIndex> slots;
  for (const std::string& name : source.expression.variables()) slots.push_back(slotOf(name));
  for (const Expression::Node& node : source.expression.nodes()) {
    CompiledExpression::Node& compiled = result.nodes.emplace_back();
    compiled.op = node.op;
    compiled.column = node.column;
    compiled.constant = node.constant;
    if (node.op == Expression::Operator::Variable) compiled.slot = slots[node.variable];
    compiled.firstOperand = static_cast<std::uint32_t>(result.operands.size());
    compiled.operandCount = static_cast<std::uint32_t>(node.operands.size());
    result.operands.insert(result.operands.end(), node.operands.begin(), node.operands.end());
  }
  return result;
}

CompiledExpression compiledConstant(std::int64_t value, SourcePosition position) {
  return compile({Expression::constant(value), position}, [](const std::string&) { return SlotIndex{0}; });
}

}  // namespace taktwerk
