// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/diagnostic.h"

namespace taktwerk {

/// What an architecture's author says of how well it describes a machine: an entry of `validation:`. It
/// changes no timing; it stands beside figures that are exact only for the description.
struct DeclaredValidation {
  std::string against;      ///< "FireSim RTL, convolutions"
  std::int64_t points = 0;  ///< compared, at least 1
  double meanError = 0;     ///< of the absolute errors, in per cent
  std::optional<double> largestError;
  std::string source;  ///< where that can be looked up
  std::string note;    ///< may be empty
  SourcePosition position;
};

}  // namespace taktwerk
