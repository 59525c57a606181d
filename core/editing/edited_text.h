// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace taktwerk {

/// A text after an edit, and what blocks are called in it that had other names before.
struct EditedText {
  std::string text;
  std::vector<std::pair<std::string, std::string>> names;  ///< "pe.alu" is now "alu", by entry
};

}  // namespace taktwerk
