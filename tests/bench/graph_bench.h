// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <memory>
#include <vector>

#include "widgets/graph/graph_data.h"

namespace taktwerk {

/// The graph of as many instructions of a layer on Gemmini as make at least so many nodes, or nothing.
[[nodiscard]] std::shared_ptr<const LayerGraph> graphOf(const QString& root, std::int64_t nodes);

/// Time of the processor.
[[nodiscard]] double milliseconds();

/// Prints a line "graph: …" of paintings.
void printPaintings(const char* what, std::vector<double> times);

/// The layout of about 1,000 boxes by the helper in `folder`, how soon one is ended, and paintings of it. 0
/// on success.
int measureLaidOut(const QString& root, const QString& folder);

}  // namespace taktwerk
