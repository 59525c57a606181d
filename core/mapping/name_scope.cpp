// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mapping/name_scope.h"

#include <algorithm>

#include "core/base/quotes.h"

namespace taktwerk {

SlotIndex NameScope::define(const std::string& name, SourcePosition position) {
  const auto slot = static_cast<SlotIndex>(document_.slotNames.size());
  const bool taken = !defined_.emplace(name, slot).second;
  if (taken || (!document_.steps.empty() && hasDimension(0, name))) {
    reader_.error(position, "M0120",
                  inQuotes(name) + (taken ? " is already in use here" : " is a dimension of the operator") +
                      "; choose another name");
  }
  document_.slotNames.push_back(name);
  order_.push_back(taken ? std::string() : name);
  return slot;
}

void NameScope::leave(std::size_t mark) {
  for (; order_.size() > mark; order_.pop_back()) defined_.erase(order_.back());
}

SlotIndex NameScope::slotOf(const std::string& name) {
  if (const auto found = defined_.find(name); found != defined_.end()) return found->second;
  const auto known = externals_.find(name);
  if (known != externals_.end()) return known->second;
  ExternalName external = classify(name);
  external.slot = static_cast<SlotIndex>(document_.slotNames.size());
  document_.slotNames.push_back(name);
  externals_.emplace(name, external.slot);
  document_.externals.push_back(external);
  return external.slot;
}

ExternalName NameScope::classify(const std::string& name) const {
  ExternalName external;
  external.name = name;
  external.key = name;
  if (const std::size_t open = name.find('('); open != std::string::npos) {
    const std::string tensor = name.substr(open + 1, name.size() - open - 2);
    if (name.starts_with("words(")) {
      if (const auto storage = storageNamed(tensor)) {
        external.kind = ExternalName::Kind::WordCount;
        external.storage = *storage;
      }
    } else if (const auto operand = operandNamed(tensor)) {
      external.kind = ExternalName::Kind::BitCount;
      external.operand = *operand;
    }
    return external;
  }
  const std::size_t dot = name.rfind('.');
  if (dot == std::string::npos) {
    external.kind = ExternalName::Kind::DimensionOrArchitecture;
    return external;
  }
  const std::string prefix = name.substr(0, dot);
  external.key = name.substr(dot + 1);
  if (prefix == "arch") return external;
  if (const auto step = stepNamed(prefix)) {
    external.operand.step = *step;
    external.kind = external.key == "present" ? ExternalName::Kind::Present : ExternalName::Kind::Dimension;
    return external;
  }
  external.key = name;
  return external;
}

std::optional<std::uint32_t> NameScope::stepNamed(const std::string& alias) const {
  for (std::uint32_t i = 0; i < document_.steps.size(); ++i) {
    if (document_.steps[i].alias == alias) return i;
  }
  return std::nullopt;
}

bool NameScope::hasDimension(std::uint32_t step, const std::string& dimension) const {
  const auto& operators = document_.steps[step].operators;
  return std::any_of(operators.begin(), operators.end(), [&](const std::string& name) {
    const OperatorSpecification* specification = findOperator(name);
    return specification != nullptr && specification->findDimension(dimension) != nullptr;
  });
}

bool NameScope::hasOperand(std::uint32_t step, const std::string& operand) const {
  if (operand == "other") return true;
  const auto& operators = document_.steps[step].operators;
  return std::any_of(operators.begin(), operators.end(), [&](const std::string& name) {
    const OperatorSpecification* specification = findOperator(name);
    return specification != nullptr && specification->findOperand(operand) != nullptr;
  });
}

std::optional<OperandName> NameScope::operandNamed(const std::string& name) const {
  if (document_.steps.empty()) return std::nullopt;
  const std::size_t dot = name.rfind('.');
  if (dot == std::string::npos) {
    const bool last = name == "output";
    const std::uint32_t step = last ? static_cast<std::uint32_t>(document_.steps.size() - 1) : 0;
    if (!hasOperand(step, name)) return std::nullopt;
    // `output` without a step is the chain's, whichever step turns out to be the last.
    return OperandName{last ? OperandName::lastStep : step, name};
  }
  const auto step = stepNamed(name.substr(0, dot));
  if (!step || !hasOperand(*step, name.substr(dot + 1))) return std::nullopt;
  return OperandName{*step, name.substr(dot + 1)};
}

std::vector<std::string> NameScope::operandNames() const {
  std::vector<std::string> names;
  for (const ChainStep& step : document_.steps) {
    for (const std::string& operatorName : step.operators) {
      const OperatorSpecification* specification = findOperator(operatorName);
      if (specification == nullptr) continue;
      const std::string prefix = document_.steps.size() > 1 ? step.alias + '.' : std::string{};
      for (const OperandSpecification& operand : specification->inputs)
        names.push_back(prefix + operand.name);
    }
  }
  names.emplace_back("output");
  return names;
}

std::optional<std::uint32_t> NameScope::storageNamed(const std::string& name) const {
  const auto found = storages_.find(name);
  if (found == storages_.end()) return std::nullopt;
  return found->second;
}

}  // namespace taktwerk
