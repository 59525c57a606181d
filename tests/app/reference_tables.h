// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace taktwerk::test {

/// The tables of resources/guide/formats.md that the code determines, as they stand in the page between
/// `<!-- classes: begin -->` and `<!-- classes: end -->`, and likewise for operators.
[[nodiscard]] std::string classTables();
[[nodiscard]] std::string operatorTable();

}  // namespace taktwerk::test
