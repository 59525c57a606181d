// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/analysis/design_profile.h"

namespace taktwerk {

/// Why a layer takes other cycles in another design, as far as both estimates tell.
struct StepReason {
  enum class Kind : std::uint8_t {
    Mapping,  ///< another mapping takes it, or none does
    Tunable,  ///< other tunables, such as tiles that were fitted
    Passes,   ///< an operation, or an array, runs more or less often
    Filling,  ///< passes fill more or less of an array, or of what an operation takes
    Limit,    ///< something else takes most of its cycles
    Cause     ///< the same takes most of them: what changed the most
  };
  Kind kind = Kind::Cause;
  std::string text;  ///< "columns of pe[ ][ ].alu: 1 of 16 in 50 % of passes, 16 of 16 in 50 % → all filled"
};

/// A layer whose cycles change.
struct LayerStep {
  std::string name;
  Cycles before = 0, after = 0;  ///< 0 where it has none
  std::vector<StepReason> reasons;
};

/// What lies between two designs of a sweep, in words.
struct StepExplanation {
  Cycles before = 0, after = 0;  ///< of all layers added up
  std::vector<LayerStep>
      layers;              ///< that make up most of the change, the largest first; of equal designs none
  std::size_t others = 0;  ///< layers besides that change, too
  /// "conv3 −1,200 of −1,500 cycles: columns of pe: …; alu busy −1,100".
  std::string sentence;
};

/// Two designs with different cycles: the layers that together make up at least half of the difference, at
/// most three, each with what changed in it.
[[nodiscard]] StepExplanation explainStep(const DesignProfile& before, const DesignProfile& after);

/// Two designs with equal cycles, though a parameter differs: what takes most of the cycles in both, and what
/// of the second is emptier.
[[nodiscard]] StepExplanation explainPlateau(const DesignProfile& first, const DesignProfile& last);

/// "1 of 16 in 50 % of passes, 16 of 16 in 50 %".
[[nodiscard]] std::string partsInWords(const PartlyFilled& filled);

}  // namespace taktwerk
