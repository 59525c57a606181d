// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/analysis/bottleneck.h"
#include "core/study/sensitivity.h"

namespace taktwerk {

/// A piece of a sentence, and what it is about, so that a window can lead there.
struct SentencePart {
  enum class Kind : std::uint8_t { Text, Object, Layer, Share, Step };
  Kind kind = Kind::Text;
  std::string text;
  /// The object of an object and of its share; the layer; of a step and of what it saves its name in
  /// settings, "arch.rows".
  std::string target;
};
using Sentence = std::vector<SentencePart>;
[[nodiscard]] std::string plainText(const Sentence& sentence);

/// What steps of parameters come to, as far as it is known.
struct Remedies {
  Cycles present = 0;                 ///< the figure they are compared with
  std::vector<StepOutcome> own;       ///< of parameters that concern what decides, the most useful first
  std::vector<StepOutcome> all = {};  ///< of every parameter and tunable; empty: not asked for
};

/// What decides, where, why, and what would save most of it:
///
///     dram decides 61 % of ResNet-50: conv2_1, conv2_2 and 14 more layers wait for a request slot of it;
///     bus_width 16 → 32 would save 27 %.
///
/// `name` is what takes the cycles.
[[nodiscard]] Sentence bottleneckSentence(const Decider& decider, const std::string& name,
                                          const Remedies* remedies = nullptr);

}  // namespace taktwerk
