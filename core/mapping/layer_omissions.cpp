// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "core/base/quotes.h"
#include "core/mapping/omissions.h"
#include "core/mapping/touched_words.h"
#include "core/network/operators.h"

namespace taktwerk {
namespace {

using Dimensions = std::map<std::string, std::int64_t, std::less<>>;

std::int64_t dimension(const Dimensions& dimensions, std::string_view name) {
  const auto found = dimensions.find(name);
  return found == dimensions.end() ? 1 : found->second;
}

/// A window that moves along an axis: names of its dimensions.
struct Window {
  std::string_view extent, kernel, stride, dilation, before, positions;
};

/// Elements of the axis that lie in some position of the window, and taps of the kernel that meet an element
/// in some. Nothing where that is too much to count.
struct Met {
  std::int64_t elements = 0, taps = 0;
};
std::optional<Met> metBy(const Dimensions& dimensions, const Window& window) {
  const auto value = [&](std::string_view name) { return dimension(dimensions, name); };
  const std::int64_t extent = value(window.extent), kernel = value(window.kernel),
                     positions = value(window.positions), stride = value(window.stride),
                     dilation = value(window.dilation), before = value(window.before);
  constexpr std::int64_t most = 1 << 20;
  if (extent > most || kernel > most || positions > most || kernel * positions > most) return std::nullopt;
  std::vector<bool> met(static_cast<std::size_t>(extent));
  Met result;
  for (std::int64_t tap = 0; tap < kernel; ++tap) {
    bool hit = false;
    for (std::int64_t position = 0; position < positions; ++position) {
      const std::int64_t at = position * stride + tap * dilation - before;
      if (at < 0 || at >= extent) continue;
      hit = true;
      if (!met[static_cast<std::size_t>(at)]) ++result.elements;
      met[static_cast<std::size_t>(at)] = true;
    }
    result.taps += hit ? 1 : 0;
  }
  return result;
}

/// How many elements of an operand the operator cannot do without. Windows step over some of the input where
/// their stride is wide, and taps that only ever meet padding need no weight.
std::int64_t neededOf(const Layer& layer, const std::string& operand, std::int64_t elements) {
  const bool flat = layer.operatorName.ends_with("1d"), windowed = flat || layer.operatorName.ends_with("2d");
  if (!windowed || (operand != "input" && operand != "weight")) return elements;
  const std::vector<Window> windows =
      flat ? std::vector<Window>{{"W", "F", "stride", "dilation", "padding_left", "Q"}}
           : std::vector<Window>{{"H", "R", "stride_h", "dilation_h", "padding_top", "P"},
                                 {"W", "S", "stride_w", "dilation_w", "padding_left", "Q"}};
  std::int64_t needed = elements;
  for (const Window& window : windows) {
    const auto met = metBy(layer.dimensions, window);
    if (!met) return 1;
    if (operand == "input") {
      needed = needed / dimension(layer.dimensions, window.extent) * met->elements;
    } else {
      needed = needed / dimension(layer.dimensions, window.kernel) * met->taps;
    }
  }
  return needed;
}

/// A place whose words instructions have to write (the result) or to read (an operand).
struct Demand {
  const StorageDeclaration* declaration = nullptr;
  const BoundStorage* storage = nullptr;
  std::int64_t elements = 0;  ///< of the tensor
  std::int64_t needed = 0;    ///< of these
  TouchedWords touched;

  Demand(const StorageDeclaration& d, const BoundStorage& s, std::int64_t e, std::int64_t n)
      : declaration(&d), storage(&s), elements(e), needed(n), touched(s.words) {}
};

/// The words of a storage that hold elements, neither halo nor gap.
WordPieces elementsOf(const BoundStorage& storage) {
  std::int64_t first = 0;
  std::vector<Repetition> repetitions;
  for (std::uint32_t axis = 0; axis < storage.rank; ++axis) {
    std::int64_t before = -storage.low[axis], extent = storage.extent[axis];
    if (axis == storage.packedAxis) {
      // With a halo beside them packed elements begin within a word.
      extent = (before + extent - 1) / storage.pack - before / storage.pack + 1;
      before /= storage.pack;
    }
    first += storage.pitch[axis] * before;
    repetitions.push_back({storage.pitch[axis], extent});
  }
  return piecesOf(first, 1, std::move(repetitions));
}

class LayerOmissions {
 public:
  LayerOmissions(const MappingDocument& document, const Machine& machine, const Network& network,
                 const Chain& chain, const Binding& binding, const Program& program)
      : document_(document),
        machine_(machine),
        network_(network),
        chain_(chain),
        binding_(binding),
        program_(program),
        reads_(machine.memories.size()),
        writes_(machine.memories.size()) {}

