// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/sweep/column_scale.h"
#include "core/sweep/heat_map.h"
#include "tests/studies/picture.h"
#include "tests/studies/study_pictures.h"

namespace taktwerk::studies {

/// A part of a picture: the rows with one value of the column that panels differ in, over two columns.
struct Panel {
  std::string title;
  std::vector<std::uint32_t> rows;
  HeatMap map;
  std::pair<double, double> range;  ///< of its colours or its axis: its own, or that of all panels
  Picture::Box box;                 ///< with room for what is written around it
};

/// Cut and placed, two beside each other; throws where a column is missing, or where there is nothing.
[[nodiscard]] std::vector<Panel> panelsOf(const SweptSpace& space, const PictureWish& wish,
                                          double panelHeight);
/// Below the last of them.
[[nodiscard]] double bottomOf(const std::vector<Panel>& panels);
/// The notes of a picture: those wished for, then where its figures stand.
[[nodiscard]] std::vector<std::string> notesOf(const SweptSpace& space, const PictureWish& wish);
/// The place of a column that a wish names.
[[nodiscard]] std::size_t columnNamed(const SweptSpace& space, const std::string& name);
/// An axis of a figure with a little room at both ends: by logarithms where the largest is five times the
/// smallest or more.
[[nodiscard]] ColumnScale axisScale(std::size_t column, double least, double most);
/// " (log)" of an axis by logarithms, else "".
[[nodiscard]] std::string ofScale(const ColumnScale& scale);
/// A value of a column: all digits of a parameter, a word of a choice.
[[nodiscard]] std::string valueLabel(const SweptSpace& space, std::size_t column, double value);
/// "rows" of "arch.rows".
[[nodiscard]] std::string shortName(const std::string& column);

}  // namespace taktwerk::studies
