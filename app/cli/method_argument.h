// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <variant>

#include "app/cli/inputs.h"
#include "core/estimate/estimate.h"

namespace taktwerk::cli {

/// The method that `option` names, or what is wrong with the name.
[[nodiscard]] std::variant<Method, Misuse> methodArgument(const std::string& option, const std::string& name);

}  // namespace taktwerk::cli
