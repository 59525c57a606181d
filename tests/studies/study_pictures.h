// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "tests/studies/swept_space.h"

namespace taktwerk::studies {

/// What a picture shows of a swept space. Columns are named as in tables of results.
struct PictureWish {
  std::string title, subtitle;
  std::string x, y;       ///< of lines: what differs between them
  std::string panels;     ///< a column, each value of which has a panel; empty: a single one
  std::string condition;  ///< which rows; empty: all
  std::string figure = "cycles";
  bool shared = false;                  ///< all panels have the scale of all
  std::vector<std::string> notes = {};  ///< before what is always said
};

/// A cell for each pair of values, with the best of its designs; the best of each panel has a frame.
[[nodiscard]] std::string heatPicture(const SweptSpace& space, const PictureWish& wish);
/// A line over x for each value of y, through the best of the designs at each place.
[[nodiscard]] std::string linePicture(const SweptSpace& space, const PictureWish& wish);
/// All designs over two figures, x to the right, with the front of the space's objectives; the designs on it
/// have letters, from A on, in the order of `frontOf`.
[[nodiscard]] std::string frontPicture(const SweptSpace& space, const PictureWish& wish);

/// "A", "B", …, "Z", "AA", …: what the n-th design of a front is called.
[[nodiscard]] std::string frontLetter(std::size_t place);

}  // namespace taktwerk::studies
