// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/diagnostic.h"
#include "core/editing/edited_text.h"

namespace taktwerk {

/// The most elements an array may have to be written out, and the most connections it may have.
inline constexpr std::size_t mostWrittenElements = 64;
inline constexpr std::size_t mostWrittenConnections = 2000;

/// The text with an array as single entries, one for each element, called as the element was: `pe[0][1]`.
/// Rules it has a part in become single connections; names of indices in its attributes become numbers.
/// The machine stays the same, to the name, for the parameters' defaults; sizes no longer follow them.
/// Refused with a diagnostic: what is no array, arrays without elements or with more than
/// `mostWrittenElements`, more than `mostWrittenConnections` connections, files with errors.
[[nodiscard]] Result<std::string> writeOutArray(std::string_view text, const std::string& object);

/// The text with an instance of a template as the blocks of the template; the template stays. Blocks get
/// their own names where these are free, else `pe_alu`. Parameters of the template become the instance's
/// arguments. The machine stays the same but for names; the order of connections of each block is kept.
/// Refused: what is no instance, arrays (write them out first), names of indices that would hide a parameter.
[[nodiscard]] Result<EditedText> writeOutInstance(std::string_view text, const std::string& object);

}  // namespace taktwerk
