// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>

#include "core/base/diagnostic.h"

namespace taktwerk {

/// A figure of the author's own, such as a price: an entry of `figures:`. Objects say what they add to it; it
/// changes no timing.
struct DeclaredFigure {
  std::string name;
  SourcePosition position;
  std::string unit;         ///< "EUR", or empty
  std::string description;  ///< or empty
  bool moreIsBetter = false;
};
/// Figures that an architecture may declare, at most.
inline constexpr std::size_t mostDeclaredFigures = 20;

}  // namespace taktwerk
