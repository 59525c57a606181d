// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/machine/machine.h"
#include "core/mapping/chain.h"
#include "core/mapping/evaluator.h"
#include "core/mapping/mapping_document.h"
#include "core/mapping/memory_ends.h"
#include "core/network/network.h"

namespace taktwerk {

/// Where a tensor or buffer lies: element [i0, i1, …] is at base + Σ pitch · (i − low).
struct BoundStorage {
  bool present = false;  ///< false: the layer lacks this operand
  MemoryId memory;
  std::int64_t base = 0;
  std::int64_t words = 0;
  std::int64_t elements = 0;  ///< without halo
  std::uint32_t rank = 0;
  std::array<std::int64_t, mostAxesOfStorage> pitch{}, low{}, high{};  ///< legal indices are [low, high)
  std::array<std::int64_t, mostAxesOfStorage> extent{};  ///< indices of elements are [0, extent)
  std::array<std::string, mostAxesOfStorage> letter{};
  std::uint32_t packedAxis = 0;  ///< whose elements share a word, `pack` of them
  std::int64_t pack = 1;
  bool dense = true;  ///< row-major without gaps: one index may count all elements
};

/// A mapping's names and places for given layers on a machine.
class Binding {
 public:
  Binding(const MappingDocument& document, const Machine& machine, const Network& network, const Chain& chain)
      : document_(document),
        machine_(machine),
        network_(network),
        chain_(chain),
        slots_(document.slotNames.size()) {}

  /// Dimensions, parameters, tunables and values. Errors in values show where they are used.
  bool bindNames(const std::map<std::string, std::int64_t>& tunables);
  /// The first condition that does not hold: of those that do not depend on tunables, then of the others.
  struct FailingRequirement {
    std::string reason;
    SourcePosition position;
    bool onTunables = false;
  };
  [[nodiscard]] std::optional<FailingRequirement> failingRequirement();
  /// Reports a condition that does not hold.
  void refuse(const FailingRequirement& failing);
  /// Memories, layouts, addresses.
  bool placeStorages();
  /// Legal values of a tunable, ascending as written; at most `mostLegalValues`.
  [[nodiscard]] std::vector<std::int64_t> legalValues(const TunableDeclaration& tunable,
                                                      Diagnostics& problems);

  [[nodiscard]] std::vector<SlotValue>& slots() { return slots_; }
  [[nodiscard]] const std::vector<BoundStorage>& storages() const { return storages_; }
  [[nodiscard]] const std::map<std::string, std::int64_t>& tunables() const { return tunables_; }
  [[nodiscard]] Diagnostics& diagnostics() { return diagnostics_; }
  /// Words that memories lack for what was placed in them, added up.
  [[nodiscard]] std::int64_t excess() const { return excess_; }
  /// What `placeStorages` found out about the ends of memories. What it says of them in diagnostics, and
  /// `excess`, depend on more.
  [[nodiscard]] const MemoryEnds& ends() const { return ends_; }

  static constexpr std::size_t mostLegalValues = 4096;

 private:
  struct Cursor {
    std::size_t range = 0;
    std::int64_t next = 0;
    std::int64_t taken = 0;
    bool begun = false;
  };

  void bindExternal(const ExternalName& external);
  void bindWords();
  bool bindTunables(const std::map<std::string, std::int64_t>& overrides);
  bool checkLegal(const TunableDeclaration& tunable, std::int64_t value, bool given);
  void bindValues();
  void fail(const ValueDeclaration& value, const Diagnostics& problems);
  bool repeat(const RepeatedValues& repetition, Diagnostics& problems);
  bool evaluateInOrder(const RepeatedValues::Values& values, Diagnostics& problems);
  std::string unknownName(const ExternalName& external) const;
  void setSlot(SlotIndex slot, std::int64_t value);
  bool number(const CompiledExpression& expression, std::int64_t& result, std::int64_t minimum,
              const std::string& what);
  bool evaluate(const CompiledExpression& expression, Affine& result, Diagnostics& problems);
  bool layOut(const StorageDeclaration& declaration, BoundStorage& storage);
  bool axesOf(const StorageDeclaration& declaration, BoundStorage& storage,
              std::array<std::int64_t, mostAxesOfStorage>& extent);
  bool applyHalo(const StorageDeclaration& declaration, BoundStorage& storage);
  bool computePitches(const StorageDeclaration& declaration, BoundStorage& storage);
  bool place(const StorageDeclaration& declaration, BoundStorage& storage);
  void lack(std::int64_t words);
  void asked(MemoryId memory, Words first, std::optional<Words> end, bool fits);
  std::optional<std::uint32_t> axisNamed(const StorageDeclaration::AxisValue& axis,
                                         const BoundStorage& storage, const StorageDeclaration& declaration);
  bool error(SourcePosition position, const char* code, std::string message);

  const MappingDocument& document_;
  const Machine& machine_;
  const Network& network_;
  const Chain& chain_;
  std::vector<SlotValue> slots_;
  std::vector<BoundStorage> storages_;
  std::vector<Cursor> cursors_;
  std::map<std::string, std::int64_t> tunables_;
  LoopLevels noLoops_;
  std::int64_t excess_ = 0;
  MemoryEnds ends_;
  Diagnostics diagnostics_;
};

}  // namespace taktwerk
