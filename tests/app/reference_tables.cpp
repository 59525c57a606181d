// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/reference_tables.h"

#include <limits>
#include <map>
#include <vector>

#include "core/architecture/class_specification.h"
#include "core/network/operators.h"

namespace taktwerk::test {

namespace {

std::string superscript(int number) {
  static const char* const digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text;
  for (const char c : std::to_string(number)) text += digits[c - '0'];
  return text;
}

/// Large limits as the powers of two that they are.
std::string limitText(std::int64_t value) {
  for (int power = 15; power < 63; ++power) {
    const std::int64_t bound = std::int64_t{1} << power;
    if (value == bound) return "2" + superscript(power);
    if (value == bound - 1) return "2" + superscript(power) + " − 1";
  }
  return value == std::numeric_limits<std::int64_t>::max() ? "2⁶³ − 1" : std::to_string(value);
}

std::string inBackticks(std::string_view text) {
  return '`' + std::string(text) + '`';
}

std::string attributeRow(const AttributeSpecification& attribute) {
  std::string limits, remark(attribute.description);
  std::string usual = attribute.required ? "–" : std::string(attribute.defaultText);
  switch (attribute.type) {
    case AttributeType::Duration:
    case AttributeType::Count:
    case AttributeType::LatencyMap:
    case AttributeType::AddressRanges:
    case AttributeType::Quantity:
    case AttributeType::Energy:
      limits = limitText(attribute.minimum) + " to " + limitText(attribute.maximum);
      if (!attribute.unit.empty()) limits += ' ' + std::string(attribute.unit);
      break;
    case AttributeType::Boolean:
      limits = "`true`, `false`";
      break;
    case AttributeType::Names:
    case AttributeType::Source:
      limits = "names";
      break;
    case AttributeType::Figures:
      limits = "numbers by name";
      break;
    case AttributeType::Choice:
      for (const std::string_view choice : attribute.choices)
        limits += (limits.empty() ? "" : ", ") + inBackticks(choice);
      break;
  }
  if (attribute.scope == ExpressionScope::Immediates) remark += " *immediates*";
  if (attribute.scope == ExpressionScope::Access) remark += " *access*";
  return "| " + inBackticks(attribute.name) + " | " + usual + " | " + limits + " | " + remark + " |\n";
}

std::string dimensionText(const DimensionSpecification& dimension) {
  std::string text = inBackticks(dimension.name) + ' ' + dimension.description;
  if (dimension.derived) return text + (dimension.value ? " (follows)" : " (from shapes)");
  return dimension.value ? text + " (= " + inBackticks(dimension.value->text()) + ')' : text;
}

std::string operandText(const OperandSpecification& operand) {
  std::string text = inBackticks(operand.name) + " [";
  for (std::size_t i = 0; i < operand.axes.size(); ++i) {
    const AxisSpecification& axis = operand.axes[i];
    text += (i > 0 ? ", " : "") + axis.letter;
    if (axis.extent.text() != axis.letter) text += " = " + axis.extent.text();
  }
  text += ']';
  return operand.optional ? '(' + text + ')' : text;
}

/// All of an operator's row but its name.
std::string signatureOf(const OperatorSpecification& specification) {
  std::string text;
  for (const DimensionSpecification& dimension : specification.dimensions)
    text += (text.empty() ? "" : ", ") + dimensionText(dimension);
  text += " | ";
  for (std::size_t i = 0; i < specification.inputs.size(); ++i)
    text += (i > 0 ? ", " : "") + operandText(specification.inputs[i]);
  text += " → " + operandText(specification.output) + " | ";
  return text + (specification.macs ? inBackticks(specification.macs->text()) : std::string("0"));
}

}  // namespace

std::string classTables() {
  std::string text;
  for (const ClassSpecification& specification : classSpecifications()) {
    text += "**" + inBackticks(specification.name) + "** " + std::string(specification.description) + '\n';
    if (specification.objectClass == ObjectClass::Memory) {
      text += "Its attributes are those of `SRAM`.\n\n";
      continue;
    }
    text += "\n| attribute | default | legal | |\n|---|---|---|---|\n";
    for (const AttributeSpecification& attribute : specification.attributes) text += attributeRow(attribute);
    text += '\n';
  }
  return text;
}

std::string operatorTable() {
  // Operators that differ in nothing but what they compute share a row.
  std::vector<std::string> order;
  std::map<std::string, std::string> names;
  for (const OperatorSpecification& specification : operatorSpecifications()) {
    const std::string signature = signatureOf(specification);
    std::string& row = names[signature];
    if (row.empty()) order.push_back(signature);
    row += (row.empty() ? "" : "; ") + inBackticks(specification.name) + ' ' + specification.description;
  }
  std::string text = "| operator | dimensions | operands | multiply-accumulates |\n|---|---|---|---|\n";
  for (const std::string& signature : order) text += "| " + names[signature] + " | " + signature + " |\n";
  return text;
}

}  // namespace taktwerk::test