  std::optional<Diagnostic> run() {
    collectDemands();
    walk(program_.loops.front(), 1);
    if (!touches_ && !document_.standsFor.empty()) return accounted(true);
    if (auto missing = missingResult()) return missing;
    for (Demand& operand : operands_) {
      if (auto missing = missingOperand(operand)) return missing;
    }
    return accounted(false);
  }

 private:
  Diagnostic omission(SourcePosition position, std::string message) const {
    return {Severity::Error, document_.file, position, "M0405", std::move(message), document_.name};
  }

  /// The layer that an operand belongs to, and its tensor; an invalid id if there is none.
  TensorId tensorAt(const OperandName& operand) const { return tensorOf(chain_, network_, operand); }

  bool madeWithin(TensorId tensor) const {
    const std::vector<LayerId> layers = chain_.layers();
    return std::any_of(layers.begin(), layers.end(),
                       [&](LayerId id) { return network_.layers[id.index()].output == tensor; });
  }

  void collectDemands() {
    const TensorId last = tensorAt({OperandName::lastStep, "output"});
    std::vector<std::size_t> exact, others;
    for (std::size_t i = 0; i < document_.storages.size(); ++i) {
      const StorageDeclaration& declaration = document_.storages[i];
      const auto& operand = declaration.operand ? declaration.operand : declaration.holds;
      if (!operand || !binding_.storages()[i].present) continue;
      const TensorId tensor = tensorAt(*operand);
      if (!tensor.valid()) continue;
      if (operand->name == "output") {
        (tensor == last ? exact : others).push_back(i);
      } else if (!madeWithin(tensor)) {
        const Layer& layer = network_.layers[chain_.layerOf(operand->step).index()];
        const std::int64_t elements = network_.tensor(tensor).elements();
        operands_.emplace_back(declaration, binding_.storages()[i], elements,
                               declaration.simplified ? 1 : neededOf(layer, operand->name, elements));
      }
    }
    // A chain's result may lie where an earlier step's does, which the later ones change in passing.
    const std::int64_t elements = network_.tensor(last).elements();
    for (const std::size_t i : exact.empty() ? others : exact) {
      const StorageDeclaration& declaration = document_.storages[i];
      results_.emplace_back(declaration, binding_.storages()[i], elements,
                            declaration.simplified ? 1 : elements);
    }
    for (Demand& demand : results_) writes_[demand.storage->memory.index()].push_back(&demand);
    for (Demand& demand : operands_) reads_[demand.storage->memory.index()].push_back(&demand);
  }

  void walk(const Program::Loop& loop, std::int64_t times) {
    for (const Program::Item& item : program_.body(loop)) {
      if (item.isLoop) {
        const Program::Loop& inner = program_.loops[item.index];
        std::int64_t all = 0;
        if (__builtin_mul_overflow(times, inner.trips, &all)) all = INT64_MAX;
        trips_.push_back(inner.trips);
        walk(inner, all);
        trips_.pop_back();
      } else {
        step(program_.steps[item.index], times);
      }
    }
  }

  void step(const Program::Step& step, std::int64_t times) {
    const InstructionTemplate& instruction = program_.templates[step.instruction];
    const std::int64_t* address = program_.coefficients.data() + step.firstCoefficient;
    const auto touch = [&](const std::vector<AccessShape>& shapes, auto& demands) {
      for (const AccessShape& shape : shapes) {
        for (Demand* demand : demands[shape.memory.index()]) touched(shape.words, address, *demand);
        address += 1 + trips_.size();
      }
    };
    touch(instruction.memoryReads, reads_);
    touch(instruction.memoryWrites, writes_);
    touches_ = touches_ || instruction.accessCount() > 0;
    stores_ = stores_ || !instruction.memoryWrites.empty();
    if (document_.standsFor.empty()) return;
    std::int64_t& sum = times_[step.instruction.value];
    if (__builtin_add_overflow(sum, times, &sum)) sum = INT64_MAX;
  }

  void touched(Words words, const std::int64_t* address, Demand& demand) const {
    if (demand.touched.all()) return;
    std::int64_t low = address[0], high = address[0];
    for (std::size_t level = 0; level < trips_.size(); ++level) {
      const std::int64_t reach = address[1 + level] * (trips_[level] - 1);
      (reach < 0 ? low : high) += reach;
    }
    const BoundStorage& storage = *demand.storage;
    if (high + words <= storage.base || low >= storage.base + storage.words) return;
    std::vector<Repetition> repetitions;
    for (std::size_t level = 0; level < trips_.size(); ++level) {
      if (address[1 + level] != 0) repetitions.push_back({address[1 + level], trips_[level]});
    }
    demand.touched.add(piecesOf(address[0] - storage.base, words, std::move(repetitions)));
  }

  /// Words of a demand that were touched, and how many would have to be.
  static std::pair<std::int64_t, std::int64_t> wordsOf(Demand& demand) {
    const BoundStorage& storage = *demand.storage;
    const WordPieces elements = elementsOf(storage);
    const std::int64_t pack = storage.pack;
    const bool whole = demand.declaration->operand && demand.needed == demand.elements &&
                       storage.elements == demand.elements;
    return {demand.touched.countOf(elements), whole ? elements.words() : (demand.needed - 1) / pack + 1};
  }

