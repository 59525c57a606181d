// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "core/base/diagnostic.h"

namespace taktwerk {

/// What of a SCALE-Sim configuration (`*.cfg`) has a counterpart in the architecture `systolic-array`:
/// ArrayHeight is `rows`, ArrayWidth is `columns`. The array there is output stationary and has one memory,
/// so another Dataflow, the sizes of the three SRAMs and the Bandwidth are left out, with a warning that says
/// so.
struct ScaleSimConfiguration {
  std::string name;                                ///< run_name, or empty
  std::map<std::string, std::int64_t> parameters;  ///< "arch.rows", "arch.columns"
};
[[nodiscard]] Result<ScaleSimConfiguration> readScaleSimConfiguration(const std::filesystem::path& path);
[[nodiscard]] Result<ScaleSimConfiguration> parseScaleSimConfiguration(std::string_view text,
                                                                       const std::string& file);

}  // namespace taktwerk
