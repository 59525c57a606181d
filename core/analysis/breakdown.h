// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/estimate/estimate.h"
#include "core/program/cause.h"

namespace taktwerk {

/// A cause by its object's name instead of its number: what results of different machines have in common.
struct NamedCause {
  WaitCause wait = WaitCause::Busy;
  std::string object;  ///< empty of `Fetch`
  friend auto operator<=>(const NamedCause&, const NamedCause&) = default;
};
[[nodiscard]] NamedCause namedCause(const Cause& cause, const Machine& machine);

/// Cycles of what of an object was waited for.
struct DetailShare {
  WaitDetail detail = WaitDetail::None;
  Cycles cycles = 0;
  friend bool operator==(const DetailShare&, const DetailShare&) = default;
};

/// Cycles of one cause.
struct CauseShare {
  NamedCause cause;
  MachineObjectId object;  ///< that it concerns; none of `Fetch`
  Cycles cycles = 0;
  double share = 0;  ///< of all cycles of its table, 0 to 1
  /// A wait told more finely, longest first; what the details do not say is the rest.
  std::vector<DetailShare> details = {};
};

/// Cycles that concern one object: those in which it worked, and those in which others waited for what it
/// made or for it to be free. Waiting for instructions is nobody's.
struct ObjectShare {
  MachineObjectId object;
  std::string name;
  Cycles busy = 0;
  Cycles waited = 0;
  double share = 0;  ///< of all cycles of its table, 0 to 1
};

/// What the cycles of a critical path were spent on.
struct CauseTable {
  Cycles cycles = 0;                 ///< the sum of its causes
  std::vector<CauseShare> causes;    ///< longest first; equal ones in the order of `Cause`
  std::vector<ObjectShare> objects;  ///< longest first; equal ones in the order of the machine
};

struct LayerBreakdown {
  std::string layer;  ///< the first of a fused chain
  CauseTable table;
};

/// Layers added up, and each by itself.
struct NetworkBreakdown {
  std::string architecture, network;
  CauseTable total;
  std::vector<LayerBreakdown> layers;  ///< in the order of the estimate
};

enum class LayerOrder : std::uint8_t { Network, Longest, Name };

/// What takes most of the time, and what comes next.
struct Bottleneck {
  CauseShare largest;
  std::optional<CauseShare> second;
};

/// Adds up equal causes and puts them in order, whatever order and shares they come with.
[[nodiscard]] CauseTable causeTable(std::vector<CauseShare> causes);
[[nodiscard]] CauseTable causeTable(const Breakdown& breakdown, const Machine& machine);

[[nodiscard]] LayerBreakdown breakdownOf(const LayerEstimate& layer, const Machine& machine);
[[nodiscard]] NetworkBreakdown breakdownOf(const NetworkEstimate& estimate);
/// Of all layers added up, without the single ones.
[[nodiscard]] CauseTable totalOf(const NetworkEstimate& estimate);

/// Layers that are equal in the order stay as they stand; `Name` compares bytes.
void sortLayers(std::vector<LayerBreakdown>& layers, LayerOrder order);

/// The first two causes of a table; none without cycles.
[[nodiscard]] std::optional<Bottleneck> bottleneckOf(const CauseTable& table);

}  // namespace taktwerk
