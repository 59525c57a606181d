// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/architecture/architecture.h"
#include "core/base/problems.h"

namespace taktwerk {

/// Reads one entry of `objects:` as far as it can be understood; attributes keep their text for `validate`.
/// `understood` becomes false where something cannot be kept.
[[nodiscard]] ObjectDeclaration readObject(YamlNode::Entry entry, ObjectId id, Problems& problems,
                                           bool& understood);

/// Two numbers as in [120, 40], of which each may have a fraction; nothing when it is anything else or far
/// out.
[[nodiscard]] std::optional<CanvasPoint> pointOf(const YamlNode& node);
/// The shortest text that reads back as the same coordinate.
[[nodiscard]] std::string coordinateText(double value);

/// Reads the text of a scalar, or reports that `what` must be one.
[[nodiscard]] std::string readText(const YamlNode& node, std::string_view what, Problems& problems,
                                   const std::string& object = {});

}  // namespace taktwerk
