// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/base/progress.h"
#include "core/drawing/block_diagram.h"

namespace taktwerk {

/// A layout by the separate program `taktwerk-layout` (its formats: app/layout/README.md). It is started for
/// each graph, gets `milliseconds` and is ended when they are over or `progress` is cancelled; then, and when
/// it is missing, fails or makes a picture much taller than wide, the function returns nothing and the
/// caller's own layout is used. For job threads: it blocks. `progress` must outlive the function.
[[nodiscard]] LayoutFunction layoutByHelper(const QString& program, const Progress& progress,
                                            int milliseconds = 500);

/// The text that the helper reads, and its answer read back; nothing when it is not an answer to `graph`.
[[nodiscard]] QByteArray layoutRequest(const LayoutGraph& graph);
[[nodiscard]] std::optional<std::vector<Point>> layoutAnswer(const QByteArray& answer,
                                                             const LayoutGraph& graph);

}  // namespace taktwerk
