// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mapping/fitting.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <queue>
#include <set>
#include <utility>

#include "core/mapping/mapping_document.h"

namespace taktwerk {
namespace {

/// Choices as indices into ascending values, by name; the largest product first.
class LargestFirst {
 public:
  struct Axis {
    std::string name;
    std::int64_t defaultValue = 0;
    std::vector<std::int64_t> values;  ///< ascending
  };
  using Indices = std::vector<std::size_t>;

  /// Begins at `largest`; the choices below it are found by making one value smaller at a time, which never
  /// makes a product larger.
  LargestFirst(const std::vector<Axis>& axes, Indices largest) : axes_(axes) { offer(std::move(largest)); }

  std::optional<Indices> next() {
    if (waiting_.empty()) return std::nullopt;
    Indices indices = waiting_.top().indices;
    waiting_.pop();
    return indices;
  }

  void offerSmaller(const Indices& than) {
    for (std::size_t axis = 0; axis < than.size(); ++axis) {
      if (than[axis] == 0) continue;
      Indices smaller = than;
      --smaller[axis];
      offer(std::move(smaller));
    }
  }

 private:
  struct Waiting {
    std::int64_t product = 1;
    Indices indices;
    friend bool operator<(const Waiting& a, const Waiting& b) {
      return a.product != b.product ? a.product < b.product : a.indices < b.indices;
    }
  };

  void offer(Indices indices) {
    if (!seen_.insert(indices).second) return;
    std::int64_t product = 1;
    for (std::size_t axis = 0; axis < indices.size(); ++axis) {
      const std::int64_t value = std::max<std::int64_t>(1, axes_[axis].values[indices[axis]]);
      if (__builtin_mul_overflow(product, value, &product))
        product = std::numeric_limits<std::int64_t>::max();
    }
    waiting_.push({product, std::move(indices)});
  }

  const std::vector<Axis>& axes_;
  std::priority_queue<Waiting> waiting_;
  std::set<Indices> seen_;
};

std::vector<LargestFirst::Axis> axesOf(const std::vector<Tunable>& tunables) {
  std::vector<LargestFirst::Axis> axes;
  axes.reserve(tunables.size());
  for (const Tunable& tunable : tunables) {
    if (tunable.values.empty()) continue;
    const std::set<std::int64_t> ascending(tunable.values.begin(), tunable.values.end());
    axes.push_back({tunable.name, tunable.defaultValue, {ascending.begin(), ascending.end()}});
  }
  std::sort(axes.begin(), axes.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return axes;
}

}  // namespace

void tryChoices(const std::vector<Tunable>& tunables, const std::function<bool(TunableChoice&&)>& go,
                std::size_t most) {
  const std::vector<LargestFirst::Axis> axes = axesOf(tunables);
  std::size_t tried = 0;
  const auto goOn = [&](const LargestFirst::Indices& indices) {
    TunableChoice choice;
    for (std::size_t axis = 0; axis < axes.size(); ++axis)
      choice.emplace(axes[axis].name, axes[axis].values[indices[axis]]);
    ++tried;
    return go(std::move(choice)) && tried < most;
  };
  LargestFirst::Indices notAbove, largest;
  bool hasSmaller = true;
  for (const LargestFirst::Axis& axis : axes) {
    const auto above = std::upper_bound(axis.values.begin(), axis.values.end(), axis.defaultValue);
    hasSmaller = hasSmaller && above != axis.values.begin();
    notAbove.push_back(static_cast<std::size_t>(std::max<std::ptrdiff_t>(1, above - axis.values.begin())) -
                       1);
    largest.push_back(axis.values.size() - 1);
  }
  if (hasSmaller) {
    LargestFirst order(axes, notAbove);
    for (auto indices = order.next(); indices; indices = order.next()) {
      if (!goOn(*indices)) return;
      order.offerSmaller(*indices);
    }
  }
  LargestFirst order(axes, largest);
  for (auto indices = order.next(); indices; indices = order.next()) {
    bool above = !hasSmaller;
    for (std::size_t axis = 0; axis < axes.size(); ++axis)
      above = above || axes[axis].values[(*indices)[axis]] > axes[axis].defaultValue;
    if (!above) continue;  // tried before, and so are all that are smaller
    if (!goOn(*indices)) return;
    order.offerSmaller(*indices);
  }
}

namespace {

enum class Extent : std::uint8_t { Conditions, Storages };
enum class Verdict : std::uint8_t { Fits, Misfit, Error };

bool allMisfits(const Diagnostics& diagnostics) {
  return !diagnostics.empty() && std::all_of(diagnostics.begin(), diagnostics.end(), isMisfit);
}

std::string inWords(const TunableChoice& choice) {
  std::string text;
  for (const auto& [name, value] : choice)
    text += (text.empty() ? "" : ", ") + name + ' ' + std::to_string(value);
  return text;
}

std::string namesOf(const std::vector<Tunable>& tunables) {
  std::vector<std::string> names;
  names.reserve(tunables.size());
  for (const Tunable& tunable : tunables) names.push_back(tunable.name);
  std::sort(names.begin(), names.end());
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i)
    text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
  return text;
}

/// Looks for tunables with which a mapping takes a chain.
class Fitter {
 public:
  Fitter(const MappingDocument& document, const Machine& machine, const Network& network, const Chain& chain,
         Extent extent)
      : document_(document), machine_(machine), network_(network), chain_(chain), extent_(extent) {}

