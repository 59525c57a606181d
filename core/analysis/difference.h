// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/breakdown.h"
#include "core/estimate/estimate.h"

namespace taktwerk {

/// Cycles in two results; none where a result has none.
struct CycleChange {
  std::optional<Cycles> before, now;

  /// `now` less `before`; none unless both are there.
  [[nodiscard]] std::optional<Cycles> absolute() const;
  /// The same over `before`: -0.1 is a tenth fewer; none where `before` is 0.
  [[nodiscard]] std::optional<double> relative() const;
  [[nodiscard]] bool differs() const { return before != now; }
};

/// Cycles that a cause took in two results, 0 where it took none.
struct CauseChange {
  NamedCause cause;
  Cycles before = 0, now = 0;
};

enum class LayerStanding : std::uint8_t {
  Timed,
  Fused,    ///< timed with the layer that begins its chain, and in that one's cycles
  Unmapped  ///< no cycles
};

/// A layer in one of the results.
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

/// A layer in two results, or in one. The k-th layer of a name is matched with the k-th of that name.
struct LayerChange {
  std::string layer;
  std::optional<LayerSide> before, now;  ///< at least one
  CycleChange cycles;
  std::vector<CauseChange> causes;  ///< largest change first; equal ones in the order of `NamedCause`
  // What else is different, where both are there:
  bool standing = false, mapping = false, tunables = false, method = false, exactness = false;

  [[nodiscard]] bool differs() const;
};

struct ParameterChange {
  std::string name;                         ///< "arch.rows"
  std::optional<std::int64_t> before, now;  ///< none: there is no such parameter
};

/// What is different in `now` from `before`. They may be of different networks and architectures.
struct ResultDifference {
  /// What a result is of. Its total is void where there were errors or it was cancelled, and not the whole
  /// answer where layers are missing.
  struct Side {
    std::string architecture, network;
    bool exact = true, complete = true;
  };
  Side before, now;
  CycleChange cycles;                       ///< totals
  std::vector<ParameterChange> parameters;  ///< only those that differ, by name
  std::vector<CauseChange> causes;          ///< of all layers added up, in the order of LayerChange::causes
  std::vector<LayerChange> layers;          ///< in the order of the network of `now`, then those only before

  [[nodiscard]] bool differs() const;
};

[[nodiscard]] ResultDifference differenceOf(const NetworkEstimate& before, const NetworkEstimate& now);

}  // namespace taktwerk
