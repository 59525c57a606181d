// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <vector>

#include "widgets/sweep/plots/result_plot.h"
#include "widgets/sweep/point_card.h"

namespace taktwerk {

/// A setting or a figure of a design, and how it differs from the baseline.
struct CardLine {
  QString name, value;
  QString change;       ///< "−3.2 %", or the baseline's value of a setting; empty: there is no difference
  bool better = false;  ///< of a figure that differs
};

/// A design in words, as its card says it.
struct CardText {
  QString title;   ///< "Point 12 (A)"
  QString state;   ///< "✓ done"
  QString reason;  ///< why it has no figures, or what they lack; else empty
  PointState of = PointState::Done;
  bool complete = true;
  std::vector<CardLine> settings, figures;
};

/// `all`: also what all designs have in common.
[[nodiscard]] CardText cardTextOf(const PlotData& data, std::uint32_t row, bool all);

/// The whole card as text, for those who hear it. `card` may be null: it is not made yet.
[[nodiscard]] QString inWords(const CardText& text, const PointCard* card);

}  // namespace taktwerk