  std::optional<Diagnostic> missingResult() {
    if (results_.empty()) {
      if (stores_) return std::nullopt;  // where the result lies is not said: nothing is claimed
      return omission(document_.programPosition, "no instruction writes a memory for this layer");
    }
    std::int64_t written = 0, needed = 0;
    for (Demand& demand : results_) {
      const auto [words, wanted] = wordsOf(demand);
      written += words;
      needed = std::max(needed, wanted);
    }
    if (written >= needed) return std::nullopt;
    const Demand& first = results_.front();
    return omission(first.declaration->position, "writes " + shares(written, needed, first) + ", the result");
  }

  static std::optional<Diagnostic> none() { return std::nullopt; }

  std::optional<Diagnostic> missingOperand(Demand& operand) const {
    const auto [read, needed] = wordsOf(operand);
    if (read >= needed) return none();
    return omission(operand.declaration->position, "reads " + shares(read, needed, operand) + ", an operand");
  }

  /// "12 of 24 elements of "output"".
  static std::string shares(std::int64_t words, std::int64_t needed, const Demand& demand) {
    const bool elements = demand.storage->pack == 1;
    return std::to_string(words) + " of " + std::to_string(needed) + (elements ? " elements" : " words") +
           (demand.needed < demand.elements ? " that are needed" : "") + " of " +
           inQuotes(demand.declaration->name);
  }

  /// What instructions stand for, added up; `whole`: there are no accesses, so both must be said.
  std::optional<Diagnostic> accounted(bool whole) {
    std::int64_t macs = 0;
    for (const LayerId id : chain_.layers()) macs += network_.layers[id.index()].macs;
    const std::int64_t elements = network_.tensor(tensorAt({OperandName::lastStep, "output"})).elements();
    if (auto missing = accountedFor(&StandsFor::products, "products", macs, whole)) return missing;
    return accountedFor(&StandsFor::results, "results", elements, whole);
  }

  std::optional<Diagnostic> accountedFor(std::optional<PlacedExpression> StandsFor::*part, const char* name,
                                         std::int64_t wanted, bool whole) const {
    const StandsFor* said = nullptr;
    std::int64_t sum = 0;
    for (const StandsFor& each : document_.standsFor) {
      if (!(each.*part)) continue;
      said = &each;
      for (const auto& [index, times] : times_) {
        const InstructionTemplate& instruction = program_.templates[TemplateId{index}];
        if (machine_.operations[instruction.operation.index()] != each.operation) continue;
        const auto value = (each.*part)->expression.evaluateWhole([&](std::string_view variable) {
          return valueOf(variable, instruction);
        });
        if (const auto* error = std::get_if<ExpressionError>(&value)) {
          return omission((each.*part)->at(error->column), error->message);
        }
        std::int64_t all = 0;
        if (__builtin_mul_overflow(std::get<std::int64_t>(value), times, &all) ||
            __builtin_add_overflow(sum, all, &sum)) {
          return std::nullopt;  // more than any layer has
        }
      }
    }
    if (sum >= wanted || (said == nullptr && !whole)) return std::nullopt;
    const SourcePosition position =
        said != nullptr ? (said->*part)->position : document_.standsFor.front().position;
    return omission(position, "the instructions stand for " + std::to_string(sum) + " of the layer's " +
                                  std::to_string(wanted) + ' ' + name);
  }

  std::optional<Rational> valueOf(std::string_view variable, const InstructionTemplate& instruction) const {
    for (const auto& [name, value] : instruction.immediates) {
      if (name == variable) return Rational(value);
    }
    const auto parameter = machine_.parameters.find(variable);
    if (parameter == machine_.parameters.end()) return std::nullopt;
    return Rational(parameter->second);
  }

  const MappingDocument& document_;
  const Machine& machine_;
  const Network& network_;
  const Chain& chain_;
  const Binding& binding_;
  const Program& program_;
  std::vector<Demand> results_, operands_;
  std::vector<std::vector<Demand*>> reads_, writes_;  ///< by memory
  std::vector<std::int64_t> trips_;                   ///< of the loops around the walk
  std::map<std::uint32_t, std::int64_t> times_;       ///< by template: how often it runs
  bool touches_ = false, stores_ = false;
};

}  // namespace

std::optional<Diagnostic> omissionOf(const MappingDocument& document, const Machine& machine,
                                     const Network& network, const Chain& chain, const Binding& binding,
                                     const Program& program) {
  if (document.inPlace || (program.steps.empty() && changesShapesOnly(document))) return std::nullopt;
  return LayerOmissions(document, machine, network, chain, binding, program).run();
}

}  // namespace taktwerk
