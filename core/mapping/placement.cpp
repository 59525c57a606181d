// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <numeric>

#include "core/base/quotes.h"
#include "core/mapping/binding.h"
#include "core/network/layer_rules.h"
#include "core/network/operators.h"

namespace taktwerk {
namespace {

using Extents = std::array<std::int64_t, mostAxesOfStorage>;

}  // namespace

bool Binding::placeStorages() {
  cursors_.assign(machine_.memories.size(), {});
  bool good = true;
  for (std::size_t i = 0; i < document_.storages.size(); ++i) {
    const StorageDeclaration& declaration = document_.storages[i];
    BoundStorage& storage = storages_[i];
    if (declaration.operand && !tensorOf(chain_, network_, *declaration.operand).valid()) continue;
    storage.memory = machine_.findMemory(declaration.memory);
    if (!storage.memory.valid()) {
      std::vector<std::string> names;
      for (const Memory& memory : machine_.memories) names.push_back(memory.name);
      good = error(declaration.memoryPosition, "M0210",
                   "the architecture has no memory " + inQuotes(declaration.memory) +
                       didYouMean(declaration.memory, names));
      continue;
    }
    storage.present = true;
    good = layOut(declaration, storage) && place(declaration, storage) && good;
  }
  return good;
}

/// Letters and extents of the axes, in the order of indices.
bool Binding::axesOf(const StorageDeclaration& declaration, BoundStorage& storage, Extents& extent) {
  if (!declaration.operand) {
    if (declaration.copies) {
      if (!number(*declaration.copies, extent[0], 1, "copies")) return false;
      storage.rank = 1;
    }
    for (const auto& axis : declaration.axes) {
      if (!number(axis.first, extent[storage.rank++], 1, "an extent of " + declaration.name)) return false;
    }
    return true;
  }
  const TensorId id = tensorOf(chain_, network_, *declaration.operand);
  if (!id.valid()) return true;
  const Tensor& tensor = network_.tensor(id);
  storage.elements = tensor.elements();
  if (!declaration.axes.empty()) {
    if (declaration.axes.size() > mostAxesOfStorage) {
      return error(declaration.position, "M0211",
                   "a tensor has at most " + std::to_string(mostAxesOfStorage) + " axes");
    }
    std::optional<Rational> product(1);
    for (const auto& axis : declaration.axes) {
      storage.letter[storage.rank] = axis.letter;
      if (!number(axis.first, extent[storage.rank++], 1, "the extent of " + axis.letter)) return false;
      if (product) product = multiply(*product, extent[storage.rank - 1]);
    }
    if (!product || !(*product == Rational(storage.elements))) {
      return error(declaration.axes.front().position, "M0211",
                   "the axes of " + inQuotes(declaration.name) + " hold " +
                       (product ? std::to_string(product->numerator) : std::string("too many")) +
                       " elements, tensor " + inQuotes(tensor.name) + " has " +
                       std::to_string(storage.elements));
    }
    return true;
  }
  const Layer& layer = network_.layers[chain_.layerOf(declaration.operand->step).index()];
  const OperatorSpecification* specification = findOperator(layer.operatorName);
  const OperandSpecification* operand = nullptr;
  if (declaration.operand->name == "other") {
    for (std::size_t i = 0; i < layer.inputs.size() && i < specification->inputs.size(); ++i) {
      if (layer.inputs[i] == id) operand = &specification->inputs[i];
    }
  } else {
    operand = specification->findOperand(declaration.operand->name);
  }
  if (operand == nullptr)
    return error(declaration.position, "M0211",
                 layer.operatorName + " has no tensor " + inQuotes(declaration.operand->name));
  const std::vector<std::int64_t> shape = collapsedShape(*specification, *operand, layer.dimensions);
  for (std::size_t i = 0; i < shape.size() && i < mostAxesOfStorage; ++i) {
    storage.letter[storage.rank] = operand->axes[i].letter;
    extent[storage.rank++] = shape[i];
  }
  return true;
}

std::optional<std::uint32_t> Binding::axisNamed(const StorageDeclaration::AxisValue& axis,
                                                const BoundStorage& storage,
                                                const StorageDeclaration& declaration) {
  std::vector<std::string> letters(storage.letter.begin(), storage.letter.begin() + storage.rank);
  const auto found = std::find(letters.begin(), letters.end(), axis.letter);
  if (found != letters.end()) return static_cast<std::uint32_t>(found - letters.begin());
  std::string known;
  for (const std::string& letter : letters) known += (known.empty() ? "" : ", ") + letter;
  error(axis.position, "M0212",
        inQuotes(declaration.name) + " has no axis " + inQuotes(axis.letter) + "; it has " + known);
  return std::nullopt;
}

bool Binding::applyHalo(const StorageDeclaration& declaration, BoundStorage& storage) {
  for (const auto& halo : declaration.halo) {
    const auto axis = axisNamed(halo, storage, declaration);
    std::int64_t before = 0, after = 0;
    if (!axis || !number(halo.first, before, 0, "the halo before " + halo.letter) ||
        !number(halo.second, after, 0, "the halo after " + halo.letter)) {
      return false;
    }
    storage.low[*axis] = -before;
    if (__builtin_add_overflow(storage.high[*axis], after, &storage.high[*axis])) {
      return error(halo.position, "M0213", "the halo does not fit 64 bits");
    }
    storage.dense = storage.dense && before == 0 && after == 0;
  }
  return true;
}

bool Binding::computePitches(const StorageDeclaration& declaration, BoundStorage& storage) {
  std::array<std::uint32_t, mostAxesOfStorage> order{};
  std::iota(order.begin(), order.end(), 0u);
  if (!declaration.order.empty()) {
    if (declaration.order.size() != storage.rank) {
      return error(declaration.position, "M0212",
                   "the order of " + inQuotes(declaration.name) + " must name each of its " +
                       std::to_string(storage.rank) + " axes once");
    }
    std::array<bool, mostAxesOfStorage> used{};
    for (std::uint32_t i = 0; i < storage.rank; ++i) {
      const auto axis = axisNamed({declaration.order[i], {}, {}, declaration.position}, storage, declaration);
      if (!axis) return false;
      if (used[*axis])
        return error(declaration.position, "M0212", "the order names " + declaration.order[i] + " twice");
      used[*axis] = true;
      order[i] = *axis;
      storage.dense = storage.dense && *axis == i;
    }
  }
  if (declaration.pack && !number(*declaration.pack, storage.pack, 1, "pack")) return false;
  storage.packedAxis = storage.rank > 0 ? order[storage.rank - 1] : 0;
  std::int64_t pitch = 1;
  for (std::uint32_t i = storage.rank; i-- > 0;) {
    const std::uint32_t axis = order[i];
    for (const auto& given : declaration.pitches) {
      const auto named = axisNamed(given, storage, declaration);
      if (!named) return false;
      if (*named != axis) continue;
      std::int64_t wanted = 0;
      if (!number(given.first, wanted, 1, "the pitch of " + given.letter)) return false;
      if (wanted < pitch) {
        return error(given.position, "M0212",
                     "the pitch of " + given.letter + " is " + std::to_string(wanted) +
                         ", but the axes inside it take " + std::to_string(pitch) + " words");
      }
      storage.dense = storage.dense && wanted == pitch;
      pitch = wanted;
    }
    storage.pitch[axis] = pitch;
    std::int64_t extent = 0;
    if (__builtin_sub_overflow(storage.high[axis], storage.low[axis], &extent))
      return error(declaration.position, "M0213", "the halo does not fit 64 bits");
    if (axis == storage.packedAxis) extent = (extent - 1) / storage.pack + 1;
    if (__builtin_mul_overflow(pitch, extent, &pitch)) {
      return error(declaration.position, "M0213",
                   inQuotes(declaration.name) + " takes more words than 64 bits can count");
    }
  }
  storage.words = pitch;
  storage.dense = storage.dense && storage.pack == 1;
  return true;
}

bool Binding::layOut(const StorageDeclaration& declaration, BoundStorage& storage) {
  Extents extent{};
  if (!axesOf(declaration, storage, extent)) return false;
  storage.extent = extent;
  for (std::uint32_t i = 0; i < storage.rank; ++i) storage.high[i] = extent[i];
  return applyHalo(declaration, storage) && computePitches(declaration, storage);
}

/// Takes down words that a memory lacks, without running over.
void Binding::lack(std::int64_t words) {
  if (__builtin_add_overflow(excess_, words, &excess_)) excess_ = INT64_MAX;
}

/// Takes down what an answer says of a memory's end: whether words up to `end` (none: more than can be
/// counted) from `first` on fit its only range of addresses.
void Binding::asked(MemoryId memory, Words first, std::optional<Words> end, bool fits) {
  const auto& ranges = machine_.memories[memory.index()].addressRanges;
  if (ranges.size() == 1 && end && first >= ranges.front().first) ends_.asked(memory, *end, fits);
}

bool Binding::place(const StorageDeclaration& declaration, BoundStorage& storage) {
  const Memory& memory = machine_.memories[storage.memory.index()];
  const auto& ranges = memory.addressRanges;
  Cursor& cursor = cursors_[storage.memory.index()];
  std::int64_t capacity = 0;
  for (const auto& [first, end] : ranges) {
    if (__builtin_add_overflow(capacity, end - first, &capacity)) capacity = INT64_MAX;
  }
  const std::string what = (declaration.operand ? "tensor " : "buffer ") + inQuotes(declaration.name);
  if (declaration.base) {
    if (!number(*declaration.base, storage.base, 0, "base")) return false;
    std::int64_t end = 0;
    const bool countable = !__builtin_add_overflow(storage.base, storage.words, &end);
    const bool fits =
        countable && (ranges.empty() || std::any_of(ranges.begin(), ranges.end(), [&](const auto& range) {
                        return storage.base >= range.first && end <= range.second;
                      }));
    asked(storage.memory, storage.base, countable ? std::optional(end) : std::nullopt, fits);
    if (fits) return true;
    lack(countable ? std::max<std::int64_t>(1, end - capacity) : INT64_MAX);
    return error(declaration.position, "M0214",
                 what + " takes " + std::to_string(storage.words) + " words from address " +
                     std::to_string(storage.base) + " on, which memory " + inQuotes(memory.name) +
                     " does not have; its capacity is " + std::to_string(capacity) + " words");
  }
  std::int64_t align = 1;
  if (declaration.align && !number(*declaration.align, align, 1, "align")) return false;
  while (true) {
    if (!ranges.empty() && cursor.range >= ranges.size()) break;
    if (!cursor.begun) {
      cursor.next = ranges.empty() ? 0 : ranges[cursor.range].first;
      cursor.begun = true;
    }
    const std::int64_t end = ranges.empty() ? INT64_MAX : ranges[cursor.range].second;
    const std::int64_t gap = (align - cursor.next % align) % align;
    std::int64_t wanted = 0;
    const bool countable = !__builtin_add_overflow(cursor.next, gap, &wanted) &&
                           !__builtin_add_overflow(wanted, storage.words, &wanted);
    const bool fits = countable && wanted <= end;
    asked(storage.memory, cursor.next, countable ? std::optional(wanted) : std::nullopt, fits);
    if (fits) {
      storage.base = cursor.next + gap;
      cursor.next = storage.base + storage.words;
      cursor.taken += storage.words;
      return true;
    }
    if (ranges.empty()) break;
    ++cursor.range;
    cursor.begun = false;
  }
  lack(std::max<std::int64_t>(1, storage.words - std::max<std::int64_t>(0, capacity - cursor.taken)));
  return error(declaration.position, "M0214",
               what + " needs " + std::to_string(storage.words) + " words, but memory " +
                   inQuotes(memory.name) + " holds " + std::to_string(capacity) + " words, " +
                   std::to_string(cursor.taken) + " of them taken by what stands before it");
}

}  // namespace taktwerk
