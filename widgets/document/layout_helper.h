// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <optional>
#include <vector>

#include "core/base/progress.h"
#include "core/drawing/block_diagram.h"

namespace taktwerk {

/// Where the boxes of a graph stand, and the way of each of its edges: a start and Bézier pieces of three
/// points each, or nothing where none was drawn.
struct LaidOut {
  std::vector<Point> corners;
  std::vector<std::vector<Point>> curves;
};

/// A run of the separate program `taktwerk-layout` (its formats: app/layout/README.md).
struct LayoutRun {
  enum class Outcome { Done, Missing, Refused, Crashed, Nonsense, TooLong, Cancelled };
  Outcome outcome = Outcome::Missing;
  LaidOut laidOut;  ///< when it is done
  QString error;    ///< what the program wrote, where it refused
};
/// Starts the program for one graph and waits. It is ended when `milliseconds` are over or `progress` is
/// cancelled, within 100 ms. For job threads.
[[nodiscard]] LayoutRun runLayout(const QString& program, const LayoutGraph& graph, const Progress& progress,
                                  int milliseconds);

/// A layout of block diagrams by that program. Where it does not end well, and when it makes a picture much
/// taller than wide, the function returns nothing and the caller's own layout is used. For job threads: it
/// blocks. `progress` must outlive the function.
[[nodiscard]] LayoutFunction layoutByHelper(const QString& program, const Progress& progress,
                                            int milliseconds = 500);

/// The text that the helper reads, and its answer read back; nothing when it is not an answer to `graph`.
[[nodiscard]] QByteArray layoutRequest(const LayoutGraph& graph);
[[nodiscard]] std::optional<LaidOut> layoutAnswer(const QByteArray& answer, const LayoutGraph& graph);

}  // namespace taktwerk
