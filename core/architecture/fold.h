// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/architecture/architecture.h"

namespace taktwerk {

/// A document for looking at, in which large arrays are represented by their first elements. Not for
/// elaborating: what it leaves out is missing.
struct FoldedArchitecture {
  Architecture architecture;
  std::vector<std::size_t> elements;  ///< by ObjectId: how many objects each stands for; 1 without folding
};

/// The name with empty brackets, `pe[][].alu` of `pe[0][1].alu`: the same for all elements of an array.
[[nodiscard]] std::string arrayPath(std::string_view name);

/// Of every array only the first element (`pe[0][0].alu` of all `pe[r][c].alu`), and each connection between
/// what is left once, when the document is generated and has more than `most` objects; else all of it.
[[nodiscard]] FoldedArchitecture fold(const Architecture& architecture, std::size_t most = 60);

}  // namespace taktwerk
