// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

#include "core/estimate/estimate.h"

namespace taktwerk {

/// What a figure is worth, from the best to none.
enum class Standing : std::uint8_t {
  Exact,       ///< every instruction was timed
  Repeats,     ///< exact too: what was skipped is proven to repeat
  Estimated,   ///< a guess: approximation, or the published method
  Bound,       ///< what it takes at least: roofline
  Incomplete,  ///< layers are missing, or of guessed size
  OutOfDate,   ///< of what was there before the latest change
  None         ///< no figure: an error, or nothing mapped
};

/// "exact", "proven to repeat", "estimated", "bound", "incomplete", "out of date", "no result".
[[nodiscard]] std::string_view labelOf(Standing standing);
/// Whether the figure is that of the reference simulation.
[[nodiscard]] constexpr bool isExact(Standing standing) {
  return standing == Standing::Exact || standing == Standing::Repeats;
}

[[nodiscard]] Standing standingOf(const LayerEstimate& layer);
/// That of its worst layer, if none is missing.
[[nodiscard]] Standing standingOf(const NetworkEstimate& estimate);

}  // namespace taktwerk
