// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/architecture/architecture.h"

namespace taktwerk {

/// The number an attribute is with every one of these parameters at its default; nothing when it is no
/// number, or depends on an instruction or an access.
[[nodiscard]] std::optional<std::int64_t> defaultNumber(const std::vector<Parameter>& parameters,
                                                        const Attribute& attribute);

/// An attribute in one line: its number where it has one, else as written, lists with commas.
[[nodiscard]] std::string shortText(const std::vector<Parameter>& parameters, const Attribute& attribute);

}  // namespace taktwerk
