// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mapping/condition_parameters.h"

#include <set>
#include <utility>
#include <variant>

namespace taktwerk {
namespace {

/// Follows names to what they are computed from.
class Needed {
 public:
  explicit Needed(const MappingDocument& document)
      : document_(document), met_(document.slotNames.size(), false) {}

  [[nodiscard]] std::vector<std::string> run() {
    for (const Requirement& requirement : document_.requirements) use(requirement.condition);
    for (const TunableDeclaration& tunable : document_.tunables) use(tunable);
    while (!open_.empty()) {
      const SlotIndex slot = open_.back();
      open_.pop_back();
      follow(slot);
    }
    return {names_.begin(), names_.end()};
  }

 private:
  void use(const CompiledExpression& expression) {
    for (const CompiledExpression::Node& node : expression.nodes) {
      if (node.op != Expression::Operator::Variable || met_[node.slot]) continue;
      met_[node.slot] = true;
      open_.push_back(node.slot);
    }
  }
  void use(const std::optional<CompiledExpression>& expression) {
    if (expression) use(*expression);
  }
  void use(const TunableDeclaration& tunable) {
    use(tunable.defaultValue);
    for (const CompiledExpression& value : tunable.values) use(value);
    for (const auto* bound : {&tunable.minimum, &tunable.maximum, &tunable.step}) use(*bound);
  }
  void use(const RepeatedValues::Values& values) {
    for (const auto& [slot, expression] : values) use(expression);
  }
  void use(const RepeatedValues& repetition) {
    use(repetition.condition);
    for (const auto* part : {&repetition.begin, &repetition.helpers, &repetition.next}) use(*part);
  }
  void use(const StorageDeclaration& storage) {
    for (const auto* part : {&storage.base, &storage.align, &storage.pack, &storage.copies}) use(*part);
    for (const auto* axes : {&storage.axes, &storage.halo, &storage.pitches}) {
      for (const auto& axis : *axes) use(axis.first), use(axis.second);
    }
  }

  void follow(SlotIndex slot) {
    for (const ValueDeclaration& value : document_.values) {
      if (!gives(value, slot)) continue;
      std::visit([&](const auto& how) { use(how); }, value.value);
    }
    for (const ExternalName& external : document_.externals) {
      if (external.slot != slot) continue;
      if (external.kind == ExternalName::Kind::WordCount) use(document_.storages[external.storage]);
      const bool mayBe = external.kind == ExternalName::Kind::Architecture ||
                         external.kind == ExternalName::Kind::DimensionOrArchitecture;
      if (mayBe) names_.insert(external.key);
    }
  }

  /// Values of a repetition are found together.
  static bool gives(const ValueDeclaration& value, SlotIndex slot) {
    const auto* repetition = std::get_if<RepeatedValues>(&value.value);
    if (repetition == nullptr) return value.slot == slot;
    for (const auto* part : {&repetition->begin, &repetition->helpers}) {
      for (const auto& [own, expression] : *part) {
        if (own == slot) return true;
      }
    }
    return false;
  }

  const MappingDocument& document_;
  std::vector<bool> met_;        ///< by slot
  std::vector<SlotIndex> open_;  ///< to be followed
  std::set<std::string> names_;
};

}  // namespace

std::vector<std::string> conditionParametersOf(const MappingDocument& document) {
  return Needed(document).run();
}

}  // namespace taktwerk
