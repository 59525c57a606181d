// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace taktwerk {

/// A quantity for people, with a prefix and three digits or more: of "s" "2.47 ms", of "J" "13.1 µJ"; "0 s".
/// What no prefix from p to G fits has the nearest one.
[[nodiscard]] std::string quantityText(double value, std::string_view unit);

/// A number for people, with three digits or more: "0.0312", "4.05", "404", "12,345".
[[nodiscard]] std::string numberText(double value);

/// An area of µm²: "4,184 µm²", from 0.1 mm² on "1.25 mm²".
[[nodiscard]] std::string areaText(double squareMicrometres);

}  // namespace taktwerk
