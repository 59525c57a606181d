// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mapping/instruction_emitter.h"

#include <algorithm>

#include "core/base/quotes.h"

namespace taktwerk {
namespace {

constexpr std::int64_t mostAccesses = 4096;

}  // namespace

Outcome InstructionEmitter::fail(SourcePosition position, const std::string& message) {
  report_(position, message);
  return Outcome::Failed;
}

Outcome InstructionEmitter::emit(const InstructionNode& node, SourcePosition position) {
  if (node.guard) {
    bool holds = false;
    const Outcome status = evaluator_.condition(*node.guard, holds);
    if (status != Outcome::Done || !holds) return status;
  }
  auto operation = memory_.operations.find(node.operation);
  if (operation == memory_.operations.end()) {
    operation = memory_.operations.emplace(node.operation, machine_.findOperation(node.operation)).first;
  }
  if (!operation->second.valid()) {
    return fail(position, "no unit of the architecture has the operation " + inQuotes(node.operation) +
                              didYouMean(node.operation, machine_.operations));
  }
  coefficients_.clear();
  Outcome status = registers(node.reads, reads_);
  if (status == Outcome::Done) status = registers(node.writes, writes_);
  if (status == Outcome::Done) status = accesses(node.loads, loads_, reads_);
  if (status == Outcome::Done) status = accesses(node.stores, stores_, writes_);
  immediates_.clear();
  for (const auto& [name, expression] : node.immediates) {
    if (status != Outcome::Done) break;
    std::int64_t value = 0;
    status = evaluator_.constant(expression, value, Use::Fixed);
    immediates_.push_back(value);
  }
  UnitId unit;
  if (status == Outcome::Done && node.unit) {
    status = holesOf(*node.unit);
    if (status == Outcome::Done) {
      unit = names_.unitNamed(*node.unit, holes_);
      if (!unit.valid()) {
        const std::string name = NameResolver::text(*node.unit, holes_);
        return fail(node.unit->position,
                    "the architecture has no unit " + inQuotes(name) + names_.unitHint(name));
      }
    }
  }
  if (status != Outcome::Done) return status;
  tokens_.step(intern(node, operation->second, unit), position.line, coefficients_);
  return Outcome::Done;
}

TemplateId InstructionEmitter::intern(const InstructionNode& node, OperationId operation, UnitId unit) {
  key_.clear();
  key_.push_back(node.index);
  key_.push_back(unit.value);
  const auto appendRegisters = [&](const std::vector<RegisterId>& ids) {
    key_.push_back(static_cast<std::int64_t>(ids.size()));
    for (const RegisterId id : ids) key_.push_back(id.value);
  };
  const auto appendAccesses = [&](const std::vector<AccessShape>& shapes) {
    key_.push_back(static_cast<std::int64_t>(shapes.size()));
    for (const AccessShape& shape : shapes) {
      key_.push_back(shape.memory.value);
      key_.push_back(shape.words);
    }
  };
  appendRegisters(reads_);
  appendRegisters(writes_);
  appendAccesses(loads_);
  appendAccesses(stores_);
  key_.insert(key_.end(), immediates_.begin(), immediates_.end());
  std::uint64_t hash = 0x9E3779B97F4A7C15u;
  for (const std::int64_t part : key_) {
    hash = (hash ^ static_cast<std::uint64_t>(part)) * 0xFF51AFD7ED558CCDu;
    hash ^= hash >> 32;
  }
  const auto [first, last] = memory_.known.equal_range(hash);
  for (auto entry = first; entry != last; ++entry) {
    const InstructionMemory::Known& known = entry->second;
    if (known.keyLength == key_.size() &&
        std::equal(key_.begin(), key_.end(),
                   memory_.keys.begin() + static_cast<std::ptrdiff_t>(known.firstKey))) {
      return known.instruction;
    }
  }
  InstructionTemplate instruction;
  instruction.operation = operation;
  instruction.reads = reads_;
  instruction.writes = writes_;
  instruction.memoryReads = loads_;
  instruction.memoryWrites = stores_;
  for (std::size_t i = 0; i < immediates_.size(); ++i) {
    instruction.immediates.emplace_back(node.immediates[i].first, immediates_[i]);
  }
  instruction.unit = unit;
  std::sort(instruction.immediates.begin(), instruction.immediates.end());
  memory_.numbers += instruction.reads.size() + instruction.writes.size() + 2 * instruction.accessCount() +
                     4 * instruction.immediates.size();
  const InstructionMemory::Known known{memory_.keys.size(), key_.size(),
                                       memory_.templates.intern(std::move(instruction))};
  memory_.keys.insert(memory_.keys.end(), key_.begin(), key_.end());
  memory_.known.emplace(hash, known);
  return known.instruction;
}

Outcome InstructionEmitter::holesOf(const NamePattern& pattern) {
  holes_.clear();
  for (const CompiledExpression& hole : pattern.holes) {
    std::int64_t value = 0;
    const Outcome status = evaluator_.constant(hole, value, Use::Fixed);
    if (status != Outcome::Done) return status;
    holes_.push_back(value);
  }
  return Outcome::Done;
}

Outcome InstructionEmitter::rangeCount(const AccessRange& range, std::int64_t& count) {
  const Outcome status = evaluator_.constant(range.count, count, Use::Fixed);
  if (status == Outcome::Done && (count < 0 || count > mostAccesses)) {
    return fail(range.count.position, "a range of accesses has from 0 to " + std::to_string(mostAccesses) +
                                          ", here " + std::to_string(count));
  }
  return status;
}

template <class Body>
Outcome InstructionEmitter::overRange(const std::optional<AccessRange>& range, Body body) {
  if (!range) return body();
  std::int64_t count = 0;
  Outcome status = rangeCount(*range, count);
  SlotValue& slot = slots_[range->variable];
  for (std::int64_t i = 0; status == Outcome::Done && i < count; ++i) {
    slot.value.set(Rational(i));
    slot.known = true;
    status = body();
  }
  slot.known = false;
  return status;
}

Outcome InstructionEmitter::registers(const std::vector<RegisterReference>& references,
                                      std::vector<RegisterId>& result) {
  result.clear();
  for (const RegisterReference& reference : references) {
    const Outcome status = overRange(reference.range, [&] { return registerOf(reference, result); });
    if (status != Outcome::Done) return status;
  }
  return Outcome::Done;
}

Outcome InstructionEmitter::registerOf(const RegisterReference& reference, std::vector<RegisterId>& result) {
  const Outcome status = holesOf(reference.name);
  if (status != Outcome::Done) return status;
  const RegisterId id = names_.registerNamed(reference.name, holes_);
  if (!id.valid()) {
    const std::string name = NameResolver::text(reference.name, holes_);
    return fail(reference.name.position,
                "the architecture has no register " + inQuotes(name) + names_.registerHint(name));
  }
  result.push_back(id);
  return Outcome::Done;
}

Outcome InstructionEmitter::accesses(const std::vector<MemoryReference>& references,
                                     std::vector<AccessShape>& result, std::vector<RegisterId>& registers) {
  result.clear();
  for (const MemoryReference& reference : references) {
    Access one;
    Outcome status = Outcome::Done;
    if (reference.range) {
      status = accessRange(reference, result, registers);
    } else {
      status = access(reference, one);
      if (status == Outcome::Done) append(one, result, registers);
    }
    if (status != Outcome::Done) return status;
  }
  return Outcome::Done;
}

void InstructionEmitter::append(const Access& access, std::vector<AccessShape>& result,
                                std::vector<RegisterId>& registers) {
  if (access.register_.valid()) return registers.push_back(access.register_);
  result.push_back({access.memory, access.words});
  coefficients_.push_back(access.address.base);
  for (std::size_t level = 0; level < levels_.size(); ++level)
    coefficients_.push_back(access.address.at(level));
}

/// One access for each value of the range. As a rule the address is affine in it, so the range is computed
/// at once, as if it were one more loop; where it is not, value by value.
Outcome InstructionEmitter::accessRange(const MemoryReference& reference, std::vector<AccessShape>& result,
                                        std::vector<RegisterId>& registers) {
  std::int64_t count = 0;
  Outcome status = rangeCount(*reference.range, count);
  if (status != Outcome::Done || count == 0) return status;
  const auto own = static_cast<std::uint32_t>(levels_.size());
  SlotValue& slot = slots_[reference.range->variable];
  const auto names = [&](const CompiledExpression& expression) {
    return std::any_of(
        expression.nodes.begin(), expression.nodes.end(), [&](const CompiledExpression::Node& node) {
          return node.op == Expression::Operator::Variable && node.slot == reference.range->variable;
        });
  };
  const bool mayBeRegister =
      !reference.storage && reference.memory.texts.back().find('.') != std::string::npos;
  const bool uniform = count > 1 && own < deepestLoops && !mayBeRegister &&
                       !(reference.words && names(*reference.words)) &&
                       std::none_of(reference.memory.holes.begin(), reference.memory.holes.end(), names);
  Access one;
  if (uniform) {
    levels_.push_back({count, nullptr});
    slot.value = Affine(0);
    slot.value.levels = own + 1;
    std::fill_n(slot.value.coefficient.begin(), own, 0);
    slot.value.coefficient[own] = 1;
    slot.known = true;
    status = access(reference, one);
    levels_.pop_back();
    if (status == Outcome::Done) {
      const std::int64_t stride = one.address.at(own);
      for (std::int64_t i = 0; i < count; ++i) {
        append(one, result, registers);
        one.address.base += stride;
      }
    }
    if (status != Outcome::Split || evaluator_.request().level != own) {
      slot.known = false;
      return status;
    }
  }
  return overRange(reference.range, [&] {
    const Outcome each = access(reference, one);
    if (each == Outcome::Done) append(one, result, registers);
    return each;
  });
}

Outcome InstructionEmitter::access(const MemoryReference& reference, Access& result) {
  result.words = 1;
  result.register_ = {};
  if (reference.words) {
    const Outcome status = evaluator_.constant(*reference.words, result.words, Use::Fixed);
    if (status != Outcome::Done) return status;
    if (result.words < 1) {
      return fail(reference.words->position,
                  "an access has at least 1 word, here " + std::to_string(result.words));
    }
  }
  result.address = Affine(0);
  if (reference.storage) {
    const BoundStorage& storage = storages_[*reference.storage];
    result.memory = storage.memory;
    return storageAddress(reference, storage, result.words, result.address);
  }
  const Outcome status = holesOf(reference.memory);
  if (status != Outcome::Done) return status;
  result.memory = names_.memoryNamed(reference.memory, holes_);
  if (!result.memory.valid()) {
    const std::string name = NameResolver::text(reference.memory, holes_);
    if (name.find('.') != std::string::npos && !reference.asRegister.texts.empty()) {
      const Outcome known = holesOf(reference.asRegister);
      if (known != Outcome::Done) return known;
      result.register_ = names_.registerNamed(reference.asRegister, holes_);
      if (result.register_.valid()) return Outcome::Done;
    }
    return fail(reference.position, "the architecture has no memory " + inQuotes(name) +
                                        names_.memoryHint(name) +
                                        ", and the mapping no tensor or buffer of that name");
  }
  return index(reference, 0, 0, INT64_MAX, result.address);
}

/// The value of the i-th index, which must stay within [low, high).
Outcome InstructionEmitter::index(const MemoryReference& reference, std::size_t i, std::int64_t low,
                                  std::int64_t high, Affine& value) {
  const CompiledExpression& expression = reference.indices[i];
  const Outcome status = evaluator_.affine(expression, value, Use::Address);
  if (status != Outcome::Done) return status;
  if (value.denominator != 1)
    return fail(expression.position, "an index must be a whole number; use // to round down");
  const auto range = rangeOf(value, levels_);
  if (!range) return fail(expression.position, "the index does not fit 64 bits");
  if (range->low >= low && range->high < high) return Outcome::Done;
  if (!reference.storage) {
    return fail(expression.position, "the address runs from " + std::to_string(range->low) + " to " +
                                         std::to_string(range->high) + ", it must be at least 0");
  }
  std::string what = "index " + std::to_string(i + 1);
  const std::string& letter = storages_[*reference.storage].letter[i];
  what += (letter.empty() ? "" : " (" + letter + ")") + std::string(" of ") +
          inQuotes(document_.storages[*reference.storage].name);
  return fail(expression.position, what + " runs from " + std::to_string(range->low) + " to " +
                                       std::to_string(range->high) + ", legal is " + std::to_string(low) +
                                       " to " + std::to_string(high - 1) + "; padding needs a halo");
}

Outcome InstructionEmitter::storageAddress(const MemoryReference& reference, const BoundStorage& storage,
                                           std::int64_t words, Affine& address) {
  const std::string& name = document_.storages[*reference.storage].name;
  if (!storage.present) {
    return fail(reference.position, "the layer has no " + name + "; test bits(" + name + ") > 0 first");
  }
  const std::size_t count = reference.indices.size();
  address.base = storage.base;
  Affine value;
  if (count == storage.rank) {
    for (std::size_t i = 0; i < count; ++i) {
      const Outcome status = index(reference, i, storage.low[i], storage.high[i], value);
      if (status != Outcome::Done) return status;
      value.base -= storage.low[i];
      if (storage.pack > 1 && i == storage.packedAxis) {
        for (std::size_t level = 0; level < value.levels; ++level) {
          if (value.coefficient[level] % storage.pack != 0) {
            return fail(
                reference.indices[i].position,
                "the innermost index must advance in multiples of pack, " + std::to_string(storage.pack));
          }
          value.coefficient[level] /= storage.pack;
        }
        value.base /= storage.pack;
      }
      if (!addScaled(address, value, storage.pitch[i]))
        return fail(reference.position, "the address does not fit 64 bits");
    }
  } else if (count == 1 && storage.dense) {
    const Outcome status = index(reference, 0, 0, storage.words, value);
    if (status != Outcome::Done) return status;
    if (!addScaled(address, value, 1)) return fail(reference.position, "the address does not fit 64 bits");
  } else {
    return fail(reference.position,
                inQuotes(name) + " takes " + std::to_string(storage.rank) + " indices" +
                    (storage.dense && storage.rank > 1 ? ", or one for all its elements" : "") + ", found " +
                    std::to_string(count));
  }
  if (words > 1) {
    const auto range = rangeOf(address, levels_);
    if (!range || range->high > storage.base + storage.words - words) {
      return fail(reference.position, "the access of " + std::to_string(words) +
                                          " words runs beyond the end of " + inQuotes(name) +
                                          ", which takes " + std::to_string(storage.words) + " words");
    }
  }
  return Outcome::Done;
}

}  // namespace taktwerk