  /// With which ends of memories `run` comes to the same.
  [[nodiscard]] MemoryEnds ends(bool found) const {
    if (found) return ends_;
    // Diagnostics have figures, of memories that something is placed in.
    MemoryEnds ends;
    for (const StorageDeclaration& storage : document_.storages) {
      const MemoryId memory = machine_.findMemory(storage.memory);
      if (!memory.valid()) continue;
      const auto& ranges = machine_.memories[memory.index()].addressRanges;
      if (ranges.size() == 1) ends.told(memory, ranges.front().second);
    }
    return ends;
  }

  Result<Fitting> run(const TunableChoice& given) {
    Binding first = bound();
    const Verdict verdict = look(first, given);
    if (verdict == Verdict::Fits) return Fitting{std::move(first), {}};
    if (verdict == Verdict::Error) return std::move(first.diagnostics());
    const std::vector<Tunable> open = openTunables(first, given);
    if (open.empty()) return std::move(first.diagnostics());
    defaults_ = first.tunables();
    return tryOthers(std::move(first.diagnostics().front()), first.excess(), open, given);
  }

 private:
  [[nodiscard]] Binding bound() const { return {document_, machine_, network_, chain_}; }

  Verdict look(Binding& binding, const TunableChoice& tunables) {
    if (!binding.bindNames(tunables))
      return allMisfits(binding.diagnostics()) ? Verdict::Misfit : Verdict::Error;
    if (const auto failing = binding.failingRequirement()) {
      binding.refuse(*failing);
      return failing->onTunables ? Verdict::Misfit : Verdict::Error;
    }
    if (extent_ == Extent::Conditions) return Verdict::Fits;
    const bool fits = binding.placeStorages();
    ends_.add(binding.ends());
    if (fits) return Verdict::Fits;
    return allMisfits(binding.diagnostics()) ? Verdict::Misfit : Verdict::Error;
  }

  /// The tunables that leave a choice.
  std::vector<Tunable> openTunables(Binding& binding, const TunableChoice& given) const {
    std::vector<Tunable> open;
    for (const TunableDeclaration& tunable : document_.tunables) {
      if (given.contains(tunable.name)) continue;
      Diagnostics problems;
      std::vector<std::int64_t> legal = binding.legalValues(tunable, problems);
      const std::int64_t value = binding.tunables().at(tunable.name);
      const bool choice =
          std::any_of(legal.begin(), legal.end(), [&](std::int64_t each) { return each != value; });
      if (problems.empty() && choice) open.push_back({tunable.name, {}, value, std::move(legal)});
    }
    return open;
  }

  Result<Fitting> tryOthers(Diagnostic ofDefaults, std::int64_t excess, const std::vector<Tunable>& open,
                            const TunableChoice& given) {
    std::optional<TunableChoice> nearest;
    std::optional<Fitting> found;
    std::size_t tried = 1;  // the defaults
    if (ofDefaults.code != "M0214") excess = std::numeric_limits<std::int64_t>::max();
    tryChoices(open, [&](TunableChoice&& choice) {
      if (std::all_of(choice.begin(), choice.end(),
                      [&](const auto& each) { return defaults_.at(each.first) == each.second; })) {
        return true;
      }
      TunableChoice all = given;
      all.insert(choice.begin(), choice.end());
      Binding binding = bound();
      const Verdict verdict = look(binding, all);
      if (verdict == Verdict::Fits) {
        found.emplace(adaptedTo(std::move(binding)));
        return false;
      }
      const std::string& code = binding.diagnostics().front().code;
      if (code == "M0203") return true;  // values that do not go together are no choice
      ++tried;
      if (verdict == Verdict::Misfit && code == "M0214" && binding.excess() < excess) {
        excess = binding.excess();
        nearest = std::move(choice);
      }
      return true;
    });
    if (found) return *std::move(found);
    ofDefaults.code = "M0215";
    ofDefaults.message +=
        "; none of the " + std::to_string(tried) + " choices of " + namesOf(open) + " tried fits";
    if (nearest || excess < std::numeric_limits<std::int64_t>::max()) {
      ofDefaults.message += ", the nearest (" + (nearest ? inWords(*nearest) : std::string("the defaults")) +
                            ") needs " + std::to_string(excess) + (excess == 1 ? " word" : " words") +
                            " more than there are";
    }
    return ofDefaults;
  }

  [[nodiscard]] Fitting adaptedTo(Binding&& binding) const {
    TunableChoice adapted;
    for (const auto& each : binding.tunables()) {
      if (defaults_.at(each.first) != each.second) adapted.insert(each);
    }
    return {std::move(binding), std::move(adapted)};
  }

