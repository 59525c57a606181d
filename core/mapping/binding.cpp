// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mapping/binding.h"

#include <algorithm>

#include "core/base/quotes.h"
#include "core/mapping/whole_value.h"
#include "core/network/operators.h"

namespace taktwerk {

bool Binding::error(SourcePosition position, const char* code, std::string message) {
  diagnostics_.push_back(
      {Severity::Error, document_.file, position, code, std::move(message), document_.name});
  return false;
}

void Binding::setSlot(SlotIndex slot, std::int64_t value) {
  slots_[slot].value.set(Rational(value));
  slots_[slot].known = true;
}

bool Binding::evaluate(const CompiledExpression& expression, Affine& result, Diagnostics& problems) {
  if (const auto whole = wholeValue(expression, slots_)) {
    result.set(Rational(*whole));
    return true;
  }
  Evaluator evaluator(slots_, noLoops_, [&](SourcePosition position, std::string message) {
    problems.push_back(
        {Severity::Error, document_.file, position, "M0201", std::move(message), document_.name});
  });
  return evaluator.affine(expression, result, Use::Control) == Outcome::Done;
}

bool Binding::number(const CompiledExpression& expression, std::int64_t& result, std::int64_t minimum,
                     const std::string& what) {
  Affine value;
  if (!evaluate(expression, value, diagnostics_)) return false;
  if (value.denominator != 1 || value.base < minimum) {
    return error(expression.position, "M0202",
                 what + " must be a whole number of at least " + std::to_string(minimum) + ", is " +
                     std::to_string(value.base) +
                     (value.denominator != 1 ? "/" + std::to_string(value.denominator) : ""));
  }
  result = value.base;
  return true;
}

std::string Binding::unknownName(const ExternalName& external) const {
  std::vector<std::string> known;
  for (const auto& [name, value] : machine_.parameters) known.push_back(name);
  if (const LayerId first = chain_.layerOf(0); first.valid()) {
    for (const auto& [name, value] : network_.layers[first.index()].dimensions) known.push_back(name);
  }
  for (const TunableDeclaration& tunable : document_.tunables) known.push_back(tunable.name);
  for (const ValueDeclaration& value : document_.values) known.push_back(value.name);
  std::string hint = didYouMean(external.name, known);
  if (hint.empty()) {
    hint = "; it is no dimension of " + document_.steps.front().operators.front() +
           ", no parameter of the architecture, "
           "no tunable, value or loop variable defined before";
  }
  return "unknown name " + inQuotes(external.name) + hint;
}

void Binding::bindExternal(const ExternalName& external) {
  SlotValue& slot = slots_[external.slot];
  const auto dimension = [&](std::uint32_t step) {
    const LayerId id = chain_.layerOf(step);
    if (!id.valid()) return false;
    const auto& dimensions = network_.layers[id.index()].dimensions;
    const auto found = dimensions.find(external.key);
    if (found != dimensions.end()) setSlot(external.slot, found->second);
    return found != dimensions.end();
  };
  const auto parameter = [&] {
    const auto found = machine_.parameters.find(external.key);
    if (found != machine_.parameters.end()) setSlot(external.slot, found->second);
    return found != machine_.parameters.end();
  };
  bool known = true;
  switch (external.kind) {
    case ExternalName::Kind::Present:
      setSlot(external.slot, chain_.layerOf(external.operand.step).valid() ? 1 : 0);
      break;
    case ExternalName::Kind::Dimension:
      known = dimension(external.operand.step);
      if (!known && !chain_.layerOf(external.operand.step).valid()) {
        slot.problem =
            "the step of " + inQuotes(external.name) + " is missing in this chain; test its present first";
        return;
      }
      break;
    case ExternalName::Kind::BitCount: {
      const TensorId tensor = tensorOf(chain_, network_, external.operand);
      setSlot(external.slot, tensor.valid() ? network_.tensor(tensor).bits : 0);
      break;
    }
    case ExternalName::Kind::WordCount:
      break;  // once storages are laid out
    case ExternalName::Kind::Architecture:
      known = parameter();
      break;
    case ExternalName::Kind::DimensionOrArchitecture:
      known = dimension(0) || parameter();
      break;
  }
  if (!known) slot.problem = unknownName(external);
}

bool Binding::bindNames(const std::map<std::string, std::int64_t>& tunables) {
  for (const ExternalName& external : document_.externals) bindExternal(external);
  if (!bindTunables(tunables)) return false;
  bindValues();
  storages_.assign(document_.storages.size(), {});
  const bool usesWords =
      std::any_of(document_.externals.begin(), document_.externals.end(),
                  [](const ExternalName& e) { return e.kind == ExternalName::Kind::WordCount; });
  if (usesWords) bindWords();
  return true;
}

/// Sizes of tensors may depend on values and values on sizes: values that could be computed come first,
/// then sizes, then the rest.
void Binding::bindWords() {
  const std::size_t before = diagnostics_.size();
  for (const ExternalName& external : document_.externals) {
    if (external.kind != ExternalName::Kind::WordCount) continue;
    const StorageDeclaration& declaration = document_.storages[external.storage];
    BoundStorage storage;
    if (layOut(declaration, storage)) {
      setSlot(external.slot, storage.words);
    } else {
      slots_[external.slot].problem =
          diagnostics_.size() > before ? diagnostics_.back().message : "unknown size";
    }
    diagnostics_.resize(before);
  }
  bindValues();
}

void Binding::bindValues() {
  for (const ValueDeclaration& value : document_.values) {
    SlotValue& slot = slots_[value.slot];
    if (slot.known) continue;
    Diagnostics problems;
    if (const auto* repetition = std::get_if<RepeatedValues>(&value.value)) {
      if (!repeat(*repetition, problems)) fail(value, problems);
      continue;
    }
    slot.known = evaluate(std::get<CompiledExpression>(value.value), slot.value, problems);
    slot.problem.clear();
    if (!slot.known) fail(value, problems);
  }
}

/// Says of all that a value gives why there is none.
void Binding::fail(const ValueDeclaration& value, const Diagnostics& problems) {
  const std::string problem =
      "the value " + inQuotes(value.name) + " cannot be computed: " + problems.front().message;
  const auto say = [&](SlotIndex slot) {
    slots_[slot].known = false;
    slots_[slot].problem = problem;
  };
  say(value.slot);
  const auto* repetition = std::get_if<RepeatedValues>(&value.value);
  if (repetition == nullptr) return;
  for (const auto* part : {&repetition->begin, &repetition->helpers}) {
    for (const auto& [slot, expression] : *part) say(slot);
  }
}

/// Computes values in order, each from those before it.
bool Binding::evaluateInOrder(const RepeatedValues::Values& values, Diagnostics& problems) {
  return std::all_of(values.begin(), values.end(), [&](const auto& value) {
    SlotValue& slot = slots_[value.first];
    Affine result;
    if (!evaluate(value.second, result, problems)) return false;
    slot.value = result;
    slot.known = true;
    return true;
  });
}

bool Binding::repeat(const RepeatedValues& repetition, Diagnostics& problems) {
  if (!evaluateInOrder(repetition.begin, problems)) return false;
  std::vector<Affine> next(repetition.next.size());
  for (std::int64_t round = 0; round <= mostRounds; ++round) {
    Affine holds;
    if (!evaluateInOrder(repetition.helpers, problems)) return false;
    if (!evaluate(repetition.condition, holds, problems)) return false;
    if (holds.base == 0) return true;
    for (std::size_t i = 0; i < next.size(); ++i) {
      if (!evaluate(repetition.next[i].second, next[i], problems)) return false;
    }
    for (std::size_t i = 0; i < next.size(); ++i) slots_[repetition.next[i].first].value = next[i];
  }
  problems.push_back({Severity::Error, document_.file, repetition.condition.position, "M0201",
                      "its condition still holds after " + std::to_string(mostRounds) + " rounds",
                      document_.name});
  return false;
}

bool Binding::bindTunables(const std::map<std::string, std::int64_t>& overrides) {
  bool good = true;
  for (const auto& [name, value] : overrides) {
    const auto found = std::find_if(document_.tunables.begin(), document_.tunables.end(),
                                    [&name = name](const TunableDeclaration& t) { return t.name == name; });
    if (found != document_.tunables.end()) continue;
    std::vector<std::string> names;
    for (const TunableDeclaration& tunable : document_.tunables) names.push_back(tunable.name);
    good = error({1, 1}, "M0203", "the mapping has no tunable " + inQuotes(name) + didYouMean(name, names));
  }
  for (const TunableDeclaration& tunable : document_.tunables) {
    const auto given = overrides.find(tunable.name);
    std::int64_t value = 0;
    if (given != overrides.end()) {
      value = given->second;
    } else if (!number(tunable.defaultValue, value, INT64_MIN, "the default of " + tunable.name)) {
      good = false;
      continue;
    }
    setSlot(tunable.slot, value);
    tunables_[tunable.name] = value;
    good = checkLegal(tunable, value, given != overrides.end()) && good;
  }
  return good;
}

/// A default that is no legal value here leaves the choice open; a value that was given does not.
bool Binding::checkLegal(const TunableDeclaration& tunable, std::int64_t value, bool given) {
  const std::size_t before = diagnostics_.size();
  const std::vector<std::int64_t> legal = legalValues(tunable, diagnostics_);
  if (diagnostics_.size() > before) return false;
  if (std::find(legal.begin(), legal.end(), value) != legal.end()) return true;
  std::string list;
  for (std::size_t i = 0; i < legal.size() && i < 16; ++i)
    list += (i > 0 ? ", " : "") + std::to_string(legal[i]);
  if (legal.size() > 16) list += ", …, " + std::to_string(legal.back());
  return error(tunable.position, given ? "M0203" : "M0204",
               tunable.name + " is " + std::to_string(value) + (given ? "" : " by default") +
                   ", legal values here are " + (list.empty() ? "none" : list));
}

std::vector<std::int64_t> Binding::legalValues(const TunableDeclaration& tunable, Diagnostics& problems) {
  std::vector<std::int64_t> legal;
  const auto whole = [&](const CompiledExpression& expression, std::int64_t& result) {
    Affine value;
    if (!evaluate(expression, value, problems)) return false;
    result = value.base;
    return value.denominator == 1;
  };
  for (const CompiledExpression& expression : tunable.values) {
    std::int64_t value = 0;
    if (!whole(expression, value)) continue;
    if (std::find(legal.begin(), legal.end(), value) == legal.end()) legal.push_back(value);
  }
  if (tunable.minimum && tunable.maximum) {
    std::int64_t first = 0, last = 0, step = 1;
    if (!whole(*tunable.minimum, first) || !whole(*tunable.maximum, last)) return legal;
    if (tunable.step && (!whole(*tunable.step, step) || step < 1)) return legal;
    for (std::int64_t value = first; value <= last && legal.size() < mostLegalValues; value += step) {
      legal.push_back(value);
      if (value > last - step) break;
    }
  }
  return legal;
}

std::optional<Binding::FailingRequirement> Binding::failingRequirement() {
  std::optional<FailingRequirement> onTunables;
  for (const Requirement& requirement : document_.requirements) {
    if (requirement.onTunables && onTunables) continue;
    Affine value;
    Diagnostics problems;
    const bool known = evaluate(requirement.condition, value, problems);
    if (known && value.base != 0) continue;
    FailingRequirement failing{
        requirement.reason + (known ? std::string{} : " (" + problems.front().message + ")"),
        requirement.condition.position, requirement.onTunables};
    if (!requirement.onTunables) return failing;
    onTunables = std::move(failing);
  }
  return onTunables;
}

void Binding::refuse(const FailingRequirement& failing) {
  if (failing.onTunables) {
    error(failing.position, "M0304", failing.reason);
  } else {
    error({1, 1}, "M0303", "the mapping does not take this layer: " + failing.reason);
  }
}

}  // namespace taktwerk
