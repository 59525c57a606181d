// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "widgets/actions/command_palette.h"

namespace taktwerk {

struct Models;
class ViewHost;

/// "Go to › Inspector": each panel, shown and given the keyboard, whether or not it is in sight.
[[nodiscard]] std::vector<PaletteEntry> panelEntries(const Models& models, ViewHost& views);
/// Layers of the network, blocks that are drawn, files opened before and networks that came with the program.
[[nodiscard]] std::vector<PaletteEntry> placeEntries(Models& models, ViewHost& views);

}  // namespace taktwerk