  const MappingDocument& document_;
  const Machine& machine_;
  const Network& network_;
  const Chain& chain_;
  const Extent extent_;
  TunableChoice defaults_;  ///< with those given
  MemoryEnds ends_;         ///< of all choices looked at
};

}  // namespace

bool isMisfit(const Diagnostic& diagnostic) {
  return diagnostic.code == "M0204" || diagnostic.code == "M0214" || diagnostic.code == "M0215" ||
         diagnostic.code == "M0304";
}

Result<Fitting> fit(const MappingDocument& document, const Machine& machine, const Network& network,
                    const Chain& chain, const TunableChoice& given, MemoryEnds* ends) {
  Fitter fitter(document, machine, network, chain, Extent::Storages);
  Result<Fitting> fitted = fitter.run(given);
  if (ends != nullptr) *ends = fitter.ends(fitted.value.has_value());
  return fitted;
}

std::string unmetCondition(const MappingDocument& document, const Machine& machine, const Network& network,
                           const Chain& chain) {
  Binding binding(document, machine, network, chain);
  if (binding.bindNames({})) {
    const auto failing = binding.failingRequirement();
    if (!failing) return {};
    if (!failing->onTunables) return failing->reason;
  }
  const auto fitted = Fitter(document, machine, network, chain, Extent::Conditions).run({});
  return fitted ? std::string{} : fitted.diagnostics.front().message;
}

Result<FittingTunables> fittingTunables(const Mapping& mapping, const Machine& machine,
                                        const Network& network, std::span<const LayerId> layers,
                                        const TunableChoice& given) {
  const auto chain = chainOf(*mapping.document, network, layers);
  if (!chain) return chain.diagnostics;
  const auto fitted = fit(*mapping.document, machine, network, *chain, given);
  if (!fitted) return fitted.diagnostics;
  FittingTunables tunables{fitted->binding.tunables(), fitted->binding.tunables()};
  if (fitted->adapted.empty()) return tunables;
  Binding plain(*mapping.document, machine, network, *chain);
  static_cast<void>(plain.bindNames(given));  // the defaults need not be legal
  tunables.defaults = plain.tunables();
  return tunables;
}

namespace {

/// Which slots depend on tunables.
class Dependence {
 public:
  explicit Dependence(const MappingDocument& document)
      : document_(document), dependent_(document.slotNames.size(), false) {
    for (const TunableDeclaration& tunable : document.tunables) dependent_[tunable.slot] = true;
    // Values may depend on sizes and sizes on values.
    while (!document.tunables.empty() && spread()) {
    }
  }

  [[nodiscard]] bool of(const CompiledExpression& expression) const {
    return std::any_of(expression.nodes.begin(), expression.nodes.end(), [&](const auto& node) {
      return node.op == Expression::Operator::Variable && dependent_[node.slot];
    });
  }

 private:
  bool spread() {
    bool any = false;
    const auto mark = [&](SlotIndex slot, bool depends) {
      any = any || (depends && !dependent_[slot]);
      dependent_[slot] = dependent_[slot] || depends;
    };
    for (const ValueDeclaration& value : document_.values) {
      if (const auto* repetition = std::get_if<RepeatedValues>(&value.value)) {
        const bool depends = of(*repetition);
        for (const auto* part : {&repetition->begin, &repetition->helpers}) {
          for (const auto& [slot, expression] : *part) mark(slot, depends);
        }
      } else {
        mark(value.slot, of(std::get<CompiledExpression>(value.value)));
      }
    }
    for (const ExternalName& external : document_.externals) {
      if (external.kind == ExternalName::Kind::WordCount)
        mark(external.slot, of(document_.storages[external.storage]));
    }
    return any;
  }

  /// All of its values do if one expression does: they are found together.
  [[nodiscard]] bool of(const RepeatedValues& repetition) const {
    const auto anyOf = [&](const RepeatedValues::Values& values) {
      return std::any_of(values.begin(), values.end(), [&](const auto& value) { return of(value.second); });
    };
    return of(repetition.condition) || anyOf(repetition.begin) || anyOf(repetition.helpers) ||
           anyOf(repetition.next);
  }

  [[nodiscard]] bool of(const StorageDeclaration& storage) const {
    for (const auto* part : {&storage.base, &storage.align, &storage.pack, &storage.copies}) {
      if (*part && of(**part)) return true;
    }
    for (const auto* axes : {&storage.axes, &storage.halo, &storage.pitches}) {
      for (const auto& axis : *axes) {
        if (of(axis.first) || of(axis.second)) return true;
      }
    }
    return false;
  }

  const MappingDocument& document_;
  std::vector<bool> dependent_;
};

}  // namespace

void markConditionsOnTunables(MappingDocument& document) {
  const Dependence dependence(document);
  for (Requirement& requirement : document.requirements)
    requirement.onTunables = dependence.of(requirement.condition);
}

}  // namespace taktwerk
