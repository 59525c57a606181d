// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/architecture/architecture.h"
#include "core/editing/edit.h"

namespace taktwerk {

/// A line drawn from one block to another, in the direction of the arrow: forward from stage to stage,
/// contains from stage to unit, reads from storage to unit, writes from unit to storage.
struct DrawnConnections {
  std::vector<AddConnection> possible;  ///< legal and not there yet; seldom more than one
  std::string reason;                   ///< why none is possible
};
/// The connections such a line can mean. Where none is left in its direction, those of the other.
[[nodiscard]] DrawnConnections drawnConnections(const Architecture& architecture, ObjectId from, ObjectId to);

/// The connection by which a stage contains the object, or nothing.
[[nodiscard]] const Connection* containment(const Architecture& architecture, ObjectId object);

}  // namespace taktwerk
