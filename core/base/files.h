// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/diagnostic.h"

namespace taktwerk {

/// Sizes above which a hand-written file is refused before it is parsed (documented in the guide).
inline constexpr std::uint64_t maximumDocumentBytes = 4u << 20;

/// The bytes of a regular file, or a diagnostic at 1:1: missing, a folder, unreadable, larger than
/// `maximumBytes` (with both sizes; nothing is read then).
[[nodiscard]] Result<std::string> readFile(const std::filesystem::path& path,
                                           std::uint64_t maximumBytes = maximumDocumentBytes);

/// Replaces a file by writing a temporary one beside it, flushing it to disk and renaming it over: a
/// crash or a full disk leaves the old file or the new one. Keeps the permissions of an existing file
/// and writes through symbolic links. Empty on success.
[[nodiscard]] Diagnostics writeFileAtomically(const std::filesystem::path& path, std::string_view bytes);

}  // namespace taktwerk
