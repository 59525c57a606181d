// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/study/study.h"
#include "core/study/study_estimate.h"

namespace taktwerk {

/// Which values a parameter or a tunable may have. Nothing said: any.
struct ValueChoices {
  std::vector<std::int64_t> values;  ///< those and no others, in any order; empty: a range
  std::optional<std::int64_t> minimum, maximum;
  std::optional<std::int64_t> step;  ///< of a range, at least 1: from its minimum on, or from 0
};

/// The neighbours of a value: what to try next, below and above it.
struct NextValues {
  std::optional<std::int64_t> down, up;
  friend bool operator==(const NextValues&, const NextValues&) = default;
};
/// The next of the values that are listed; else half (rounded down) and twice where the range is wider than
/// 16 steps or open, the next ones on the steps where it is not. None outside the range, none that is the
/// present value.
[[nodiscard]] NextValues nextValues(std::int64_t present, const ValueChoices& choices);

/// One value of a study set to a neighbour.
struct Step {
  enum class Of : std::uint8_t { Architecture, Network, Mapping };
  Of of = Of::Architecture;
  std::string name;   ///< of the parameter or tunable, without its owner
  std::string layer;  ///< of a tunable that was chosen for this layer alone; empty: of the whole study
  std::int64_t from = 0;
  std::int64_t to = 0;
  /// What is to be known of it: "another amount of work", "found by the search, 8 in 3 of 5 layers".
  std::string note;
  friend bool operator==(const Step&, const Step&) = default;
};
/// "arch.rows", "network.batch", "mapping.tile_k", as settings are called.
[[nodiscard]] std::string settingName(const Step& step);
/// "arch.rows 4 → 8", "mapping.tile_k 4 → 8 for conv1".
[[nodiscard]] std::string inWords(const Step& step);

/// Every step from what a study came to: of its architecture's parameters within the bounds that the others'
/// values leave them, and of its network's, in the order of their names, and of the tunables of the mappings
/// in use. One that breaks a constraint is a step too, of which an estimate says that it is infeasible. A
/// step begins at the value in force: that of a setting, of a default, of a search. A tunable that was chosen
/// for single layers has steps of its own for each of them; where defaults or a search give layers different
/// values, it begins at the value of most layers. None without an estimate.
[[nodiscard]] std::vector<Step> stepsOf(const Study& study, const StudyOptions& options,
                                        const StudyResult& present, StudyMemory& memory);

/// The study with the step taken. What was chosen for single layers stays, but for the step's own.
[[nodiscard]] Study withStep(Study study, const Step& step);

}  // namespace taktwerk
