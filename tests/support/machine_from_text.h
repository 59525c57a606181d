// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string_view>

#include "core/machine/machine.h"

namespace taktwerk::test {

/// The machine of an `*.arch.yaml` with its default parameters; the text must be right, or this throws.
///
///     const auto machine = machineFromText(R"(
///     format: taktwerk-architecture/1
///     …)");
[[nodiscard]] std::shared_ptr<const Machine> machineFromText(std::string_view text);

}  // namespace taktwerk::test
