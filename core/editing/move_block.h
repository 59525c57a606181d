// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/editing/edited_text.h"

namespace taktwerk {

/// Blocks that become part of a template, by way of an instance of it.
struct MoveIntoTemplate {
  std::vector<std::string> objects;  ///< entries of `objects:`
  std::string instance;              ///< entry of a template
};

/// The text with the blocks in the template and everything else as it was; wires to the instance become
/// connections of the template, others name `instance.block`. The machine stays the same but for names. Into
/// the elements of an array go arrays with the same sizes, element by element: `acc[r][c]` is then
/// `pe[r][c].acc`. A block whose name the template has already gets the next free one.
///
/// Refused with a diagnostic: a template that other entries use too (they would get the blocks as well), one
/// block for all elements of an array, expressions with names that mean parameters of the template, latencies
/// towards blocks outside.
[[nodiscard]] Result<EditedText> moveIntoTemplate(std::string_view text, const MoveIntoTemplate& edit);

/// A block that leaves its template.
struct MoveOutOfTemplate {
  std::string instance;  ///< entry of the template
  std::string block;     ///< of the template
};

/// The text with the block beside each instance of the template, as an array beside arrays; its wires within
/// the template become connections outside. It is called as it was, or `pe_alu` where that is taken or there
/// are several instances. The machine stays the same but for names.
///
/// Refused with a diagnostic: the only block of a template, a template used within another, arrays within
/// arrays, latencies between the block and those that stay.
[[nodiscard]] Result<EditedText> moveOutOfTemplate(std::string_view text, const MoveOutOfTemplate& edit);

}  // namespace taktwerk
