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

/// What a file of another program leaves open.
struct ImportOptions {
  std::optional<std::int64_t> batch;  ///< inputs at once; without it the file's own, or 1
  std::optional<std::int64_t> bits;   ///< of every element; without it as the file says (SCALE-Sim: 8)
  /// Sizes of axes that an ONNX file only names ("sequence").
  std::map<std::string, std::int64_t, std::less<>> axes;
};

/// Sizes above which a file is refused unread.
inline constexpr std::uint64_t maximumOnnxBytes = std::uint64_t{512} << 20;

/// Whether the name says that a file is one to import: `*.onnx`, `*.csv`.
[[nodiscard]] bool isImportable(const std::filesystem::path& path);

/// Reads a network of another program: ONNX (onnx_importer.h) or a topology of SCALE-Sim
/// (scalesim_topology.h), told apart by the end of the name. Its one parameter is `batch`. No other file is
/// opened, whatever the file refers to. All problems are reported; a value is returned only without errors.
[[nodiscard]] Result<Network> importNetwork(const std::filesystem::path& path,
                                            const ImportOptions& options = {});

/// Reads a network of any kind, `*.network.yaml` or one to import, with values for its parameters.
[[nodiscard]] Result<Network> readAnyNetwork(
    const std::filesystem::path& path,
    const std::map<std::string, std::int64_t, std::less<>>& parameters = {});

/// `network.yaml` text of an imported file, with its batch as a parameter where the network grows with it,
/// else with fixed sizes and a warning.
[[nodiscard]] Result<std::string> importAsText(const std::filesystem::path& path,
                                               const ImportOptions& options = {});

}  // namespace taktwerk
