// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <filesystem>

namespace taktwerk {

enum class FileKind { Architecture, Network, Mapping, Trace, Workspace, Unknown };

/// By the end of the name (`*.arch.yaml`, …), else by the `format:` line among the first 4 KiB, or, of a
/// trace, by an instruction in the first of its lines. Reads the file only then; a missing file is of the
/// kind its name says.
[[nodiscard]] FileKind fileKindOf(const QString& path);

/// The core's paths and back, exact on every platform.
[[nodiscard]] std::filesystem::path toPath(const QString& path);
[[nodiscard]] QString fromPath(const std::filesystem::path& path);

}  // namespace taktwerk
