// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/document_reader.h"

namespace taktwerk {

/// A column as an axis of a plot.
struct ViewAxis {
  std::string column;  ///< "arch.rows"; empty: the one that a plot takes by itself
  bool inverted = false;
  std::optional<bool> logarithmic;  ///< none: as the values are
  friend bool operator==(const ViewAxis&, const ViewAxis&) = default;
};

/// How results of a sweep are looked at, under a name: conditions and columns, no points, so that it holds
/// for whatever results have them. Columns are named as tables of results name them.
///
///     - name: small and quick
///       filter: cycles <= 1e6 and rows >= 8
///       sort: cycles
///       columns: [arch.rows, cycles, area]
///       hidden: [macs]
///       plot: scatter
///       scatter:
///         x: {column: area, log: true}
///         y: {column: cycles, inverted: true}
///         colour: network
///         front: true
///       orders:
///         network: [small, large]
struct SavedView {
  std::string name;    ///< not empty, and no two have the same
  std::string filter;  ///< a condition (row_filter.h); empty: all rows
  std::string sort;    ///< a column; empty: by the numbers of points
  bool descending = false;
  std::vector<std::string> columns;  ///< of the table, in their order; others stand behind them
  std::vector<std::string> hidden;   ///< columns that the table does not show
  std::string plot;                  ///< in front: one of `viewPlots`; empty: whatever is
  ViewAxis x, y;                     ///< of the scatter plot
  std::string colour, size;          ///< empty: one for all
  bool front = false;
  std::vector<std::string> objectives;  ///< of the front; empty: the axes
  std::vector<ViewAxis> axes;           ///< of the parallel coordinates; empty: as by themselves
  std::string lineColour;
  std::string heatX, heatY, heatFigure;
  std::string effectFigure;
  /// By column of names: the order of its own in which they stand along axes.
  std::map<std::string, std::vector<std::string>> orders;
  friend bool operator==(const SavedView&, const SavedView&) = default;
};

/// "scatter", "parallel", "heat", "effects", "marked", "steps": in the order of their tabs.
[[nodiscard]] const std::vector<std::string>& viewPlots();

/// The views of a sequence of a workspace; what is wrong is reported (W0106).
[[nodiscard]] std::vector<SavedView> readViews(DocumentReader& reader, const YamlNode& sequence);

/// The text of views, below `  views:`; empty of none.
[[nodiscard]] std::string viewsText(const std::vector<SavedView>& views);

}  // namespace taktwerk
