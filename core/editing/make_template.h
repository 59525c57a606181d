// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.h"

namespace taktwerk {

/// Blocks of an architecture that become a template, and one instance of it in their place.
struct MakeTemplate {
  std::vector<std::string> objects;  ///< entries of `objects:`, arrays and instances among them as a whole
  std::string templateName;
  std::string instance;  ///< a name of `objects:`; may be that of one of the blocks
};

/// The text of the file with the edit made and all else as it was. The blocks move to `templates:` without
/// their places on the canvas, the connections among them with them; other connections name
/// `instance.block`. The machine stays the same but for those names: where the order of connections tells
/// units or stages apart ("first declared"), a connection among the blocks that stands below one to the
/// outside stays outside. Refused with a diagnostic: blocks that the file does not declare (parts of
/// instances, elements of arrays), names that are taken or none, latencies towards blocks outside.
[[nodiscard]] Result<std::string> makeTemplate(std::string_view text, const MakeTemplate& edit);

/// A block or an instance of a template that becomes an array.
struct MakeArray {
  std::string object;  ///< entry of `objects:`
  /// Expressions over the architecture's parameters; without columns the array has one index.
  std::string rows, columns = {};
};

/// The text of the file with the edit made and all else as it was. Each element is connected to the outside
/// as the block was, by ranges (`for: {r: rows, c: columns}`). Of an array the sizes change, with the ranges
/// that count its elements and the indices of its last row and column.
///
/// Of an array with one index and columns given, each element becomes a row of elements, wired as it was.
/// Of one with two indices and none given, one column is left; connections lose the index. Refused with a
/// diagnostic: what the file does not declare, sizes that cannot be computed, units that would be in several
/// stages, and to leave one column where connections tell columns apart (`pe[r][c + 1]`).
[[nodiscard]] Result<std::string> makeArray(std::string_view text, const MakeArray& edit);

}  // namespace taktwerk
