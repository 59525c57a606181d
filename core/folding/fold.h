// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include "core/folding/folded_view.h"

namespace taktwerk {

/// Which groups of an architecture are open to look into. A group is an array, an element of an array of
/// instances, or an instance of a template; it is known by its name: "pe", "pe[0][1]", "pe[0][1].multiplier".
struct Expansion {
  /// Groups in fewer groups than this are open; 0: none.
  std::size_t depth = 0;
  /// Instances are open `depth` deep, arrays only where `exceptions` says so.
  bool arraysClosed = true;
  std::map<std::string, bool, std::less<>> exceptions;  ///< by name: open or closed, whatever its depth

  friend bool operator==(const Expansion&, const Expansion&) = default;
};

/// Elements of a dimension that an open array shows: all up to this many, or else the first ones and the
/// last.
inline constexpr std::int64_t mostShownElements = 8;
inline constexpr std::int64_t firstShownElements = 3;

/// Near-linear in the size of the architecture.
[[nodiscard]] FoldedView fold(const Architecture& architecture, const Expansion& expansion);

/// The same with every object shown as it is.
[[nodiscard]] FoldedView unfolded(const Architecture& architecture);

/// How an architecture is looked at first: arrays closed, and instances open when it has at most `most`
/// objects.
[[nodiscard]] Expansion usualExpansion(const Architecture& architecture, std::size_t most = 60);

}  // namespace taktwerk
