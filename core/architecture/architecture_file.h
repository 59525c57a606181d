// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/architecture/architecture.h"

namespace taktwerk {

/// Reads `*.arch.yaml` (format taktwerk-architecture/1). All problems are reported, not the first. A value
/// is returned whenever the text is well-formed YAML of the right format, even with errors in the content,
/// so that the window can show the document with its problems; commands refuse it by `hasErrors`.
/// The rules over the whole document are checked (validate.h).
[[nodiscard]] Result<Architecture> readArchitecture(const std::filesystem::path& path);
[[nodiscard]] Result<Architecture> parseArchitecture(std::string_view text, const std::string& file);

/// The canonical text: same content, same bytes; block style, one object a line.
[[nodiscard]] std::string writeArchitecture(const Architecture& architecture);

}  // namespace taktwerk
