// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/machine/machine.h"
#include "core/mapping/binding.h"
#include "core/mapping/evaluator.h"
#include "core/mapping/mapping_document.h"
#include "core/mapping/name_resolver.h"
#include "core/mapping/token_list.h"

namespace taktwerk {

/// What the programs that one mapping makes on one machine share: instructions made, names found. Keeping it
/// from one program to the next saves making them again. Not for use by two threads.
struct InstructionMemory {
  /// An instruction by what determines it, so that repeated ones build no strings.
  struct Known {
    std::size_t firstKey = 0, keyLength = 0;
    TemplateId instruction;
  };
  InstructionMemory(const Machine& machine, const MappingDocument& document)
      : names(machine, document.patternCount) {}

  TemplateTable templates;
  std::size_t numbers = 0;  ///< kept for templates: what the memory taken goes with
  NameResolver names;
  std::unordered_map<std::string, OperationId> operations;
  std::unordered_multimap<std::uint64_t, Known> known;  ///< by hash of the key
  std::vector<std::int64_t> keys;

  /// A spatial part without loops and accesses, and what it came to, by the values of the names it uses.
  struct FixedPart {
    std::optional<std::vector<SlotIndex>> names;  ///< none: it is not such a part
    std::map<std::vector<std::int64_t>, std::vector<TokenList::PlainStep>> made;
  };
  std::unordered_map<const SpatialNode*, FixedPart> fixedParts;
};

/// Turns one instruction of a mapping, with the values its names have just now, into a step of the program.
class InstructionEmitter {
 public:
  InstructionEmitter(const MappingDocument& document, const Machine& machine, Binding& binding,
                     Evaluator& evaluator, LoopLevels& levels, TokenList& tokens, InstructionMemory& memory,
                     Evaluator::Report report)
      : document_(document),
        machine_(machine),
        slots_(binding.slots()),
        storages_(binding.storages()),
        evaluator_(evaluator),
        levels_(levels),
        tokens_(tokens),
        report_(std::move(report)),
        memory_(memory),
        names_(memory.names) {}

  Outcome emit(const InstructionNode& node, SourcePosition position);

 private:
  struct Access {
    RegisterId register_;  ///< valid: it was a register after all
    MemoryId memory;
    std::int64_t words = 1;
    Affine address;
  };

  Outcome registers(const std::vector<RegisterReference>& references, std::vector<RegisterId>& result);
  Outcome registerOf(const RegisterReference& reference, std::vector<RegisterId>& result);
  /// Accesses to memory go to `result`, registers written with an index at the end to `registers`.
  Outcome accesses(const std::vector<MemoryReference>& references, std::vector<AccessShape>& result,
                   std::vector<RegisterId>& registers);
  Outcome accessRange(const MemoryReference& reference, std::vector<AccessShape>& result,
                      std::vector<RegisterId>& registers);
  Outcome access(const MemoryReference& reference, Access& result);
  void append(const Access& access, std::vector<AccessShape>& result, std::vector<RegisterId>& registers);
  Outcome storageAddress(const MemoryReference& reference, const BoundStorage& storage, std::int64_t words,
                         Affine& address);
  Outcome index(const MemoryReference& reference, std::size_t i, std::int64_t low, std::int64_t high,
                Affine& value);
  Outcome holesOf(const NamePattern& pattern);
  Outcome rangeCount(const AccessRange& range, std::int64_t& count);
  template <class Body>
  Outcome overRange(const std::optional<AccessRange>& range, Body body);
  Outcome fail(SourcePosition position, const std::string& message);
  TemplateId intern(const InstructionNode& node, OperationId operation, UnitId unit);

  const MappingDocument& document_;
  const Machine& machine_;
  std::vector<SlotValue>& slots_;
  const std::vector<BoundStorage>& storages_;
  Evaluator& evaluator_;
  LoopLevels& levels_;  ///< gets one more level while a range of accesses is computed
  TokenList& tokens_;
  Evaluator::Report report_;
  InstructionMemory& memory_;
  NameResolver& names_;

  // Scratch of one instruction, kept to avoid allocation.
  std::vector<std::int64_t> holes_;
  std::vector<RegisterId> reads_, writes_;
  std::vector<AccessShape> loads_, stores_;
  std::vector<std::int64_t> immediates_;
  std::vector<std::int64_t> coefficients_;
  std::vector<std::int64_t> key_;
};

}  // namespace taktwerk
