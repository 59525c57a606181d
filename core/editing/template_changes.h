// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "core/base/yaml.h"

namespace taktwerk {

/// What differs between two bodies of a template, in words: "alu: latency 1 → 2; block acc added; …". The
/// first few differences, and how many more there are.
[[nodiscard]] std::string changesBetween(const YamlNode& before, const YamlNode& now);

}  // namespace taktwerk
