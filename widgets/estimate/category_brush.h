// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBrush>
#include <cstddef>

namespace taktwerk {

class Theme;

/// What the parts of breakdowns are filled with, by `BreakdownItem::category`: busy time with the colour of
/// its blocks, waiting with one grey, its kinds with hatches of their own.
[[nodiscard]] QBrush categoryBrush(const Theme& theme, std::size_t category);

}  // namespace taktwerk
