// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

#include "core/drawing/palette.h"

namespace taktwerk {

class Theme;

/// The glyph of a kind of blocks on its colour, for lists.
[[nodiscard]] QIcon kindIcon(const Theme& theme, BlockKind kind);
/// The sign of templates, whatever kinds they hold.
[[nodiscard]] QIcon templateIcon(const Theme& theme);

}  // namespace taktwerk
