// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/analysis/stored_result.h"
#include "core/base/diagnostic.h"

namespace taktwerk {

/// Sizes above which a result is refused before it is read.
inline constexpr std::uint64_t maximumResultBytes = 16u << 20;
/// Figures above it are what JSON numbers do not carry exactly everywhere (2^53 - 1).
inline constexpr std::int64_t largestResultFigure = 9'007'199'254'740'991;

/// Layers, fused ones counted, above which a result is refused.
inline constexpr std::size_t mostResultLayers = 100'000;

/// Reads what `writeEstimateJson` wrote, also as other programs format it again. Keys that are not known are
/// passed over: newer versions may write more.
///
/// Errors, all of them with their positions: text that is no JSON, members of another kind than they have to
/// be, a result without `layers`, a layer without a name. A figure that is missing, null, not finite, not
/// whole, negative or too large is a warning and counts as missing, never as 0; so does a warning tell of
/// causes or layers that do not add up.
///
///     base.json:9:27: warning: cycles of layer "fc" is NaN, which is no number; it counts as missing
[[nodiscard]] Result<StoredResult> parseEstimateJson(std::string_view text, const std::string& file);
[[nodiscard]] Result<StoredResult> readEstimateJson(const std::filesystem::path& path);

}  // namespace taktwerk
