// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace taktwerk::tables {

/// Replaces what stands between the lines `<!-- NAME: begin -->` and `<!-- NAME: end -->` of a page by
/// `block`, whole lines. Throws where one of them is missing.
void replaceBlock(std::string& page, const std::string& name, const std::string& block);

}  // namespace taktwerk::tables
