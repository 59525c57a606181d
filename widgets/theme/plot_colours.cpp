// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme/plot_colours.h"

#include <array>

#include "widgets/theme/theme.h"

namespace taktwerk {

QColor changeColour(const Theme& theme, bool better) {
  const Colour colour = better ? Colour{0x00, 0x72, 0xB2} : Colour{0xD5, 0x5E, 0x00};
  const double share = theme.dark() ? 0.7
                       : better     ? 1.0
                                    : 0.8;  // contrast of at least 4.5 to canvas and panel
  return toQColor(mix(colour, theme.colours().text, share));
}

QColor thinHeatColour(const Theme& theme, double share) {
  return toQColor(heatColour(theme.dark() ? 0.3 + 0.7 * share : 0.82 * share));
}

QColor seriesColour(std::size_t series) {
  static constexpr std::array<Colour, seriesCount> colours = {{{0x00, 0x72, 0xB2},
                                                               {0xD5, 0x5E, 0x00},
                                                               {0x00, 0x9E, 0x73},
                                                               {0xCC, 0x79, 0xA7},
                                                               {0xE6, 0x9F, 0x00},
                                                               {0x56, 0xB4, 0xE9},
                                                               {0xF0, 0xE4, 0x42}}};
  return toQColor(colours[series % seriesCount]);
}

}  // namespace taktwerk
