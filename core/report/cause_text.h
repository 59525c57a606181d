// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/analysis/breakdown.h"
#include "core/machine/machine.h"
#include "core/program/cause.h"

namespace taktwerk {

/// A cause as files and tables call it: "busy:alu", "wait:data:alu", "wait:structural:dmem", "wait:fetch".
[[nodiscard]] std::string causeKey(const NamedCause& cause);
[[nodiscard]] std::string causeKey(const Cause& cause, const Machine& machine);

/// The cause that has the key; nothing when it is none of those.
[[nodiscard]] std::optional<NamedCause> causeOfKey(std::string_view key);

/// The same for people: "alu busy", "waiting for data (alu)", "waiting for dmem to be free", "waiting for
/// instructions".
[[nodiscard]] std::string causeInWords(const NamedCause& cause);
[[nodiscard]] std::string causeInWords(const Cause& cause, const Machine& machine);

/// A breakdown by the keys, in their alphabetical order.
[[nodiscard]] std::map<std::string, Cycles> keyedBreakdown(const Breakdown& breakdown,
                                                           const Machine& machine);

}  // namespace taktwerk
