// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "tests/studies/swept_space.h"

namespace taktwerk::studies {

/// A design of a space that a table is about.
struct Design {
  std::string name;
  std::string condition;  ///< that this row meets alone, or of which the fastest is meant
};

/// Cycles of designs, how many times as fast as the first of the table they are, how many
/// multiply-accumulates they do in a cycle, and what decides, as `explain` says it; with `fetch`, a column
/// that says how many instructions arrive in a cycle, also how long the instructions need to arrive. As
/// Markdown.
[[nodiscard]] std::string decidesTable(const SweptSpace& space, const std::vector<Design>& designs,
                                       const std::string& fetch = {});
/// Of each design the layer whose passes leave most empty for longest. As Markdown.
[[nodiscard]] std::string emptyTable(const SweptSpace& space, const std::vector<Design>& designs);
/// The front of some rows, with the letters of `frontPicture`, these columns and the space's objectives.
[[nodiscard]] std::string frontTable(const SweptSpace& space, const std::string& condition,
                                     const std::vector<std::string>& columns);
/// A row for each design, and in it for each of `conditions` (a heading and what else holds) the cycles of
/// the fastest and what its value of `column` is.
[[nodiscard]] std::string bestTable(const SweptSpace& space, const std::vector<Design>& designs,
                                    const std::vector<Design>& conditions, const std::string& column);

/// "≥ 3,998,106": the cycles of a row, with ≥ where layers are missing.
[[nodiscard]] std::string cyclesText(const SweptSpace& space, std::uint32_t row);

}  // namespace taktwerk::studies
