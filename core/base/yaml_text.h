// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/base/yaml.h"

namespace taktwerk {

/// A text as a YAML scalar on one line: without quotes where it means itself, between brackets too. Same
/// text, same bytes.
[[nodiscard]] std::string yamlText(std::string_view text);

/// A node on one line, with brackets: `{class: SRAM, at: [0, 10]}`.
[[nodiscard]] std::string yamlText(const YamlNode& node);

}  // namespace taktwerk
