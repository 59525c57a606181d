// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <variant>

#include "core/space/space.h"

namespace taktwerk {

/// Why an edit of a space cannot be, in words for the user.
struct SpaceRefusal {
  std::string message;
};
using EditedSpace = std::variant<Space, SpaceRefusal>;

/// A line of a space, as it is typed: `rows = 1:8` or `rows = 4,8,16` varies a parameter, with ` when rows >
/// 4` behind only there; `columns = 2 * rows` derives one; anything else is a constraint, with its reason
/// behind a colon.
[[nodiscard]] EditedSpace withLine(Space space, const std::string& text);

/// A parameter varied over other values: `1:64:*2`, `1,2,4 when rows > 4`.
[[nodiscard]] EditedSpace withValues(Space space, std::size_t dimension, const std::string& text);
[[nodiscard]] EditedSpace withName(Space space, std::size_t dimension, const std::string& name);
[[nodiscard]] EditedSpace withDerived(Space space, std::size_t derived, const std::string& name,
                                      const std::string& expression);
[[nodiscard]] EditedSpace withConstraint(Space space, std::size_t constraint, const std::string& condition,
                                         const std::string& reason);
/// One more file that the designs of the space may have; with the first comes `present`, the file (or files)
/// they have now, unless that is empty.
[[nodiscard]] EditedSpace withAlternative(Space space, Dimension::Of of,
                                          const std::vector<std::string>& files,
                                          const std::vector<std::string>& present);

/// What stands there for a dimension that is edited: its values, and its condition.
[[nodiscard]] std::string editedText(const Dimension& dimension);

/// The space as reading it gives it, or the first thing that is wrong with it. One without anything in it is
/// fine.
[[nodiscard]] EditedSpace checkedSpace(const Space& space);

}  // namespace taktwerk
