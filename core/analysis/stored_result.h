// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/breakdown.h"
#include "core/estimate/estimate.h"

namespace taktwerk {

enum class LayerStanding : std::uint8_t {
  Timed,
  Fused,    ///< timed with the layer that begins its chain, and in that one's cycles
  Unmapped  ///< no cycles
};

/// How a layer stands in a result.
struct LayerSide {
  LayerStanding standing = LayerStanding::Timed;
  std::string operatorName;  ///< empty of a fused one
  std::string mapping;       ///< its name; of a fused one that of the chain
  std::string fusedWith;     ///< of a fused one: the first layer of the chain
  std::string reason;        ///< of an unmapped one
  std::map<std::string, std::int64_t> tunables;
  std::string method;  ///< LayerEstimate::method
  bool exact = true;
  bool guessed = false;
};

/// A layer of a result.
struct StoredLayer {
  std::string name;
  LayerSide side;
  std::optional<Cycles> cycles;            ///< none: fused, unmapped, or the result does not say
  std::map<NamedCause, Cycles> causes;     ///< empty: not known, as with methods that have no critical path
  std::map<std::string, Traffic> traffic;  ///< by the memory's name

  /// Whether it says where its cycles went; a layer of no cycles does.
  [[nodiscard]] bool hasCauses() const { return !causes.empty() || cycles == 0; }
};

/// A file that a result was made from.
struct StoredSource {
  enum class Kind : std::uint8_t { Architecture, Network, Mapping };
  Kind kind = Kind::Architecture;
  std::string path;                         ///< as it was named; empty: it has none yet
  std::shared_ptr<const std::string> text;  ///< as it was then; null: not known
};

/// A result by names alone, without the machine it was timed on: what an estimate and the file of an earlier
/// one have in common, and what is compared.
struct StoredResult {
  std::string architecture, network;
  std::map<std::string, std::int64_t> parameters;  ///< "arch.rows", "network.batch"
  /// None: there were errors, it was cancelled, or the file does not say.
  std::optional<Cycles> cycles;
  bool exact = true;
  bool complete = true;               ///< else `cycles` is not the whole answer
  std::vector<StoredLayer> layers;    ///< in the order of the network; of a file as they stand
  std::vector<StoredSource> sources;  ///< none of a file
};

[[nodiscard]] StoredResult storedResult(const NetworkEstimate& estimate,
                                        std::vector<StoredSource> sources = {});

}  // namespace taktwerk
