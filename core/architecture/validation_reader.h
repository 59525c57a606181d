// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/architecture/declared_validation.h"
#include "core/base/problems.h"
#include "core/base/yaml.h"

namespace taktwerk {

/// Longest list of validations that is read; more is an error.
inline constexpr std::size_t mostValidations = 100;

/// "44.6 %" to 44.6: digits, perhaps a point and more digits, and a per cent sign; at most 1e9.
[[nodiscard]] std::optional<double> percentIn(std::string_view text);
/// "44.6 %", the shortest text that `percentIn` reads as the same number.
[[nodiscard]] std::string percentText(double percent);

/// Reads the value of `validation:`:
///
///     validation:
///       - against: FireSim RTL, convolutions
///         points: 36
///         mean_error: 44.6 %
///         largest_error: 85.7 %
///         source: https://github.com/ucb-bar/dosa
///         note: free text
///
/// `largest_error` and `note` may be left out. An entry with a problem is reported and left out; false where
/// that happened.
bool readValidations(const YamlNode& node, std::vector<DeclaredValidation>& validations, Problems& problems);

}  // namespace taktwerk
