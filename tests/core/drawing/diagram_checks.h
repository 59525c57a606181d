// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/drawing/block_diagram.h"

namespace taktwerk::test {

/// An architecture from text; a test failure when it has no value.
[[nodiscard]] Architecture architectureOf(const std::string& text);

/// What is wrong with a diagram's geometry, empty for a good one: blocks that overlap or stand off the grid,
/// units outside their stage, wires that do not go from port to port in straight pieces, or that pass
/// through blocks they have nothing to do with.
[[nodiscard]] std::vector<std::string> geometryFaults(const BlockDiagram& diagram);

}  // namespace taktwerk::test
