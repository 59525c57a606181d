// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "core/space/space.h"

namespace taktwerk {

/// What is wrong with a text, in words for the user.
struct VaryProblem {
  std::string message;
};

/// A dimension as the command line writes it: `NAME=V,V,…`, `NAME=FROM:TO`, `NAME=FROM:TO:STEP` or
/// `NAME=FROM:TO:*FACTOR`. Problems: no name, no whole numbers, a value twice, a range that goes nowhere.
[[nodiscard]] std::variant<Dimension, VaryProblem> parseVary(std::string_view text);

}  // namespace taktwerk
