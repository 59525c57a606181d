// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/analysis/breakdown.h"
#include "core/analysis/filling.h"
#include "core/architecture/architecture.h"

namespace taktwerk {

/// A cause of a design's cycles, with the class of the object that it is about.
struct ProfileCause {
  NamedCause cause;
  WaitDetail detail = WaitDetail::None;            ///< of a wait: what of the object was waited for longest
  ObjectClass objectClass = ObjectClass::Unknown;  ///< `Unknown` where there is no object
  Cycles cycles = 0;
};

/// A layer of a design: where its cycles go, how it was mapped, what it leaves empty.
struct LayerProfile {
  std::string name;  ///< the first of a fused chain
  Cycles cycles = 0;
  std::string mapping;
  std::map<std::string, std::int64_t> tunables, adapted;  ///< as `LayerEstimate` has them
  std::vector<ProfileCause> causes;                       ///< longest first; they add up to `cycles`
  std::vector<PartlyFilled> filling;                      ///< the heaviest first
  /// How often operations that take something of a length ran ("multiply"), and how often the element of an
  /// array that ran most ("pe[ ][ ].alu"): each time is a pass, however much of it is filled.
  std::map<std::string, std::int64_t> passes;
};

/// What two designs of a sweep are compared by, beyond their figures: an estimate without its machine.
struct DesignProfile {
  Cycles cycles = 0;
  bool exact = true, complete = true;
  std::vector<LayerProfile> layers;   ///< in the order of the estimate
  std::vector<std::string> unmapped;  ///< names of layers without cycles

  [[nodiscard]] const LayerProfile* find(const std::string& layer) const;
};

/// The class that each object of a machine has in its file, by its number; of memories that are no DRAM and
/// no cache `Sram`.
[[nodiscard]] std::vector<ObjectClass> classesOf(const Machine& machine);

/// Of an estimate with usage; without, nothing is known to be filled in part.
[[nodiscard]] DesignProfile profileOf(const NetworkEstimate& estimate);

}  // namespace taktwerk
