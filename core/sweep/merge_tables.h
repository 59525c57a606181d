// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/diagnostic.h"

namespace taktwerk {

/// A file's name and text.
struct NamedText {
  std::string file;
  std::string text;
};

/// Puts tables that shares of one sweep wrote (`sweep --shard I/N --out FILE.csv`) together, in the order of
/// the points. Errors (S0307): no heading that begins with `point`, headings that differ, a line without a
/// number, two different rows of one point, two points of the same values with different results.
[[nodiscard]] Result<std::string> mergeTables(const std::vector<NamedText>& tables);

}  // namespace taktwerk
