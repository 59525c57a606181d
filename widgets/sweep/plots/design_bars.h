// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/design_profile.h"
#include "widgets/estimate/breakdown_data.h"

namespace taktwerk {

/// A design that is set beside others as a bar of what its cycles are spent on.
struct DesignBar {
  std::uint32_t row = 0;  ///< of the table of results
  bool isBaseline = false;
  QString mark;             ///< "base", "A", "B"
  QString name;             ///< "base: point 0"
  QString problem;          ///< why there is no bar, or that it is being found out; empty: there is one
  QString note;             ///< what is to be known of it
  std::size_t missing = 0;  ///< layers that the cycles lack
  BreakdownRow of;          ///< parts and causes, as the page Breakdown has them of a layer
};

/// The cycles of a design, or of one of its layers, by cause: what causes of several layers have in common is
/// added up. Of a layer that it does not have: nothing.
[[nodiscard]] BreakdownRow breakdownOf(const DesignProfile& design, const std::optional<std::string>& layer);

/// The baseline among bars that have cycles; null: there is none.
[[nodiscard]] const DesignBar* baselineOf(const std::vector<DesignBar>& bars);

/// What a bar is compared with: the baseline, unless it is that itself, or one of both lacks layers that the
/// other has, as fewer cycles of fewer layers are no gain. Null: with nothing.
[[nodiscard]] const DesignBar* comparedWith(const std::vector<DesignBar>& bars, const DesignBar& bar);

/// A part of a bar in words: its figures, its share, its difference from the baseline's, and its longest
/// causes, a line each.
[[nodiscard]] QString segmentInWords(const std::vector<DesignBar>& bars, std::size_t bar,
                                     std::size_t category);
/// "−3,000 (−50.0 %)" of a figure against the baseline's; empty without a difference or a baseline.
[[nodiscard]] QString changeInWords(Cycles now, const std::optional<Cycles>& baseline);

/// A line a design and cause, with commas between:
/// `point,mark,layer,kind,cause,cycles,share,baseline,change`. `layer` is empty of all layers together,
/// `change` that of the cycles against the baseline's.
[[nodiscard]] std::string barsAsCsv(const std::vector<DesignBar>& bars,
                                    const std::vector<std::string>& points, const std::string& layer);

}  // namespace taktwerk
