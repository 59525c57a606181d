// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/architecture/constraint_reader.h"

#include <optional>
#include <string>

#include "core/architecture/object_reader.h"
#include "core/base/quotes.h"
#include "core/base/yaml_reading.h"

namespace taktwerk {
namespace {

std::optional<ParameterConstraint> readConstraint(YamlNode& item, Problems& problems) {
  if (!item.isMap()) {
    refuse(item, problems, "A0114", "a constraint is a map as in {condition: rows <= columns, reason: why}");
    return std::nullopt;
  }
  ParameterConstraint constraint;
  bool good = true;
  for (YamlNode::Entry& field : item.entries) {
    if (field.key == "condition" && field.value.isScalar() && !field.value.scalar.empty()) {
      const SourcePosition position = textPosition(field.value);
      constraint.condition = {std::move(field.value.scalar), position};
    } else if (field.key == "condition") {
      good = refuse(field.value, problems, "A0114",
                    "condition of a constraint must be an expression over parameters");
    } else if (field.key == "reason") {
      constraint.reason = readText(field.value, "reason", problems);
    } else {
      problems.error(field.position, "A0114",
                     "unknown key " + inQuotes(field.key) + " of a constraint" +
                         problems.suggestion(field.key, {"condition", "reason"}));
      good = false;
    }
  }
  if (good && constraint.condition.text.empty()) {
    problems.error(item.position, "A0114", "a constraint has no condition");
    good = false;
  }
  return good ? std::optional(std::move(constraint)) : std::nullopt;
}

}  // namespace

bool readConstraints(YamlNode& node, std::vector<ParameterConstraint>& constraints, Problems& problems) {
  if (node.isNull()) return true;
  if (!node.isSequence() || node.items.size() > mostConstraints) {
    return refuse(node, problems, "A0114",
                  "constraints must be a list of at most " + std::to_string(mostConstraints) +
                      " as in [{condition: rows <= columns, reason: why}]");
  }
  bool understood = true;
  constraints.reserve(node.items.size());
  for (YamlNode& item : node.items) {
    if (auto constraint = readConstraint(item, problems)) {
      constraints.push_back(*std::move(constraint));
    } else {
      understood = false;
    }
  }
  return understood;
}

}  // namespace taktwerk
