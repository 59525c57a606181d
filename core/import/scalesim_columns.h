// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "core/import/table_lines.h"

namespace taktwerk {

/// What a column of a SCALE-Sim topology holds.
enum class ScaleSimColumn : std::uint8_t {
  Name,
  IfmapHeight,
  IfmapWidth,
  FilterHeight,
  FilterWidth,
  Channels,
  Filters,
  Stride,  ///< in both directions, or downwards where there is a StrideWidth
  StrideWidth,
  M,
  N,
  K,
  Batch,
  Sparsity
};
inline constexpr std::size_t scaleSimColumns = 14;

/// As SCALE-Sim writes it: "IFMAP Height".
[[nodiscard]] const char* headingOf(ScaleSimColumn column);

/// Which cell of a line holds what, by the headings; they may stand in any order.
struct ScaleSimHeadings {
  std::array<std::optional<std::size_t>, scaleSimColumns> places;
  std::size_t count = 0;  ///< headings, and so cells that mean something
  bool products = false;  ///< M, N, K and not the sizes of a convolution
  [[nodiscard]] std::optional<std::size_t> of(ScaleSimColumn column) const {
    return places[static_cast<std::size_t>(column)];
  }
};

/// Why a line is none of headings, and at which of its cells.
struct ScaleSimHeadingProblem {
  std::string message;  ///< with the headings that are expected
  std::size_t cell = 0;
};

/// Reads a line of headings: those of a convolution (Layer name, IFMAP Height, IFMAP Width, Filter Height,
/// Filter Width, Channels, Num Filter, Strides) or of a matrix product (Layer, M, N, K), without regard to
/// case and blanks. Layer, Stride Width, Batch Size and Sparsity may be left out; one that is unknown is
/// refused.
[[nodiscard]] std::variant<ScaleSimHeadings, ScaleSimHeadingProblem> readScaleSimHeadings(
    const TableLine& line);

}  // namespace taktwerk
