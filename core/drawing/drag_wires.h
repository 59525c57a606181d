// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <set>
#include <vector>

#include "core/drawing/block_diagram.h"

namespace taktwerk {

/// Steps of the search that one move of the mouse may take, for all wires together: some milliseconds.
inline constexpr std::int64_t mostDragWork = 60'000;

/// The wires of blocks that are being dragged, as they are drawn meanwhile: `dragged` holds blocks with what
/// they contain, which stand `offset` from where the diagram has them. Wires between dragged blocks keep
/// their shape; bends made by hand stay as far as they make sense; a few others are found anew among the
/// blocks near by, and when there are many of them, or the way is long, they take the simple shape of out,
/// across and in. Meant for every move of the mouse: what is searched is limited, however large the diagram
/// is; `steps`, when given, grows by the steps of the search.
[[nodiscard]] std::vector<Wire> wiresWhileDragging(const BlockDiagram& diagram,
                                                   const std::set<std::uint32_t>& dragged, Point offset,
                                                   std::int64_t* steps = nullptr);

}  // namespace taktwerk
