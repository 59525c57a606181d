// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/problems.h"
#include "core/base/yaml.h"

namespace taktwerk {

/// "a list", "a map", "a value": for messages.
[[nodiscard]] std::string describe(YamlNode::Kind kind);
/// "a list", "a map", "nothing" or the scalar in quotes: what was found.
[[nodiscard]] std::string describe(const YamlNode& node);

/// Reports that a node is not what a rule wants: "via must be a list of points, found a map". Always false.
bool refuse(const YamlNode& node, Problems& problems, std::string_view code, const std::string& rule,
            const std::string& object = {});

/// Where the text of a scalar begins: behind the quote, if it has one.
[[nodiscard]] SourcePosition textPosition(const YamlNode& scalar);
/// The place of a column, from 1, within the text of a scalar.
[[nodiscard]] SourcePosition positionWithin(const YamlNode& scalar, std::uint32_t column);

}  // namespace taktwerk
