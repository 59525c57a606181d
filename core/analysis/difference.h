// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/stored_result.h"

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

/// Cycles that a cause took in two results, 0 where it took none; none where a result does not say where the
/// cycles went.
struct CauseChange {
  NamedCause cause;
  std::optional<Cycles> before, now;
  [[nodiscard]] bool differs() const { return before != now; }
};

/// Words that were moved to and from a memory in two results; none where a result does not say.
struct TrafficChange {
  std::string memory;
  std::optional<std::int64_t> before, now;
  [[nodiscard]] bool differs() const { return before != now; }
};

/// A layer in two results, or in one. The k-th layer of a name is matched with the k-th of that name.
struct LayerChange {
  std::string layer;
  std::optional<LayerSide> before, now;  ///< at least one
  CycleChange cycles;
  std::vector<CauseChange> causes;     ///< largest change first; equal ones in the order of `NamedCause`
  std::vector<TrafficChange> traffic;  ///< by memory
  bool standing = false;               ///< where both are there: how it stands is different
  // The same of what else is, where both are timed:
  bool mapping = false, tunables = false, method = false, exactness = false;

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
  /// Of all layers added up, in the order of LayerChange::causes. None of a side where a layer does not say.
  std::vector<CauseChange> causes;
  std::vector<TrafficChange> traffic;  ///< the same of words
  std::vector<LayerChange> layers;     ///< in the order of the network of `now`, then those only before

  [[nodiscard]] bool differs() const;
};

[[nodiscard]] ResultDifference differenceOf(const StoredResult& before, const StoredResult& now);

/// How many layers are different.
[[nodiscard]] std::size_t differingLayers(const ResultDifference& difference);

}  // namespace taktwerk
