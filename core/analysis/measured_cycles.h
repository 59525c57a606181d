// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.h"

namespace taktwerk {

/// Cycles of one layer as somebody measured them.
struct MeasuredLayer {
  std::string layer;
  double cycles = 0;  ///< at least 0; of several runs it may be a mean
  SourcePosition position;
};

struct MeasuredCycles {
  std::string file;
  std::vector<MeasuredLayer> layers;  ///< in the order of the file
};

/// Reads a table with the headings `layer` and `cycles`, in any order and among others, which are passed
/// over:
///
///     layer,cycles,remark
///     conv0,"30215",first run
///
/// Errors, all of them: a heading that is missing, a row without a name, cycles that are no finite number of
/// at least 0, a layer that is there twice, no rows.
[[nodiscard]] Result<MeasuredCycles> parseMeasuredCycles(std::string_view text, const std::string& file);
[[nodiscard]] Result<MeasuredCycles> readMeasuredCycles(const std::filesystem::path& path);

}  // namespace taktwerk
