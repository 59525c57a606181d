// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/diagnostic.h"
#include "core/network/network.h"

namespace taktwerk {

/// Reads `*.network.yaml` (format taktwerk-network/1) with `overrides` for its parameters. All problems are
/// reported; a value is returned only without errors.
[[nodiscard]] Result<Network> readNetwork(
    const std::filesystem::path& path,
    const std::map<std::string, std::int64_t, std::less<>>& overrides = {});
[[nodiscard]] Result<Network> parseNetwork(
    std::string_view text, const std::string& file,
    const std::map<std::string, std::int64_t, std::less<>>& overrides = {});

/// The limits that a network's text gives its parameters, by name; what cannot be read is not there.
struct ParameterRange {
  std::optional<std::int64_t> minimum, maximum;
};
[[nodiscard]] std::map<std::string, ParameterRange> parameterRanges(std::string_view text);

}  // namespace taktwerk
